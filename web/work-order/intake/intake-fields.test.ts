import assert from "node:assert/strict";
import { test } from "node:test";
import { formJsonSchema } from "@bihuan/core/flow/form.ts";
import { IntakeForm } from "@bihuan/core/flow/intake.ts";
import { flows } from "@bihuan/core/flows.ts";
import { readForm } from "../../ui/schema-form-model.ts";
import { foldedValues, intakeGroups, isPhone } from "./intake-fields.ts";

const common = readForm(formJsonSchema(IntakeForm));
const fault = readForm(formJsonSchema(flows.all.find(({ id }) => id === "fault-repair")?.details ?? IntakeForm));

test("what the caller says is asked first, then what is chosen; the rest is folded", () => {
  const { said, own, told, reached, chosen, ownMore } = intakeGroups(common, fault, true);
  assert.deepEqual(said, ["title"]);
  assert.deepEqual(told, ["description"]);
  assert.deepEqual(reached, ["contactName", "contactPhone"]);
  assert.deepEqual(chosen, ["urgency", "address", "callbackWish"]);
  assert.deepEqual(own.slice(0, 2), ["scope", "danger"]);
  assert.deepEqual(ownMore, ["symptom"]);
});

test("the area class is asked where no customer's file tells it, and is folded where one does", () => {
  assert.equal(intakeGroups(common, fault, false).chosen[0], "areaClass");
  assert.ok(intakeGroups(common, fault, true).more.includes("areaClass"));
});

test("an application for supply shows what the customer is told at once: documents, dates, capacity", () => {
  const { own, ownMore } = intakeGroups(common, readForm(formJsonSchema(flows.get("connection-hv-single").details)), true);
  assert.deepEqual(own, ["missing", "load", "capacityKva", "wantedOn", "customerWorksDays"]);
  assert.deepEqual(ownMore, ["shown"]);
});

test("every field of an intake stands somewhere, once, in every flow", () => {
  for (const { details } of flows.all)
    for (const onFile of [true, false]) {
      const own = readForm(formJsonSchema(details));
      const names = Object.values(intakeGroups(common, own, onFile)).flat();
      assert.deepEqual([...names].sort(), [...common, ...own].map(({ name }) => name).sort());
    }
});

test("what must be filled in is never folded", () => {
  for (const { details, id } of flows.all) {
    const own = readForm(formJsonSchema(details));
    const { more, ownMore } = intakeGroups(common, own, false);
    const folded = [...common.filter(({ name }) => more.includes(name)), ...own.filter(({ name }) => ownMore.includes(name))];
    // The origin is filled in by the desk that asks.
    assert.deepEqual(
      folded.filter(({ required, name }) => required && name !== "origin").map(({ name }) => name),
      [],
      id,
    );
  }
});

test("the folded line says what stands in it, in the words of the form", () => {
  const folded = common.filter(({ name }) => ["origin", "identity", "targetUnitId", "externalNo"].includes(name));
  const values = { origin: "GOV_12345", identity: "NAMED", targetUnitId: 12, externalNo: "" };
  const unit = (unitId: number) => (unitId === 12 ? "南庄供电所" : undefined);
  assert.deepEqual(foldedValues(folded, values, { unit, language: "zh" }), ["12345 政务热线", "实名", "拟派单位 南庄供电所"]);
  assert.deepEqual(foldedValues(folded, values, { unit, language: "en" }), [
    "Government hotline 12345",
    "Named",
    "Proposed handling unit 南庄供电所",
  ]);
});

test("a caller's number is told from an account number", () => {
  for (const number of ["13805145678", "0512-65223344", "02165223344"]) assert.ok(isPhone(number), number);
  for (const other of ["3201004471", "95598", "柳堤", "1380514567", ""]) assert.ok(!isPhone(other), other);
});
