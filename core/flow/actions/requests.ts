// What needs somebody else's word: suspend (挂起), extend (延期), reclassify (改类), terminate (终止). One mechanism: a request, a decision.
import { z } from "zod";
import { isRefusal, refuse, type Refusal } from "../../refusal.ts";
import type { Action, ActionInput } from "../definition.ts";
import { CLOSED } from "../definition.ts";
import { isSameActor, number, type NewEvent, text as textOf } from "../event.ts";
import { choice, field, flag, instantField, type JsonObject, optionalText, text } from "../form.ts";
import { eventOf, plainEvent } from "../outcome.ts";
import { hasHandled, type Request, type RequestKind } from "../state.ts";
import { Whole } from "../../whole.ts";
import { type Category, reclassificationRefusal, reclassified } from "./reclassification.ts";

export const suspensionReasons = {
  CUSTOMER_WORKS: { zh: "待客户施工", en: "Customer's own works" },
  CUSTOMER_APPOINTMENT: { zh: "客户约定时间", en: "Time chosen by the customer" },
  CUSTOMER_UNREACHABLE: { zh: "客户无法联系", en: "Customer cannot be reached" },
  EXTREME_WEATHER: { zh: "恶劣天气", en: "Extreme weather" },
  SITE_BLOCKED: { zh: "现场受阻", en: "Site blocked" },
  MATERIAL: { zh: "待物资", en: "Waiting for material" },
  THIRD_PARTY: { zh: "待第三方", en: "Waiting for a third party" },
} as const;

export const terminationReasons = {
  LAWFULLY_HANDLED: { zh: "已依法依规处理，诉求超出规定", en: "Lawfully handled; the demand goes beyond the rules" },
  OUT_OF_REMIT: { zh: "不属于供电企业职责", en: "Outside the utility's remit" },
  IN_COURT: { zh: "已进入司法或仲裁程序", en: "Before a court or arbitration" },
  INVALID: { zh: "无效诉求", en: "Not a valid demand" },
} as const;

const SuspensionForm = z.strictObject({
  reason: choice(suspensionReasons, { zh: "挂起原因", en: "Reason" }),
  until: instantField({ zh: "挂起至", en: "Until" }),
  note: text({ zh: "说明", en: "Explanation" }, { max: 500 }),
});
const ExtensionForm = z.strictObject({
  dueAt: instantField({ zh: "延期至", en: "New due time" }),
  reason: text({ zh: "延期原因", en: "Reason" }, { max: 500 }),
});
const ReclassificationForm = z.strictObject({
  flow: field(z.string().min(1).max(64), { label: { zh: "改为业务类型", en: "New category" } }),
  subtype: field(z.string().max(64), { label: { zh: "子类", en: "Subtype" } }).optional(),
  reason: text({ zh: "改类原因", en: "Reason" }, { max: 500 }),
});
const TerminationForm = z.strictObject({
  reason: choice(terminationReasons, { zh: "终止原因", en: "Reason" }),
  note: text({ zh: "说明", en: "Explanation" }),
});

type Asked = Pick<ActionInput, "state" | "context">;
/** What a request of one kind asks with, and what must hold for it: when it is made, and again when it is granted. */
type Kind<Wish extends JsonObject | null> = {
  readonly form: z.ZodObject;
  readonly title: Action["title"];
  readonly from: Action["from"];
  wish(form: Readonly<Record<string, unknown>>): Wish;
  refusal(wish: Wish, asked: Asked): Refusal | null;
};

const DAY_MS = 86_400_000;
/** How far ahead a due time may be moved at once: a year and its leap day. Calendars are known for decades, not for ever. */
export const MOST_EXTENSION_DAYS = 366;

const suspension: Omit<Kind<{ untilMs: number }>, "from"> = {
  form: SuspensionForm,
  title: { zh: "申请挂起", en: "Ask to suspend" },
  wish: (form) => ({ untilMs: Date.parse(form["until"] as string) }),
  refusal({ untilMs }, { context }) {
    if (untilMs <= context.nowMs) return refuse("work-order.suspension-end-past");
    const { maxDays } = context.policies.suspension;
    return untilMs > context.nowMs + maxDays * DAY_MS ? refuse("work-order.suspension-too-long", { days: maxDays }) : null;
  },
};

const extension: Kind<{ dueAtMs: number }> = {
  form: ExtensionForm,
  title: { zh: "申请延期", en: "Ask to extend" },
  from: "open",
  wish: (form) => ({ dueAtMs: Date.parse(form["dueAt"] as string) }),
  refusal({ dueAtMs }, { context }) {
    if (dueAtMs <= context.nowMs) return refuse("work-order.extension-past");
    return dueAtMs > context.nowMs + MOST_EXTENSION_DAYS * DAY_MS
      ? refuse("work-order.extension-too-long", { days: MOST_EXTENSION_DAYS })
      : null;
  },
};

const reclassification: Omit<Kind<Category>, "from"> = {
  form: ReclassificationForm,
  title: { zh: "申请改类", en: "Ask to reclassify" },
  wish: (form) => ({ flow: String(form["flow"]), subtype: (form["subtype"] as string | undefined) ?? null }),
  refusal: reclassificationRefusal,
};

