// Every published figure, as the shipped packs give it to an order.
import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import { foldClocks } from "@bihuan/core/clock/folding/fold.ts";
import { defaultPolicies } from "@bihuan/core/clock/rules/policies.ts";
import { RulePack } from "@bihuan/core/clock/rules/rule.ts";
import { compileRulebook, type Rulebook, selectRules } from "@bihuan/core/clock/rules/rulebook.ts";
import { tiesOf } from "@bihuan/core/clock/rules/ties.ts";
import type { Clock, ClockSignal, OrderFacts } from "@bihuan/core/clock/types.ts";
import { signalsOf } from "@bihuan/core/flow/signals.ts";
import { foldOrder, isOpen } from "@bihuan/core/flow/state.ts";
import { flowArbitrary, movesArbitrary, walk } from "@bihuan/core/flow/testing/walk.ts";
import { organisationTree } from "@bihuan/core/identity/organisation.ts";
import { business } from "../business.ts";
import { shippedCalendar } from "../calendar/commands.ts";
import { uncoveredSteps } from "../clock/draft/coverage.ts";
import { parsePack } from "../clock/pack/parse-pack.ts";
import { ADOPTED_AT_FIRST, shippedPacks } from "../clock/pack/shipped-packs.ts";
import { definitionOf, type PackText } from "../clock/rulebook-state.ts";
import { slotsOfFlows } from "../clock/world.ts";

const shanghai = (text: string): number => Date.parse(`${text.replace(" ", "T")}:00+08:00`);
const unit = (unitId: number, parentId: number | null) => ({
  unitId,
  parentId,
  code: `U${unitId}`,
  name: `U${unitId}`,
  regionId: 100,
  zone: null,
  areaClass: null,
  active: true,
  version: 1,
  kind: parentId === null ? ("PROVINCE" as const) : ("CITY" as const),
});
const tree = organisationTree([unit(1, null), unit(2, 1), unit(3, 1)]);

const packs = await Promise.all(
  (await shippedPacks()).map(async ({ key, yaml }): Promise<PackText & { warnings: string[] }> => {
    const { pack, problems } = parsePack(yaml, business, () => true);
    assert.ok(pack, `${key}: ${JSON.stringify(problems)}`);
    const warnings = problems.map(({ path, message }) => `${path}: ${message.en}`);
    return { key, version: 1, origin: "shipped", yaml, document: pack, warnings };
  }),
);

/** A rulebook with packs adopted at units. */
function rulebookWith(...adoptions: readonly (readonly [packKey: string, unitId: number])[]): Rulebook {
  const adopted = adoptions.map(([packKey, unitId]) => ({ packKey, unitId }));
  return compileRulebook(
    definitionOf({ packs, adoptions: adopted, calendar: shippedCalendar, policies: defaultPolicies }, 1, tree),
  );
}
const atFirst = ADOPTED_AT_FIRST.map((key) => [key, 1] as const);
const shipped = rulebookWith(...atFirst);
const southern = rulebookWith(["regulation", 1], ["southern-grid-2017", 1], ["house", 1]);
const overlaid = rulebookWith(...atFirst, ["province-example", 2]);

const factsOf = (facts: Partial<OrderFacts> & { flow: string }): OrderFacts => ({
  origin: "HOTLINE_95598",
  identity: "NAMED",
  areaClass: "URBAN",
  urgency: "GENERAL",
  organisationPath: [1],
  ...facts,
});

const short = { minute: "min", hour: "h", calendarDay: "d", workingMinute: "wmin", workingDay: "WD" } as const;

/** The limits of a slot at a date, such as `law max 60 min, promise average 45 min`. */
function limits(rulebook: Rulebook, facts: OrderFacts, slot: string, date: string): string {
  return selectRules(rulebook, facts, slot, shanghai(`${date} 10:00`))
    .map(
      ({ rule }) =>
        `${rule.authority} ${rule.limitKind} ${rule.amount} ${short[rule.unit]}${rule.from ? ` from ${rule.from.join(" ")}` : ""}`,
    )
    .join(", ");
}

