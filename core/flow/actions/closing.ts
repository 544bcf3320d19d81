// The way out: archive (归档), reopen, withdraw (撤单). Nothing is archived without verification by another person.
import { z } from "zod";
import { refuse, type Refusal } from "../../refusal.ts";
import { type Action, type ActionContext, CLOSED } from "../definition.ts";
import { choice, field, optionalText, text } from "../form.ts";
import { eventOf } from "../outcome.ts";
import { hasHandled, type OrderState } from "../state.ts";

/** The verifier is not the handler (invariant 3), of this episode or an earlier one, person or integration. */
export const notTheHandler = (state: OrderState, context: ActionContext): Refusal | null =>
  hasHandled(state, context.actor) ? refuse("work-order.verifier-is-handler") : null;

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
  decide: ({ value }) => [eventOf("archive", ArchiveForm, value, { step: null, holderId: null })],
});

/** The first closing condition that is not met, as a refusal; null where all are. */
export const unmet = (state: OrderState, reasons: readonly string[]) => {
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
  decide: ({ value }) => [eventOf("withdraw", WithdrawForm, value, { step: null, holderId: null })],
};
