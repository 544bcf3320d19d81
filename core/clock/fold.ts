// An order's clocks, folded from its signals: a pure function, so that the same history gives the same deadlines for ever.
import { finishClock, type Draft, type EpisodePause } from "./draft.ts";
import { calendarIdFor, type CompiledRule, type Rulebook, selectRules } from "./rulebook.ts";
import type { Clock, ClockSignal, ClockSlot, OrderFacts } from "./types.ts";

export type FoldContext = {
  /** The slots of a flow. */
  slotsOf(flow: string): readonly ClockSlot[];
  /** A published rulebook, compiled. */
  rulebookOf(version: number): Rulebook;
  /** The instant at which a pause with an approved end is found to be over; the last signal's where absent. */
  readonly asOfMs?: number;
};

// The stretches of one slot, by the events that start and stop it: the slot's own, or those a rule names instead.
type Track = {
  readonly slot: ClockSlot;
  readonly from: readonly string[];
  readonly until: readonly string[];
  readonly own: boolean;
  open: Stretch[];
  /** Stretches so far, by subject. */
  readonly rounds: Map<string | null, number>;
};

type Stretch = {
  readonly subject: string | null;
  readonly round: number;
  readonly startedAtMs: number;
  readonly startedBySeq: number;
  readonly drafts: Draft[];
};

type Episode = {
  readonly number: number;
  readonly signals: { readonly signal: ClockSignal; readonly atMs: number }[];
  readonly pauses: EpisodePause[];
};

type Fold = {
  readonly context: FoldContext;
  atMs: number;
  facts: OrderFacts | null;
  rulebook: Rulebook | null;
  episodes: number;
  episode: Episode | null;
  tracks: Track[];
  drafts: Draft[];
};

/**
 * All clocks of an order, of every episode, in the order they came to be. In: the order's signals in the order of its history;
 * the first one carries its facts and opens an episode. Signals appended later add clocks, and change only those that still run.
 */
export function foldClocks(context: FoldContext, signals: readonly ClockSignal[]): readonly Clock[] {
  const fold: Fold = {
    context,
    atMs: Number.NEGATIVE_INFINITY,
    facts: null,
    rulebook: null,
    episodes: 0,
    episode: null,
    tracks: [],
    drafts: [],
  };
  for (const signal of signals) take(fold, signal);
  const asOfMs = Math.max(context.asOfMs ?? fold.atMs, fold.atMs);
  return fold.drafts.map((draft, index) => finishClock(draft, index + 1, asOfMs));
}

// One signal. What it ends is judged by what held before it; what it starts obeys what holds from it on.
function take(fold: Fold, signal: ClockSignal): void {
  // The past is closed: a signal that claims an earlier instant than its predecessor counts from the later one.
  const atMs = Math.max(fold.atMs, signal.atMs);
  fold.atMs = atMs;
  if (fold.episode !== null) {
    if (signal.resume) endPauses(fold.episode, atMs);
    for (const track of fold.tracks) stop(track, signal, atMs);
    if (signal.closesEpisode || signal.opensEpisode) closeEpisode(fold, fold.episode, signal);
    else fold.episode.signals.push({ signal, atMs });
  }
  if (signal.facts !== undefined || signal.rulebookVersion !== undefined) learn(fold, signal);
  if (signal.opensEpisode) openEpisode(fold, signal);
  const { episode } = fold;
  if (episode === null) return;
  for (const track of fold.tracks) {
    if (signal.extend !== undefined) extend(track, signal.extend, atMs);
    start(fold, episode, track, signal, atMs, fold.drafts);
  }
  if (signal.pause !== undefined)
    episode.pauses.push({ fromMs: atMs, toMs: null, untilMs: signal.pause.untilMs ?? null, reason: signal.pause.reason });
}

function endPauses(episode: Episode, atMs: number): void {
  for (const pause of episode.pauses) pause.toMs ??= atMs;
}

function openEpisode(fold: Fold, signal: ClockSignal): void {
  const { facts } = fold;
  if (facts === null) throw new Error(`signal ${signal.seq} opens an episode of an order without facts`);
  fold.episodes += 1;
  fold.episode = { number: fold.episodes, signals: [{ signal, atMs: fold.atMs }], pauses: [] };
  fold.tracks = tracksOf(fold, facts.flow);
}

function closeEpisode(fold: Fold, episode: Episode, signal: ClockSignal): void {
  for (const track of fold.tracks) {
    for (const stretch of track.open) end(stretch, signal.seq, fold.atMs, false);
    track.open = [];
  }
  endPauses(episode, fold.atMs);
  fold.episode = null;
  fold.tracks = [];
}

