import assert from "node:assert/strict";
import { test } from "node:test";
import { foldClocks } from "./fold.ts";
import type { ClockRule } from "../rules/rule.ts";
import type { ClockSignal } from "../types.ts";
import {
  contextOf,
  facts,
  history,
  line,
  resume,
  ruleOf,
  rulebookOf,
  shanghai,
  shown,
  type Step,
  suspend,
} from "../testing/samples.ts";

const rules: readonly ClockRule[] = [
  ruleOf({ key: "dispatch", slot: "dispatch", amount: 20, unit: "minute" }),
  ruleOf({
    key: "arrival-urban",
    slot: "arrival",
    amount: 45,
    unit: "minute",
    when: { areaClass: ["URBAN"] },
    pausedBy: ["WEATHER"],
  }),
  ruleOf({
    key: "arrival-rural",
    slot: "arrival",
    amount: 90,
    unit: "minute",
    when: { areaClass: ["RURAL"] },
    pausedBy: ["WEATHER"],
  }),
  ruleOf({ key: "arrival-law", slot: "arrival", amount: 60, unit: "minute", authority: "law", when: { areaClass: ["URBAN"] } }),
  ruleOf({ key: "restoration", slot: "restoration", amount: 3, unit: "hour", pausedBy: ["*"] }),
  ruleOf({ key: "processing", slot: "processing", amount: 4, unit: "workingDay", pausedBy: ["CUSTOMER"], extendable: true }),
  ruleOf({ key: "processing-law", slot: "processing", amount: 10, unit: "workingDay", authority: "law" }),
  ruleOf({ key: "contact", slot: "contact", amount: 24, unit: "hour" }),
  ruleOf({ key: "callback", slot: "callback", amount: 1, unit: "workingDay" }),
  ruleOf({ key: "consultation", slot: "consultation", amount: 8, unit: "hour", authority: "internal", pausedBy: ["*"] }),
  ruleOf({ key: "approval", slot: "approval", amount: 4, unit: "hour", authority: "internal", pausedBy: ["*"] }),
];
const context = contextOf(rulebookOf(rules));
const fold = (...steps: readonly Step[]) => foldClocks(context, history(...steps));
const lines = (...steps: readonly Step[]) => fold(...steps).map(line);
/** The clocks of some slots only. */
const of = (slots: string, ...steps: readonly Step[]) =>
  lines(...steps).filter((one) => slots.split(" ").some((slot) => one.startsWith(slot)));

test("a clock starts with the first of its events and stops with the first that ends it", () => {
  assert.deepEqual(lines(["intake", "2024-03-04 10:00"]), [
    "dispatch.promise#1 running 03-04 10:20",
    "arrival.law#1 running 03-04 11:00",
    "arrival.promise#1 running 03-04 10:45",
    "processing.law#1 running 03-18 24:00",
    "processing.promise#1 running 03-08 24:00",
  ]);
  assert.deepEqual(
    of(
      "dispatch arrival restoration",
      ["intake", "2024-03-04 10:00"],
      ["dispatch", "2024-03-04 10:05"],
      ["dispatch", "2024-03-04 10:30"],
      ["arrive", "2024-03-04 10:50"],
    ),
    [
      "dispatch.promise#1 met 03-04 10:20",
      "arrival.law#1 met 03-04 11:00",
      "arrival.promise#1 missed 03-04 10:45",
      "restoration.promise#1 running 03-04 13:50",
    ],
  );
});

test("within N is met at exactly N", () => {
  const arrived = (at: string) => of("arrival.promise", ["intake", "2024-03-04 10:00"], ["arrive", at]);
  assert.deepEqual(arrived("2024-03-04 10:45"), ["arrival.promise#1 met 03-04 10:45"]);
  assert.deepEqual(arrived("2024-03-04 10:46"), ["arrival.promise#1 missed 03-04 10:45"]);
});

test("a starting event changes nothing while the clock runs, and starts the next round when it does not", () => {
  assert.deepEqual(
    of(
      "dispatch",
      ["intake", "2024-03-04 10:00"],
      ["return", "2024-03-04 10:05"],
      ["dispatch", "2024-03-04 10:10"],
      ["return", "2024-03-04 11:00"],
      ["dispatch", "2024-03-04 11:30"],
    ),
    ["dispatch.promise#1 met 03-04 10:20", "dispatch.promise#2 missed 03-04 11:20"],
  );
});

