// Open orders in memory, folded by the same functions as real ones.
import { foldClocks } from "@bihuan/core/clock/folding/fold.ts";
import type { Rulebook } from "@bihuan/core/clock/rules/rulebook.ts";
import type { ClockSignal, OrderFacts } from "@bihuan/core/clock/types.ts";
import type { OpenOrder, OpenOrderSource } from "../effect/open-orders.ts";
import { type Business, slotsOfFlows } from "../world.ts";

export type FakeOrder = { readonly orderId: string; readonly unitId: number; readonly facts: OrderFacts; signals: ClockSignal[] };

export type FakeOrders = OpenOrderSource & {
  readonly orders: FakeOrder[];
  /** Opens an order at an instant and lets steps follow it: type and instant each. */
  open(order: {
    unitId: number;
    facts: OrderFacts;
    rulebookVersion: number;
    openedAtMs: number;
    steps?: readonly (readonly [type: string, atMs: number])[];
  }): string;
  /** Orders whose histories were read, to see that most are passed by. */
  readonly read: Set<string>;
};

export function fakeOrders(
  business: Business,
  rulebooks: (versions: readonly number[]) => Promise<(version: number) => Rulebook>,
): FakeOrders {
  const orders: FakeOrder[] = [];
  const read = new Set<string>();
  const slotsOf = slotsOfFlows(business);
  const versionOf = ({ signals }: FakeOrder) =>
    signals.findLast(({ rulebookVersion }) => rulebookVersion !== undefined)?.rulebookVersion ?? 0;
  const seen = async (order: FakeOrder): Promise<OpenOrder> => {
    const rulebookOf = await rulebooks(order.signals.flatMap(({ rulebookVersion }) => rulebookVersion ?? []));
    const clocks = foldClocks({ slotsOf, rulebookOf }, order.signals).filter(
      ({ status }) => status === "running" || status === "paused",
    );
    return {
      orderId: order.orderId,
      flow: order.facts.flow,
      unitId: order.unitId,
      facts: order.facts,
      rulebookVersion: versionOf(order),
      clocks,
    };
  };
  return {
    orders,
    read,
    open({ unitId, facts, rulebookVersion, openedAtMs, steps = [] }) {
      const orderId = `10020260101${String(orders.length + 1).padStart(8, "0")}`;
      const intake: ClockSignal = { seq: 1, atMs: openedAtMs, type: "intake", opensEpisode: true, facts, rulebookVersion };
      orders.push({
        orderId,
        unitId,
        facts,
        signals: [intake, ...steps.map(([type, atMs], index) => ({ seq: index + 2, atMs, type }))],
      });
      return orderId;
    },
    estimate: async () => orders.length,
    async *stream({ boundBefore, openedSinceMs } = {}) {
      const wanted = orders.filter(
        (order) =>
          (boundBefore === undefined || versionOf(order) < boundBefore) &&
          (openedSinceMs === undefined || (order.signals[0]?.atMs ?? 0) >= openedSinceMs),
      );
      for (let at = 0; at < wanted.length; at += 100) yield await Promise.all(wanted.slice(at, at + 100).map(seen));
    },
    async signals(orderIds) {
      for (const id of orderIds) read.add(id);
      return new Map(
        orders.filter(({ orderId }) => orderIds.includes(orderId)).map(({ orderId, signals }) => [orderId, signals]),
      );
    },
    async rebind(orderIds, version) {
      let bound = 0;
      for (const order of orders) {
        if (!orderIds.includes(order.orderId) || versionOf(order) >= version) continue;
        const last = order.signals.at(-1) as ClockSignal;
        order.signals = [...order.signals, { seq: last.seq + 1, atMs: last.atMs, type: "rebind", rulebookVersion: version }];
        bound++;
      }
      return bound;
    },
  };
}
