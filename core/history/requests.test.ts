import assert from "node:assert/strict";
import { test } from "node:test";
import { RequestMapping } from "./mapping.ts";
import { requestReader } from "./requests.ts";

const header = ["No", "Dept", "Kind", "Status", "Opened", "Due", "Closed", "Ok", "Moves"];
const read = requestReader(
  RequestMapping.parse({
    kind: "service-requests",
    name: "demo",
    zone: "Asia/Shanghai",
    time: "YYYY-MM-DD HH:mm",
    unknown: ["?"],
    columns: {
      id: "No",
      unit: "Dept",
      type: "Kind",
      state: "Status",
      opened: "Opened",
      due: "Due",
      closed: "Closed",
      verdict: "Ok",
      reassigned: "Moves",
    },
    verdict: { met: ["Y"], missed: ["N"] },
  }),
  header,
);
const row = (change: Partial<Record<string, string>>) => {
  const values: Record<string, string> = {
    No: "7",
    Dept: "城东供电所",
    Kind: "故障报修",
    Status: "已归档",
    Opened: "2024-03-01 08:00",
    Due: "2024-03-01 10:00",
    Closed: "2024-03-01 09:30",
    Ok: "Y",
    Moves: "2",
    ...change,
  };
  return header.map((column) => values[column] ?? "");
};

test("a row becomes a case, its times instants of the mapping's zone", () => {
  assert.deepEqual(read(3, row({})), {
    row: 3,
    externalId: "7",
    openedAtMs: Date.parse("2024-03-01T00:00:00Z"),
    dueAtMs: Date.parse("2024-03-01T02:00:00Z"),
    closedAtMs: Date.parse("2024-03-01T01:30:00Z"),
    resolvedAtMs: null,
    plannedAtMs: null,
    unit: "城东供电所",
    state: "已归档",
    given: "met",
    reassignments: 2,
    reopenings: null,
    labels: {
      unit: "城东供电所",
      type: "故障报修",
      state: "已归档",
      Dept: "城东供电所",
      Kind: "故障报修",
      Ok: "Y",
      Moves: "2",
      Status: "已归档",
    },
    steps: [],
  });
});

test("a row says why it is no case, and in which column", () => {
  const cases: [Partial<Record<string, string>>, string, string | null][] = [
    [{ No: " " }, "id-missing", "No"],
    [{ Opened: "" }, "time-missing", "Opened"],
    [{ Opened: "?" }, "time-missing", "Opened"],
    [{ Opened: "01/03/2024" }, "time-unreadable", "Opened"],
    [{ Due: "2024-02-30 10:00" }, "time-unreadable", "Due"],
    [{ Closed: "soon" }, "time-unreadable", "Closed"],
    [{ Ok: "maybe" }, "verdict-unreadable", "Ok"],
    [{ Moves: "-1" }, "number-unreadable", "Moves"],
  ];
  for (const [change, reason, column] of cases)
    assert.deepEqual(read(1, row(change)), { reason, column }, JSON.stringify(change));
  assert.deepEqual(read(1, row({}).slice(1)), { reason: "columns-differ", column: null });
});

test("what is unknown is no time, no verdict and no unit, but stays a label", () => {
  const result = read(1, row({ Dept: "?", Due: "?", Closed: "", Ok: "?", Moves: "?", Kind: "" }));
  assert.ok("labels" in result);
  assert.deepEqual(
    [result.unit, result.dueAtMs, result.closedAtMs, result.given, result.reassignments],
    [null, null, null, null, null],
  );
  assert.deepEqual(result.labels, { unit: "?", state: "已归档", Dept: "?", Ok: "?", Moves: "?", Status: "已归档" });
});

test("a request closed before it was opened is a case all the same", () => {
  const result = read(1, row({ Closed: "2024-02-29 08:00" }));
  assert.ok("closedAtMs" in result && (result.closedAtMs ?? 0) < result.openedAtMs);
});
