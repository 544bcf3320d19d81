// An order's clocks, folded from its signals: a pure function, so that the same history gives the same deadlines for ever.
import { type Draft, type EpisodePause, finishClock } from "./draft.ts";
import { calendarIdFor, type CompiledRule, type Rulebook, selectRules } from "../rules/rulebook.ts";
import {
  endDraft,
  endingAtClose,
  endTrack,
  extendTrack,
  isSameTrack,
  noTracks,
  openStretch,
  runsBy,
  startedBy,
  stopStretches,
  type Stretch,
  type Track,
  type Tracks,
  tracksOf,
} from "./tracks.ts";
import type { Clock, ClockSignal, ClockSlot, OrderFacts } from "../types.ts";

export type FoldContext = {
  /** The slots of a flow. */
  slotsOf(flow: string): readonly ClockSlot[];
  /** A published rulebook, compiled. */
  rulebookOf(version: number): Rulebook;
  /** The instant at which a pause with an approved end is found to be over; the last signal's where absent. */
  readonly asOfMs?: number;
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
  tracks: Tracks;
  readonly drafts: Draft[];
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
    tracks: noTracks,
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
    if (signal.resume) endPauses(fold.episode, atMs, false);
    if (signal.goesOn) endPauses(fold.episode, atMs, true);
    stopStretches(fold.tracks, signal, atMs);
    if (signal.closesEpisode || signal.opensEpisode) closeEpisode(fold, fold.episode, signal);
    else fold.episode.signals.push({ signal, atMs });
  }
  if (signal.facts !== undefined || signal.rulebookVersion !== undefined) learn(fold, signal);
  if (signal.opensEpisode) openEpisode(fold, signal);
  const { episode } = fold;
  if (episode === null) return;
  if (signal.extend !== undefined) for (const track of fold.tracks.all) extendTrack(track, signal.extend, atMs);
  start(fold, episode, signal, atMs, fold.drafts);
  if (signal.pause !== undefined)
    episode.pauses.push({
      fromMs: atMs,
      toMs: null,
      untilMs: signal.pause.untilMs ?? null,
      reason: signal.pause.reason,
      byFlow: signal.pause.byFlow === true,
    });
}

function endPauses(episode: Episode, atMs: number, byFlow: boolean): void {
  for (const pause of episode.pauses) if (pause.byFlow === byFlow) pause.toMs ??= atMs;
}

function openEpisode(fold: Fold, signal: ClockSignal): void {
  if (fold.facts === null) throw new Error(`signal ${signal.seq} opens an episode of an order without facts`);
  fold.episodes += 1;
  fold.episode = { number: fold.episodes, signals: [{ signal, atMs: fold.atMs }], pauses: [] };
  fold.tracks = flowTracks(fold, fold.facts.flow);
}

function closeEpisode(fold: Fold, episode: Episode, signal: ClockSignal): void {
  for (const track of fold.tracks.all) endTrack(track, signal.seq, fold.atMs, endingAtClose(track));
  for (const byFlow of [true, false]) endPauses(episode, fold.atMs, byFlow);
  fold.episode = null;
  fold.tracks = noTracks;
}

const flowTracks = (fold: Fold, flow: string): Tracks => tracksOf(fold.context.slotsOf(flow), fold.rulebook, flow);

// Facts or rulebook change. Finished clocks keep what they were judged by.
function learn(fold: Fold, signal: ClockSignal): void {
  const before = fold.facts;
  if (signal.facts !== undefined) fold.facts = { ...(before as OrderFacts), ...signal.facts };
  if (signal.rulebookVersion !== undefined) fold.rulebook = fold.context.rulebookOf(signal.rulebookVersion);
  const { facts, episode } = fold;
  if (episode === null || before === null || facts === null) return;
  if (facts.flow !== before.flow) {
    reclassify(fold, episode, facts.flow, signal);
    return;
  }
  if (signal.rulebookVersion !== undefined) renewTracks(fold, episode, facts.flow, signal);
  for (const track of fold.tracks.all)
    if (track.slot.limit === "rule") for (const stretch of track.open) reselect(fold, episode, track, stretch, signal);
}

