// When a limited stretch ends, given the times it stood still.
import { type Calendar, dayIndexAt, outside } from "../../calendar/calendar.ts";
import {
  addCalendarDays,
  addHours,
  addMinutes,
  addWorkingDays,
  addWorkingMinutes,
  type AfterHours,
  type DayEnd,
  endOfDayIndex,
  firstDayIndex,
  instantOfWorkingMs,
  workingIndexFrom,
  workingMsBefore,
} from "../../calendar/working-time.ts";
import type { LimitUnit } from "../types.ts";

/** A time during which a clock stands still. Of several, none overlaps or touches another, earliest first; only the last may be open (`toMs` infinite). */
export type Stop = { readonly fromMs: number; readonly toMs: number };

export type Limit = {
  readonly unit: LimitUnit;
  readonly amount: number;
  /** Null only for minutes and hours. */
  readonly calendar: Calendar | null;
  readonly dayEnd: DayEnd;
  readonly afterHours: AfterHours;
};

const calendarOf = (limit: Limit): Calendar => {
  if (limit.calendar === null) throw new Error(`a limit in ${limit.unit} needs a calendar`);
  return limit.calendar;
};

/** Joins stops that overlap or touch. In: stops in any order. */
export function mergeStops(stops: readonly Stop[]): readonly Stop[] {
  if (stops.length < 2) return stops;
  const merged: Stop[] = [];
  for (const stop of stops.toSorted((a, b) => a.fromMs - b.fromMs)) {
    const last = merged.at(-1);
    if (last !== undefined && stop.fromMs <= last.toMs) {
      if (stop.toMs > last.toMs) merged[merged.length - 1] = { fromMs: last.fromMs, toMs: stop.toMs };
    } else merged.push(stop);
  }
  return merged;
}

/**
 * The due instant of a limit that starts at an instant; infinite while an open stop holds it. A stop that begins at or after
 * the due instant changes nothing any more.
 *
 * Minutes, hours and working minutes leave out exactly the time stood still. In days the Civil Code's way of counting applies
 * to the stop as well: its first day is not counted as stood still, its last one is, so that a day stands still whose midnight
 * lies in the stop. A period never ends during a stop: its last day is then that of the resumption, or the next working day.
 */
export function dueAt(limit: Limit, startMs: number, stops: readonly Stop[]): number {
  const dueMs = dueWithoutStops(limit, startMs);
  if (stops.length === 0) return dueMs;
  switch (limit.unit) {
    case "minute":
    case "hour":
      return skipWallTime(dueMs, startMs, stops);
    case "workingMinute":
      return skipWorkingTime(calendarOf(limit), dueMs, startMs, stops);
    case "workingDay":
    case "calendarDay": {
      const calendar = calendarOf(limit);
      const first = firstDayIndex(calendar, startMs, limit.afterHours);
      const last = limit.unit === "calendarDay" ? first + limit.amount : dayIndexAt(calendar, dueMs - 1);
      // A last day off moves to the next working day (Civil Code art. 203); a working day stays where it is.
      const end = (index: number) => endOfDayIndex(calendar, workingIndexFrom(calendar, index), limit.dayEnd);
      return skipDays(calendar, limit.unit, first, last, stops, end);
    }
  }
}

function dueWithoutStops(limit: Limit, startMs: number): number {
  const { unit, amount } = limit;
  switch (unit) {
    case "minute":
      return addMinutes(startMs, amount);
    case "hour":
      return addHours(startMs, amount);
    case "workingMinute":
      return addWorkingMinutes(calendarOf(limit), startMs, amount);
    case "workingDay":
      return addWorkingDays(calendarOf(limit), startMs, amount, limit);
    case "calendarDay":
      return addCalendarDays(calendarOf(limit), startMs, amount, limit);
  }
}

/**
 * The same after an extension that set the due instant: what a stop takes away from then on is given back in the limit's unit.
 * In: the instant of the extension, and the instant it set.
 */
export function extendedDueAt(limit: Limit | null, extendedAtMs: number, setToMs: number, stops: readonly Stop[]): number {
  if (limit === null) return setToMs;
  switch (limit.unit) {
    case "minute":
    case "hour":
      return skipWallTime(setToMs, extendedAtMs, stops);
    case "workingMinute":
      return skipWorkingTime(calendarOf(limit), setToMs, extendedAtMs, stops);
    case "workingDay":
    case "calendarDay": {
      if (!stops.some((stop) => stop.toMs > extendedAtMs && stop.fromMs < setToMs)) return setToMs;
      const calendar = calendarOf(limit);
      const last = dayIndexAt(calendar, setToMs - 1);
      const timeOfDayMs = setToMs - (calendar.dayStartMs[last] as number);
      const end = (index: number) => (calendar.dayStartMs[index] as number) + timeOfDayMs;
      return skipDays(calendar, limit.unit, dayIndexAt(calendar, extendedAtMs), last, stops, end);
    }
  }
}

function skipWallTime(dueMs: number, startMs: number, stops: readonly Stop[]): number {
  let due = dueMs;
  for (const stop of stops) {
    const fromMs = Math.max(stop.fromMs, startMs);
    if (fromMs >= due) break;
    if (stop.toMs > fromMs) due += stop.toMs - fromMs;
  }
  return due;
}

function skipWorkingTime(calendar: Calendar, dueMs: number, startMs: number, stops: readonly Stop[]): number {
  let due = dueMs;
  for (const stop of stops) {
    const fromMs = Math.max(stop.fromMs, startMs);
    if (fromMs >= due) break;
    if (stop.toMs === Number.POSITIVE_INFINITY) return stop.toMs;
    if (stop.toMs <= fromMs) continue;
    const skippedMs = workingMsBefore(calendar, stop.toMs) - workingMsBefore(calendar, fromMs);
    if (skippedMs > 0) due = instantOfWorkingMs(calendar, workingMsBefore(calendar, due) + skippedMs);
  }
  return due;
}

type DayUnit = "workingDay" | "calendarDay";

// The day so many days on, before it is moved off a day off.
function daysAfter(calendar: Calendar, unit: DayUnit, index: number, days: number): number {
  if (unit === "calendarDay" || days === 0) return index + days;
  const found = calendar.workingDays[(calendar.workingBefore[index + 1] as number) + days - 1];
  if (found === undefined) throw outside(calendar);
  return found;
}

/** Index of the first day that starts at or after an instant. */
export function firstMidnightFrom(calendar: Calendar, atMs: number): number {
  const index = dayIndexAt(calendar, atMs);
  return (calendar.dayStartMs[index] as number) === atMs ? index : index + 1;
}

function skipDays(
  calendar: Calendar,
  unit: DayUnit,
  first: number,
  nominalLast: number,
  stops: readonly Stop[],
  end: (index: number) => number,
): number {
  let nominal = nominalLast;
  let due = end(nominal);
  for (const stop of stops) {
    if (stop.fromMs >= due) break;
    if (stop.toMs === Number.POSITIVE_INFINITY) return stop.toMs;
    const from = Math.max(firstMidnightFrom(calendar, stop.fromMs), first + 1);
    const to = firstMidnightFrom(calendar, stop.toMs);
    if (to > from) {
      const stoodStill =
        unit === "workingDay" ? (calendar.workingBefore[to] as number) - (calendar.workingBefore[from] as number) : to - from;
      nominal = daysAfter(calendar, unit, nominal, stoodStill);
      due = end(nominal);
    }
    while (due < stop.toMs) {
      nominal = workingIndexFrom(calendar, Math.max(nominal + 1, dayIndexAt(calendar, stop.toMs)));
      due = end(nominal);
    }
  }
  return due;
}
