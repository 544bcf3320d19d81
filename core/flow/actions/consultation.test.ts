import assert from "node:assert/strict";
import { describe, test } from "node:test";
import {
  accepted,
  answered,
  dispatched,
  reached,
  type RefusalCase,
  refusals,
  replied,
  remoteReply,
  taken,
} from "../testing/stories.ts";
import { people, type Play, units } from "../testing/world.ts";

const { agent, dispatcher, handler, otherHandler, verifier, manager } = people;
const { station, otherStation, crew, centre } = units;
const ask = (...unitIds: number[]) => ({ unitIds, question: "请核实线路" });
const told = { answer: "线路正常" };
const crewMember = { id: 31, home: crew, roles: { HANDLER: crew } };
const asking = () => accepted().act(handler, "consult", ask(crew, otherStation));

const cases: readonly RefusalCase[] = [
  ["nobody is asked before somebody has it", taken, dispatcher, "consult", ask(otherStation), "wrong-step"],
  ["nor once it was replied to", replied, dispatcher, "consult", ask(otherStation), "wrong-step"],
  ["the desk's agent asks nobody", accepted, agent, "consult", ask(otherStation), "not-yours"],
  ["eight units at most", accepted, handler, "consult", ask(1, 2, 3, 4, 5, 6, 7, 8, 9), "form-invalid"],
  ["a question is asked", accepted, handler, "consult", { unitIds: [otherStation], question: "" }, "form-invalid"],
  ["of several units one that is gone refuses all", accepted, handler, "consult", ask(otherStation, 99), "unit-unknown"],
  ["of several units one that was asked refuses all", asking, handler, "consult", ask(centre, crew), "consultation-open"],
  ["an answer says something", asking, otherHandler, "answer-consultation", { answer: " " }, "form-invalid"],
  [
    "a reply waits for the last of them",
    () => asking().act(otherHandler, "answer-consultation", told),
    handler,
    "reply",
    remoteReply,
    "consultation-open",
  ],
];

describe("several units on one order", () => {
  refusals(cases);

  test("each answers for itself, whoever was asked first, and its own clock stops", () => {
    const one = asking().act(otherHandler, "answer-consultation", told);
    assert.deepEqual(
      one.state.consultations.map(({ unitId, answered: done }) => [unitId, done]),
      [
        [crew, false],
        [otherStation, true],
      ],
    );
    const status = (order: Play) => order.clocks.filter(({ slot }) => slot === "consultation").map((clock) => clock.status);
    assert.deepEqual(status(one), ["running", "met"]);
    const both = one.act(crewMember, "answer-consultation", told);
    assert.deepEqual(status(both), ["met", "met"]);
    assert.equal(both.act(handler, "reply", remoteReply).state.step, "reviewing");
  });

  test("a unit named twice is asked once", () => {
    const order = accepted().act(handler, "consult", ask(otherStation, otherStation));
    assert.deepEqual(order.events.at(-1)?.data["unitIds"], [otherStation]);
  });

  test("whoever has it asks: the crew, the desk's dispatcher, the manager", () => {
    for (const person of [handler, dispatcher, manager])
      assert.equal(accepted().act(person, "consult", ask(otherStation)).state.unitId, station);
    assert.equal(dispatched().act(handler, "consult", ask(otherStation)).state.step, "accepting");
  });

  test("an assisting unit answers while the order is suspended, and after it went elsewhere", () => {
    const suspension = { reason: "MATERIAL", until: "2026-03-25T02:00:00Z", note: "待料" };
    const asked = asking().act(handler, "request-suspension", suspension);
    const suspended = asked.act(manager, "decide", { requestSeq: asked.state.version, approved: true });
    assert.equal(suspended.act(otherHandler, "answer-consultation", told).state.consultations[1]?.answered, true);
    const elsewhere = asking().act(manager, "transfer", { unitId: centre, reason: "x" });
    assert.equal(elsewhere.act(otherHandler, "answer-consultation", told).state.consultations[1]?.answered, true);
  });

  test("a question that nobody answered goes with its episode", () => {
    const order = answered().act(verifier, "callback", reached("DISSATISFIED"));
    const again = order
      .act(dispatcher, "dispatch", { unitId: station })
      .act(handler, "accept")
      .act(handler, "consult", ask(crew));
    const reopened = again.act(agent, "withdraw", { confirmed: true, reason: "x" });
    assert.ok(reopened.clocks.every(({ stoppedAtMs }) => stoppedAtMs !== null));
    assert.deepEqual(order.state.consultations, []);
  });
});
