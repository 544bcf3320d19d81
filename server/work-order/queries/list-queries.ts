// Lists of orders: narrowed by scope first, then by the filter, read page by page from the index of the list.
import type { OrganisationTree } from "@bihuan/core/identity/organisation.ts";
import { nodesFor, type Scope } from "@bihuan/core/identity/scope.ts";
import { sameCustomer } from "../../customer/queries.ts";
import { belowNodes } from "../../identity/scope.ts";
import type { Queryable } from "../../platform/database.ts";
import { empty, instant, join, raw, type Sql, sql } from "../../platform/sql.ts";
import { desksKnowing } from "../views/personal.ts";
import { type Cursor, type ListRow, pageOf } from "./page.ts";
import { isOrderNumber, textCondition } from "./text-search.ts";

export type Filter = {
  readonly unitId?: number | undefined;
  readonly tookPartUnitId?: number | undefined;
  readonly flow?: string | undefined;
  readonly step?: string | undefined;
  readonly status?: string | undefined;
  readonly state: "open" | "closed" | "all";
  readonly clock?: "overdue" | "running" | "suspended" | "missed" | "missed-internal" | undefined;
  readonly dueWithinMinutes?: number | undefined;
  readonly holder?: "me" | "nobody" | undefined;
  readonly holderId?: number | undefined;
  readonly customerId?: string | undefined;
  readonly text?: string | undefined;
};

/** Who may not know a hidden caller does not find his order by asking for his name, number or address either. */
export function callerTold(scope: Scope, tree: OrganisationTree): Sql {
  const desks = desksKnowing(scope);
  return desks.some((unitId) => unitId === tree.root.unitId)
    ? sql`true`
    : sql`(w.identity = 'NAMED' or w.desk_unit_id = any(${desks.flatMap((unitId) => tree.descendants(unitId))}::int[]))`;
}

/** The nodes a filter's unit leaves of what a person reaches. */
export function nodesWithin(
  scope: Scope,
  tree: OrganisationTree,
  unitId: number | undefined,
  permission: "order.read" | "order.export" = "order.read",
): number[] {
  const nodes = nodesFor(scope, tree, permission);
  if (unitId === undefined) return nodes;
  if (nodes.some((node) => tree.isWithin(unitId, node))) return [unitId];
  return nodes.filter((node) => tree.isWithin(node, unitId));
}

const unitColumn = (depth: number) => raw(`w.unit${depth}`);
const open = raw("w.status in ('OPEN', 'SUSPENDED')");

/** The condition of a filter within a scope; histories of other systems are never in a live list. */
export function conditionOf(
  scope: Scope,
  tree: OrganisationTree,
  filter: Filter,
  nowMs: number,
  permission: "order.read" | "order.export" = "order.read",
): Sql {
  const nodes = nodesWithin(scope, tree, filter.tookPartUnitId ?? filter.unitId, permission);
  const parts: Sql[] = [sql`w.import_id is null`, placeOf(tree, nodes, filter)];
  if (filter.state === "open") parts.push(open);
  if (filter.state === "closed") parts.push(sql`w.status in ('ARCHIVED', 'TERMINATED', 'WITHDRAWN')`);
  if (filter.flow !== undefined) parts.push(sql`w.flow = ${filter.flow}`);
  if (filter.step !== undefined) parts.push(sql`w.step = ${filter.step}`);
  if (filter.status !== undefined) parts.push(sql`w.status = ${filter.status}`);
  if (filter.clock === "overdue") parts.push(open, sql`w.due_at < ${instant(nowMs)}`);
  if (filter.clock === "running") parts.push(sql`w.status = 'OPEN'`, sql`w.due_at >= ${instant(nowMs)}`);
  if (filter.clock === "suspended") parts.push(sql`w.status = 'SUSPENDED'`);
  if (filter.clock === "missed") parts.push(sql`w.missed > 0`);
  if (filter.clock === "missed-internal") parts.push(sql`w.missed_internal > 0`);
  if (filter.dueWithinMinutes !== undefined)
    parts.push(open, sql`w.due_at >= ${instant(nowMs)} and w.due_at <= ${instant(nowMs + filter.dueWithinMinutes * 60_000)}`);
  if (filter.holderId !== undefined) parts.push(sql`w.holder_id = ${filter.holderId}`);
  if (filter.holder === "nobody") parts.push(sql`w.holder_id is null`);
  if (filter.holder === "me")
    parts.push(scope.principal.kind === "staff" ? sql`w.holder_id = ${scope.principal.id}` : sql`false`);
  if (filter.customerId !== undefined) parts.push(sql`w.customer_id = any(${sameCustomer(filter.customerId)})`);
  if (filter.customerId !== undefined || (filter.text && !isOrderNumber(filter.text))) parts.push(callerTold(scope, tree));
  if (filter.text) parts.push(textCondition(filter.text, tree, nodes));
  return join(parts, " and ");
}