test("the clock stops while we wait for the customer, and only for the reasons its rule names", () => {
  const waiting: readonly Step[] = [
    ["intake", "2024-03-04 10:00"],
    ["suspend", "2024-03-05 10:00", suspend("CUSTOMER")],
  ];
  assert.deepEqual(of("processing", ...waiting), ["processing.law#1 running 03-18 24:00", "processing.promise#1 paused -"]);
  assert.deepEqual(of("processing", ...waiting, ["resume", "2024-03-07 09:00", resume]), [
    "processing.law#1 running 03-18 24:00",
    "processing.promise#1 running 03-12 24:00",
  ]);
  assert.deepEqual(
    of("processing.promise", ["intake", "2024-03-04 10:00"], ["suspend", "2024-03-05 10:00", suspend("WEATHER")]),
    ["processing.promise#1 running 03-08 24:00"],
  );
});

test("a pause is listed with every clock it falls into, and says whether it stops it", () => {
  const clocks = fold(
    ["intake", "2024-03-04 10:00"],
    ["suspend", "2024-03-04 10:10", suspend("WEATHER")],
    ["resume", "2024-03-04 10:30", resume],
  );
  const pause = { fromMs: shanghai("2024-03-04 10:10"), toMs: shanghai("2024-03-04 10:30"), reason: "WEATHER" };
  assert.deepEqual(
    clocks.filter(({ rule }) => rule !== null).map(({ slot, authority, pauses }) => [`${slot}.${authority}`, pauses]),
    [
      ["dispatch.promise", [{ ...pause, stopsClock: false }]],
      ["arrival.law", [{ ...pause, stopsClock: false }]],
      ["arrival.promise", [{ ...pause, stopsClock: true }]],
      ["processing.law", [{ ...pause, stopsClock: false }]],
      ["processing.promise", [{ ...pause, stopsClock: false }]],
    ],
  );
});

test("a clock that starts during a suspension stands still from its start", () => {
  const clock = fold(
    ["intake", "2024-03-04 10:00"],
    ["suspend", "2024-03-04 10:10", suspend("WEATHER")],
    ["arrive", "2024-03-04 10:30"],
  ).find(({ slot }) => slot === "restoration");
  assert.deepEqual([clock?.status, clock?.pauses[0]?.fromMs], ["paused", shanghai("2024-03-04 10:30")]);
});

test("the union of overlapping suspensions counts", () => {
  const both = of(
    "arrival.promise",
    ["intake", "2024-03-04 10:00"],
    ["suspend", "2024-03-04 10:10", suspend("WEATHER")],
    ["suspend", "2024-03-04 10:20", suspend("WEATHER")],
    ["resume", "2024-03-04 10:30", resume],
    ["suspend", "2024-03-04 10:30", suspend("WEATHER")],
    ["resume", "2024-03-04 10:40", resume],
  );
  assert.deepEqual(both, ["arrival.promise#1 running 03-04 11:15"]);
});

test("a pause counts no longer than its approved end, even where nobody resumes", () => {
  const steps: readonly Step[] = [
    ["intake", "2024-03-04 10:00"],
    ["suspend", "2024-03-05 10:00", suspend("CUSTOMER", "2024-03-07 09:00")],
  ];
  const [clock] = fold(...steps).filter(({ slot, authority }) => slot === "processing" && authority === "promise");
  assert.deepEqual(
    [clock?.status, clock?.dueAtMs, clock?.pausedUntilMs, clock?.dueIfPausedUntilMs],
    ["paused", null, shanghai("2024-03-07 09:00"), shanghai("2024-03-12 24:00")],
  );
  assert.deepEqual(of("processing.promise", ...steps, ["note", "2024-03-08 10:00"]), [
    "processing.promise#1 running 03-12 24:00",
  ]);
  assert.deepEqual(of("processing.promise", ...steps, ["resume", "2024-03-11 10:00", resume]), [
    "processing.promise#1 running 03-12 24:00",
  ]);
  assert.deepEqual(of("processing.promise", ...steps, ["resume", "2024-03-06 10:00", resume]), [
    "processing.promise#1 running 03-11 24:00",
  ]);
  const asOf = foldClocks({ ...context, asOfMs: shanghai("2024-03-07 09:00") }, history(...steps));
  assert.equal(asOf.find(({ slot, authority }) => slot === "processing" && authority === "promise")?.status, "running");
});

