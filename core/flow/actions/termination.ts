// Terminate (终止): a formal end without verification, for demands that were handled lawfully or are none of the utility's (service-standards §2.4).
import { z } from "zod";
import { refuse } from "../../refusal.ts";
import { text as textOf } from "../event.ts";
import { choice, text } from "../form.ts";
import { plainEvent } from "../outcome.ts";
import { hasHandled } from "../state.ts";
import type { RequestRules } from "./request.ts";

export const terminationReasons = {
  LAWFULLY_HANDLED: { zh: "已依法依规处理，诉求超出规定", en: "Lawfully handled; the demand goes beyond the rules" },
  OUT_OF_REMIT: { zh: "不属于供电企业职责", en: "Outside the utility's remit" },
  IN_COURT: { zh: "已进入司法或仲裁程序", en: "Before a court or arbitration" },
  INVALID: { zh: "无效诉求", en: "Not a valid demand" },
} as const;

const TerminationForm = z.strictObject({
  reason: choice(terminationReasons, { zh: "终止原因", en: "Reason" }),
  note: text({ zh: "说明", en: "Explanation" }),
});

export const termination: RequestRules = {
  kind: "termination",
  title: { zh: "申请终止", en: "Ask to terminate" },
  form: TerminationForm,
  asks: ({ value }) => ({ value }),
  refusal: () => null,
  // It ends without verification, so nobody ends what he worked on himself.
  grants: ({ data }, { state, context }) =>
    hasHandled(state, context.actor)
      ? refuse("work-order.verifier-is-handler")
      : plainEvent("terminate", { reason: textOf(data, "reason") }, { step: null }),
};
