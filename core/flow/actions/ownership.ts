// Who has it: dispatch (派单), accept (接单), return (退单), arbitrate, transfer (转派).
import { z } from "zod";
import { regionOfOrder } from "../../order-id.ts";
import { refuse, type Refusal } from "../../refusal.ts";
import type { Action } from "../definition.ts";
import { choice, optionalText, text, unitField } from "../form.ts";
import { eventOf } from "../outcome.ts";
import type { ActionContext } from "../definition.ts";

export const returnReasons = {
  WRONG_UNIT: { zh: "不属于本单位范围", en: "Not this unit's area" },
  WRONG_CATEGORY: { zh: "业务类型有误", en: "Wrong category" },
  INCOMPLETE: { zh: "信息不全，无法处理", en: "Too little information" },
  DUPLICATE: { zh: "重复派单", en: "Dispatched twice" },
  OTHER: { zh: "其他", en: "Other" },
} as const;

/** Why a unit cannot be given an order, or null: it is gone, or lies in another region; an order keeps its region for ever. */
export const cannotTake = (context: ActionContext, unitId: number): Refusal | null => {
  if (!context.organisation.isActive(unitId)) return refuse("work-order.unit-unknown", { unitId });
  if (context.organisation.regionOf(unitId) !== regionOfOrder(context.self))
    return refuse("work-order.unit-other-region", { unitId });
  return null;
};

const DispatchForm = z.strictObject({
  unitId: unitField({ zh: "承办单位", en: "Handling unit" }),
  note: optionalText({ zh: "派单说明", en: "Note" }),
});

export const dispatch: Action = {
  key: "dispatch",
  title: { zh: "派单", en: "Dispatch" },
  form: DispatchForm,
  by: ["DISPATCHER"],
  from: ["dispatching"],
  tone: "primary",
  outcomes: [{ type: "dispatch", to: "accepting" }],
  decide({ value, context }) {
    const unitId = value["unitId"] as number;
    return (
      cannotTake(context, unitId) ?? [eventOf("dispatch", DispatchForm, value, { step: "accepting", unitId, holderId: null })]
    );
  },
};

const AcceptForm = z.strictObject({ note: optionalText({ zh: "备注", en: "Note" }) });

/**
 * Accepting leads to the flow's handling step, or to where the work stood where the flow keeps its place; the person who accepts
 * has it from then on.
 */
export const accept = (handlingStep: string): Action => ({
  key: "accept",
  title: { zh: "接单", en: "Accept" },
  form: AcceptForm,
  by: ["HANDLER"],
  from: ["accepting"],
  tone: "primary",
  outcomes: [{ type: "accept", to: handlingStep }],
  decide: ({ state, flow, value, context }) => [
    eventOf("accept", AcceptForm, value, {
      step: flow.keepsPlace && state.place !== null && flow.steps[state.place]?.at === "handling" ? state.place : handlingStep,
      holderId: context.actor.kind === "staff" ? context.actor.id : null,
    }),
  ],
});

const ReturnForm = z.strictObject({
  reason: choice(returnReasons, { zh: "退单原因", en: "Reason" }),
  note: text({ zh: "说明", en: "Explanation" }),
});

/**
 * Each unit that is given an order may return it once; what it returns again goes to the next level, which decides for good
 * (service-standards §2.4, unverified there: once per holder before arbitration). The clocks run on.
 */
export const returnOrder = (from: readonly string[]): Action => ({
  key: "return",
  title: { zh: "退单", en: "Return" },
  form: ReturnForm,
  by: ["HANDLER", "MANAGER"],
  from,
  outcomes: [
    { type: "return", to: "dispatching" },
    { type: "return-disputed", to: "arbitrating" },
  ],
  offered: (state) => (state.ruling ? refuse("work-order.return-after-arbitration") : null),
  decide({ state, value, context }) {
    if ((state.returns[state.unitId] ?? 0) < context.policies.returning.returnsBeforeArbitration)
      return [eventOf("return", ReturnForm, value, { step: "dispatching", unitId: state.deskUnitId, holderId: null })];
    const above = context.organisation.parentOf(state.deskUnitId) ?? state.deskUnitId;
    return [eventOf("return-disputed", ReturnForm, value, { step: "arbitrating", unitId: above, holderId: null })];
  },
});

const ArbitrateForm = z.strictObject({
  unitId: unitField({ zh: "裁定承办单位", en: "Unit that shall handle it" }),
  ruling: text({ zh: "裁定意见", en: "Ruling" }),
});

export const arbitrate: Action = {
  key: "arbitrate",
  title: { zh: "裁定", en: "Arbitrate" },
  form: ArbitrateForm,
  by: ["SUPERVISOR", "MANAGER"],
  from: ["arbitrating"],
  tone: "primary",
  outcomes: [{ type: "arbitrate", to: "accepting" }],
  decide({ value, context }) {
    const unitId = value["unitId"] as number;
    return (
      cannotTake(context, unitId) ?? [eventOf("arbitrate", ArbitrateForm, value, { step: "accepting", unitId, holderId: null })]
    );
  },
};

const mayRule = (context: ActionContext, unitId: number): boolean => {
  const roles = context.rolesOver(unitId);
  return arbitrate.by.some((role) => roles.has(role));
};

const TransferForm = z.strictObject({
  unitId: unitField({ zh: "转至单位", en: "Transfer to" }),
  reason: text({ zh: "转派原因", en: "Reason" }, { max: 500 }),
});

/**
 * What was ruled stands: the unit that has to handle an order may pass it on among its own, and only the level that ruled may
 * give it to somebody else, which is a new ruling.
 */
export const transfer = (from: readonly string[]): Action => ({
  key: "transfer",
  title: { zh: "转派", en: "Transfer" },
  form: TransferForm,
  by: ["DISPATCHER", "SUPERVISOR", "MANAGER"],
  from,
  outcomes: [{ type: "transfer", to: "accepting" }],
  decide({ state, value, context }) {
    const unitId = value["unitId"] as number;
    if (unitId === state.unitId) return refuse("work-order.transfer-to-itself");
    const refusal = cannotTake(context, unitId);
    if (refusal) return refusal;
    const { ruling } = state;
    const leaves = ruling !== null && !context.organisation.pathOf(unitId).includes(ruling.unitId);
    if (leaves && !mayRule(context, ruling.byUnitId))
      return refuse("work-order.transfer-after-arbitration", { unitId: ruling.byUnitId });
    const move = { step: "accepting", unitId, holderId: null };
    return [eventOf("transfer", TransferForm, value, move, leaves ? { newRuling: true } : {})];
  },
});
