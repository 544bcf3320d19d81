import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { people, takeIn, units } from "./testing/world.ts";

const { agent, dispatcher, handler, otherHandler, reviewer, verifier, manager, allRounder } = people;
const reply = {
  contacted: false,
  responsibleUnitId: 4,
  cause: "EQUIPMENT",
  facts: "保险烧断",
  causeText: "过负荷",
  measures: "更换保险",
};
const remote = { ...reply, notOnSite: "GUIDED_BY_PHONE" };
const dispatched = () => takeIn("fault-repair").act(dispatcher, "dispatch", { unitId: units.station });
const repaired = () =>
  dispatched()
    .act(handler, "accept")
    .act(handler, "arrive", { arrivedAt: "2026-03-20T02:01:00Z" })
    .act(handler, "restore", { restoredAt: "2026-03-20T02:02:00Z", kind: "LV_FAULT", work: "已更换" });
const answered = () => repaired().act(handler, "reply", reply).act(reviewer, "review-reply", { approved: true });

describe("the loop", () => {
  test("a fault goes from intake to archive through three people", () => {
    const order = answered().act(verifier, "callback", { result: "REACHED", satisfaction: "SATISFIED" });
    assert.equal(order.state.status, "ARCHIVED");
    assert.equal(order.state.step, null);
    assert.deepEqual(
      order.events.map((event) => event.type),
      ["intake", "dispatch", "accept", "arrive", "restore", "reply", "review-passed", "callback", "archive"],
    );
    assert.ok(order.clocks.every((clock) => clock.status === "met"));
  });

  test("who handled an order verifies neither by callback nor by archiving", () => {
    const order = dispatched()
      .act(allRounder, "accept")
      .act(allRounder, "reply", remote)
      .act(reviewer, "review-reply", { approved: true });
    assert.equal(
      order.refused(allRounder, "callback", { result: "REACHED", satisfaction: "SATISFIED" }),
      "work-order.verifier-is-handler",
    );
  });

  test("nobody reviews his own reply", () => {
    const order = dispatched().act(allRounder, "accept").act(allRounder, "reply", remote);
    assert.equal(order.refused(allRounder, "review-reply", { approved: true }), "work-order.review-own-reply");
  });

  test("a dissatisfied customer opens a new episode, and the old figures stand", () => {
    const before = answered();
    const order = before.act(verifier, "callback", { result: "REACHED", satisfaction: "DISSATISFIED", opinion: "仍停电" });
    assert.equal(order.state.episode, 2);
    assert.equal(order.state.step, "dispatching");
    const first = order.clocks.filter((clock) => clock.episode === 1);
    assert.ok(first.length > 0 && first.every((clock) => clock.status !== "running"));
    const again = order.act(dispatcher, "dispatch", { unitId: units.otherStation });
    assert.deepEqual(
      again.clocks.filter((clock) => clock.episode === 1),
      first,
    );
  });

  test("what a unit returns a second time goes to the level above, and its ruling is final", () => {
    const returned = dispatched().act(handler, "return", { reason: "WRONG_UNIT", note: "不归我所" });
    assert.equal(returned.state.step, "dispatching");
    const again = returned
      .act(dispatcher, "dispatch", { unitId: units.otherStation })
      .act(otherHandler, "return", { reason: "WRONG_UNIT", note: "也不是" });
    assert.equal(again.state.step, "dispatching", "each unit that is given it may return it once");
    const disputed = again
      .act(dispatcher, "dispatch", { unitId: units.station })
      .act(handler, "return", { reason: "WRONG_UNIT", note: "仍不归我所" });
    assert.equal(disputed.state.step, "arbitrating");
    assert.equal(disputed.state.unitId, units.city);
    const ruled = disputed.act(manager, "arbitrate", { unitId: units.station, ruling: "由城东所办理" });
    assert.equal(ruled.refused(handler, "return", { reason: "OTHER", note: "不服" }), "work-order.return-after-arbitration");
  });

  test("a suspension needs somebody else's word, has an end, and pauses only the clocks whose rule says so", () => {
    const asked = dispatched().act(handler, "accept").act(handler, "arrive", { arrivedAt: "2026-03-20T02:01:00Z" });
    const until = "2026-03-21T02:00:00Z";
    const requested = asked.act(handler, "request-suspension", { reason: "CUSTOMER_WORKS", until, note: "客户施工" });
    assert.equal(requested.refused(handler, "decide", { requestSeq: 5, approved: true }), "work-order.not-yours");
    const suspended = requested.act(manager, "decide", { requestSeq: 5, approved: true });
    assert.equal(suspended.state.status, "SUSPENDED");
    assert.equal(suspended.refused(handler, "restore", {}), "work-order.suspended");
    const own = suspended.clocks.find((clock) => clock.slot === "suspension");
    assert.equal(own?.status, "running");
    assert.equal(own?.dueAtMs, Date.parse(until));
    assert.equal(suspended.clocks.find((clock) => clock.slot === "restoration")?.status, "paused");
    assert.equal(suspended.act(manager, "resume").state.status, "OPEN");
  });

  test("relabelling is asked for, decided by another, and gives no fresh time", () => {
    const order = takeIn("opinion").act(dispatcher, "request-reclassification", {
      flow: "suggestion",
      subtype: "OUTAGE",
      reason: "实为建议",
    });
    const relabelled = order.act(manager, "decide", { requestSeq: 2, approved: true });
    assert.equal(relabelled.state.flow, "suggestion");
    const answer = relabelled.clocks.filter((clock) => clock.slot === "answer");
    assert.deepEqual(
      answer.map((clock) => [clock.flow, clock.status, clock.startedAtMs]),
      [
        ["opinion", "superseded", Date.parse("2026-03-20T02:00:00Z")],
        ["suggestion", "running", Date.parse("2026-03-20T02:00:00Z")],
      ],
    );
  });

  test("an anonymous demand keeps no identity, is not contacted, and is archived without a callback by another person", () => {
    assert.throws(() => takeIn("whistleblow", { form: { identity: "ANONYMOUS" } }), /anonymous-with-identity/);
    const order = takeIn("whistleblow", { form: { identity: "ANONYMOUS", contactName: undefined, contactPhone: undefined } })
      .act(dispatcher, "dispatch", { unitId: units.station })
      .act(handler, "accept");
    assert.equal(
      order.refused(handler, "contact", { contactedAt: "2026-03-20T02:00:00Z", channel: "PHONE", reached: true }),
      "work-order.no-contact-allowed",
    );
    const passed = order.act(handler, "reply", reply).act(reviewer, "review-reply", { approved: true });
    assert.equal(passed.state.step, "archiving");
    assert.equal(passed.state.noCallbackReason, "ANONYMOUS");
    assert.equal(passed.act(verifier, "archive").state.status, "ARCHIVED");
  });

  test("an inquiry answered during the call is archived by another person, without a callback", () => {
    const order = takeIn("inquiry").act(agent, "answer-on-call", { answer: "已告知电价" });
    assert.equal(order.state.step, "archiving");
    assert.equal(order.act(verifier, "archive").state.status, "ARCHIVED");
  });

  test("a complaint is graded before it is dispatched and reviewed at two levels", () => {
    const order = takeIn("complaint", { subtype: "SERVICE" });
    assert.equal(order.refused(dispatcher, "dispatch", { unitId: 4 }), "work-order.wrong-step");
    const reviewed = order
      .act(dispatcher, "grade", { grade: "MAJOR" })
      .act(dispatcher, "dispatch", { unitId: 4 })
      .act(handler, "accept")
      .act(handler, "reply", reply)
      .act(reviewer, "review-reply", { approved: true });
    assert.equal(reviewed.state.facts.grade, "MAJOR");
    assert.equal(reviewed.state.step, "reviewing");
    assert.equal(reviewed.state.unitId, units.city);
    assert.equal(reviewed.act(manager, "review-reply", { approved: true }).state.step, "callback");
  });

  test("callbacks are spaced, limited in number, and not made at night", () => {
    const order = answered();
    const day = Date.parse("2026-03-20T03:00:00Z"); // 11:00 in Shanghai
    const first = order.act(verifier, "callback", { result: "NOT_REACHED" }, day);
    assert.equal(
      first.refused(verifier, "callback", { result: "NOT_REACHED" }, day + 119 * 60_000),
      "work-order.callback-too-soon",
    );
    assert.equal(
      first.refused(verifier, "callback", { result: "NOT_REACHED" }, Date.parse("2026-03-20T13:00:00Z")),
      "work-order.callback-at-night",
    );
    const third = first
      .act(verifier, "callback", { result: "NOT_REACHED" }, day + 120 * 60_000)
      .act(verifier, "callback", { result: "NOT_REACHED" }, day + 240 * 60_000);
    assert.equal(third.state.step, "archiving");
    assert.equal(third.act(verifier, "archive").state.status, "ARCHIVED");
  });

  test("a reply waits for the answers of the units that were consulted", () => {
    const order = dispatched()
      .act(handler, "accept")
      .act(handler, "consult", { unitIds: [units.otherStation], question: "请核实线路" });
    assert.equal(order.refused(handler, "reply", remote), "work-order.consultation-open");
    assert.equal(order.refused(handler, "answer-consultation", { answer: "?" }), "work-order.not-yours");
    const helped = order.act(otherHandler, "answer-consultation", { answer: "线路正常" });
    assert.equal(helped.act(handler, "reply", remote).state.step, "reviewing");
  });

  test("an urge has its own clock, answered by whoever has the order", () => {
    const urged = dispatched().act(agent, "urge", { by: "CUSTOMER", note: "怎么还没来" });
    const clock = urged.clocks.find((one) => one.slot === "urge");
    assert.equal(clock?.status, "running");
    const answeredUrge = urged.act(handler, "answer-urge", { answer: "十分钟到" });
    assert.equal(answeredUrge.clocks.find((one) => one.slot === "urge")?.status, "met");
  });
});
