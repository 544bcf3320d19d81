// Events written and read. Writing is set-wise: one order's action and a thousand imported histories take the same door.
import type { NewEvent, OrderEvent, Actor } from "@bihuan/core/flow/event.ts";
import type { JsonObject } from "@bihuan/core/flow/form.ts";
import { type OrderId, parseOrderId } from "@bihuan/core/order-id.ts";
import type { Queryable } from "../../platform/database.ts";
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

const hex = (bytes: Buffer | null) => (bytes === null ? null : `\\x${bytes.toString("hex")}`);

/** Keeps events, and their personal data beside them. */
export async function insertEvents(tx: Queryable, stored: readonly StoredEvent[]): Promise<void> {
  if (stored.length > 0) await tx.together([() => insertRows(tx, stored), () => insertPersonal(tx, stored)]);
}

function insertRows(tx: Queryable, stored: readonly StoredEvent[]): Promise<unknown> {
  const keys = stored.map((one) => keyOf(one.orderId));
  return tx.prepared(
    "insert_events",
    `insert into order_event (region_id, intake_month, order_id, seq, type, at, recorded_at, actor_kind, actor_id, acting_unit_id, move, data, personal_digest, previous_hash, hash)
     select r, m, o, s, t, a, c, k, i, u, v::jsonb, d::jsonb, p, q, h
     from unnest($1::smallint[], $2::int[], $3::bigint[], $4::int[], $5::text[], $6::timestamptz[], $7::timestamptz[], $8::text[], $9::int[], $10::int[], $11::text[], $12::text[], $13::bytea[], $14::bytea[], $15::bytea[])
       as e(r, m, o, s, t, a, c, k, i, u, v, d, p, q, h)`,
    [
      keys.map((key) => key.regionId),
      keys.map((key) => key.intakeMonth),
      stored.map((one) => one.orderId),
      stored.map((one) => one.event.seq),
      stored.map((one) => one.event.type),
      stored.map((one) => instant(one.event.atMs)),
      stored.map((one) => instant(one.recordedAtMs)),
      stored.map((one) => one.event.actor.kind),
      stored.map((one) => one.event.actor.id),
      stored.map((one) => one.event.actingUnitId),
      stored.map((one) => JSON.stringify(moveOf(one.event))),
      stored.map((one) => JSON.stringify(one.event.data)),
      stored.map((one) => hex(one.digest)),
      stored.map((one) => hex(one.previous)),
      stored.map((one) => hex(one.hash)),
    ],
  );
}

async function insertPersonal(tx: Queryable, stored: readonly StoredEvent[]): Promise<void> {
  const withPersonal = stored.filter((one) => one.salt !== null);
  if (withPersonal.length === 0) return;
  const personalKeys = withPersonal.map((one) => keyOf(one.orderId));
  await tx.prepared(
    "insert_private",
    `insert into order_private (region_id, intake_month, order_id, seq, salt, data)
     select r, m, o, s, t, d::jsonb from unnest($1::smallint[], $2::int[], $3::bigint[], $4::int[], $5::bytea[], $6::text[]) as e(r, m, o, s, t, d)`,
    [
      personalKeys.map((key) => key.regionId),
      personalKeys.map((key) => key.intakeMonth),
      withPersonal.map((one) => one.orderId),
      withPersonal.map((one) => one.event.seq),
      withPersonal.map((one) => hex(one.salt)),
      withPersonal.map((one) => JSON.stringify(one.event.personal)),
    ],
  );
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