// The new flow's slots are folded over the whole episode from its opening, so that another label never gives fresh time.
function reclassify(fold: Fold, episode: Episode, flow: string, signal: ClockSignal): void {
  for (const track of fold.tracks.all) endTrack(track, signal.seq, fold.atMs, "superseded");
  fold.tracks = flowTracks(fold, flow);
  const drafts: Draft[] = [];
  for (const past of episode.signals) {
    stopStretches(fold.tracks, past.signal, past.atMs);
    if (past.signal === signal) continue;
    if (past.signal.extend !== undefined) for (const track of fold.tracks.all) extendTrack(track, past.signal.extend, past.atMs);
    start(fold, episode, past.signal, past.atMs, drafts);
  }
  // What was judged before keeps its figure; the same stretch is not judged twice.
  const judged = fold.drafts.filter(
    (draft) => draft.episode === episode.number && draft.stoppedAtMs !== null && draft.ending !== "superseded",
  );
  const isJudged = (draft: Draft) =>
    draft.stoppedAtMs !== null &&
    judged.some(
      (known) =>
        known.slot.key === draft.slot.key &&
        known.authority === draft.authority &&
        known.round === draft.round &&
        known.subject === draft.subject,
    );
  fold.drafts.push(...drafts.filter((draft) => !isJudged(draft)));
}

// A new rulebook may name events of its own for a slot: where its stretches stand follows from the episode so far. The clocks of
// events that no rule names any more end with them.
function renewTracks(fold: Fold, episode: Episode, flow: string, signal: ClockSignal): void {
  const known = fold.tracks.all;
  const renewed = flowTracks(fold, flow);
  const same = renewed.all.map((track) => known.find((one) => isSameTrack(one, track)));
  // Most rulebooks name the same events as the one before: then every track stands already where it must.
  if (same.includes(undefined)) replay(renewed, episode, signal);
  const all = renewed.all.map((track, index) => same[index] ?? track);
  for (const track of known) if (!all.includes(track)) endTrack(track, signal.seq, fold.atMs, "superseded");
  fold.tracks = { ...renewed, all };
}

// Brings fresh tracks to where the episode stands before the signal starts anything.
function replay(tracks: Tracks, episode: Episode, signal: ClockSignal): void {
  for (const past of episode.signals) {
    stopStretches(tracks, past.signal, past.atMs);
    if (past.signal === signal) continue;
    for (const position of startedBy(tracks, past.signal)) openStretch(tracks.all[position] as Track, past.signal, past.atMs);
  }
}

function start(fold: Fold, episode: Episode, signal: ClockSignal, atMs: number, into: Draft[]): void {
  for (const position of startedBy(fold.tracks, signal)) {
    const track = fold.tracks.all[position] as Track;
    const stretch = openStretch(track, signal, atMs);
    if (stretch === null) continue;
    if (track.slot.limit === "given")
      // A given slot without a due instant (a log that names none) still runs: its pauses are told, nobody is late.
      into.push(draftOf(fold, episode, track, stretch, null, signal.dueAtMs ?? Number.POSITIVE_INFINITY));
    else for (const selected of rulesOf(fold, track, stretch)) into.push(draftOf(fold, episode, track, stretch, selected, null));
  }
}

function rulesOf(fold: Fold, track: Track, stretch: Stretch): readonly CompiledRule[] {
  const { rulebook, facts } = fold;
  if (rulebook === null || facts === null) return [];
  return selectRules(rulebook, facts, track.slot.key, stretch.startedAtMs).filter(({ rule }) => runsBy(rule, track));
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
    ending: "judged",
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
  const running = stretch.drafts.filter((draft) => draft.stoppedAtMs === null);
  for (const draft of running) {
    const rule = selected.find((one) => one.rule.authority === draft.authority);
    if (rule === undefined) endDraft(draft, signal.seq, fold.atMs, "superseded");
    else obey(fold, draft, rule);
  }
  for (const rule of selected)
    if (!running.some((draft) => draft.authority === rule.rule.authority))
      fold.drafts.push(draftOf(fold, episode, track, stretch, rule, null));
}
