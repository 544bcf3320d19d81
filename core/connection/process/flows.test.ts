import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { withheldActions } from "../../flow/engine.ts";
import { contextFor, type Play, units } from "../../flow/testing/world.ts";
import { flows } from "../../flows.ts";
import {
  agent,
  DAY,
  dispatcher,
  energised,
  filed,
  handler,
  later,
  manager,
  passed,
  planned,
  reviewer,
  signed,
  START,
  surveying,
} from "../testing/stories.ts";

const types = (order: Play) => order.events.map(({ type }) => type);
const clocks = (order: Play, slot: string) => order.clocks.filter((clock) => clock.slot === slot);
const shown = (order: Play, slot: string) => clocks(order, slot).map(({ status, round }) => `${round} ${status}`);
const iso = (atMs: number) => new Date(atMs).toISOString();
const lastOf = (order: Play) => order.events.at(-1)?.atMs ?? 0;

const important = { details: { load: "IMPORTANT" } };

describe("a connection from application to energising", () => {
  test("a household: survey, plan, contract, meter, supply", () => {
    const order = filed(energised(signed(planned("connection-resident", {}, { works: "NONE" }))));
    assert.equal(order.state.status, "ARCHIVED");
    assert.deepEqual(types(order), [
      "intake",
      "dispatch",
      "accept",
      "survey",
      "reply-plan",
      "await-formalities",
      "sign-contract",
      "ready",
      "install-meter",
      "energise",
      "reply",
      "review-passed",
      "callback",
      "archive",
    ]);
    assert.ok(order.clocks.every(({ status }) => status === "met"));
  });

  test("low voltage with works on the utility's side: the contract is signed meanwhile, and the meter is set at once after them", () => {
    const building = signed(planned("connection-low-voltage", {}, { works: "UTILITY" }));
    assert.equal(building.state.step, "utility-works");
    const done = building.act(handler, "finish-utility-works");
    assert.equal(done.state.step, "metering");
    assert.deepEqual(shown(done, "utility-works"), ["1 met"]);
    assert.equal(filed(energised(done)).state.status, "ARCHIVED");
  });

  test("high voltage, ordinary customer: neither design review nor intermediate inspection is asked for", () => {
    const building = planned("connection-hv-single");
    assert.equal(building.state.step, "customer-works");
    assert.equal(building.refused(agent, "submit-design"), "connection.review-not-required");
    const order = filed(energised(signed(passed(building.act(agent, "report-completion")))));
    assert.equal(order.state.status, "ARCHIVED");
    assert.deepEqual(clocks(order, "design-review"), []);
  });

  test("high voltage, important customer: the design passes, the works are inspected midway, and only then is completion reported", () => {
    const building = planned("connection-hv-dual", important);
    assert.equal(building.refused(agent, "report-completion"), "connection.design-not-passed");
    const designed = building.act(agent, "submit-design").act(handler, "review-design", { passed: true });
    assert.equal(designed.refused(agent, "report-completion"), "connection.mid-inspection-not-passed");
    const inspected = designed
      .act(agent, "request-mid-inspection")
      .act(handler, "inspect-midway", { stage: "CONCEALED", passed: true });
    const order = filed(energised(signed(passed(inspected.act(agent, "report-completion")))));
    assert.equal(order.state.status, "ARCHIVED");
    for (const node of ["plan-reply", "design-review", "mid-inspection", "completion-inspection", "energising"])
      assert.deepEqual(shown(order, node), ["1 met"], node);
  });

  test("a customer of a class that is called important is reviewed, whatever the application says", () => {
    const building = planned("connection-hv-single", { form: { customerClass: "IMPORTANT" } });
    assert.equal(building.refused(agent, "report-completion"), "connection.design-not-passed");
  });

  test("generation is planned, built by its owner, inspected and connected", () => {
    const inspected = planned("connection-generation", { subtype: "NATURAL_PERSON" })
      .act(agent, "report-completion")
      .act(handler, "inspect", { passed: true });
    assert.equal(filed(energised(signed(inspected))).state.status, "ARCHIVED");
  });

  test("a charging post is set at once where no works are needed", () => {
    const order = planned("connection-charging", { subtype: "RESIDENT" }, { works: "NONE" });
    assert.equal(filed(energised(signed(order))).state.status, "ARCHIVED");
  });
});

