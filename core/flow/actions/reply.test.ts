import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { flows } from "../../flows.ts";
import { askedOf, refusalOf } from "../engine.ts";
import { accepted, answered, replied, remoteReply, replyForm, type RefusalCase, refusals } from "../testing/stories.ts";
import { contextFor, integration, people, type Play, units } from "../testing/world.ts";

const { agent, dispatcher, handler, otherHandler, reviewer, manager, allRounder } = people;
const pass = { approved: true };
const contactedAt = (at: string) => ({ ...remoteReply, contacted: true, contactedAt: at });
const deskReviewer = { id: 22, home: units.centre, roles: { REVIEWER: units.centre } };
const ownReply = () => accepted().act(allRounder, "reply", remoteReply);
const passedOnce = () => replied("complaint").act(reviewer, "review-reply", pass);
const consulting = () => accepted().act(handler, "consult", { unitIds: [units.otherStation], question: "请核实" });

const cases: readonly RefusalCase[] = [
  ["a neighbour does not reply", accepted, otherHandler, "reply", remoteReply, "not-yours"],
  ["a reply says what the facts are", accepted, handler, "reply", { ...remoteReply, facts: " " }, "form-invalid"],
  ["a contact has its time", accepted, handler, "reply", { ...remoteReply, contacted: true }, "contact-time-missing"],
  ["a contact lies in the past", accepted, handler, "reply", contactedAt("2026-03-21T02:00:00Z"), "time-in-future"],
  ["a contact follows the intake", accepted, handler, "reply", contactedAt("2026-03-20T01:59:00Z"), "time-before-intake"],
  ["a unit is responsible", accepted, handler, "reply", { ...remoteReply, responsibleUnitId: 99 }, "unit-unknown"],
  ["the units that were asked answer first", consulting, handler, "reply", remoteReply, "consultation-open"],
  ["nobody replies twice", replied, handler, "reply", remoteReply, "not-yours"],
  ["an agent reviews nothing", replied, agent, "review-reply", pass, "not-yours"],
  ["nobody reviews his own reply", ownReply, allRounder, "review-reply", pass, "review-own-reply"],
  ["a rejection says why", replied, reviewer, "review-reply", { approved: false }, "opinion-missing"],
  ["a level is another person", passedOnce, reviewer, "review-reply", pass, "reviewed-already"],
  ["a reviewer of the desk is not the level above", passedOnce, deskReviewer, "review-reply", pass, "not-yours"],
  ["what is passed is not reviewed again", answered, reviewer, "review-reply", pass, "wrong-step"],
];

