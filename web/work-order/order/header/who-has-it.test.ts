import assert from "node:assert/strict";
import { test } from "node:test";
import { whoHasIt } from "./who-has-it.ts";

const desk = { unitId: 1, name: "清江供电公司" };
const station = { unitId: 2, name: "南庄供电所" };
const event = (seq: number, type: string, name: string) => ({ seq, type, actor: { kind: "staff", name } });
const open = { status: "OPEN", unit: station, handlingUnit: station, holder: null, events: [] } as const;

test("an order in hand tells the responsible unit and the person, or that nobody accepted it", () => {
  assert.deepEqual(whoHasIt(open), [
    { fact: "unit", text: "南庄供电所" },
    { fact: "holder", text: null },
  ]);
  assert.deepEqual(whoHasIt({ ...open, holder: { name: "赵刚" } })[1], { fact: "holder", text: "赵刚" });
});

test("an order back at the desk tells who has it now and who handled it", () => {
  const back = { ...open, unit: desk, events: [event(3, "accept", "赵刚"), event(5, "reply", "李明")] };
  assert.deepEqual(whoHasIt(back), [
    { fact: "unit", text: "清江供电公司" },
    { fact: "handling", text: "南庄供电所 · 李明" },
  ]);
});

test("a unit that was only proposed is not told as the one that handles it", () => {
  assert.deepEqual(whoHasIt({ ...open, unit: desk }), [
    { fact: "unit", text: "清江供电公司" },
    { fact: "holder", text: null },
  ]);
});

test("a closed order tells who handled it, never that nobody accepted it", () => {
  const closed = { ...open, status: "ARCHIVED", unit: desk, events: [event(3, "accept", "赵刚")] } as const;
  assert.deepEqual(whoHasIt(closed), [{ fact: "handling", text: "南庄供电所 · 赵刚" }]);
  const answered = { ...closed, handlingUnit: null, events: [] };
  assert.deepEqual(whoHasIt(answered), [{ fact: "handling", text: "清江供电公司" }]);
});
