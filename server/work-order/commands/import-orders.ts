// The door for histories of other systems: the same events, chain, clocks and projection, written set-wise and quietly.
import { importedHistory } from "@bihuan/core/work-order/flows/imported-history.ts";
import type { Actor, NewEvent } from "@bihuan/core/flow/event.ts";
import { foldOrder } from "@bihuan/core/flow/state.ts";
import type { OrganisationTree } from "@bihuan/core/identity/organisation.ts";
import { makeOrderId, type OrderId } from "@bihuan/core/order-id.ts";
import type { Tx } from "../../platform/database.ts";
import { insertClocks } from "../store/clock-store.ts";
import { insertContacts } from "../store/contact.ts";
import { chainEvents, insertEvents, keyOf, type StoredEvent } from "../store/event-store.ts";
import { ensureMonths } from "../store/months.ts";
import { insertProjections, type Projected } from "../store/projection.ts";
import { clocksOf } from "../world.ts";

export type ImportedEvent = {
  readonly atMs: number;
  readonly type: "opened" | "step" | "closed";
  /** The file's label; the order's step as it is shown. */
  readonly state: string | null;
  /** The state is a pause, for this reason; the next event ends it. */
  readonly pause?: string;
  /** With `opened`: the due instant as given. */
  readonly dueAtMs?: number;
};

export type ImportedOrder = {
  /** Civil date in the file's zone: the date in the id, and the intake month. */
  readonly intakeDate: string;
  readonly unitId: number;
  /** The file's own number; some files repeat one on purpose. */
  readonly externalId: string;
  readonly type: string | null;
  readonly channel: string | null;
  readonly priority: string | null;
  /** In the file's order; the first is `opened`. Time may step back. */
  readonly events: readonly ImportedEvent[];
};

export type ImportBatch = {
  readonly regionId: number;
  readonly importId: string;
  readonly actor: Actor;
  readonly recordedAtMs: number;
  readonly orders: readonly ImportedOrder[];
};

/**
 * Writes histories as orders of the flow `imported-history`, in the caller's transaction: no live events, no warnings, no jobs,
 * no place in live lists or tallies. Out: ids in the order given.
 */
export async function importOrders(tx: Tx, tree: OrganisationTree, batch: ImportBatch): Promise<OrderId[]> {
  if (batch.orders.length === 0) return [];
  const numbers = await tx.prepared<{ n: string }>(
    "order_numbers",
    "select nextval('order_number') as n from generate_series(1, $1::int)",
    [batch.orders.length],
  );
  const ids = batch.orders.map((order, index) => makeOrderId(batch.regionId, order.intakeDate, Number(numbers[index]?.n)));
  await ensureMonths(
    tx,
    ids.map((id) => keyOf(id).intakeMonth),
  );
  const paths = new Map<number, readonly number[]>();
  const pathOf = (unitId: number) => paths.get(unitId) ?? paths.set(unitId, tree.ancestors(unitId)).get(unitId) ?? [];
  const stored: StoredEvent[] = [];
  const projected: Projected[] = [];
  for (const [index, order] of batch.orders.entries()) {
    const orderId = ids[index] as OrderId;
    const chained = chainHistory(orderId, order, pathOf(order.unitId), batch);
    const events = chained.map((one) => one.event);
    stored.push(...chained);
    projected.push({
      orderId,
      state: foldOrder(events),
      clocks: clocksOf(events, noRulebook),
      intakeAtMs: (order.events[0] as ImportedEvent).atMs,
      changedAtMs: batch.recordedAtMs,
      headHash: (chained.at(-1) as StoredEvent).hash,
      transformerArea: null,
      importId: batch.importId,
    });
  }
  await insertProjections(tx, tree, projected);
  await insertEvents(tx, stored);
  await insertClocks(
    tx,
    projected.flatMap(({ orderId, clocks }) => clocks.map((clock) => ({ orderId, clock }))),
  );
  await insertContacts(
    tx,
    batch.orders.map((order, index) => ({
      orderId: ids[index] as OrderId,
      contact: {
        title: order.type ?? order.externalId,
        description: null,
        name: null,
        phone: null,
        address: null,
        accountNo: null,
        customerId: null,
        transformerArea: null,
      },
    })),
  );
  return ids;
}

const noRulebook = (): never => {
  throw new Error("an imported history obeys no rulebook: its limits are given");
};

// Each event keeps its own instant; all were recorded by the import.
function chainHistory(orderId: OrderId, order: ImportedOrder, path: readonly number[], batch: ImportBatch): StoredEvent[] {
  let last: { seq: number; hash: Buffer | null } = { seq: 0, hash: null };
  return order.events.map((event, index) => {
    const [one] = chainEvents(orderId, last, [index === 0 ? opening(order, event, path) : following(event)], {
      atMs: event.atMs,
      recordedAtMs: batch.recordedAtMs,
      actor: batch.actor,
      actingUnitId: null,
    });
    const stored = one as StoredEvent;
    last = { seq: stored.event.seq, hash: stored.hash };
    return stored;
  });
}

const opening = (order: ImportedOrder, event: ImportedEvent, path: readonly number[]): NewEvent => ({
  type: "intake",
  data: {
    facts: {
      flow: importedHistory.id,
      subtype: order.type,
      origin: order.channel,
      urgency: order.priority,
      organisationPath: [...path],
    },
    flowVersion: importedHistory.version,
    externalNo: order.externalId,
    ...(event.dueAtMs === undefined ? {} : { dueAtMs: event.dueAtMs }),
    ...(event.pause === undefined ? {} : { pause: event.pause }),
  },
  personal: null,
  step: event.state ?? importedHistory.initial,
  unitId: order.unitId,
});

const following = (event: ImportedEvent): NewEvent =>
  event.type === "closed"
    ? { type: "close-elsewhere", data: { state: event.state }, personal: null, step: null }
    : {
        type: "step",
        data: { state: event.state, ...(event.pause === undefined ? {} : { pause: event.pause }) },
        personal: null,
        ...(event.state === null ? {} : { step: event.state }),
      };
