// Orders found by what somebody remembers of them: a name, part of an address, the end of a number. What is found comes newest
// first; over a whole province it is read month by month backwards, so that a common name costs no more than its newest bearers.
import type { OrganisationTree } from "@bihuan/core/identity/organisation.ts";
import { parseOrderId } from "@bihuan/core/order-id.ts";
import { type SearchTerm, searchTerms } from "@bihuan/core/search-text.ts";
import type { Queryable } from "../../platform/database.ts";
import { join, type Sql, sql } from "../../platform/sql.ts";
import { monthsBetween, ZONES_APART_MS } from "../store/months.ts";
import { type Cursor, type ListRow, pageByIntake } from "./page.ts";

/** An order's number as people write it: in one piece, or in the three parts the page shows. */
const orderNumber = /^\s*\d{3}[-\s]?\d{8}[-\s]?\d{8}\s*$/;

/** Whether the text is an order's whole number: it tells nothing about whom the order concerns. */
export const isOrderNumber = (text: string): boolean => orderNumber.test(text);

const termCondition = (term: SearchTerm): Sql => {
  const parts: Sql[] = [];
  if (term.all.length > 0) parts.push(sql`c.tokens @> ${term.all}::text[]`);
  if (term.any.length > 0) parts.push(sql`c.tokens && ${term.any}::text[]`);
  parts.push(sql`position(${term.contains} in c.search_text) > 0`);
  return join(parts, " and ");
};

/** The regions of nodes. */
export const regionsOf = (tree: OrganisationTree, nodes: readonly number[]): number[] => [
  ...new Set(nodes.flatMap((node) => tree.regionsWithin(node))),
];

/** The condition of a text, within the regions of the nodes searched: the index of fragments begins with the region. */
export function textCondition(text: string, tree: OrganisationTree, nodes: readonly number[]): Sql {
  const terms = searchTerms(isOrderNumber(text) ? text.replaceAll(/[-\s]/g, "") : text);
  if (terms.length === 0) return sql`false`;
  const regions = regionsOf(tree, nodes);
  const [only] = regions;
  const one = sql`w.region_id = ${only} and c.region_id = ${only}`;
  const several = sql`w.region_id = any(${regions}::smallint[]) and c.region_id = any(${regions}::smallint[])`;
  const place = nodes.includes(tree.root.unitId) ? [] : [regions.length === 1 ? one : several];
  return join([...place, ...terms.map(termCondition)], " and ");
}

/** Whether all units keep one time: then a month holds what was taken in between its two ends, and nothing else. */
const oneZone = (tree: OrganisationTree): boolean =>
  new Set(tree.descendants(tree.root.unitId).map((unitId) => tree.zoneOf(unitId))).size === 1;

/**
 * One page of what a text finds, newest first. In: a condition with {@link textCondition} in it, and the page's position. One
 * region is asked at once; several are read month by month backwards, where months follow one another everywhere.
 */
export async function pageFound(
  db: Queryable,
  condition: Sql,
  after: Cursor | null,
  limit: number,
  { tree, nodes }: { readonly tree: OrganisationTree; readonly nodes: readonly number[] },
): Promise<ListRow[]> {
  if (regionsOf(tree, nodes).length === 1 || !oneZone(tree)) return pageByIntake(db, condition, after, limit);
  const rows: ListRow[] = [];
  for (const months of stretches(await monthsUntil(db, after))) {
    const within = sql` and w.intake_month = any(${months}::int[]) and c.intake_month = any(${months}::int[])`;
    rows.push(...(await pageByIntake(db, sql`${condition}${within}`, after, limit - rows.length)));
    if (rows.length === limit) break;
  }
  return rows;
}

// The months in which orders were taken in, newest first, from the page's position backwards.
async function monthsUntil(db: Queryable, after: Cursor | null): Promise<number[]> {
  const { first, last } = await db.one<{ first: number | null; last: number | null }>(
    sql`select min(intake_at) as first, max(intake_at) as last from work_order where import_id is null`,
  );
  if (first === null || last === null) return [];
  const months = monthsBetween(first - ZONES_APART_MS, last + ZONES_APART_MS).reverse();
  const newest = after === null ? undefined : parseOrderId(after.orderId)?.intakeMonth;
  return newest === undefined ? months : months.filter((month) => month <= newest);
}

// One month, then two, four, eight: what is common is found in the first, what is rare costs few journeys.
function stretches(months: readonly number[]): number[][] {
  const parts: number[][] = [];
  for (let from = 0, size = 1; from < months.length; from += size, size *= 2) parts.push(months.slice(from, from + size));
  return parts;
}
