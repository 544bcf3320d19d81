// Reclassify (改类): another category, the same matter. Where the order stands afterwards, and what of the old category it keeps.
import { refuse, type Refusal } from "../../refusal.ts";
import type { ActionInput, Flow } from "../definition.ts";
import type { NewEvent } from "../event.ts";
import { plainEvent } from "../outcome.ts";
import type { OrderState } from "../state.ts";

export type Category = { readonly flow: string; readonly subtype: string | null };

/** Why an order cannot take a category, or null: it must be another one, taken in here, with a subtype where it has subtypes. */
export function reclassificationRefusal(
  { flow, subtype }: Category,
  { state, context }: Pick<ActionInput, "state" | "context">,
): Refusal | null {
  const target = context.flows.all.find((one) => one.id === flow && !one.closedElsewhere);
  if (!target) return refuse("work-order.flow-unknown", { flow });
  if (target.id === state.flow && subtype === (state.facts.subtype ?? null)) return refuse("work-order.same-category");
  if (subtype === null ? Object.keys(target.subtypes).length > 0 : !Object.hasOwn(target.subtypes, subtype))
    return refuse("work-order.subtype-unknown", { subtype });
  return null;
}

type Landing = { readonly step?: string; readonly unitId?: number; readonly holderId?: null };

/**
 * Where an order stands after it takes another flow. What that flow asks before dispatching (a complaint's grade) has not been
 * asked yet, so the order goes back to the desk for it. Otherwise it keeps its step where the flow has it; whoever handles it
 * goes on from the flow's first handling step; a desk step of the old flow only leads to being dispatched.
 */
function landing(state: OrderState, from: Flow, to: Flow): Landing {
  const step = state.step ?? "";
  const atDesk = { step: to.initial, unitId: state.deskUnitId, holderId: null };
  if (from.id === to.id) return {};
  if (to.initial !== "dispatching") return atDesk;
  if (Object.hasOwn(to.steps, step)) return {};
  return from.steps[step]?.at === "handling" ? { step: to.handling } : atDesk;
}

/** The event of a granted reclassification. A grade belongs to the category it was given in. */
export function reclassified({ flow, subtype }: Category, state: OrderState, from: Flow, to: Flow): NewEvent {
  const grade = from.id === to.id || !state.facts.grade ? {} : { grade: null };
  return plainEvent(
    "reclassify",
    { facts: { flow, subtype, ...grade }, flowVersion: to.version, fromFlow: from.id },
    landing(state, from, to),
  );
}
