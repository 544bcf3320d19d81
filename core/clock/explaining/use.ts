// How much of a clock is used, and how much is left.
import { limitSpans, measureOf } from "./explain.ts";
import type { Rulebook } from "../rules/rulebook.ts";
import type { Clock } from "../types.ts";

export type ClockUse = {
  /** What the figures are in: days (working or calendar days, with the part of today), or minutes (of opening hours for working minutes). */
  readonly measure: "day" | "minute";
  readonly used: number;
  /** Never negative. */
  readonly remaining: number;
  /** Used of the whole, 0 to 1; 1 from the due instant on, and before it once only a last day moved off a day off is left. */
  readonly share: number;
  /** Wall-clock time past the due instant; 0 where it is not past. */
  readonly overdueByMs: number;
};

/**
 * The use of a clock at an instant. A finished clock is taken as it stood when it stopped. While paused without an approved end
 * the remainder is what is left of the limit. In: the clock, the rulebook its rule is of, epoch milliseconds.
 */
export function clockUse(clock: Clock, rulebook: Rulebook, nowMs: number): ClockUse {
  const atMs = Math.min(clock.stoppedAtMs ?? nowMs, nowMs);
  const measure = measureOf(clock);
  let used = 0;
  let total = 0;
  for (const span of limitSpans(clock, rulebook)) {
    total += span.amount;
    if (atMs <= span.fromMs || span.toMs === null) continue;
    used += atMs >= span.toMs ? span.amount : (span.amount * (atMs - span.fromMs)) / (span.toMs - span.fromMs);
  }
  const dueAtMs = clock.dueAtMs ?? clock.dueIfPausedUntilMs;
  if (dueAtMs === null && clock.amount !== null) total = clock.amount * (clock.unit === "hour" ? 60 : 1);
  const isOver = dueAtMs !== null && atMs >= dueAtMs;
  return {
    measure,
    used,
    remaining: isOver ? 0 : Math.max(0, total - used),
    share: isOver ? 1 : total === 0 ? 0 : Math.min(1, used / total),
    overdueByMs: dueAtMs === null ? 0 : Math.max(0, atMs - dueAtMs),
  };
}

/**
 * Where the share of the limit that is used changes how it grows: each counted span's beginning and end, earliest first; between
 * two points it grows evenly. A screen can draw the clock's course by it without a calendar. Out: none where nothing is counted
 * yet, as under a pause without an end.
 */
export function sharePoints(clock: Clock, rulebook: Rulebook): readonly { readonly share: number; readonly atMs: number }[] {
  const counted = limitSpans(clock, rulebook).filter((span) => span.counted && span.amount > 0);
  const whole = counted.reduce((sum, span) => sum + span.amount, 0);
  let used = 0;
  return counted.flatMap(({ fromMs, toMs, amount }) => {
    if (toMs === null) return [];
    const from = { share: used / whole, atMs: fromMs };
    used += amount;
    return [from, { share: used / whole, atMs: toMs }];
  });
}
