// Suspend (挂起) and resume (解挂): work stands still for a stated reason, by approval, until a stated end (service-standards §2.4).
import { z } from "zod";
import { refuse } from "../../refusal.ts";
import type { Action } from "../definition.ts";
import { number, text as textOf } from "../event.ts";
import { choice, instantField, optionalText, text } from "../form.ts";
import { eventOf, plainEvent } from "../outcome.ts";
import { DAY_MS, type RequestRules } from "./request.ts";

export const suspensionReasons = {
  CUSTOMER_WORKS: { zh: "待客户施工", en: "Customer's own works" },
  CUSTOMER_APPOINTMENT: { zh: "客户约定时间", en: "Time chosen by the customer" },
  CUSTOMER_UNREACHABLE: { zh: "客户无法联系", en: "Customer cannot be reached" },
  EXTREME_WEATHER: { zh: "恶劣天气", en: "Extreme weather" },
  SITE_BLOCKED: { zh: "现场受阻", en: "Site blocked" },
  MATERIAL: { zh: "待物资", en: "Waiting for material" },
  THIRD_PARTY: { zh: "待第三方", en: "Waiting for a third party" },
} as const;

/** Reasons that lie with one caller: whoever reported the same matter does not wait for them. */
export const callersOwnReasons: ReadonlySet<string> = new Set([
  "CUSTOMER_WORKS",
  "CUSTOMER_APPOINTMENT",
  "CUSTOMER_UNREACHABLE",
] satisfies (keyof typeof suspensionReasons)[]);

const SuspensionForm = z.strictObject({
  reason: choice(suspensionReasons, { zh: "挂起原因", en: "Reason" }),
  until: instantField({ zh: "挂起至", en: "Until" }),
  note: text({ zh: "说明", en: "Explanation" }, { max: 500 }),
});

export const suspension: RequestRules = {
  kind: "suspension",
  title: { zh: "申请挂起", en: "Ask to suspend" },
  form: SuspensionForm,
  asks: ({ value }) => ({ value, data: { untilMs: Date.parse(value["until"] as string) } }),
  refusal(data, { state, context }) {
    if (state.suspension) return refuse("work-order.suspended");
    const untilMs = number(data, "untilMs") ?? 0;
    if (untilMs <= context.nowMs) return refuse("work-order.suspension-end-past");
    const { maxDays } = context.policies.suspension;
    return untilMs > context.nowMs + maxDays * DAY_MS ? refuse("work-order.suspension-too-long", { days: maxDays }) : null;
  },
  grants: ({ data }) => plainEvent("suspend", { reason: textOf(data, "reason"), untilMs: number(data, "untilMs") ?? 0 }),
};

const ResumeForm = z.strictObject({ note: optionalText({ zh: "说明", en: "Note" }, 500) });

export const resume: Action = {
  key: "resume",
  title: { zh: "解挂", en: "Resume" },
  form: ResumeForm,
  by: ["HANDLER", "DISPATCHER", "SUPERVISOR", "MANAGER"],
  from: "open",
  whileSuspended: true,
  tone: "primary",
  outcomes: [{ type: "resume" }],
  offered(state) {
    if (!state.suspension) return refuse("work-order.not-suspended");
    // It stands still because its master does, and goes on with it.
    return state.step === "merged" ? refuse("work-order.suspended-with-master", { orderId: state.masterId }) : null;
  },
  decide: ({ state, value, context }) => [
    eventOf("resume", ResumeForm, value, {}, { late: context.nowMs > (state.suspension?.untilMs ?? context.nowMs) }),
  ],
};