test("a suspension cures nothing: a clock that was overdue when it began stays overdue", () => {
  const clocks = fold(["intake", "2024-03-04 10:00"], ["suspend", "2024-03-04 11:00", suspend("WEATHER")]);
  const arrival = clocks.find(({ slot, authority }) => slot === "arrival" && authority === "promise");
  assert.equal(line(arrival as never), "arrival.promise#1 running 03-04 10:45");
  assert.deepEqual(
    arrival?.pauses.map(({ stopsClock }) => stopsClock),
    [false],
  );
});

test("an order that ends while suspended met what was suspended", () => {
  assert.deepEqual(
    of(
      "processing",
      ["intake", "2024-03-04 10:00"],
      ["suspend", "2024-03-07 10:00", suspend("CUSTOMER")],
      ["archive", "2024-03-29 10:00"],
    ),
    ["processing.law#1 missed 03-18 24:00", "processing.promise#1 met 04-01 24:00"],
  );
});

test("a suspension's own clock takes its limit from the approved end, and nothing suspends it or an approval", () => {
  assert.deepEqual(
    of(
      "suspension approval",
      ["intake", "2024-03-04 10:00"],
      ["request", "2024-03-05 09:00"],
      ["suspend", "2024-03-05 10:00", suspend("CUSTOMER", "2024-03-07 09:00")],
      ["resume", "2024-03-07 09:30", resume],
    ),
    ["approval.internal#1 running 03-05 13:00", "suspension.internal#1 missed 03-07 09:00"],
  );
});

test("a given slot that no due instant is given for runs, and is never missed", () => {
  const open: readonly Step[] = [
    ["intake", "2024-03-04 10:00"],
    ["suspend", "2024-03-05 10:00", suspend("CUSTOMER")],
  ];
  assert.deepEqual(of("suspension", ...open), ["suspension.internal#1 running -"]);
  assert.deepEqual(of("suspension", ...open, ["resume", "2024-04-05 10:00", resume]), ["suspension.internal#1 met -"]);
});

test("closing the episode judges every clock that still runs, but for what can no longer happen", () => {
  assert.deepEqual(lines(["intake", "2024-03-04 10:00"], ["archive", "2024-03-04 10:50"]), [
    "dispatch.promise#1 missed 03-04 10:20",
    "arrival.law#1 lapsed 03-04 11:00",
    "arrival.promise#1 missed 03-04 10:45",
    "processing.law#1 met 03-18 24:00",
    "processing.promise#1 met 03-08 24:00",
  ]);
});

test("reopening starts a new episode afresh and leaves the old one's figures alone", () => {
  const first: readonly Step[] = [
    ["intake", "2024-03-04 10:00"],
    ["suspend", "2024-03-04 10:10", suspend("CUSTOMER")],
    ["archive", "2024-03-05 10:50"],
  ];
  const before = fold(...first);
  const after = fold(
    ...first,
    ["note", "2024-03-05 11:00"],
    ["reply", "2024-03-05 12:00"],
    ["reopen", "2024-03-12 09:00", { opensEpisode: true }],
    ["dispatch", "2024-03-12 09:10"],
  );
  assert.deepEqual(after.slice(0, before.length), before);
  assert.deepEqual(
    after.slice(before.length).map((clock) => `${clock.episode} ${line(clock)}`),
    [
      "2 dispatch.promise#1 met 03-12 09:20",
      "2 arrival.law#1 running 03-12 10:00",
      "2 arrival.promise#1 running 03-12 09:45",
      "2 processing.law#1 running 03-26 24:00",
      "2 processing.promise#1 running 03-18 24:00",
    ],
  );
});

test("reopening an episode that was not closed closes it", () => {
  assert.deepEqual(of("dispatch", ["intake", "2024-03-04 10:00"], ["reopen", "2024-03-04 10:30", { opensEpisode: true }]), [
    "dispatch.promise#1 missed 03-04 10:20",
    "dispatch.promise#1 running 03-04 10:50",
  ]);
});

test("a consultation has a clock for each assisting unit", () => {
  assert.deepEqual(
    of(
      "consultation",
      ["intake", "2024-03-04 10:00"],
      ["consult", "2024-03-04 10:00", { subject: "7" }],
      ["consult", "2024-03-04 11:00", { subject: "8" }],
      ["answer-consultation", "2024-03-04 12:00", { subject: "7" }],
      ["consult", "2024-03-04 13:00", { subject: "7" }],
    ),
    [
      "consultation(7).internal#1 met 03-04 18:00",
      "consultation(8).internal#1 running 03-04 19:00",
      "consultation(7).internal#2 running 03-04 21:00",
    ],
  );
});

