// The stretches of a flow's slots: when each starts and stops. They follow from the events alone; who limits them is decided elsewhere.
import type { Draft } from "./draft.ts";
import type { ClockRule } from "./rule.ts";
import type { Rulebook } from "./rulebook.ts";
import type { ClockSignal, ClockSlot } from "./types.ts";

/** One slot under the events that start and stop it: the slot's own, or those a rule names instead. */
export type Track = {
  readonly slot: ClockSlot;
  readonly from: readonly string[];
  readonly until: readonly string[];
  /** True for the slot's own events. */
  readonly own: boolean;
  open: Stretch[];
  /** Stretches so far, by subject; counted in `rounds` where the slot has none. */
  readonly roundsBySubject: Map<string | null, number> | null;
  rounds: number;
};

/** One stretch, from the event that started it, with the clocks that limit it. */
export type Stretch = {
  readonly subject: string | null;
  readonly round: number;
  readonly startedAtMs: number;
  readonly startedBySeq: number;
  readonly drafts: Draft[];
};

const trackOf = (slot: ClockSlot, from: readonly string[], until: readonly string[], own: boolean): Track => ({
  slot,
  from,
  until,
  own,
  open: [],
  roundsBySubject: slot.perSubject ? new Map() : null,
  rounds: 0,
});

const sameEvents = (a: readonly string[], b: readonly string[]): boolean =>
  a === b || (a.length === b.length && a.every((type, index) => type === b[index]));

const isOwn = (rule: ClockRule): boolean => rule.from === null && rule.until === null;

/** True where a rule runs by the events of a track. */
export const runsBy = (rule: ClockRule, { own, slot, from, until }: Track): boolean =>
  own ? isOwn(rule) : !isOwn(rule) && sameEvents(rule.from ?? slot.from, from) && sameEvents(rule.until ?? slot.until, until);

/** The tracks of a flow: one for each slot, and one more for each pair of events that a rule of the rulebook names instead. */
export function tracksOf(slots: readonly ClockSlot[], rulebook: Rulebook | null, flow: string): Track[] {
  const tracks: Track[] = [];
  for (const slot of slots) {
    tracks.push(trackOf(slot, slot.from, slot.until, true));
    for (const { rule } of rulebook?.ownEventRules.get(slot.key) ?? []) {
      if (rule.flows.length > 0 && !rule.flows.includes(flow)) continue;
      if (!tracks.some((track) => track.slot === slot && runsBy(rule, track)))
        tracks.push(trackOf(slot, rule.from ?? slot.from, rule.until ?? slot.until, false));
    }
  }
  return tracks;
}

export const isSameTrack = (a: Track, b: Track): boolean =>
  a.slot.key === b.slot.key && a.own === b.own && sameEvents(a.from, b.from) && sameEvents(a.until, b.until);

/** Opens a stretch where the signal starts one and none is open for its subject; null otherwise. */
export function openStretch(track: Track, signal: ClockSignal, atMs: number): Stretch | null {
  const { from } = track;
  if (!from.includes(signal.type) && !(signal.opensEpisode === true && from.includes("open"))) return null;
  const subject = track.roundsBySubject === null ? null : (signal.subject ?? null);
  if (track.open.some((stretch) => stretch.subject === subject)) return null;
  const stretch: Stretch = { subject, round: nextRound(track, subject), startedAtMs: atMs, startedBySeq: signal.seq, drafts: [] };
  track.open.push(stretch);
  return stretch;
}

function nextRound(track: Track, subject: string | null): number {
  if (track.roundsBySubject === null) return ++track.rounds;
  const round = (track.roundsBySubject.get(subject) ?? 0) + 1;
  track.roundsBySubject.set(subject, round);
  return round;
}

/** Ends the stretches a signal stops: that of its subject, or all where it names none. */
export function stopStretches(track: Track, signal: ClockSignal, atMs: number): void {
  if (track.open.length === 0 || !track.until.includes(signal.type)) return;
  const subject = track.roundsBySubject === null ? undefined : signal.subject;
  for (const stretch of track.open)
    if (subject === undefined || stretch.subject === subject) endDrafts(stretch, signal.seq, atMs, false);
  track.open = subject === undefined ? [] : track.open.filter((stretch) => stretch.subject !== subject);
}

/** Ends every open stretch of a track: judged, or superseded. */
export function endTrack(track: Track, seq: number, atMs: number, superseded: boolean): void {
  for (const stretch of track.open) endDrafts(stretch, seq, atMs, superseded);
  track.open = [];
}

function endDrafts(stretch: Stretch, seq: number, atMs: number, superseded: boolean): void {
  for (const draft of stretch.drafts) if (draft.stoppedAtMs === null) endDraft(draft, seq, atMs, superseded);
}

export function endDraft(draft: Draft, seq: number, atMs: number, superseded: boolean): void {
  draft.stoppedAtMs = atMs;
  draft.stoppedBySeq = seq;
  draft.superseded = superseded;
}

/** Moves what an approved extension moves: without a slot every extendable limit, a given one only where it is named. */
export function extendTrack(track: Track, extension: NonNullable<ClockSignal["extend"]>, atMs: number): void {
  if (extension.slot !== undefined && extension.slot !== track.slot.key) return;
  for (const stretch of track.open)
    for (const draft of stretch.drafts) {
      const extendable = draft.rule === null ? extension.slot !== undefined : draft.rule.rule.extendable;
      if (draft.stoppedAtMs === null && extendable) draft.extensions.push({ atMs, dueAtMs: extension.dueAtMs });
    }
}
