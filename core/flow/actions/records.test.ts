import assert from "node:assert/strict";
import { describe, test } from "node:test";
import {
  accepted,
  archived,
  dispatched,
  replied,
  remoteReply,
  replyForm,
  type RefusalCase,
  refusals,
  taken,
} from "../testing/stories.ts";
import { people, type Play, units } from "../testing/world.ts";

const { agent, dispatcher, handler, otherHandler, verifier, manager, reviewer } = people;
const file = { sha256: "a".repeat(64), mediaType: "image/png", sizeBytes: 10, name: "现场.png" };
const called = (form: object = {}) => ({ contactedAt: "2026-03-20T02:01:00Z", channel: "PHONE", reached: true, ...form });
const hidden = (identity: string) => () =>
  accepted("opinion", identity === "ANONYMOUS" ? { identity, contactName: "", contactPhone: "" } : { identity });
const handled = () => accepted("opinion");
const full = () => {
  let order = taken();
  for (let count = 0; count < 50; count++) order = order.act(agent, "attach", file);
  return order;
};
const ask = (...unitIds: number[]) => ({ unitIds, question: "请核实" });
const consulting = () => accepted().act(handler, "consult", ask(units.otherStation));
const clock = (order: Play, slot: string) => order.clocks.filter((one) => one.slot === slot).at(-1)?.status;

const cases: readonly RefusalCase[] = [
  ["a note says something", taken, agent, "note", { note: " " }, "form-invalid"],
  ["a stranger writes nothing", taken, otherHandler, "note", { note: "x" }, "not-yours"],
  ["a closed order is a closed book", archived, agent, "note", { note: "x" }, "closed"],
  ["a file is named by its content", taken, agent, "attach", { ...file, sha256: "../../etc/passwd" }, "form-invalid"],
  ["fifty files are enough", full, agent, "attach", file, "too-many-attachments"],
  ["nobody contacts an anonymous caller", hidden("ANONYMOUS"), handler, "contact", called(), "no-contact-allowed"],
  ["the handler does not contact a confidential one", hidden("CONFIDENTIAL"), handler, "contact", called(), "no-contact-allowed"],
  ["a contact lies in the past", handled, handler, "contact", called({ contactedAt: "2026-03-21T02:00:00Z" }), "time-in-future"],
  ["and after the intake", handled, handler, "contact", called({ contactedAt: "2026-03-20T01:00:00Z" }), "time-before-intake"],
  ["the desk contacts nobody for the unit", handled, agent, "contact", called(), "not-yours"],
  ["the leading unit does not assist itself", accepted, handler, "consult", ask(units.station), "consult-itself"],
  ["a unit that is gone is not asked", accepted, handler, "consult", ask(99), "unit-unknown"],
  ["nor one of another region", accepted, handler, "consult", ask(units.province), "unit-other-region"],
  ["nobody is asked twice before he answers", consulting, handler, "consult", ask(units.otherStation), "consultation-open"],
  ["at least one is asked", accepted, handler, "consult", ask(), "form-invalid"],
  ["who was not asked does not answer", consulting, handler, "answer-consultation", { answer: "x" }, "not-yours"],
  ["nothing was asked", accepted, otherHandler, "answer-consultation", { answer: "x" }, "not-yours"],
  ["nobody urged", accepted, handler, "answer-urge", { answer: "x" }, "nothing-urged"],
  ["a handler does not urge himself", accepted, handler, "urge", { by: "CUSTOMER" }, "not-yours"],
];

