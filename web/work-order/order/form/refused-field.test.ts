import assert from "node:assert/strict";
import { test } from "node:test";
import { workOrderErrors } from "@bihuan/contract/errors/work-order.ts";
import { ProblemError } from "../../../platform/problem.ts";
import { atItsField, fieldsOf } from "./refused-field.ts";

const title = { zh: "到达时间晚于当前时间", en: "Arrived at lies in the future" };
const refused = (code: string, facts: ProblemError["facts"] = {}) =>
  new ProblemError({ status: 422, code, title, detail: title, facts });
const placed = (error: ProblemError, names: string[]) => atItsField(error, names)?.fields.map(({ path }) => path);

test("a refusal that names its field stands at it", () => {
  assert.deepEqual(placed(refused("work-order.time-in-future", { field: "arrivedAt" }), ["arrivedAt", "note"]), [
    "form.arrivedAt",
  ]);
});

test("a refusal that has only one place stands there", () => {
  assert.deepEqual(placed(refused("work-order.opinion-missing"), ["approved", "opinion"]), ["form.opinion"]);
  assert.deepEqual(placed(refused("work-order.unit-unknown"), ["contacted", "responsibleUnitId"]), ["form.responsibleUnitId"]);
});

test("what concerns no field of the form, or came with its fields, stays as it is", () => {
  const conflict = refused("work-order.version-conflict");
  assert.equal(atItsField(conflict, ["note"]), conflict);
  const invalid = new ProblemError({
    status: 400,
    code: "work-order.opinion-missing",
    title,
    detail: title,
    fields: [{ path: "form.x", message: title }],
  });
  assert.equal(atItsField(invalid, ["opinion"]), invalid);
  assert.equal(atItsField(null, []), null);
});

test("every refusal with a place is one the server knows", () => {
  for (const code of Object.keys(fieldsOf)) assert.ok(code in workOrderErrors, code);
});
