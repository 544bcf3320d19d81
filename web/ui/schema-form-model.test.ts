import assert from "node:assert/strict";
import { test } from "node:test";
import {
  choice,
  field,
  flag,
  formJsonSchema,
  happenedField,
  instantField,
  optionalText,
  orderField,
  text,
  unitField,
} from "@bihuan/core/flow/form.ts";
import { z } from "zod";
import {
  askedWith,
  initialValues,
  judge,
  offeredOnly,
  problemsBelow,
  readForm,
  toInput,
  withChoices,
} from "./schema-form-model.ts";

const zhEn = (zh: string, en: string) => ({ zh, en });
const cause = { EQUIPMENT: zhEn("设备", "Equipment"), WEATHER: zhEn("天气", "Weather") } as const;

const form = z.object({
  facts: text(zhEn("现场情况", "Facts on site")),
  phone: field(z.string().regex(/^1\d{10}$/), { label: zhEn("电话", "Phone"), personal: true }),
  cause: choice(cause, zhEn("原因", "Cause")),
  measures: z.array(choice(cause, zhEn("措施", "Measure"))),
  count: field(z.int().min(1).max(9), { label: zhEn("户数", "Customers") }),
  contacted: flag(zhEn("已联系客户", "Customer contacted")),
  at: instantField(zhEn("时间", "At")),
  unitId: unitField(zhEn("单位", "Unit")),
  orderId: orderField(zhEn("工单", "Order")).optional(),
  remark: optionalText(zhEn("备注", "Remark")),
  score: field(z.number().min(0).nullable(), { label: zhEn("评分", "Score") }),
  names: z.array(text(zhEn("姓名", "Name"), { max: 20 })).min(1),
});
const fields = readForm(JSON.parse(JSON.stringify(formJsonSchema(form))));
const good = {
  facts: "保险丝熔断",
  phone: "13800005678",
  cause: "EQUIPMENT",
  measures: ["WEATHER"],
  count: 3,
  contacted: false,
  at: "2026-06-12T08:00:00Z",
  unitId: 12,
  names: ["李"],
};

test("a form's schema says how each field is drawn", () => {
  const kinds = Object.fromEntries(fields.map(({ name, kind }) => [name, kind]));
  assert.deepEqual(kinds, {
    facts: "long-text",
    phone: "text",
    cause: "choice",
    measures: "choices",
    count: "number",
    contacted: "flag",
    at: "date-time",
    unitId: "unit",
    orderId: "order",
    remark: "long-text",
    score: "number",
    names: "list",
  });
});

test("required marks, labels and options come from the schema", () => {
  const optional = fields.filter(({ required }) => !required).map(({ name }) => name);
  assert.deepEqual(optional, ["orderId", "remark", "score"]);
  const causeField = fields.find(({ name }) => name === "cause");
  assert.deepEqual(causeField?.label, zhEn("原因", "Cause"));
  assert.deepEqual(
    causeField?.options.map(({ label }) => label.zh),
    ["设备", "天气"],
  );
});

test("a good form has no problem, and the server's own schema agrees", () => {
  assert.equal(judge(fields, good).size, 0);
  assert.ok(form.safeParse({ ...toInput(good), score: null }).success);
});

test("what is wrong is said at its field", () => {
  const cases: [object, string, string][] = [
    [{ facts: "  " }, "facts", "missing"],
    [{ facts: "长".repeat(2_001) }, "facts", "tooLong"],
    [{ phone: "12345" }, "phone", "pattern"],
    [{ cause: undefined }, "cause", "missingChoice"],
    [{ count: 0 }, "count", "tooSmall"],
    [{ count: 10 }, "count", "tooLarge"],
    [{ count: 1.5 }, "count", "notWhole"],
    [{ unitId: null }, "unitId", "missingChoice"],
    [{ names: [] }, "names", "missing"],
    [{ names: ["李", ""] }, "names.1", "missing"],
  ];
  for (const [change, path, key] of cases) {
    const problems = judge(fields, { ...good, ...change });
    assert.deepEqual([...problems.keys()], [path]);
    assert.equal(problems.get(path)?.key, key);
  }
});

