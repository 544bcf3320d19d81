import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { OrderEvent } from "./event.ts";
import { signalsOf } from "./signals.ts";
import { accepted, archived, dispatched, taken } from "./testing/stories.ts";
import { people, units } from "./testing/world.ts";

const { agent, dispatcher, handler, manager } = people;
const last = (events: readonly OrderEvent[]) => signalsOf(events).at(-1);
const pick = (signal: object | undefined, ...keys: string[]) => keys.map((key) => (signal as Record<string, unknown>)[key]);
const until = "2026-03-25T02:00:00Z";

describe("an order's events as its clocks see them", () => {
  test("an intake opens an episode with its facts and its rulebook", () => {
    const [signal] = signalsOf(taken().events);
    assert.deepEqual(pick(signal, "type", "opensEpisode", "rulebookVersion"), ["intake", true, 1]);
    assert.equal(signal?.facts?.flow, "fault-repair");
  });

  test("a reopening opens the next, closing events close one", () => {
    const order = archived();
    assert.equal(last(order.events)?.closesEpisode, true);
    assert.equal(last(order.act(agent, "reopen", { reason: "INSPECTION", note: "x" }).events)?.opensEpisode, true);
    assert.equal(last(dispatched().act(agent, "withdraw", { confirmed: true, reason: "x" }).events)?.closesEpisode, true);
  });

  test("a suspension pauses for its reason until its approved end, and its own clock is due then", () => {
    const asked = accepted().act(handler, "request-suspension", { reason: "CUSTOMER_WORKS", until, note: "x" });
    const order = asked.act(manager, "decide", { requestSeq: 4, approved: true });
    const signal = last(order.events);
    assert.deepEqual(signal?.pause, { reason: "CUSTOMER_WORKS", untilMs: Date.parse(until) });
    assert.equal(signal?.dueAtMs, Date.parse(until));
    assert.equal(last(order.act(manager, "resume").events)?.resume, true);
  });

  test("a request starts the clock of its own approval, which its decision stops", () => {
    const asked = accepted().act(handler, "request-extension", { dueAt: until, reason: "x" });
    assert.equal(last(asked.events)?.subject, "4");
    const signals = signalsOf(asked.act(manager, "decide", { requestSeq: 4, approved: true }).events);
    assert.equal(signals.at(-2)?.subject, "4");
    assert.deepEqual(signals.at(-1)?.extend, { dueAtMs: Date.parse(until) });
    assert.equal(signals.at(-1)?.dueAtMs, undefined, "an extension is no given limit");
  });

  test("units asked together have a clock each, stopped by their own answer", () => {
    const order = accepted().act(handler, "consult", { unitIds: [units.otherStation, units.crew], question: "x" });
    assert.deepEqual(
      signalsOf(order.events)
        .slice(-2)
        .map(({ subject }) => subject),
      ["4:5", "4:6"],
    );
    const answered = order.act(people.otherHandler, "answer-consultation", { answer: "x" });
    assert.equal(last(answered.events)?.subject, "4:5");
  });

  test("a grade and another category change the facts", () => {
    const graded = taken("complaint");
    assert.deepEqual(last(graded.events)?.facts, { grade: "GENERAL" });
    const asked = graded.act(dispatcher, "request-reclassification", { flow: "opinion", reason: "x" });
    const order = asked.act(manager, "decide", { requestSeq: 3, approved: true });
    assert.deepEqual(last(order.events)?.facts, { flow: "opinion", subtype: null, grade: null });
  });

  test("notes and files mean nothing to a clock", () => {
    const signal = last(taken().act(agent, "note", { note: "x" }).events);
    assert.deepEqual(Object.keys(signal ?? {}).sort(), ["atMs", "seq", "type"]);
  });
});
