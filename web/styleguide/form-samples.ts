// A form with a field of every kind, as a flow would send it, and refusals to show at its fields.
import type { FieldMeta } from "@bihuan/core/flow/form.ts";
import type { Bilingual } from "@bihuan/contract/text.ts";
import { ProblemError } from "../platform/problem.ts";

const both = (zh: string, en: string): Bilingual => ({ zh, en });
const property = (schema: object, bihuan: FieldMeta): object => ({ ...schema, bihuan });
const causes = { EQUIPMENT: both("设备", "Equipment"), WEATHER: both("天气", "Weather"), OTHERS: both("外力", "Third party") };
const kinds = {
  HV: both("高压故障", "High-voltage fault"),
  LV: both("低压故障", "Low-voltage fault"),
  QUALITY: both("电能质量", "Power quality"),
  METERING: both("计量故障", "Metering fault"),
  INTERNAL: both("客户内部故障", "Fault in the customer's installation"),
};

export const sampleForm = {
  type: "object",
  properties: {
    account: property(
      { type: "string", maxLength: 20 },
      { label: both("户号", "Account"), hint: both("十位数字", "Ten digits") },
    ),
    count: property({ type: "integer", minimum: 1, maximum: 999 }, { label: both("影响户数", "Customers affected") }),
    cause: property({ type: "string", enum: Object.keys(causes) }, { label: both("原因", "Cause"), options: causes }),
    kind: property({ type: "string", enum: Object.keys(kinds) }, { label: both("故障类型", "Kind of fault"), options: kinds }),
    contacted: property({ type: "boolean" }, { label: both("已联系客户", "Customer contacted") }),
    arrivedAt: property(
      { type: "string", format: "date-time" },
      { label: both("到达时间", "Arrived at"), widget: "date-time", happened: true },
    ),
    position: property({ type: "string" }, { label: both("所在位置", "Position"), widget: "position" }),
    visit: property({ type: "string", format: "date" }, { label: both("预约日期", "Date of the visit") }),
    measures: property(
      { type: "array", items: { type: "string", enum: Object.keys(causes) } },
      { label: both("措施", "Measures"), options: causes },
    ),
    names: property(
      { type: "array", items: property({ type: "string", maxLength: 20 }, { label: both("姓名", "Name") }) },
      { label: both("到场人员", "People on site") },
    ),
    facts: property({ type: "string", maxLength: 2000 }, { label: both("现场情况", "Facts on site"), widget: "long-text" }),
  },
  required: ["account", "cause", "facts"],
};

export const sampleValues = { account: "3201004471", cause: "WEATHER", contacted: true, names: ["赵刚"] };

const problem = (status: number, code: string, title: Bilingual, detail: Bilingual, rest: object = {}): ProblemError =>
  new ProblemError({ status, code, title, detail, ...rest });

/** A refusal with its place in the form. */
export const refusedField = problem(
  422,
  "work-order.form-invalid",
  both("表单有误", "The form is not right"),
  both("没有提交，已填内容都在。请更正标出的栏目。", "Nothing was sent, what you entered is kept. Correct the fields marked."),
  { fields: [{ path: "account", message: both("没有这个户号", "There is no such account") }] },
);

export const conflict = problem(
  409,
  "work-order.version-conflict",
  both("工单在此期间已被他人处理", "Somebody else acted on the order meanwhile"),
  both(
    "您填写的内容还在，页面已更新；请核对后再提交。",
    "What you entered is kept and the page is up to date; check and send again.",
  ),
);

export const failure = problem(
  503,
  "server.unavailable",
  both("系统暂时不可用", "The system cannot be reached just now"),
  both(
    "没有改动。请稍后重试；仍不成功请告知管理员。",
    "Nothing was changed. Try again soon; if it persists, tell your administrator.",
  ),
  { requestId: "req-7f2a" },
);
