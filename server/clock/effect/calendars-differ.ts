import { type Calendar, isProvisionalAt } from "@bihuan/core/calendar/calendar.ts";
import type { LiveClock } from "./open-orders.ts";

/** The days on which two calendars rule differently, from the start of the first to the end of the last. */
export type CalendarDifference = { readonly fromMs: number; readonly toMs: number } | null;

function sameDay(a: Calendar, b: Calendar, index: number): boolean {
  if (a.dayStartMs[index] !== b.dayStartMs[index]) return false;
  const works = (calendar: Calendar) => (calendar.workingBefore[index + 1] as number) - (calendar.workingBefore[index] as number);
  if (works(a) !== works(b)) return false;
  const [fromA, fromB] = [a.firstInterval[index] as number, b.firstInterval[index] as number];
  const count = (a.firstInterval[index + 1] as number) - fromA;
  if (count !== (b.firstInterval[index + 1] as number) - fromB) return false;
  for (let at = 0; at < count; at++) {
    if (a.openMs[fromA + at] !== b.openMs[fromB + at]) return false;
    const length = (calendar: Calendar, first: number) =>
      (calendar.elapsedMs[first + at + 1] as number) - (calendar.elapsedMs[first + at] as number);
    if (length(a, fromA) !== length(b, fromB)) return false;
  }
  return true;
}

function compare(a: Calendar, b: Calendar): CalendarDifference {
  if (a.firstDay !== b.firstDay || a.dayCount !== b.dayCount)
    return { fromMs: Number.NEGATIVE_INFINITY, toMs: Number.POSITIVE_INFINITY };
  let first = 0;
  while (first < a.dayCount && sameDay(a, b, first)) first++;
  if (first === a.dayCount) return null;
  let last = a.dayCount - 1;
  while (sameDay(a, b, last)) last--;
  return { fromMs: a.dayStartMs[first] as number, toMs: a.dayStartMs[last + 1] as number };
}

const known = new WeakMap<Calendar, WeakMap<Calendar, CalendarDifference>>();

/** Compares two compiled calendars. Calendars never change, so the answer is kept as long as they are. */
function calendarDifference(a: Calendar, b: Calendar): CalendarDifference {
  let ofA = known.get(a);
  if (ofA === undefined) known.set(a, (ofA = new WeakMap()));
  let difference = ofA.get(b);
  if (difference === undefined) ofA.set(b, (difference = compare(a, b)));
  return difference;
}

/**
 * Whether a clock that counts by `a` could come to another figure by `b`. True is a guess to be folded out; false is certain: no
 * day between its start and its due instant is ruled differently, and it is as provisional as before.
 */
export function mayMove(clock: LiveClock, a: Calendar, b: Calendar): boolean {
  const dueAtMs = clock.dueAtMs ?? clock.dueIfPausedUntilMs;
  const difference = calendarDifference(a, b);
  if (dueAtMs === null) return difference !== null;
  if (isProvisionalAt(a, dueAtMs) !== isProvisionalAt(b, dueAtMs)) return true;
  return difference !== null && clock.startedAtMs < difference.toMs && dueAtMs >= difference.fromMs;
}
