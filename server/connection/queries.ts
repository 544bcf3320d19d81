// What the connection slice reads of orders: the lines of the tracking table, and what was archived in a period.
import type { ConnectionFilter } from "@bihuan/contract/connection.ts";
import { nodes, WHOLE } from "@bihuan/core/connection/process/stretches.ts";
import type { OrganisationTree } from "@bihuan/core/identity/organisation.ts";
import { nodesFor, type Scope } from "@bihuan/core/identity/scope.ts";
import type { OrderId } from "@bihuan/core/order-id.ts";
import type { Permission } from "@bihuan/core/identity/permissions.ts";
import type { Queryable } from "../platform/database.ts";
import { instant, join, raw, type Sql, sql } from "../platform/sql.ts";

const isConnection = raw("w.flow like 'connection-%' and w.import_id is null");

/** The halls a filter's unit leaves of what a person reaches; null where he reaches all. */
export function hallsWithin(
  scope: Scope,
  tree: OrganisationTree,
  unitId: number | undefined,
  permission: Permission,
): readonly number[] | null {
  const reached = nodesFor(scope, tree, permission);
  if (unitId === undefined) return reached.includes(tree.root.unitId) ? null : reached.flatMap((node) => tree.descendants(node));
  const within = reached.some((node) => tree.isWithin(unitId, node))
    ? [unitId]
    : reached.filter((node) => tree.isWithin(node, unitId));
  return within.flatMap((node) => tree.descendants(node));
}

const atHalls = (halls: readonly number[] | null): Sql =>
  halls === null ? sql`true` : sql`w.desk_unit_id = any(${halls}::int[])`;

/** The condition of the tracking table. In: the halls within reach, the filter, and when it is asked. */
export function trackingCondition(halls: readonly number[] | null, filter: ConnectionFilter, nowMs: number): Sql {
  const parts: Sql[] = [isConnection, atHalls(halls)];
  if (filter.flow !== undefined) parts.push(sql`w.flow = ${filter.flow}`);
  if (filter.state === "open") parts.push(raw("w.status in ('OPEN', 'SUSPENDED')"));
  if (filter.state === "closed") parts.push(raw("w.status in ('ARCHIVED', 'TERMINATED', 'WITHDRAWN')"));
  if (filter.only === "late") parts.push(sql`(w.missed > 0 or w.due_at < ${instant(nowMs)})`);
  return join(parts, " and ");
}

export type Milestones = {
  readonly orderId: OrderId;
  readonly wantedOn: string | null;
  readonly contractSignedAtMs: number | null;
  readonly energisedAtMs: number | null;
};

/** What the events of some orders of one region say beside their clocks. */
export const milestonesOf = (
  db: Queryable,
  regionId: number,
  orderIds: readonly OrderId[],
  months: readonly number[],
): Promise<Milestones[]> =>
  db.rows<Milestones>(sql`
    select e.order_id as "orderId",
      (array_agg(e.data -> 'details' ->> 'wantedOn' order by e.seq desc)
        filter (where e.type in ('intake', 'reclassify') and e.data ? 'details'))[1] as "wantedOn",
      max(e.at) filter (where e.type = 'sign-contract') as "contractSignedAtMs",
      max(e.at) filter (where e.type = 'energise') as "energisedAtMs"
    from order_event e
    where e.region_id = ${regionId} and e.intake_month = any(${months}::int[]) and e.order_id = any(${orderIds}::bigint[])
      and e.type in ('intake', 'reclassify', 'sign-contract', 'energise')
    group by e.order_id`);

export type ArchivedRow = {
  readonly day: string;
  readonly deskUnitId: number;
  readonly flow: string;
  readonly judged: string[];
  readonly missed: string[];
  /** From acceptance to energising. */
  readonly days: number | null;
};

/**
 * Connections whose first archiving lies in a period. In: its instants, the first included and the last not; the zone in which an
 * instant becomes a day; the halls within reach. Later episodes change nothing.
 * Limits of the house judge here too: the rate is an assessment, and so are the limits of its nodes (service-standards §2.5).
 */
export const archivedIn = (
  db: Queryable,
  period: { readonly fromMs: number; readonly toMs: number; readonly zone: string },
  halls: readonly number[] | null,
): Promise<ArchivedRow[]> =>
  db.rows<ArchivedRow>(sql`
    with archived as (
      select e.region_id, e.intake_month, e.order_id, min(e.at) as at
      from order_event e
      where e.type = 'archive' and e.at >= ${instant(period.fromMs)} and e.at < ${instant(period.toMs)}
        and not exists (
          select from order_event earlier
          where earlier.region_id = e.region_id and earlier.intake_month = e.intake_month and earlier.order_id = e.order_id
            and earlier.type = 'archive' and earlier.at < ${instant(period.fromMs)})
      group by e.region_id, e.intake_month, e.order_id)
    select to_char(a.at at time zone ${period.zone}, 'YYYY-MM-DD') as day, w.desk_unit_id as "deskUnitId", w.flow,
      coalesce(array_agg(distinct h.slot) filter (where h.slot is not null), '{}') as judged,
      coalesce(array_agg(distinct h.slot) filter (where h.status = 'missed'), '{}') as missed,
      (extract(epoch from max(h.stopped_at) filter (where h.slot = ${WHOLE}) - w.intake_at) / 86400)::float8 as days
    from archived a
    join work_order w on w.region_id = a.region_id and w.intake_month = a.intake_month and w.order_id = a.order_id
    left join clock_history h on h.region_id = a.region_id and h.intake_month = a.intake_month and h.order_id = a.order_id
      and h.limit_kind = 'max' and h.status in ('met', 'missed') and h.stopped_at <= a.at and h.slot = any(${[...nodes, WHOLE]}::text[])
    where ${isConnection} and ${atHalls(halls)}
    group by a.region_id, a.intake_month, a.order_id, a.at, w.desk_unit_id, w.flow, w.intake_at
    order by day, w.desk_unit_id, a.order_id`);

export type OpenRow = { readonly flow: string; readonly days: number; readonly n: number };

/** Connections under way, by kind and whole days since acceptance. */
export const openByAge = (db: Queryable, nowMs: number, halls: readonly number[] | null): Promise<OpenRow[]> =>
  db.rows<OpenRow>(sql`
    select w.flow, floor(extract(epoch from ${instant(nowMs)}::timestamptz - w.intake_at) / 86400)::int as days, count(*)::int as n
    from work_order w
    where ${isConnection} and w.status in ('OPEN', 'SUSPENDED') and ${atHalls(halls)}
    group by w.flow, days order by w.flow, days`);
