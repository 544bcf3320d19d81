import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { flows } from "../../flows.ts";
import { foldOrder } from "../state.ts";
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
import { clocksOf, number, people, type Play, SELF, units } from "../testing/world.ts";
import { mirrorsOf } from "./merging.ts";

const { agent, dispatcher, handler, reviewer, manager } = people;
const other = "1012026032000000002";
const elsewhere = "1022026032000000002";
const under = (masterId = other) => ({ masterId });
const linked = (orderId = other) => ({ orderId, kind: "RELATED" });

const beside = (story: () => Play, order: () => Play = taken) => order().seeing({ [other]: story().state });
const merged = () => beside(taken).act(dispatcher, "merge", under());
const child = () => ({ ...taken().state, masterId: "1012026032000000009" });
const withChild = () => ({ ...taken().state, childIds: ["1012026032000000009"] });

const cases: readonly RefusalCase[] = [
  ["an order is not merged under itself", taken, dispatcher, "merge", under(SELF), "merge-itself"],
  ["nor under one of another region", taken, dispatcher, "merge", under(elsewhere), "order-other-region"],
  ["nor under one that he cannot see", taken, dispatcher, "merge", under(), "not-found"],
  ["nor under a closed one", () => beside(archived), dispatcher, "merge", under(), "merge-master-closed"],
  ["nor under one of another kind", () => beside(() => taken("opinion")), dispatcher, "merge", under(), "merge-other-flow"],
  ["nor under one that was answered", () => beside(answered), dispatcher, "merge", under(), "merge-master-answered"],
  ["a child has no children", () => taken().seeing({ [other]: child() }), dispatcher, "merge", under(), "merge-master-is-child"],
  ["what is handled is not merged", () => beside(taken, accepted), dispatcher, "merge", under(), "wrong-step"],
  ["a handler merges nothing", () => beside(taken, dispatched), handler, "merge", under(), "not-yours"],
  ["what is merged is not dispatched", merged, dispatcher, "dispatch", { unitId: 4 }, "wrong-step"],
  ["nor relabelled", merged, dispatcher, "request-reclassification", { flow: "opinion", reason: "x" }, "wrong-step"],
  ["a release is explained", merged, dispatcher, "release", {}, "form-invalid"],
  ["an order is not linked to itself", taken, agent, "link", linked(SELF), "link-itself"],
  ["nor to one that he cannot see", taken, agent, "link", linked(), "not-found"],
  ["nor twice", () => beside(archived).act(agent, "link", linked()), agent, "link", linked(), "linked-already"],
  ["a link has its kind", () => beside(archived), agent, "link", { orderId: other, kind: "SIMILAR" }, "form-invalid"],
];

describe("merging repeats under a master", () => {
  refusals(cases);

  test("one with children is not merged itself", () => {
    const { offered } = flows.get("fault-repair").actions["merge"] ?? {};
    assert.deepEqual(offered?.(withChild(), {} as never), { refused: "work-order.merge-has-children", facts: {} });
  });

  test("it waits at its desk under its master, and can be taken out again", () => {
    const { state } = merged();
    assert.deepEqual([state.step, state.unitId, state.masterId], ["merged", units.centre, other]);
    const released = merged().act(dispatcher, "release", { reason: "非同一故障" });
    assert.deepEqual([released.state.step, released.state.masterId], ["dispatching", null]);
    assert.equal(released.clocks.filter((clock) => clock.slot === "dispatch").at(-1)?.status, "running");
  });

  test("an order is linked to a closed one of another kind", () => {
    const { state } = beside(() => archived("inquiry")).act(agent, "link", linked());
    assert.deepEqual(state.links, [{ orderId: other, kind: "RELATED" }]);
  });
});

/** What a master's history adds to a child merged under it before anything happened to the master. */
function follow(master: Play, childOrder: Play = merged()) {
  const added = mirrorsOf(master.events, other, master.state, childOrder.state, flows.get(childOrder.state.flow));
  const events = [...childOrder.events, ...number(added, childOrder.state.version, master.state.openedAtMs + 3_600_000, handler)];
  return { added: added.map((event) => event.type), state: foldOrder(events), clocks: clocksOf(events) };
}