describe("what is written down while an order is handled", () => {
  refusals(cases);

  test("notes, files and urges move nothing", () => {
    const before = accepted();
    const after = before
      .act(agent, "note", { note: "客户在家" })
      .act(handler, "attach", file)
      .act(agent, "urge", { by: "CENTRE" });
    for (const field of ["step", "unitId", "holderId", "status", "handlers"] as const)
      assert.deepEqual(after.state[field], before.state[field], field);
    assert.deepEqual([after.state.attachments, after.state.urges.length], [1, 1]);
  });

  test("what people write stays outside the hashed data", () => {
    for (const event of [taken().act(agent, "note", { note: "王小明在家" }), taken().act(agent, "attach", file)].map((order) =>
      order.events.at(-1),
    ))
      assert.ok(event && event.personal !== null && !JSON.stringify(event.data).includes("王小明") && !("name" in event.data));
  });

  test("a customer who was reached has been contacted; an attempt stops no clock", () => {
    const tried = handled().act(handler, "contact", called({ reached: false }));
    assert.deepEqual(
      [tried.events.at(-1)?.type, tried.state.contacts, clock(tried, "first-contact")],
      ["contact-attempt", 0, "running"],
    );
    const spoke = tried.act(handler, "contact", called());
    assert.deepEqual([spoke.state.contacts, clock(spoke, "first-contact")], [1, "met"]);
  });

  test("whoever replies without having spoken with the customer leaves the first contact to be made: by the callback at the latest", () => {
    const silent = handled().act(handler, "reply", replyForm);
    assert.equal(clock(silent, "first-contact"), "running");
    const spoken = handled().act(handler, "reply", { ...replyForm, contacted: true, contactedAt: "2026-03-20T02:02:00Z" });
    assert.equal(clock(spoken, "first-contact"), "met");
    const passed = silent.act(reviewer, "review-reply", { approved: true });
    assert.equal(clock(passed, "first-contact"), "running");
    for (const [result, status] of [
      [{ result: "REACHED", satisfaction: "SATISFIED" }, "met"],
      [{ result: "DECLINED" }, "met"],
      [{ result: "NOT_REACHED" }, "running"],
    ] as const)
      assert.equal(clock(passed.act(verifier, "callback", result), "first-contact"), status, result.result);
    const day = (silent.events[0]?.atMs ?? 0) + 86_400_000;
    const late = passed.act(verifier, "callback", { result: "REACHED", satisfaction: "SATISFIED" }, day + 1);
    assert.equal(clock(late, "first-contact"), "missed");
    const rejected = silent.act(reviewer, "review-reply", { approved: false, opinion: "请联系客户" });
    assert.equal(clock(rejected.act(handler, "contact", called()), "first-contact"), "met");
  });

  test("a demand that nobody is called back for lapses without a first contact; an answer on the call is one", () => {
    const praised = accepted("praise").act(handler, "reply", replyForm).act(reviewer, "review-reply", { approved: true });
    assert.deepEqual([praised.state.step, clock(praised, "first-contact")], ["archiving", "lapsed"]);
    assert.equal(clock(taken("inquiry").act(agent, "answer-on-call", { answer: "已告知" }), "first-contact"), "met");
    let tried = handled().act(handler, "reply", replyForm).act(reviewer, "review-reply", { approved: true });
    for (let hour = 2; hour <= 6; hour += 2)
      tried = tried.act(verifier, "callback", { result: "NOT_REACHED" }, (tried.events[0]?.atMs ?? 0) + hour * 3_600_000);
    assert.equal(tried.state.step, "archiving");
    const closed = tried.act(verifier, "archive", {});
    assert.equal(clock(closed, "first-contact"), "lapsed");
  });

  test("who gives a repaired fault away has not reported what came of it", () => {
    const restored = accepted()
      .act(handler, "arrive", { arrivedAt: "2026-03-20T02:03:00Z" })
      .act(handler, "restore", { restoredAt: "2026-03-20T02:04:00Z", kind: "LV_FAULT", work: "已更换" });
    assert.equal(clock(restored.act(handler, "reply", replyForm), "report-result"), "met");
    const away = { unitId: units.otherStation, reason: "就近" };
    assert.equal(clock(restored.act(manager, "transfer", away), "report-result"), "lapsed");
    assert.equal(clock(restored.act(handler, "return", { reason: "WRONG_UNIT", note: "x" }), "report-result"), "lapsed");
    const late = (restored.events.at(-1)?.atMs ?? 0) + 86_400_001;
    assert.equal(clock(restored.act(manager, "transfer", away, late), "report-result"), "missed");
  });

  test("an urge passed on is answered once for all that wait, each on its own clock", () => {
    const urged = dispatched().act(agent, "urge", { by: "CUSTOMER" }).act(agent, "urge", { by: "CENTRE" });
    assert.equal(urged.clocks.filter((one) => one.slot === "urge" && one.status === "running").length, 2);
    const answered = urged.act(handler, "answer-urge", { answer: "十分钟到" });
    assert.ok(answered.clocks.filter((one) => one.slot === "urge").every((one) => one.status === "met"));
    assert.equal(answered.refused(handler, "answer-urge", { answer: "再答" }), "work-order.nothing-urged");
  });

  test("a suspended order is noted, urged and answered, but not worked on", () => {
    const asked = accepted().act(handler, "request-suspension", { reason: "MATERIAL", until: "2026-03-25T02:00:00Z", note: "x" });
    const order = asked.act(manager, "decide", { requestSeq: 4, approved: true }).act(agent, "urge", { by: "CUSTOMER" });
    assert.equal(order.act(handler, "answer-urge", { answer: "待料" }).state.status, "SUSPENDED");
    const other = { "1012026032000000002": taken().state };
    const written = order
      .act(agent, "note", { note: "x" })
      .act(handler, "attach", file)
      .seeing(other)
      .act(agent, "link", { orderId: "1012026032000000002", kind: "RELATED" });
    assert.deepEqual([written.state.status, written.state.attachments, written.state.links.length], ["SUSPENDED", 1, 1]);
    assert.equal(order.refused(handler, "consult", ask(units.otherStation)), "work-order.suspended");
  });
});

