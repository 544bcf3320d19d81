// What needs somebody else's word: suspend (挂起), extend (延期), reclassify (改类), terminate (终止). One mechanism: a request, a decision.
import { z } from "zod";
import { isRefusal, refuse, type Refusal } from "../../refusal.ts";
import type { Action, ActionInput } from "../definition.ts";
import { CLOSED } from "../definition.ts";
import { isSameActor, type NewEvent } from "../event.ts";
import { field, flag, optionalText } from "../form.ts";
import { eventOf } from "../outcome.ts";
import type { Request, RequestKind } from "../state.ts";
import { Whole } from "../../whole.ts";
import { extension } from "./extension.ts";
import { reclassification } from "./reclassification.ts";
import type { RequestRules } from "./request.ts";
import { suspension } from "./suspension.ts";
import { termination } from "./termination.ts";

const kinds = { suspension, extension, reclassification, termination } as const satisfies Record<RequestKind, RequestRules>;

const outcomes: Readonly<Partial<Record<RequestKind, Action["outcomes"]>>> = {
  reclassification: [{ type: "reclassify" }],
  termination: [{ type: "terminate", to: CLOSED }],
};

const requestAction = ({ kind, form, title, asks, refusal }: RequestRules, from: Action["from"]): Action => ({
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
    const asked = asks(input);
    if (isRefusal(asked)) return asked;
    const event = eventOf(`request-${kind}`, form, asked.value, {}, asked.data ?? {});
    const refused = refusal(event.data, input);
    if (refused) return refused;
    return [asked.personal ? { ...event, personal: { ...event.personal, ...asked.personal } } : event];
  },
});

/** The four requests. In: the steps in which the matter is handled, and those before its reply is under review. */
export const requestActions = (handlingSteps: readonly string[], unansweredSteps: readonly string[]): Action[] => [
  requestAction(suspension, handlingSteps),
  requestAction(extension, "open"),
  requestAction(reclassification, unansweredSteps),
  requestAction(termination, "open"),
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

// What was in order when it was asked for need not be so any more: the order has moved on, or time has passed.
function granted(request: Request, input: ActionInput): Refusal | NewEvent {
  const { state, flow } = input;
  const { from } = flow.actions[`request-${request.kind}`] as Action;
  if (from !== "open" && !from.includes(state.step ?? "")) return refuse("work-order.request-outdated", { step: state.step });
  const { refusal, grants } = kinds[request.kind];
  return refusal(request.data, input) ?? grants(request, input);
}
