// Joint consultation (协同会商): several units work on one order, one of them leads and keeps it.
import { z } from "zod";
import { refuse } from "../../refusal.ts";
import type { Action } from "../definition.ts";
import { field, text } from "../form.ts";
import { eventOf } from "../outcome.ts";
import { Whole } from "../../whole.ts";
import { cannotTake } from "./ownership.ts";

const ConsultForm = z.strictObject({
  unitIds: field(z.array(Whole).min(1).max(8), {
    label: { zh: "协办单位", en: "Assisting units" },
    widget: "units",
  }),
  question: text({ zh: "需协办事项", en: "What is asked" }),
});

export const consult = (from: readonly string[]): Action => ({
  key: "consult",
  title: { zh: "协办", en: "Consult" },
  form: ConsultForm,
  by: ["HANDLER", "DISPATCHER", "MANAGER"],
  from,
  outcomes: [{ type: "consult" }],
  decide({ state, value, context }) {
    const unitIds = [...new Set(value["unitIds"] as number[])];
    for (const unitId of unitIds) {
      const refusal = cannotTake(context, unitId);
      if (refusal) return refusal;
      if (unitId === state.unitId) return refuse("work-order.consult-itself");
      if (state.consultations.some((one) => one.unitId === unitId && !one.answered))
        return refuse("work-order.consultation-open", { unitId });
    }
    return [eventOf("consult", ConsultForm, { ...value, unitIds })];
  },
});

const AnswerForm = z.strictObject({ answer: text({ zh: "协办意见", en: "Answer" }) });

export const answerConsultation: Action = {
  key: "answer-consultation",
  title: { zh: "反馈协办意见", en: "Answer consultation" },
  form: AnswerForm,
  by: ["HANDLER", "MANAGER"],
  at: "assisting",
  from: "open",
  whileSuspended: true,
  outcomes: [{ type: "answer-consultation" }],
  offered: (state, context) => (asked(state, context) ? null : refuse("work-order.not-consulted")),
  decide({ state, value, context }) {
    const open = asked(state, context);
    if (!open) return refuse("work-order.not-consulted");
    return [eventOf("answer-consultation", AnswerForm, value, {}, { unitId: open.unitId, consultSeq: open.seq })];
  },
};

const asked = (state: Parameters<Action["decide"]>[0]["state"], context: Parameters<Action["decide"]>[0]["context"]) =>
  state.consultations.find(
    (one) => !one.answered && answerConsultation.by.some((role) => context.rolesOver(one.unitId).has(role)),
  );