test("each shipped pack stands; only rules that wait for a flow or a step are remarked upon", () => {
  const remarks = packs.filter(({ warnings }) => warnings.length > 0).map(({ key, warnings }) => [key, ...warnings]);
  assert.deepEqual(remarks, [
    ["regulation", "rules.9.flows.0: there is no flow regulator-case yet; the rule waits for it"],
    ["southern-grid-2017", "rules.6.slot: none of the flows has a step first-contact; the rule does not apply yet"],
  ]);
});

test("whatever is not verified says why, and every rule names its source", () => {
  for (const { document } of packs)
    for (const { key, source } of document.rules) {
      assert.ok(source.document.zh && source.document.en, `${document.key}/${key}`);
      if (!source.verified) assert.ok(source.note, `${document.key}/${key} is not verified, and does not say why`);
    }
});

test("figures of the reference marked as general knowledge or as uncertain are flagged unverified", () => {
  const flagged = (key: string) =>
    packs
      .find((pack) => pack.key === key)
      ?.document.rules.filter(({ source }) => !source.verified)
      .map((rule) => rule.key);
  assert.deepEqual(flagged("regulation"), [
    "arrival-urban",
    "arrival-rural",
    "arrival-remote",
    "complaint-answer",
    "complaint-answer-12398",
    "connection-plan-2009-resident",
    "connection-plan-2009-low-voltage",
    "connection-plan-2009-hv-single",
    "connection-plan-2009-hv-dual",
    "connection-completion-low-voltage",
    "connection-completion-hv",
    "connection-low-voltage-2020",
  ]);
  assert.deepEqual(flagged("southern-grid-2017"), ["fault-dispatch", "fault-first-contact", "complaint-handling"]);
  assert.deepEqual(flagged("state-grid-2011"), ["complaint-callback"]);
  const stateGrid = flagged("state-grid-2022") ?? [];
  for (const key of [
    "fault-dispatch",
    "fault-accept",
    "fault-report-result",
    "fault-review",
    "fault-callback",
    "whistleblow-dispatch",
    "opinion-handling",
    "inquiry-handling",
    "praise-handling",
    "connection-dispatch",
    "connection-plan-hv-single",
    "connection-plan-hv-dual",
    "connection-design-review",
    "connection-mid-inspection",
    "connection-completion-inspection",
    "connection-energising-hv",
    "connection-works-low-voltage",
    "connection-energising-low-voltage",
    "connection-charging-resident",
    "connection-charging-low-voltage",
    "connection-charging-high-voltage",
  ])
    assert.ok(stateGrid.includes(key), key);
  for (const key of [
    "arrival-urban",
    "complaint-answer",
    "complaint-answer-12398",
    "complaint-handling",
    "whistleblow-handling",
    "reconnect-work",
    "meter-test-answer",
    "forwarded-12345",
    "connection-resident",
    "connection-low-voltage",
    "connection-hv-single",
    "connection-hv-dual",
  ])
    assert.ok(!stateGrid.includes(key), key);
});

