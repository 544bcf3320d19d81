// What a field of a rule, a policy or a calendar is called, and its value as people read it. What nobody named stands as it is.
import type { Bilingual } from "../../text.ts";

type Words = Readonly<Record<string, Bilingual>>;

/** Figures that are no deadlines, by the names of the policies' fields. */
export const policyFieldTitles = {
  attempts: { zh: "最多回访", en: "Attempts at most" },
  spacingMinutes: { zh: "两次至少间隔", en: "Apart at least" },
  nightFrom: { zh: "夜间不回访，自", en: "No calls from" },
  nightTo: { zh: "夜间不回访，至", en: "No calls until" },
  returnsBeforeArbitration: { zh: "裁定前可退单", en: "Before arbitration" },
  maxDays: { zh: "一次最长", en: "One lasts at most" },
  withinDays: { zh: "往前查找", en: "Looks back" },
  highVoltageWeight: { zh: "高压", en: "High voltage" },
  lowVoltageWeight: { zh: "低压", en: "Low voltage" },
  generationWeight: { zh: "分布式与充电桩", en: "Generation and charging" },
} as const satisfies Words;

const policyTitles: Words = {
  callback: { zh: "回访", en: "Callbacks" },
  returning: { zh: "退单", en: "Returns" },
  suspension: { zh: "挂起", en: "Suspensions" },
  repeat: { zh: "疑似重复", en: "Possible repeats" },
  connection: { zh: "业扩达标率权重", en: "Weights of the connection rate" },
};

const fieldTitles: Words = {
  ...policyFieldTitles,
  title: { zh: "名称", en: "Title" },
  description: { zh: "说明", en: "Description" },
  priority: { zh: "优先级", en: "Priority" },
  authority: { zh: "依据类别", en: "Kind of source" },
  flows: { zh: "业务", en: "Flows" },
  slot: { zh: "时限环节", en: "Clock" },
  from: { zh: "起算", en: "Starts at" },
  until: { zh: "截止", en: "Stops at" },
  amount: { zh: "数值", en: "Amount" },
  unit: { zh: "计量单位", en: "Unit" },
  limitKind: { zh: "性质", en: "Kind of limit" },
  calendar: { zh: "日历", en: "Calendar" },
  dayEnd: { zh: "一日终点", en: "End of the day" },
  afterHours: { zh: "下班后起算", en: "Start after hours" },
  when: { zh: "条件", en: "Conditions" },
  pausedBy: { zh: "挂起停表", en: "Stopped by" },
  extendable: { zh: "可延期", en: "Extendable" },
  warnings: { zh: "预警", en: "Warnings" },
  escalation: { zh: "逐级告知", en: "Escalation" },
  source: { zh: "出处", en: "Source" },
  validFrom: { zh: "自", en: "From" },
  validTo: { zh: "至", en: "Until" },
  basis: { zh: "依据", en: "Rests on" },
  working: { zh: "上班", en: "Worked" },
  name: { zh: "事由", en: "Reason" },
  hours: { zh: "工作时段", en: "Working hours" },
  week: { zh: "每周工作日", en: "Working week" },
  zone: { zh: "时区", en: "Time zone" },
  announcedFrom: { zh: "公布自", en: "Announced from" },
  announcedThrough: { zh: "公布至", en: "Announced through" },
};