// Facts or rulebook change. Finished clocks keep what they were judged by.
function learn(fold: Fold, signal: ClockSignal): void {
  const before = fold.facts;
  if (signal.facts !== undefined) fold.facts = { ...(before as OrderFacts), ...signal.facts };
  if (signal.rulebookVersion !== undefined) fold.rulebook = fold.context.rulebookOf(signal.rulebookVersion);
  const { facts, episode } = fold;
  if (episode === null || before === null || facts === null) return;
  if (facts.flow !== before.flow) return reclassify(fold, episode, facts.flow, signal);
  if (signal.rulebookVersion !== undefined) renewTracks(fold, episode, facts.flow, signal);
  for (const track of fold.tracks)
    if (track.slot.limit === "rule") for (const stretch of track.open) reselect(fold, episode, track, stretch, signal);
}

// The new flow's slots are folded over the whole episode from its opening, so that another label never gives fresh time.
function reclassify(fold: Fold, episode: Episode, flow: string, signal: ClockSignal): void {
  for (const track of fold.tracks) for (const stretch of track.open) end(stretch, signal.seq, fold.atMs, true);
  fold.tracks = tracksOf(fold, flow);
  const drafts: Draft[] = [];
  for (const past of episode.signals) {
    for (const track of fold.tracks) stop(track, past.signal, past.atMs);
    if (past.signal === signal) continue;
    for (const track of fold.tracks) {
      if (past.signal.extend !== undefined) extend(track, past.signal.extend, past.atMs);
      start(fold, episode, track, past.signal, past.atMs, drafts);
    }
  }
  // What was judged before keeps its figure; the same stretch is not judged twice.
  const judged = fold.drafts.filter(
    (draft) => draft.episode === episode.number && draft.stoppedAtMs !== null && !draft.superseded,
  );
  const sameStretch = (a: Draft, b: Draft) =>
    a.slot.key === b.slot.key && a.authority === b.authority && a.round === b.round && a.subject === b.subject;
  fold.drafts.push(...drafts.filter((draft) => draft.stoppedAtMs === null || !judged.some((known) => sameStretch(known, draft))));
}

function tracksOf(fold: Fold, flow: string): Track[] {
  const tracks: Track[] = [];
  for (const slot of fold.context.slotsOf(flow)) {
    tracks.push({ slot, from: slot.from, until: slot.until, own: true, open: [], rounds: new Map() });
    for (const { rule } of fold.rulebook?.rulesBySlot.get(slot.key) ?? []) {
      if (rule.from === null && rule.until === null) continue;
      if (rule.flows.length > 0 && !rule.flows.includes(flow)) continue;
      const from = rule.from ?? slot.from;
      const until = rule.until ?? slot.until;
      if (
        !tracks.some(
          (track) => track.slot === slot && !track.own && sameEvents(track.from, from) && sameEvents(track.until, until),
        )
      )
        tracks.push({ slot, from, until, own: false, open: [], rounds: new Map() });
    }
  }
  return tracks;
}

const sameEvents = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((type, index) => type === b[index]);

// A new rulebook may name events of its own for a slot: where its stretches stand follows from the episode so far. The clocks of
// events that no rule names any more end with them.
function renewTracks(fold: Fold, episode: Episode, flow: string, signal: ClockSignal): void {
  const known = fold.tracks;
  fold.tracks = tracksOf(fold, flow).map(
    (track) => known.find((one) => isSameTrack(one, track)) ?? replayed(track, episode, signal),
  );
  for (const track of known)
    if (!fold.tracks.includes(track)) for (const stretch of track.open) end(stretch, signal.seq, fold.atMs, true);
}

const isSameTrack = (a: Track, b: Track): boolean =>
  a.slot.key === b.slot.key && a.own === b.own && sameEvents(a.from, b.from) && sameEvents(a.until, b.until);

function replayed(track: Track, episode: Episode, signal: ClockSignal): Track {
  for (const past of episode.signals) {
    stop(track, past.signal, past.atMs);
    if (past.signal !== signal) open(track, past.signal, past.atMs);
  }
  return track;
}

// Opens a stretch where the signal starts one and none runs for its subject.
function open(track: Track, signal: ClockSignal, atMs: number): Stretch | null {
  const starts = track.from.includes(signal.type) || (signal.opensEpisode === true && track.from.includes("open"));
  if (!starts) return null;
  const subject = track.slot.perSubject ? (signal.subject ?? null) : null;
  if (track.open.some((stretch) => stretch.subject === subject)) return null;
  const round = (track.rounds.get(subject) ?? 0) + 1;
  track.rounds.set(subject, round);
  const stretch: Stretch = { subject, round, startedAtMs: atMs, startedBySeq: signal.seq, drafts: [] };
  track.open.push(stretch);
  return stretch;
}

