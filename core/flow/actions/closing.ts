// The way out: callback (回访), archive (归档), reopen, withdraw (撤单). Nothing is archived without verification by another person.
import { z } from "zod";
import { minuteOfDay } from "../../calendar/definition.ts";
import { refuse, type Refusal } from "../../refusal.ts";
import type { Action, ActionContext, ActionInput } from "../definition.ts";
import { CLOSED } from "../definition.ts";
import { choice, field, optionalText, text } from "../form.ts";
import { eventOf, plainEvent } from "../outcome.ts";
import { hasHandled, type OrderState } from "../state.ts";

/** The verifier is not the handler (invariant 3), of this episode or an earlier one, person or integration. */
const notTheHandler = (state: OrderState, context: ActionContext): Refusal | null =>
  hasHandled(state, context.actor) ? refuse("work-order.verifier-is-handler") : null;

/** Whether a customer may be called now: spacing, number and night hours are rules of the rulebook (service-standards §2.4). */
export function callbackAllowed(state: OrderState, context: ActionContext): Refusal | null {
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
function afterNight(atMs: number, { policies, minuteOfDay: minuteAt }: ActionContext): number {
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
    const refusal = notTheHandler(state, context) ?? callbackAllowed(state, context);
    if (refusal) return refusal;
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

// On the line, or by the centre the order came from and goes back to.
const answeredOtherwise: ReadonlySet<string> = new Set(["ANSWERED_ON_CALL", "CLOSED_ELSEWHERE"]);

export type ClosingCondition = {
  readonly key: string;
  readonly title: { readonly zh: string; readonly en: string };
  readonly met: boolean;
};

/** What must be true before an order may be archived, and whether it is. */
export function closingConditions(state: OrderState, noCallbackReasons: readonly string[]): readonly ClosingCondition[] {
  const outcome = state.callbackOutcome;
  const byCallback =
    outcome === "SATISFIED" ||
    outcome === "BASICALLY" ||
    ((outcome === "NOT_REACHED" || outcome === "DECLINED") && noCallbackReasons.includes(outcome));
  const byReason = state.noCallbackReason !== null && noCallbackReasons.includes(state.noCallbackReason);
  return [
    {
      key: "answered",
      title: { zh: "已回单并审核通过，或当场答复", en: "Replied and reviewed, or answered on the call" },
      met: state.reviewLevel > 0 || answeredOtherwise.has(state.noCallbackReason ?? ""),
    },
    {
      key: "verified",
      title: { zh: "已回访，或有准许的免回访原因", en: "Called back, or a permitted reason why not" },
      met: byCallback || byReason,
    },
    {
      key: "no-open-request",
      title: { zh: "没有待审批的申请", en: "No request waits for a decision" },
      met: state.requests.length === 0,
    },
    { key: "not-suspended", title: { zh: "未挂起", en: "Not suspended" }, met: state.suspension === null },
  ];
}

const ArchiveForm = z.strictObject({ note: optionalText({ zh: "归档说明", en: "Note" }, 500) });

export const archive = (noCallbackReasons: readonly string[]): Action => ({
  key: "archive",
  title: { zh: "归档", en: "Archive" },
  form: ArchiveForm,
  by: ["VERIFIER", "SUPERVISOR", "MANAGER"],
  from: ["archiving"],
  tone: "primary",
  outcomes: [{ type: "archive", to: CLOSED }],
  offered: (state, context) => notTheHandler(state, context) ?? unmet(state, noCallbackReasons),
  decide({ state, value, context }) {
    return (
      notTheHandler(state, context) ??
      unmet(state, noCallbackReasons) ?? [eventOf("archive", ArchiveForm, value, { step: null, holderId: null })]
    );
  },
});

const unmet = (state: OrderState, reasons: readonly string[]) => {
  const missing = closingConditions(state, reasons).find((condition) => !condition.met);
  return missing
    ? refuse("work-order.closing-condition", { condition: missing.key, zh: missing.title.zh, en: missing.title.en })
    : null;
};

const ReopenForm = z.strictObject({
  reason: choice(
    {
      CUSTOMER_AGAIN: { zh: "客户再次反映", en: "Customer came back" },
      WRONGLY_CLOSED: { zh: "归档有误", en: "Closed by mistake" },
      INSPECTION: { zh: "质检发现问题", en: "Found by inspection" },
    },
    { zh: "重开原因", en: "Reason" },
  ),
  note: text({ zh: "说明", en: "Explanation" }, { max: 500 }),
});

export const reopen = (again: string): Action => ({
  key: "reopen",
  title: { zh: "重新开启", en: "Reopen" },
  form: ReopenForm,
  by: ["AGENT", "VERIFIER", "SUPERVISOR", "MANAGER"],
  at: "desk",
  from: "archived",
  outcomes: [{ type: "reopen", to: again }],
  decide: ({ state, value }) => [eventOf("reopen", ReopenForm, value, { step: again, unitId: state.deskUnitId, holderId: null })],
});

const WithdrawForm = z.strictObject({
  confirmed: field(z.literal(true), { label: { zh: "已向客户本人确认", en: "Confirmed with the customer" } }),
  reason: text({ zh: "撤单原因", en: "Reason" }, { max: 500 }),
});

/** The customer takes the demand back. Only the desk records it, and never a person who handled it. */
export const withdraw: Action = {
  key: "withdraw",
  title: { zh: "撤单", en: "Withdraw" },
  form: WithdrawForm,
  by: ["AGENT", "VERIFIER"],
  at: "desk",
  from: "open",
  whileSuspended: true,
  tone: "danger",
  outcomes: [{ type: "withdraw", to: CLOSED }],
  offered: notTheHandler,
  decide: ({ state, value, context }) =>
    notTheHandler(state, context) ?? [eventOf("withdraw", WithdrawForm, value, { step: null, holderId: null })],
};