test("an approved extension moves the clocks that may be extended, and never the law's", () => {
  const [law, promise] = fold(
    ["intake", "2024-03-04 10:00"],
    ["extend", "2024-03-07 10:00", { extend: { dueAtMs: shanghai("2024-03-20 24:00") } }],
  ).filter(({ slot }) => slot === "processing");
  assert.equal(line(law as never), "processing.law#1 running 03-18 24:00");
  assert.equal(law?.dueBeforeExtensionMs, null);
  assert.equal(line(promise as never), "processing.promise#1 running 03-20 24:00");
  assert.equal(promise?.dueBeforeExtensionMs, shanghai("2024-03-08 24:00"));
});

test("an extension gives time and takes none: the latest of all that was granted and of the limit itself counts", () => {
  const extend = (at: string, to: string): Step => ["extend", at, { extend: { dueAtMs: shanghai(to) } }];
  const processing = (...steps: readonly Step[]) =>
    fold(["intake", "2024-03-04 10:00"], ...steps)
      .filter(({ slot, authority }) => slot === "processing" && authority === "promise")
      .map(({ dueAtMs, dueBeforeExtensionMs }) => `${shown(dueAtMs)} (${shown(dueBeforeExtensionMs)})`);
  const early = extend("2024-03-04 12:00", "2024-03-06 12:00");
  const late = extend("2024-03-05 12:00", "2024-03-12 24:00");
  assert.deepEqual(processing(), ["03-08 24:00 (null)"]);
  assert.deepEqual(processing(early), ["03-08 24:00 (03-08 24:00)"]);
  assert.deepEqual(processing(early, late), ["03-12 24:00 (03-08 24:00)"]);
  assert.deepEqual(processing(late, early), ["03-12 24:00 (03-08 24:00)"]);
  assert.deepEqual(processing(extend("2024-03-04 12:00", "2024-03-08 24:00")), ["03-08 24:00 (03-08 24:00)"]);
});

test("a figure of the limit itself may be provisional under an extension that does not count", () => {
  const due = (to: string) =>
    fold(["intake", "2026-12-30 10:00"], ["extend", "2026-12-30 11:00", { extend: { dueAtMs: shanghai(to) } }]).find(
      ({ slot, authority }) => slot === "processing" && authority === "promise",
    )?.provisional;
  assert.deepEqual([due("2026-12-31 12:00"), due("2027-03-01 12:00")], [true, false]);
});

test("an extension of one slot leaves the others, and a second one keeps the first deadline on record", () => {
  const steps: readonly Step[] = [
    ["intake", "2024-03-04 10:00"],
    ["suspend", "2024-03-04 12:00", suspend("OTHER", "2024-03-05 12:00")],
    ["extend", "2024-03-05 10:00", { extend: { slot: "suspension", dueAtMs: shanghai("2024-03-06 12:00") } }],
    ["extend", "2024-03-06 10:00", { extend: { slot: "processing", dueAtMs: shanghai("2024-03-14 24:00") } }],
    ["extend", "2024-03-07 10:00", { extend: { slot: "processing", dueAtMs: shanghai("2024-03-15 24:00") } }],
  ];
  assert.deepEqual(of("processing.promise suspension", ...steps), [
    "processing.promise#1 running 03-15 24:00",
    "suspension.internal#1 running 03-06 12:00",
  ]);
  assert.equal(
    fold(...steps).find(({ slot, authority }) => slot === "processing" && authority === "promise")?.dueBeforeExtensionMs,
    shanghai("2024-03-08 24:00"),
  );
});

test("a changed fact moves running clocks to the rule that fits now; finished ones keep theirs", () => {
  const rural: Step = ["correct", "2024-03-04 10:30", { facts: { areaClass: "RURAL" } }];
  assert.deepEqual(of("arrival", ["intake", "2024-03-04 10:00"], rural), [
    "arrival.law#1 superseded 03-04 11:00",
    "arrival.promise#1 running 03-04 11:30",
  ]);
  assert.deepEqual(of("arrival", ["intake", "2024-03-04 10:00"], ["arrive", "2024-03-04 10:20"], rural), [
    "arrival.law#1 met 03-04 11:00",
    "arrival.promise#1 met 03-04 10:45",
  ]);
  // Back again: the law limits the slot once more, from its start.
  assert.deepEqual(
    of("arrival.law", ["intake", "2024-03-04 10:00"], rural, ["correct", "2024-03-04 10:40", { facts: { areaClass: "URBAN" } }]),
    ["arrival.law#1 superseded 03-04 11:00", "arrival.law#1 running 03-04 11:00"],
  );
});

