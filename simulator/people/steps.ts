// The next step of an order, by the step it stands in: who takes it, how long that takes, what they write.
import { flows } from "@bihuan/core/flows.ts";
import { CENTRE } from "../county/organisation.ts";
import { handlingUnitOf, stationOfUnit } from "../county/county.ts";
import { stationOfArea } from "../county/stations.ts";
import { randomOf } from "../random.ts";
import { connectionStep } from "./connection.ts";
import { type Case, handlerIds, iso, type Plan } from "./plan.ts";
import { fieldShift, isFault, replyPlan, truthOf } from "./reply.ts";

/** The unit that should handle it, by its place. */
const rightUnit = (one: Case): string => handlingUnitOf(one.transformerArea, isFault(one));

/** Where it is dispatched to: as proposed at first, and by its place once it came back. */
function destination(one: Case): number {
  const { county, state } = one;
  const proposed = state.handlingUnitId;
  const cameBack = state.episode > 1 || Object.keys(state.returns).length > 0;
  return proposed !== null && !cameBack ? proposed : county.unitId(rightUnit(one));
}

const plainly = () => ({});

function dispatching(one: Case): Plan {
  const { county, key, state, matter } = one;
  const onCall = matter?.answer !== undefined && state.episode === 1 && randomOf(county.seed, key, "on-call").chance(0.75);
  if (onCall && state.flow === "inquiry" && county.unitCode(state.deskUnitId) === CENTRE)
    return {
      action: "answer-on-call",
      role: "AGENT",
      unit: CENTRE,
      minutes: [3, 0.4],
      shift: "always",
      prompt: true,
      form: () => ({ answer: matter.answer }),
    };
  const form = () => ({ unitId: destination(one) });
  return {
    action: "dispatch",
    role: "DISPATCHER",
    unit: CENTRE,
    minutes: isFault(one) ? [0.9, 0.35] : [6, 0.5],
    shift: "always",
    form,
  };
}

function accepting(one: Case): Plan {
  const { county, state } = one;
  const unit = county.unitCode(state.unitId) ?? "";
  const reassign = (unitId: number): Plan => ({
    action: "transfer",
    role: "DISPATCHER",
    unit: CENTRE,
    minutes: [12, 0.4],
    shift: "always",
    form: () => ({ unitId, reason: "按台区归属转派具体班组" }),
  });
  const right = rightUnit(one);
  if (county.at(unit, "HANDLER").length === 0 && unit !== right) return reassign(county.unitId(right));
  const place = one.transformerArea === null ? null : stationOfArea(one.transformerArea);
  const elsewhere = place !== null && stationOfUnit(unit) !== null && stationOfUnit(unit) !== place;
  // Somebody is on duty in every crew, and takes what comes.
  const minutes = isFault(one) ? ([1.4, 0.35] as const) : ([18, 0.5] as const);
  const common = { role: "HANDLER", unit, minutes, shift: "always" } as const;
  if (elsewhere && (state.returns[state.unitId] ?? 0) === 0 && !state.ruling)
    return { ...common, action: "return", form: () => ({ reason: "WRONG_UNIT", note: `台区属${place.name}，请改派` }) };
  return { ...common, action: "accept", form: plainly };
}

const travelMinutes = { URBAN: [22, 0.3], RURAL: [45, 0.3], REMOTE: [68, 0.28] } as const;

/** Work in the field, by whoever has it. */
function field(one: Case): Plan | null {
  const { county, key, state, types } = one;
  const common = { role: "HANDLER" as const, unit: county.unitCode(state.unitId) ?? "", shift: fieldShift(one) };
  const arrive = (minutes: Plan["minutes"]): Plan => ({
    ...common,
    action: "arrive",
    minutes,
    form: (atMs) => ({ arrivedAt: iso(atMs) }),
  });
  const contact: Plan = {
    ...common,
    action: "contact",
    shift: "desk",
    minutes: [90, 0.8],
    form: (atMs, random) => ({
      contactedAt: iso(atMs),
      channel: random.weighted([["PHONE", 8], ["VISIT", 2], ["MESSAGE", 1]] as const),
      reached: random.chance(0.9),
      content: random.pick(["向客户了解情况，约定处理时间", "核实诉求，说明处理流程", "客户补充说明了经过"]),
    }),
  };
  const mayContact = state.facts.identity === "NAMED" && state.contacts === 0 && !types.has("contact");
  switch (`${state.flow} ${state.step}`) {
    case "fault-repair travelling":
      return randomOf(county.seed, key, "remote").chance(0.06)
        ? replyPlan(one, [20, 0.5])
        : arrive(travelMinutes[(state.facts.areaClass ?? "RURAL") as keyof typeof travelMinutes]);
    case "fault-repair repairing":
      return {
        ...common,
        action: "restore",
        minutes: [65, 0.7],
        form(atMs) {
          const { kind, done } = truthOf(one);
          return { restoredAt: iso(atMs), kind: kind ?? "LV_FAULT", work: done };
        },
      };
    case "service-request handling":
      // Somebody sits in the dark: that is done from the desk, and at once.
      if (state.facts.subtype === "RECONNECT_AFTER_ARREARS") return finish(one, [60, 0.5], "desk");
      if (mayContact) return contact;
      return state.facts.subtype === "APPLIANCE_DAMAGE" ? { ...arrive([240, 0.5]), shift: "desk" } : arrive([900, 0.6]);
    case "service-request on-site":
      return finish(one, [60, 0.5]);
    default:
      if (state.step === "replying") return replyPlan(one, isFault(one) ? [2.6, 0.3] : [40, 0.6]);
      if (state.step === "handling") return mayContact ? contact : replyPlan(one, state.flow === "inquiry" ? [200, 0.8] : [900, 0.8]);
      return null;
  }
} // biome-ignore format: pairs of weights