test("the published limits, row by row", () => {
  const fault = (areaClass: string) => factsOf({ flow: "fault-repair", areaClass });
  const complaint = factsOf({ flow: "complaint" });
  const request = (subtype: string) => factsOf({ flow: "service-request", subtype });
  const rows: readonly (readonly [Rulebook, OrderFacts, string, string, string])[] = [
    // State Grid 2022: averages are targets, the law's and the house's maxima stand beside them.
    [shipped, fault("URBAN"), "arrival", "2026-03-02", "law max 60 min, promise average 45 min, internal max 45 min"],
    [shipped, fault("RURAL"), "arrival", "2026-03-02", "law max 120 min, promise average 90 min, internal max 90 min"],
    [shipped, fault("REMOTE"), "arrival", "2026-03-02", "law max 240 min, promise average 120 min, internal max 120 min"],
    [shipped, fault("URBAN"), "restoration", "2026-03-02", "promise average 3 h, internal max 360 min"],
    [shipped, fault("RURAL"), "restoration", "2026-03-02", "promise average 4 h, internal max 480 min"],
    [shipped, fault("URBAN"), "dispatch", "2026-03-02", "internal max 2 min"],
    [shipped, fault("URBAN"), "accept", "2026-03-02", "internal max 3 min"],
    [shipped, fault("URBAN"), "report-result", "2026-03-02", "internal max 5 min"],
    [shipped, fault("URBAN"), "reply-review", "2026-03-02", "internal max 30 min"],
    [shipped, fault("URBAN"), "callback", "2026-03-02", "internal max 24 h from reply"],
    [shipped, complaint, "dispatch", "2026-03-02", "internal max 20 min"],
    [shipped, complaint, "first-contact", "2026-03-02", "promise max 24 h, internal max 24 h"],
    [shipped, complaint, "handling", "2026-03-02", "internal max 4 WD"],
    [shipped, complaint, "answer", "2026-03-02", "law max 10 WD, promise max 5 WD, internal max 10 WD"],
    [shipped, complaint, "callback", "2026-03-02", "internal max 1 WD from reply"],
    [shipped, factsOf({ flow: "whistleblow" }), "dispatch", "2026-03-02", "internal max 20 min"],
    [shipped, factsOf({ flow: "whistleblow" }), "first-contact", "2026-03-02", "internal max 24 h"],
    [shipped, factsOf({ flow: "whistleblow" }), "handling", "2026-03-02", "internal max 9 WD"],
    [shipped, factsOf({ flow: "whistleblow", identity: "ANONYMOUS" }), "first-contact", "2026-03-02", ""],
    [shipped, factsOf({ flow: "opinion" }), "first-contact", "2026-03-02", "internal max 1 WD"],
    [shipped, factsOf({ flow: "opinion" }), "handling", "2026-03-02", "internal max 9 WD"],
    [shipped, factsOf({ flow: "suggestion" }), "handling", "2026-03-02", "internal max 9 WD"],
    [shipped, factsOf({ flow: "inquiry" }), "handling", "2026-03-02", "internal max 2 WD"],
    [shipped, factsOf({ flow: "inquiry" }), "answer", "2026-03-02", "internal max 5 WD"],
    [shipped, factsOf({ flow: "praise" }), "dispatch", "2026-03-02", "internal max 20 min"],
    [shipped, factsOf({ flow: "praise" }), "handling", "2026-03-02", "internal max 4 WD"],
    [shipped, request("RECONNECT_AFTER_ARREARS"), "work", "2026-03-02", "law max 24 h, internal max 24 h"],
    [shipped, request("RECONNECT_AFTER_ARREARS"), "work", "2024-05-31", "law max 3 d, internal max 24 h"],
    [shipped, request("RECONNECT_AFTER_ARREARS"), "report-result", "2026-03-02", "internal max 1 WD"],
    [shipped, request("APPLIANCE_DAMAGE"), "on-site", "2026-03-02", "internal max 24 h"],
    [shipped, request("APPLIANCE_DAMAGE"), "report-result", "2026-03-02", "internal max 1 WD"],
    [shipped, request("METER_ABNORMAL"), "handling", "2026-03-02", "internal max 4 WD"],
    [shipped, request("METER_READING_ABNORMAL"), "handling", "2026-03-02", "internal max 6 WD"],
    [shipped, request("METER_READING_ABNORMAL"), "answer", "2026-03-02", "promise max 5 WD, internal max 10 WD"],
    [shipped, request("METER_READING_ABNORMAL"), "answer", "2015-03-02", "promise max 7 WD, internal max 10 WD"],
    [shipped, request("FAST_CHARGE_APPOINTMENT"), "on-site", "2026-03-02", "internal max 45 min"],
    [shipped, request("FAST_CHARGE_APPOINTMENT"), "report-result", "2026-03-02", "internal max 2 h"],
    [shipped, request("METER_TEST"), "answer", "2026-03-02", "promise max 5 WD, internal max 10 WD"],
    [shipped, request("TEMPORARY_REMOVAL"), "work", "2026-03-02", "internal max 5 WD"],
    [shipped, request("OTHER"), "handling", "2026-03-02", "internal max 5 WD"],
    [shipped, request("OTHER"), "dispatch", "2026-03-02", "internal max 20 min"],
    // Where it comes from.
    [shipped, factsOf({ flow: "complaint", origin: "GOV_12345" }), "handling", "2026-03-02", "internal max 7 d from open"],
    [
      shipped,
      factsOf({ flow: "complaint", origin: "REGULATOR_12398" }),
      "handling",
      "2026-03-02",
      "internal max 10 WD from open",
    ],
    [shipped, factsOf({ flow: "complaint", origin: "LETTER" }), "handling", "2026-03-02", "internal max 10 d from open"],
    [shipped, factsOf({ flow: "opinion", origin: "GOV_12345" }), "handling", "2026-03-02", "internal max 7 d from open"],
    [
      shipped,
      factsOf({ flow: "complaint", origin: "REGULATOR_12398" }),
      "answer",
      "2026-03-02",
      "law max 10 WD, promise max 5 WD, internal max 10 WD",
    ],
    [
      shipped,
      factsOf({ flow: "opinion", origin: "REGULATOR_12398" }),
      "answer",
      "2026-03-02",
      "law max 60 d, internal max 10 WD",
    ],
    // State Grid 2011: maxima, and other days.
    [shipped, fault("URBAN"), "arrival", "2015-03-02", "law max 60 min, promise max 45 min, internal max 45 min"],
    [shipped, fault("URBAN"), "arrival", "2013-03-01", "law max 45 min, promise max 45 min, internal max 45 min"],
    [shipped, complaint, "first-contact", "2015-03-02", "promise max 1 WD, internal max 1 WD from dispatch"],
    [
      shipped,
      factsOf({ flow: "complaint", identity: "CONFIDENTIAL" }),
      "first-contact",
      "2015-03-02",
      "promise max 1 WD, internal max 1440 min",
    ],
    [shipped, complaint, "handling", "2015-03-02", "internal max 6 WD"],
    [shipped, complaint, "answer", "2015-03-02", "law max 10 WD, promise max 7 WD, internal max 10 WD"],
    // Southern Grid 2017.
    [southern, fault("URBAN"), "arrival", "2026-03-02", "law max 60 min, promise average 45 min, internal max 45 min"],
    [southern, fault("URBAN"), "restoration", "2026-03-02", "promise average 4 h, internal max 360 min"],
    [southern, fault("RURAL"), "restoration", "2026-03-02", "promise average 5 h, internal max 480 min"],
    [southern, fault("URBAN"), "dispatch", "2026-03-02", "internal max 5 min"],
    [southern, complaint, "grading", "2026-03-02", "internal max 15 min"],
    [southern, factsOf({ flow: "complaint", grade: "MAJOR" }), "dispatch", "2026-03-02", "internal max 15 min"],
    [southern, complaint, "handling", "2026-03-02", "internal max 5 WD"],
    [southern, request("RECONNECT_AFTER_ARREARS"), "work", "2026-03-02", "law max 24 h, promise max 12 h, internal max 5 WD"],
    // A province's overlay at unit 2 reaches unit 2 only.
    [
      overlaid,
      factsOf({ flow: "complaint", organisationPath: [2, 1] }),
      "answer",
      "2026-03-02",
      "law max 5 WD, promise max 5 WD, internal max 10 WD",
    ],
    [overlaid, factsOf({ flow: "complaint", organisationPath: [2, 1] }), "handling", "2026-03-02", "internal max 3 WD"],
    [overlaid, factsOf({ flow: "complaint", organisationPath: [3, 1] }), "handling", "2026-03-02", "internal max 4 WD"],
    [
      overlaid,
      factsOf({ flow: "fault-repair", organisationPath: [2, 1] }),
      "arrival",
      "2026-03-02",
      "law max 1 h, promise average 45 min, internal max 40 min",
    ],
    [
      overlaid,
      factsOf({ flow: "fault-repair", organisationPath: [2, 1], customerClass: "IMPORTANT" }),
      "arrival",
      "2026-03-02",
      "law max 1 h, promise average 45 min, internal max 30 min",
    ],
  ];
  for (const [rulebook, facts, slot, date, expected] of rows)
    assert.equal(
      limits(rulebook, facts, slot, date),
      expected,
      `${facts.flow} ${facts.subtype ?? ""} ${facts.areaClass ?? ""} ${facts.origin ?? ""} ${slot} ${date}`,
    );
});

