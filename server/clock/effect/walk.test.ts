// The walk passes most orders by at a glance. What it finds must be what folding every order would find.
import assert from "node:assert/strict";
import { test } from "node:test";
import { compileCalendar } from "@bihuan/core/calendar/calendar.ts";
import { foldClocks } from "@bihuan/core/clock/folding/fold.ts";
import { defaultPolicies } from "@bihuan/core/clock/rules/policies.ts";
import { ClockRule } from "@bihuan/core/clock/rules/rule.ts";
import { compileRulebook, type Rulebook, RulebookDefinition } from "@bihuan/core/clock/rules/rulebook.ts";
import type { ClockSignal, OrderFacts } from "@bihuan/core/clock/types.ts";
import fc from "fast-check";
import { shippedCalendar } from "../../calendar/commands.ts";
import { type CalendarState, layersAt, withDates, withLayer } from "../../calendar/state.ts";
import { fakeOrders } from "../testing/fake-orders.ts";
import { sampleBusiness } from "../testing/sample-business.ts";
import { slotsOfFlows } from "../world.ts";
import { moveOf } from "./moves.ts";
import { walkOpenOrders } from "./walk.ts";

const HOUR_MS = 3_600_000;
const NOW = Date.parse("2026-03-04T12:00:00+08:00");
const slotsOf = slotsOfFlows(sampleBusiness);
const title = { zh: "测试", en: "Test" };

// Two announced years are enough here and compile quickly.
const smallCalendar: CalendarState = { ...shippedCalendar, years: shippedCalendar.years.slice(-2) };

const oneOf = <const T>(...values: readonly T[]) => fc.constantFrom(...values);

const ruleArbitrary = fc.record({
  slot: oneOf("dispatch", "answer", "callback", "arrival", "handling", "first-contact"),
  authority: oneOf("law", "promise", "internal"),
  limit: oneOf(
    ["minute", 30],
    ["minute", 60],
    ["hour", 24],
    ["workingDay", 1],
    ["workingDay", 5],
    ["calendarDay", 7],
    ["workingMinute", 240],
  ),
  limitKind: oneOf("max", "average"),
  flows: oneOf([], ["complaint"], ["fault-repair"]),
  when: oneOf({}, { areaClass: ["URBAN"] }, { origin: ["GOV_12345"] }, { unit: [2] }),
  from: oneOf(null, null, null, ["open"], ["reply"]),
  pausedBy: oneOf([], ["*"], ["CUSTOMER_WORKS"]),
  extendable: fc.boolean(),
  validFrom: oneOf(null, null, "2026-03-03", "2026-03-04"),
  validTo: oneOf(null, null, "2026-03-03"),
});

const rulesArbitrary = fc.array(ruleArbitrary, { minLength: 1, maxLength: 8 });

const rulesOf = (drawn: readonly (typeof ruleArbitrary extends fc.Arbitrary<infer R> ? R : never)[]): ClockRule[] =>
  drawn.map(({ limit: [unit, amount], ...rule }, index) =>
    ClockRule.parse({
      ...rule,
      key: `r${index}`,
      title,
      unit,
      amount,
      source: { document: title, verified: true },
      calendar: unit === "minute" || unit === "hour" ? null : "work",
    }),
  );

function rulebook(
  version: number,
  rules: readonly ClockRule[],
  calendar: CalendarState,
  overlay: readonly ClockRule[],
): Rulebook {
  const compiled = compileRulebook(
    RulebookDefinition.parse({
      version,
      zone: "Asia/Shanghai",
      policies: defaultPolicies,
      packs: [
        { key: "base", title, rules },
        { key: "overlay", title, rules: overlay },
      ],
      adoptions: [
        { unitId: 1, packKey: "base" },
        { unitId: 2, packKey: "overlay" },
      ],
      calendars: [],
    }),
  );
  return { ...compiled, calendars: calendarsOf(calendar) };
}

// Compiling a calendar takes longer than everything else here, and few different ones are drawn.
const compiledCalendars = new Map<string, Rulebook["calendars"]>();
function calendarsOf(calendar: CalendarState): Rulebook["calendars"] {
  const key = JSON.stringify(calendar.layers);
  const known = compiledCalendars.get(key);
  if (known) return known;
  const calendars = new Map([
    ["work", compileCalendar(layersAt(calendar, []))],
    ["work@2", compileCalendar(layersAt(calendar, [1, 2]))],
  ]);
  compiledCalendars.set(key, calendars);
  return calendars;
}

const calendarArbitrary = fc
  .record({
    national: fc.array(oneOf("2026-03-05", "2026-03-06", "2026-03-09", "2026-02-27"), { maxLength: 2 }),
    local: fc.array(oneOf("2026-03-05", "2026-03-10"), { maxLength: 1 }),
  })
  .map(({ national, local }): CalendarState => {
    const off = (dates: readonly string[]) =>
      [...new Set(dates)].map((date) => ({ date, working: false, name: title, hours: null }));
    const withNational = withLayer(smallCalendar, null, (layer) => withDates(layer, off(national), []));
    return withLayer(withNational, 2, (layer) => withDates(layer, off(local), []));
  });

