// How the clock slice looks at open orders without knowing the slice that keeps them.
import type { Clock, ClockSignal, OrderFacts } from "@bihuan/core/clock/types.ts";

/** A running or paused clock, as far as a change of the rules has to see it. */
export type LiveClock = Pick<
  Clock,
  | "number"
  | "slot"
  | "authority"
  | "rule"
  | "limitKind"
  | "amount"
  | "unit"
  | "calendar"
  | "startedAtMs"
  | "dueAtMs"
  | "pausedUntilMs"
  | "dueIfPausedUntilMs"
  | "provisional"
>;

export type OpenOrder = {
  readonly orderId: string;
  readonly flow: string;
  /** The unit responsible now. */
  readonly unitId: number;
  readonly facts: OrderFacts;
  /** The rulebook it is bound to. */
  readonly rulebookVersion: number;
  readonly clocks: readonly LiveClock[];
};

/** What the slice that keeps the orders offers. Histories of other systems are none of them. */
export type OpenOrderSource = {
  /** How many there are, about: for the progress only. */
  estimate(): Promise<number>;
  /**
   * Every open order once, in batches of some thousands, as one consistent reading or close to it. `boundBefore`: only those
   * bound to a rulebook older than this version. `openedSinceMs`: only those taken in at or after this instant.
   */
  stream(options?: { boundBefore?: number; openedSinceMs?: number }): AsyncIterable<readonly OpenOrder[]>;
  /** The histories of some orders, as their clocks see them. */
  signals(orderIds: readonly string[]): Promise<ReadonlyMap<string, readonly ClockSignal[]>>;
  /**
   * Binds orders to a rulebook by an event each. An order that has been closed, or bound to this or a newer version, is left
   * as it is, so that doing it twice does no harm. Out: how many were bound.
   */
  rebind(orderIds: readonly string[], version: number): Promise<number>;
};
