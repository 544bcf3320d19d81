import assert from "node:assert/strict";
import { describe, test } from "node:test";
import * as fc from "fast-check";
import { flows } from "../flows.ts";
import type { Flow } from "./definition.ts";
import type { Actor, OrderEvent } from "./event.ts";
import { plainEvent } from "./outcome.ts";
import { isHandling } from "./reducers.ts";
import { applyEvent, foldOrder, hasHandled, isOpen, type OrderState } from "./state.ts";
import { accepted, answered, archived, taken } from "./testing/stories.ts";
import { people } from "./testing/world.ts";
import { flowArbitrary, movesArbitrary, walk } from "./testing/walk.ts";

const staff = (id: number): Actor => ({ kind: "staff", id });
const key = (id: number): Actor => ({ kind: "api-key", id });
const event = (type: string, data: OrderEvent["data"] = {}, more: Partial<OrderEvent> = {}): OrderEvent => ({
  ...plainEvent(type, data),
  seq: 99,
  atMs: 1000,
  actor: staff(5),
  actingUnitId: 4,
  ...more,
});
const after = (state: OrderState, ...events: readonly OrderEvent[]) => events.reduce<OrderState>(applyEvent, state);

describe("an order's state is the fold of its events", () => {
  test("it begins with an intake and with nothing else", () => {
    assert.throws(() => foldOrder([]), /at least the event of its intake/);
    const { state } = taken();
    assert.deepEqual([state.status, state.episode, state.version, state.handlers], ["OPEN", 1, 1, []]);
  });

  test("an event of a later edition that this one does not know changes nothing but the version and the place it names", () => {
    const { state } = taken();
    const next = after(
      state,
      event("inspected-by-drone", { result: "FINE" }, { actor: { kind: "system", id: 0 }, step: "callback" }),
    );
    assert.deepEqual(next, { ...state, version: 99, step: "callback" });
  });

  test("step, unit and holder are the event's own: no flow is asked", () => {
    const next = after(taken().state, event("note", {}, { step: "x", unitId: 42, holderId: 7 }));
    assert.deepEqual([next.step, next.unitId, next.holderId], ["x", 42, 7]);
    assert.deepEqual(after(next, event("note", {}, { step: null, holderId: null })).holderId, null);
    assert.ok(next.unitIds.includes(42));
  });

  test("folding from the middle gives the same as from the start", () => {
    fc.assert(
      fc.property(flowArbitrary, movesArbitrary, fc.nat(100), (flowId, moves, cut) => {
        const events = walk(flowId, moves);
        const at = 1 + (cut % events.length);
        assert.deepEqual(after(foldOrder(events.slice(0, at)), ...events.slice(at)), foldOrder(events));
      }),
      { numRuns: 60 },
    );
  });

  test("a closed order has no step, nothing waits in it, and only a reopening opens it", () => {
    const { state } = archived();
    assert.deepEqual([isOpen(state), state.step, state.requests, state.suspension], [false, null, [], null]);
    const { state: again } = archived().act(people.agent, "reopen", { reason: "INSPECTION", note: "抽查" });
    assert.deepEqual([isOpen(again), again.closedAtMs, again.replySeq, again.callbacks, again.urges], [true, null, null, [], []]);
    assert.deepEqual(again.openedAtMs, state.openedAtMs);
  });
});

describe("who worked on a matter", () => {
  test("is whoever did anything to it but administer, verify or record it", () => {
    const work = [
      "accept",
      "arrive",
      "restore",
      "finish-work",
      "contact",
      "contact-attempt",
      "reply",
      "answer-on-call",
      "answer-consultation",
    ];
    const emittedBy = (chosen: readonly Flow[]) =>
      new Set(chosen.flatMap((flow) => Object.values(flow.actions).flatMap((action) => action.outcomes.map(({ type }) => type))));
    const usual = emittedBy(flows.all.filter(({ id }) => !id.startsWith("connection-")));
    for (const type of usual) assert.equal(isHandling(event(type)), work.includes(type), type);
    for (const type of emittedBy(flows.all)) assert.ok(usual.has(type) || isHandling(event(type)), type);
  });

  test("includes who did something that a flow of tomorrow calls by a name unknown today", () => {
    assert.ok(hasHandled(after(taken().state, event("energise")), staff(5)));
  });

  test("tells a person from a key of the same number, and leaves the system out", () => {
    const next = after(
      taken().state,
      event("accept", {}, { actor: key(5) }),
      event("reply", {}, { actor: { kind: "system", id: 0 } }),
    );
    assert.deepEqual(next.handlers, [key(5)]);
    assert.ok(!hasHandled(next, staff(5)));
  });

  test("is named once, and over all episodes", () => {
    const twice = after(accepted().state, event("reply", {}, { actor: staff(13) }), event("reopen"));
    assert.deepEqual(twice.handlers, [staff(13)]);
  });
});

describe("a master's event on an order merged under it", () => {
  const mirror = (type: string) => after(taken().state, event(type, { viaMasterId: "1012026032000000009", masterSeq: 3 }));
  test("brings the reply and the review, not the returns and rulings", () => {
    assert.equal(mirror("reply").replySeq, 99);
    assert.equal(mirror("review-passed").reviewLevel, 1);
    assert.deepEqual(mirror("return").returns, {});
    assert.equal(mirror("arbitrate").ruling, null);
    assert.equal(mirror("release").masterId, null);
  });
});

test("an answered order counts its reviews; a rejection starts them anew", () => {
  const { state } = answered("complaint");
  assert.deepEqual([state.reviewLevel, state.reviewers.length], [2, 2]);
  const rejected = after(state, event("review-rejected"));
  assert.deepEqual([rejected.reviewLevel, rejected.reviewers, rejected.replySeq], [0, [], null]);
});
