// Lists of orders: narrowed by scope first, then by the filter, read page by page from the index of the list.
import type { OrganisationTree } from "@bihuan/core/identity/organisation.ts";
import { nodesFor, type Scope } from "@bihuan/core/identity/scope.ts";
import { type OrderId, parseOrderId } from "@bihuan/core/order-id.ts";
import { type SearchTerm, searchTerms } from "@bihuan/core/search-text.ts";
import { belowNodes } from "../../identity/scope.ts";
import type { Queryable } from "../../platform/database.ts";
import { desksKnowing } from "../views/personal.ts";
import { empty, instant, join, raw, type Sql, sql } from "../../platform/sql.ts";

export type Filter = {
  readonly unitId?: number | undefined;
  readonly tookPartUnitId?: number | undefined;
  readonly flow?: string | undefined;
  readonly step?: string | undefined;
  readonly status?: string | undefined;
  readonly state: "open" | "closed" | "all";
  readonly clock?: "overdue" | "running" | "suspended" | "missed" | undefined;
  readonly dueWithinMinutes?: number | undefined;
  readonly holder?: "me" | "nobody" | undefined;
  readonly customerId?: string | undefined;
  readonly text?: string | undefined;
};

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
  master_id: string | null;
  version: number;
  title: string | null;
  name: string | null;
  address: string | null;
};

const columns =
  raw(`w.order_id, w.flow, w.subtype, w.status, w.step, w.unit_id, w.desk_unit_id, w.holder_id, w.origin, w.urgency, w.grade, w.identity,
  w.intake_at, w.closed_at, w.due_at, w.due_from, w.due_slot, w.episode, w.urges, w.missed, w.master_id, w.version, w.region_id, w.intake_month`);

/** An order's number as people write it: in one piece, or in the three parts the page shows. */
const orderNumber = /^\s*\d{3}[-\s]?\d{8}[-\s]?\d{8}\s*$/;

// Who may not know a hidden caller does not find his order by asking for his name, number or address either.
function callerTold(scope: Scope, tree: OrganisationTree): Sql {
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
  const parts: Sql[] = [sql`w.import_id is null`, placeOf(scope, tree, filter, permission)];
  if (filter.state === "open") parts.push(open);
  if (filter.state === "closed") parts.push(sql`w.status in ('ARCHIVED', 'TERMINATED', 'WITHDRAWN')`);
  if (filter.flow !== undefined) parts.push(sql`w.flow = ${filter.flow}`);
  if (filter.step !== undefined) parts.push(sql`w.step = ${filter.step}`);
  if (filter.status !== undefined) parts.push(sql`w.status = ${filter.status}`);
  if (filter.clock === "overdue") parts.push(open, sql`w.due_at < ${instant(nowMs)}`);
  if (filter.clock === "running") parts.push(sql`w.status = 'OPEN'`, sql`w.due_at >= ${instant(nowMs)}`);
  if (filter.clock === "suspended") parts.push(sql`w.status = 'SUSPENDED'`);
  if (filter.clock === "missed") parts.push(sql`w.missed > 0`);
  if (filter.dueWithinMinutes !== undefined)
    parts.push(open, sql`w.due_at >= ${instant(nowMs)} and w.due_at <= ${instant(nowMs + filter.dueWithinMinutes * 60_000)}`);
  if (filter.holder === "nobody") parts.push(sql`w.holder_id is null`);
  if (filter.holder === "me")
    parts.push(scope.principal.kind === "staff" ? sql`w.holder_id = ${scope.principal.id}` : sql`false`);
  if (filter.customerId !== undefined) parts.push(sql`w.customer_id = ${filter.customerId}`);
  if (filter.customerId !== undefined || (filter.text && !orderNumber.test(filter.text))) parts.push(callerTold(scope, tree));
  if (filter.text) parts.push(textCondition(filter.text));
  return join(parts, " and ");
}

function placeOf(scope: Scope, tree: OrganisationTree, filter: Filter, permission: "order.read" | "order.export"): Sql {
  if (filter.tookPartUnitId === undefined)
    return belowNodes(tree, nodesWithin(scope, tree, filter.unitId, permission), unitColumn);
  const units = nodesWithin(scope, tree, filter.tookPartUnitId, permission).flatMap((node) => tree.descendants(node));
  return sql`exists (select 1 from order_unit u where u.region_id = w.region_id and u.order_id = w.order_id and u.unit_id = any(${units}::int[]))`;
}

const termCondition = (term: SearchTerm): Sql => {
  const parts: Sql[] = [];
  if (term.all.length > 0) parts.push(sql`c.tokens @> ${term.all}::text[]`);
  if (term.any.length > 0) parts.push(sql`c.tokens && ${term.any}::text[]`);
  parts.push(sql`position(${term.contains} in c.search_text) > 0`);
  return join(parts, " and ");
};

function textCondition(text: string): Sql {
  const terms = searchTerms(orderNumber.test(text) ? text.replaceAll(/[-\s]/g, "") : text);
  return terms.length === 0 ? sql`false` : join(terms.map(termCondition), " and ");
}

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

const pageOf = (db: Queryable, condition: Sql, keyset: Sql, order: Sql, limit: number): Promise<ListRow[]> =>
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

const byDue = sql`w.due_at, w.order_id`;
const byIntake = sql`w.intake_at desc, w.order_id desc`;

/** One page, earliest due first; orders in which no maximum runs come last. Out: at most `limit` rows. */
export async function pageByDue(db: Queryable, condition: Sql, after: Cursor | null, limit: number): Promise<ListRow[]> {
  const timed =
    after?.atMs === null
      ? []
      : await pageOf(
          db,
          condition,
          after
            ? sql` and w.due_at is not null and (w.due_at, w.order_id) > (${instant(after.atMs)}, ${after.orderId}::bigint)`
            : sql` and w.due_at is not null`,
          byDue,
          limit,
        );
  if (timed.length === limit) return timed;
  const untimed = await pageOf(
    db,
    condition,
    after?.atMs === null ? sql` and w.due_at is null and w.order_id > ${after.orderId}::bigint` : sql` and w.due_at is null`,
    sql`w.order_id`,
    limit - timed.length,
  );
  return [...timed, ...untimed];
}

/** One page, newest intake first. */
export const pageByIntake = (db: Queryable, condition: Sql, after: Cursor | null, limit: number): Promise<ListRow[]> =>
  pageOf(
    db,
    condition,
    after?.atMs == null ? empty : sql` and (w.intake_at, w.order_id) < (${instant(after.atMs)}, ${after.orderId}::bigint)`,
    byIntake,
    limit,
  );

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
  return db.rows<TallyGroup>(sql`
    select flow, step, status, sum(n)::int as count from order_tally
    where region_id = any(${regions}::smallint[]) and unit_id = any(${units}::int[])
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
