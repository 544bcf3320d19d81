import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { compileCalendar } from "../../calendar/calendar.ts";
import { chinaLayer } from "../../calendar/china.ts";
import { parseHours } from "../../calendar/definition.ts";
import { type DayCounting, workingMinutesBetween } from "../../calendar/working-time.ts";
import { dueAt, extendedDueAt, type Limit, mergeStops, type Stop } from "./due.ts";
import { shanghai, shown } from "../testing/samples.ts";
import { LimitUnit } from "../types.ts";

const calendar = compileCalendar([chinaLayer(parseHours("08:30-12:00,14:00-17:30") ?? [])]);
const limit = (amount: number, unit: LimitUnit, counting: DayCounting = {}): Limit => ({
  amount,
  unit,
  calendar,
  dayEnd: counting.dayEnd ?? "24:00",
  afterHours: counting.afterHours ?? "same-day",
});
const stop = (from: string, to: string): Stop => ({ fromMs: shanghai(from), toMs: shanghai(to) });

// Week of Monday 4 March 2024; no holidays until Qingming.
test("in days, a pause's first day is not counted as paused, its last one is", () => {
  for (const [unit, amount, start, stops, due] of [
    ["workingDay", 4, "2024-03-04 10:00", [], "03-08 24:00"],
    ["workingDay", 4, "2024-03-04 10:00", [stop("2024-03-05 10:00", "2024-03-05 16:00")], "03-08 24:00"],
    ["workingDay", 4, "2024-03-04 10:00", [stop("2024-03-05 10:00", "2024-03-06 09:00")], "03-11 24:00"],
    ["workingDay", 4, "2024-03-04 10:00", [stop("2024-03-05 10:00", "2024-03-07 09:00")], "03-12 24:00"],
    // The start day is not counted anyway: a pause on it takes nothing, one to the day after takes one day.
    ["workingDay", 4, "2024-03-04 10:00", [stop("2024-03-04 11:00", "2024-03-04 15:00")], "03-08 24:00"],
    ["workingDay", 4, "2024-03-04 10:00", [stop("2024-03-04 11:00", "2024-03-05 15:00")], "03-11 24:00"],
    // Over the weekend only: two calendar days, no working day.
    ["workingDay", 4, "2024-03-04 10:00", [stop("2024-03-08 18:00", "2024-03-10 18:00")], "03-11 24:00"],
    ["workingDay", 5, "2024-03-04 10:00", [stop("2024-03-08 18:00", "2024-03-10 18:00")], "03-11 24:00"],
    // A period does not end during a pause: on its last day, over the weekend, into the next week.
    ["workingDay", 4, "2024-03-04 10:00", [stop("2024-03-08 18:00", "2024-03-12 09:00")], "03-12 24:00"],
    ["workingDay", 4, "2024-03-04 10:00", [stop("2024-03-08 18:00", "2024-03-09 09:00")], "03-11 24:00"],
    // From midnight to midnight: exactly the days between.
    ["workingDay", 4, "2024-03-04 10:00", [stop("2024-03-06 00:00", "2024-03-08 00:00")], "03-12 24:00"],
    // After the deadline a pause changes nothing.
    ["workingDay", 4, "2024-03-04 10:00", [stop("2024-03-09 00:00", "2024-03-20 09:00")], "03-08 24:00"],
    ["calendarDay", 7, "2024-03-04 10:00", [], "03-11 24:00"],
    ["calendarDay", 7, "2024-03-04 10:00", [stop("2024-03-08 18:00", "2024-03-10 18:00")], "03-13 24:00"],
    // Nominal end Saturday 9, moved to Monday; two paused days make it Monday itself.
    ["calendarDay", 5, "2024-03-04 10:00", [], "03-11 24:00"],
    ["calendarDay", 5, "2024-03-04 10:00", [stop("2024-03-05 10:00", "2024-03-07 09:00")], "03-11 24:00"],
  ] as const)
    assert.equal(shown(dueAt(limit(amount, unit), shanghai(start), stops)), due, `${amount} ${unit}`);
});

test("with the close of business as end, a pause past the close moves the end to the next close", () => {
  const close = limit(4, "workingDay", { dayEnd: "close" });
  const start = shanghai("2024-03-04 10:00");
  assert.equal(shown(dueAt(close, start, [stop("2024-03-08 16:00", "2024-03-08 20:00")])), "03-11 17:30");
  assert.equal(shown(dueAt(close, start, [stop("2024-03-08 16:00", "2024-03-08 17:00")])), "03-08 17:30");
  assert.equal(shown(dueAt(close, start, [stop("2024-03-08 18:00", "2024-03-12 20:00")])), "03-08 17:30");
});

test("minutes, hours and working minutes leave out exactly the time stood still", () => {
  for (const [unit, amount, start, stops, due] of [
    ["minute", 45, "2024-03-04 10:00", [stop("2024-03-04 10:30", "2024-03-04 11:00")], "03-04 11:15"],
    ["minute", 45, "2024-03-04 10:00", [stop("2024-03-04 10:45", "2024-03-04 11:00")], "03-04 10:45"],
    ["hour", 24, "2024-03-04 10:00", [stop("2024-03-04 10:00", "2024-03-05 10:00")], "03-06 10:00"],
    ["hour", 24, "2024-03-04 10:00", [stop("2024-03-03 10:00", "2024-03-04 11:00")], "03-05 11:00"],
    ["workingMinute", 60, "2024-03-04 11:30", [], "03-04 14:30"],
    ["workingMinute", 60, "2024-03-04 11:30", [stop("2024-03-04 12:10", "2024-03-04 13:50")], "03-04 14:30"],
    ["workingMinute", 60, "2024-03-04 11:30", [stop("2024-03-04 11:40", "2024-03-04 14:20")], "03-04 15:10"],
    ["workingMinute", 60, "2024-03-08 17:00", [stop("2024-03-08 17:15", "2024-03-11 08:45")], "03-11 09:30"],
  ] as const)
    assert.equal(shown(dueAt(limit(amount, unit), shanghai(start), stops)), due, `${amount} ${unit}`);
});

