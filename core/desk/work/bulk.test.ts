import assert from "node:assert/strict";
import { test } from "node:test";
import { flows } from "../../flows.ts";
import { bulkRule, bulkRules } from "./bulk.ts";

const actions = new Map(flows.all.flatMap((flow) => Object.values(flow.actions)).map((action) => [action.key, action]));

test("only actions that exist are judged", () => {
  for (const key of Object.keys(bulkRules)) assert.ok(actions.has(key), key);
});

test("nothing that ends an order, or judges it, is taken on many at once", () => {
  for (const { key, outcomes, tone } of actions.values()) {
    const ends = tone === "danger" || outcomes.some(({ to }) => to === "closed");
    const judges = /review|decide|arbitrate|grade|inspect|callback/.test(key);
    if (ends || judges) assert.equal(bulkRule(key).safe, false, key);
  }
});

test("what nobody has judged is done one at a time, and every rule says why", () => {
  assert.equal(bulkRule("energise").safe, false);
  for (const { because } of Object.values(bulkRules)) assert.ok(because.zh !== "" && because.en !== "");
});
