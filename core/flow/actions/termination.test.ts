import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { accepted, answered, dispatched, type RefusalCase, refusals, replied, taken } from "../testing/stories.ts";
import { integration, people, type Person, type Play } from "../testing/world.ts";
import { terminationReasons } from "./termination.ts";

const { agent, dispatcher, handler, otherHandler, reviewer, verifier, manager } = people;
const form = { reason: "IN_COURT", note: "已进入诉讼" };
const decideOn = (order: Play) => ({ requestSeq: order.state.requests[0]?.seq, approved: true });
const asked = (order: () => Play, by: Person) => order().act(by, "request-termination", form);

const cases: readonly RefusalCase[] = [
  ["a reason of the catalogue", accepted, handler, "request-termination", { ...form, reason: "TOO_MUCH_WORK" }, "form-invalid"],
  ["an explanation", accepted, handler, "request-termination", { reason: "INVALID" }, "form-invalid"],
  ["a verifier ends nothing", answered, verifier, "request-termination", form, "not-yours"],
  ["a neighbour neither", accepted, otherHandler, "request-termination", form, "not-yours"],
  ["one request at a time", () => asked(accepted, handler), dispatcher, "request-termination", form, "request-pending"],
];

describe("terminating", () => {
  refusals(cases);

  const steps: readonly [string, () => Play, Person][] = [
    ["taken in", taken, agent],
    ["dispatched", dispatched, handler],
    ["handled", accepted, handler],
    ["under review", replied, reviewer],
    ["before the callback", answered, agent],
  ];
  for (const [when, order, person] of steps)
    test(`is possible while it is ${when}, by somebody else's word, and stops every clock`, () => {
      const request = asked(order, person);
      assert.equal(request.state.status, "OPEN", "asking changes nothing");
      const { state, clocks, events } = request.act(manager, "decide", decideOn(request));
      assert.deepEqual([state.status, state.step, state.requests], ["TERMINATED", null, []]);
      assert.ok(clocks.every((clock) => clock.stoppedAtMs !== null));
      assert.deepEqual(events.at(-1)?.data, { reason: "IN_COURT" });
    });

  test("every reason of the catalogue is one to end with", () => {
    for (const reason of Object.keys(terminationReasons))
      assert.equal(accepted().act(handler, "request-termination", { ...form, reason }).state.requests[0]?.data["reason"], reason);
  });

  test("what is terminated is not reopened, acted on or asked again", () => {
    const request = asked(accepted, handler);
    const order = request.act(manager, "decide", decideOn(request));
    assert.equal(order.refused(agent, "reopen", { reason: "CUSTOMER_AGAIN", note: "x" }), "work-order.not-archived");
    assert.equal(order.refused(agent, "note", { note: "x" }), "work-order.closed");
    assert.equal(order.refused(agent, "request-termination", form), "work-order.closed");
  });

  test("a key that worked on it does not end it, a person of its number may", () => {
    const order = dispatched().act(integration, "accept").act(agent, "request-termination", form);
    assert.equal(order.refused(integration, "decide", decideOn(order)), "work-order.verifier-is-handler");
    const sameNumber = { id: integration.id, home: 2, roles: { MANAGER: 2 } };
    assert.equal(order.act(sameNumber, "decide", decideOn(order)).state.status, "TERMINATED");
  });

  test("who asked for the one may decide the other", () => {
    const order = accepted()
      .act(manager, "request-termination", form)
      .act(handler, "request-extension", { dueAt: "2026-03-25T02:00:00Z", reason: "x" });
    const [termination, extension] = order.state.requests;
    assert.equal(
      order.refused(manager, "decide", { requestSeq: termination?.seq, approved: true }),
      "work-order.decide-own-request",
    );
    const extended = order.act(manager, "decide", { requestSeq: extension?.seq, approved: true });
    assert.equal(extended.refused(manager, "decide", decideOn(extended)), "work-order.decide-own-request");
  });
});
