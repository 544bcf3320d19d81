// What is done at each step of a service connection, and where it leads.
import { go, type Move } from "../flow/define-flow.ts";
import type { ActionInput } from "../flow/definition.ts";
import type { NewEvent } from "../flow/event.ts";
import { eventOf, happened, plainEvent } from "../flow/outcome.ts";
import type { OrderState } from "../flow/state.ts";
import { refuse } from "../refusal.ts";
import type { Bilingual } from "../text.ts";
import { ArrivalForm } from "../work-order/flows/forms.ts";
import * as check from "./checks.ts";
import { documentNames, type FollowingDocument } from "./documents.ts";
import * as forms from "./forms.ts";

/** What kind of connection it is: which works may follow the plan, and what is inspected. */
export type Shape = {
  readonly documents: readonly FollowingDocument[];
  /** Works that may follow the supply plan; asked where there are several. */
  readonly works: readonly forms.Works[];
  /** Important customers have their design reviewed and their works inspected on the way. */
  readonly reviews: boolean;
  /** Parts of the completion inspection; each passes for itself, and only what failed is inspected again. */
  readonly stages: Readonly<Record<string, Bilingual>>;
  readonly fee: boolean;
};

/** In the field: by whoever handles it. */
const field = { by: ["HANDLER"] } as const;
/** At the counter: the hall that took it in, or whoever handles it now (首问负责). */
const counter = { by: ["AGENT", "HANDLER", "MANAGER"], at: "participant" } as const;

const visits = ["surveying", "mid-inspection", "completion-inspection", "metering", "energising"];
const afterPlan = ["customer-works", "design-review", "mid-inspection", "completion-inspection", "utility-works", "formalities"];
const present = (steps: readonly string[], known: ReadonlySet<string>) => steps.filter((step) => known.has(step));

/** The moves of a connection, by name. In: its shape, and the steps it has. */
export function movesOf(shape: Shape, steps: ReadonlySet<string>): Readonly<Record<string, Move>> {
  const customerWorks = shape.works.includes("CUSTOMER");
  return {
    appoint: appoint(present(visits, steps)),
    arrive: go(present(visits, steps), null, ArrivalForm, {
      title: { zh: "到达现场", en: "Arrive" },
      ...field,
      checkForm: happened(ArrivalForm, "arrivedAt"),
    }),
    survey: go("surveying", "planning", forms.SurveyForm, {
      title: { zh: "完成勘查", en: "Survey done" },
      ...field,
      checkForm: happened(forms.SurveyForm, "surveyedAt"),
    }),
    "reply-plan": replyPlan(shape),
    ...(shape.fee ? { "settle-fee": settleFee(present(afterPlan, steps)) } : {}),
    ...(customerWorks ? duringCustomerWorks(shape) : {}),
    ...(customerWorks && shape.reviews ? reviews : {}),
    ...(shape.works.includes("UTILITY") ? { "finish-utility-works": finishUtilityWorks } : {}),
    "sign-contract": signContract(present(["planning", ...afterPlan], steps)),
    "supply-documents": supplyDocuments(shape.documents),
    "install-meter": go("metering", "energising", forms.MeterForm, {
      title: { zh: "装表", en: "Install the meter" },
      ...field,
      checkForm: happened(forms.MeterForm, "installedAt"),
    }),
    energise: go("energising", "filing", forms.EnergiseForm, {
      title: { zh: "送电", en: "Energise" },
      ...field,
      checkForm: happened(forms.EnergiseForm, "energisedAt"),
    }),
  };
}

const ready = { type: "ready", to: "metering", title: { zh: "手续办结，可装表接电", en: "Ready to be energised" } } as const;
const formalities = {
  type: "await-formalities",
  to: "formalities",
  title: { zh: "待办结手续", en: "Waits for formalities" },
} as const;

/** Nothing but formalities is left: where they are complete as well, it is the utility's turn to set the meter. */
const whereNext = (state: Pick<OrderState, "marks">): NewEvent =>
  state.marks["contract"] === true
    ? plainEvent(ready.type, {}, { step: ready.to })
    : plainEvent(formalities.type, {}, { step: formalities.to });

// A time agreed with the customer is kept by a clock of its own, and the arrival is due by then where that is later.
function appoint(from: readonly string[]): Move {
  const move = go(from, null, forms.AppointForm, { title: { zh: "预约上门", en: "Agree a visit" }, ...counter });
  return {
    ...move,
    decide({ state, value, context }) {
      const dueAtMs = Date.parse(value["agreedAt"] as string);
      if (dueAtMs <= context.nowMs) return refuse("connection.appointment-past");
      return [
        eventOf(
          "appoint",
          forms.AppointForm,
          value,
          {},
          { dueAtMs, ...(state.step === "surveying" ? { moves: "on-site" } : {}) },
        ),
      ];
    },
  };
}

