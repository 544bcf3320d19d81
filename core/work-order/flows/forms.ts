// Forms that several flows share.
import { z } from "zod";
import { eventOf } from "../../flow/outcome.ts";
import { happenedField, optionalText, positionField, text } from "../../flow/form.ts";
import { type FlowDefinition, go, type Move } from "../../flow/define-flow.ts";

export const ArrivalForm = z.strictObject({
  arrivedAt: happenedField({ zh: "到达时间", en: "Arrived at" }),
  position: positionField({ zh: "所在位置", en: "Position" }),
  note: optionalText({ zh: "现场情况", en: "On site" }, 500),
});

const OnCallForm = z.strictObject({ answer: text({ zh: "答复内容", en: "Answer given" }) });

/** First contact (首次联系客户): whoever speaks with the customer, by whatever event. A reply alone is none. */
export const firstContact = {
  title: { zh: "首次联系客户", en: "First contact" },
  from: "open",
  until: ["contact", "contacted"],
  lapsesOn: { "waive-callback": { zh: "未联系客户即免回访", en: "closed without a call to the customer" } },
} as const satisfies FlowDefinition["clocks"][string];

/** Whoever gives the matter away has not reported what came of it. */
export const givenAway = {
  return: { zh: "未回填即退单", en: "returned without reporting the result" },
  "return-disputed": { zh: "未回填即退单", en: "returned without reporting the result" },
  transfer: { zh: "未回填即转派", en: "transferred without reporting the result" },
} as const;

/** The agent answers while the customer is on the line; somebody else archives it (closing condition). */
export const answerOnCall: Move = {
  ...go("dispatching", "archiving", OnCallForm, { title: { zh: "当场答复", en: "Answer on the call" }, by: ["AGENT"] }),
  decide: ({ value }) => [eventOf("answer-on-call", OnCallForm, value, { step: "archiving" })],
};
