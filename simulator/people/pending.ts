// What has to be answered before anything else: requests, consultations, urges, the end of a suspension.
import { number } from "@bihuan/core/flow/event.ts";
import { CENTRE } from "../county/organisation.ts";
import { stationOfUnit } from "../county/county.ts";
import { type Case, type Deed, handlerIds, type Plan } from "./plan.ts";

const MINUTE_MS = 60_000;

/** Somebody's word on the first request that waits: the manager's of the station, else a supervisor's. */
function decision(one: Case): Plan | null {
  const { county, state } = one;
  const request = state.requests[0];
  if (!request) return null;
  const station = stationOfUnit(county.unitCode(state.unitId) ?? "");
  const ends = number(request.data, "untilMs") ?? number(request.data, "dueAtMs");
  const except = [...(request.by.kind === "staff" ? [request.by.id] : []), ...handlerIds(state)];
  return {
    action: "decide",
    ...(station ? { role: "MANAGER", unit: station.code } : { role: "SUPERVISOR", unit: CENTRE }),
    except,
    minutes: [80, 0.8],
    shift: "desk",
    form: (atMs, random) =>
      (ends === null || ends > atMs + 10 * MINUTE_MS) && random.chance(0.85)
        ? { requestSeq: request.seq, approved: true }
        : { requestSeq: request.seq, approved: false, note: "理由不充分，请按期办理" },
  };
}

function consultation({ county, state }: Case): Plan | null {
  const open = state.consultations.find(({ answered }) => !answered);
  const unit = open ? county.unitCode(open.unitId) : null;
  if (!unit) return null;
  return {
    action: "answer-consultation",
    role: "HANDLER",
    unit,
    minutes: [240, 0.8],
    shift: "office",
    form: (_, random) => ({
      answer: random.pick(["已核查，属设备老化，建议列入大修", "经查系统数据无误，请向客户说明", "同意现场处理意见，已安排配合"]),
    }),
  };
}

// Whoever has it now answers: the crew, or the desk while it is being dispatched, reviewed or called back.
function urged(one: Case): Plan | null {
  const { county, state } = one;
  if (state.urges.every(({ answered }) => answered) || state.step === "arbitrating" || state.step === "merged") return null;
  const unit = county.unitCode(state.unitId) ?? "";
  const crew = county.at(unit, "HANDLER").length > 0;
  return {
    action: "answer-urge",
    ...(crew ? { role: "HANDLER", unit } : { role: "DISPATCHER", unit: CENTRE }),
    minutes: [25, 0.7],
    shift: "always",
    form: (_, random) => ({
      answer: random.pick([
        "人员已在路上，预计二十分钟到达",
        "正在抢修，请客户再等一会儿",
        "已与客户电话沟通，今天内答复",
        "材料已到位，马上施工",
      ]),
    }),
  };
}

/** The plan that comes before the step's own, or null where nothing waits for an answer. */
export const pendingPlan = (one: Case): Plan | null => decision(one) ?? consultation(one) ?? urged(one);

/** The end of a suspension, for a history in which no timer runs: the system resumes it at the approved instant. */
export function resumption({ state }: Case): Deed | null {
  const { suspension } = state;
  return suspension && state.step !== "merged"
    ? { by: "system", action: "resume", atMs: suspension.untilMs, form: () => ({}) }
    : null;
}
