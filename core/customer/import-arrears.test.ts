import assert from "node:assert/strict";
import { test } from "node:test";
import { type ArrearsColumn, type ImportedArrears, readArrears, readDate, readYuan } from "./import-arrears.ts";

type Cells = Partial<Record<ArrearsColumn, string>>;
function read(cells: Cells) {
  const remarks: string[] = [];
  const arrears = readArrears(
    (column) => cells[column] ?? "",
    (column) => remarks.push(column),
  );
  return { arrears, remarks };
}

const owing = (since: string | null, fen: number | null): ImportedArrears => ({ owed: true, since, fen });
const cases: [cells: Cells, arrears: ImportedArrears | null, remarks: string[]][] = [
  [{}, null, []],
  [{ arrears: "是" }, owing(null, null), []],
  [{ arrears: "欠费", arrearsSince: "2026/2/1", arrearsYuan: "¥1,234.5" }, owing("2026-02-01", 123_450), []],
  [{ arrears: "否", arrearsYuan: "12" }, { owed: false }, []],
  [{ arrears: "86.40" }, owing(null, 8640), []],
  [{ arrears: "0" }, { owed: false }, []],
  [{ arrearsYuan: "0.00" }, { owed: false }, []],
  [{ arrearsSince: "2026年2月1日" }, owing("2026-02-01", null), []],
  [{ arrears: "大概", arrearsYuan: "若干", arrearsSince: "上月" }, null, ["arrears", "arrearsSince", "arrearsYuan"]],
  [{ arrears: "yes", arrearsSince: "2026-02-30" }, owing(null, null), ["arrearsSince"]],
];
for (const [cells, arrears, remarks] of cases)
  test(`arrears: ${JSON.stringify(cells)}`, () => assert.deepEqual(read(cells), { arrears, remarks }));

test("yuan and dates are read as files write them, and nothing else is", () => {
  assert.deepEqual(["１２．３４元", "1000", "1,0", "-5", "1.234", ""].map(readYuan), [1234, 100_000, null, null, null, null]);
  assert.deepEqual(["20260301", "2026.3.1", "2026-13-01", "1/2/2026"].map(readDate), ["2026-03-01", "2026-03-01", null, null]);
});