// Names inside a value: of its conditions, warnings, source, hours.
const partTitles: Words = {
  subtype: { zh: "子类", en: "Subtype" },
  areaClass: { zh: "地区", en: "Area" },
  customerClass: { zh: "客户类别", en: "Customer class" },
  voltage: { zh: "电压", en: "Voltage" },
  grade: { zh: "等级", en: "Grade" },
  urgency: { zh: "紧急程度", en: "Urgency" },
  identity: { zh: "身份方式", en: "Identity" },
  origin: { zh: "来源", en: "Origin" },
  unit: { zh: "单位", en: "Unit" },
  level: { zh: "级别", en: "Level" },
  at: { zh: "时点", en: "At" },
  share: { zh: "已用比例", en: "Share used" },
  leadMinutes: { zh: "提前分钟", en: "Minutes before" },
  leadWorkingDays: { zh: "提前工作日", en: "Working days before" },
  dueToday: { zh: "到期当日", en: "On the day due" },
  afterMinutes: { zh: "此后分钟", en: "Minutes after" },
  role: { zh: "角色", en: "Role" },
  levelsUp: { zh: "上几级", en: "Levels up" },
  document: { zh: "文件", en: "Document" },
  article: { zh: "条款", en: "Article" },
  edition: { zh: "版本", en: "Edition" },
  url: { zh: "网址", en: "Address" },
  verified: { zh: "已核对原文", en: "Verified" },
  note: { zh: "说明", en: "Note" },
  from: { zh: "自", en: "From" },
  to: { zh: "至", en: "To" },
};

const valueTitles: Readonly<Record<string, Words>> = {
  unit: {
    minute: { zh: "分钟", en: "minutes" },
    hour: { zh: "小时", en: "hours" },
    calendarDay: { zh: "日", en: "days" },
    workingMinute: { zh: "工作时间分钟", en: "working minutes" },
    workingDay: { zh: "工作日", en: "working days" },
  },
  authority: {
    law: { zh: "法规", en: "Law" },
    promise: { zh: "承诺", en: "Promise" },
    internal: { zh: "内部", en: "Internal" },
  },
  limitKind: { max: { zh: "最长", en: "Maximum" }, average: { zh: "平均", en: "Average" } },
  dayEnd: { "24:00": { zh: "24:00", en: "24:00" }, close: { zh: "下班时", en: "Close of business" } },
  afterHours: {
    "same-day": { zh: "当日", en: "The same day" },
    "next-working-day": { zh: "次一工作日", en: "The next working day" },
  },
};

const own = <Value>(words: Readonly<Record<string, Value>>, name: string): Value | undefined =>
  Object.hasOwn(words, name) ? words[name] : undefined;

/** What a group of policies is called. */
export const policyTitle = (name: string): Bilingual => own(policyTitles, name) ?? { zh: name, en: name };
/** What a changed field is called. */
export const fieldTitle = (field: string): Bilingual => own(fieldTitles, field) ?? { zh: field, en: field };
/** Whether a field has a name of its own. */
export const isNamed = (field: string): boolean => Object.hasOwn(fieldTitles, field);

type Language = keyof Bilingual;
const yesNo = { zh: { true: "是", false: "否" }, en: { true: "yes", false: "no" } } as const;

function readable(value: unknown, language: Language): string {
  if (value === null || value === undefined) return "";
  if (typeof value === "boolean") return yesNo[language][`${value}`];
  if (Array.isArray(value)) {
    const parts = value.map((one) => readable(one, language)).filter((one) => one !== "");
    return parts.join(language === "zh" ? "、" : ", ");
  }
  if (typeof value === "object") {
    const entries = Object.entries(value as Record<string, unknown>);
    const said = (value as Record<Language, unknown>)[language];
    if (typeof said === "string" && entries.length === 2) return said;
    return entries
      .map(([name, part]) => [own(partTitles, name)?.[language] ?? name, readable(part, language)] as const)
      .filter(([, text]) => text !== "")
      .map(([name, text]) => `${name} ${text}`)
      .join(language === "zh" ? "；" : "; ");
  }
  return typeof value === "string" || typeof value === "number" ? String(value) : "";
}

/** A field's value for reading. In: the field, and its value as it is kept, plain text or JSON. */
export function valueText(field: string, text: string, language: Language): string {
  const title = own(own(valueTitles, field) ?? {}, text);
  if (title) return title[language];
  if (!/^[[{]|^(true|false)$/.test(text)) return text;
  try {
    return readable(JSON.parse(text), language);
  } catch {
    return text;
  }
}
