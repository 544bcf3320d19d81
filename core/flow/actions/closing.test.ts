import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { flows } from "../../flows.ts";
import {
  accepted,
  answered,
  archived,
  dispatched,
  reached,
  type RefusalCase,
  refusals,
  replied,
  remoteReply,
  taken,
} from "../testing/stories.ts";
import { allowedActions } from "../engine.ts";
import { contextFor, integration, people, type Person, type Play, units } from "../testing/world.ts";
import { closingConditions } from "./closing.ts";

const { agent, dispatcher, handler, reviewer, verifier, manager, allRounder } = people;
const noon = Date.parse("2026-03-20T04:00:00Z"); // 12:00 in Shanghai
const night = Date.parse("2026-03-20T13:00:00Z"); // 21:00
const HOUR = 3_600_000;
const unreached = { result: "NOT_REACHED" };
const again = { reason: "CUSTOMER_AGAIN", note: "再次来电" };
const withdrawal = { confirmed: true, reason: "客户已自行处理" };
const calledOnce = () => answered().act(verifier, "callback", unreached, noon);
const calledInVain = () =>
  calledOnce()
    .act(verifier, "callback", unreached, noon + 2 * HOUR)
    .act(verifier, "callback", unreached, noon + 4 * HOUR);
const byAllRounder = () =>
  dispatched().act(allRounder, "accept").act(allRounder, "reply", remoteReply).act(reviewer, "review-reply", { approved: true });
const declined = () => answered().act(verifier, "callback", { result: "DECLINED" });

const cases: readonly RefusalCase[] = [
  ["an agent does not verify", answered, agent, "callback", reached("SATISFIED"), "not-yours"],
  ["nobody is called before the review", replied, verifier, "callback", reached("SATISFIED"), "wrong-step"],
  ["who handled it does not verify it", byAllRounder, allRounder, "callback", reached("SATISFIED"), "verifier-is-handler"],
  ["who was reached says how satisfied he is", answered, verifier, "callback", { result: "REACHED" }, "satisfaction-missing"],
  ["nobody is called at night", answered, verifier, "callback", unreached, "callback-at-night", night],
  ["nor before eight", answered, verifier, "callback", unreached, "callback-at-night", night + 11 * HOUR - 1],
  ["two hours lie between calls", calledOnce, verifier, "callback", unreached, "callback-too-soon", noon + 2 * HOUR - 1],
  ["what is not verified is not archived", answered, manager, "archive", {}, "wrong-step"],
  [
    "nor by who handled it",
    () => byAllRounder().act(verifier, "callback", { result: "DECLINED" }),
    allRounder,
    "archive",
    {},
    "verifier-is-handler",
  ],
  ["an order in flight is not reopened", answered, agent, "reopen", again, "not-archived"],
  ["a withdrawn order is not reopened", () => taken().act(agent, "withdraw", withdrawal), agent, "reopen", again, "not-archived"],
  ["a reopening is explained", archived, agent, "reopen", { reason: "INSPECTION" }, "form-invalid"],
  ["the handler does not reopen", archived, handler, "reopen", again, "not-yours"],
  ["a withdrawal is confirmed", taken, agent, "withdraw", { ...withdrawal, confirmed: false }, "form-invalid"],
  ["the crew does not withdraw it", accepted, handler, "withdraw", withdrawal, "not-yours"],
  [
    "nor who worked on it",
    () => dispatched().act(allRounder, "accept"),
    allRounder,
    "withdraw",
    withdrawal,
    "verifier-is-handler",
  ],
  ["what is archived is not archived again", archived, verifier, "archive", {}, "closed"],
];