test("another label never gives fresh time: the new flow's clocks count from the opening", () => {
  const relabelled: readonly Step[] = [
    ["intake", "2024-03-04 10:00"],
    ["dispatch", "2024-03-04 10:25"],
    ["contact", "2024-03-05 11:00"],
    ["reclassify", "2024-03-06 10:00", { facts: { flow: "complaint" } }],
  ];
  assert.deepEqual(lines(...relabelled), [
    "dispatch.promise#1 missed 03-04 10:20",
    "arrival.law#1 superseded 03-04 11:00",
    "arrival.promise#1 superseded 03-04 10:45",
    "processing.law#1 superseded 03-18 24:00",
    "processing.promise#1 superseded 03-08 24:00",
    "contact.promise#1 missed 03-05 10:00",
    "processing.law#1 running 03-18 24:00",
    "processing.promise#1 running 03-08 24:00",
  ]);
  // There and back: what was judged stays judged, what runs still counts from the opening.
  assert.deepEqual(lines(...relabelled, ["reclassify", "2024-03-06 11:00", { facts: { flow: "repair" } }]).slice(8), [
    "arrival.law#1 running 03-04 11:00",
    "arrival.promise#1 running 03-04 10:45",
    "processing.law#1 running 03-18 24:00",
    "processing.promise#1 running 03-08 24:00",
  ]);
  assert.equal(fold(...relabelled).find(({ status, slot }) => status === "running" && slot === "processing")?.flow, "complaint");
});

test("pauses and extensions of the episode hold under the new label", () => {
  assert.deepEqual(
    of(
      "processing.promise",
      ["intake", "2024-03-04 10:00"],
      ["suspend", "2024-03-05 10:00", suspend("CUSTOMER")],
      ["resume", "2024-03-06 10:00", resume],
      ["reclassify", "2024-03-06 12:00", { facts: { flow: "complaint" } }],
    ),
    ["processing.promise#1 superseded 03-11 24:00", "processing.promise#1 running 03-11 24:00"],
  );
  assert.deepEqual(
    of(
      "processing.promise",
      ["intake", "2024-03-04 10:00"],
      ["extend", "2024-03-05 10:00", { extend: { dueAtMs: shanghai("2024-03-20 24:00") } }],
      ["reclassify", "2024-03-06 12:00", { facts: { flow: "complaint" } }],
    ),
    ["processing.promise#1 superseded 03-20 24:00", "processing.promise#1 running 03-20 24:00"],
  );
});

test("a new rulebook moves running clocks, ends those without a rule and starts those it adds from the slot's start", () => {
  const tighter = rulebookOf(
    [
      ruleOf({ key: "processing", slot: "processing", amount: 3, unit: "workingDay" }),
      ruleOf({ key: "processing-own", slot: "processing", amount: 2, unit: "workingDay", authority: "internal" }),
      ruleOf({ key: "dispatch", slot: "dispatch", amount: 3, unit: "minute" }),
    ],
    { version: 2 },
  );
  const clocks = foldClocks(
    contextOf(rulebookOf(rules), tighter),
    history(
      ["intake", "2024-03-04 10:00"],
      ["dispatch", "2024-03-04 10:05"],
      ["rebind", "2024-03-05 10:00", { rulebookVersion: 2 }],
    ),
  );
  assert.deepEqual(clocks.map(line), [
    "dispatch.promise#1 met 03-04 10:20",
    "arrival.law#1 superseded 03-04 11:00",
    "arrival.promise#1 superseded 03-04 10:45",
    "processing.law#1 superseded 03-18 24:00",
    "processing.promise#1 running 03-07 24:00",
    "processing.internal#1 running 03-06 24:00",
  ]);
  assert.deepEqual(
    clocks.map(({ rule }) => rule?.rulebookVersion),
    [1, 1, 1, 1, 2, 2],
  );
});

