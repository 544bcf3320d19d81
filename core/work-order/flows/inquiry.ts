import { defineFlow } from "../../flow/define-flow.ts";
import { answerOnCall } from "./forms.ts";
import { handledDemand } from "./handled-demand.ts";

/** Inquiry (咨询): answered in the call where possible, otherwise an order. */
export const inquiry = defineFlow({
  ...handledDemand,
  id: "inquiry",
  title: { zh: "咨询", en: "Inquiry" },
  actions: { "answer-on-call": answerOnCall },
  noCallbackReasons: ["NOT_REACHED", "DECLINED", "ANONYMOUS", "ANSWERED_ON_CALL"],
});
