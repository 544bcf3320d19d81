// A calendar compiled to typed arrays: every question about working time becomes a few look-ups.
import { DAY_MS, dayNumber, parseCivilDate, weekdayOf } from "./civil-date.ts";
import { type CalendarLayer, checkCalendar, minuteOfDay, type WorkInterval } from "./definition.ts";
import { compileZone, toInstantMs, type Zone } from "./zone.ts";
import type { Bilingual } from "../text.ts";

/**
 * Why a day is worked or not: an ordinary working day, a day off of the week, a day off by date (a holiday), or a day worked
 * although the week has it off (调休上班).
 */
export type DayKind = "working" | "weekend" | "holiday" | "make-up";

export type DayRuling = {
  readonly working: boolean;
  readonly kind: DayKind;
  readonly name: Bilingual | null;
  /** The layer that decided. */
  readonly layer: string;
};

/**
 * Days are counted from `firstDay` (a day number) within the arrays: index 0 is `firstDay`, index `dayCount` its end. Opening
 * intervals of all working days stand one after another; `elapsedMs[i]` is the working time before interval i. Instants are
 * true ones, so a shift of the clock within opening hours is counted as it happened.
 */
export type Calendar = {
  readonly key: string;
  readonly zone: Zone;
  readonly firstDay: number;
  readonly dayCount: number;
  /** From this midnight on the zone keeps one offset, so that day and minute follow by division. */
  readonly settledFromMs: number;
  readonly settledOffsetMs: number;
  readonly dayStartMs: Float64Array;
  readonly workingBefore: Int32Array;
  readonly workingDays: Int32Array;
  readonly openMs: Float64Array;
  readonly elapsedMs: Float64Array;
  /** Index of the first interval of each day. */
  readonly firstInterval: Int32Array;
  /** Index of the interval that holds each multiple of `strideMs` of working time. */
  readonly intervalAtStride: Int32Array;
  readonly strideMs: number;
  readonly workingMsBeforeDay: Float64Array;
  /** Working time by minute of the day, one table of 1441 entries for each pattern of hours; and where each day's table begins. */
  readonly workingMsByMinute: Float64Array;
  readonly minuteTable: Int32Array;
  /** From this instant on, and before `announcedFromMs`, dates follow the week alone. */
  readonly announcedUntilMs: number;
  readonly announcedFromMs: number;
  ruling(day: number): DayRuling;
};

export type CalendarSpan = { readonly fromYear: number; readonly throughYear: number };
const defaultSpan: CalendarSpan = { fromYear: 2000, throughYear: 2060 };

/** A shorter stride would cost memory, a longer one steps: intervals shorter than this are walked over. */
const MINUTES_A_DAY = 1440;
const SMALLEST_STRIDE_MS = 2 * 3_600_000;

/** Minutes of the day. */
type Opening = { readonly from: number; readonly to: number };
type Day = { readonly hours: readonly Opening[]; readonly ruling: DayRuling };

const closed: readonly Opening[] = [];
const openingsOf = (hours: readonly WorkInterval[]): readonly Opening[] =>
  hours.map(({ from, to }) => ({ from: minuteOfDay(from), to: minuteOfDay(to) }));

function readDays(layers: readonly CalendarLayer[]): (day: number) => Day {
  const weekLayer = layers.findLast((layer) => layer.week != null) as CalendarLayer;
  const ordinary = openingsOf(layers.findLast((layer) => layer.hours != null)?.hours as readonly WorkInterval[]);
  const week = (weekLayer.week as readonly (boolean | readonly WorkInterval[])[]).map((day) => ({
    works: day !== false,
    hours: typeof day === "boolean" ? ordinary : openingsOf(day),
  }));
  const byWeekday = week.map(({ works, hours }): Day => {
    const ruling: DayRuling = { working: works, kind: works ? "working" : "weekend", name: null, layer: weekLayer.key };
    return { hours: works ? hours : closed, ruling };
  });
  const named = new Map<number, Day>();
  for (const layer of layers)
    for (const { date, working, name, hours } of layer.dates) {
      const day = parseCivilDate(date) as number;
      const ofWeek = week[weekdayOf(day) - 1] as { works: boolean; hours: readonly Opening[] };
      const kind: DayKind = working ? (ofWeek.works ? "working" : "make-up") : "holiday";
      named.set(day, {
        hours: working ? (hours ? openingsOf(hours) : ofWeek.hours) : closed,
        ruling: { working, kind, name: name ?? null, layer: layer.key },
      });
    }
  return (day) => named.get(day) ?? (byWeekday[weekdayOf(day) - 1] as Day);
}

