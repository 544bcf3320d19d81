// A service connection, node by node: the field staff's part, the hall's, and the customer's own works.
import { isReviewed } from "@bihuan/core/connection/process/checks.ts";
import { CENTRE } from "../county/organisation.ts";
import { randomOf } from "../random.ts";
import { onDuty } from "./hours.ts";
import { type Case, iso, type Plan } from "./plan.ts";
import { replyPlan } from "./reply.ts";

const DAY = 24 * 60;
const stages = ["DOCUMENTS", "PRIMARY", "SECONDARY", "METERING"] as const;
const isHighVoltage = (flow: string): boolean => flow === "connection-hv-single" || flow === "connection-hv-dual";

/** Days things take, small connections against large ones. */
const days = (one: Case, small: number, large: number): Plan["minutes"] => [
  (isHighVoltage(one.state.flow) ? large : small) * DAY,
  0.35,
];

/** What is to be done about a connection, in its present step. */
export function connectionStep(one: Case): Plan | null {
  const { county, key, state, types } = one;
  const unit = county.unitCode(state.unitId) ?? "";
  const crew = { role: "HANDLER", unit, shift: "office" } as const;
  const counter = { role: "AGENT", unit: counterOf(one), shift: "office" } as const;
  const fate = randomOf(county.seed, key, "connection");
  const [appoints, ownWorks, fails] = [fate.chance(0.6), fate.next(), fate.chance(0.2)];
  const arrive = (minutes: Plan["minutes"]): Plan => ({
    ...crew,
    action: "arrive",
    minutes,
    form: (atMs) => ({ arrivedAt: iso(atMs) }),
  });
  const formality = (): Plan | null => {
    if (state.missing.length > 0)
      return {
        ...counter,
        action: "supply-documents",
        minutes: [0.7 * DAY, 0.5],
        form: () => ({ documents: [...state.missing] }),
      };
    if (state.marks["feeDue"] === true && state.marks["feeSettled"] !== true)
      return {
        ...counter,
        action: "settle-fee",
        minutes: [DAY, 0.5],
        form: (atMs) => ({ amountYuan: 12_600, receipt: `WH${String(atMs).slice(4, 10)}` }),
      };
    return null;
  };

  switch (state.step) {
    case "surveying":
      if (!types.has("arrive") && appoints && !types.has("appoint"))
        return {
          ...crew,
          action: "appoint",
          minutes: [90, 0.5],
          form: (atMs) => ({ agreedAt: iso(visitAfter(one, atMs)), note: "与客户约定上门勘查" }),
        };
      if (!types.has("arrive") && types.has("appoint"))
        return { ...arrive([1, 0.1]), notBeforeMs: visitAfter(one, one.lastAtMs) - fate.between(2, 25) * 60_000 };
      if (!types.has("arrive")) return arrive([300, 0.4]);
      return {
        ...crew,
        action: "survey",
        minutes: [50, 0.4],
        form: (atMs) => ({ surveyedAt: iso(atMs), findings: "现场具备供电条件，就近台区容量充足" }),
      };
    case "planning":
      return {
        ...crew,
        action: "reply-plan",
        minutes: days(one, 0.25, 7),
        form: (_, random) => planOf(one, ownWorks, random.chance(0.5)),
      };
    case "utility-works":
      return { ...crew, action: "finish-utility-works", minutes: days(one, 0.8, 6), form: () => ({ note: "配套工程验收合格" }) };
    case "customer-works":
      return duringWorks(one, { crew, counter, formality: formality() });
    case "design-review":
      return {
        ...crew,
        action: "review-design",
        minutes: [3 * DAY, 0.3],
        form: () => judged(one, "design", fails && !types.has("fail-design")),
      };
    case "mid-inspection":
      if (!arrivedHere(one)) return arrive([DAY, 0.3]);
      return {
        ...crew,
        action: "inspect-midway",
        minutes: [120, 0.3],
        form: () => ({ stage: "CONCEALED", ...judged(one, "mid:CONCEALED", false) }),
      };
    case "completion-inspection": {
      if (!arrivedHere(one)) return arrive([DAY, 0.4]);
      const staged = isHighVoltage(state.flow);
      const stage = stages.find((name) => state.marks[`stage:${name}`] !== "PASSED") ?? "DOCUMENTS";
      const mark = staged ? `stage:${stage}` : "stage:ALL";
      const failing = fails && !types.has("fail-inspection") && (!staged || stage === "SECONDARY");
      return {
        ...crew,
        action: "inspect",
        minutes: [100, 0.4],
        form: () => ({ ...(staged ? { stage } : {}), ...judged(one, mark, failing) }),
      };
    }
    case "formalities":
      return (
        formality() ?? {
          ...counter,
          action: "sign-contract",
          minutes: [300, 0.8],
          form: (atMs) => ({ signedAt: iso(atMs), contractNo: `WH-${iso(atMs).slice(0, 10)}-${key.slice(-4)}` }),
        }
      );
    case "metering":
      if (!arrivedHere(one)) return arrive([240, 0.5]);
      return {
        ...crew,
        action: "install-meter",
        minutes: [60, 0.4],
        form: (atMs) => ({ installedAt: iso(atMs), meterNo: `4330${String(atMs).slice(3, 11)}` }),
      };
    case "energising":
      return { ...crew, action: "energise", minutes: [70, 0.5], form: (atMs) => ({ energisedAt: iso(atMs) }) };
    case "filing":
      return replyPlan(one, [300, 0.6]);
    default:
      return null;
  }
}

