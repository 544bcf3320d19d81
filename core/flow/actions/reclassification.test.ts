import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { broughtToFile } from "../../connection/testing/stories.ts";
import { flows } from "../../flows.ts";
import { splitPersonal } from "../form.ts";
import { isOpen } from "../state.ts";
import {
  accepted,
  answered,
  dispatched,
  type RefusalCase,
  refusals,
  remoteReply,
  replied,
  replyForm,
  taken,
} from "../testing/stories.ts";
import { people, type Play, takeIn } from "../testing/world.ts";

const { agent, dispatcher, handler, reviewer, verifier, manager } = people;

const subtypeOf = (flow: string) => Object.keys(flows.get(flow).subtypes)[0];
const wish = (flow: string) => ({ flow, ...(subtypeOf(flow) ? { subtype: subtypeOf(flow) } : {}), reason: "定性有误" });
const relabel = (order: Play, flow: string): Play => {
  const asked = order.act(manager, "request-reclassification", wish(flow));
  return asked.act({ ...manager, id: 71 }, "decide", { requestSeq: asked.state.requests[0]?.seq, approved: true });
};
const where = ({ state }: Play) => [state.flow, state.step, state.unitId, state.holderId];
const opinion = () => taken("opinion");

const cases: readonly RefusalCase[] = [
  ["there is no such category", opinion, agent, "request-reclassification", { flow: "nothing", reason: "x" }, "flow-unknown"],
  ["nothing becomes a history", opinion, agent, "request-reclassification", wish("imported-history"), "flow-unknown"],
  ["it is another category", opinion, agent, "request-reclassification", { flow: "opinion", reason: "x" }, "same-category"],
  [
    "a category with subtypes gets one",
    opinion,
    agent,
    "request-reclassification",
    { flow: "complaint", reason: "x" },
    "subtype-unknown",
  ],
  [
    "and one of its own",
    opinion,
    agent,
    "request-reclassification",
    { ...wish("complaint"), subtype: "TARIFF" },
    "subtype-unknown",
  ],
  ["one without has none", opinion, agent, "request-reclassification", { ...wish("inquiry"), subtype: "X" }, "subtype-unknown"],
  [
    "the new category's form is filled in",
    opinion,
    agent,
    "request-reclassification",
    { ...wish("fault-repair"), details: { scope: "HALF" } },
    "form-invalid",
  ],
  [
    "and asks for nothing else",
    () => taken("fault-repair"),
    agent,
    "request-reclassification",
    { ...wish("opinion"), details: { scope: "SINGLE" } },
    "form-invalid",
  ],
  [
    "a subtype it has already is no other category",
    () => takeIn("service-request", { subtype: "OTHER" }),
    agent,
    "request-reclassification",
    { flow: "service-request", subtype: "OTHER", reason: "x" },
    "same-category",
  ],
  ["not under review", () => replied("opinion"), reviewer, "request-reclassification", wish("complaint"), "wrong-step"],
  ["not before the callback", () => answered("opinion"), agent, "request-reclassification", wish("complaint"), "wrong-step"],
];

const { form } = flows.get("opinion").actions["request-reclassification"] ?? assert.fail();
test("details that are not parted by the new category's marks would be kept beside the chain as a whole", () => {
  const { data, personal } = splitPersonal(form, { flow: "opinion", reason: "x", details: { symptom: "王小明家" } });
  assert.deepEqual([data, personal], [{ flow: "opinion" }, { reason: "x", details: { symptom: "王小明家" } }]);
});