describe("the customer's own works", () => {
  test("are not the utility's time: the clocks that name them wait, and somebody asks how far it is", () => {
    const building = planned("connection-hv-single");
    assert.deepEqual(shown(building, "whole-process"), ["1 paused"]);
    assert.deepEqual(shown(building, "works-follow-up"), ["1 running"]);
    const asked = later(building, 1, agent, "follow-up", { progress: "基础施工" });
    assert.deepEqual(shown(asked, "works-follow-up"), ["1 met", "2 running"]);
    const reported = later(asked, 40, agent, "report-completion");
    assert.deepEqual(shown(reported, "whole-process"), ["1 running"]);
    assert.deepEqual(shown(reported, "works-follow-up"), ["1 met", "2 missed"]);
    const [whole] = clocks(reported, "whole-process");
    assert.deepEqual(
      whole?.pauses.map(({ reason, fromMs, toMs }) => [reason, ((toMs ?? 0) - fromMs) / DAY]),
      [["CUSTOMER_WORKS", 41]],
    );
  });

  test("need no suspension, and end with none", () => {
    const building = planned("connection-hv-single");
    const until = iso(lastOf(building) + DAY);
    assert.equal(
      building.refused(handler, "request-suspension", { reason: "MATERIAL", until, note: "等待" }),
      "work-order.wrong-step",
    );
  });

  test("begin again where an inspection finds something, and what had passed stands", () => {
    const inspecting = planned("connection-hv-single").act(agent, "report-completion");
    const half = passed(inspecting, ["DOCUMENTS", "PRIMARY"]);
    assert.equal(half.state.step, "completion-inspection");
    assert.equal(half.refused(handler, "inspect", { stage: "PRIMARY", passed: true }), "connection.stage-passed");
    assert.equal(half.refused(handler, "inspect", { stage: "SECONDARY", passed: false }), "connection.findings-missing");
    const failed = half.act(handler, "inspect", {
      stage: "SECONDARY",
      passed: false,
      kinds: ["PROTECTION"],
      findings: "定值不符",
    });
    assert.equal(failed.state.step, "customer-works");
    assert.deepEqual(shown(failed, "completion-inspection"), ["1 met"]);
    assert.deepEqual(shown(failed, "whole-process"), ["1 paused"]);
    const again = later(failed, 3, agent, "report-completion");
    assert.equal(again.refused(handler, "inspect", { stage: "SECONDARY", passed: true }), "connection.rectification-unconfirmed");
    const over = again
      .act(handler, "inspect", { stage: "SECONDARY", passed: true, rectified: true })
      .act(handler, "inspect", { stage: "METERING", passed: true });
    assert.equal(over.state.step, "formalities");
    assert.deepEqual(shown(over, "completion-inspection"), ["1 met", "2 met"]);
  });

  test("end with the application", () => {
    const building = planned("connection-hv-single");
    const withdrawn = later(building, 90, agent, "withdraw", { confirmed: true, reason: "项目取消" });
    assert.equal(withdrawn.state.status, "WITHDRAWN");
    assert.ok(withdrawn.clocks.every(({ status }) => status !== "running" && status !== "paused"));
  });
});

