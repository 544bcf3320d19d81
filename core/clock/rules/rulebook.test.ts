import assert from "node:assert/strict";
import { test } from "node:test";
import { checkRulebook } from "./check-rulebook.ts";
import { defaultPolicies, Policies } from "./policies.ts";
import { type ClockRule, RulePack } from "./rule.ts";
import { compileRulebook, RulebookDefinition, selectRules } from "./rulebook.ts";
import { facts, ruleOf, rulebookOf, shanghai } from "../testing/samples.ts";
import type { OrderFacts } from "../types.ts";

const title = { zh: "测试", en: "Test" };
const at = shanghai("2024-03-04 10:00");
const arrival = (key: string, amount: number, more: Partial<ClockRule> = {}): ClockRule =>
  ruleOf({ key, slot: "arrival", amount, unit: "minute", ...more });

/** Unit 1 is the root, 4 a city, 9 a county below it; each adopts the pack named after it. */
const layered = (packs: Readonly<Record<number, readonly ClockRule[]>>) =>
  rulebookOf([], {
    packs: Object.entries(packs).map(([unit, rules]) => ({ key: `pack-${unit}`, title, description: null, rules: [...rules] })),
    adoptions: Object.keys(packs).map((unit) => ({ unitId: Number(unit), packKey: `pack-${unit}` })),
  });
const chosen = (rulebook: ReturnType<typeof rulebookOf>, more: Partial<OrderFacts> = {}, startedAtMs = at) =>
  selectRules(rulebook, { ...facts, ...more }, "arrival", startedAtMs).map(
    ({ pack, rule }) => `${rule.authority} ${pack}/${rule.key}`,
  );

test("one rule of each authority limits a slot, law first", () => {
  const book = layered({
    1: [arrival("a", 45), arrival("b", 60, { authority: "law" }), arrival("c", 30, { authority: "internal" }), arrival("d", 50)],
  });
  assert.deepEqual(chosen(book), ["law pack-1/b", "promise pack-1/a", "internal pack-1/c"]);
  assert.deepEqual(selectRules(book, facts, "nowhere", at), []);
});

test("the pack adopted deepest wins, then the rule with the most conditions, then the later edition, then the first by key", () => {
  const wide = arrival("wide", 90);
  const urban = arrival("urban", 45, { when: { areaClass: ["URBAN"] } });
  assert.deepEqual(chosen(layered({ 1: [urban], 4: [wide] })), ["promise pack-4/wide"]);
  assert.deepEqual(chosen(layered({ 1: [wide, urban] })), ["promise pack-1/urban"]);
  assert.deepEqual(chosen(layered({ 1: [urban], 4: [wide] }), { organisationPath: [8, 1] }), ["promise pack-1/urban"]);
  assert.deepEqual(chosen(layered({ 4: [wide] }), { organisationPath: [8, 1] }), []);
  assert.deepEqual(chosen(layered({ 1: [arrival("z", 1), arrival("y", 2)] })), ["promise pack-1/y"]);
  const [old, edition] = [arrival("a", 60, { validFrom: "2011-01-01" }), arrival("b", 45, { validFrom: "2022-01-01" })];
  assert.deepEqual(chosen(layered({ 1: [old, edition] })), ["promise pack-1/b"]);
  assert.deepEqual(chosen(layered({ 1: [edition, old, arrival("no-date", 1)] })), ["promise pack-1/b"]);
  assert.deepEqual(chosen(layered({ 1: [wide, arrival("repair-only", 45, { flows: ["repair"] })] })), [
    "promise pack-1/repair-only",
  ]);
});

test("of packs adopted at one unit the one of higher priority goes first, whatever its rules ask about", () => {
  const urban = arrival("urban", 45, { when: { areaClass: ["URBAN"] }, validFrom: "2022-01-01" });
  const book = (high: number | undefined, low: number | undefined, lowAt = 1) =>
    rulebookOf([], {
      packs: [
        {
          key: "high",
          title,
          description: null,
          rules: [arrival("wide", 90)],
          ...(high === undefined ? {} : { priority: high }),
        },
        { key: "low", title, description: null, rules: [urban], ...(low === undefined ? {} : { priority: low }) },
      ],
      adoptions: [
        { unitId: 1, packKey: "high" },
        { unitId: lowAt, packKey: "low" },
      ],
    });
  assert.deepEqual(chosen(book(undefined, undefined)), ["promise low/urban"]);
  assert.deepEqual(chosen(book(0, -1)), ["promise high/wide"]);
  assert.deepEqual(chosen(book(1, undefined)), ["promise high/wide"]);
  assert.deepEqual(chosen(book(undefined, 0)), ["promise low/urban"], "none is 0");
  assert.deepEqual(chosen(book(1, -1, 4)), ["promise low/urban"], "who adopts nearer decides for his unit");
});

test("a pack nobody adopts limits nothing, and one adopted twice counts from the nearer unit", () => {
  const packs = [
    { key: "idle", title, description: null, rules: [arrival("idle", 1)] },
    { key: "both", title, description: null, rules: [arrival("both", 45)] },
    { key: "city", title, description: null, rules: [arrival("city", 30)] },
  ];
  const adoptions = [
    { unitId: 1, packKey: "both" },
    { unitId: 9, packKey: "both" },
    { unitId: 4, packKey: "city" },
  ];
  assert.deepEqual(chosen(rulebookOf([], { packs, adoptions })), ["promise both/both"]);
  assert.deepEqual(chosen(rulebookOf([], { packs, adoptions }), { organisationPath: [4, 1] }), ["promise city/city"]);
});

