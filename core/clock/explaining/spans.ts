// A clock's time cut into spans of one reason each: what was counted, what was not, and why.
import { type Calendar, dayIndexAt } from "../../calendar/calendar.ts";
import type { Bilingual } from "../../text.ts";
import { firstDayIndex } from "../../calendar/working-time.ts";
import { mergeStops, type Stop } from "../folding/due.ts";
import type { ClockRule } from "../rules/rule.ts";
import type { Clock } from "../types.ts";

/**
 * Why a span is counted or not. Counted: `counted`, `make-up` (a day the week has off). Not counted: `first-day` (Civil Code
 * art. 201), `after-hours` (taken as of the next working day), `outside-hours`, `weekend`, `holiday`, `suspended`, `rolled-over`
 * (the last day was a day off, art. 203), `last-day` (what is left of the last day after a pause), `extended`, `overdue` (from the
 * due instant to where the clock stopped).
 */
export type SpanReason =
  | "counted"
  | "make-up"
  | "first-day"
  | "after-hours"
  | "outside-hours"
  | "weekend"
  | "holiday"
  | "suspended"
  | "rolled-over"
  | "last-day"
  | "extended"
  | "overdue";

export type Span = {
  readonly fromMs: number;
  /** Infinite for an open pause. */
  toMs: number;
  readonly reason: SpanReason;
  readonly name: Bilingual | null;
  readonly suspension: readonly string[];
  /** Working or calendar days, or minutes. */
  amount: number;
};

/**
 * The spans from a clock's start to its due instant (or to its open pause). In: the rule it obeys, null for a given limit; the
 * calendar it runs by, null for minutes and hours; instants at which a span must end, earliest first: what a span counts is shared
 * out between its parts by their length.
 */
export function spansOf(
  clock: Clock,
  rule: ClockRule | null,
  calendar: Calendar | null,
  cutsMs: readonly number[] = [],
): readonly Span[] {
  const walk = new Walk(clock, cutsMs);
  if (rule === null) walk.take(walk.endMs, "counted", (walk.endMs - walk.atMs) / 60_000);
  else if (calendar === null || rule.unit === "minute" || rule.unit === "hour") walk.wallClock();
  else if (rule.unit === "workingMinute") walkHours(walk, calendar);
  else walkDays(walk, calendar, rule);
  return walk.spans;
}

// Walks from the start to the due instant, joining neighbours of one reason, but not over a cut.
class Walk {
  readonly spans: Span[] = [];
  readonly endMs: number;
  /** Where an extension takes over; the end where there is none, or where it does not count. */
  readonly limitMs: number;
  readonly stops: readonly Stop[];
  atMs: number;
  readonly #clock: Clock;
  readonly #cutsMs: readonly number[];
  #nextCut = 0;
  #joins = false;

  constructor(clock: Clock, cutsMs: readonly number[]) {
    this.#clock = clock;
    this.#cutsMs = cutsMs;
    this.atMs = clock.startedAtMs;
    const open = clock.status === "paused" ? Number.POSITIVE_INFINITY : clock.startedAtMs;
    this.endMs = clock.dueAtMs ?? clock.dueIfPausedUntilMs ?? open;
    this.limitMs = clock.dueBeforeExtensionMs ?? this.endMs;
    const untilMs = clock.pausedUntilMs ?? Number.POSITIVE_INFINITY;
    this.stops = mergeStops(
      clock.pauses.filter((pause) => pause.stopsClock).map(({ fromMs, toMs }) => ({ fromMs, toMs: toMs ?? untilMs })),
    );
  }

  suspensionAt(stop: Stop): readonly string[] {
    const reasons = new Set<string>();
    for (const { fromMs, toMs, reason, stopsClock } of this.#clock.pauses)
      if (stopsClock && fromMs < stop.toMs && (toMs ?? Number.POSITIVE_INFINITY) > stop.fromMs) reasons.add(reason);
    return [...reasons];
  }

  /** The stretch up to an instant has one reason. */
  take(untilMs: number, reason: SpanReason, amount = 0, name: Bilingual | null = null, stop: Stop | null = null): void {
    const toMs = Math.min(untilMs, this.endMs);
    if (toMs <= this.atMs) return;
    const suspension = stop === null ? none : this.suspensionAt(stop);
    let left = amount;
    for (let cutMs = this.#cutWithin(toMs); cutMs !== null; cutMs = this.#cutWithin(toMs)) {
      const part = (left * (cutMs - this.atMs)) / (toMs - this.atMs);
      this.#add(cutMs, reason, part, name, suspension);
      this.#joins = false;
      left -= part;
    }
    this.#add(toMs, reason, left, name, suspension);
    this.#joins = toMs !== this.#cutsMs[this.#nextCut];
  }

  /** The next cut before an instant; null where there is none. */
  #cutWithin(toMs: number): number | null {
    while ((this.#cutsMs[this.#nextCut] ?? Number.POSITIVE_INFINITY) <= this.atMs) this.#nextCut++;
    const cutMs = this.#cutsMs[this.#nextCut];
    return cutMs !== undefined && cutMs < toMs ? cutMs : null;
  }

  #add(toMs: number, reason: SpanReason, amount: number, name: Bilingual | null, suspension: readonly string[]): void {
    const last = this.#joins ? this.spans.at(-1) : undefined;
    if (last !== undefined && last.reason === reason && last.name?.zh === name?.zh && sameCodes(last.suspension, suspension)) {
      last.toMs = toMs;
      last.amount += amount;
    } else this.spans.push({ fromMs: this.atMs, toMs, reason, name, suspension, amount });
    this.atMs = toMs;
  }

  /** Minutes and hours: all counts but the pauses, up to the limit. */
  wallClock(): void {
    for (const stop of this.stops) {
      if (stop.fromMs >= this.endMs) break;
      this.#counted(stop.fromMs);
      this.take(stop.toMs, "suspended", 0, null, stop);
    }
    this.#counted(this.endMs);
  }

  #counted(untilMs: number): void {
    const limitMs = Math.min(untilMs, this.limitMs);
    this.take(limitMs, "counted", Math.max(0, limitMs - this.atMs) / 60_000);
    this.take(untilMs, "extended", (Math.min(untilMs, this.endMs) - this.atMs) / 60_000);
  }
}

