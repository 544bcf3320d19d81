// What is done at each step of a service connection, and where it leads.
import { go, type Move } from "../../flow/define-flow.ts";
import { eventOf, happened, plainEvent } from "../../flow/outcome.ts";
import { refuse } from "../../refusal.ts";
import { ArrivalForm } from "../../work-order/flows/forms.ts";
import * as check from "./checks.ts";
import { documentNames, type FollowingDocument } from "./documents.ts";
import * as forms from "./forms.ts";
import { inspect, reviews } from "./inspections.ts";
import { counter, field, formalities, ready, type Shape, whereNext } from "./parts.ts";

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
  ...go(from, null, forms.FeeForm, {
    title: { zh: "收取业务费", en: "Settle the fee" },
    ...counter,
    check: check.feeOpen,
    idle: ["connection.no-fee-due"],
  }),
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

// It may be signed as soon as there is a plan; where all else is done, it is the last formality.
function signContract(from: readonly string[]): Move {
  const move = go(from, null, forms.ContractForm, {
    title: { zh: "签订供用电合同", en: "Sign the supply contract" },
    ...counter,
    check: check.all(check.unsigned, check.nothingMissing, check.feeSettled),
    idle: ["connection.contract-signed"],
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
    ...go([], null, form, {
      title: { zh: "补交资料", en: "Documents supplied" },
      ...counter,
      check: check.somethingMissing,
      idle: ["connection.nothing-missing"],
    }),
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
