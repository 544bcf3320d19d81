import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { flows } from "../../flows.ts";
import { accepted, answered, archived, dispatched, replied, taken } from "../testing/stories.ts";
import { people, type Play, units } from "../testing/world.ts";
import { isKeptOut, kindOfStep, type Task, taskKinds, tasksOf } from "./task.ts";

const { agent, handler, otherHandler, verifier, manager } = people;
const tasks = (order: Play) => tasksOf(flows.get(order.state.flow), order.state, order.clocks, order.events);
const [kinds, first] = [(order: Play) => tasks(order).map(({ kind }) => kind), (order: Play) => tasks(order)[0] as Task];
const asking = () => accepted().act(handler, "consult", { unitIds: [units.crew, units.otherStation], question: "请核实线路" });
const untilMs = (order: Play) => (order.events.at(-1)?.atMs ?? 0) + 3 * 3_600_000;
const requesting = () => {
  const order = accepted();
  const until = new Date(untilMs(order)).toISOString();
  return order.act(handler, "request-suspension", { reason: "CUSTOMER_WORKS", until, note: "客户改造" });
};

describe("what waits for whom on an order", () => {
  const cases: readonly (readonly [kind: string, order: () => Play, unit: number])[] = [
    ["dispatch", taken, units.centre],
    ["accept", dispatched, units.station],
    ["handle", accepted, units.station],
    ["review", replied, units.centre],
    ["callback", answered, units.centre],
  ];
  for (const [kind, order, unitId] of cases)
    test(`${kind}: owed by the unit that is responsible`, () => {
      assert.deepEqual([first(order()).kind, first(order()).unitId, tasks(order()).length], [kind, unitId, 1]);
    });

  test("a closed order asks nothing of anybody", () => {
    assert.deepEqual(tasks(archived()), []);
  });

  test("whoever accepted it has it, and who took it in is remembered", () => {
    assert.deepEqual([first(accepted()).holderId, first(accepted()).takenBy], [handler.id, agent.id]);
  });

  test("its step is due with the tightest clock of those who work on it", () => {
    assert.equal(first(accepted()).slot, "arrival");
    const { dueAtMs } = first(accepted());
    assert.equal(dueAtMs, accepted().clocks.find(({ slot }) => slot === "arrival")?.dueAtMs);
  });

  test("each assisting unit owes its answer by a clock of its own, until it has answered", () => {
    const order = asking();
    assert.deepEqual(
      tasks(order).map(({ kind, unitId, slot, askedBy }) => [kind, unitId, slot, askedBy]),
      [
        ["handle", units.station, "arrival", null],
        ["consult", units.crew, "consultation", handler.id],
        ["consult", units.otherStation, "consultation", handler.id],
      ],
    );
    const answer = order.act(otherHandler, "answer-consultation", { answer: "线路正常" });
    assert.deepEqual(
      tasks(answer).map(({ unitId }) => unitId),
      [units.station, units.crew],
    );
  });

  test("a request waits for somebody other than who asked, with the clock of the approval", () => {
    const decide = tasks(requesting())[1] as Task;
    assert.deepEqual(
      [decide.kind, decide.unitId, decide.slot, decide.askedBy, decide.keptOut],
      ["decide", units.station, "approval", handler.id, [handler.id]],
    );
  });

  test("while it is suspended nobody owes anything but the decisions", () => {
    const order = requesting();
    const seq = order.state.requests[0]?.seq;
    const suspended = order.act(manager, "decide", { requestSeq: seq, approved: true });
    assert.deepEqual(kinds(suspended), ["suspended"]);
    assert.equal(first(suspended).slot, "suspension");
  });

  test("who handled it neither reviews nor verifies it", () => {
    assert.deepEqual(first(replied()).keptOut, [handler.id]);
    assert.deepEqual(
      [isKeptOut(first(answered()), { kind: "staff", id: handler.id }), first(answered()).keptOut],
      [true, [handler.id]],
    );
    assert.equal(isKeptOut(first(answered()), { kind: "api-key", id: handler.id }), false);
  });

  test("a callback remembers when the customer was not reached", () => {
    const order = answered();
    const tried = order.act(verifier, "callback", { result: "NOT_REACHED" });
    assert.equal(first(tried).triedAtMs, tried.events.at(-1)?.atMs);
  });

  test("a visit asked for at intake stands until somebody went there", () => {
    assert.equal(first(accepted("service-request")).visitAtMs, null);
  });
});

describe("every step of every flow", () => {
  for (const flow of flows.all)
    test(`${flow.id}: is owed by the roles that its kind of task names`, () => {
      for (const [step, { by }] of Object.entries(flow.steps)) {
        if (flow.closedElsewhere) continue;
        const kind = kindOfStep(flow, step);
        if (kind === "merged") continue;
        assert.deepEqual([...taskKinds[kind].by].sort(), [...by].sort(), `${step} is ${kind}`);
      }
    });
});