const none: readonly string[] = [];
const sameCodes = (a: readonly string[], b: readonly string[]): boolean =>
  a === b || (a.length === b.length && a.every((code, index) => code === b[index]));

// Working minutes: opening hours count, cut by pauses.
function walkHours(walk: Walk, calendar: Calendar): void {
  const { openMs, elapsedMs, firstInterval, dayStartMs } = calendar;
  let stopIndex = 0;
  const through = (untilMs: number, reason: SpanReason, name: Bilingual | null): void => {
    while (walk.atMs < untilMs && walk.atMs < walk.endMs) {
      while (stopIndex < walk.stops.length && (walk.stops[stopIndex] as Stop).toMs <= walk.atMs) stopIndex++;
      const stop = walk.stops[stopIndex];
      if (stop !== undefined && stop.fromMs <= walk.atMs) {
        walk.take(Number.isFinite(stop.toMs) ? Math.min(stop.toMs, untilMs) : stop.toMs, "suspended", 0, null, stop);
        continue;
      }
      const toMs = Math.min(untilMs, stop?.fromMs ?? untilMs, walk.endMs);
      const counts = reason === "counted" || reason === "make-up";
      if (counts && walk.atMs >= walk.limitMs) walk.take(toMs, "extended", (toMs - walk.atMs) / 60_000);
      else if (counts) {
        const limitMs = Math.min(toMs, walk.limitMs);
        walk.take(limitMs, reason, (limitMs - walk.atMs) / 60_000, name);
      } else walk.take(toMs, reason, 0, name);
    }
  };
  for (let index = dayIndexAt(calendar, walk.atMs); walk.atMs < walk.endMs; index++) {
    const ruling = calendar.ruling(calendar.firstDay + index);
    const dayEndMs = dayStartMs[index + 1] as number;
    if (!ruling.working) {
      through(dayEndMs, ruling.kind === "holiday" ? "holiday" : "weekend", ruling.name);
      continue;
    }
    const isMakeUp = ruling.kind === "make-up";
    for (let interval = firstInterval[index] as number; interval < (firstInterval[index + 1] as number); interval++) {
      const opensAt = openMs[interval] as number;
      through(opensAt, "outside-hours", null);
      through(
        opensAt + (elapsedMs[interval + 1] as number) - (elapsedMs[interval] as number),
        isMakeUp ? "make-up" : "counted",
        isMakeUp ? ruling.name : null,
      );
    }
    through(dayEndMs, "outside-hours", null);
  }
}

// Days: each local day has one reason; a day stands still whose midnight lies in a pause.
function walkDays(walk: Walk, calendar: Calendar, rule: ClockRule): void {
  const { dayStartMs } = calendar;
  const startIndex = dayIndexAt(calendar, walk.atMs);
  const first = firstDayIndex(calendar, walk.atMs, rule.afterHours);
  let left = rule.amount;
  let stopIndex = 0;
  for (let index = startIndex; walk.atMs < walk.endMs; index++) {
    const midnightMs = dayStartMs[index] as number;
    const dayEndMs = dayStartMs[index + 1] as number;
    while (stopIndex < walk.stops.length && (walk.stops[stopIndex] as Stop).toMs <= midnightMs) stopIndex++;
    const stop = walk.stops[stopIndex];
    const ruling = calendar.ruling(calendar.firstDay + index);
    if (index > first && stop !== undefined && stop.fromMs <= midnightMs) {
      // An open pause has no last day; what a pause leaves of the period's last day is shown by itself.
      const toMs = left === 0 ? Math.min(stop.toMs, dayEndMs) : dayEndMs;
      walk.take(Number.isFinite(stop.toMs) ? toMs : stop.toMs, "suspended", 0, null, stop);
      walk.take(dayEndMs, "last-day");
    } else if (index === first) walk.take(dayEndMs, "first-day");
    else if (index < first && ruling.working) walk.take(dayEndMs, "after-hours");
    else if (rule.unit === "calendarDay" && left > 0 && index > first) {
      left--;
      walk.take(dayEndMs, "counted", 1);
    } else if (rule.unit === "calendarDay" && index > first) walk.take(dayEndMs, ...beyond(walk, "rolled-over"));
    else if (!ruling.working) walk.take(dayEndMs, ruling.kind === "holiday" ? "holiday" : "weekend", 0, ruling.name);
    else if (left > 0) {
      left--;
      walk.take(dayEndMs, ruling.kind === "make-up" ? "make-up" : "counted", 1, ruling.kind === "make-up" ? ruling.name : null);
    } else walk.take(dayEndMs, ...beyond(walk, "last-day"));
  }
}

// A day after the limit's last one: granted by an extension, or what the counting itself gives.
const beyond = (walk: Walk, reason: SpanReason): [SpanReason, number] =>
  walk.atMs >= walk.limitMs ? ["extended", 1] : [reason, 0];
