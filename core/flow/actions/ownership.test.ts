import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { flows } from "../../flows.ts";
import { accepted, dispatched, type RefusalCase, refusals, replied, remoteReply, taken } from "../testing/stories.ts";
import { contextFor, integration, people, type Play, units } from "../testing/world.ts";

const { agent, dispatcher, handler, otherHandler, manager, reviewer } = people;
const { station, otherStation, city, centre, province, crew } = units;
const back = { reason: "WRONG_UNIT", note: "不归我所" };
const disputed = () =>
  dispatched().act(handler, "return", back).act(dispatcher, "dispatch", { unitId: station }).act(handler, "return", back);
const ruled = () => disputed().act(manager, "arbitrate", { unitId: station, ruling: "由城东所办理" });

const stationManager = { id: 31, home: station, roles: { MANAGER: station } };

const cases: readonly RefusalCase[] = [
  ["only a dispatcher dispatches", taken, agent, "dispatch", { unitId: station }, "not-yours"],
  ["a unit that does not exist is given nothing", taken, dispatcher, "dispatch", { unitId: 99 }, "unit-unknown"],
  ["an order does not leave its region", taken, dispatcher, "dispatch", { unitId: province }, "unit-other-region"],
  ["what is dispatched is not dispatched again", dispatched, dispatcher, "dispatch", { unitId: crew }, "wrong-step"],
  ["a unit accepts only what it was given", dispatched, otherHandler, "accept", {}, "not-yours"],
  ["nobody accepts before it is dispatched", taken, integration, "accept", {}, "wrong-step"],
  ["a return gives its reason", dispatched, handler, "return", { note: "x" }, "form-invalid"],
  ["a return is explained", dispatched, handler, "return", { reason: "OTHER" }, "form-invalid"],
  ["what was replied to is not returned", replied, manager, "return", back, "wrong-step"],
  ["a ruling is final for the unit", ruled, handler, "return", back, "return-after-arbitration"],
  ["the unit in dispute does not rule", disputed, handler, "arbitrate", { unitId: station, ruling: "x" }, "not-yours"],
  ["the desk in dispute does not rule", disputed, dispatcher, "arbitrate", { unitId: station, ruling: "x" }, "not-yours"],
  ["a ruling names a unit of the region", disputed, manager, "arbitrate", { unitId: 99, ruling: "x" }, "unit-unknown"],
  ["a handler does not pass it on", accepted, handler, "transfer", { unitId: otherStation, reason: "x" }, "not-yours"],
  ["a transfer goes elsewhere", accepted, manager, "transfer", { unitId: station, reason: "x" }, "transfer-to-itself"],
  ["a transfer stays in the region", accepted, manager, "transfer", { unitId: province, reason: "x" }, "unit-other-region"],
  [
    "what was ruled is not passed on by the unit that lost",
    () => ruled().act(handler, "accept"),
    stationManager,
    "transfer",
    { unitId: otherStation, reason: "x" },
    "transfer-after-arbitration",
  ],
  [
    "nor by the desk that lost",
    ruled,
    dispatcher,
    "transfer",
    { unitId: otherStation, reason: "x" },
    "transfer-after-arbitration",
  ],
  [
    "nor on to others by a unit of those it was passed on to",
    () => ruled().act(stationManager, "transfer", { unitId: crew, reason: "x" }),
    stationManager,
    "transfer",
    { unitId: otherStation, reason: "x" },
    "transfer-after-arbitration",
  ],
  ["a reply under review is not transferred", replied, manager, "transfer", { unitId: crew, reason: "x" }, "wrong-step"],
];

const where = ({ state }: Play) => [state.step, state.unitId, state.holderId];

