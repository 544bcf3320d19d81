import assert from "node:assert/strict";
import { describe, test } from "node:test";
import {
  accepted,
  answered,
  archived,
  dispatched,
  type RefusalCase,
  refusals,
  replied,
  remoteReply,
  taken,
} from "../testing/stories.ts";
import { integration, people, type Person, type Play } from "../testing/world.ts";

const { agent, dispatcher, handler, otherHandler, reviewer, verifier, manager, allRounder } = people;
const at = "2026-03-25T02:00:00Z";
const day = 86_400_000;
const suspension = { reason: "CUSTOMER_WORKS", until: at, note: "客户施工" };
const extension = { dueAt: at, reason: "待件" };
const termination = { reason: "LAWFULLY_HANDLED", note: "诉求超出规定" };

const seqOf = (order: Play) => order.state.requests[0]?.seq ?? 0;
const grant = (order: Play, person: Person = manager, atMs?: number) =>
  order.act(person, "decide", { requestSeq: seqOf(order), approved: true }, atMs);
const refusedGrant = (order: Play, person: Person = manager, atMs?: number) =>
  order.refused(person, "decide", { requestSeq: seqOf(order), approved: true }, atMs);
const asked = (kind = "suspension", form: object = suspension, by: Person = handler) =>
  accepted().act(by, `request-${kind}`, form);
const suspended = () => grant(asked());
const until = (iso: string) => ({ ...suspension, until: iso });
const due = (iso: string) => ({ ...extension, dueAt: iso });

const cases: readonly RefusalCase[] = [
  ["a suspension is asked for where the matter is handled", dispatched, handler, "request-suspension", suspension, "wrong-step"],
  ["not while a reply is reviewed", replied, dispatcher, "request-suspension", suspension, "wrong-step"],
  ["a suspension has an end", accepted, handler, "request-suspension", { ...suspension, until: "" }, "form-invalid"],
  ["an end to come", accepted, handler, "request-suspension", until("2026-03-20T02:00:00Z"), "suspension-end-past"],
  ["and not too far", accepted, handler, "request-suspension", until("2026-12-31T02:00:00Z"), "suspension-too-long"],
  ["a reason of the catalogue", accepted, handler, "request-suspension", { ...suspension, reason: "TIRED" }, "form-invalid"],
  ["a neighbour asks for nothing", accepted, otherHandler, "request-suspension", suspension, "not-yours"],
  ["one request of a kind at a time", asked, handler, "request-suspension", suspension, "request-pending"],
  ["what is suspended is not suspended again", suspended, handler, "request-suspension", suspension, "suspended"],
  ["an extension lies ahead", accepted, handler, "request-extension", due("2026-03-20T02:00:00Z"), "extension-past"],
  ["a year at most", accepted, handler, "request-extension", due("2027-03-22T02:00:00Z"), "extension-too-long"],
  ["calendars do not reach for ever", accepted, handler, "request-extension", due("9999-12-31T23:59:59Z"), "extension-too-long"],
  ["a year is not a date", accepted, handler, "request-extension", due("2026"), "form-invalid"],
  ["nobody terminates without a reason", accepted, handler, "request-termination", { note: "x" }, "form-invalid"],
  ["a closed order is asked nothing", archived, agent, "request-termination", termination, "closed"],
  ["nothing was asked", accepted, manager, "decide", { requestSeq: 3, approved: true }, "nothing-requested"],
  ["a request is named by its number", asked, manager, "decide", { requestSeq: 1, approved: true }, "nothing-requested"],
  ["a handler decides nothing", asked, handler, "decide", { requestSeq: 4, approved: true }, "not-yours"],
  ["what runs is not resumed", accepted, handler, "resume", {}, "not-suspended"],
  ["the customer's agent does not resume", suspended, agent, "resume", {}, "not-yours"],
  ["nobody works on a suspended order", suspended, handler, "reply", remoteReply, "suspended"],
];