test("a rule may name events of its own", () => {
  const fromReceipt = ruleOf({
    key: "processing-receipt",
    slot: "processing",
    amount: 6,
    unit: "workingDay",
    authority: "internal",
    from: ["dispatch"],
    until: ["review"],
  });
  const book = rulebookOf([...rules, fromReceipt]);
  const steps: readonly Step[] = [
    ["intake", "2024-03-04 10:00"],
    ["dispatch", "2024-03-05 10:00"],
    ["reply", "2024-03-06 10:00"],
  ];
  const processing = (book: ReturnType<typeof rulebookOf>[], ...more: readonly Step[]) =>
    foldClocks(contextOf(...book), history(...steps, ...more))
      .map(line)
      .filter((one) => one.startsWith("processing"));
  assert.deepEqual(processing([book]), [
    "processing.law#1 met 03-18 24:00",
    "processing.promise#1 met 03-08 24:00",
    "processing.internal#1 running 03-13 24:00",
  ]);
  // A rulebook that brings such a rule finds where its stretch stands in the history so far.
  assert.deepEqual(
    processing(
      [rulebookOf(rules), rulebookOf([...rules, fromReceipt], { version: 2 })],
      ["rebind", "2024-03-07 10:00", { rulebookVersion: 2 }],
    ).slice(2),
    ["processing.internal#1 running 03-13 24:00"],
  );
  // And one that no longer has it ends the clock.
  assert.deepEqual(
    processing([book, rulebookOf(rules, { version: 2 })], ["rebind", "2024-03-07 10:00", { rulebookVersion: 2 }]).slice(2),
    ["processing.internal#1 superseded 03-13 24:00"],
  );
});

test("a unit with a calendar of its own counts by it", () => {
  const title = { zh: "市", en: "City" };
  const base = rulebookOf(rules);
  assert.equal(base.calendars.size, 1);
  const layers = [
    {
      key: "city",
      title,
      zone: "Asia/Shanghai",
      hours: [{ from: "09:00", to: "17:00" }],
      week: [true, true, false, true, true, false, false],
      dates: [],
    },
  ];
  const own = rulebookOf(rules, {
    calendars: [
      { key: "office", unitId: null, layers },
      {
        key: "office",
        unitId: 4,
        layers: [...layers, { key: "shut", title, week: [true, false, false, true, true, false, false], dates: [] }],
      },
    ],
  });
  const [promise] = foldClocks(contextOf(own), history(["intake", "2024-03-04 10:00"])).filter(
    ({ slot, authority }) => slot === "processing" && authority === "promise",
  );
  assert.equal(promise?.calendar, "office@4");
  assert.equal(line(promise as never), "processing.promise#1 running 03-14 24:00");
});

test("a deadline beyond the announced years is provisional until an extension sets it", () => {
  const late = (more: readonly Step[]) =>
    fold(["intake", "2026-12-29 10:00"], ...more).filter(({ slot }) => slot === "processing");
  assert.deepEqual(
    late([]).map(({ provisional }) => provisional),
    [true, true],
  );
  assert.deepEqual(
    late([["extend", "2026-12-30 10:00", { extend: { dueAtMs: shanghai("2027-01-20 24:00") } }]]).map(
      ({ provisional }) => provisional,
    ),
    [true, false],
  );
  assert.equal(
    fold(["intake", "2026-12-25 10:00"]).find(({ slot, authority }) => slot === "processing" && authority === "promise")
      ?.provisional,
    false,
  );
});

test("a signal that claims an earlier instant than its predecessor counts from the later one", () => {
  assert.deepEqual(
    of("dispatch restoration", ["intake", "2024-03-04 10:00"], ["dispatch", "2024-03-04 10:15"], ["arrive", "2024-03-04 10:05"]),
    ["dispatch.promise#1 met 03-04 10:20", "restoration.promise#1 running 03-04 13:15"],
  );
});

test("an episode needs the order's facts", () => {
  assert.throws(() => foldClocks(context, [{ seq: 1, atMs: 0, type: "intake", opensEpisode: true }]), /without facts/);
  assert.deepEqual(foldClocks(context, []), []);
  assert.deepEqual(foldClocks(context, [{ seq: 1, atMs: 0, type: "intake", opensEpisode: true, facts }]), []);
});

const arrivalOf = (...steps: readonly Step[]) =>
  fold(["intake", "2024-03-04 10:00"], ...steps).find(({ slot, authority }) => slot === "arrival" && authority === "promise");

