// The months before the demonstration begins: the same people and the same customers, told by an engine instead of lived through.
import type { OrderEvent } from "@bihuan/core/flow/event.ts";
import type { OrderState } from "@bihuan/core/flow/state.ts";
import type { County } from "./county/county.ts";
import { VISITORS_CREW } from "./county/staff.ts";
import { type Call, callsBetween, type Demand, demandOf, isOnTheEve } from "./people/calls.ts";
import { nextDeed } from "./people/next.ts";
import { type Deed, LIFELIKE } from "./people/plan.ts";

/** One demand of the past: how it came in, and what was done next, asked again after every deed. */
export type PastDemand = {
  readonly atMs: number;
  readonly demand: Demand;
  next(state: OrderState, events: readonly OrderEvent[]): Deed | null;
};

/** Demands a customer brings in a year: twice the mean of the mission's province, so that a county's lists are not empty. */
export const DEMANDS_A_YEAR = 1;

export const demandsPerDay = (customers: number): number => (customers * DEMANDS_A_YEAR) / 365;

function pastDemand(county: County, call: Call): PastDemand {
  const demand = demandOf(county, call);
  return {
    atMs: call.atMs,
    demand,
    next(state, events) {
      const deed = nextDeed(
        {
          county,
          key: call.key,
          state,
          types: new Set(events.map(({ type }) => type)),
          lastAtMs: (events.at(-1) as OrderEvent).atMs,
          matter: demand.matter,
          transformerArea: demand.customer.area.code,
          dueAtMs: null,
        },
        LIFELIKE,
        false,
      );
      return isOnTheEve(call) && deed !== null && deed.by !== "system" && deed.by.unit === VISITORS_CREW ? null : deed;
    },
  };
}

/**
 * The demands of a past between two instants, earliest first; made one by one as they are asked for. `part`: only those that came in
 * from one instant on and before another, so that a past can be told in parts and stay the same past.
 */
export function* pastDemands(
  county: County,
  fromMs: number,
  toMs: number,
  part: { readonly sinceMs: number; readonly beforeMs: number } = { sinceMs: fromMs, beforeMs: toMs },
): Generator<PastDemand> {
  for (const call of callsBetween(county, fromMs, toMs, demandsPerDay(county.customers.count)))
    if (call.atMs >= part.sinceMs && call.atMs < part.beforeMs) yield pastDemand(county, call);
}
