import assert from "node:assert/strict";
import { test } from "node:test";
import type { StatesRow } from "@bihuan/contract/report.ts";
import { reportTable, statesColumns } from "./columns.ts";

const row = (group: string, states: Record<string, number>): StatesRow => ({
  group,
  cases: 1,
  events: 2,
  eventsByState: states,
  stateHours: states,
  pausedHours: 0,
  casesPaused: 0,
  medianThroughputHours: 1,
  p90ThroughputHours: 1,
  medianNetHours: 1,
  p90NetHours: 1,
});

test("a state that a file calls by a word every object knows is counted like any other", () => {
  const rows = [row("A", { constructor: 3 }), row("B", { toString: 4 })];
  const table = reportTable(["constructor"], rows, statesColumns(rows), "zh");
  assert.equal(table.header[0], "constructor");
  assert.deepEqual(table.header.slice(-4), ["constructor 步数", "constructor 小时", "toString 步数", "toString 小时"]);
  assert.deepEqual(
    table.rows.map((cells) => [cells[0], ...cells.slice(-4)]),
    [
      ["A", 3, 3, 0, 0],
      ["B", 0, 0, 4, 4],
    ],
  );
});