function start(fold: Fold, episode: Episode, track: Track, signal: ClockSignal, atMs: number, into: Draft[]): void {
  const stretch = open(track, signal, atMs);
  if (stretch === null) return;
  if (track.slot.limit === "given") {
    // A given slot without a due instant (a log that names none) still runs: its pauses are told, nobody is late.
    into.push(draftOf(fold, episode, track, stretch, null, signal.dueAtMs ?? Number.POSITIVE_INFINITY));
    return;
  }
  for (const selected of rulesOf(fold, track, stretch)) into.push(draftOf(fold, episode, track, stretch, selected, null));
}

function rulesOf(fold: Fold, track: Track, stretch: Stretch): readonly CompiledRule[] {
  const { rulebook, facts } = fold;
  if (rulebook === null || facts === null) return [];
  return selectRules(rulebook, facts, track.slot.key, stretch.startedAtMs).filter(({ rule }) =>
    track.own
      ? rule.from === null && rule.until === null
      : (rule.from !== null || rule.until !== null) &&
        sameEvents(rule.from ?? track.slot.from, track.from) &&
        sameEvents(rule.until ?? track.slot.until, track.until),
  );
}

function draftOf(
  fold: Fold,
  episode: Episode,
  track: Track,
  stretch: Stretch,
  selected: CompiledRule | null,
  givenDueAtMs: number | null,
): Draft {
  const draft: Draft = {
    episode: episode.number,
    flow: (fold.facts as OrderFacts).flow,
    slot: track.slot,
    authority: selected?.rule.authority ?? "internal",
    round: stretch.round,
    subject: stretch.subject,
    startedAtMs: stretch.startedAtMs,
    startedBySeq: stretch.startedBySeq,
    givenDueAtMs,
    pauses: episode.pauses,
    extensions: [],
    rule: null,
    rulebook: null,
    calendarId: null,
    stoppedAtMs: null,
    stoppedBySeq: null,
    superseded: false,
  };
  if (selected !== null) obey(fold, draft, selected);
  stretch.drafts.push(draft);
  return draft;
}

function obey(fold: Fold, draft: Draft, selected: CompiledRule): void {
  const { rulebook, facts } = fold;
  if (rulebook === null || facts === null) return;
  const { calendar } = selected.rule;
  draft.rule = selected;
  draft.rulebook = rulebook;
  draft.calendarId = calendar === null ? null : calendarIdFor(rulebook, calendar, facts.organisationPath);
}

// A running stretch under changed facts or rules: each authority's clock obeys the rule that is selected now, or ends with none.
function reselect(fold: Fold, episode: Episode, track: Track, stretch: Stretch, signal: ClockSignal): void {
  const selected = rulesOf(fold, track, stretch);
  for (const draft of stretch.drafts) {
    if (draft.stoppedAtMs !== null) continue;
    const rule = selected.find((one) => one.rule.authority === draft.authority);
    if (rule === undefined) endDraft(draft, signal.seq, fold.atMs, true);
    else obey(fold, draft, rule);
  }
  for (const rule of selected)
    if (!stretch.drafts.some((draft) => draft.stoppedAtMs === null && draft.authority === rule.rule.authority))
      fold.drafts.push(draftOf(fold, episode, track, stretch, rule, null));
}

function stop(track: Track, signal: ClockSignal, atMs: number): void {
  if (track.open.length === 0 || !track.until.includes(signal.type)) return;
  const subject = track.slot.perSubject ? signal.subject : undefined;
  for (const stretch of track.open)
    if (subject === undefined || stretch.subject === subject) end(stretch, signal.seq, atMs, false);
  track.open = subject === undefined ? [] : track.open.filter((stretch) => stretch.subject !== subject);
}

function end(stretch: Stretch, seq: number, atMs: number, superseded: boolean): void {
  for (const draft of stretch.drafts) if (draft.stoppedAtMs === null) endDraft(draft, seq, atMs, superseded);
}

function endDraft(draft: Draft, seq: number, atMs: number, superseded: boolean): void {
  draft.stoppedAtMs = atMs;
  draft.stoppedBySeq = seq;
  draft.superseded = superseded;
}

// Without a slot every extendable limit moves; a given one only where it is named.
function extend(track: Track, extension: NonNullable<ClockSignal["extend"]>, atMs: number): void {
  if (extension.slot !== undefined && extension.slot !== track.slot.key) return;
  for (const stretch of track.open)
    for (const draft of stretch.drafts) {
      const extendable = draft.rule === null ? extension.slot !== undefined : draft.rule.rule.extendable;
      if (draft.stoppedAtMs === null && extendable) draft.extensions.push({ atMs, dueAtMs: extension.dueAtMs });
    }
}