test("a pause in force is told without an end until its approved end is over", () => {
  const paused: Step = ["suspend", "2024-03-04 10:10", suspend("WEATHER", "2024-03-04 10:30")];
  const ends = (...later: readonly Step[]) => arrivalOf(paused, ...later)?.pauses.map(({ toMs }) => shown(toMs));
  assert.deepEqual(ends(), [null]);
  assert.deepEqual(ends(["note", "2024-03-04 10:29"]), [null]);
  assert.deepEqual(ends(["note", "2024-03-04 10:30"]), ["03-04 10:30"]);
  assert.deepEqual(ends(["resume", "2024-03-04 10:20", resume]), ["03-04 10:20"]);
});

test("a pause that ends at the instant it begins is none", () => {
  const none = arrivalOf(["suspend", "2024-03-04 10:10", suspend("WEATHER")], ["resume", "2024-03-04 10:10", resume]);
  assert.deepEqual([none?.pauses, none?.status, shown(none?.dueAtMs ?? null)], [[], "running", "03-04 10:45"]);
});

test("a pause that begins when the time is up holds nothing; a moment before, it holds all that is left", () => {
  const at = (time: string) => arrivalOf(["suspend", time, suspend("WEATHER", "2024-03-04 12:00")]);
  assert.deepEqual([at("2024-03-04 10:45")?.status, shown(at("2024-03-04 10:45")?.dueAtMs ?? null)], ["running", "03-04 10:45"]);
  const before = at("2024-03-04 10:44");
  assert.deepEqual([before?.status, shown(before?.dueIfPausedUntilMs ?? null)], ["paused", "03-04 12:01"]);
});

test("a clock names the rule, the rulebook and the limit it obeys; a given one has none of them", () => {
  const [dispatch] = fold(["intake", "2024-03-04 10:00"]);
  assert.deepEqual(dispatch?.rule, { key: "dispatch", pack: "base", rulebookVersion: 1 });
  assert.deepEqual([dispatch?.amount, dispatch?.unit, dispatch?.calendar, dispatch?.limitKind], [20, "minute", null, "max"]);
  const given = fold(
    ["intake", "2024-03-04 10:00"],
    ["suspend", "2024-03-04 10:10", suspend("WEATHER", "2024-03-04 12:00")],
  ).find(({ slot }) => slot === "suspension");
  assert.deepEqual([given?.rule, given?.amount, given?.unit, given?.limitKind], [null, null, null, "max"]);
});

test("rules that name events of their own run by these, each by its own, and only the rest by the slot's", () => {
  const own = (key: string, authority: ClockRule["authority"], from: string[] | null, until: string[] | null) =>
    ruleOf({ key, slot: "callback", amount: 1, unit: "hour", authority, from, until });
  const started = (...ownRules: readonly ClockRule[]) =>
    foldClocks(
      contextOf(rulebookOf(ownRules)),
      history(
        ["intake", "2024-03-04 10:00"],
        ["dispatch", "2024-03-04 11:00"],
        ["arrive", "2024-03-04 12:00"],
        ["restore", "2024-03-04 13:00"],
        ["reply", "2024-03-04 14:00"],
        ["callback", "2024-03-04 15:00"],
      ),
    )
      .filter(({ slot }) => slot === "callback")
      .map(({ rule, startedAtMs, stoppedAtMs }) => `${rule?.key} ${shown(startedAtMs)} ${shown(stoppedAtMs)}`);
  assert.deepEqual(
    started(
      own("own-start", "law", ["dispatch"], null),
      own("own-end", "promise", null, ["archive", "callback"]),
      own("slot", "internal", null, null),
    ),
    ["own-start 03-04 11:00 03-04 15:00", "slot 03-04 14:00 03-04 15:00", "own-end 03-04 14:00 03-04 15:00"],
  );
  assert.deepEqual(
    started(
      own("one", "law", ["dispatch"], ["restore"]),
      own("two", "promise", ["dispatch", "arrive"], ["restore"]),
      own("three", "internal", ["arrive", "dispatch"], ["restore"]),
    ),
    ["one 03-04 11:00 03-04 13:00", "two 03-04 11:00 03-04 13:00", "three 03-04 11:00 03-04 13:00"],
  );
  assert.deepEqual(started(own("early", "law", ["dispatch"], ["arrive"]), own("late", "promise", ["arrive"], ["restore"])), [
    "early 03-04 11:00 03-04 12:00",
    "late 03-04 12:00 03-04 13:00",
  ]);
});