const termination: Kind<null> = {
  form: TerminationForm,
  title: { zh: "申请终止", en: "Ask to terminate" },
  from: "open",
  wish: () => null,
  refusal: () => null,
};

const outcomes: Readonly<Partial<Record<RequestKind, Action["outcomes"]>>> = {
  reclassification: [{ type: "reclassify" }],
  termination: [{ type: "terminate", to: CLOSED }],
};

const requestAction = <Wish extends JsonObject | null>(
  kind: RequestKind,
  { form, title, from, wish, refusal }: Kind<Wish>,
): Action => ({
  key: `request-${kind}`,
  title,
  form,
  by: ["HANDLER", "DISPATCHER", "MANAGER", "REVIEWER", "AGENT"],
  from,
  whileSuspended: kind === "termination" || kind === "extension",
  ...(kind === "termination" ? { tone: "danger" as const } : {}),
  outcomes: [{ type: `request-${kind}` }, ...(outcomes[kind] ?? [])],
  offered: (state) => (state.requests.some((request) => request.kind === kind) ? refuse("work-order.request-pending") : null),
  decide(input) {
    const wished = wish(input.value);
    return refusal(wished, input) ?? [eventOf(`request-${kind}`, form, input.value, {}, { ...wished })];
  },
});

/** The four requests. In: the steps in which the matter is handled, and those before its reply is under review. */
export const requestActions = (handlingSteps: readonly string[], unansweredSteps: readonly string[]): Action[] => [
  requestAction("suspension", { ...suspension, from: handlingSteps }),
  requestAction("extension", extension),
  requestAction("reclassification", { ...reclassification, from: unansweredSteps }),
  requestAction("termination", termination),
];

const DecideForm = z.strictObject({
  requestSeq: field(Whole, { label: { zh: "申请序号", en: "Request" } }),
  approved: flag({ zh: "同意", en: "Approve" }),
  note: optionalText({ zh: "审批意见", en: "Opinion" }, 500),
});

/** The decision on a request: by somebody else, and what was asked happens at the instant it is approved. */
export const decideRequest: Action = {
  key: "decide",
  title: { zh: "审批", en: "Decide request" },
  form: DecideForm,
  by: ["SUPERVISOR", "MANAGER"],
  from: "open",
  whileSuspended: true,
  tone: "primary",
  outcomes: [{ type: "decide" }, { type: "suspend" }, { type: "extend" }],
  offered: (state, context) => {
    if (state.requests.length === 0) return refuse("work-order.nothing-requested");
    return state.requests.every((request) => isSameActor(request.by, context.actor))
      ? refuse("work-order.decide-own-request")
      : null;
  },
  decide(input) {
    const { state, value, context } = input;
    const request = state.requests.find((one) => one.seq === value["requestSeq"]);
    if (!request) return refuse("work-order.nothing-requested");
    if (isSameActor(request.by, context.actor)) return refuse("work-order.decide-own-request");
    const decision = eventOf("decide", DecideForm, value, {}, { kind: request.kind });
    if (value["approved"] !== true) return [decision];
    const effect = granted(request, input);
    return isRefusal(effect) ? effect : [decision, effect];
  },
};

// What is granted is judged by how the order stands now: since it was asked for, the order may have moved on.
function granted(request: Request, input: ActionInput): Refusal | NewEvent {
  const { state, flow, context } = input;
  const { data, kind } = request;
  const { from } = flow.actions[`request-${kind}`] as Action;
  if (from !== "open" && !from.includes(state.step ?? "")) return refuse("work-order.request-outdated", { step: state.step });
  switch (kind) {
    case "suspension": {
      if (state.suspension) return refuse("work-order.suspended");
      const wish = { untilMs: number(data, "untilMs") ?? 0 };
      return suspension.refusal(wish, input) ?? plainEvent("suspend", { reason: textOf(data, "reason"), ...wish });
    }
    case "extension": {
      const wish = { dueAtMs: number(data, "dueAtMs") ?? 0 };
      return extension.refusal(wish, input) ?? plainEvent("extend", wish);
    }
    case "reclassification": {
      if (state.suspension) return refuse("work-order.suspended");
      const wish = { flow: textOf(data, "flow") ?? "", subtype: textOf(data, "subtype") };
      return reclassificationRefusal(wish, input) ?? reclassified(wish, state, flow, context.flows.get(wish.flow));
    }
    case "termination":
      // It ends without verification, so nobody ends what he worked on himself.
      return hasHandled(state, context.actor)
        ? refuse("work-order.verifier-is-handler")
        : plainEvent("terminate", { reason: textOf(data, "reason") }, { step: null });
  }
}

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
  offered: (state) => (state.suspension ? null : refuse("work-order.not-suspended")),
  decide: ({ state, value, context }) =>
    state.suspension
      ? [eventOf("resume", ResumeForm, value, {}, { late: context.nowMs > state.suspension.untilMs })]
      : refuse("work-order.not-suspended"),
};
