// A new rulebook and the orders in flight: which clocks it would move, and moving them, batch by batch.
import { clocksOf, type OrderPorts, versionsIn } from "./world.ts";
import type { Rulebook } from "@bihuan/core/clock/rulebook.ts";
import type { Clock } from "@bihuan/core/clock/types.ts";
import { canonicalJson } from "@bihuan/core/flow/canonical.ts";
import { type OrderEvent, systemActor } from "@bihuan/core/flow/event.ts";
import { plainEvent } from "@bihuan/core/flow/outcome.ts";
import { isOpen } from "@bihuan/core/flow/state.ts";
import type { OrderId } from "@bihuan/core/order-id.ts";
import type { Database, Queryable } from "../platform/database.ts";
import type { Platform } from "../platform/platform.ts";
import { sql } from "../platform/sql.ts";
import { isLive } from "./clock-store.ts";
import { eventOfRow, readEventsOf } from "./event-store.ts";
import { addEvents, takeInHand } from "./in-hand.ts";

export type OpenOrder = {
  readonly orderId: OrderId;
  readonly events: readonly OrderEvent[];
  readonly flow: string;
  readonly unitId: number;
};

const BATCH = 2000;

/** Every open order with its history, in batches, in the order of their ids. */
export async function* openOrders(db: Queryable): AsyncGenerator<OpenOrder[]> {
  let after = "0";
  for (;;) {
    const rows = await db.rows<{ order_id: OrderId; flow: string; unit_id: number }>(sql`
      select order_id, flow, unit_id from work_order
      where status in ('OPEN', 'SUSPENDED') and import_id is null and order_id > ${after}::bigint order by order_id limit ${BATCH}`);
    if (rows.length === 0) return;
    const histories = await readEventsOf(
      db,
      rows.map((row) => row.order_id),
    );
    yield rows.map((row) => ({
      orderId: row.order_id,
      flow: row.flow,
      unitId: row.unit_id,
      events: (histories.get(row.order_id) ?? []).map(eventOfRow),
    }));
    after = rows.at(-1)?.order_id ?? after;
  }
}

/** The clocks of a history as they would be once it is bound to another rulebook. */
export function clocksUnder(
  events: readonly OrderEvent[],
  rulebook: Rulebook,
  rulebookOf: (version: number) => Rulebook,
): readonly Clock[] {
  const last = events.at(-1);
  if (!last) return [];
  const rebound: OrderEvent = {
    ...plainEvent("rebind", { rulebookVersion: rulebook.version }),
    seq: last.seq + 1,
    atMs: last.atMs,
    actor: systemActor,
    actingUnitId: null,
  };
  return clocksOf([...events, rebound], (version) => (version === rulebook.version ? rulebook : rulebookOf(version)));
}

const figures = (clocks: readonly Clock[]) =>
  canonicalJson(
    clocks
      .filter(isLive)
      .map(({ slot, authority, round, subject, dueAtMs, limitKind, amount, unit, dueIfPausedUntilMs }) => [
        slot,
        authority,
        round,
        subject,
        dueAtMs,
        limitKind,
        amount,
        unit,
        dueIfPausedUntilMs,
      ]),
  );

/** Whether another rulebook moves anything that runs. An order it does not move stays bound to what it has. */
export const moves = (before: readonly Clock[], after: readonly Clock[]): boolean => figures(before) !== figures(after);

/** Binds orders to a rulebook where it moves their clocks, each in a transaction of its own. Out: how many it moved. Repeating it moves nothing. */
export async function rebindOrders(
  platform: Platform,
  ports: OrderPorts,
  rulebook: Rulebook,
  orderIds: readonly OrderId[],
): Promise<number> {
  const tree = await ports.tree();
  let moved = 0;
  for (const orderId of orderIds) {
    await (platform.db as Database).transaction(async (tx) => {
      const order = (await takeInHand(tx, ports, [orderId])).get(orderId);
      if (!order || !isOpen(order.state) || order.state.rulebookVersion >= rulebook.version) return;
      const rulebookOf = await ports.rulebooks(tx, versionsIn(order.events));
      if (!moves(order.clocks, clocksUnder(order.events, rulebook, rulebookOf))) return;
      const nowMs = Math.max(platform.time.nowMs(), order.events.at(-1)?.atMs ?? 0);
      await addEvents(tx, platform, ports, tree, order, [plainEvent("rebind", { rulebookVersion: rulebook.version })], {
        atMs: nowMs,
        recordedAtMs: nowMs,
        actor: systemActor,
        actingUnitId: null,
      });
      moved++;
    });
  }
  return moved;
}