test("a pause that begins when the time is up does not stop the clock, and is told so", () => {
  const stops = (at: string) =>
    arrivalOf(["suspend", at, suspend("WEATHER", "2024-03-04 12:00")])?.pauses.map(({ stopsClock }) => stopsClock);
  assert.deepEqual([stops("2024-03-04 10:44"), stops("2024-03-04 10:45"), stops("2024-03-04 10:46")], [[true], [false], [false]]);
});

test("a flow that stands still by itself goes on by itself, whatever suspensions begin and end meanwhile", () => {
  const stands: Partial<ClockSignal> = { pause: { reason: "WEATHER", byFlow: true } };
  const processing = (...steps: readonly Step[]) =>
    of("arrival.promise", ["intake", "2024-03-04 10:00"], ["wait", "2024-03-04 10:10", stands], ...steps);
  assert.deepEqual(processing(), ["arrival.promise#1 paused -"]);
  const suspended: readonly Step[] = [
    ["suspend", "2024-03-04 10:20", suspend("WEATHER")],
    ["resume", "2024-03-04 10:30", resume],
  ];
  assert.deepEqual(processing(...suspended), ["arrival.promise#1 paused -"]);
  assert.deepEqual(processing(...suspended, ["on", "2024-03-04 11:10", { goesOn: true }]), [
    "arrival.promise#1 running 03-04 11:45",
  ]);
  assert.deepEqual(
    processing(["suspend", "2024-03-04 10:20", suspend("WEATHER")], ["on", "2024-03-04 10:30", { goesOn: true }]),
    ["arrival.promise#1 paused -"],
    "and going on ends nobody's suspension",
  );
});

test("what can no longer happen ends its clock without a verdict, unless its time was up already", () => {
  const began: Step = ["intake", "2024-03-04 10:00"];
  const arrival = (...steps: readonly Step[]) => of("arrival.promise", began, ...steps);
  for (const [rule, steps, line] of [
    ["a reply before anybody arrived", [["reply", "2024-03-04 10:01"]], "lapsed 03-04 10:45"],
    ["at the due instant itself", [["reply", "2024-03-04 10:45"]], "lapsed 03-04 10:45"],
    ["when it was late already", [["reply", "2024-03-04 10:46"]], "missed 03-04 10:45"],
    [
      "after an arrival",
      [
        ["arrive", "2024-03-04 10:20"],
        ["reply", "2024-03-04 10:30"],
      ],
      "met 03-04 10:45",
    ],
    [
      "after a late arrival",
      [
        ["arrive", "2024-03-04 10:50"],
        ["reply", "2024-03-04 10:55"],
      ],
      "missed 03-04 10:45",
    ],
    ["the end of the order", [["archive", "2024-03-04 10:30"]], "lapsed 03-04 10:45"],
    ["the end of the order, late", [["archive", "2024-03-04 11:30"]], "missed 03-04 10:45"],
    [
      "during a pause",
      [
        ["suspend", "2024-03-04 10:30", suspend("WEATHER")],
        ["reply", "2024-03-05 10:30"],
      ],
      "lapsed 03-05 10:45",
    ],
  ] as const satisfies readonly (readonly [string, readonly Step[], string])[])
    assert.deepEqual(arrival(...steps), [`arrival.promise#1 ${line}`], rule);
  assert.deepEqual(of("processing.promise", began, ["archive", "2024-03-04 10:30"]), ["processing.promise#1 met 03-08 24:00"]);
});

test("what lapsed stays so: an arrival afterwards starts what follows it, and judges nothing again", () => {
  assert.deepEqual(
    of(
      "arrival.promise restoration",
      ["intake", "2024-03-04 10:00"],
      ["reply", "2024-03-04 10:01"],
      ["arrive", "2024-03-04 10:30"],
      ["reclassify", "2024-03-04 10:40", { facts: { flow: "complaint" } }],
      ["reclassify", "2024-03-04 10:41", { facts: { flow: "repair" } }],
    ).filter((one) => !one.includes("superseded")),
    ["arrival.promise#1 lapsed 03-04 10:45", "restoration.promise#1 running 03-04 13:30"],
  );
});

test("a rule that names its own end knows no lapse", () => {
  const own = rulebookOf([ruleOf({ key: "whole", slot: "arrival", amount: 60, unit: "minute", until: ["callback"] })]);
  const signals = history(["intake", "2024-03-04 10:00"], ["reply", "2024-03-04 10:10"]);
  assert.deepEqual(foldClocks(contextOf(own), signals).map(line), ["arrival.promise#1 running 03-04 11:00"]);
});