test("the published limits of a service connection, row by row", () => {
  const [today, of2015, of2012, of2007, of1999] = ["2026-03-02", "2015-03-02", "2012-03-02", "2007-03-02", "1999-03-02"];
  const rows: readonly (readonly [Rulebook, flow: string, slot: string, date: string, expected: string])[] = [
    // All utility-side steps together: State Grid's promise of 2022.
    [shipped, "resident", "whole-process", today, "promise max 5 WD, internal max 5 WD"],
    [shipped, "low-voltage", "whole-process", today, "law max 15 WD, promise max 6 WD, internal max 15 WD"],
    [shipped, "hv-single", "whole-process", today, "promise max 22 WD, internal max 40 WD"],
    [shipped, "hv-dual", "whole-process", today, "promise max 32 WD, internal max 60 WD"],
    [shipped, "resident", "whole-process", "2013-06-03", "law max 6 WD, internal max 5 WD"],
    // Its split over the nodes, beside the regulation's floor.
    [shipped, "low-voltage", "dispatch", today, "internal max 1 WD"],
    [shipped, "low-voltage", "utility-works", today, "internal max 3 WD"],
    [shipped, "low-voltage", "energising", today, "internal max 2 WD"],
    [shipped, "hv-single", "dispatch", today, "internal max 1 WD"],
    [shipped, "resident", "plan-reply", today, "law max 3 WD, internal max 3 WD"],
    [shipped, "low-voltage", "plan-reply", today, "law max 8 WD, internal max 8 WD"],
    [shipped, "hv-single", "plan-reply", today, "law max 20 WD, internal max 10 WD"],
    [shipped, "hv-dual", "plan-reply", today, "law max 45 WD, internal max 20 WD"],
    [shipped, "hv-dual", "design-review", today, "internal max 3 WD"],
    [shipped, "hv-dual", "mid-inspection", today, "internal max 2 WD"],
    [shipped, "low-voltage", "completion-inspection", today, "law max 5 WD, internal max 7 WD"],
    [shipped, "hv-single", "completion-inspection", today, "law max 7 WD, internal max 3 WD"],
    [shipped, "hv-single", "energising", today, "internal max 3 WD"],
    // The promises of 2011 and the assessment rule of about 2014.
    [shipped, "resident", "plan-reply", of2015, "law max 3 WD, promise max 3 WD, internal max 3 WD"],
    [shipped, "low-voltage", "plan-reply", of2015, "law max 8 WD, promise max 7 WD, internal max 8 WD"],
    [shipped, "hv-single", "plan-reply", of2015, "law max 20 WD, promise max 15 WD, internal max 15 WD"],
    [shipped, "hv-dual", "plan-reply", of2015, "law max 45 WD, promise max 30 WD, internal max 30 WD"],
    [shipped, "hv-dual", "design-review", of2015, "internal max 10 WD"],
    [shipped, "hv-dual", "design-review", of2012, "internal max 20 WD"],
    [shipped, "hv-single", "mid-inspection", of2015, "internal max 5 WD"],
    [shipped, "hv-single", "completion-inspection", of2015, "law max 7 WD, internal max 5 WD"],
    [shipped, "hv-single", "energising", of2015, "internal max 5 WD"],
    [shipped, "resident", "energising", of2015, "promise max 3 WD, internal max 5 WD"],
    [shipped, "low-voltage", "energising", of2015, "promise max 5 WD, internal max 5 WD"],
    // Southern Grid 2017.
    [southern, "resident", "plan-reply", today, "law max 3 WD, promise max 2 WD, internal max 3 WD"],
    [southern, "low-voltage", "plan-reply", today, "law max 8 WD, promise max 5 WD, internal max 8 WD"],
    [southern, "hv-single", "plan-reply", today, "law max 20 WD, promise max 15 WD, internal max 20 WD"],
    [southern, "hv-dual", "plan-reply", today, "law max 45 WD, promise max 30 WD, internal max 45 WD"],
    [southern, "resident", "energising", today, "promise max 2 WD, internal max 5 WD"],
    [southern, "low-voltage", "energising", today, "promise max 3 WD, internal max 5 WD"],
    [southern, "hv-single", "energising", today, "promise max 5 WD, internal max 5 WD"],
    [southern, "hv-dual", "energising", today, "promise max 5 WD, internal max 5 WD"],
    // What held before.
    [shipped, "resident", "plan-reply", of2007, "law max 5 WD, internal max 3 WD"],
    [shipped, "low-voltage", "plan-reply", of2007, "law max 10 WD, internal max 8 WD"],
    [shipped, "hv-single", "plan-reply", of2007, "law max 30 WD, internal max 20 WD"],
    [shipped, "hv-dual", "plan-reply", of2007, "law max 60 WD, internal max 45 WD"],
    [shipped, "resident", "plan-reply", of1999, "law max 5 d, internal max 3 WD"],
    [shipped, "low-voltage", "plan-reply", of1999, "law max 10 d, internal max 8 WD"],
    [shipped, "hv-single", "plan-reply", of1999, "law max 30 d, internal max 20 WD"],
    [shipped, "hv-dual", "plan-reply", of1999, "law max 60 d, internal max 45 WD"],
  ];
  for (const [rulebook, flow, slot, date, expected] of rows)
    assert.equal(
      limits(rulebook, factsOf({ flow: `connection-${flow}`, subtype: "NEW" }), slot, date),
      expected,
      `${flow} ${slot} ${date}`,
    );
  const charging = (subtype: string) =>
    limits(shipped, factsOf({ flow: "connection-charging", subtype }), "whole-process", today);
  assert.deepEqual(["RESIDENT", "LOW_VOLTAGE", "HIGH_VOLTAGE"].map(charging), [
    "promise max 5 WD, internal max 15 WD",
    "promise max 6 WD, internal max 15 WD",
    "promise max 22 WD, internal max 40 WD",
  ]);
});