function placeOf(tree: OrganisationTree, nodes: readonly number[], filter: Filter): Sql {
  if (filter.tookPartUnitId === undefined) return belowNodes(tree, nodes, unitColumn);
  const units = nodes.flatMap((node) => tree.descendants(node));
  return sql`exists (select 1 from order_unit u where u.region_id = w.region_id and u.order_id = w.order_id and u.unit_id = any(${units}::int[]))`;
}

const byDue = sql`w.due_at, w.order_id`;

/** One page, earliest due first; orders in which no maximum runs come last. Out: at most `limit` rows. */
export async function pageByDue(db: Queryable, condition: Sql, after: Cursor | null, limit: number): Promise<ListRow[]> {
  // Null comes last in the index: the first page reads over into it by itself.
  if (after === null) return pageOf(db, condition, empty, byDue, limit);
  const { atMs, orderId } = after;
  const timed =
    atMs === null
      ? []
      : await pageOf(db, condition, sql` and (w.due_at, w.order_id) > (${instant(atMs)}, ${orderId}::bigint)`, byDue, limit);
  if (timed.length === limit) return timed;
  const untimed = atMs === null ? sql` and w.due_at is null and w.order_id > ${orderId}::bigint` : sql` and w.due_at is null`;
  return [...timed, ...(await pageOf(db, condition, untimed, sql`w.order_id`, limit - timed.length))];
}

export const MOST_COUNTED = 1000;

/** Counts up to {@link MOST_COUNTED}; one more means "and more". */
export async function countUpTo(db: Queryable, condition: Sql): Promise<number> {
  const { n } = await db.one<{ n: number }>(sql`
    select count(*)::int as n from (
      select 1 from work_order w
      left join order_contact c on c.region_id = w.region_id and c.intake_month = w.intake_month and c.order_id = w.order_id
      where ${condition} limit ${MOST_COUNTED + 1}) counted`);
  return n;
}

export type TallyGroup = { flow: string; step: string | null; status: string; count: number };

/** Exact counts from the roll-up, for all units below the nodes. */
export function tallyGroups(db: Queryable, tree: OrganisationTree, nodes: readonly number[]): Promise<TallyGroup[]> {
  const units = nodes.flatMap((node) => tree.descendants(node));
  const regions = [...new Set(nodes.flatMap((node) => tree.regionsWithin(node)))];
  const place = nodes.includes(tree.root.unitId)
    ? sql`true`
    : sql`region_id = any(${regions}::smallint[]) and unit_id = any(${units}::int[])`;
  return db.rows<TallyGroup>(sql`
    select flow, step, status, sum(n)::int as count from order_tally where ${place}
    group by flow, step, status having sum(n) <> 0 order by flow, step, status`);
}

/** Adds up the differences of the tally, so that counting stays cheap. Out: rows before the sum. Safe beside writers: it takes only what it saw. */
export async function compactTally(db: { transaction<T>(work: (tx: Queryable) => Promise<T>): Promise<T> }): Promise<number> {
  return db.transaction(async (tx) =>
    tx.run(sql`
      with taken as (delete from order_tally returning region_id, unit_id, flow, step, status, n),
      kept as (
        insert into order_tally (region_id, unit_id, flow, step, status, n)
        select region_id, unit_id, flow, step, status, sum(n) from taken group by region_id, unit_id, flow, step, status having sum(n) <> 0
      )
      select 1 from taken`),
  );
}
