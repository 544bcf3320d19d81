import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { z } from "zod";
import { flows } from "../flows.ts";
import { canonicalJson } from "../canonical.ts";
import { formJsonSchema, splitPersonal, text } from "./form.ts";
import { IntakeForm } from "./intake.ts";

describe("forms", () => {
  test("what identifies a person never reaches the hashed part, also where the mark was forgotten", () => {
    const form = z.object({ name: text({ zh: "姓名", en: "Name" }), forgotten: z.string(), count: z.int(), yes: z.boolean() });
    assert.deepEqual(splitPersonal(form, { name: "王小明", forgotten: "13800138000", count: 2, yes: true }), {
      data: { count: 2, yes: true },
      personal: { name: "王小明", forgotten: "13800138000" },
    });
  });

  test("of an intake only codes, ids and numbers are hashed", () => {
    const value = IntakeForm.parse({
      origin: "HOTLINE_95598",
      areaClass: "URBAN",
      title: "停电",
      contactName: "王小明",
      contactPhone: "13800138000",
      address: "解放路1号",
      accountNo: "330100",
    });
    const { data } = splitPersonal(IntakeForm, value);
    assert.deepEqual(Object.keys(data).sort(), ["areaClass", "identity", "origin", "urgency"]);
  });

  test("every field of every form has a label in both languages, and every choice a name", () => {
    for (const flow of flows.all)
      for (const form of [IntakeForm, flow.details, ...Object.values(flow.actions).map((action) => action.form)]) {
        const schema = formJsonSchema(form) as {
          properties?: Record<string, { bihuan?: { label?: { zh?: string; en?: string }; options?: object }; enum?: string[] }>;
        };
        for (const [name, property] of Object.entries(schema.properties ?? {})) {
          assert.ok(property.bihuan?.label?.zh && property.bihuan.label.en, `${flow.id}: ${name} has no label`);
          if (property.enum) assert.deepEqual(Object.keys(property.bihuan.options ?? {}), property.enum, `${flow.id}: ${name}`);
        }
      }
  });

  test("what is needed only sometimes hangs on a field of the same form, and on values that field may have", () => {
    type Property = { enum?: string[]; type?: string; bihuan?: { requiredWhen?: { field: string; is: unknown[] } } };
    let conditions = 0;
    for (const flow of flows.all)
      for (const { key, form } of Object.values(flow.actions)) {
        const { properties = {}, required = [] } = formJsonSchema(form) as {
          properties?: Record<string, Property>;
          required?: string[];
        };
        for (const [name, { bihuan }] of Object.entries(properties)) {
          if (!bihuan?.requiredWhen) continue;
          conditions++;
          const on = properties[bihuan.requiredWhen.field];
          assert.ok(on && !required.includes(name), `${key}: ${name}`);
          const values: readonly unknown[] = on.enum ?? (on.type === "boolean" ? [true, false] : []);
          assert.ok(
            bihuan.requiredWhen.is.every((value) => values.includes(value)),
            `${key}: ${name}`,
          );
        }
      }
    assert.ok(conditions > 0);
  });
});

test("canonical JSON does not depend on the order of keys or on what is undefined", () => {
  assert.equal(canonicalJson({ b: [1, { d: null, c: "中" }], a: undefined }), '{"b":[1,{"c":"中","d":null}]}');
  assert.equal(canonicalJson({ x: 1, a: { z: true, b: false } }), canonicalJson({ a: { b: false, z: true }, x: 1 }));
});

test("a form refuses what it does not name", () => {
  for (const flow of flows.all)
    for (const form of [IntakeForm, flow.details, ...Object.values(flow.actions).map((action) => action.form)])
      assert.equal(
        form.safeParse({ unheardOf: 1 }).error?.issues.some((issue) => issue.code === "unrecognized_keys"),
        true,
        flow.id,
      );
});