test("the customer's own works are in no limit of a connection's whole, and no limit of a document's", () => {
  const slots = ["whole-process", "plan-reply", "design-review", "mid-inspection", "completion-inspection", "energising"];
  for (const { document } of packs.filter(({ key }) => key !== "province-example"))
    for (const rule of document.rules.filter(
      ({ slot, authority, validTo }) => slots.includes(slot) && !(authority === "law" && validTo),
    ))
      assert.ok(rule.pausedBy.includes("CUSTOMER_WORKS"), `${document.key}/${rule.key}`);
});

test("the house pack gives every step of every flow a limit, whatever the order's facts", () => {
  const nowMs = shanghai("2026-03-02 10:00");
  assert.deepEqual(uncoveredSteps(rulebookWith(["house", 1]), business, 1, nowMs), []);
  assert.deepEqual(uncoveredSteps(shipped, business, 1, shanghai("2010-01-01 00:00")), []);
  const gaps = uncoveredSteps(rulebookWith(["state-grid-2022", 1]), business, 1, nowMs).map(
    ({ flow, slot }) => `${flow}/${slot}`,
  );
  assert.ok(gaps.includes("fault-repair/archive"), "and without it a gap is found");
});

test("under the packs adopted at first, an open order always has a running clock, whatever is done", () => {
  fc.assert(
    fc.property(flowArbitrary, movesArbitrary, (flow, moves) => {
      walk(flow, moves, (events) => {
        const state = foldOrder(events);
        const clocks = foldClocks({ slotsOf: slotsOfFlows(business), rulebookOf: () => shipped }, signalsOf(events));
        assert.ok(!isOpen(state) || clocks.some(({ status }) => status === "running"), `${state.flow} ${state.step}`);
      });
    }),
    { numRuns: 60 },
  );
});

