// The stretches of a flow's slots: when each starts and stops. They follow from the events alone; who limits them is decided elsewhere.
import type { Draft } from "./draft.ts";
import type { ClockRule } from "../rules/rule.ts";
import type { Rulebook } from "../rules/rulebook.ts";
import type { ClockEnding, ClockSignal, ClockSlot } from "../types.ts";

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

const nothing: readonly never[] = [];

type Pattern = Pick<Track, "slot" | "from" | "until" | "own">;

const trackOf = (pattern: Pattern): Track => ({
  ...pattern,
  open: [],
  roundsBySubject: pattern.slot.perSubject ? new Map() : null,
  rounds: 0,
});

const sameEvents = (a: readonly string[], b: readonly string[]): boolean =>
  a === b || (a.length === b.length && a.every((type, index) => type === b[index]));

const isOwn = (rule: ClockRule): boolean => rule.from === null && rule.until === null;

/** True where a rule runs by the events of a track. */
export const runsBy = (rule: ClockRule, { own, slot, from, until }: Pattern): boolean =>
  own ? isOwn(rule) : !isOwn(rule) && sameEvents(rule.from ?? slot.from, from) && sameEvents(rule.until ?? slot.until, until);

/** The tracks of a flow in an episode, and which of them an event may start or stop. */
export type Tracks = {
  readonly all: readonly Track[];
  readonly startedBy: ReadonlyMap<string, readonly number[]>;
  readonly stoppedBy: ReadonlyMap<string, readonly number[]>;
};
export const noTracks: Tracks = { all: [], startedBy: new Map(), stoppedBy: new Map() };

// One pattern for each slot, and one more for each pair of events that a rule of the rulebook names instead.
function patternsOf(slots: readonly ClockSlot[], rulebook: Rulebook | null, flow: string): readonly Pattern[] {
  const patterns: Pattern[] = [];
  for (const slot of slots) {
    patterns.push({ slot, from: slot.from, until: slot.until, own: true });
    for (const { rule } of rulebook?.ownEventRules.get(slot.key) ?? []) {
      if (rule.flows.length > 0 && !rule.flows.includes(flow)) continue;
      if (!patterns.some((pattern) => pattern.slot === slot && runsBy(rule, pattern)))
        patterns.push({ slot, from: rule.from ?? slot.from, until: rule.until ?? slot.until, own: false });
    }
  }
  return patterns;
}

/** The events that end a pattern's stretches without a verdict: none where a rule names the end itself. */
const lapsesOf = ({ slot, until }: Pattern): readonly string[] =>
  slot.lapsesOn !== undefined && sameEvents(until, slot.until) ? Object.keys(slot.lapsesOn) : nothing;
/** How the close of an episode ends a stretch that nothing has ended. */
export const endingAtClose = (track: Track): ClockEnding => (lapsesOf(track).length > 0 ? "lapsed" : "judged");

function indexByEvent(patterns: readonly Pattern[], events: (pattern: Pattern) => readonly string[]): Map<string, number[]> {
  const index = new Map<string, number[]>();
  for (const [position, pattern] of patterns.entries())
    for (const type of new Set(events(pattern))) {
      const known = index.get(type);
      if (known === undefined) index.set(type, [position]);
      else known.push(position);
    }
  return index;
}

type Plan = Omit<Tracks, "all"> & { readonly patterns: readonly Pattern[] };
const noRulebook = {};
// A flow's slots under a rulebook never change, and every fold asks for them: what follows from them is kept as long as they live.
const plans = new WeakMap<object, WeakMap<readonly ClockSlot[], Plan>>();

function planOf(slots: readonly ClockSlot[], rulebook: Rulebook | null, flow: string): Plan {
  const key = rulebook ?? noRulebook;
  let ofRulebook = plans.get(key);
  if (ofRulebook === undefined) plans.set(key, (ofRulebook = new WeakMap()));
  let plan = ofRulebook.get(slots);
  if (plan === undefined) {
    const patterns = patternsOf(slots, rulebook, flow);
    plan = {
      patterns,
      startedBy: indexByEvent(patterns, ({ from }) => from),
      stoppedBy: indexByEvent(patterns, (pattern) => [...pattern.until, ...lapsesOf(pattern)]),
    };
    ofRulebook.set(slots, plan);
  }
  return plan;
}

/** Fresh tracks for a flow's slots under a rulebook. In: the slots of that flow and of no other. */
export function tracksOf(slots: readonly ClockSlot[], rulebook: Rulebook | null, flow: string): Tracks {
  const { patterns, startedBy, stoppedBy } = planOf(slots, rulebook, flow);
  return { all: patterns.map(trackOf), startedBy, stoppedBy };
}

export const isSameTrack = (a: Track, b: Track): boolean =>
  a.slot.key === b.slot.key && a.own === b.own && sameEvents(a.from, b.from) && sameEvents(a.until, b.until);

const OPEN = "open";

/** Positions of the tracks a signal may start: by its type, and by `open` where it opens an episode. */
export function startedBy(tracks: Tracks, signal: ClockSignal): readonly number[] {
  const byType = tracks.startedBy.get(signal.type) ?? nothing;
  if (signal.opensEpisode !== true) return byType;
  const byOpening = tracks.startedBy.get(OPEN) ?? nothing;
  return [...new Set([...byType, ...byOpening])].sort((a, b) => a - b);
}

/** Opens a stretch for a signal that starts one, unless one is open for its subject; null then. */
export function openStretch(track: Track, signal: ClockSignal, atMs: number): Stretch | null {
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
export function stopStretches(tracks: Tracks, signal: ClockSignal, atMs: number): void {
  for (const position of tracks.stoppedBy.get(signal.type) ?? nothing) stopTrack(tracks.all[position] as Track, signal, atMs);
}

function stopTrack(track: Track, signal: ClockSignal, atMs: number): void {
  if (track.open.length === 0) return;
  const subject = track.roundsBySubject === null ? undefined : signal.subject;
  const ending = track.until.includes(signal.type) ? "judged" : "lapsed";
  for (const stretch of track.open)
    if (subject === undefined || stretch.subject === subject) endDrafts(stretch, signal.seq, atMs, ending);
  track.open = subject === undefined ? [] : track.open.filter((stretch) => stretch.subject !== subject);
}

/** Ends every open stretch of a track. */
export function endTrack(track: Track, seq: number, atMs: number, ending: ClockEnding): void {
  for (const stretch of track.open) endDrafts(stretch, seq, atMs, ending);
  track.open = [];
}

function endDrafts(stretch: Stretch, seq: number, atMs: number, ending: ClockEnding): void {
  for (const draft of stretch.drafts) if (draft.stoppedAtMs === null) endDraft(draft, seq, atMs, ending);
}

export function endDraft(draft: Draft, seq: number, atMs: number, ending: ClockEnding): void {
  draft.stoppedAtMs = atMs;
  draft.stoppedBySeq = seq;
  draft.ending = ending;
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
