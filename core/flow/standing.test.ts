// What a flow may say beyond its steps: that it stands still by itself, keeps its place, remembers marks, is owed things.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { z } from "zod";
import { isRefusal } from "../refusal.ts";
import { by, defineFlow, go } from "./define-flow.ts";
import { decide } from "./engine.ts";
import type { OrderEvent } from "./event.ts";
import { openOrder } from "./intake.ts";
import { eventOf } from "./outcome.ts";
import { signalsOf } from "./signals.ts";
import { foldOrder } from "./state.ts";
import { contextFor, intakeForm, number, type Person, people, units } from "./testing/world.ts";

const Nothing = z.strictObject({});
const Owing = z.strictObject({ missing: z.array(z.enum(["A", "B"])).default([]) });
const handler = { by: ["HANDLER"] } as const;
const flow = defineFlow({
  id: "waiting",
  title: { zh: "等待", en: "Waiting" },
  details: Owing,
  steps: {
    working: by("HANDLER", { zh: "办理", en: "Working" }),
    waiting: { ...by("HANDLER", { zh: "等客户", en: "Waiting" }), stands: "CUSTOMER_WORKS" },
    closing: by("HANDLER", { zh: "收尾", en: "Closing" }),
  },
  handling: "working",
  keepsPlace: true,
  rework: "closing",
  actions: {
    wait: go("working", "waiting", Nothing, { title: { zh: "等待", en: "Wait" }, ...handler }),
    "go-back": {
      ...go("waiting", "closing", Nothing, { title: { zh: "继续", en: "Go on" }, ...handler }),
      decide: ({ value }) => [
        eventOf("go-back", Nothing, value, { step: "closing" }, { marks: { asked: true }, supplied: ["A"] }),
      ],
    },
  },
  replyFrom: ["closing"],
  clocks: {
    once: { title: { zh: "一次", en: "Once" }, from: "intake", until: "go-back" },
    standing: { title: { zh: "等待", en: "Standing" }, from: "stand-still", until: "go-on", unpausable: true },
    owed: { title: { zh: "欠件", en: "Owed" }, from: "missing", until: "supplied", perSubject: true },
  },
});
const registry = { get: () => flow, all: [flow] };
const start = Date.parse("2026-03-20T02:00:00Z");

function run(details: object, ...steps: readonly (readonly [Person, string, object])[]): readonly OrderEvent[] {
  const world = { ...contextFor(people.agent, start), deskUnitId: units.centre, rulebookVersion: 1 };
  const opened = openOrder(flow, { form: intakeForm, details }, world);
  assert.ok(!isRefusal(opened));
  let events: OrderEvent[] = number([opened.event], 0, start, people.agent);
  for (const [person, action, form] of steps) {
    const nowMs = (events.at(-1) as OrderEvent).atMs + 60_000;
    const decided = decide(flow, foldOrder(events), action, form, { ...contextFor(person, nowMs), flows: registry });
    assert.ok(!isRefusal(decided), action);
    events = [...events, ...number(decided, events.length, nowMs, person)];
  }
  return events;
}
const accepted = [
  [people.dispatcher, "dispatch", { unitId: units.station }],
  [people.handler, "accept", {}],
] as const;
const signalTypes = (events: readonly OrderEvent[]) => signalsOf(events).map(({ type, subject }) => `${type}${subject ?? ""}`);

describe("a step that stands still by itself", () => {
  test("is said by the event that enters it and by the one that leaves it, in the event itself", () => {
    const events = run({}, ...accepted, [people.handler, "wait", {}], [people.handler, "go-back", {}]);
    assert.deepEqual(
      events.slice(3).map(({ type, data }) => [type, data["stands"] ?? null, data["goesOn"] ?? null]),
      [
        ["wait", "CUSTOMER_WORKS", null],
        ["go-back", null, true],
      ],
    );
    const signals = signalsOf(events);
    assert.deepEqual(signals.find(({ type }) => type === "wait")?.pause, { reason: "CUSTOMER_WORKS", byFlow: true });
    assert.equal(signals.find(({ type }) => type === "go-back")?.goesOn, true);
    assert.deepEqual(signalTypes(events).slice(3), ["wait", "stand-still", "go-back", "go-on", "suppliedA"]);
  });

  test("is not suspended as well", () => {
    const state = foldOrder(run({}, ...accepted, [people.handler, "wait", {}]));
    const asked = { reason: "MATERIAL", until: "2026-03-25T02:00:00Z", note: "等待" };
    const decided = decide(flow, state, "request-suspension", asked, contextFor(people.handler, start + 600_000));
    assert.equal(isRefusal(decided) && decided.refused, "work-order.wrong-step");
  });

  test("stands no more once somebody else is looked for, and again when he has accepted", () => {
    const events = run(
      {},
      ...accepted,
      [people.handler, "wait", {}],
      [people.manager, "transfer", { unitId: units.otherStation, reason: "调整" }],
      [people.otherHandler, "accept", {}],
    );
    assert.deepEqual(
      events.slice(4).map(({ type, step, data }) => [type, step, data["stands"] ?? data["goesOn"]]),
      [
        ["transfer", "accepting", true],
        ["accept", "waiting", "CUSTOMER_WORKS"],
      ],
    );
  });
});

describe("what a flow remembers", () => {
  test("what the customer owes from intake on, each under a clock, until it is supplied", () => {
    const events = run({ missing: ["A", "B"] }, ...accepted, [people.handler, "wait", {}]);
    assert.deepEqual(signalTypes(events).slice(0, 3), ["intake", "missingA", "missingB"]);
    assert.deepEqual(foldOrder(events).missing, ["A", "B"]);
    const supplied = run({ missing: ["A", "B"] }, ...accepted, [people.handler, "wait", {}], [people.handler, "go-back", {}]);
    assert.deepEqual(foldOrder(supplied).missing, ["B"]);
  });

  test("marks its events made, through everything that comes later", () => {
    const events = run(
      {},
      ...accepted,
      [people.handler, "wait", {}],
      [people.handler, "go-back", {}],
      [people.handler, "note", { note: "x" }],
    );
    assert.deepEqual(foldOrder(events).marks, { asked: true });
  });

  test("the place where the work stood, not the steps around it", () => {
    const state = foldOrder(
      run({}, ...accepted, [people.handler, "wait", {}], [people.manager, "transfer", { unitId: 5, reason: "调整" }]),
    );
    assert.deepEqual([state.step, state.place], ["accepting", "waiting"]);
  });
});
