// Urge (催办): the customer or the centre pushes; it is recorded on the order, never opened as a second one (service-standards §2.4).
import { z } from "zod";
import { refuse } from "../../refusal.ts";
import type { Action } from "../definition.ts";
import { choice, optionalText, text } from "../form.ts";
import { eventOf } from "../outcome.ts";

const UrgeForm = z.strictObject({
  by: choice(
    { CUSTOMER: { zh: "客户", en: "Customer" }, CENTRE: { zh: "指挥中心", en: "Centre" } },
    { zh: "催办方", en: "Who urges" },
  ),
  note: optionalText({ zh: "催办内容", en: "What was said" }, 500),
});

export const urge: Action = {
  key: "urge",
  title: { zh: "催办", en: "Urge" },
  form: UrgeForm,
  by: ["AGENT", "DISPATCHER", "SUPERVISOR", "MANAGER", "VERIFIER"],
  at: "participant",
  from: "open",
  whileSuspended: true,
  outcomes: [{ type: "urge" }],
  decide: ({ value }) => [eventOf("urge", UrgeForm, value)],
};

const AnswerForm = z.strictObject({ answer: text({ zh: "催办答复", en: "Answer" }, { max: 500 }) });

export const answerUrge: Action = {
  key: "answer-urge",
  title: { zh: "答复催办", en: "Answer urge" },
  form: AnswerForm,
  by: ["HANDLER", "DISPATCHER", "MANAGER", "REVIEWER"],
  from: "open",
  whileSuspended: true,
  outcomes: [{ type: "answer-urge" }],
  offered: (state) => (state.urges.some((one) => !one.answered) ? null : refuse("work-order.nothing-urged")),
  decide({ state, value }) {
    const open = state.urges.filter((one) => !one.answered);
    // One answer speaks to every urge that waits; each has its own clock and its own event.
    return open.map((one) => eventOf("answer-urge", AnswerForm, value, {}, { urgeSeq: one.seq }));
  },
};