function replyPlan({ works, fee }: Shape): Move {
  const form = forms.planForm(works, fee);
  const [only] = works;
  return {
    ...go("planning", null, form, { title: { zh: "答复供电方案", en: "Reply the supply plan" }, ...field }),
    tone: "primary",
    outcomes: [
      { type: "reply-plan", ...(works.includes("CUSTOMER") ? { to: "customer-works" } : {}) },
      ...(works.includes("UTILITY") ? [beginUtilityWorks] : []),
      ...(works.includes("NONE") ? [ready, formalities] : []),
    ],
    decide({ state, value }) {
      const following = (value["works"] ?? only) as forms.Works;
      const marks = { works: following, ...(value["feeDue"] === true ? { feeDue: true } : {}) };
      const replied = (step?: string) => eventOf("reply-plan", form, value, step === undefined ? {} : { step }, { marks });
      if (following === "CUSTOMER") return [replied("customer-works")];
      return [
        replied(),
        following === "UTILITY" ? plainEvent(beginUtilityWorks.type, {}, { step: beginUtilityWorks.to }) : whereNext(state),
      ];
    },
  };
}

const settleFee = (from: readonly string[]): Move => ({
  ...go(from, null, forms.FeeForm, { title: { zh: "收取业务费", en: "Settle the fee" }, ...counter, check: check.feeOpen }),
  decide: ({ value }) => [eventOf("settle-fee", forms.FeeForm, value, {}, { marks: { feeSettled: true } })],
});

const beginUtilityWorks = {
  type: "begin-utility-works",
  to: "utility-works",
  title: { zh: "配套工程开工", en: "Utility-side works begin" },
} as const;
const finishUtilityWorks: Move = {
  ...go("utility-works", null, forms.NoteForm, { title: { zh: "配套工程完工", en: "Utility-side works done" }, ...field }),
  tone: "primary",
  outcomes: [{ type: "finish-utility-works" }, ready, formalities],
  decide: ({ state, value }) => [eventOf("finish-utility-works", forms.NoteForm, value), whereNext(state)],
};

/** The customer designs and builds: none of the utility's clocks runs, but somebody asks how far it is. */
const duringCustomerWorks = (shape: Shape): Readonly<Record<string, Move>> => ({
  "report-completion": go("customer-works", "completion-inspection", forms.NoteForm, {
    title: { zh: "竣工报验", en: "Completion reported" },
    ...counter,
    check: check.all(shape.reviews ? check.reviewsDone : () => null, shape.fee ? check.feeSettled : () => null),
  }),
  inspect: inspect(shape),
  "follow-up": go("customer-works", null, forms.FollowUpForm, {
    title: { zh: "跟进客户工程", en: "Follow up the works" },
    ...counter,
  }),
});

function inspect({ stages }: Shape): Move {
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

const reviews: Readonly<Record<string, Move>> = {
  "submit-design": go("customer-works", "design-review", forms.NoteForm, {
    title: { zh: "设计送审", en: "Design submitted" },
    ...counter,
    check: check.all(check.reviewed, check.designOpen),
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

// It may be signed as soon as there is a plan; where all else is done, it is the last formality.
function signContract(from: readonly string[]): Move {
  const move = go(from, null, forms.ContractForm, {
    title: { zh: "签订供用电合同", en: "Sign the supply contract" },
    ...counter,
    check: check.all(check.unsigned, check.nothingMissing, check.feeSettled),
  });
  return {
    ...move,
    tone: "primary",
    outcomes: [{ type: "sign-contract" }, ready],
    decide(input) {
      const untrue = happened(forms.ContractForm, "signedAt")(input);
      if (untrue) return untrue;
      return [
        eventOf("sign-contract", forms.ContractForm, input.value, {}, { marks: { contract: true } }),
        ...(input.state.step === formalities.to ? [plainEvent(ready.type, {}, { step: ready.to })] : []),
      ];
    },
  };
}

function supplyDocuments(documents: readonly FollowingDocument[]): Move {
  const form = forms.supplyForm(documents);
  return {
    ...go([], null, form, { title: { zh: "补交资料", en: "Documents supplied" }, ...counter, check: check.somethingMissing }),
    from: "open",
    whileSuspended: true,
    decide({ state, value }) {
      const supplied = value["documents"] as string[];
      const known = supplied.filter((code) => !state.missing.includes(code));
      if (known.length > 0) return refuse("connection.document-not-missing", { ...documentNames(known) });
      return [eventOf("supply-documents", form, value, {}, { supplied })];
    },
  };
}