/**
 * Compiles layers, national first: a later layer's hours, week and dates take the place of an earlier one's. In: layers that
 * `checkCalendar` finds sound, and the years to compile. Errors: throws with every problem of layers that are not.
 */
export function compileCalendar(layers: readonly CalendarLayer[], span: CalendarSpan = defaultSpan): Calendar {
  const problems = checkCalendar(layers);
  if (problems.length > 0) throw new Error(problems.map(({ place, message }) => `${place}: ${message.en}`).join("; "));
  const zone = compileZone(layers.findLast((layer) => layer.zone != null)?.zone as string);
  const dayAt = readDays(layers);
  const firstDay = dayNumber(span.fromYear, 1, 1);
  const dayCount = dayNumber(span.throughYear + 1, 1, 1) - firstDay;
  const dayStartMs = new Float64Array(dayCount + 1);
  const workingBefore = new Int32Array(dayCount + 1);
  const firstInterval = new Int32Array(dayCount + 1);
  const workingDays: number[] = [];
  const open: number[] = [];
  const elapsed: number[] = [0];
  const workingMsBeforeDay = new Float64Array(dayCount);
  const minuteTable = new Int32Array(dayCount);
  const { tableOf, workingMsByMinute } = minuteTables();
  for (let index = 0; index < dayCount; index++) {
    const { hours, ruling } = dayAt(firstDay + index);
    const localMs = (firstDay + index) * DAY_MS;
    dayStartMs[index] = toInstantMs(zone, localMs);
    workingBefore[index] = workingDays.length;
    firstInterval[index] = open.length;
    workingMsBeforeDay[index] = elapsed.at(-1) as number;
    minuteTable[index] = tableOf(hours);
    if (ruling.working) workingDays.push(index);
    for (const { from, to } of hours) {
      const opensAt = toInstantMs(zone, localMs + from * 60_000);
      const closesAt = toInstantMs(zone, localMs + to * 60_000);
      if (closesAt <= opensAt) continue;
      open.push(opensAt);
      elapsed.push((elapsed.at(-1) as number) + closesAt - opensAt);
    }
  }
  dayStartMs[dayCount] = toInstantMs(zone, (firstDay + dayCount) * DAY_MS);
  workingBefore[dayCount] = workingDays.length;
  firstInterval[dayCount] = open.length;
  const announcedThrough = layers.findLast((layer) => layer.announcedThrough != null)?.announcedThrough;
  const announcedFrom = layers.findLast((layer) => layer.announcedFrom != null)?.announcedFrom;
  const yearStart = (year: number) => toInstantMs(zone, dayNumber(year, 1, 1) * DAY_MS);
  return {
    key: layers.map((layer) => layer.key).join("/"),
    zone,
    firstDay,
    dayCount,
    settledFromMs:
      dayStartMs.find((midnight) => midnight >= (zone.transitionsAtMs.at(-1) ?? midnight)) ?? Number.POSITIVE_INFINITY,
    settledOffsetMs: zone.offsetsMs.at(-1) as number,
    dayStartMs,
    workingBefore,
    workingDays: Int32Array.from(workingDays),
    openMs: Float64Array.from(open),
    elapsedMs: Float64Array.from(elapsed),
    firstInterval,
    workingMsBeforeDay,
    workingMsByMinute: Float64Array.from(workingMsByMinute),
    minuteTable,
    ...strides(elapsed),
    announcedUntilMs: announcedThrough == null ? Number.POSITIVE_INFINITY : yearStart(announcedThrough + 1),
    announcedFromMs: announcedFrom == null ? Number.NEGATIVE_INFINITY : yearStart(announcedFrom),
    ruling: (day) => dayAt(day).ruling,
  };
}