const shown = (atMs: number | null): string =>
  atMs === null ? "-" : new Date(atMs + 8 * 3_600_000).toISOString().slice(0, 16).replace("T", " ");
const line = ({ slot, authority, limitKind, dueAtMs, provisional }: Clock): string =>
  `${slot} ${authority} ${limitKind} ${shown(dueAtMs)}${provisional ? " provisional" : ""}`;

/** Folds an order opened at an instant. */
function clocksOf(rulebook: Rulebook, facts: OrderFacts, ...steps: readonly (readonly [string, string])[]): string[] {
  const signals = steps.map(
    ([type, at], index): ClockSignal => ({
      seq: index + 1,
      atMs: shanghai(at),
      type,
      ...(index === 0 ? { opensEpisode: true, facts, rulebookVersion: 1 } : {}),
    }),
  );
  return foldClocks({ slotsOf: slotsOfFlows(business), rulebookOf: () => rulebook }, signals)
    .filter(({ status }) => status === "running")
    .map(line);
}

test("a complaint before the Spring Festival: promise, law and internal limits run side by side", () => {
  // Thursday 12 February 2026; 14 and 28 February are make-up days, 15 to 23 are off.
  const clocks = clocksOf(
    shipped,
    factsOf({ flow: "complaint", grade: "GENERAL" }),
    ["intake", "2026-02-12 16:00"],
    ["grade", "2026-02-12 16:10"],
    ["dispatch", "2026-02-12 16:20"],
  );
  assert.deepEqual(clocks.toSorted(), [
    "accept internal max 2026-02-12 17:20",
    "answer internal max 2026-03-05 00:00",
    "answer law max 2026-03-05 00:00",
    "answer promise max 2026-02-27 00:00",
    "first-contact internal max 2026-02-13 16:00",
    "first-contact promise max 2026-02-13 16:00",
    "handling internal max 2026-02-26 00:00",
  ]);
});

