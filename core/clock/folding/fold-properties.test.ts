import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { foldClocks } from "./fold.ts";
import { anyHistory, everyKindOfRule } from "../testing/histories.ts";
import { contextOf, rulebookOf } from "../testing/samples.ts";
import type { Clock, ClockSignal } from "../types.ts";

const context = contextOf(rulebookOf(everyKindOfRule));
const fold = (signals: readonly ClockSignal[]): readonly Clock[] => foldClocks(context, signals);
const isDone = ({ status }: Clock): boolean => status !== "running" && status !== "paused";
const runs = { numRuns: 300 };

test("what is appended to a history adds clocks and changes running ones only", () => {
  fc.assert(
    fc.property(anyHistory, fc.nat(), (signals, where) => {
      const before = fold(signals.slice(0, 1 + (where % signals.length)));
      const after = fold(signals);
      for (const [index, clock] of before.entries()) {
        const later = after[index] as Clock;
        assert.equal(later.number, clock.number);
        const identity = ({ episode, flow, slot, authority, round, subject, startedAtMs }: Clock) => [
          episode,
          flow,
          slot,
          authority,
          round,
          subject,
          startedAtMs,
        ];
        assert.deepEqual(identity(later), identity(clock));
        if (isDone(clock)) assert.deepEqual(later, clock);
      }
    }),
    runs,
  );
});

test("a clock that is done was judged by its due instant, and every clock is in one state", () => {
  fc.assert(
    fc.property(anyHistory, (signals) => {
      for (const clock of fold(signals)) {
        assert.equal(clock.stoppedAtMs !== null, isDone(clock));
        if (clock.status === "met" && clock.dueAtMs !== null) assert.ok((clock.stoppedAtMs ?? 0) <= clock.dueAtMs);
        if (clock.status === "lapsed") assert.ok((clock.stoppedAtMs ?? 0) <= (clock.dueAtMs ?? 0));
        if (clock.status === "missed") assert.ok((clock.stoppedAtMs ?? 0) > (clock.dueAtMs ?? Number.POSITIVE_INFINITY));
        if (clock.status === "paused") assert.equal(clock.dueAtMs, null);
        if (clock.rule !== null && clock.status !== "paused") assert.notEqual(clock.dueAtMs, null);
        assert.equal(clock.pausedUntilMs === null, clock.dueIfPausedUntilMs === null);
      }
    }),
    runs,
  );
});

test("of each slot, subject and authority at most one clock runs", () => {
  fc.assert(
    fc.property(anyHistory, (signals) => {
      const running = fold(signals).filter((clock) => !isDone(clock));
      const keys = running.map(({ slot, authority, subject }) => `${slot} ${authority} ${subject}`);
      assert.equal(new Set(keys).size, keys.length);
    }),
    runs,
  );
});

const dueDates = (clocks: readonly Clock[]) => clocks.map(({ pauses: _, ...rest }) => rest);

test("splitting a pause anywhere into two of the same length together changes no deadline", () => {
  let parted = 0;
  fc.assert(
    fc.property(anyHistory, fc.nat(), fc.nat(1000), (signals, where, thousandths) => {
      const pausing = signals.filter(({ pause }) => pause !== undefined);
      const chosen = pausing[where % pausing.length];
      if (chosen === undefined) return;
      // Somewhere between its beginning and what comes next, before its approved end: resumed and suspended again at once.
      const begins = Math.max(...signals.slice(0, signals.indexOf(chosen) + 1).map(({ atMs }) => atMs));
      const next = signals[signals.indexOf(chosen) + 1]?.atMs ?? begins + 3 * 86_400_000;
      const ends = Math.max(begins, Math.min(next, chosen.pause?.untilMs ?? Number.POSITIVE_INFINITY));
      const atMs = Math.round(begins + (thousandths * (ends - begins)) / 1000);
      if (atMs > begins && atMs < ends) parted++;
      const again: ClockSignal = { seq: chosen.seq, atMs, type: "note", resume: true, pause: chosen.pause as { reason: string } };
      const split = signals.flatMap((signal) => (signal === chosen ? [signal, again] : [signal]));
      // A suspension while another is open would be ended by the split: only the lonely ones are split.
      const openBefore = signals
        .slice(0, signals.indexOf(chosen))
        .reduce((open, { pause, resume, closesEpisode, opensEpisode }) => {
          if (closesEpisode || opensEpisode || resume) return 0;
          return pause === undefined ? open : open + 1;
        }, 0);
      if (openBefore === 0) assert.deepEqual(dueDates(fold(split)), dueDates(fold(signals)));
    }),
    { numRuns: 600 },
  );
  assert.ok(parted > 100, `only ${parted} were really parted`);
});

