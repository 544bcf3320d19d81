// An order's clocks, folded from its signals.
import type { Rulebook } from "./rulebook.ts";
import type { Clock, ClockSignal, ClockSlot } from "./types.ts";

export type FoldContext = {
  /** The slots of a flow. */
  slotsOf(flow: string): readonly ClockSlot[];
  rulebookOf(version: number): Rulebook;
};

/** All clocks of an order, of every episode, in the order they came to be. */
export function foldClocks(context: FoldContext, signals: readonly ClockSignal[]): readonly Clock[] {
  throw new Error(`not folded yet: ${signals.length} ${typeof context}`);
}
