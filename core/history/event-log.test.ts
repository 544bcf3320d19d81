import assert from "node:assert/strict";
import { test } from "node:test";
import { EventLog } from "./event-log.ts";
import { EventMapping } from "./mapping.ts";

const header = ["case", "when", "state", "group", "impact", "deadline"];
const mapping = EventMapping.parse({
  kind: "ticket-events",
  name: "log",
  zone: "UTC",
  time: ["YYYY-MM-DD HH:mm", "ISO"],
  unknown: ["?"],
  columns: { id: "case", at: "when", state: "state", unit: "group", due: "deadline" },
  closing: ["Closed*"],
  also: [{ column: "impact", from: "first" }],
});
const load = (...rows: string[][]) => {
  const log = new EventLog(mapping, header);
  rows.forEach((row, index) => log.add(index + 1, row));
  return log.finish();
};
const at = (text: string) => Date.parse(`${text}Z`);

test("the rows of a case become one history, wherever they stand in the file", () => {
  const { cases, rejected } = load(
    ["A", "2024-01-01 08:00", "New", "Group 1", "High", ""],
    ["B", "2024-01-01 08:30", "New", "?", "Low", "2024-01-02T00:00:00Z"],
    ["A", "2024-01-01 09:00", "Closed", "Group 2", "Low", ""],
  );
  assert.deepEqual(rejected, []);
  assert.deepEqual(
    cases.map((one) => [
      one.row,
      one.externalId,
      one.unit,
      one.state,
      one.openedAtMs,
      one.closedAtMs,
      one.dueAtMs,
      one.labels["impact"],
    ]),
    [
      [1, "A", "Group 2", "Closed", at("2024-01-01T08:00"), at("2024-01-01T09:00"), null, "High"],
      [2, "B", null, "New", at("2024-01-01T08:30"), null, at("2024-01-02T00:00"), "Low"],
    ],
  );
});

test("events keep the file's order, also where the time steps back", () => {
  const { cases } = load(
    ["A", "2024-01-01 09:00", "New", "G", "", ""],
    ["A", "2024-01-01 08:00", "Active", "G", "", ""],
    ["A", "2024-01-01 10:00", "Active", "G", "", ""],
    ["A", "2024-01-01 10:00", "Active", "G", "", ""],
  );
  assert.deepEqual(
    cases[0]?.steps.map((step) => new Date(step.atMs).getUTCHours()),
    [9, 8, 10, 10],
  );
  assert.equal(cases[0]?.openedAtMs, at("2024-01-01T08:00"));
});

test("a case with a row that cannot be read is not loaded, and each of its rows says so", () => {
  const { cases, rejected } = load(
    ["A", "2024-01-01 08:00", "New", "G", "", ""],
    ["B", "2024-01-01 08:00", "New", "G", "", ""],
    ["A", "8 o'clock", "Active", "G", "", ""],
    ["A", "2024-01-01 09:00", "", "G", "", ""],
    ["", "2024-01-01 09:00", "New", "G", "", ""],
    ["C", "2024-01-01 09:00"],
    ["D", "2024-01-01 09:00", "New", "G", "", ""],
    ["D", "2024-01-01 10:00", "Closed", "G", "", "never"],
    ["E", "2024-01-01 10:00", "x".repeat(201), "G", "", ""],
  );
  assert.deepEqual(
    cases.map((one) => one.externalId),
    ["B"],
  );
  assert.deepEqual(
    rejected.map(({ row, reason, column }) => [row, reason, column]),
    [
      [1, "case-incomplete", null],
      [3, "time-unreadable", "when"],
      [4, "state-missing", "state"],
      [5, "id-missing", "case"],
      [6, "columns-differ", null],
      [7, "case-incomplete", null],
      [8, "time-unreadable", "deadline"],
      [9, "state-too-long", "state"],
    ],
  );
});

test("without a closing time a case ends with its last step, if that state closes", () => {
  const { cases } = load(["A", "2024-01-01 08:00", "Closed", "G", "", ""], ["A", "2024-01-01 09:00", "Active", "G", "", ""]);
  assert.equal(cases[0]?.closedAtMs, null);
});
