// An order taken in hand inside a transaction: locked, folded, and changed only by adding events.
import type { Rulebook } from "@bihuan/core/clock/rules/rulebook.ts";
import type { Clock } from "@bihuan/core/clock/types.ts";
import type { NewEvent, OrderEvent } from "@bihuan/core/flow/event.ts";
import { applyEvent, foldOrder, type OrderState } from "@bihuan/core/flow/state.ts";
import type { OrganisationTree } from "@bihuan/core/identity/organisation.ts";
import type { OrderId } from "@bihuan/core/order-id.ts";
import type { Tx } from "../../platform/database.ts";
import type { Platform } from "../../platform/platform.ts";
import { replaceClocks } from "../store/clock-store.ts";
import {
  chainEvents,
  eventOfRow,
  insertEvents,
  keyOf,
  readEvents,
  readEventsOf,
  type Recording,
  type StoredEvent,
} from "../store/event-store.ts";
import { insertOrderUnits, type Projected, tally, updateProjections } from "../store/projection.ts";
import { replaceTasks } from "../store/tasks.ts";
import { clocksOf, type OrderPorts, versionsIn } from "../world.ts";

export type OrderInHand = {
  readonly orderId: OrderId;
  readonly events: readonly OrderEvent[];
  readonly state: OrderState;
  readonly clocks: readonly Clock[];
  readonly headHash: Buffer;
  readonly rulebookOf: (version: number) => Rulebook;
};

/** Locks orders and folds them. In: ids, in any order; they are locked in ascending order, so that two commands never wait in a ring. Unknown ids are absent. */
export async function takeInHand(tx: Tx, ports: OrderPorts, orderIds: readonly OrderId[]): Promise<Map<OrderId, OrderInHand>> {
  const sorted = [...new Set(orderIds)].sort();
  const keys = sorted.map(keyOf);
  const locked = await tx.prepared<{ order_id: OrderId; head_hash: Buffer }>(
    "lock_orders",
    `select order_id, head_hash from work_order
     where (region_id, intake_month, order_id) in (select * from unnest($1::smallint[], $2::int[], $3::bigint[])) and import_id is null
     order by order_id for update`,
    [keys.map((key) => key.regionId), keys.map((key) => key.intakeMonth), sorted],
  );
  const [only] = locked;
  const rows =
    locked.length === 1 && only
      ? new Map([[only.order_id, await readEvents(tx, only.order_id)]])
      : await readEventsOf(
          tx,
          locked.map((row) => row.order_id),
        );
  const histories = new Map([...rows].map(([orderId, eventRows]) => [orderId, eventRows.map(eventOfRow)]));
  const rulebookOf = await ports.rulebooks(tx, [...new Set([...histories.values()].flatMap(versionsIn))]);
  return new Map(
    locked.map(({ order_id: orderId, head_hash: headHash }) => {
      const events = histories.get(orderId) ?? [];
      return [orderId, { orderId, events, state: foldOrder(events), clocks: clocksOf(events, rulebookOf), headHash, rulebookOf }];
    }),
  );
}

/**
 * The orders that an action on an order may move as well: its master, and the repeats that hang under it. Read without a lock,
 * so that they can be locked together with it, in one order, and two commands never wait for each other in a ring.
 */
export async function familyOf(tx: Tx, orderId: OrderId): Promise<OrderId[]> {
  const { regionId, intakeMonth } = keyOf(orderId);
  const rows = await tx.prepared<{ order_id: OrderId }>(
    "order_family",
    `select order_id from work_order where region_id = $1 and master_id = $3::bigint and step = 'merged'
     union all
     select master_id from work_order where region_id = $1 and intake_month = $2 and order_id = $3 and step = 'merged'`,
    [regionId, intakeMonth, orderId],
  );
  return rows.map((row) => row.order_id);
}

/**
 * Adds events to an order in hand: the events, its clocks, its projection, its tasks, the units that take part, the tally, and the
 * message to the browsers, all in the caller's transaction. Out: the order as it stands then.
 */
export async function addEvents(
  tx: Tx,
  platform: Pick<Platform, "live">,
  ports: OrderPorts,
  tree: OrganisationTree,
  order: OrderInHand,
  added: readonly NewEvent[],
  recording: Recording,
): Promise<OrderInHand & { readonly stored: readonly StoredEvent[] }> {
  const stored = chainEvents(order.orderId, { seq: order.state.version, hash: order.headHash }, added, recording);
  const events = [...order.events, ...stored.map((one) => one.event)];
  const state = stored.reduce<OrderState>((folded, one) => applyEvent(folded, one.event), order.state);
  const newVersions = versionsIn(stored.map((one) => one.event)).filter((version) => !versionsIn(order.events).includes(version));
  const rulebookOf = newVersions.length === 0 ? order.rulebookOf : await ports.rulebooks(tx, versionsIn(events));
  const clocks = clocksOf(events, rulebookOf);
  const headHash = (stored.at(-1) as StoredEvent).hash;
  const projected: Projected = {
    orderId: order.orderId,
    state,
    clocks,
    headHash,
    changedAtMs: recording.recordedAtMs,
    intakeAtMs: state.openedAtMs,
    transformerArea: null,
    importId: null,
  };
  const joined = state.unitIds.filter((unitId) => !order.state.unitIds.includes(unitId));
  await tx.together([
    () => insertEvents(tx, stored),
    () => replaceClocks(tx, order.orderId, order.clocks, clocks),
    () => updateProjections(tx, tree, [projected]),
    () => replaceTasks(tx, tree, order, { orderId: order.orderId, state, clocks, events }),
    () =>
      insertOrderUnits(
        tx,
        joined.map((unitId) => ({ orderId: order.orderId, unitId })),
      ),
    () => tally(tx, [{ regionId: keyOf(order.orderId).regionId, from: order.state, to: state }]),
    () => platform.live.publish(tx, [changedMessage(order.orderId, state)]),
  ]);
  return { orderId: order.orderId, events, state, clocks, headHash, rulebookOf, stored };
}

/** What the browsers hear: that the order changed, told to those whose scope reaches a unit that has or had it. */
export const changedMessage = (orderId: OrderId, state: OrderState) => ({
  type: "order.changed",
  id: orderId,
  version: state.version,
  units: state.unitIds.includes(state.unitId) ? state.unitIds : [...state.unitIds, state.unitId],
});