test("while a pause is open there is no deadline", () => {
  const open: Stop = { fromMs: shanghai("2024-03-04 10:10"), toMs: Number.POSITIVE_INFINITY };
  for (const unit of LimitUnit.options)
    assert.equal(dueAt(limit(30, unit), shanghai("2024-03-04 10:00"), [open]), Number.POSITIVE_INFINITY, unit);
});

test("an extension sets the instant; pauses after it are given back in the limit's unit", () => {
  const at = shanghai("2024-03-05 10:00");
  const to = shanghai("2024-03-14 17:30");
  const pause = [stop("2024-03-04 18:00", "2024-03-05 12:00"), stop("2024-03-06 10:00", "2024-03-07 10:00")];
  assert.equal(shown(extendedDueAt(limit(4, "workingDay"), at, to, pause)), "03-15 17:30");
  assert.equal(shown(extendedDueAt(limit(4, "hour"), at, to, pause)), "03-15 19:30");
  assert.equal(shown(extendedDueAt(limit(60, "workingMinute"), at, to, pause)), "03-18 10:30");
  assert.equal(shown(extendedDueAt(limit(4, "workingDay"), at, to, [])), "03-14 17:30");
  assert.equal(extendedDueAt(null, at, to, pause), to);
});

const start = shanghai("2024-01-01 00:00");
const minutes = (max: number) => fc.integer({ min: 0, max }).map((minute) => minute * 60_000);
const anyLimit = fc
  .record({
    unit: fc.constantFrom(...LimitUnit.options),
    amount: fc.integer({ min: 1, max: 40 }),
    dayEnd: fc.constantFrom("24:00", "close"),
    afterHours: fc.constantFrom("same-day", "next-working-day"),
  })
  .map(({ unit, amount, dayEnd, afterHours }) =>
    limit(unit === "minute" || unit === "workingMinute" ? amount * 60 : amount, unit, { dayEnd, afterHours }),
  );
const anyStart = minutes(300 * 1440).map((ms) => start + ms);
const anyStops = (from: number) =>
  fc
    .array(fc.tuple(minutes(30 * 1440), minutes(4 * 1440)), { maxLength: 4 })
    .map((pairs) =>
      mergeStops(
        pairs
          .filter(([, length]) => length > 0)
          .map(([offset, length]) => ({ fromMs: from + offset, toMs: from + offset + length })),
      ),
    );
const anyCase = anyStart.chain((from) => fc.tuple(anyLimit, fc.constant(from), anyStops(from)));

test("splitting a pause changes nothing", () => {
  fc.assert(
    fc.property(anyCase, fc.double({ min: 0, max: 1, noNaN: true }), ([anyOf, from, stops], where) => {
      const split = stops.flatMap((one) => {
        const middle = Math.round(one.fromMs + (one.toMs - one.fromMs) * where);
        return [
          { fromMs: middle, toMs: one.toMs },
          { fromMs: one.fromMs, toMs: middle },
        ].filter((part) => part.toMs > part.fromMs);
      });
      assert.equal(dueAt(anyOf, from, mergeStops(split)), dueAt(anyOf, from, stops));
    }),
    { numRuns: 400 },
  );
});

test("a pause never brings the deadline nearer, and the deadline never falls into one", () => {
  fc.assert(
    fc.property(anyCase, ([anyOf, from, stops]) => {
      let due = dueAt(anyOf, from, []);
      for (let count = 1; count <= stops.length; count++) {
        const later = dueAt(anyOf, from, stops.slice(0, count));
        assert.ok(later >= due);
        due = later;
      }
      for (const one of stops) assert.ok(due <= one.fromMs || due >= one.toMs || one.fromMs >= due);
    }),
    { numRuns: 400 },
  );
});

test("what is left of the limit after the pauses is the limit itself", () => {
  fc.assert(
    fc.property(
      anyStart,
      fc.integer({ min: 1, max: 3000 }),
      minutes(20 * 1440),
      minutes(4 * 1440),
      (from, amount, offset, length) => {
        const stops = length === 0 ? [] : [{ fromMs: from + offset, toMs: from + offset + length }];
        const due = dueAt(limit(amount, "workingMinute"), from, stops);
        const paused = stops.reduce(
          (sum, one) => sum + (one.fromMs < due ? workingMinutesBetween(calendar, one.fromMs, Math.min(one.toMs, due)) : 0),
          0,
        );
        assert.equal(workingMinutesBetween(calendar, from, due) - paused, amount);
      },
    ),
  );
});

test("stops that overlap or touch are one", () => {
  assert.deepEqual(
    mergeStops([
      { fromMs: 50, toMs: 60 },
      { fromMs: 0, toMs: 10 },
      { fromMs: 10, toMs: 20 },
      { fromMs: 5, toMs: 8 },
    ]),
    [
      { fromMs: 0, toMs: 20 },
      { fromMs: 50, toMs: 60 },
    ],
  );
});
