// Callback (回访): somebody other than the handler asks the customer, in due distance and not at night (service-standards §2.4).
import { z } from "zod";
import { minuteOfDay } from "../../calendar/definition.ts";
import { refuse, type Refusal } from "../../refusal.ts";
import { type Action, type ActionContext, type ActionInput, CLOSED } from "../definition.ts";
import { choice, optionalText } from "../form.ts";
import { eventOf, plainEvent } from "../outcome.ts";
import type { OrderState } from "../state.ts";
import { notTheHandler, unmet } from "./closing.ts";

/** Whether a customer may be called now: spacing, number and night hours are rules of the rulebook (service-standards §2.4). */
export function callbackAllowed(
  state: Pick<OrderState, "lastUnreachedAtMs">,
  context: Pick<ActionContext, "nowMs" | "policies" | "minuteOfDay">,
): Refusal | null {
  const { nightFrom, nightTo, spacingMinutes } = context.policies.callback;
  // A customer who did not answer is left in peace for a while, even where the order was reopened meanwhile.
  const spacedAtMs = state.lastUnreachedAtMs === null ? context.nowMs : state.lastUnreachedAtMs + spacingMinutes * 60_000;
  const nextAtMs = afterNight(Math.max(spacedAtMs, context.nowMs), context);
  if (afterNight(context.nowMs, context) > context.nowMs)
    return refuse("work-order.callback-at-night", { from: nightFrom, to: nightTo, nextAtMs });
  return context.nowMs < spacedAtMs ? refuse("work-order.callback-too-soon", { spacingMinutes, nextAtMs }) : null;
}

const DAY_MINUTES = 1440;

/** The instant itself, or the end of the night it lies in (epoch ms). */
function afterNight(atMs: number, { policies, minuteOfDay: minuteAt }: Pick<ActionContext, "policies" | "minuteOfDay">): number {
  const [from, to] = [minuteOfDay(policies.callback.nightFrom), minuteOfDay(policies.callback.nightTo)];
  const minute = minuteAt(atMs);
  const night = from > to ? minute >= from || minute < to : minute >= from && minute < to;
  if (!night) return atMs;
  const endMs = (Math.floor(atMs / 60_000) + ((to - minute + DAY_MINUTES) % DAY_MINUTES)) * 60_000;
  // Where the zone's offset changes during the night, the clock on the wall decides.
  const off = (to - minuteAt(endMs) + DAY_MINUTES + DAY_MINUTES / 2) % DAY_MINUTES;
  return endMs + (off - DAY_MINUTES / 2) * 60_000;
}

const CallbackForm = z.strictObject({
  result: choice(
    {
      REACHED: { zh: "接通", en: "Reached" },
      NOT_REACHED: { zh: "未接通", en: "Not reached" },
      DECLINED: { zh: "拒绝回访", en: "Declined" },
    },
    { zh: "回访结果", en: "Result" },
  ),
  satisfaction: choice(
    {
      SATISFIED: { zh: "满意", en: "Satisfied" },
      BASICALLY: { zh: "基本满意", en: "Basically satisfied" },
      DISSATISFIED: { zh: "不满意", en: "Dissatisfied" },
    },
    { zh: "客户评价", en: "Satisfaction" },
    { requiredWhen: { field: "result", is: ["REACHED"] } },
  ).optional(),
  opinion: optionalText({ zh: "客户意见", en: "What the customer said" }),
});

export const callback = (again: string): Action => ({
  key: "callback",
  title: { zh: "回访", en: "Call back" },
  form: CallbackForm,
  by: ["VERIFIER"],
  from: ["callback"],
  tone: "primary",
  outcomes: [
    { type: "callback-attempt" },
    { type: "callback", to: "archiving" },
    { type: "archive", to: CLOSED },
    { type: "reopen", to: again },
  ],
  offered: (state, context) => notTheHandler(state, context) ?? callbackAllowed(state, context),
  decide(input) {
    const { state, flow, value, context } = input;
    if (value["result"] === "REACHED") return reached(input, again);
    const attempts = state.callbacks.length + 1;
    const result = value["result"] as string;
    const enough = result === "DECLINED" || attempts >= context.policies.callback.attempts;
    // Where the flow does not archive without the customer's word, every call that got none stays an attempt.
    const concluded = enough && flow.noCallbackReasons.includes(result);
    const unanswered = { ...value, satisfaction: undefined };
    return [
      concluded
        ? eventOf("callback", CallbackForm, unanswered, { step: "archiving" }, { attempts })
        : eventOf("callback-attempt", CallbackForm, unanswered, {}, { attempts }),
    ];
  },
});

function reached({ state, flow, value }: ActionInput, again: string): Refusal | readonly ReturnType<typeof eventOf>[] {
  if (value["satisfaction"] === undefined) return refuse("work-order.satisfaction-missing");
  if (value["satisfaction"] !== "DISSATISFIED") {
    // The satisfied answer closes the loop at once where nothing else is missing; a request that still waits keeps it at archiving.
    const missing = unmet({ ...state, callbackOutcome: value["satisfaction"] as string }, flow.noCallbackReasons);
    return [
      eventOf("callback", CallbackForm, value, { step: "archiving" }),
      ...(missing ? [] : [plainEvent("archive", { by: "callback" }, { step: null, holderId: null })]),
    ];
  }
  // A dissatisfied customer opens a new episode: the old figures stand, the matter is handled again.
  return [
    eventOf("callback", CallbackForm, value, { step: "archiving" }),
    plainEvent("reopen", { reason: "DISSATISFIED" }, { step: again, unitId: state.deskUnitId, holderId: null }),
  ];
}
