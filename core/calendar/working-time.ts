// Adding and measuring time by a calendar. Instants in and out, epoch milliseconds; periods counted as the Civil Code says.
import { type Calendar, dayIndexAt, outside } from "./calendar.ts";
import { addCivilMonths, DAY_MS } from "./civil-date.ts";

/**
 * When the last day of a period ends: at its midnight, or at the close of business where there are business hours (Civil Code
 * art. 203). `close` means the end of the day's last interval; on a day without intervals, midnight.
 */
export type DayEnd = "24:00" | "close";

/**
 * What a start outside business hours does. `same-day`: the day of the start is the first day, whatever the hour. `next-working-day`:
 * after the close, or on a day off, it is taken as having happened on the next working day (utility practice).
 */
export type AfterHours = "same-day" | "next-working-day";

export type DayCounting = { readonly dayEnd?: DayEnd; readonly afterHours?: AfterHours };

const MINUTE_MS = 60_000;

/** When the period ends whose last day has this index: the close of business, or midnight. */
export function endOfDayIndex(calendar: Calendar, index: number, dayEnd: DayEnd): number {
  const { firstInterval, openMs, elapsedMs, dayStartMs } = calendar;
  if (dayEnd === "close") {
    const last = (firstInterval[index + 1] as number) - 1;
    if (last >= (firstInterval[index] as number))
      return (openMs[last] as number) + (elapsedMs[last + 1] as number) - (elapsedMs[last] as number);
  }
  return dayStartMs[index + 1] as number;
}

/** Index of the first working day at or after an index. */
export function workingIndexFrom(calendar: Calendar, index: number): number {
  const found = calendar.workingDays[calendar.workingBefore[index] as number];
  if (found === undefined) throw outside(calendar);
  return found;
}

/** Index of the first day of a period: the one that is not counted (Civil Code art. 201). */
export function firstDayIndex(calendar: Calendar, startMs: number, afterHours: AfterHours): number {
  const index = dayIndexAt(calendar, startMs);
  if (afterHours === "same-day") return index;
  const works = (calendar.workingBefore[index + 1] as number) > (calendar.workingBefore[index] as number);
  return works && startMs <= endOfDayIndex(calendar, index, "close") ? index : workingIndexFrom(calendar, index + 1);
}

/**
 * The end of a period of `days` working days that starts at an instant: its first day is not counted, its last ends as `dayEnd`
 * says (Civil Code art. 201, 203). `days` is a whole number of at least 1. Errors: RangeError past the calendar's years.
 */
export function addWorkingDays(calendar: Calendar, startMs: number, days: number, counting: DayCounting = {}): number {
  const first = firstDayIndex(calendar, startMs, counting.afterHours ?? "same-day");
  const last = calendar.workingDays[(calendar.workingBefore[first + 1] as number) + days - 1];
  if (last === undefined) throw outside(calendar);
  return counting.dayEnd === "close" ? endOfDayIndex(calendar, last, "close") : (calendar.dayStartMs[last + 1] as number);
}

/**
 * The end of a period of `days` calendar days; where its last day is not worked, the next working day is the last (Civil Code
 * art. 201, 203).
 */
export function addCalendarDays(calendar: Calendar, startMs: number, days: number, counting: DayCounting = {}): number {
  const last = firstDayIndex(calendar, startMs, counting.afterHours ?? "same-day") + days;
  if (last >= calendar.dayCount) throw outside(calendar);
  return endOfDayIndex(calendar, workingIndexFrom(calendar, last), counting.dayEnd ?? "24:00");
}

/** The end of a period of whole months: the corresponding date, or the month's last day (Civil Code art. 202), moved off a day off (art. 203). */
export function addMonths(calendar: Calendar, startMs: number, months: number, counting: DayCounting = {}): number {
  const first = firstDayIndex(calendar, startMs, counting.afterHours ?? "same-day");
  const last = addCivilMonths(calendar.firstDay + first, months) - calendar.firstDay;
  if (last >= calendar.dayCount) throw outside(calendar);
  return endOfDayIndex(calendar, workingIndexFrom(calendar, last), counting.dayEnd ?? "24:00");
}

