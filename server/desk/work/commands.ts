// What the desk remembers of a person: which version of an order was looked at, and what was chosen to be kept.
import type { OrganisationTree } from "@bihuan/core/identity/organisation.ts";
import type { Scope } from "@bihuan/core/identity/scope.ts";
import { type OrderId, parseOrderId } from "@bihuan/core/order-id.ts";
import { type Refusal, refuse } from "@bihuan/core/refusal.ts";
import type { Database } from "../../platform/database.ts";
import { instant, sql } from "../../platform/sql.ts";
import { maySee } from "../../work-order/world.ts";

/** A marker is kept for so long after it was last set: an order nobody looked at for a quarter is new again. */
const SEEN_KEPT_DAYS = 90;

/**
 * Notes that a person looked at an order as it was at a version. It never goes back: two windows of one person agree on the later.
 * Out: the version noted; a refusal where there is no such order within reach. An integration looks at nothing.
 */
export async function seeOrder(
  db: Database,
  tree: OrganisationTree,
  scope: Scope,
  orderId: OrderId,
  version: number,
  nowMs: number,
): Promise<{ version: number } | Refusal> {
  const parts = parseOrderId(orderId);
  const row =
    parts &&
    (await db.maybe<{ unit_id: number; version: number; units: number[] }>(sql`
      select w.unit_id, w.version, array(
        select u.unit_id from order_unit u where u.region_id = w.region_id and u.order_id = w.order_id) as units
      from work_order w
      where w.region_id = ${parts.regionId} and w.intake_month = ${parts.intakeMonth} and w.order_id = ${orderId}`));
  if (!parts || !row || !maySee(scope, tree, { unitId: row.unit_id, unitIds: row.units }))
    return refuse("work-order.not-found", { orderId });
  const seen = Math.min(version, row.version);
  if (scope.principal.kind === "staff")
    await db.run(sql`
      insert into desk_seen (region_id, staff_id, order_id, version, seen_at)
      values (${parts.regionId}, ${scope.principal.id}, ${orderId}, ${seen}, ${instant(nowMs)})
      on conflict (region_id, staff_id, order_id) do update
      set version = greatest(desk_seen.version, excluded.version), seen_at = excluded.seen_at`);
  return { version: seen };
}

/** Forgets markers that nobody renewed. Out: how many. */
export const forgetSeen = (db: Database, nowMs: number): Promise<number> =>
  db.run(sql`delete from desk_seen where seen_at < ${instant(nowMs - SEEN_KEPT_DAYS * 86_400_000)}`);

/** What a person kept under a name; null where nothing was, and for an integration. */
export async function readSetting(db: Database, scope: Scope, name: string): Promise<string | null> {
  if (scope.principal.kind !== "staff") return null;
  const row = await db.maybe<{ value: string }>(
    sql`select value from desk_setting where staff_id = ${scope.principal.id} and name = ${name}`,
  );
  return row?.value ?? null;
}

/** Keeps a choice, or forgets it (null). */
export async function saveSetting(
  db: Database,
  scope: Scope,
  name: string,
  value: string | null,
  nowMs: number,
): Promise<string | null | Refusal> {
  if (scope.principal.kind !== "staff") return refuse("desk.person-only");
  const staffId = scope.principal.id;
  if (value === null) await db.run(sql`delete from desk_setting where staff_id = ${staffId} and name = ${name}`);
  else
    await db.run(sql`
      insert into desk_setting (staff_id, name, value, changed_at) values (${staffId}, ${name}, ${value}, ${instant(nowMs)})
      on conflict (staff_id, name) do update set value = excluded.value, changed_at = excluded.changed_at`);
  return value;
}
