// A clock while it is being folded, and what it comes to.
import { isProvisionalAt } from "../../calendar/calendar.ts";
import { dueAt, extendedDueAt, type Limit, mergeStops, type Stop } from "./due.ts";
import type { CompiledRule, Rulebook } from "../rules/rulebook.ts";
import type { Authority, Clock, ClockEnding, ClockPause, ClockSlot, ClockStatus } from "../types.ts";

/** A suspension as the episode knows it: open while `toMs` is null, counted no longer than `untilMs`. */
export type EpisodePause = {
  readonly fromMs: number;
  toMs: number | null;
  readonly untilMs: number | null;
  readonly reason: string;
  /** The flow stands still by itself, which nobody approved and nobody's resumption ends. */
  readonly byFlow: boolean;
};

export type Draft = {
  readonly episode: number;
  readonly flow: string;
  readonly slot: ClockSlot;
  readonly authority: Authority;
  readonly round: number;
  readonly subject: string | null;
  readonly startedAtMs: number;
  readonly startedBySeq: number;
  /** Infinite where a given limit names none; null where a rule decides. */
  readonly givenDueAtMs: number | null;
  /** Of the whole episode; only what falls into the clock's own time concerns it. */
  readonly pauses: readonly EpisodePause[];
  readonly extensions: { readonly atMs: number; readonly dueAtMs: number }[];
  rule: CompiledRule | null;
  rulebook: Rulebook | null;
  calendarId: string | null;
  stoppedAtMs: number | null;
  stoppedBySeq: number | null;
  ending: ClockEnding;
};

/** The limit of a rule under the calendar it runs by. Null for a given limit. */
function limitOf(rule: CompiledRule | null, rulebook: Rulebook | null, calendarId: string | null): Limit | null {
  if (rule === null) return null;
  const { unit, amount, dayEnd, afterHours } = rule.rule;
  const calendar = calendarId === null ? null : (rulebook?.calendars.get(calendarId) ?? null);
  return { unit, amount, dayEnd, afterHours, calendar };
}

type Pause = {
  readonly fromMs: number;
  readonly endMs: number;
  readonly open: boolean;
  readonly reason: string;
  readonly stops: boolean;
};

// The episode's pauses cut to the clock's own time. An approved end ends a pause that nobody has ended.
function pausesOf(draft: Draft, asOfMs: number): readonly Pause[] {
  const found: Pause[] = [];
  const pausedBy = draft.slot.unpausable ? [] : (draft.rule?.rule.pausedBy ?? []);
  const stoppedAtMs = draft.stoppedAtMs ?? Number.POSITIVE_INFINITY;
  for (const pause of draft.pauses) {
    const fromMs = Math.max(pause.fromMs, draft.startedAtMs);
    const endMs = Math.min(pause.toMs ?? Number.POSITIVE_INFINITY, pause.untilMs ?? Number.POSITIVE_INFINITY, stoppedAtMs);
    if (endMs <= fromMs) continue;
    const stops = pausedBy.includes("*") || pausedBy.includes(pause.reason);
    found.push({ fromMs, endMs, open: pause.toMs === null && endMs > asOfMs, reason: pause.reason, stops });
  }
  return found;
}

const ownDueOf = (draft: Draft, limit: Limit | null, stops: readonly Stop[]): number =>
  limit === null ? (draft.givenDueAtMs as number) : dueAt(limit, draft.startedAtMs, stops);

// An extension gives time and never takes any: the latest of the limit's own due instant and all that was granted counts.
const latestDue = (draft: Draft, limit: Limit | null, stops: readonly Stop[], ownDueMs: number): number =>
  draft.extensions.reduce((latest, { atMs, dueAtMs }) => Math.max(latest, extendedDueAt(limit, atMs, dueAtMs, stops)), ownDueMs);

const dueWith = (draft: Draft, limit: Limit | null, stops: readonly Stop[]): number =>
  latestDue(draft, limit, stops, ownDueOf(draft, limit, stops));

const finite = (atMs: number): number | null => (Number.isFinite(atMs) ? atMs : null);

/** What a draft has come to by an instant. */
export function finishClock(draft: Draft, number: number, asOfMs: number): Clock {
  const limit = limitOf(draft.rule, draft.rulebook, draft.calendarId);
  const pauses = pausesOf(draft, asOfMs);
  const stops = mergeStops(pauses.filter((pause) => pause.stops).map(({ fromMs, endMs }) => ({ fromMs, toMs: endMs })));
  const ownDue = ownDueOf(draft, limit, stops);
  const due = latestDue(draft, limit, stops, ownDue);
  const last = stops.at(-1);
  // The pause in force holds the clock only if it began before the time was up.
  const isPaused =
    draft.stoppedAtMs === null &&
    last !== undefined &&
    last.toMs > asOfMs &&
    last.fromMs < dueWith(draft, limit, stops.slice(0, -1));
  const knownDue = finite(due);
  return {
    number,
    episode: draft.episode,
    flow: draft.flow,
    slot: draft.slot.key,
    authority: draft.authority,
    round: draft.round,
    subject: draft.subject,
    rule:
      draft.rule === null
        ? null
        : { key: draft.rule.rule.key, pack: draft.rule.pack, rulebookVersion: draft.rulebook?.version ?? 0 },
    limitKind: draft.rule?.rule.limitKind ?? "max",
    amount: limit?.amount ?? null,
    unit: limit?.unit ?? null,
    calendar: draft.calendarId,
    startedAtMs: draft.startedAtMs,
    startedBySeq: draft.startedBySeq,
    dueAtMs: isPaused ? null : knownDue,
    pausedUntilMs: isPaused ? finite(last.toMs) : null,
    dueIfPausedUntilMs: isPaused ? knownDue : null,
    dueBeforeExtensionMs: draft.extensions.length === 0 ? null : finite(ownDue),
    pauses: pauses.map(
      (pause): ClockPause => ({
        fromMs: pause.fromMs,
        toMs: pause.open ? null : pause.endMs,
        reason: pause.reason,
        stopsClock: pause.stops && pause.fromMs < due,
      }),
    ),
    status: statusOf(draft, isPaused, due),
    stoppedAtMs: draft.stoppedAtMs,
    stoppedBySeq: draft.stoppedBySeq,
    // What an extension set is a date somebody named; only what is counted can move with the holidays.
    provisional: due === ownDue && limit?.calendar != null && knownDue !== null && isProvisionalAt(limit.calendar, knownDue),
  };
}

function statusOf(draft: Draft, isPaused: boolean, dueAtMs: number): ClockStatus {
  if (draft.ending === "superseded") return "superseded";
  if (draft.stoppedAtMs === null) return isPaused ? "paused" : "running";
  if (draft.stoppedAtMs > dueAtMs) return "missed";
  return draft.ending === "lapsed" ? "lapsed" : "met";
}