const finish = (one: Case, minutes: Plan["minutes"], shift: Plan["shift"] = "office"): Plan => ({
  action: "finish-work",
  role: "HANDLER",
  unit: one.county.unitCode(one.state.unitId) ?? "",
  minutes,
  shift,
  form: (atMs) => ({ finishedAt: iso(atMs), work: truthOf(one).done }),
});

function reviewing(one: Case): Plan {
  const { state, types } = one;
  const reviewers = state.reviewers.flatMap(({ kind, id }) => (kind === "staff" ? [id] : []));
  return {
    action: "review-reply",
    role: "REVIEWER",
    unit: CENTRE,
    except: [...handlerIds(state), ...reviewers],
    minutes: isFault(one) ? [12, 0.4] : [50, 0.7],
    shift: isFault(one) ? "always" : "desk",
    form: (_, random) =>
      types.has("review-rejected") || random.chance(0.95)
        ? { approved: true }
        : {
            approved: false,
            opinion: random.pick(["处理措施过于笼统，请补充具体做法", "未说明原因，请补充", "请补充与客户沟通的情况"]),
          },
  };
}

const opinions = {
  SATISFIED: ["来得很快", "师傅态度好", "满意", "处理及时，谢谢"],
  BASICALLY: ["还可以，下次快一点", "基本满意", "希望少停电"],
  DISSATISFIED: ["问题没有解决，又停了", "没有人联系过我", "等的时间太长，不接受"],
} as const;

const SPACING_MS = 121 * 60_000; // a customer who did not answer is left in peace for two hours (house policy)

function calling(one: Case): Plan {
  const { state } = one;
  return {
    action: "callback",
    role: "VERIFIER",
    unit: CENTRE,
    except: handlerIds(state),
    minutes: state.callbacks.length === 0 ? [110, 0.9] : [190, 0.3],
    shift: "desk",
    ...(state.lastUnreachedAtMs === null ? {} : { notBeforeMs: state.lastUnreachedAtMs + SPACING_MS }),
    form(_, random) {
      const result = random.weighted([["REACHED", 86], ["NOT_REACHED", 11], ["DECLINED", 3]] as const);
      if (result !== "REACHED") return { result };
      const satisfaction = random.weighted([
        ["SATISFIED", 80],
        ["BASICALLY", 15],
        ["DISSATISFIED", state.episode > 1 ? 0.5 : 5],
      ] as const);
      return { result, satisfaction, opinion: random.pick(opinions[satisfaction]) };
    },
  };
} // biome-ignore format: pairs of weights

/** The plan of the step an order stands in; null where nothing is to be done there (merged under a master). */
export function stepPlan(one: Case): Plan | null {
  const { county, state } = one;
  switch (state.step) {
    case "grading": {
      const grades = [["GENERAL", 60], ["IMPORTANT", 28], ["MAJOR", 10], ["SPECIAL", 2]] as const;
      const form: Plan["form"] = (_, random) => ({ grade: random.weighted(grades) });
      return { action: "grade", role: "DISPATCHER", unit: CENTRE, minutes: [9, 0.5], shift: "always", form };
    }
    case "dispatching":
      return dispatching(one);
    case "accepting":
      return accepting(one);
    case "arbitrating": {
      const form = () => ({ unitId: county.unitId(rightUnit(one)), ruling: "按台区归属裁定，不得再退" });
      return { action: "arbitrate", role: "SUPERVISOR", unit: CENTRE, minutes: [35, 0.6], shift: "always", form };
    }
    case "reviewing":
      return reviewing(one);
    case "callback":
      return calling(one);
    case "archiving": {
      const except = handlerIds(state);
      return { action: "archive", role: "VERIFIER", unit: CENTRE, except, minutes: [25, 0.6], shift: "desk", form: plainly };
    }
    default:
      if (flows.get(state.flow).steps[state.step ?? ""]?.at !== "handling") return null;
      return state.flow.startsWith("connection-") ? connectionStep(one) : field(one);
  }
} // biome-ignore format: pairs of weights
