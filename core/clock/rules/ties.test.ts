import assert from "node:assert/strict";
import { test } from "node:test";
import { ruleOf, rulebookOf } from "../testing/samples.ts";
import type { ClockRule } from "./rule.ts";
import type { Rulebook } from "./rulebook.ts";
import { tiesOf } from "./ties.ts";

const title = { zh: "测试", en: "Test" };
// Unit 1 is the root, 4 a city, 9 a county below it, 5 another city.
const paths: Readonly<Record<number, readonly number[]>> = { 1: [1], 4: [4, 1], 9: [9, 4, 1], 5: [5, 1] };
const flows = [
  { id: "repair", slots: [{ key: "arrival" }, { key: "answer" }], subtypes: {} },
  { id: "complaint", slots: [{ key: "answer" }], subtypes: { SERVICE: title, OUTAGE: title } },
];
const arrival = (key: string, amount: number, more: Partial<ClockRule> = {}): ClockRule =>
  ruleOf({ key, slot: "arrival", amount, unit: "minute", ...more });
type Pack = { readonly rules: readonly ClockRule[]; readonly at?: readonly number[]; readonly priority?: number };
const book = (packs: Readonly<Record<string, Pack>>): Rulebook =>
  rulebookOf([], {
    packs: Object.entries(packs).map(([key, { rules, priority }]) => ({
      key,
      title,
      description: null,
      rules: [...rules],
      ...(priority === undefined ? {} : { priority }),
    })),
    adoptions: Object.entries(packs).flatMap(([packKey, { at = [1] }]) => at.map((unitId) => ({ unitId, packKey }))),
  });
const ties = (rulebook: Rulebook, from = "2024-01-01") =>
  tiesOf(rulebook, { flows, pathOf: (unitId) => paths[unitId] ?? [], fromMs: Date.parse(from) }).map(
    ({ counts, yields }) => `${counts.pack}/${counts.rule.key} > ${yields.pack}/${yields.rule.key}`,
  );
const pair = (a: Partial<ClockRule>, b: Partial<ClockRule>, slot = "arrival") =>
  ties(book({ p: { rules: [arrival("a", 45, { slot, ...a }), arrival("b", 60, { slot, ...b })] } }));
const when = (conditions: ClockRule["when"]) => ({ when: conditions });

const equal = ["p/a > p/b"];
const cases: readonly [rule: string, found: readonly string[], expected: readonly string[]][] = [
  ["two limits for every order", pair({}, {}), equal],
  ["the same limit twice is no choice", pair({}, { amount: 45 }), []],
  ["two authorities have a clock each", pair({}, { authority: "law" }), []],
  ["who asks about more counts", pair({}, when({ areaClass: ["URBAN"] })), []],
  ["both ask about something else", pair(when({ areaClass: ["URBAN"] }), when({ urgency: ["URGENT"] })), equal],
  ["no order is both", pair(when({ areaClass: ["URBAN"] }), when({ areaClass: ["RURAL"] })), []],
  ["some order is both", pair(when({ areaClass: ["URBAN", "REMOTE"] }), when({ areaClass: ["REMOTE"] })), equal],
  ["no flow is both", pair({ flows: ["repair"] }, { flows: ["complaint"] }, "answer"), []],
  ["a flow and a subtype of it", pair({ flows: ["complaint"] }, when({ subtype: ["SERVICE"] }), "answer"), equal],
  ["a flow and a subtype of another", pair({ flows: ["repair"] }, when({ subtype: ["SERVICE"] }), "answer"), []],
  ["a stretch that no flow has", pair({}, {}, "moon"), []],
  ["a later edition counts, yet it is told", pair({}, { validFrom: "2022-01-01" }), ["p/b > p/a"]],
  ["an edition that ends when the next begins", pair({ validTo: "2023-12-31" }, { validFrom: "2024-01-01" }), []],
  ["a unit and one above it", pair(when({ unit: [9] }), when({ unit: [4] })), equal],
  ["two units apart", pair(when({ unit: [9] }), when({ unit: [5] })), []],
];
for (const [rule, found, expected] of cases)
  test(rule, () => {
    assert.deepEqual(found, expected);
  });

test("a tie is between packs as well, unless one is adopted nearer or has priority", () => {
  const [a, b] = [{ rules: [arrival("x", 45)] }, { rules: [arrival("x", 60)] }];
  assert.deepEqual(ties(book({ a, b })), ["a/x > b/x"]);
  assert.deepEqual(ties(book({ a, b: { ...b, priority: 1 } })), []);
  assert.deepEqual(ties(book({ a, b: { ...b, at: [4] } })), []);
  assert.deepEqual(ties(book({ a, b: { ...b, at: [4, 1] } })), ["a/x > b/x"], "above the nearer one they still meet");
});

test("a rule that asks about both settles it", () => {
  const rules = [
    arrival("a", 45, when({ areaClass: ["URBAN"] })),
    arrival("b", 60, when({ urgency: ["URGENT"] })),
    arrival("both", 50, when({ areaClass: ["URBAN"], urgency: ["URGENT"] })),
  ];
  assert.deepEqual(ties(book({ p: { rules } })), []);
});

test("what is over is nobody's concern any more", () => {
  const rules = [arrival("a", 45, { validTo: "2013-12-31" }), arrival("b", 60, { validTo: "2013-12-31" })];
  assert.deepEqual(ties(book({ p: { rules } }), "2013-12-01"), equal);
  assert.deepEqual(ties(book({ p: { rules } }), "2014-01-01"), []);
});