describe("the way out", () => {
  refusals(cases);

  test("callbacks begin at eight and end at nine in the evening", () => {
    const call = (atMs: number) => answered().act(verifier, "callback", unreached, atMs).state.callbacks.length;
    assert.deepEqual([call(night - 1), call(night + 11 * HOUR)], [1, 1]);
  });

  test("satisfied or basically satisfied, the order is archived by that callback", () => {
    for (const satisfaction of ["SATISFIED", "BASICALLY"] as const) {
      const { state, events } = answered().act(verifier, "callback", reached(satisfaction));
      assert.deepEqual([state.status, state.step, state.holderId], ["ARCHIVED", null, null]);
      assert.deepEqual(
        events.slice(-2).map((event) => event.type),
        ["callback", "archive"],
      );
    }
  });

  test("a request that still waits keeps it from being archived, by the callback and by hand", () => {
    const waiting = answered().act(agent, "request-extension", { dueAt: "2026-03-25T02:00:00Z", reason: "x" });
    const called = waiting.act(verifier, "callback", reached("SATISFIED"));
    assert.deepEqual([called.state.status, called.state.step], ["OPEN", "archiving"]);
    assert.equal(called.refused(verifier, "archive"), "work-order.closing-condition");
    const decided = called.act(manager, "decide", { requestSeq: called.state.requests[0]?.seq, approved: false });
    assert.equal(decided.act(verifier, "archive").state.status, "ARCHIVED");
  });

  test("three calls in vain, or one that was declined, lead to archiving with that reason", () => {
    assert.deepEqual([calledInVain().state.step, calledInVain().state.callbackOutcome], ["archiving", "NOT_REACHED"]);
    assert.deepEqual([declined().state.step, declined().state.callbackOutcome], ["archiving", "DECLINED"]);
    assert.equal(declined().act(manager, "archive").state.status, "ARCHIVED");
  });

  test("the distance between calls is kept over a reopening too", () => {
    const order = calledInVain()
      .act(verifier, "archive")
      .act(agent, "reopen", again)
      .act(dispatcher, "dispatch", { unitId: units.station })
      .act(handler, "accept")
      .act(handler, "reply", remoteReply)
      .act(reviewer, "review-reply", { approved: true });
    assert.equal(order.refused(verifier, "callback", unreached, noon + 5 * HOUR), "work-order.callback-too-soon");
    const called = order.act(verifier, "callback", unreached, noon + 6 * HOUR);
    assert.deepEqual([called.state.step, called.state.callbacks.length], ["callback", 1], "the number of calls begins anew");
  });

  test("who handled an earlier episode does not verify a later one", () => {
    const second = byAllRounder()
      .act(verifier, "callback", reached("DISSATISFIED"))
      .act(dispatcher, "dispatch", { unitId: units.station })
      .act(handler, "accept")
      .act(handler, "reply", remoteReply)
      .act(reviewer, "review-reply", { approved: true });
    assert.equal(second.refused(allRounder, "callback", reached("SATISFIED")), "work-order.verifier-is-handler");
  });

  test("a key that handled an order does not verify it; the person of the same number may", () => {
    const order = dispatched()
      .act(integration, "accept")
      .act(integration, "reply", remoteReply)
      .act(reviewer, "review-reply", { approved: true });
    assert.equal(order.refused(integration, "callback", reached("SATISFIED")), "work-order.verifier-is-handler");
    const sameNumber = { id: integration.id, home: units.centre, roles: { VERIFIER: units.city } };
    assert.equal(order.act(sameNumber, "callback", reached("SATISFIED")).state.status, "ARCHIVED");
  });

  test("dissatisfied or reopened by hand, a new episode begins at the desk with clocks of its own", () => {
    const reopenings: readonly Play[] = [
      answered().act(verifier, "callback", reached("DISSATISFIED")),
      archived().act(agent, "reopen", again),
    ];
    for (const order of reopenings) {
      assert.deepEqual(
        [order.state.status, order.state.step, order.state.unitId, order.state.episode],
        ["OPEN", "dispatching", units.centre, 2],
      );
      assert.ok(order.clocks.filter((clock) => clock.episode === 1).every((clock) => clock.stoppedAtMs !== null));
      assert.ok(order.clocks.some((clock) => clock.episode === 2 && clock.slot === "answer" && clock.status === "running"));
    }
  });

  test("a reopened complaint keeps its grade and is dispatched at once", () => {
    const order = archived("complaint").act(agent, "reopen", again);
    assert.deepEqual([order.state.step, order.state.facts.grade], ["dispatching", "GENERAL"]);
  });

  test("archiving is offered once everything is met, and never to who handled it", () => {
    const offered = (order: Play, person: Person) =>
      allowedActions(flows.get(order.state.flow), order.state, contextFor(person, noon)).some(({ key }) => key === "archive");
    const waiting = answered()
      .act(agent, "request-extension", { dueAt: "2026-03-25T02:00:00Z", reason: "x" })
      .act(verifier, "callback", reached("SATISFIED"));
    assert.deepEqual(
      [offered(waiting, verifier), offered(declined(), verifier), offered(declined(), manager)],
      [false, true, true],
    );
    assert.equal(offered(byAllRounder().act(verifier, "callback", { result: "DECLINED" }), allRounder), false);
    assert.equal(offered(declined(), agent), false);
  });

  test("a demand is taken back at any step before its end, suspended or not", () => {
    for (const order of [taken(), dispatched(), accepted(), replied(), answered()]) {
      const { state, clocks } = order.act(agent, "withdraw", withdrawal);
      assert.deepEqual([state.status, state.step], ["WITHDRAWN", null]);
      assert.ok(clocks.every((clock) => clock.stoppedAtMs !== null));
    }
  });
});

describe("closing conditions", () => {
  const unmet = (order: Play, reasons = flows.get(order.state.flow).noCallbackReasons) =>
    closingConditions(order.state, reasons)
      .filter((condition) => !condition.met)
      .map((condition) => condition.key);
  const table: readonly [string, () => Play, string[]][] = [
    ["taken in: neither answered nor verified", taken, ["answered", "verified"]],
    ["under review: not yet answered", replied, ["answered", "verified"]],
    ["reviewed: not yet verified", answered, ["verified"]],
    ["called in vain three times: all met", calledInVain, []],
    ["declined: all met", declined, []],
    ["praise: nobody has to be called", () => answered("praise"), []],
    ["answered on the call: all met", () => taken("inquiry").act(agent, "answer-on-call", { answer: "已告知" }), []],
  ];
  for (const [name, order, keys] of table)
    test(name, () => {
      assert.deepEqual(unmet(order()), keys);
    });

  test("a flow that does not permit a reason is not closed by it", () => {
    assert.deepEqual(unmet(calledInVain(), ["DECLINED"]), ["verified"]);
    assert.deepEqual(unmet(answered("praise"), ["NOT_REACHED"]), ["verified"]);
  });
});