test("a limit that reaches into a year not announced yet is provisional", () => {
  const clocks = clocksOf(shipped, factsOf({ flow: "complaint" }), ["intake", "2026-12-29 09:00"]);
  assert.deepEqual(clocks.filter((clock) => clock.startsWith("answer")).toSorted(), [
    "answer internal max 2027-01-13 00:00 provisional",
    "answer law max 2027-01-13 00:00 provisional",
    "answer promise max 2027-01-06 00:00 provisional",
  ]);
});

const named = (rulebook: Rulebook) =>
  tiesOf(rulebook, { flows: business.flows, pathOf: (unitId) => tree.path(unitId), fromMs: Date.parse("2022-01-01") }).map(
    ({ counts, yields }) => `${counts.pack}/${counts.rule.key} over ${yields.pack}/${yields.rule.key}`,
  );

test("what is adopted at first leaves no choice open, nor does the overlay, wherever it is adopted", () => {
  for (const rulebook of [shipped, southern, overlaid, rulebookWith(...atFirst, ["province-example", 1])])
    assert.deepEqual(named(rulebook), []);
});

test("two companies' promises adopted at one unit contradict each other, and that is told", () => {
  const both = named(rulebookWith(...atFirst, ["southern-grid-2017", 1]));
  assert.ok(both.includes("state-grid-2022/restoration-urban over southern-grid-2017/restoration-urban"), both.join("; "));
});

test("any other pack takes the place of the house's proposals, however little it asks about", () => {
  const facts = factsOf({ flow: "fault-repair" });
  const rulebook = compileRulebook(
    definitionOf(
      {
        packs: [
          ...packs,
          {
            key: "own",
            version: 1,
            origin: "edited",
            yaml: "",
            document: RulePack.parse({
              key: "own",
              title: { zh: "本单位", en: "Own" },
              rules: [
                {
                  key: "arrival",
                  title: { zh: "到达现场", en: "Arrival" },
                  authority: "internal",
                  slot: "arrival",
                  amount: 50,
                  unit: "minute",
                  source: { document: { zh: "本单位规定", en: "Own rule" }, verified: true },
                },
              ],
            }),
          },
        ],
        adoptions: [...atFirst, ["own", 1] as const].map(([packKey, unitId]) => ({ packKey, unitId })),
        calendar: shippedCalendar,
        policies: defaultPolicies,
      },
      1,
      tree,
    ),
  );
  const internal = (book: Rulebook) => selectRules(book, facts, "arrival", Date.parse("2026-03-20")).at(-1);
  assert.equal(internal(shipped)?.rule.key, "arrival-urban");
  assert.deepEqual([internal(rulebook)?.pack, internal(rulebook)?.rule.amount], ["own", 50]);
});
