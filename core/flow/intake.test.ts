import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { flows } from "../flows.ts";
import { isRefusal } from "../refusal.ts";
import { IntakeForm, openOrder } from "./intake.ts";
import { contextFor, intakeForm, type Person, people, takeIn, units } from "./testing/world.ts";

type Asked = { flow?: string; subtype?: string; form?: object; details?: object; person?: Person; desk?: number };
const open = ({ flow = "fault-repair", subtype, form = {}, details = {}, person = people.agent, desk = units.centre }: Asked) =>
  openOrder(
    flows.get(flow),
    { subtype: subtype ?? null, form: { ...intakeForm, ...form }, details },
    { ...contextFor(person, Date.parse("2026-03-20T02:00:00Z")), deskUnitId: desk, rulebookVersion: 7 },
  );

const refused: readonly [string, Asked, string][] = [
  ["a history is not taken in", { flow: "imported-history" }, "flow-unknown"],
  ["a desk that is gone takes in nothing", { desk: 99 }, "unit-unknown"],
  ["only an agent takes in", { person: people.handler }, "not-yours"],
  ["and only where he sits", { person: { id: 1, home: 4, roles: { AGENT: 4 } } }, "not-yours"],
  ["a category with subtypes gets one", { flow: "complaint" }, "subtype-unknown"],
  ["and one of its own", { flow: "complaint", subtype: "toString" }, "subtype-unknown"],
  ["one without has none", { subtype: "SERVICE" }, "subtype-unknown"],
  ["a unit proposed exists", { form: { targetUnitId: 99 } }, "unit-unknown"],
  ["and lies in the region", { form: { targetUnitId: units.province } }, "unit-other-region"],
  ["a demand has a title", { form: { title: " " } }, "form-invalid"],
  ["an origin of the catalogue", { form: { origin: "PIGEON" } }, "form-invalid"],
  ["nothing is asked that the form does not name", { form: { vip: true } }, "form-invalid"],
  ["nor the details", { details: { colour: "red" } }, "form-invalid"],
  ["a class of customers is a code, not a person", { form: { customerClass: "王小明 13800138000" } }, "form-invalid"],
  ["a voltage is a code", { form: { voltage: "十千伏" } }, "form-invalid"],
  ["an anonymous caller leaves no name", { form: { identity: "ANONYMOUS", contactPhone: "" } }, "anonymous-with-identity"],
  ["nor a number", { form: { identity: "ANONYMOUS", contactName: "" } }, "anonymous-with-identity"],
  [
    "nor a file of his",
    { form: { identity: "ANONYMOUS", contactName: "", contactPhone: "", customerId: "7" } },
    "anonymous-with-identity",
  ],
  [
    "nor an account",
    { form: { identity: "ANONYMOUS", contactName: "", contactPhone: "", accountNo: "330100" } },
    "anonymous-with-identity",
  ],
];

describe("taking a demand in", () => {
  for (const [rule, asked, code] of refused)
    test(rule, () => {
      const opened = open(asked);
      assert.ok(isRefusal(opened));
      assert.equal(opened.refused, `work-order.${code}`);
    });

  test("the history begins with the facts rules ask about, the flow's edition and the rulebook", () => {
    const opened = open({ form: { customerClass: "RESIDENT", voltage: "V220", urgency: "URGENT" } });
    assert.ok(!isRefusal(opened));
    assert.deepEqual(opened.event.data["facts"], {
      flow: "fault-repair",
      subtype: null,
      areaClass: "URBAN",
      customerClass: "RESIDENT",
      voltage: "V220",
      grade: null,
      urgency: "URGENT",
      identity: "NAMED",
      origin: "HOTLINE_95598",
      organisationPath: [4, 2, 1],
    });
    assert.deepEqual([opened.event.data["flowVersion"], opened.event.data["rulebookVersion"]], [1, 7]);
  });

  test("who called stays outside the hashed history", () => {
    const personal = ["王小明", "13800138000", "停电", "解放路12号", "3301"];
    const opened = open({
      form: { address: "解放路12号", accountNo: "3301", description: "王小明家停电" },
      details: { symptom: "王小明说冒火" },
    });
    assert.ok(!isRefusal(opened));
    const hashed = JSON.stringify(opened.event.data);
    for (const one of personal) assert.ok(!hashed.includes(one), one);
    assert.deepEqual((opened.event.personal as { details: object }).details, { symptom: "王小明说冒火" });
  });

  test("what was named is kept with it, and what was not is null rather than missing", () => {
    const named = { customerId: "7", transformerArea: "东街台区", targetUnitId: 4, externalNo: "A-1" };
    const kept = (form: object) => {
      const opened = open({ form });
      assert.ok(!isRefusal(opened));
      return Object.keys(named).map((key) => opened.event.data[key]);
    };
    assert.deepEqual(kept(named), ["7", "东街台区", 4, "A-1"]);
    assert.deepEqual(kept({ targetUnitId: undefined }), [null, null, null, null]);
    assert.deepEqual(takeIn("fault-repair", { form: { targetUnitId: 4 } }).state.handlingUnitId, 4);
  });

  test("it stands at its desk, in the first step of its flow, and nobody holds it", () => {
    for (const flow of flows.all.filter((one) => !one.closedElsewhere)) {
      const { state } = takeIn(flow.id, { subtype: Object.keys(flow.subtypes)[0] ?? null });
      assert.deepEqual([state.step, state.unitId, state.holderId], [flow.initial, units.centre, null]);
    }
  });

  test("no field of the form is public text by accident", () => {
    const hashed = ["customerClass", "voltage", "customerId", "transformerArea", "externalNo"];
    for (const key of hashed) assert.ok(key in IntakeForm.shape, `${key}: what is hashed for ever is listed here on purpose`);
  });
});
