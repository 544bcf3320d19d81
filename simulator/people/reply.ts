// What is behind a matter, and how it is written down.
import { outcomeOf } from "../matters/matters.ts";
import type { Outcome } from "../matters/matter.ts";
import { randomOf } from "../random.ts";
import { type Case, iso, type Plan } from "./plan.ts";

/** A fault is worked on day and night. */
export const isFault = ({ state }: Case): boolean => state.flow === "fault-repair";
export const fieldShift = (one: Case) => (isFault(one) ? ("always" as const) : ("office" as const));

/** What is behind the matter: the same whoever looks, and from the first look to the reply. */
export const truthOf = ({ county, key, matter, state }: Case): Outcome =>
  outcomeOf(matter, state.flow, randomOf(county.seed, key, "truth"));

/** The reply: what was found, why, and what was done. */
export function replyPlan(one: Case, minutes: Plan["minutes"]): Plan {
  const { county, state } = one;
  return {
    action: "reply",
    role: "HANDLER",
    unit: county.unitCode(state.unitId) ?? "",
    minutes,
    shift: fieldShift(one),
    form(atMs, random) {
      const { cause, proved, facts, why, done } = truthOf(one);
      const contacted = state.facts.identity === "NAMED";
      return {
        ...(isFault(one) && state.arrivals === 0
          ? { notOnSite: random.pick(["GUIDED_BY_PHONE", "RESTORED_BEFORE", "SAME_FAULT"]) }
          : {}),
        contacted,
        ...(contacted ? { contactedAt: iso(Math.max(state.openedAtMs, atMs - random.between(5, 40) * 60_000)) } : {}),
        responsibleUnitId: state.unitId,
        cause,
        ...(proved ? { proved } : {}),
        facts,
        causeText: why,
        measures: done,
        ...(random.chance(0.4)
          ? { customerView: random.pick(["客户表示理解", "客户认可处理结果", "客户希望加强巡视", "客户无异议"]) }
          : {}),
      };
    },
  };
}
