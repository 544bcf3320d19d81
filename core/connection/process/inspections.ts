// Inspections in stages, with findings and re-inspection: the design, the works before they are covered, and the works complete.
import { go, type Move } from "../../flow/define-flow.ts";
import type { ActionInput } from "../../flow/definition.ts";
import { eventOf } from "../../flow/outcome.ts";
import { refuse } from "../../refusal.ts";
import type { Bilingual } from "../../text.ts";
import * as check from "./checks.ts";
import * as forms from "./forms.ts";
import { counter, field, formalities, ready, type Shape, whereNext } from "./parts.ts";

/** The completion inspection: each stage passes for itself, and only what failed is inspected again. */
export function inspect({ stages }: Shape): Move {
  const form = forms.inspectionForm(stages, { zh: "检验部分", en: "Stage" });
  return {
    ...go("completion-inspection", null, form, { title: { zh: "竣工检验", en: "Inspect" }, ...field }),
    tone: "primary",
    outcomes: [
      { type: "pass-stage", title: { zh: "部分检验合格", en: "A stage passed" } },
      { type: "pass-inspection", title: { zh: "竣工检验合格", en: "Inspection passed" } },
      { type: "fail-inspection", to: "customer-works", title: { zh: "竣工检验不合格", en: "Inspection failed" } },
      ready,
      formalities,
    ],
    decide(input) {
      const { state, value } = input;
      const stage = `stage:${(value["stage"] as string | undefined) ?? "ALL"}`;
      if (state.marks[stage] === "PASSED") return refuse("connection.stage-passed");
      const refusal = check.judged(input, state.marks[stage]);
      if (refusal) return refusal;
      const event = (type: string, step?: string) =>
        eventOf(type, form, value, step === undefined ? {} : { step }, {
          marks: { [stage]: value["passed"] === true ? "PASSED" : "FAILED" },
        });
      if (value["passed"] !== true) return [event("fail-inspection", "customer-works")];
      const others = Object.keys(stages).filter((one) => one !== value["stage"]);
      if (others.some((one) => state.marks[`stage:${one}`] !== "PASSED")) return [event("pass-stage")];
      return [event("pass-inspection"), whereNext(state)];
    },
  };
}

const midStages = {
  CONCEALED: { zh: "隐蔽工程", en: "Concealed works" },
  GROUNDING: { zh: "接地装置", en: "Earthing" },
  CABLE: { zh: "电缆及通道", en: "Cables and ducts" },
  OTHER: { zh: "其他", en: "Other" },
} as const;

/** The design review and the intermediate inspection of important customers. */
export const reviews: Readonly<Record<string, Move>> = {
  "submit-design": go("customer-works", "design-review", forms.NoteForm, {
    title: { zh: "设计送审", en: "Design submitted" },
    ...counter,
    check: check.all(check.reviewed, check.designOpen),
    idle: ["connection.review-not-required", "connection.design-passed-already"],
  }),
  "review-design": judging("design-review", forms.inspectionForm(), {
    title: { zh: "设计审查", en: "Review the design" },
    pass: { type: "pass-design", title: { zh: "设计审查通过", en: "Design passed" } },
    fail: { type: "fail-design", title: { zh: "设计审查退回", en: "Design sent back" } },
    mark: () => "design",
  }),
  "request-mid-inspection": go("customer-works", "mid-inspection", forms.NoteForm, {
    title: { zh: "申请中间检查", en: "Intermediate inspection asked for" },
    ...counter,
    check: check.all(check.reviewed, check.designPassed),
    idle: ["connection.review-not-required"],
  }),
  "inspect-midway": judging("mid-inspection", forms.inspectionForm(midStages), {
    title: { zh: "中间检查", en: "Inspect midway" },
    pass: { type: "pass-mid-inspection", title: { zh: "中间检查合格", en: "Intermediate inspection passed" } },
    fail: { type: "fail-mid-inspection", title: { zh: "中间检查不合格", en: "Intermediate inspection failed" } },
    mark: (value) => `mid:${value["stage"] as string}`,
  }),
};

/** A judgement after which the customer goes on building. */
function judging(
  step: string,
  form: ReturnType<typeof forms.inspectionForm>,
  is: {
    title: Bilingual;
    pass: { type: string; title: Bilingual };
    fail: { type: string; title: Bilingual };
    mark: (value: ActionInput["value"]) => string;
  },
): Move {
  const to = "customer-works";
  return {
    ...go(step, null, form, { title: is.title, ...field }),
    tone: "primary",
    outcomes: [
      { ...is.pass, to },
      { ...is.fail, to },
    ],
    decide(input) {
      const { state, value } = input;
      const mark = is.mark(value);
      const passed = value["passed"] === true;
      return (
        check.judged(input, state.marks[mark]) ?? [
          eventOf(
            (passed ? is.pass : is.fail).type,
            form,
            value,
            { step: to },
            { marks: { [mark]: passed ? "PASSED" : "FAILED" } },
          ),
        ]
      );
    },
  };
}
