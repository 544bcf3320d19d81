// One page of a list of orders: its rows, and the position behind which the next begins.
import { type OrderId, parseOrderId } from "@bihuan/core/order-id.ts";
import type { Queryable } from "../../platform/database.ts";
import { empty, instant, raw, type Sql, sql } from "../../platform/sql.ts";

export type ListRow = {
  order_id: OrderId;
  flow: string;
  subtype: string | null;
  status: string;
  step: string | null;
  unit_id: number;
  desk_unit_id: number;
  holder_id: number | null;
  holder_name: string | null;
  origin: string;
  urgency: string | null;
  grade: string | null;
  identity: string;
  intake_at: number;
  closed_at: number | null;
  due_at: number | null;
  due_from: number | null;
  due_slot: string | null;
  episode: number;
  urges: number;
  missed: number;
  missed_internal: number;
  master_id: string | null;
  version: number;
  title: string | null;
  name: string | null;
  address: string | null;
};

const columns =
  raw(`w.order_id, w.flow, w.subtype, w.status, w.step, w.unit_id, w.desk_unit_id, w.holder_id, w.origin, w.urgency, w.grade, w.identity,
  w.intake_at, w.closed_at, w.due_at, w.due_from, w.due_slot, w.episode, w.urges, w.missed, w.missed_internal, w.master_id, w.version, w.region_id, w.intake_month`);

export type Cursor = { readonly atMs: number | null; readonly orderId: OrderId };

const LAST_INSTANT_MS = Date.parse("9999-12-31T00:00:00Z"); // beyond, ISO text is not what PostgreSQL reads

/** The page position as text; opaque to the caller. */
export const writeCursor = (cursor: Cursor): string =>
  Buffer.from(JSON.stringify([cursor.atMs, cursor.orderId])).toString("base64url");

/** Reads a page position, or null where the text is not one. */
export function readCursor(text: string): Cursor | null {
  try {
    const value: unknown = JSON.parse(Buffer.from(text, "base64url").toString());
    if (!Array.isArray(value) || value.length !== 2) return null;
    const [atMs, orderId] = value as unknown[];
    if (typeof orderId !== "string" || !parseOrderId(orderId)) return null;
    if (atMs !== null && !(Number.isInteger(atMs) && Math.abs(atMs as number) < LAST_INSTANT_MS)) return null;
    return { atMs: atMs as number | null, orderId };
  } catch {
    return null;
  }
}

/** Rows that meet a condition behind a position, in an order. */
export const pageOf = (db: Queryable, condition: Sql, keyset: Sql, order: Sql, limit: number): Promise<ListRow[]> =>
  db.rows<ListRow>(sql`
    with page as (
      select ${columns} from work_order w
      left join order_contact c on c.region_id = w.region_id and c.intake_month = w.intake_month and c.order_id = w.order_id
      where ${condition}${keyset} order by ${order} limit ${limit}
    )
    select w.*, s.name as holder_name, c.title, c.name, c.address
    from page w
    left join staff s on s.staff_id = w.holder_id
    left join order_contact c on c.region_id = w.region_id and c.intake_month = w.intake_month and c.order_id = w.order_id
    order by ${order}`);

const byIntake = sql`w.intake_at desc, w.order_id desc`;

/** One page, newest intake first. */
export const pageByIntake = (db: Queryable, condition: Sql, after: Cursor | null, limit: number): Promise<ListRow[]> =>
  pageOf(
    db,
    condition,
    after?.atMs == null ? empty : sql` and (w.intake_at, w.order_id) < (${instant(after.atMs)}, ${after.orderId}::bigint)`,
    byIntake,
    limit,
  );