test("every condition must be met, and a fact that is not known meets none", () => {
  const rule = arrival("strict", 45, {
    flows: ["repair"],
    when: { areaClass: ["URBAN", "RURAL"], origin: ["HOTLINE_95598"], unit: [4] },
  });
  const book = layered({ 1: [rule] });
  const all: Partial<OrderFacts> = { areaClass: "RURAL", origin: "HOTLINE_95598" };
  assert.deepEqual(chosen(book, all), ["promise pack-1/strict"]);
  assert.deepEqual(chosen(book, { ...all, areaClass: "REMOTE" }), []);
  assert.deepEqual(chosen(book, { ...all, origin: null }), []);
  assert.deepEqual(chosen(book, { areaClass: "RURAL" }), []);
  assert.deepEqual(chosen(book, { ...all, flow: "complaint" }), []);
  assert.deepEqual(chosen(book, { ...all, organisationPath: [9, 5, 1] }), []);
});

test("the rule valid at the start of the clock holds, from its first day to the end of its last", () => {
  const book = layered({ 1: [arrival("old", 60, { validTo: "2024-02-29" }), arrival("new", 45, { validFrom: "2024-03-01" })] });
  assert.deepEqual(chosen(book, {}, shanghai("2024-02-29 23:59")), ["promise pack-1/old"]);
  assert.deepEqual(chosen(book, {}, shanghai("2024-02-29 24:00")), ["promise pack-1/new"]);
});

test("a sound rulebook has no problems, and the default policies say what they rest on", () => {
  assert.equal(defaultPolicies.callback.attempts, 3);
  assert.equal(defaultPolicies.callback.spacingMinutes, 120);
  assert.deepEqual(
    Object.values(defaultPolicies).filter(({ basis }) => basis.kind === "source"),
    [],
  );
  const definition = RulebookDefinition.parse({
    version: 1,
    zone: "Asia/Shanghai",
    packs: [{ key: "base", title, rules: [arrival("a", 45)] }],
    adoptions: [{ unitId: 1, packKey: "base" }],
    calendars: [],
  });
  assert.deepEqual(checkRulebook(definition), []);
  assert.equal(compileRulebook(definition).policies.callback.nightFrom, "21:00");
});

test("an area of the policies that an earlier rulebook holds is passed over, a figure nobody knows is refused", () => {
  assert.deepEqual(Policies.parse({ ...defaultPolicies, urge: { passOnMinutes: 10 } }), defaultPolicies);
  assert.equal(Policies.safeParse({ repeat: { ...defaultPolicies.repeat, withinHours: 3 } }).success, false);
});

test("every problem of a rulebook is found, each with its place", () => {
  const rules = [
    arrival("twice", 45),
    arrival("twice", 45),
    ruleOf({ key: "no-calendar", slot: "processing", amount: 4, unit: "workingDay", calendar: null }),
    ruleOf({ key: "wrong-calendar", slot: "processing", amount: 9000, unit: "workingDay", calendar: "moon" }),
    arrival("hours-in-days", 45, {
      dayEnd: "close",
      afterHours: "next-working-day",
      validFrom: "2024-03-01",
      validTo: "2024-02-01",
    }),
    arrival("too-many", 45, {
      pausedBy: ["*", "WEATHER"],
      warnings: [{ level: 1, at: { share: 0.5 } }],
      escalation: [{ level: 2, afterMinutes: 5, role: "MANAGER", levelsUp: 1 }],
    }),
  ];
  const definition = RulebookDefinition.parse({
    version: 1,
    zone: "Mars/Olympus",
    packs: [
      { key: "base", title, rules },
      { key: "base", title, rules: [] },
    ],
    adoptions: [
      { unitId: 1, packKey: "base" },
      { unitId: 1, packKey: "base" },
      { unitId: 1, packKey: "none" },
    ],
    calendars: [
      { key: "office", layers: [{ key: "empty", title }] },
      {
        key: "office",
        layers: [
          {
            key: "empty",
            title,
            zone: "Asia/Shanghai",
            hours: [{ from: "09:00", to: "17:00" }],
            week: [true, true, true, true, true, false, false],
          },
        ],
      },
    ],
  });
  assert.deepEqual(
    checkRulebook(definition).map(({ place }) => place),
    [
      "zone",
      "calendars.office.empty.zone",
      "calendars.office.empty.hours",
      "calendars.office.empty.week",
      "calendars.1.key",
      "packs.base.rules.1.key",
      "packs.base.rules.2.calendar",
      "packs.base.rules.3.amount",
      "packs.base.rules.4.dayEnd",
      "packs.base.rules.4.afterHours",
      "packs.base.rules.4.validTo",
      "packs.base.rules.5.pausedBy",
      "packs.base.rules.5.escalation.0.level",
      "packs.base.rules.3.calendar",
      "packs.1.key",
      "adoptions.1",
      "adoptions.2.packKey",
    ],
  );
});

test("a pack's form refuses what no rule can mean", () => {
  const good = {
    key: "a",
    title,
    slot: "arrival",
    amount: 45,
    unit: "minute",
    authority: "promise",
    source: { document: title, verified: false },
  };
  const parsed = RulePack.parse({ key: "own", title, rules: [good] });
  assert.deepEqual([parsed.rules[0]?.limitKind, parsed.rules[0]?.extendable, parsed.rules[0]?.pausedBy], ["max", false, []]);
  const wrong = RulePack.safeParse({
    key: "Own Pack",
    rules: [
      { ...good, amount: 0, unit: "fortnight" },
      { ...good, colour: "red" },
    ],
  });
  assert.deepEqual(
    wrong.error?.issues.map(({ path }) => path.join(".")),
    ["key", "title", "rules.0.amount", "rules.0.unit", "rules.1"],
  );
});
