import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { compileCalendar } from "../../calendar/calendar.ts";
import { chinaLayer } from "../../calendar/china.ts";
import { parseHours } from "../../calendar/definition.ts";
import { shanghai } from "../testing/samples.ts";
import { LimitUnit } from "../types.ts";
import { dueAt, type Limit, mergeStops, type Stop } from "./due.ts";
import { elapsedIn } from "./elapsed.ts";

const calendar = compileCalendar([chinaLayer(parseHours("08:30-12:00,14:00-17:30") ?? [])]);
const inUnit = (unit: Limit["unit"]): Omit<Limit, "amount"> => ({ unit, calendar, dayEnd: "24:00", afterHours: "same-day" });
const stop = (from: string, to: string): Stop => ({ fromMs: shanghai(from), toMs: shanghai(to) });

test("what a stretch took is counted in its limit's own unit, without the times it stood still", () => {
  // 4 March 2024 is a Monday.
  for (const [unit, from, to, stops, took] of [
    ["minute", "2024-03-04 10:00", "2024-03-04 10:45", [], 45],
    ["minute", "2024-03-04 10:00", "2024-03-04 10:45", [stop("2024-03-04 10:10", "2024-03-04 10:20")], 35],
    [
      "minute",
      "2024-03-04 10:00",
      "2024-03-04 10:45",
      [stop("2024-03-04 10:10", "2024-03-04 10:20"), stop("2024-03-04 10:15", "2024-03-04 10:30")],
      25,
    ],
    ["minute", "2024-03-04 10:00", "2024-03-04 10:45", [stop("2024-03-04 09:00", "2024-03-04 12:00")], 0],
    ["hour", "2024-03-04 10:00", "2024-03-05 11:30", [], 25.5],
    ["workingMinute", "2024-03-04 11:30", "2024-03-04 14:30", [], 60],
    ["workingMinute", "2024-03-08 17:00", "2024-03-11 09:00", [stop("2024-03-11 08:30", "2024-03-11 08:45")], 45],
    ["workingDay", "2024-03-04 10:00", "2024-03-04 17:00", [], 0],
    ["workingDay", "2024-03-04 10:00", "2024-03-08 23:00", [], 4],
    ["workingDay", "2024-03-04 10:00", "2024-03-08 24:00", [], 4],
    ["workingDay", "2024-03-04 10:00", "2024-03-11 00:01", [], 5],
    ["workingDay", "2024-03-04 10:00", "2024-03-12 10:00", [stop("2024-03-05 10:00", "2024-03-07 09:00")], 4],
    ["calendarDay", "2024-03-04 10:00", "2024-03-11 10:00", [], 7],
    ["calendarDay", "2024-03-04 10:00", "2024-03-13 10:00", [stop("2024-03-08 18:00", "2024-03-10 18:00")], 7],
  ] as const)
    assert.equal(elapsedIn(inUnit(unit), shanghai(from), shanghai(to), stops), took, `${unit} ${from} ${to}`);
});

const minutes = (max: number) => fc.integer({ min: 0, max }).map((minute) => minute * 60_000);
const anyStops = (from: number) =>
  fc
    .array(fc.tuple(minutes(20 * 1440), minutes(4 * 1440)), { maxLength: 3 })
    .map((pairs) => pairs.map(([offset, length]): Stop => ({ fromMs: from + offset, toMs: from + offset + length + 60_000 })));
const anyCase = minutes(300 * 1440)
  .map((ms) => shanghai("2024-01-01 00:00") + ms)
  .chain((from) => fc.tuple(fc.constant(from), minutes(30 * 1440), anyStops(from)));

const anyLimit = fc.tuple(fc.constantFrom(...LimitUnit.options), fc.integer({ min: 1, max: 40 })).map(
  ([unit, amount]): Limit => ({
    ...inUnit(unit),
    amount: unit === "minute" || unit === "workingMinute" ? amount * 60 : amount,
  }),
);
const counted = (limit: Limit, from: number, stops: readonly Stop[]): { due: number; before: readonly Stop[] } => {
  const due = dueAt(limit, from, mergeStops(stops));
  // A stop that begins when the time is up stops nothing any more.
  return { due, before: mergeStops(stops).filter(({ fromMs }) => fromMs < due) };
};

test("in minutes and hours what took more than the amount was late, and nothing else", () => {
  const onTheWall = anyLimit.filter(({ unit }) => unit === "minute" || unit === "hour");
  fc.assert(
    fc.property(anyCase, onTheWall, ([from, length, stops], limit) => {
      const { due, before } = counted(limit, from, stops);
      assert.equal(elapsedIn(limit, from, from + length, before) > limit.amount, from + length > due);
    }),
    { numRuns: 400 },
  );
});

test("by a calendar what was late took the whole amount at least; what took more, with nothing standing still, was late", () => {
  fc.assert(
    fc.property(anyCase, anyLimit, ([from, length, stops], limit) => {
      const { due, before } = counted(limit, from, stops);
      const end = from + length;
      if (end > due) assert.ok(elapsedIn(limit, from, end, before) >= limit.amount, `${limit.unit} ${limit.amount}`);
      // A last day off moves to the next working day, which a count of calendar days does not see.
      if (limit.unit === "calendarDay" || elapsedIn(limit, from, end, []) <= limit.amount) return;
      assert.ok(end > dueAt(limit, from, []), `${limit.unit} ${limit.amount}`);
    }),
    { numRuns: 600 },
  );
});
