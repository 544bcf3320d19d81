// What is done next about an order: by whom, when, and how it is written down. History and live simulation both ask here.
import { isOpen } from "@bihuan/core/flow/state.ts";
import { incidentPlan } from "./incidents.ts";
import { pendingPlan, resumption } from "./pending.ts";
import { type Case, type Deed, deedOf, type Pace } from "./plan.ts";
import { stepPlan } from "./steps.ts";

/**
 * The next deed on an order, or null where it waits for somebody who is not simulated, or is closed. The same case gives the same
 * deed, so that whoever comes back to it finds what was planned. `timers`: whether somebody else ends suspensions.
 */
export function nextDeed(one: Case, pace: Pace, timers: boolean): Deed | null {
  const { state } = one;
  if (!isOpen(state) || state.step === "merged") return null;
  const pending = pendingPlan(one);
  if (pending) return deedOf(one, pending, pace);
  if (state.suspension) return timers ? null : resumption(one);
  const [incident, step] = [incidentPlan(one), stepPlan(one)].map((plan) => (plan ? deedOf(one, plan, pace) : null));
  if (!incident || !step) return step ?? incident ?? null;
  return incident.atMs < step.atMs ? incident : step;
}
