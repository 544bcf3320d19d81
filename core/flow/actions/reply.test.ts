import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { accepted, answered, replied, replyForm, type RefusalCase, refusals } from "../testing/stories.ts";
import { integration, people, units } from "../testing/world.ts";

const { agent, dispatcher, handler, otherHandler, reviewer, manager, allRounder } = people;
const pass = { approved: true };
const contactedAt = (at: string) => ({ ...replyForm, contacted: true, contactedAt: at });
const deskReviewer = { id: 22, home: units.centre, roles: { REVIEWER: units.centre } };
const ownReply = () => accepted().act(allRounder, "reply", replyForm);
const passedOnce = () => replied("complaint").act(reviewer, "review-reply", pass);
const consulting = () => accepted().act(handler, "consult", { unitIds: [units.otherStation], question: "请核实" });

const cases: readonly RefusalCase[] = [
  ["a neighbour does not reply", accepted, otherHandler, "reply", replyForm, "not-yours"],
  ["a reply says what the facts are", accepted, handler, "reply", { ...replyForm, facts: " " }, "form-invalid"],
  ["a contact has its time", accepted, handler, "reply", { ...replyForm, contacted: true }, "contact-time-missing"],
  ["a contact lies in the past", accepted, handler, "reply", contactedAt("2026-03-21T02:00:00Z"), "time-in-future"],
  ["a contact follows the intake", accepted, handler, "reply", contactedAt("2026-03-20T01:59:00Z"), "time-before-intake"],
  ["a unit is responsible", accepted, handler, "reply", { ...replyForm, responsibleUnitId: 99 }, "unit-unknown"],
  ["the units that were asked answer first", consulting, handler, "reply", replyForm, "consultation-open"],
  ["nobody replies twice", replied, handler, "reply", replyForm, "not-yours"],
  ["an agent reviews nothing", replied, agent, "review-reply", pass, "not-yours"],
  ["nobody reviews his own reply", ownReply, allRounder, "review-reply", pass, "review-own-reply"],
  ["a rejection says why", replied, reviewer, "review-reply", { approved: false }, "opinion-missing"],
  ["a level is another person", passedOnce, reviewer, "review-reply", pass, "reviewed-already"],
  ["a reviewer of the desk is not the level above", passedOnce, deskReviewer, "review-reply", pass, "not-yours"],
  ["what is passed is not reviewed again", answered, reviewer, "review-reply", pass, "wrong-step"],
];

describe("the reply and its review", () => {
  refusals(cases);

  test("a reply goes to the desk's review, and nobody holds the order", () => {
    const { state } = replied();
    assert.deepEqual([state.step, state.unitId, state.holderId, state.replySeq], ["reviewing", units.centre, null, 4]);
  });

  test("an integration that replied does not review, even where a person has the number of its key", () => {
    const order = accepted().act(integration, "reply", replyForm);
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
    const again = order.act(handler, "reply", replyForm);
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
