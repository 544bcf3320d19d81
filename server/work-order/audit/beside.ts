// What stands beside the histories of orders, read for an audit.
import type { JsonObject } from "@bihuan/core/flow/form.ts";
import type { OrderId } from "@bihuan/core/order-id.ts";
import type { Queryable } from "../../platform/database.ts";
import { sql } from "../../platform/sql.ts";
import { keyOf } from "../store/event-store.ts";

/** The units and the contact kept beside orders. */
export async function readBeside(tx: Queryable, ids: readonly OrderId[]) {
  const regions = ids.map((id) => keyOf(id).regionId);
  const months = ids.map((id) => keyOf(id).intakeMonth);
  const units = await tx.rows<{ order_id: string; unit_ids: number[] }>(sql`
    select u.order_id, array_agg(u.unit_id) as unit_ids
    from unnest(${regions}::smallint[], ${ids}::bigint[]) as k(r, o) join order_unit u on u.region_id = k.r and u.order_id = k.o
    group by u.order_id`);
  const contacts = await tx.rows<{ order_id: string }>(sql`
    select c.order_id from unnest(${regions}::smallint[], ${months}::int[], ${ids}::bigint[]) as k(r, m, o)
    join order_contact c on c.region_id = k.r and c.intake_month = k.m and c.order_id = k.o`);
  return {
    units: new Map(units.map((row) => [row.order_id, row.unit_ids])),
    contacts: new Set(contacts.map((row) => row.order_id)),
  };
}

/** The personal data beside the events of orders, by `order|seq`, with the salts they were hashed with. */
export async function readDigested(
  tx: Queryable,
  ids: readonly OrderId[],
): Promise<Map<string, { salt: Buffer; data: JsonObject }>> {
  const keys = ids.map(keyOf);
  const rows = await tx.rows<{ order_id: string; seq: number; salt: Buffer; data: JsonObject }>(sql`
    select p.order_id, p.seq, p.salt, p.data
    from unnest(${keys.map((key) => key.regionId)}::smallint[], ${keys.map((key) => key.intakeMonth)}::int[], ${ids}::bigint[]) as k(r, m, o)
    join order_private p on p.region_id = k.r and p.intake_month = k.m and p.order_id = k.o`);
  return new Map(rows.map((row) => [`${row.order_id}|${row.seq}`, row]));
}
