import assert from "node:assert/strict";
import { describe, test } from "node:test";
import {
  accepted,
  answered,
  archived,
  dispatched,
  reached,
  type RefusalCase,
  refusals,
  replied,
  taken,
} from "../testing/stories.ts";
import { integration, people, type Play } from "../testing/world.ts";

const { agent, dispatcher, handler, otherHandler, reviewer, verifier, manager } = people;
const pushed = { by: "CUSTOMER", note: "怎么还没来" };
const told = { answer: "十分钟到" };
const urged = (order: () => Play) => () => order().act(agent, "urge", pushed);

const cases: readonly RefusalCase[] = [
  ["somebody urges", taken, agent, "urge", {}, "form-invalid"],
  ["a customer or the centre", taken, agent, "urge", { by: "NEIGHBOUR" }, "form-invalid"],
  ["the crew does not urge itself", accepted, handler, "urge", pushed, "not-yours"],
  ["a reviewer does not urge", replied, reviewer, "urge", pushed, "not-yours"],
  ["what is closed is not urged", archived, agent, "urge", pushed, "closed"],
  ["an answer says something", urged(accepted), handler, "answer-urge", { answer: " " }, "form-invalid"],
  ["a unit that does not have it does not answer", urged(accepted), otherHandler, "answer-urge", told, "not-yours"],
  ["nor the agent who passed it on", urged(dispatched), agent, "answer-urge", told, "not-yours"],
  [
    "nothing is answered twice",
    () => urged(accepted)().act(handler, "answer-urge", told),
    handler,
    "answer-urge",
    told,
    "nothing-urged",
  ],
];

describe("urging", () => {
  refusals(cases);

  const steps: readonly [string, () => Play][] = [
    ["before it is dispatched", taken],
    ["before it is accepted", dispatched],
    ["while it is handled", accepted],
    ["while its reply is reviewed", replied],
    ["before the callback", answered],
  ];
  for (const [when, order] of steps)
    test(`is possible ${when}, and moves nothing`, () => {
      const before = order();
      for (const person of [agent, dispatcher, verifier, manager]) {
        const { state } = before.act(person, "urge", { by: "CENTRE" });
        assert.deepEqual(
          [state.step, state.unitId, state.holderId],
          [before.state.step, before.state.unitId, before.state.holderId],
        );
        assert.deepEqual(state.urges, [{ seq: state.version, answered: false }]);
      }
    });

  const answering: readonly [string, () => Play, typeof handler | typeof dispatcher | typeof reviewer][] = [
    ["the desk while it has it", taken, dispatcher],
    ["the crew while it has it", accepted, handler],
    ["the reviewer while he has it", replied, reviewer],
  ];
  for (const [who, order, person] of answering)
    test(`is answered by ${who}`, () => {
      assert.deepEqual(
        urged(order)()
          .act(person, "answer-urge", told)
          .state.urges.map((one) => one.answered),
        [true],
      );
    });

  test("one answer speaks to all that wait, by an event each; later ones wait anew", () => {
    const order = urged(urged(accepted))().act(integration, "answer-urge", told);
    assert.deepEqual(
      order.events.slice(-2).map(({ type, data }) => [type, data["urgeSeq"]]),
      [
        ["answer-urge", 4],
        ["answer-urge", 5],
      ],
    );
    const again = order.act(agent, "urge", pushed);
    assert.deepEqual(
      again.state.urges.map((one) => one.answered),
      [true, true, false],
    );
    assert.deepEqual(
      again.clocks.filter(({ slot }) => slot === "urge").map(({ status }) => status),
      ["met", "met", "running"],
    );
  });

  test("does not outlive its episode", () => {
    const order = answered().act(agent, "urge", pushed).act(verifier, "callback", reached("DISSATISFIED"));
    assert.deepEqual([order.state.episode, order.state.urges], [2, []]);
    assert.ok(order.clocks.filter(({ slot }) => slot === "urge").every(({ stoppedAtMs }) => stoppedAtMs !== null));
  });
});
