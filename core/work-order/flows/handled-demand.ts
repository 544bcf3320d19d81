// The demands that one unit investigates and answers: complaint, whistle-blowing, opinion, suggestion, inquiry, praise.
import { z } from "zod";
import { by, defineFlow, go, type FlowDefinition } from "../../flow/define-flow.ts";
import { choice, type Bilingual } from "../../flow/form.ts";
import { answerOnCall } from "./forms.ts";

const clocks = {
  "first-contact": { title: { zh: "首次联系客户", en: "First contact" }, from: "open", until: ["contact", "reply"] },
  handling: { title: { zh: "处理", en: "Handling" }, from: "dispatch", until: ["reply"] },
} as const satisfies FlowDefinition["clocks"];

const steps = { handling: by("HANDLER", { zh: "处理中", en: "Being handled" }) };

const base = { steps, handling: "handling", replyFrom: ["handling"], contactFrom: ["handling"], clocks } as const;

export const grades = {
  SPECIAL: { zh: "特殊", en: "Special" },
  MAJOR: { zh: "重大", en: "Major" },
  IMPORTANT: { zh: "重要", en: "Important" },
  GENERAL: { zh: "一般", en: "General" },
} as const;

const GradeForm = z.strictObject({ grade: choice(grades, { zh: "投诉级别", en: "Grade" }) });

/** Level 1 of complaints (service-standards §3.2). */
const complaintClasses: Readonly<Record<string, Bilingual>> = {
  SERVICE: { zh: "服务投诉", en: "Service" },
  BUSINESS: { zh: "营业投诉", en: "Business" },
  OUTAGE: { zh: "停送电投诉", en: "Outage and restoration" },
  SUPPLY_QUALITY: { zh: "供电质量投诉", en: "Supply quality" },
  CONSTRUCTION: { zh: "电网建设投诉", en: "Grid construction" },
};

/** Complaint (投诉): graded before it is dispatched (service-standards §2.3, State Grid levels), reviewed at two levels. */
export const complaint = defineFlow({
  ...base,
  id: "complaint",
  title: { zh: "投诉", en: "Complaint" },
  subtypes: complaintClasses,
  steps: { grading: by("DISPATCHER", { zh: "待定级", en: "To be graded" }, "desk"), ...steps },
  before: "grading",
  actions: {
    grade: go("grading", "dispatching", GradeForm, { title: { zh: "定级", en: "Grade" }, by: ["DISPATCHER", "SUPERVISOR"] }),
  },
  clocks: { grading: { title: { zh: "定级", en: "Grading" }, from: "open", until: ["grade"] }, ...clocks },
  reviewLevels: [
    { zh: "受理单位审核", en: "Review by the desk" },
    { zh: "上级审核", en: "Review by the level above" },
  ],
});

/** Whistle-blowing (举报). An anonymous one is answered without a callback. */
export const whistleblow = defineFlow({ ...base, id: "whistleblow", title: { zh: "举报", en: "Whistle-blowing" }, actions: {} });

/** Opinion (意见): dissatisfaction without the utility's fault. */
export const opinion = defineFlow({ ...base, id: "opinion", title: { zh: "意见", en: "Opinion" }, actions: {} });

const areas: Readonly<Record<string, Bilingual>> = {
  URBAN_GRID: { zh: "城市电网", en: "Urban grid" },
  RURAL_GRID: { zh: "农村电网", en: "Rural grid" },
  SERVICE: { zh: "服务行为", en: "Service conduct" },
  OUTAGE: { zh: "停电", en: "Outage" },
  REPAIR: { zh: "抢修", en: "Repair" },
  CONNECTION: { zh: "业扩报装", en: "New connection" },
  READING: { zh: "抄表催费", en: "Reading and dunning" },
  PAYMENT: { zh: "交费渠道", en: "Payment ways" },
  TARIFF: { zh: "电价电费", en: "Tariff and bill" },
  METERING: { zh: "计量", en: "Metering" },
  EV_CHARGING: { zh: "充换电", en: "EV charging" },
  OTHER: { zh: "其他", en: "Other" },
};

/** Suggestion (建议), by what it is about (service-standards §3.5). */
export const suggestion = defineFlow({
  ...base,
  id: "suggestion",
  title: { zh: "建议", en: "Suggestion" },
  subtypes: areas,
  actions: {},
});

/** Inquiry (咨询): answered in the call where possible, otherwise an order. */
export const inquiry = defineFlow({
  ...base,
  id: "inquiry",
  title: { zh: "咨询", en: "Inquiry" },
  actions: { "answer-on-call": answerOnCall },
  noCallbackReasons: ["NOT_REACHED", "DECLINED", "ANONYMOUS", "ANSWERED_ON_CALL"],
});

/** Praise (表扬): passed on and acknowledged; nobody is called back for it (service-standards §2.3). */
export const praise = defineFlow({
  ...base,
  id: "praise",
  title: { zh: "表扬", en: "Praise" },
  actions: {},
  noCallbackReasons: ["NOT_REQUIRED", "NOT_REACHED", "DECLINED", "ANONYMOUS"],
});