const stepArbitrary = fc.record({
  type: oneOf("dispatch", "contact", "arrive", "return", "reply", "suspend", "resume", "extend"),
  afterMs: fc.integer({ min: 0, max: 20 * HOUR_MS }),
});

const orderArbitrary = fc.record({
  flow: oneOf("complaint", "fault-repair"),
  areaClass: oneOf("URBAN", "RURAL", null),
  origin: oneOf("HOTLINE_95598", "GOV_12345"),
  unitId: oneOf(1, 2),
  openedAgoMs: fc.integer({ min: 0, max: 96 * HOUR_MS }),
  steps: fc.array(stepArbitrary, { maxLength: 6 }),
});

function signalsOf(order: typeof orderArbitrary extends fc.Arbitrary<infer O> ? O : never): {
  facts: OrderFacts;
  signals: ClockSignal[];
} {
  const { flow, areaClass, origin, unitId } = order;
  const facts: OrderFacts = { flow, areaClass, origin, identity: "NAMED", organisationPath: unitId === 1 ? [1] : [2, 1] };
  let atMs = NOW - order.openedAgoMs;
  const signals: ClockSignal[] = [{ seq: 1, atMs, type: "intake", opensEpisode: true, facts, rulebookVersion: 1 }];
  for (const { type, afterMs } of order.steps) {
    atMs = Math.min(NOW, atMs + afterMs);
    signals.push({
      seq: signals.length + 1,
      atMs,
      type,
      ...(type === "suspend" ? { pause: { reason: "CUSTOMER_WORKS", untilMs: atMs + 30 * HOUR_MS } } : {}),
      ...(type === "resume" ? { resume: true } : {}),
      ...(type === "extend" ? { extend: { dueAtMs: atMs + 50 * HOUR_MS } } : {}),
    });
  }
  return { facts, signals };
}

test("passing orders by changes no answer: the walk finds what folding every order finds", async () => {
  await fc.assert(
    fc.asyncProperty(
      ...([
        rulesArbitrary,
        rulesArbitrary,
        fc.boolean(),
        calendarArbitrary,
        calendarArbitrary,
        fc.array(orderArbitrary, { minLength: 1, maxLength: 12 }),
      ] as const),
      async (drawnBefore, drawnAfter, keepBase, calendarBefore, calendarAfter, drawnOrders) => {
        const base = rulesOf(drawnBefore);
        const before = rulebook(1, base, calendarBefore, []);
        const after = rulebook(2, keepBase ? base : rulesOf(drawnAfter), calendarAfter, keepBase ? rulesOf(drawnAfter) : []);
        const orders = fakeOrders(sampleBusiness, async () => () => before);
        for (const drawn of drawnOrders) {
          const { facts, signals } = signalsOf(drawn);
          const id = orders.open({ unitId: drawn.unitId, facts, rulebookVersion: 1, openedAtMs: NOW });
          const order = orders.orders.find(({ orderId }) => orderId === id);
          if (order) order.signals = signals;
        }
        const found: unknown[] = [];
        const walk = { openOrders: orders, slotsOf, rulebooks: async () => () => before, next: after, asOfMs: NOW };
        for await (const { moves } of walkOpenOrders(walk)) found.push(...moves);
        const rulebookOf = (version: number) => (version === 2 ? after : before);
        const expected = orders.orders.flatMap(
          (order) => moveOf({ ...order, flow: order.facts.flow }, order.signals, { slotsOf, rulebookOf }, 2, NOW) ?? [],
        );
        assert.deepEqual(found, expected);
      },
    ),
    { numRuns: 300 },
  );
});

test("binding an order gives exactly the clocks the dry run has shown", () => {
  fc.assert(
    fc.property(rulesArbitrary, rulesArbitrary, orderArbitrary, (drawnBefore, drawnAfter, drawnOrder) => {
      const [before, after] = [
        rulebook(1, rulesOf(drawnBefore), smallCalendar, []),
        rulebook(2, rulesOf(drawnAfter), smallCalendar, []),
      ];
      const { facts, signals } = signalsOf(drawnOrder);
      const context = { slotsOf, rulebookOf: (version: number) => (version === 2 ? after : before) };
      const move = moveOf({ orderId: "1", flow: facts.flow, unitId: 1 }, signals, context, 2, NOW);
      const bound: ClockSignal[] = [...signals, { seq: 99, atMs: NOW, type: "rebind", rulebookVersion: 2 }];
      const again = moveOf({ orderId: "1", flow: facts.flow, unitId: 1 }, bound, context, 2, NOW);
      assert.equal(again, null, "a second binding moves nothing");
      const due = new Set(
        foldClocks({ ...context, asOfMs: NOW }, bound).map(
          (clock) => `${clock.slot}.${clock.authority}.${clock.dueAtMs ?? clock.dueIfPausedUntilMs}`,
        ),
      );
      for (const { slot, authority, newDueAtMs, effect } of move?.moves ?? [])
        if (effect !== "REMOVED") assert.ok(due.has(`${slot}.${authority}.${newDueAtMs}`), `${slot} ${effect}`);
    }),
    { numRuns: 300 },
  );
});
