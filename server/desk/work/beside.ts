// What stands beside a page of tasks: their orders, what else these wait for, and what happened since the reader last looked.
import type { OrderId } from "@bihuan/core/order-id.ts";
import type { Queryable } from "../../platform/database.ts";
import { empty, type Sql, sql } from "../../platform/sql.ts";
import { type ListRow, pageOf } from "../../work-order/queries/page.ts";
import { keyOf } from "../../work-order/store/event-store.ts";

const keysOf = (orderIds: readonly OrderId[]): Sql => {
  const keys = orderIds.map(keyOf);
  return sql`unnest(${keys.map(({ regionId }) => regionId)}::smallint[], ${keys.map(({ intakeMonth }) => intakeMonth)}::int[], ${orderIds}::bigint[])`;
};

/** Orders as rows of a list, by their number. */
export async function ordersById(db: Queryable, orderIds: readonly OrderId[]): Promise<ReadonlyMap<OrderId, ListRow>> {
  const ids = [...new Set(orderIds)];
  if (ids.length === 0) return new Map();
  const condition = sql`(w.region_id, w.intake_month, w.order_id) in (select * from ${keysOf(ids)})`;
  const rows = await pageOf(db, condition, empty, sql`w.order_id`, ids.length);
  return new Map(rows.map((row) => [row.order_id, row]));
}

export type Beside = {
  readonly order_id: OrderId;
  readonly consultations: number;
  readonly decisions: number;
  /** Null where the reader never looked at it. */
  readonly seen: number | null;
  readonly news: number;
  readonly news_type: string | null;
  readonly news_at: number | null;
  readonly news_by: string | null;
};

// The rules' own rebinding is nothing that anybody did.
const silent = ["rebind"] as const;

/** What some orders wait for, and what others did to them since a member of staff last looked (null for an integration: it never does). */
export async function besideOrders(
  db: Queryable,
  orderIds: readonly OrderId[],
  staffId: number | null,
): Promise<ReadonlyMap<OrderId, Beside>> {
  const ids = [...new Set(orderIds)];
  if (ids.length === 0) return new Map();
  const rows = await db.rows<Beside>(sql`
    select k.o as order_id, coalesce(w.consultations, 0) as consultations, coalesce(w.decisions, 0) as decisions,
      s.version as seen, coalesce(n.count, 0) as news, e.type as news_type, e.at as news_at,
      coalesce(p.name, a.name) as news_by
    from ${keysOf(ids)} k(r, m, o)
    left join lateral (
      select count(*) filter (where t.kind = 'consult')::int as consultations, count(*) filter (where t.kind = 'decide')::int as decisions
      from order_task t where t.region_id = k.r and t.intake_month = k.m and t.order_id = k.o and t.seq > 0) w on true
    left join desk_seen s on s.region_id = k.r and s.staff_id = ${staffId} and s.order_id = k.o
    left join lateral (
      select count(*)::int as count, max(v.seq) as last from order_event v
      where v.region_id = k.r and v.intake_month = k.m and v.order_id = k.o and v.seq > s.version
        and not (v.actor_kind = 'staff' and v.actor_id = ${staffId}) and not v.type = any(${silent}::text[])) n on true
    left join order_event e on e.region_id = k.r and e.intake_month = k.m and e.order_id = k.o and e.seq = n.last
    left join staff p on e.actor_kind = 'staff' and p.staff_id = e.actor_id
    left join api_key a on e.actor_kind = 'api-key' and a.api_key_id = e.actor_id`);
  return new Map(rows.map((row) => [row.order_id, row]));
}

/** Names of staff by their number. */
export async function staffNames(db: Queryable, staffIds: readonly (number | null)[]): Promise<ReadonlyMap<number, string>> {
  const ids = [...new Set(staffIds.filter((id) => id !== null))];
  if (ids.length === 0) return new Map();
  const rows = await db.rows<{ staff_id: number; name: string }>(
    sql`select staff_id, name from staff where staff_id = any(${ids}::int[])`,
  );
  return new Map(rows.map(({ staff_id, name }) => [staff_id, name]));
}
