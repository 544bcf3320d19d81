import assert from "node:assert/strict";
import { test } from "node:test";
import { reasonsOf } from "./words.ts";

const task = {
  kind: "handle",
  because: "holding",
  unit: { unitId: 4, name: "城东供电所" },
  askedBy: null,
  dueSlot: "arrival",
  tryAgainAt: null,
  visitAt: null,
  waitsFor: { consultations: 0, decisions: 0 },
  order: { holder: null },
} as const;
const keys = (change: object) => reasonsOf({ ...task, ...change }).map(({ key }) => key);

const cases: readonly (readonly [why: string, change: object, keys: string[]])[] = [
  ["I have it", {}, ["holding"]],
  ["my unit owes it", { because: "unit" }, ["unit"]],
  ["an urge comes before everything", { dueSlot: "urge" }, ["urge", "holding"]],
  ["somebody asks for a decision", { because: "unit", kind: "decide", askedBy: { staffId: 1, name: "赵刚" } }, ["decide"]],
  ["an integration asks for one", { because: "unit", kind: "decide" }, ["decideAnon"]],
  ["my unit is consulted", { because: "unit", kind: "consult" }, ["consult"]],
  [
    "a callback that reached nobody",
    { because: "unit", kind: "callback", tryAgainAt: "2026-06-12T10:00:00Z" },
    ["unit", "tryAgain"],
  ],
  ["a visit is agreed", { visitAt: "2026-06-12T10:00:00Z" }, ["holding", "visit"]],
  ["it waits for others besides", { waitsFor: { consultations: 2, decisions: 1 } }, ["holding", "consultations", "decisions"]],
  ["I took it in and a unit owes it", { because: "taken-in" }, ["asked"]],
  ["I took it in and somebody has it", { because: "taken-in", order: { holder: { name: "赵刚" } } }, ["askedPerson"]],
  [
    "I asked a unit, whoever has the order",
    { because: "asked", kind: "consult", order: { holder: { name: "赵刚" } } },
    ["asked"],
  ],
  ["I suspended it", { kind: "suspended" }, ["suspended"]],
];
for (const [why, change, expected] of cases)
  test(why, () => {
    assert.deepEqual(keys(change), expected);
  });