// One table for each pattern of hours, however many dates share it.
function minuteTables(): { tableOf(hours: readonly Opening[]): number; workingMsByMinute: number[] } {
  const workingMsByMinute: number[] = [];
  const byPattern = new Map<string, number>();
  const byHours = new Map<readonly Opening[], number>();
  const tableOf = (hours: readonly Opening[]): number => {
    const known = byHours.get(hours);
    if (known !== undefined) return known;
    const pattern = hours.map(({ from, to }) => `${from}-${to}`).join();
    const table = byPattern.get(pattern) ?? workingMsByMinute.length;
    if (!byPattern.has(pattern))
      for (let minute = 0; minute <= MINUTES_A_DAY; minute++) workingMsByMinute.push(workingMinutesBy(hours, minute) * 60_000);
    byPattern.set(pattern, table);
    byHours.set(hours, table);
    return table;
  };
  return { tableOf, workingMsByMinute };
}

const workingMinutesBy = (hours: readonly Opening[], minute: number): number =>
  hours.reduce((sum, { from, to }) => sum + Math.max(0, Math.min(minute, to) - from), 0);

function strides(elapsed: readonly number[]): { intervalAtStride: Int32Array; strideMs: number } {
  let shortest = Number.POSITIVE_INFINITY;
  for (let index = 1; index < elapsed.length; index++)
    shortest = Math.min(shortest, (elapsed[index] as number) - (elapsed[index - 1] as number));
  const strideMs = Math.max(shortest, SMALLEST_STRIDE_MS);
  const total = elapsed.at(-1) as number;
  const intervalAtStride = new Int32Array(Number.isFinite(strideMs) ? Math.floor(total / strideMs) + 2 : 2);
  let interval = 0;
  for (let index = 0; index < intervalAtStride.length; index++) {
    while (interval + 2 < elapsed.length && (elapsed[interval + 1] as number) < index * strideMs) interval++;
    intervalAtStride[index] = interval;
  }
  return { intervalAtStride, strideMs };
}

/** True where the holidays of the year an instant lies in are not announced (or were before the list begins). The end of the last announced year still counts as announced. */
export const isProvisionalAt = (calendar: Calendar, atMs: number): boolean =>
  atMs > calendar.announcedUntilMs || atMs < calendar.announcedFromMs;

/**
 * Index of the local day an instant lies in. Errors: RangeError outside the years the calendar was compiled for, so that no
 * answer is made up.
 */
export function dayIndexAt(calendar: Calendar, atMs: number): number {
  const { firstDay, dayCount } = calendar;
  if (atMs >= calendar.settledFromMs) {
    const index = Math.floor((atMs + calendar.settledOffsetMs) / DAY_MS) - firstDay;
    if (index < dayCount) return index;
    throw outside(calendar);
  }
  const { dayStartMs } = calendar;
  if (!(atMs >= (dayStartMs[0] as number) && atMs < (dayStartMs[dayCount] as number))) throw outside(calendar);
  let index = Math.min(Math.max(Math.floor((atMs + calendar.settledOffsetMs) / DAY_MS) - firstDay, 0), dayCount - 1);
  while (atMs < (dayStartMs[index] as number)) index--;
  while (atMs >= (dayStartMs[index + 1] as number)) index++;
  return index;
}

export const outside = (calendar: Calendar): RangeError => new RangeError(`calendar ${calendar.key} does not reach that far`);

/** Day number of the local date an instant lies in. */
export const dayAt = (calendar: Calendar, atMs: number): number => calendar.firstDay + dayIndexAt(calendar, atMs);

/** The instant a local day starts. `24:00` of a day is the start of the next. */
export function startOfDay(calendar: Calendar, day: number): number {
  const at = calendar.dayStartMs[day - calendar.firstDay];
  if (at === undefined) throw outside(calendar);
  return at;
}

/** Whether a day (by day number) is worked. */
export function isWorkingDay(calendar: Calendar, day: number): boolean {
  const index = day - calendar.firstDay;
  if (index < 0 || index >= calendar.dayCount) throw outside(calendar);
  return (calendar.workingBefore[index + 1] as number) > (calendar.workingBefore[index] as number);
}