describe("the reply and its review", () => {
  refusals(cases);

  test("whoever replies without having gone there says why, and is offered the arrival first", () => {
    const action = flows.get("fault-repair").actions["reply"] ?? assert.fail();
    const before = accepted();
    assert.equal(before.refused(handler, "reply", replyForm), "work-order.form-invalid");
    assert.equal(before.refused(handler, "reply", { ...replyForm, notOnSite: "TOO_FAR" }), "work-order.form-invalid");
    assert.equal(askedOf(action, before.state).tone, "normal");
    assert.equal(before.act(handler, "reply", remoteReply).events.at(-1)?.data["notOnSite"], "GUIDED_BY_PHONE");
    const there = before
      .act(handler, "arrive", { arrivedAt: "2026-03-20T02:03:00Z" })
      .act(handler, "restore", { restoredAt: "2026-03-20T02:04:00Z", kind: "LV_FAULT", work: "已更换" });
    assert.equal(askedOf(action, there.state).tone, "primary");
    assert.equal(
      there.refused(handler, "reply", remoteReply),
      "work-order.form-invalid",
      "who was there has no reason not to go",
    );
    assert.equal(there.act(handler, "reply", replyForm).state.step, "reviewing");
  });

  test("a reply without arrival is no arrival: neither in time nor late, unless it was late already", () => {
    const arrival = (order: Play) => order.clocks.find(({ slot }) => slot === "arrival")?.status;
    assert.equal(arrival(replied()), "lapsed");
    const late = accepted();
    const day = (late.events[0]?.atMs ?? 0) + 86_400_000;
    assert.equal(arrival(late.act(handler, "reply", remoteReply, day)), "lapsed");
    assert.equal(arrival(late.act(handler, "reply", remoteReply, day + 1)), "missed");
    const there = late.act(handler, "arrive", { arrivedAt: "2026-03-20T02:03:00Z" });
    assert.equal(arrival(there), "met");
    const away = there.act(manager, "transfer", { unitId: units.otherStation, reason: "就近" });
    assert.equal(away.clocks.find(({ slot }) => slot === "restoration")?.status, "lapsed", "nor is a transfer a restoration");
    assert.equal(replied("service-request").clocks.find(({ slot }) => slot === "on-site")?.status, "lapsed");
  });

  test("the refusal names the unit that has not answered yet", () => {
    const order = accepted()
      .act(handler, "consult", { unitIds: [units.otherStation, units.crew], question: "请核实" })
      .act(otherHandler, "answer-consultation", { answer: "线路正常" });
    const refusal = refusalOf(flows.get("fault-repair"), order.state, "reply", contextFor(handler, 0));
    assert.deepEqual(refusal?.facts, { unitId: units.crew });
  });

  const required: readonly (keyof typeof remoteReply)[] = [
    "contacted",
    "responsibleUnitId",
    "cause",
    "facts",
    "causeText",
    "measures",
  ];
  for (const part of required)
    test(`a reply without ${part} is none`, () => {
      const { [part]: _, ...rest } = remoteReply;
      assert.equal(accepted().refused(handler, "reply", rest), "work-order.form-invalid");
      if (typeof remoteReply[part] === "string")
        assert.equal(accepted().refused(handler, "reply", { ...remoteReply, [part]: "  " }), "work-order.form-invalid");
    });

  test("a customer who was not contacted has no time of it to be judged", () => {
    const order = accepted().act(handler, "reply", { ...remoteReply, contacted: false });
    assert.equal(order.events.at(-1)?.data["contactedAt"], undefined);
    assert.equal(order.events.at(-1)?.data["contacted"], false);
  });

  test("a contact at the instant of the intake, or of the reply, has happened", () => {
    const order = accepted();
    const at = (order.events.at(-1)?.atMs ?? 0) + 60_000;
    for (const instant of [order.state.openedAtMs, at])
      assert.equal(order.act(handler, "reply", contactedAt(new Date(instant).toISOString()), at).state.step, "reviewing");
    assert.equal(order.refused(handler, "reply", contactedAt(new Date(at + 1).toISOString()), at), "work-order.time-in-future");
    assert.equal(
      order.refused(handler, "reply", contactedAt(new Date(order.state.openedAtMs - 1).toISOString()), at),
      "work-order.time-before-intake",
    );
  });

  test("free text of a reply stays outside the hashed data; its kinds and units do not", () => {
    const { data, personal } = replied().events.at(-1) ?? assert.fail();
    assert.deepEqual(Object.keys(data).sort(), ["cause", "contacted", "notOnSite", "responsibleUnitId"]);
    assert.deepEqual(Object.keys(personal ?? {}).sort(), ["causeText", "facts", "measures"]);
  });

  test("where nobody stands above the desk, its own reviewers read every level", () => {
    const complaint = flows.get("complaint");
    const action = complaint.actions["review-reply"] ?? assert.fail();
    const state = { ...replied("complaint").state, deskUnitId: units.province, unitId: units.province };
    const decided = action.decide({ state, flow: complaint, value: pass, context: contextFor(manager, 0) });
    assert.deepEqual(Array.isArray(decided) && [decided[0]?.type, decided[0]?.unitId], ["review-level-passed", units.province]);
  });

  test("one level passes to the callback, more say that they do not", () => {
    const outcomes = (flow: string) => (flows.get(flow).actions["review-reply"]?.outcomes ?? []).map(({ type }) => type);
    assert.ok(!outcomes("opinion").includes("review-level-passed"));
    assert.ok(outcomes("complaint").includes("review-level-passed"));
  });

  test("a reply goes to the desk's review, and nobody holds the order", () => {
    const { state } = replied();
    assert.deepEqual([state.step, state.unitId, state.holderId, state.replySeq], ["reviewing", units.centre, null, 4]);
  });

  test("an integration that replied does not review, even where a person has the number of its key", () => {
    const order = accepted().act(integration, "reply", remoteReply);
    assert.equal(order.refused(integration, "review-reply", pass), "work-order.review-own-reply");
    assert.equal(order.act(reviewer, "review-reply", pass).state.step, "callback");
  });

  test("one person passes one level: the next is somebody else's", () => {
    const city = { id: 21, home: units.city, roles: { REVIEWER: units.city } };
    const first = replied("complaint").act(city, "review-reply", pass);
    assert.deepEqual([first.state.step, first.state.unitId, first.state.reviewLevel], ["reviewing", units.city, 1]);
    assert.equal(first.refused(city, "review-reply", pass), "work-order.reviewed-already");
    assert.equal(first.act(manager, "review-reply", pass).state.step, "callback");
  });

  test("whoever passed it last, the callback is the desk's", () => {
    const { state } = passedOnce().act(manager, "review-reply", pass);
    assert.deepEqual([state.step, state.unitId], ["callback", units.centre]);
  });

  test("a rejected reply goes back to who handled it; no episode opens, and a short limit of its own runs", () => {
    const order = replied().act(reviewer, "review-reply", { approved: false, opinion: "请补充原因" });
    assert.deepEqual([order.state.step, order.state.unitId, order.state.episode], ["travelling", units.station, 1]);
    assert.equal(order.clocks.find((clock) => clock.slot === "rework")?.status, "running");
    const again = order.act(handler, "reply", remoteReply);
    assert.deepEqual([again.state.step, again.state.reviewLevel, again.state.reviewers], ["reviewing", 0, []]);
  });

  test("a level above that rejects sends it through all levels again", () => {
    const order = passedOnce()
      .act(manager, "review-reply", { approved: false, opinion: "定性不准" })
      .act(handler, "reply", replyForm);
    assert.deepEqual([order.state.unitId, order.state.reviewLevel], [units.centre, 0]);
    assert.equal(order.act(reviewer, "review-reply", pass).state.step, "reviewing");
  });

  test("praise and the anonymous are called by nobody, and the order says why", () => {
    assert.deepEqual([answered("praise").state.step, answered("praise").state.noCallbackReason], ["archiving", "NOT_REQUIRED"]);
    const anonymous = answered("whistleblow", { identity: "ANONYMOUS", contactName: "", contactPhone: "" });
    assert.deepEqual([anonymous.state.step, anonymous.state.noCallbackReason], ["archiving", "ANONYMOUS"]);
    assert.equal(answered("opinion").state.step, "callback");
  });

  test("a dispatcher is no reviewer", () => {
    assert.equal(replied().refused(dispatcher, "review-reply", pass), "work-order.not-yours");
  });
});