describe("another category for the same matter", () => {
  refusals(cases);

  test("it keeps its step where the new flow has it", () => {
    assert.deepEqual(where(relabel(opinion(), "inquiry")), ["inquiry", "dispatching", 3, null]);
    assert.deepEqual(where(relabel(dispatched("opinion"), "inquiry")), ["inquiry", "accepting", 4, null]);
    assert.deepEqual(where(relabel(accepted("opinion"), "inquiry")), ["inquiry", "handling", 4, handler.id]);
  });

  test("who handles it goes on from the new flow's first handling step", () => {
    assert.deepEqual(where(relabel(accepted("fault-repair"), "opinion")), ["opinion", "handling", 4, handler.id]);
    assert.deepEqual(where(relabel(accepted("opinion"), "fault-repair")), ["fault-repair", "travelling", 4, handler.id]);
  });

  test("what becomes a complaint is graded first, wherever it stood", () => {
    for (const order of [opinion(), dispatched("opinion"), accepted("opinion"), accepted("fault-repair")]) {
      const complaint = relabel(order, "complaint");
      assert.deepEqual(where(complaint), ["complaint", "grading", 3, null]);
      assert.equal(
        complaint.clocks.find((clock) => clock.slot === "grading" && clock.status === "running")?.startedAtMs,
        order.state.openedAtMs,
      );
      assert.equal(complaint.refused(dispatcher, "dispatch", { unitId: 4 }), "work-order.wrong-step");
    }
  });

  test("a complaint that is none loses its grade, and gets a new one should it become one again", () => {
    const graded = taken("complaint");
    assert.equal(graded.state.facts.grade, "GENERAL");
    const lowered = relabel(graded, "opinion");
    assert.deepEqual([lowered.state.facts.grade, lowered.state.step], [null, "dispatching"]);
    assert.equal(relabel(lowered, "complaint").state.step, "grading");
  });

  test("an ungraded complaint that is none goes to be dispatched", () => {
    assert.deepEqual(where(relabel(takeIn("complaint", { subtype: "SERVICE" }), "opinion")), ["opinion", "dispatching", 3, null]);
  });

  test("another subtype of the same category moves nothing and keeps the grade", () => {
    const asked = dispatched("complaint").act(agent, "request-reclassification", {
      flow: "complaint",
      subtype: "OUTAGE",
      reason: "停电",
    });
    const order = asked.act(manager, "decide", { requestSeq: asked.state.requests[0]?.seq, approved: true });
    assert.deepEqual(where(order), ["complaint", "accepting", 4, null]);
    assert.deepEqual([order.state.facts.subtype, order.state.facts.grade], ["OUTAGE", "GENERAL"]);
  });

  test("what the new category asks is answered, and the old answers stay in the history only", () => {
    const appointment = { appointmentAt: "2026-03-21T02:00:00Z" };
    const order = takeIn("service-request", { subtype: "OTHER", details: appointment });
    assert.deepEqual(order.state.details, appointment);
    const asked = order.act(agent, "request-reclassification", {
      ...wish("fault-repair"),
      details: { scope: "MANY", danger: true, symptom: "王小明家冒火" },
    });
    assert.deepEqual(asked.state.details, appointment, "until it is granted nothing changes");
    const fault = asked.act(manager, "decide", { requestSeq: asked.state.requests[0]?.seq, approved: true });
    assert.deepEqual(fault.state.details, { scope: "MANY", danger: true });
    assert.ok(!JSON.stringify(fault.events.map(({ data }) => data)).includes("王小明"));
    assert.deepEqual(asked.events.at(-1)?.personal, { reason: "定性有误", details: { symptom: "王小明家冒火" } });
    assert.equal(fault.events.at(-1)?.data["requestSeq"], asked.events.at(-1)?.seq);
    assert.deepEqual(fault.events[0]?.data["details"], appointment);
  });

  test("answers that were not given are the form's own, and another subtype keeps those there are", () => {
    assert.deepEqual(relabel(opinion(), "fault-repair").state.details, { scope: "UNKNOWN", danger: false });
    assert.deepEqual(relabel(taken("fault-repair"), "opinion").state.details, {});
    const appointment = { appointmentAt: "2026-03-21T02:00:00Z" };
    const asked = takeIn("service-request", { subtype: "OTHER", details: appointment }).act(agent, "request-reclassification", {
      flow: "service-request",
      subtype: "METER_TEST",
      reason: "x",
    });
    const order = asked.act(manager, "decide", { requestSeq: asked.state.requests[0]?.seq, approved: true });
    assert.deepEqual([order.state.facts.subtype, order.state.details], ["METER_TEST", appointment]);
  });

  test("an inquiry that was answered on the call meanwhile is not relabelled any more", () => {
    const asked = taken("inquiry").act(agent, "request-reclassification", wish("complaint"));
    const answeredNow = asked.act(agent, "answer-on-call", { answer: "已告知" });
    const requestSeq = asked.state.requests[0]?.seq;
    assert.equal(answeredNow.refused(manager, "decide", { requestSeq, approved: true }), "work-order.request-outdated");
  });
});

// Every flow, at every point before its reply, into every other flow: the loop still closes.
const points: readonly [string, (flow: string) => Play][] = [
  ["taken in", (flow) => takeIn(flow, { subtype: subtypeOf(flow) ?? null })],
  ["dispatched", dispatched],
  ["accepted", accepted],
];
const live = flows.all.filter((flow) => !flow.closedElsewhere).map((flow) => flow.id);

describe("wherever it is relabelled, the order stands in a step of its flow, a clock runs, and the loop closes", () => {
  for (const from of live)
    for (const [point, story] of points)
      test(`${from}, ${point}`, () => {
        for (const to of live.filter((flow) => flow !== from)) {
          let order = relabel(story(from), to);
          assert.ok(order.state.step !== null && order.state.step in flows.get(to).steps, `${to}: ${order.state.step}`);
          assert.ok(order.clocks.some((clock) => clock.status === "running"));
          if (order.state.step === "grading") order = order.act(dispatcher, "grade", { grade: "MAJOR" });
          if (order.state.step === "dispatching") order = order.act(dispatcher, "dispatch", { unitId: 4 });
          if (order.state.step === "accepting") order = order.act(handler, "accept");
          order = broughtToFile(order)
            .act(handler, "reply", to === "fault-repair" ? remoteReply : replyForm)
            .act(reviewer, "review-reply", { approved: true });
          if (order.state.step === "reviewing") order = order.act(manager, "review-reply", { approved: true });
          order =
            order.state.step === "callback"
              ? order.act(verifier, "callback", { result: "REACHED", satisfaction: "BASICALLY" })
              : order.act(verifier, "archive");
          assert.ok(!isOpen(order.state), to);
        }
      });
});
