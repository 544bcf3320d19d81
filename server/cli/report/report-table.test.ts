import assert from "node:assert/strict";
import { test } from "node:test";
import { textTable, textWidth } from "./report-table.ts";

test("a Chinese character takes two cells", () => {
  assert.deepEqual(["", "ab", "闭环", "（a）", "é", "𠮷"].map(textWidth), [0, 2, 4, 5, 1, 2]);
});

test("columns are aligned, numbers to the right, nothing as a dash", () => {
  assert.equal(
    textTable(
      ["单位", "Total", "Rate"],
      [
        ["城东所", 1234, 0.5],
        [null, 7, null],
      ],
    ),
    ["单位    Total  Rate", "城东所  1,234   0.5", "–           7     –", ""].join("\n"),
  );
});