/** Working time passed before an instant, counted from the calendar's beginning, in milliseconds. */
export function workingMsBefore(calendar: Calendar, atMs: number): number {
  if (atMs >= calendar.settledFromMs) {
    const { workingMsByMinute } = calendar;
    const localMs = atMs + calendar.settledOffsetMs;
    const day = Math.floor(localMs / DAY_MS);
    const index = day - calendar.firstDay;
    if (index >= calendar.dayCount) throw outside(calendar);
    const ofDayMs = localMs - day * DAY_MS;
    const minute = Math.floor(ofDayMs / MINUTE_MS);
    const entry = (calendar.minuteTable[index] as number) + minute;
    const passed = workingMsByMinute[entry] as number;
    // A minute is worked or not as a whole: its part counts once or not at all, without asking which.
    const worked = ((workingMsByMinute[entry + 1] as number) - passed) / MINUTE_MS;
    return (calendar.workingMsBeforeDay[index] as number) + passed + (ofDayMs - minute * MINUTE_MS) * worked;
  }
  const { firstInterval, openMs, elapsedMs } = calendar;
  const index = dayIndexAt(calendar, atMs);
  const end = firstInterval[index + 1] as number;
  let interval = firstInterval[index] as number;
  while (interval < end) {
    const into = atMs - (openMs[interval] as number);
    if (into <= 0) break;
    const passed = (elapsedMs[interval] as number) + into;
    if (passed < (elapsedMs[interval + 1] as number)) return passed;
    interval++;
  }
  return elapsedMs[interval] as number;
}

/** The first instant by which that much working time has passed since the calendar's beginning: a closing time rather than the next opening. */
export function instantOfWorkingMs(calendar: Calendar, workingMs: number): number {
  const { openMs, elapsedMs, intervalAtStride, strideMs } = calendar;
  let interval = intervalAtStride[Math.floor(workingMs / strideMs)] as number;
  if (!(workingMs <= (elapsedMs[elapsedMs.length - 1] as number))) throw outside(calendar);
  while ((elapsedMs[interval + 1] as number) < workingMs) interval++;
  return (openMs[interval] as number) + workingMs - (elapsedMs[interval] as number);
}

/**
 * The instant by which `minutes` of opening hours have passed since the start; it may be the closing time itself. A start
 * outside opening hours counts from the next opening.
 */
export function addWorkingMinutes(calendar: Calendar, startMs: number, minutes: number): number {
  return minutes === 0 ? startMs : instantOfWorkingMs(calendar, workingMsBefore(calendar, startMs) + minutes * MINUTE_MS);
}

/** Minutes of opening hours between two instants; negative where `toMs` is earlier. */
export const workingMinutesBetween = (calendar: Calendar, fromMs: number, toMs: number): number =>
  (workingMsBefore(calendar, toMs) - workingMsBefore(calendar, fromMs)) / MINUTE_MS;

/** Working days after the day of `fromMs` up to and including the day of `toMs`; negative where `toMs` is earlier. */
export const workingDaysBetween = (calendar: Calendar, fromMs: number, toMs: number): number =>
  (calendar.workingBefore[dayIndexAt(calendar, toMs) + 1] as number) -
  (calendar.workingBefore[dayIndexAt(calendar, fromMs) + 1] as number);

/** The same between two dates, by day number. */
export function workingDaysBetweenDates(calendar: Calendar, fromDay: number, toDay: number): number {
  const before = calendar.workingBefore[fromDay + 1 - calendar.firstDay];
  const after = calendar.workingBefore[toDay + 1 - calendar.firstDay];
  if (before === undefined || after === undefined) throw outside(calendar);
  return after - before;
}

/** The n-th working day after a date, which itself is never counted. In and out: day numbers; n at least 1. */
export function nthWorkingDayAfter(calendar: Calendar, day: number, n: number): number {
  const before = calendar.workingBefore[day + 1 - calendar.firstDay];
  const found = before === undefined ? undefined : calendar.workingDays[before + n - 1];
  if (found === undefined || n < 1) throw outside(calendar);
  return calendar.firstDay + found;
}

/**
 * The day on which a period of n working days must begin at the latest so that it is over by a date: n working days before the last
 * working day up to it. In and out: day numbers; n at least 0.
 */
export function nthWorkingDayBefore(calendar: Calendar, day: number, n: number): number {
  const upTo = calendar.workingBefore[day + 1 - calendar.firstDay];
  const found = upTo === undefined ? undefined : calendar.workingDays[upTo - 1 - n];
  if (found === undefined || n < 0) throw outside(calendar);
  return calendar.firstDay + found;
}

/** Wall-clock periods start at once and skip nothing (Civil Code art. 201, second sentence). */
export const addMinutes = (startMs: number, minutes: number): number => startMs + minutes * MINUTE_MS;
export const addHours = (startMs: number, hours: number): number => startMs + hours * 60 * MINUTE_MS;