describe("a master moves the orders merged under it", () => {
  test("to their own callback, once its reply has passed", () => {
    const { added, state } = follow(answered());
    assert.deepEqual(added, ["dispatch", "accept", "reply", "review-passed"]);
    assert.deepEqual([state.step, state.unitId, state.reviewLevel], ["callback", units.centre, 1]);
  });

  test("and no further: what the master does with its own caller is not theirs", () => {
    assert.deepEqual(follow(archived()).added, follow(answered()).added);
  });

  test("who handled the master handled them, and does not verify them", () => {
    assert.deepEqual(follow(replied()).state.handlers, [{ kind: "staff", id: handler.id }]);
  });

  test("nor does who handled it before they came under it, or assisted it", () => {
    const assistant = { id: 31, home: units.otherStation, roles: { HANDLER: units.otherStation } };
    const master = accepted().act(handler, "consult", { unitIds: [units.otherStation], question: "请核实" });
    const passed = master
      .act(assistant, "answer-consultation", { answer: "线路正常" })
      .act(handler, "reply", remoteReply)
      .act(reviewer, "review-reply", { approved: true });
    const late = mirrorsOf(passed.events.slice(-1), other, passed.state, merged().state, flows.get("fault-repair"));
    const child = foldOrder([...merged().events, ...number(late, 2, passed.state.openedAtMs, reviewer)]);
    assert.equal(child.step, "callback");
    assert.deepEqual(
      child.handlers.map(({ id }) => id),
      [handler.id, assistant.id],
    );
  });

  test("a caller who is anonymous is not called: the order goes to be archived, with that reason", () => {
    const anonymous = beside(taken, () => taken("fault-repair", { identity: "ANONYMOUS", contactName: "", contactPhone: "" }));
    const { state } = follow(answered(), anonymous.act(dispatcher, "merge", under()));
    assert.deepEqual([state.step, state.noCallbackReason], ["archiving", "ANONYMOUS"]);
  });

  test("its returns and rulings move their clocks, but are not counted as theirs", () => {
    const back = { reason: "WRONG_UNIT", note: "x" };
    const twice = dispatched()
      .act(handler, "return", back)
      .act(dispatcher, "dispatch", { unitId: 4 })
      .act(handler, "return", back);
    const { state, clocks } = follow(twice.act(manager, "arbitrate", { unitId: 4, ruling: "x" }));
    assert.deepEqual([state.step, state.returns, state.ruling], ["merged", {}, null]);
    assert.deepEqual(
      clocks.filter((clock) => clock.slot === "accept").map((clock) => clock.stoppedAtMs === null),
      [false, false, true],
    );
  });

  test("a rejected reply is rejected for them too: their review does not run on", () => {
    const rejected = replied().act(reviewer, "review-reply", { approved: false, opinion: "补充" });
    const { state, clocks } = follow(rejected);
    assert.equal(state.replySeq, null);
    assert.equal(clocks.find((clock) => clock.slot === "reply-review")?.status, "met");
  });

  const until = "2026-03-25T02:00:00Z";
  const halted = (reason: string) => {
    const asked = accepted().act(handler, "request-suspension", { reason, until, note: "x" });
    return asked.act(manager, "decide", { requestSeq: 4, approved: true });
  };
  const suspensionOf = ({ state }: { state: Play["state"] }) => state.suspension && [state.status, state.suspension.reason];

  test("bad weather and missing material hold them up as well, until the master goes on", () => {
    for (const reason of ["EXTREME_WEATHER", "SITE_BLOCKED", "MATERIAL", "THIRD_PARTY"]) {
      const { state, clocks } = follow(halted(reason));
      assert.deepEqual([state.status, state.step], ["SUSPENDED", "merged"]);
      assert.deepEqual(state.suspension?.untilMs, Date.parse(until));
      assert.equal(clocks.find((clock) => clock.slot === "suspension")?.status, "running");
      const on = follow(halted(reason).act(manager, "resume"));
      assert.deepEqual([on.state.status, on.state.step, on.state.suspension], ["OPEN", "merged", null]);
      assert.equal(on.clocks.find((clock) => clock.slot === "suspension")?.status, "met");
    }
  });

  test("what one caller chose or owes is not the others': their orders are not suspended, and their clocks run on", () => {
    for (const reason of ["CUSTOMER_WORKS", "CUSTOMER_APPOINTMENT", "CUSTOMER_UNREACHABLE"]) {
      const master = halted(reason);
      const { added, state, clocks } = follow(master);
      assert.deepEqual([state.status, added.includes("suspend")], ["OPEN", false]);
      assert.equal(clocks.find((clock) => clock.slot === "handling")?.status, "running");
      assert.ok(!follow(master.act(manager, "resume")).added.includes("resume"));
    }
  });

  test("their clocks stand still by their own rules: the same reason stops the same limits", () => {
    const clockOf = (clocks: readonly { slot: string; status: string }[], slot: string) =>
      clocks.find((clock) => clock.slot === slot)?.status;
    const master = halted("EXTREME_WEATHER");
    for (const slot of ["handling", "answer"])
      assert.equal(clockOf(follow(master).clocks, slot), clockOf(master.clocks, slot), slot);
  });

  test("an order that comes under a suspended master is suspended with it, if the reason is everybody's", () => {
    const joining = (reason: string) => beside(() => halted(reason)).act(dispatcher, "merge", under());
    assert.deepEqual(suspensionOf(joining("MATERIAL")), ["SUSPENDED", "MATERIAL"]);
    assert.equal(suspensionOf(joining("CUSTOMER_WORKS")), null);
  });

  test("it is not resumed by itself, but can be taken out, and is at work again then", () => {
    const waiting = beside(() => halted("MATERIAL")).act(dispatcher, "merge", under());
    assert.equal(waiting.refused(dispatcher, "resume"), "work-order.suspended-with-master");
    const out = waiting.act(dispatcher, "release", { reason: "另有故障点" });
    assert.deepEqual([out.state.status, out.state.step, out.state.suspension], ["OPEN", "dispatching", null]);
    assert.equal(out.clocks.find((clock) => clock.slot === "suspension")?.status, "met");
    assert.equal(waiting.act(agent, "withdraw", { confirmed: true, reason: "x" }).state.status, "WITHDRAWN");
  });

  test("a suspended master that ends leaves nobody suspended", () => {
    const ended = halted("MATERIAL").act(agent, "withdraw", { confirmed: true, reason: "误报" });
    const { added, state } = follow(ended);
    assert.deepEqual(added.slice(-2), ["resume", "release"]);
    assert.deepEqual([state.status, state.step, state.masterId], ["OPEN", "dispatching", null]);
  });

  const ends: readonly [string, () => Play][] = [
    ["it is withdrawn", () => dispatched().act(agent, "withdraw", { confirmed: true, reason: "误报" })],
    [
      "it is terminated",
      () => {
        const asked = accepted().act(agent, "request-termination", { reason: "INVALID", note: "x" });
        return asked.act(manager, "decide", { requestSeq: 4, approved: true });
      },
    ],
    [
      "it becomes another kind",
      () => {
        const asked = accepted().act(agent, "request-reclassification", { flow: "opinion", reason: "x" });
        return asked.act(manager, "decide", { requestSeq: 4, approved: true });
      },
    ],
  ];
  for (const [when, story] of ends)
    test(`they go back to be dispatched when ${when}`, () => {
      const { added, state } = follow(story());
      assert.equal(added.at(-1), "release");
      assert.deepEqual([state.step, state.masterId], ["dispatching", null]);
    });

  test("an answer on the call is one caller's: the others are set free", () => {
    const inquiry = beside(
      () => taken("inquiry"),
      () => taken("inquiry"),
    ).act(dispatcher, "merge", under());
    const { state } = follow(taken("inquiry").act(agent, "answer-on-call", { answer: "已告知" }), inquiry);
    assert.deepEqual([state.step, state.masterId], ["dispatching", null]);
  });
});