describe("acceptance on one document", () => {
  const missing = { details: { missing: ["PROPERTY", "AUTHORISATION"] } };

  test("each document that is to follow has a clock of its own, which its coming stops", () => {
    const order = surveying("connection-low-voltage", missing);
    assert.deepEqual(order.state.missing, ["PROPERTY", "AUTHORISATION"]);
    assert.deepEqual(
      clocks(order, "missing-document").map(({ subject, startedAtMs, status }) => [subject, startedAtMs, status]),
      [
        ["PROPERTY", Date.parse(START), "running"],
        ["AUTHORISATION", Date.parse(START), "running"],
      ],
    );
    const supplied = later(order, 2, agent, "supply-documents", { documents: ["PROPERTY"] });
    assert.deepEqual(
      clocks(supplied, "missing-document").map(({ subject, status }) => [subject, status]),
      [
        ["PROPERTY", "missed"],
        ["AUTHORISATION", "running"],
      ],
    );
    assert.equal(supplied.refused(agent, "supply-documents", { documents: ["PROPERTY"] }), "connection.document-not-missing");
  });

  test("no contract is signed while one is missing", () => {
    const order = planned("connection-low-voltage", missing, { works: "NONE" });
    const contract = { signedAt: iso(lastOf(order)), contractNo: "1" };
    assert.equal(order.refused(agent, "sign-contract", contract), "connection.documents-missing");
    const complete = order.act(agent, "supply-documents", { documents: ["PROPERTY", "AUTHORISATION"] });
    assert.equal(complete.refused(agent, "supply-documents", { documents: ["PROPERTY"] }), "connection.nothing-missing");
    assert.equal(signed(complete).state.step, "metering");
  });

  test("an application from a reopened or relabelled order does not lose sight of what is missing", () => {
    const order = surveying("connection-low-voltage", missing)
      .act(handler, "request-reclassification", {
        flow: "connection-hv-single",
        subtype: "NEW",
        details: { missing: ["SITE_PLAN"] },
        reason: "容量超限",
      })
      .act(manager, "decide", { requestSeq: 4, approved: true });
    assert.equal(order.state.flow, "connection-hv-single");
    assert.deepEqual(order.state.missing, ["PROPERTY", "AUTHORISATION", "SITE_PLAN"]);
    assert.deepEqual(
      clocks(order, "missing-document")
        .filter(({ flow, status }) => flow === "connection-hv-single" && status === "running")
        .map(({ subject }) => subject),
      ["PROPERTY", "AUTHORISATION", "SITE_PLAN"],
    );
  });
});

test("what there is no occasion for is not told as forbidden; what a rule forbids just now is", () => {
  // Whoever worked on it does not withdraw it: that holds everywhere.
  const withheld = (order: Play) =>
    withheldActions(flows.get(order.state.flow), order.state, contextFor(agent, lastOf(order) + 60_000))
      .map(({ action }) => action.key)
      .filter((key) => key !== "withdraw");
  assert.deepEqual(withheld(signed(planned("connection-hv-single"))), []);
  const waiting = planned("connection-hv-single", { details: { load: "IMPORTANT", missing: ["PROPERTY"] } });
  assert.deepEqual(withheld(waiting), ["report-completion", "request-mid-inspection", "sign-contract"]);
});

describe("a fee that is due", () => {
  test("is settled before completion is reported and before the contract is signed", () => {
    const order = planned("connection-hv-dual", {}, { feeDue: true });
    assert.equal(order.refused(agent, "report-completion"), "connection.fee-open");
    assert.equal(order.refused(agent, "sign-contract", { signedAt: iso(lastOf(order)), contractNo: "1" }), "connection.fee-open");
    const paid = order.act(agent, "settle-fee", { amountYuan: 12_000, receipt: "N1" });
    assert.equal(paid.act(agent, "report-completion").state.step, "completion-inspection");
    assert.equal(paid.refused(agent, "settle-fee", { amountYuan: 1, receipt: "N2" }), "connection.no-fee-due");
  });
});

