// In whose hands an order was, and since when.
import type { OrderEvent } from "./event.ts";

/** From an instant on, until the next holding, a unit was responsible. */
export type Holding = { readonly fromMs: number; readonly unitId: number };

/**
 * The holdings of a history, earliest first: a new one at every change of the responsible unit. Of several changes at one instant
 * the last counts, since nobody had it in between; an event that claims to be earlier than the one before it counts from that one.
 */
export function holdingsOf(events: readonly OrderEvent[]): readonly Holding[] {
  const holdings: Holding[] = [];
  let fromMs = Number.NEGATIVE_INFINITY;
  for (const { atMs, unitId } of events) {
    fromMs = Math.max(fromMs, atMs);
    if (unitId === undefined || unitId === holdings.at(-1)?.unitId) continue;
    if (holdings.at(-1)?.fromMs === fromMs) holdings.pop();
    if (unitId !== holdings.at(-1)?.unitId) holdings.push({ fromMs, unitId });
  }
  return holdings;
}

/** The unit that had it at an instant; the first one before it had any. Null where nobody ever had it. */
export const holderAt = (holdings: readonly Holding[], atMs: number): number | null =>
  (holdings.findLast(({ fromMs }) => fromMs <= atMs) ?? holdings[0])?.unitId ?? null;
