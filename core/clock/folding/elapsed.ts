// How much of its own measure a limited stretch took: what an average is the average of.
import { type Calendar, dayIndexAt } from "../../calendar/calendar.ts";
import { firstDayIndex, workingMsBefore } from "../../calendar/working-time.ts";
import { firstMidnightFrom, type Limit, mergeStops, type Stop } from "./due.ts";

const MINUTE_MS = 60_000;

/**
 * What a stretch took, in its limit's unit: minutes and hours with their parts, days as whole days. Times it stood still are left out
 * by the same way of counting as for its due instant ({@link dueAt}). In minutes and hours a stretch was late exactly where it took
 * more than the amount; nights and days off after the due instant are late without being counted. In: start and end, epoch
 * milliseconds; the stops in any order, none of them open.
 */
export function elapsedIn(limit: Omit<Limit, "amount">, startMs: number, endMs: number, stops: readonly Stop[]): number {
  const stood = mergeStops(stops)
    .map(({ fromMs, toMs }) => ({ fromMs: Math.max(fromMs, startMs), toMs: Math.min(toMs, endMs) }))
    .filter(({ fromMs, toMs }) => fromMs < toMs);
  const without = (passed: (fromMs: number, toMs: number) => number): number =>
    stood.reduce((left, stop) => left - passed(stop.fromMs, stop.toMs), passed(startMs, endMs));
  switch (limit.unit) {
    case "minute":
      return without((fromMs, toMs) => (toMs - fromMs) / MINUTE_MS);
    case "hour":
      return without((fromMs, toMs) => (toMs - fromMs) / (60 * MINUTE_MS));
    case "workingMinute": {
      const calendar = calendarOf(limit);
      return without((fromMs, toMs) => (workingMsBefore(calendar, toMs) - workingMsBefore(calendar, fromMs)) / MINUTE_MS);
    }
    case "workingDay":
    case "calendarDay":
      return days(limit, startMs, endMs, stood);
  }
}

const calendarOf = ({ calendar, unit }: Omit<Limit, "amount">): Calendar => {
  if (calendar === null) throw new Error(`a limit in ${unit} needs a calendar`);
  return calendar;
};

// The first day is not counted, the day of the end is; 24:00 is still the day before. A day stood still whose midnight lies in a stop.
function days(limit: Omit<Limit, "amount">, startMs: number, endMs: number, stood: readonly Stop[]): number {
  const calendar = calendarOf(limit);
  const between = (from: number, to: number): number =>
    to <= from
      ? 0
      : limit.unit === "calendarDay"
        ? to - from
        : (calendar.workingBefore[to] as number) - (calendar.workingBefore[from] as number);
  const first = firstDayIndex(calendar, startMs, limit.afterHours);
  const last = endMs > startMs ? dayIndexAt(calendar, endMs - 1) : first;
  return stood.reduce(
    (left, stop) =>
      left -
      between(
        Math.max(firstMidnightFrom(calendar, stop.fromMs), first + 1),
        Math.min(firstMidnightFrom(calendar, stop.toMs), last + 1),
      ),
    between(first + 1, last + 1),
  );
}