describe("who has an order", () => {
  refusals(cases);

  test("dispatching gives it to a unit, accepting to a person", () => {
    assert.deepEqual(where(dispatched()), ["accepting", station, null]);
    assert.deepEqual(where(accepted()), ["travelling", station, handler.id]);
    assert.equal(accepted().state.handlingUnitId, station);
  });

  test("an integration accepts for a unit, and no person holds it then", () => {
    assert.deepEqual(where(dispatched().act(integration, "accept")), ["travelling", station, null]);
  });

  test("a return goes back to the desk, and the clocks of the demand run on", () => {
    const order = accepted().act(handler, "return", back);
    assert.deepEqual(where(order), ["dispatching", centre, null]);
    const running = order.clocks.filter((clock) => clock.status === "running").map((clock) => clock.slot);
    assert.ok(running.includes("arrival") && running.includes("answer") && running.includes("dispatch"), running.join());
  });

  test("each unit returns it once; the same unit's second return is arbitrated by the level above the desk", () => {
    const twoUnits = dispatched()
      .act(handler, "return", back)
      .act(dispatcher, "dispatch", { unitId: otherStation })
      .act(otherHandler, "return", back);
    assert.equal(twoUnits.state.step, "dispatching");
    assert.deepEqual(twoUnits.state.returns, { [station]: 1, [otherStation]: 1 });
    assert.deepEqual(where(disputed()), ["arbitrating", city, null]);
  });

  for (const returnsBeforeArbitration of [0, 1, 3])
    test(`a unit may return it ${returnsBeforeArbitration} times, where that is the rule`, () => {
      let order = dispatched().under({ returning: { returnsBeforeArbitration } });
      for (let count = 0; count < returnsBeforeArbitration; count++) {
        order = order.act(handler, "return", back);
        assert.equal(order.state.step, "dispatching");
        order = order.act(dispatcher, "dispatch", { unitId: station });
      }
      assert.equal(order.act(handler, "return", back).state.step, "arbitrating");
    });

  test("where the desk is the root, it arbitrates itself: nobody stands above it", () => {
    const root = { ...taken().state, deskUnitId: province, unitId: station, step: "accepting" };
    const { decide: returns } = flows.get("fault-repair").actions["return"] ?? assert.fail();
    const context = contextFor(handler, 0);
    const decided = returns({
      state: { ...root, returns: { [station]: 1 } },
      flow: flows.get("fault-repair"),
      value: back,
      context,
    });
    assert.deepEqual(Array.isArray(decided) && [decided[0]?.step, decided[0]?.unitId], ["arbitrating", province]);
  });

  test("a ruling gives it to a unit that has to accept it, and arbitration has a clock of its own", () => {
    assert.equal(disputed().clocks.find((clock) => clock.slot === "arbitration")?.status, "running");
    assert.deepEqual(where(ruled()), ["accepting", station, null]);
    assert.equal(ruled().clocks.find((clock) => clock.slot === "arbitration")?.status, "met");
  });

  test("a reopened order may be returned again: the ruling was for the old episode", () => {
    const again = ruled().act(handler, "accept").act(handler, "reply", {
      contacted: false,
      responsibleUnitId: station,
      cause: "EQUIPMENT",
      facts: "f",
      causeText: "c",
      measures: "m",
      notOnSite: "OTHER",
    });
    const reopened = again
      .act(reviewer, "review-reply", { approved: true })
      .act(people.verifier, "callback", { result: "REACHED", satisfaction: "DISSATISFIED" });
    assert.deepEqual([reopened.state.ruling, reopened.state.returns], [null, {}]);
  });

  test("after a ruling the unit that was named passes it on among its own, up and down", () => {
    const passedOn = ruled().act(stationManager, "transfer", { unitId: crew, reason: "就近" });
    assert.deepEqual(where(passedOn), ["accepting", crew, null]);
    assert.deepEqual(where(passedOn.act(dispatcher, "transfer", { unitId: station, reason: "收回" })), [
      "accepting",
      station,
      null,
    ]);
  });

  test("the level that ruled may give it to somebody else, who is bound by that from then on", () => {
    const anew = ruled().act(manager, "transfer", { unitId: otherStation, reason: "重新裁定" });
    assert.deepEqual(where(anew), ["accepting", otherStation, null]);
    assert.deepEqual(anew.state.ruling, { byUnitId: city, unitId: otherStation });
    assert.equal(anew.refused(otherHandler, "return", back), "work-order.return-after-arbitration");
    assert.equal(anew.refused(dispatcher, "transfer", { unitId: station, reason: "x" }), "work-order.transfer-after-arbitration");
    const within = ruled().act(manager, "transfer", { unitId: crew, reason: "x" });
    assert.deepEqual(within.state.ruling, { byUnitId: city, unitId: station }, "passing on among its own is no new ruling");
  });

  test("before a ruling, and in an episode after it, anybody who may transfer does", () => {
    assert.equal(accepted().act(dispatcher, "transfer", { unitId: otherStation, reason: "x" }).state.unitId, otherStation);
    const reopened = ruled()
      .act(handler, "accept")
      .act(handler, "reply", remoteReply)
      .act(reviewer, "review-reply", { approved: true })
      .act(people.verifier, "callback", { result: "REACHED", satisfaction: "DISSATISFIED" })
      .act(dispatcher, "dispatch", { unitId: station });
    assert.equal(reopened.act(dispatcher, "transfer", { unitId: otherStation, reason: "x" }).state.unitId, otherStation);
  });

  test("a transfer needs a new acceptance, and both units stay participants", () => {
    const order = accepted().act(manager, "transfer", { unitId: otherStation, reason: "就近" });
    assert.deepEqual(where(order), ["accepting", otherStation, null]);
    assert.deepEqual(order.state.unitIds, [centre, station, otherStation]);
    assert.deepEqual(order.state.handlers, [{ kind: "staff", id: handler.id }], "who began it still does not verify it");
  });
});