describe("an agreed visit", () => {
  test("moves the arrival to the agreed time where that is later, and is kept by a clock of its own", () => {
    const order = surveying("connection-resident");
    const agreedAtMs = Date.parse(START) + 3 * DAY;
    assert.equal(order.refused(agent, "appoint", { agreedAt: START }), "connection.appointment-past");
    const agreed = order.act(agent, "appoint", { agreedAt: iso(agreedAtMs) });
    assert.deepEqual(
      ["on-site", "appointment"].map((slot) => clocks(agreed, slot)[0]?.dueAtMs),
      [agreedAtMs, agreedAtMs],
    );
    const arrived = agreed.act(handler, "arrive", { arrivedAt: iso(agreedAtMs) }, agreedAtMs);
    assert.deepEqual(
      ["on-site", "appointment"].map((slot) => shown(arrived, slot)),
      [["1 met"], ["1 met"]],
    );
  });

  test("agreed again, the new time counts and the old one is over", () => {
    const order = surveying("connection-resident");
    const first = order.act(agent, "appoint", { agreedAt: iso(Date.parse(START) + 2 * DAY) });
    const second = first.act(agent, "appoint", { agreedAt: iso(Date.parse(START) + 4 * DAY) });
    assert.deepEqual(shown(second, "appointment"), ["1 lapsed", "2 running"]);
    const tooLate = first.act(agent, "appoint", { agreedAt: iso(Date.parse(START) + 6 * DAY) }, Date.parse(START) + 3 * DAY);
    assert.deepEqual(shown(tooLate, "appointment"), ["1 missed", "2 running"], "nobody came at the time that was agreed first");
  });

  test("earlier than the rule asks, gives the rule no less time", () => {
    const order = surveying("connection-resident");
    const [before] = clocks(order, "on-site");
    const agreed = order.act(agent, "appoint", { agreedAt: iso(lastOf(order) + 3_600_000) });
    assert.equal(clocks(agreed, "on-site")[0]?.dueAtMs, before?.dueAtMs);
  });
});

describe("whoever takes a connection over", () => {
  test("goes on where the work stood, and no node begins again", () => {
    const inspecting = planned("connection-hv-single").act(agent, "report-completion");
    const moved = inspecting
      .act(manager, "transfer", { unitId: units.otherStation, reason: "调整区域" })
      .act(manager, "transfer", { unitId: units.station, reason: "再调整" })
      .act(handler, "accept");
    assert.equal(moved.state.step, "completion-inspection");
    for (const slot of ["plan-reply", "on-site", "completion-inspection"]) assert.equal(clocks(moved, slot).length, 1, slot);
  });

  test("of works that go on, lets the customer go on building", () => {
    const building = planned("connection-hv-single");
    const moved = building.act(manager, "transfer", { unitId: units.station === 4 ? 5 : 4, reason: "调整" });
    assert.deepEqual(shown(moved, "whole-process"), ["1 running"], "nobody has it, which is the utility's time");
    const back = moved.act(manager, "transfer", { unitId: units.station, reason: "调整" }).act(handler, "accept");
    assert.equal(back.state.step, "customer-works");
    assert.deepEqual(shown(back, "whole-process"), ["1 paused"]);
    assert.deepEqual(shown(back, "works-follow-up"), ["1 met", "2 running"]);
  });

  test("after a rejected reply goes back to the file, and after a dissatisfied customer as well", () => {
    const replied = energised(signed(planned("connection-resident", {}, { works: "NONE" }))).act(handler, "reply", {
      contacted: false,
      responsibleUnitId: units.station,
      cause: "NO_FAULT",
      facts: "已送电",
      causeText: "无",
      measures: "归档",
    });
    assert.equal(replied.act(reviewer, "review-reply", { approved: false, opinion: "缺照片" }).state.step, "filing");
    const reopened = filed(energised(signed(planned("connection-resident", {}, { works: "NONE" })))).act(agent, "reopen", {
      reason: "CUSTOMER_AGAIN",
      note: "电表接线松动",
    });
    const again = reopened.act(dispatcher, "dispatch", { unitId: units.station }).act(handler, "accept");
    assert.equal(again.state.step, "filing");
    assert.deepEqual(
      clocks(again, "whole-process").map(({ episode }) => episode),
      [1],
      "who comes back applies for nothing",
    );
  });
});
