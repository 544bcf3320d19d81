import { z } from "zod";
import { by, defineFlow, go } from "../../flow/define-flow.ts";
import { choice } from "../../flow/form.ts";
import { handledDemand } from "./handled-demand.ts";

export const grades = {
  SPECIAL: { zh: "特殊", en: "Special" },
  MAJOR: { zh: "重大", en: "Major" },
  IMPORTANT: { zh: "重要", en: "Important" },
  GENERAL: { zh: "一般", en: "General" },
} as const;

const GradeForm = z.strictObject({ grade: choice(grades, { zh: "投诉级别", en: "Grade" }) });

/** Complaint (投诉): graded before it is dispatched (service-standards §2.3, State Grid levels), reviewed at two levels. */
export const complaint = defineFlow({
  ...handledDemand,
  id: "complaint",
  title: { zh: "投诉", en: "Complaint" },
  // Level 1 of complaints (service-standards §3.2).
  subtypes: {
    SERVICE: { zh: "服务投诉", en: "Service" },
    BUSINESS: { zh: "营业投诉", en: "Business" },
    OUTAGE: { zh: "停送电投诉", en: "Outage and restoration" },
    SUPPLY_QUALITY: { zh: "供电质量投诉", en: "Supply quality" },
    CONSTRUCTION: { zh: "电网建设投诉", en: "Grid construction" },
  },
  steps: { grading: by("DISPATCHER", { zh: "待定级", en: "To be graded" }, "desk"), ...handledDemand.steps },
  before: "grading",
  actions: {
    grade: go("grading", "dispatching", GradeForm, { title: { zh: "定级", en: "Grade" }, by: ["DISPATCHER", "SUPERVISOR"] }),
  },
  clocks: { grading: { title: { zh: "定级", en: "Grading" }, from: "open", until: ["grade"] }, ...handledDemand.clocks },
  reviewLevels: [
    { zh: "受理单位审核", en: "Review by the desk" },
    { zh: "上级审核", en: "Review by the level above" },
  ],
});
