// What needs somebody else's word: suspend (挂起), extend (延期), reclassify (改类), terminate (终止). One mechanism: a request, a decision.
import { z } from "zod";
import { isRefusal, refuse, type Refusal } from "../../refusal.ts";
import type { Action, ActionInput } from "../definition.ts";
import { CLOSED } from "../definition.ts";
import { number, type NewEvent, text as textOf } from "../event.ts";
import { choice, field, flag, instantField, optionalText, text } from "../form.ts";
import { eventOf, plainEvent } from "../outcome.ts";
import type { Request, RequestKind } from "../state.ts";
import { Whole } from "../../whole.ts";

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

type Kind = {
  form: z.ZodObject;
  title: Action["title"];
  steps: "open" | readonly string[];
  check?(input: ActionInput): Refusal | null;
  extra?(input: ActionInput): Record<string, number>;
};

const ms = (value: unknown) => Date.parse(value as string);

const kinds = (handlingSteps: readonly string[]): Readonly<Record<RequestKind, Kind>> => ({
  suspension: {
    form: SuspensionForm,
    title: { zh: "申请挂起", en: "Ask to suspend" },
    steps: handlingSteps,
    extra: ({ value }) => ({ untilMs: ms(value["until"]) }),
    check({ value, context }) {
      const untilMs = ms(value["until"]);
      if (untilMs <= context.nowMs) return refuse("work-order.suspension-end-past");
      const { maxDays } = context.policies.suspension;
      if (untilMs > context.nowMs + maxDays * 86_400_000) return refuse("work-order.suspension-too-long", { days: maxDays });
      return null;
    },
  },
  extension: {
    form: ExtensionForm,
    title: { zh: "申请延期", en: "Ask to extend" },
    steps: "open",
    extra: ({ value }) => ({ dueAtMs: ms(value["dueAt"]) }),
    check: ({ value, context }) => (ms(value["dueAt"]) <= context.nowMs ? refuse("work-order.extension-past") : null),
  },
  reclassification: {
    form: ReclassificationForm,
    title: { zh: "申请改类", en: "Ask to reclassify" },
    steps: "open",
    check({ value, state, context }) {
      const target = context.flows.all.find((flow) => flow.id === value["flow"] && !flow.closedElsewhere);
      if (!target) return refuse("work-order.flow-unknown", { flow: String(value["flow"]) });
      if (target.id === state.flow && (value["subtype"] ?? null) === (state.facts.subtype ?? null))
        return refuse("work-order.same-category");
      const subtype = value["subtype"] as string | undefined;
      if (subtype !== undefined && !Object.hasOwn(target.subtypes, subtype))
        return refuse("work-order.subtype-unknown", { subtype });
      return null;
    },
  },
  termination: { form: TerminationForm, title: { zh: "申请终止", en: "Ask to terminate" }, steps: "open" },
});

const outcomes: Readonly<Partial<Record<RequestKind, Action["outcomes"]>>> = {
  reclassification: [{ type: "reclassify" }],
  termination: [{ type: "terminate", to: CLOSED }],
};

/** The four requests, for a flow's handling steps. */
export const requestActions = (handlingSteps: readonly string[]): Action[] =>
  (Object.entries(kinds(handlingSteps)) as [RequestKind, Kind][]).map(([kind, { form, title, steps, check, extra }]) => ({
    key: `request-${kind}`,
    title,
    form,
    by: ["HANDLER", "DISPATCHER", "MANAGER", "REVIEWER", "AGENT"],
    from: steps,
    whileSuspended: kind === "termination" || kind === "extension",
    ...(kind === "termination" ? { tone: "danger" as const } : {}),
    outcomes: [{ type: `request-${kind}` }, ...(outcomes[kind] ?? [])],
    offered: (state) => (state.requests.some((request) => request.kind === kind) ? refuse("work-order.request-pending") : null),
    decide: (input) => check?.(input) ?? [eventOf(`request-${kind}`, form, input.value, {}, extra?.(input) ?? {})],
  }));

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
    return state.requests.every((request) => context.actor.kind === "staff" && request.by === context.actor.id)
      ? refuse("work-order.decide-own-request")
      : null;
  },
  decide(input) {
    const { state, value, context } = input;
    const request = state.requests.find((one) => one.seq === value["requestSeq"]);
    if (!request) return refuse("work-order.nothing-requested");
    if (context.actor.kind === "staff" && request.by === context.actor.id) return refuse("work-order.decide-own-request");
    const decision = eventOf("decide", DecideForm, value, {}, { kind: request.kind });
    if (value["approved"] !== true) return [decision];
    const effect = granted(request, input);
    return isRefusal(effect) ? effect : [decision, effect];
  },
};

function granted(request: Request, { state, context }: ActionInput): Refusal | NewEvent {
  const { data, kind } = request;
  switch (kind) {
    case "suspension": {
      if (state.suspension) return refuse("work-order.suspended");
      const untilMs = number(data, "untilMs") ?? 0;
      if (untilMs <= context.nowMs) return refuse("work-order.suspension-end-past");
      return plainEvent("suspend", { reason: textOf(data, "reason"), untilMs });
    }
    case "extension":
      return plainEvent("extend", { dueAtMs: number(data, "dueAtMs") });
    case "reclassification": {
      const flow = context.flows.get(textOf(data, "flow") ?? "");
      const facts = { flow: flow.id, subtype: textOf(data, "subtype") };
      const keeps = state.step !== null && Object.hasOwn(flow.steps, state.step);
      return plainEvent(
        "reclassify",
        { facts, flowVersion: flow.version, fromFlow: state.flow },
        keeps ? {} : { step: flow.initial, unitId: state.deskUnitId, holderId: null },
      );
    }
    case "termination":
      return plainEvent("terminate", { reason: textOf(data, "reason") }, { step: null });
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
