// Events written and read. Writing is set-wise: one order's action and a thousand imported histories take the same door.
import type { NewEvent, OrderEvent, Actor } from "@bihuan/core/flow/event.ts";
import type { JsonObject } from "@bihuan/core/flow/form.ts";
import { type OrderId, parseOrderId } from "@bihuan/core/order-id.ts";
import type { Queryable } from "../../platform/database.ts";
import { insertRows, type RowLayout } from "../../platform/rows.ts";
import { instant, sql } from "../../platform/sql.ts";
import { eventHash, moveOf, newSalt, personalDigest } from "./chain.ts";

/** An event ready to be kept: numbered, hashed, its personal data salted. */
export type StoredEvent = {
  readonly orderId: OrderId;
  readonly event: OrderEvent;
  readonly recordedAtMs: number;
  readonly salt: Buffer | null;
  readonly digest: Buffer | null;
  readonly previous: Buffer | null;
  readonly hash: Buffer;
};

export type Recording = {
  readonly atMs: number;
  readonly recordedAtMs: number;
  readonly actor: Actor;
  readonly actingUnitId: number | null;
};

/** Chains new events to an order's last one. In: the order, its last number and hash (0 and null for a new one). */
export function chainEvents(
  orderId: OrderId,
  last: { seq: number; hash: Buffer | null },
  events: readonly NewEvent[],
  recording: Recording,
): StoredEvent[] {
  let { seq, hash } = last;
  return events.map((added) => {
    seq += 1;
    const event: OrderEvent = {
      ...added,
      seq,
      atMs: recording.atMs,
      actor: recording.actor,
      actingUnitId: recording.actingUnitId,
    };
    const salt = event.personal === null ? null : newSalt();
    const digest = salt === null || event.personal === null ? null : personalDigest(salt, event.personal);
    const previous = hash;
    hash = eventHash(orderId, event, recording.recordedAtMs, digest, previous);
    return { orderId, event, recordedAtMs: recording.recordedAtMs, salt, digest, previous, hash };
  });
}

/** Parts of an order id as columns. Errors: throws on a text that is no order id. */
export function keyOf(orderId: OrderId): { regionId: number; intakeMonth: number } {
  const parts = parseOrderId(orderId);
  if (!parts) throw new Error(`${orderId} is not an order id`);
  return parts;
}

/** The key that leads every table of orders: the region and the month as the id has them, and the id. */
export const orderKeyColumns: RowLayout<{ readonly orderId: OrderId }>["columns"] = [
  ["region_id", ({ orderId }) => Number(orderId.slice(0, 3))],
  ["intake_month", ({ orderId }) => Number(orderId.slice(3, 9))],
  ["order_id", ({ orderId }) => orderId],
];

/** Events, one line a column. */
export const eventRows: RowLayout<StoredEvent> = {
  table: "order_event",
  columns: [
    ...orderKeyColumns,
    ["seq", ({ event }) => event.seq],
    ["type", ({ event }) => event.type],
    ["at", ({ event }) => instant(event.atMs)],
    ["recorded_at", ({ recordedAtMs }) => instant(recordedAtMs)],
    ["actor_kind", ({ event }) => event.actor.kind],
    ["actor_id", ({ event }) => event.actor.id],
    ["acting_unit_id", ({ event }) => event.actingUnitId],
    ["move", ({ event }) => JSON.stringify(moveOf(event))],
    ["data", ({ event }) => JSON.stringify(event.data)],
    ["personal_digest", ({ digest }) => digest],
    ["previous_hash", ({ previous }) => previous],
    ["hash", ({ hash }) => hash],
  ],
};

/** What is personal about an event, beside it. */
export const personalRows: RowLayout<StoredEvent> = {
  table: "order_private",
  columns: [
    ...orderKeyColumns,
    ["seq", ({ event }) => event.seq],
    ["salt", ({ salt }) => salt],
    ["data", ({ event }) => JSON.stringify(event.personal)],
  ],
};

/** Keeps events, and their personal data beside them. */
export async function insertEvents(tx: Queryable, stored: readonly StoredEvent[]): Promise<void> {
  const personal = stored.filter((one) => one.salt !== null);
  await tx.together([() => insertRows(tx, eventRows, stored), () => insertRows(tx, personalRows, personal)]);
}

export type EventRow = {
  order_id: string;
  seq: number;
  type: string;
  at: number;
  recorded_at: number;
  actor_kind: Actor["kind"];
  actor_id: number;
  acting_unit_id: number | null;
  move: { step?: string | null; unitId?: number; holderId?: number | null };
  data: JsonObject;
  personal_digest: Buffer | null;
  previous_hash: Buffer | null;
  hash: Buffer;
};

/** An event as the engine reads it. Its personal data stay away: no decision depends on them. */
export const eventOfRow = (row: EventRow): OrderEvent => ({
  seq: row.seq,
  type: row.type,
  atMs: row.at,
  actor: { kind: row.actor_kind, id: row.actor_id },
  actingUnitId: row.acting_unit_id,
  data: row.data,
  personal: null,
  ...row.move,
});

const columns =
  "order_id, seq, type, at, recorded_at, actor_kind, actor_id, acting_unit_id, move, data, personal_digest, previous_hash, hash";

/** The events of one order, in their order. */
export const readEvents = (db: Queryable, orderId: OrderId): Promise<EventRow[]> => {
  const { regionId, intakeMonth } = keyOf(orderId);
  return db.prepared<EventRow>(
    "read_events",
    `select ${columns} from order_event where region_id = $1 and intake_month = $2 and order_id = $3 order by seq`,
    [regionId, intakeMonth, orderId],
  );
};

/** The events of many orders, order by order. */
export async function readEventsOf(db: Queryable, orderIds: readonly OrderId[]): Promise<Map<OrderId, EventRow[]>> {
  const byOrder = new Map<OrderId, EventRow[]>(orderIds.map((orderId) => [orderId, []]));
  if (orderIds.length === 0) return byOrder;
  const keys = orderIds.map(keyOf);
  const rows = await db.prepared<EventRow>(
    "read_events_of",
    `select ${columns
      .split(", ")
      .map((column) => `e.${column}`)
      .join(", ")}
     from unnest($1::smallint[], $2::int[], $3::bigint[]) as k(r, m, o)
     join order_event e on e.region_id = k.r and e.intake_month = k.m and e.order_id = k.o order by e.order_id, e.seq`,
    [keys.map((key) => key.regionId), keys.map((key) => key.intakeMonth), orderIds],
  );
  for (const row of rows) byOrder.get(row.order_id)?.push(row);
  return byOrder;
}

/** The personal data beside an order's events, by number; missing where erased. */
export async function readPersonal(db: Queryable, orderId: OrderId): Promise<Map<number, JsonObject>> {
  const { regionId, intakeMonth } = keyOf(orderId);
  const rows = await db.rows<{ seq: number; data: JsonObject }>(
    sql`select seq, data from order_private where region_id = ${regionId} and intake_month = ${intakeMonth} and order_id = ${orderId}`,
  );
  return new Map(rows.map((row) => [row.seq, row.data]));
}
