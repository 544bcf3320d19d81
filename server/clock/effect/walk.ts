// The way through all open orders that the dry run and the binding share: what the one counts is what the other binds.
import type { Rulebook } from "@bihuan/core/clock/rules/rulebook.ts";
import type { ClockSlot } from "@bihuan/core/clock/types.ts";
import { moveOf, type OrderMove } from "./moves.ts";
import type { OpenOrderSource } from "./open-orders.ts";
import { compareRulebooks, type Comparison } from "./rules-differ.ts";

export type Walk = {
  readonly openOrders: OpenOrderSource;
  readonly slotsOf: (flow: string) => readonly ClockSlot[];
  /** Published rulebooks by version. */
  readonly rulebooks: (versions: readonly number[]) => Promise<(version: number) => Rulebook>;
  /** The rulebook to come, under the version it has or would have. */
  readonly next: Rulebook;
  readonly asOfMs: number;
  readonly openedSinceMs?: number;
};

/** Orders looked at since the last time, and those among them that come out differently. */
export type Stretch = { readonly checked: number; readonly moves: readonly OrderMove[] };

/**
 * Walks the open orders bound to an older rulebook. Most are passed by at a glance, because no rule or day that concerns their
 * clocks differs; only the rest have their histories read and folded.
 */
export async function* walkOpenOrders(walk: Walk): AsyncGenerator<Stretch> {
  const { openOrders, slotsOf, next, asOfMs } = walk;
  const comparisons = new Map<number, Comparison>();
  const options = {
    boundBefore: next.version,
    ...(walk.openedSinceMs === undefined ? {} : { openedSinceMs: walk.openedSinceMs }),
  };
  for await (const batch of openOrders.stream(options)) {
    const versions = [...new Set(batch.map(({ rulebookVersion }) => rulebookVersion))];
    const published = await walk.rulebooks(versions);
    for (const version of versions)
      if (!comparisons.has(version)) comparisons.set(version, compareRulebooks(published(version), next, slotsOf));
    const affected = batch.filter((order) => comparisons.get(order.rulebookVersion)?.mayAffect(order));
    yield { checked: batch.length, moves: affected.length === 0 ? [] : await fold(affected) };
  }

  async function fold(orders: readonly { orderId: string; flow: string; unitId: number }[]): Promise<OrderMove[]> {
    const histories = await openOrders.signals(orders.map(({ orderId }) => orderId));
    const bound = [...histories.values()].flatMap((signals) => signals.flatMap(({ rulebookVersion }) => rulebookVersion ?? []));
    const published = await walk.rulebooks([...new Set(bound)]);
    const rulebookOf = (version: number) => (version === next.version ? next : published(version));
    const moves: OrderMove[] = [];
    for (const order of orders) {
      const signals = histories.get(order.orderId);
      const move = signals && moveOf(order, signals, { slotsOf, rulebookOf }, next.version, asOfMs);
      if (move) moves.push(move);
    }
    return moves;
  }
}