describe("several units on one order", () => {
  test("one leads and keeps it; each that is asked has a clock of its own and sees the order", () => {
    const order = accepted().act(handler, "consult", ask(units.otherStation, units.crew, units.otherStation));
    assert.deepEqual(
      order.state.consultations.map((one) => one.unitId),
      [units.otherStation, units.crew],
    );
    assert.equal(order.state.unitId, units.station);
    assert.ok(order.state.unitIds.includes(units.otherStation));
    assert.equal(order.clocks.filter((one) => one.slot === "consultation").length, 2);
  });

  test("each answers for itself, and may be asked again", () => {
    const answered = consulting().act(otherHandler, "answer-consultation", { answer: "线路正常" });
    assert.equal(answered.refused(otherHandler, "answer-consultation", { answer: "x" }), "work-order.not-yours");
    assert.equal(answered.act(handler, "consult", ask(units.otherStation)).state.consultations.length, 2);
  });

  test("who assisted worked on the matter, and does not verify it", () => {
    const helper = { id: 31, home: units.otherStation, roles: { HANDLER: units.otherStation, VERIFIER: units.city } };
    const order = consulting()
      .act(helper, "answer-consultation", { answer: "线路正常" })
      .act(handler, "reply", remoteReply)
      .act(reviewer, "review-reply", { approved: true });
    assert.equal(
      order.refused(helper, "callback", { result: "REACHED", satisfaction: "SATISFIED" }),
      "work-order.verifier-is-handler",
    );
    assert.equal(order.act(verifier, "callback", { result: "REACHED", satisfaction: "SATISFIED" }).state.status, "ARCHIVED");
  });

  test("an order that went back to the desk still waits for who was asked, before anybody replies", () => {
    const order = consulting()
      .act(handler, "return", { reason: "WRONG_UNIT", note: "x" })
      .act(dispatcher, "dispatch", { unitId: units.station })
      .act(handler, "accept");
    assert.equal(order.refused(handler, "reply", remoteReply), "work-order.consultation-open");
    assert.equal(replied().state.step, "reviewing");
  });
});
