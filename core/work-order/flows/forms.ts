// Forms that several flows share.
import { z } from "zod";
import { refuse } from "../../refusal.ts";
import { eventOf } from "../../flow/outcome.ts";
import { instantField, optionalText, text } from "../../flow/form.ts";
import { go, type Move } from "../../flow/define-flow.ts";
import type { ActionInput } from "../../flow/definition.ts";

/** An instant of the past, told by a person: refused when it lies in the future or before the order began. */
export const happened =
  (field: string) =>
  ({ value, state, context }: ActionInput) => {
    const atMs = Date.parse(value[field] as string);
    if (atMs > context.nowMs) return refuse("work-order.time-in-future", { field });
    if (atMs < state.openedAtMs) return refuse("work-order.time-before-intake", { field });
    return null;
  };

export const ArrivalForm = z.strictObject({
  arrivedAt: instantField({ zh: "到达时间", en: "Arrived at" }),
  note: optionalText({ zh: "现场情况", en: "On site" }, 500),
});

const OnCallForm = z.strictObject({ answer: text({ zh: "答复内容", en: "Answer given" }) });

/** The agent answers while the customer is on the line; somebody else archives it (closing condition). */
export const answerOnCall: Move = {
  ...go("dispatching", "archiving", OnCallForm, { title: { zh: "当场答复", en: "Answer on the call" }, by: ["AGENT"] }),
  decide: ({ value }) => [eventOf("answer-on-call", OnCallForm, value, { step: "archiving" })],
};