// What may stand in either order at one instant: a note and anything; a suspension and the start of a clock; a corrected fact and
// the start of a clock.
const kindOf = (signal: ClockSignal): "note" | "suspend" | "correct" | "start" | "other" => {
  if (signal.type === "note" || signal.type === "suspend" || signal.type === "correct") return signal.type;
  return signal.type === "consult" || signal.type === "request" ? "start" : "other";
};
const indifferent = (a: ClockSignal, b: ClockSignal): boolean => {
  const [one, two] = [kindOf(a), kindOf(b)];
  if (one === "note" || two === "note") return true;
  return [one, two].includes("start") && (one === "suspend" || two === "suspend" || one === "correct" || two === "correct");
};
const figures = (clocks: readonly Clock[]): string[] =>
  clocks
    .filter(({ status }) => status !== "superseded")
    .map(({ number: _, ...rest }) => JSON.stringify(rest))
    .toSorted();

test("the order of events at one instant matters only where it must", () => {
  fc.assert(
    fc.property(anyHistory, fc.nat(), (signals, where) => {
      const index = 1 + (where % Math.max(1, signals.length - 2));
      const [a, b] = [signals[index], signals[index + 1]];
      if (a === undefined || b === undefined || !indifferent(a, b)) return;
      const atOnce = signals.map((signal) =>
        signal === b
          ? { ...b, atMs: Math.max(a.atMs, b.atMs) }
          : signal === a
            ? { ...a, atMs: Math.max(a.atMs, b.atMs) }
            : signal,
      );
      const swapped = atOnce.with(index, atOnce[index + 1] as ClockSignal).with(index + 1, atOnce[index] as ClockSignal);
      assert.deepEqual(figures(fold(swapped)), figures(fold(atOnce)));
    }),
    { numRuns: 1500 },
  );
});

test("an order relabelled at any moment has the deadlines of one that bore the label from the start", () => {
  fc.assert(
    fc.property(anyHistory, (signals) => {
      const lasting = signals.filter(
        ({ facts, opensEpisode, closesEpisode }, index) => index === 0 || !(facts || opensEpisode || closesEpisode),
      );
      const last = lasting.at(-1) as ClockSignal;
      const relabelled = fold([...lasting, { seq: 99, atMs: last.atMs, type: "reclassify", facts: { flow: "complaint" } }]);
      const first = lasting[0] as ClockSignal;
      const always = fold([{ ...first, facts: { ...(first.facts as object), flow: "complaint" } }, ...lasting.slice(1)]);
      const running = (clocks: readonly Clock[]) =>
        clocks.filter((clock) => !isDone(clock)).map(({ number: _, ...rest }) => rest);
      assert.deepEqual(running(relabelled), running(always));
    }),
    runs,
  );
});

const dueOf = ({ dueAtMs, dueIfPausedUntilMs }: Clock): number => dueAtMs ?? dueIfPausedUntilMs ?? Number.POSITIVE_INFINITY;

test("an extension never brings a deadline nearer, nor does a second one, and it says what would be due without it", () => {
  fc.assert(
    fc.property(anyHistory, (signals) => {
      const plain = fold(signals.map(({ extend: _, ...signal }) => signal));
      const extended = fold(signals);
      assert.equal(extended.length, plain.length);
      for (const [index, clock] of extended.entries()) {
        const without = plain[index] as Clock;
        assert.ok(dueOf(clock) >= dueOf(without), JSON.stringify([clock, without]));
        if (clock.dueBeforeExtensionMs !== null) assert.ok(dueOf(clock) >= clock.dueBeforeExtensionMs);
        else if (dueOf(clock) !== Number.POSITIVE_INFINITY) assert.equal(dueOf(clock), dueOf(without));
      }
    }),
    runs,
  );
});

test("a rulebook that says the same changes nothing, however often an order is bound to it", () => {
  const same = { ...rulebookOf(everyKindOfRule), version: 2 };
  const either = contextOf(rulebookOf(everyKindOfRule), same);
  fc.assert(
    fc.property(anyHistory, fc.array(fc.nat(), { minLength: 1, maxLength: 5 }), (signals, where) => {
      const rebound = signals.flatMap((signal, index) =>
        where.some((at) => at % signals.length === index)
          ? [signal, { seq: signal.seq, atMs: signal.atMs, type: "rebind", rulebookVersion: 2 }]
          : [signal],
      );
      const said = (clocks: readonly Clock[]) => clocks.map(({ rule, ...rest }) => ({ ...rest, rule: rule?.key }));
      assert.deepEqual(said(foldClocks(either, rebound)), said(fold(signals)));
    }),
    runs,
  );
});

test("folding changes neither the signals nor the next fold", () => {
  fc.assert(
    fc.property(anyHistory, (signals) => {
      const copy = structuredClone(signals);
      const once = fold(signals);
      assert.deepEqual(signals, copy);
      assert.deepEqual(fold(signals), once);
    }),
    { numRuns: 50 },
  );
});