test("a yes-or-no is asked, never assumed", () => {
  assert.deepEqual(initialValues(fields), {});
  assert.equal(judge(fields, { ...good, contacted: undefined }).get("contacted")?.key, "missingChoice");
  assert.equal(judge(fields, { ...good, contacted: false }).size, 0);
});

test("a field becomes a choice where the page knows the alternatives", () => {
  const [count] = withChoices(fields, { count: [{ code: "3", label: zhEn("第 3 项", "No. 3") }] }).filter(
    ({ name }) => name === "count",
  );
  assert.equal(count?.kind, "choice");
  assert.equal(judge(count ? [count] : [], { count: 3 }).size, 0);
});

test("where there is nothing to choose from, nothing is asked; where one must be chosen, it is", () => {
  const names = (known: Parameters<typeof withChoices>[1]) => withChoices(fields, known).map(({ name }) => name);
  assert.equal(names({ remark: [] }).includes("remark"), false);
  const options = [{ code: "A", label: zhEn("甲", "A") }];
  const remark = (known: Parameters<typeof withChoices>[1]) => withChoices(fields, known).find(({ name }) => name === "remark");
  assert.equal(remark({ remark: options })?.required, false);
  assert.equal(remark({ remark: { options, required: true } })?.required, true);
});

test("a choice that is no longer offered is taken back, what is typed stays", () => {
  const known = withChoices(fields, { count: [{ code: "3", label: zhEn("第 3 项", "No. 3") }] });
  assert.deepEqual(offeredOnly(known, { count: 3, facts: "甲", cause: "WEATHER" }), { count: 3, facts: "甲", cause: "WEATHER" });
  assert.deepEqual(offeredOnly(known, { count: 4, facts: "甲", cause: "GONE" }), { facts: "甲" });
});

test("a field that is needed only sometimes is required when it is", () => {
  const reply = readForm(
    formJsonSchema(
      z.object({
        contacted: flag(zhEn("已联系客户", "Customer contacted")),
        contactedAt: happenedField(zhEn("联系时间", "Contacted at"), {
          requiredWhen: { field: "contacted", is: [true] },
        }).optional(),
      }),
    ),
  );
  const problems = (values: object) => [...judge(askedWith(reply, { ...values }), { ...values }).keys()];
  assert.deepEqual(problems({ contacted: true }), ["contactedAt"]);
  assert.deepEqual(problems({ contacted: false }), []);
  assert.deepEqual(problems({}), ["contacted"]);
});

test("what has happened has happened now unless somebody says otherwise; what is only perhaps asked stays empty", () => {
  const [arrivedAt, dueAt, contactedAt] = readForm(
    formJsonSchema(
      z.object({
        arrivedAt: happenedField(zhEn("到达时间", "Arrived at")),
        dueAt: instantField(zhEn("延期至", "Until")),
        contactedAt: happenedField(zhEn("联系时间", "Contacted at")).optional(),
      }),
    ),
  );
  assert.ok(arrivedAt && dueAt && contactedAt);
  const now = "2026-06-12T01:34:00.000Z";
  assert.deepEqual(initialValues([arrivedAt, dueAt, contactedAt], {}, now), { arrivedAt: now });
  assert.deepEqual(initialValues([arrivedAt], { arrivedAt: "2026-06-12T01:00:00.000Z" }, now), {
    arrivedAt: "2026-06-12T01:00:00.000Z",
  });
});

test("texts are trimmed and what is empty is not sent", () => {
  assert.deepEqual(toInput({ facts: " 正常 ", remark: " ", names: ["李 ", ""], score: null, contacted: false }), {
    facts: "正常",
    names: ["李"],
    contacted: false,
  });
});

test("the server's problems find their fields below the form's own path", () => {
  const cause = { path: "form.cause" };
  const version = { path: "version" };
  assert.deepEqual(problemsBelow([cause, version], "form"), { fields: new Map([["cause", cause]]), others: [version] });
});