describe("what needs somebody else's word", () => {
  refusals(cases);

  test("nobody decides his own request, and an integration is somebody by its kind and number", () => {
    const own = asked("suspension", suspension, allRounder);
    assert.equal(refusedGrant(own, allRounder), "work-order.decide-own-request");
    assert.equal(refusedGrant(asked("suspension", suspension, integration), integration), "work-order.decide-own-request");
    // The handler asked; the integration has the same number and is somebody else.
    assert.equal(grant(asked(), integration).state.status, "SUSPENDED");
  });

  test("a rejected request leaves everything as it was, and may be made again", () => {
    const order = asked();
    const rejected = order.act(manager, "decide", { requestSeq: seqOf(order), approved: false, note: "不同意" });
    assert.deepEqual([rejected.state.status, rejected.state.requests], ["OPEN", []]);
    assert.equal(rejected.clocks.find((clock) => clock.slot === "approval")?.status, "met");
    assert.equal(rejected.act(handler, "request-suspension", suspension).state.requests.length, 1);
  });

  test("of two requests the decision names one", () => {
    const order = asked().act(handler, "request-extension", extension);
    const decided = order.act(manager, "decide", { requestSeq: order.state.requests[1]?.seq, approved: true });
    assert.deepEqual(
      decided.state.requests.map((request) => request.kind),
      ["suspension"],
    );
    assert.equal(decided.state.status, "OPEN");
  });

  test("an order resumed says whether it was after the approved end", () => {
    const late = (atMs: number) => suspended().act(handler, "resume", {}, atMs).events.at(-1)?.data["late"];
    assert.equal(late(Date.parse(at)), false);
    assert.equal(late(Date.parse(at) + 1), true);
  });
});

describe("a request is judged again when it is granted", () => {
  test("a suspension whose end has passed meanwhile is not granted", () => {
    assert.equal(refusedGrant(asked(), manager, Date.parse(at)), "work-order.suspension-end-past");
  });

  test("an extension whose new time has passed meanwhile is not granted", () => {
    assert.equal(refusedGrant(asked("extension", extension), manager, Date.parse(at)), "work-order.extension-past");
  });

  test("an order that was replied to meanwhile is not suspended under its reviewer", () => {
    const order = asked().act(handler, "reply", remoteReply);
    assert.equal(refusedGrant(order), "work-order.request-outdated");
    const calling = order.act(reviewer, "review-reply", { approved: true });
    assert.equal(refusedGrant(calling), "work-order.request-outdated");
    // It can be rejected, and then the satisfied customer's answer archives the order.
    const rejected = calling.act(manager, "decide", { requestSeq: seqOf(calling), approved: false });
    assert.equal(rejected.act(verifier, "callback", { result: "REACHED", satisfaction: "SATISFIED" }).state.status, "ARCHIVED");
  });

  test("an order that was passed to another unit meanwhile is not suspended before somebody accepts it", () => {
    const order = asked().act(manager, "transfer", { unitId: 5, reason: "就近" });
    assert.equal(refusedGrant(order), "work-order.request-outdated");
  });

  test("a suspended order is not relabelled", () => {
    const both = asked().act(dispatcher, "request-reclassification", { flow: "opinion", reason: "实为意见" });
    const order = both.act(manager, "decide", { requestSeq: both.state.requests[0]?.seq, approved: true });
    assert.equal(refusedGrant(order), "work-order.suspended");
    assert.equal(grant(order.act(handler, "resume")).state.flow, "opinion");
  });

  test("a suspended order is extended and terminated", () => {
    const extended = grant(suspended().act(handler, "request-extension", extension));
    assert.equal(extended.state.status, "SUSPENDED");
    const terminated = grant(extended.act(agent, "request-termination", termination));
    assert.deepEqual([terminated.state.status, terminated.state.step, terminated.state.suspension], ["TERMINATED", null, null]);
    assert.ok(terminated.clocks.every((clock) => clock.stoppedAtMs !== null));
  });

  test("nobody ends without verification what he worked on himself", () => {
    const order = dispatched().act(allRounder, "accept").act(agent, "request-termination", termination);
    assert.equal(refusedGrant(order, allRounder), "work-order.verifier-is-handler");
    assert.equal(grant(order).state.status, "TERMINATED");
  });

  test("a reopened order is asked anew: what waited in the old episode is gone", () => {
    const order = answered()
      .act(agent, "request-extension", extension)
      .act(verifier, "callback", { result: "REACHED", satisfaction: "DISSATISFIED" });
    assert.deepEqual([order.state.episode, order.state.requests], [2, []]);
  });

  test("an extension moves the due time of the clocks whose rule allows it, and keeps the old one in sight", () => {
    const handling = taken("opinion").act(dispatcher, "dispatch", { unitId: 4 }).act(handler, "accept");
    const order = grant(handling.act(handler, "request-extension", due(new Date(Date.parse(at) + 10 * day).toISOString())));
    const clock = order.clocks.find((one) => one.slot === "handling");
    assert.equal(clock?.dueAtMs, Date.parse(at) + 10 * day);
    assert.notEqual(clock?.dueBeforeExtensionMs, null);
  });
});