/** The time a visit is agreed for: two hours into a working day, half a day ahead. */
const visitAfter = ({ county }: Case, atMs: number): number =>
  onDuty("office", atMs + 12 * 3_600_000, county.zone) + 2 * 3_600_000;

/** The counter that took it in: a hall, or the centre, whose agents reach everything. */
function counterOf({ county, state }: Case): string {
  const desk = county.unitCode(state.deskUnitId) ?? "";
  return county.at(desk, "AGENT").length > 0 ? desk : CENTRE;
}

// One arrival a visit: whoever came for the survey has to come again for the meter.
function arrivedHere({ state, types }: Case): boolean {
  const before = [
    "survey",
    ...(types.has("pass-mid-inspection") ? ["mid"] : []),
    ...(types.has("install-meter") ? ["meter"] : []),
  ];
  const inspected = types.has("pass-inspection") ? 1 : 0;
  return state.arrivals >= before.length + inspected + 1;
}

function planOf({ state }: Case, ownWorks: number, feeDue: boolean) {
  const plan = isHighVoltage(state.flow)
    ? "由 10 千伏工业线接入，客户自建专变，计量装于高压侧"
    : "由就近公变低压接入，计量装于产权分界处";
  const choice = ["connection-resident", "connection-low-voltage", "connection-charging"].includes(state.flow);
  const works = ownWorks < 0.65 ? "NONE" : ownWorks < 0.85 || state.flow === "connection-resident" ? "UTILITY" : "CUSTOMER";
  return { plan, ...(choice ? { works } : {}), ...(isHighVoltage(state.flow) ? { feeDue } : {}) };
}

const judged = ({ state }: Case, mark: string, fails: boolean) =>
  fails
    ? { passed: false, kinds: ["PROTECTION"], findings: "保护定值与定值单不符，接地电阻偏大，请整改" }
    : { passed: true, ...(state.marks[mark] === "FAILED" ? { rectified: true } : {}) };

type Parts = {
  readonly crew: Pick<Plan, "role" | "unit" | "shift">;
  readonly counter: Pick<Plan, "role" | "unit" | "shift">;
  readonly formality: Plan | null;
};

function duringWorks(one: Case, { counter, formality }: Parts): Plan {
  const { state, types } = one;
  if (formality) return formality;
  if (isReviewed(state) && state.marks["design"] !== "PASSED")
    return { ...counter, action: "submit-design", minutes: [5 * DAY, 0.4], form: () => ({ note: "客户送审设计文件" }) };
  if (isReviewed(state) && state.marks["mid:CONCEALED"] !== "PASSED")
    return {
      ...counter,
      action: "request-mid-inspection",
      minutes: [8 * DAY, 0.3],
      form: () => ({ note: "隐蔽工程具备检查条件" }),
    };
  const again = types.has("fail-inspection");
  return {
    ...counter,
    action: "report-completion",
    minutes: again ? [3 * DAY, 0.3] : days(one, 5, 16),
    form: () => ({ note: again ? "整改完成，申请复验" : "客户工程竣工报验" }),
  };
}
