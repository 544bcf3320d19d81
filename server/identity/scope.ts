// A scope as SQL: the one way by which a query is narrowed to what the caller reaches.
import type { OrganisationTree } from "@bihuan/core/identity/organisation.ts";
import type { Permission } from "@bihuan/core/identity/permissions.ts";
import { nodesFor, type Scope } from "@bihuan/core/identity/scope.ts";
import { join, type Sql, sql } from "../platform/sql.ts";

/** Names the column that holds a row's ancestor at a depth (1 is the root): `(depth) => raw(\`w.unit${depth}\`)`. */
export type ColumnForDepth = (depth: number) => Sql;

const NOTHING = sql`false`;
const EVERYTHING = sql`true`;

const anyOf = (column: Sql, ids: readonly number[]): Sql =>
  ids.length === 1 ? sql`${column} = ${ids[0]}` : sql`${column} = any(${ids}::int[])`;

/**
 * Rows at or below any of the nodes, for tables that carry the ancestors of their unit in columns by depth (unit1 … unit6).
 * Out: a condition in brackets, safe to combine; `true` for the root, `false` for no node.
 */
export function belowNodes(tree: OrganisationTree, nodes: readonly number[], columnForDepth: ColumnForDepth): Sql {
  const byDepth = new Map<number, number[]>();
  for (const node of nodes) {
    const depth = tree.depthOf(node);
    if (depth === 1) return EVERYTHING;
    if (depth > 1) byDepth.set(depth, [...(byDepth.get(depth) ?? []), node]);
  }
  const parts = [...byDepth].sort(([a], [b]) => a - b).map(([depth, ids]) => anyOf(columnForDepth(depth), ids));
  return parts.length === 0 ? NOTHING : sql`(${join(parts, " or ")})`;
}

/**
 * Rows of the units where the permission is held. For an order list this is its responsible unit's columns; the units that
 * took part are a second fragment over their own columns, joined by `or`.
 */
export const unitsWithin = (scope: Scope, tree: OrganisationTree, permission: Permission, columnForDepth: ColumnForDepth): Sql =>
  belowNodes(tree, nodesFor(scope, tree, permission), columnForDepth);

/** The units where the permission is held, and the regions they lie in; null where that is the whole utility. */
export function unitsReached(
  scope: Scope,
  tree: OrganisationTree,
  permission: Permission,
): { readonly units: readonly number[]; readonly regions: readonly number[] } | null {
  const nodes = nodesFor(scope, tree, permission);
  if (nodes.includes(tree.root.unitId)) return null;
  return {
    units: nodes.flatMap((node) => tree.descendants(node)),
    regions: [...new Set(nodes.flatMap((node) => tree.regionsWithin(node)))],
  };
}

/** The same for tables with one unit column only (staff by home unit, log entries by unit). */
export function unitWithin(scope: Scope, tree: OrganisationTree, permission: Permission, column: Sql): Sql {
  const reached = unitsReached(scope, tree, permission);
  if (reached === null) return EVERYTHING;
  return reached.units.length === 0 ? NOTHING : anyOf(column, reached.units);
}

/**
 * The regions of those units, to stand first in a query's filter, so that the key's leading column is bound and a distributed
 * database asks only the nodes concerned. `true` where every region is reached.
 */
export function regionsWithin(scope: Scope, tree: OrganisationTree, permission: Permission, column: Sql): Sql {
  const reached = unitsReached(scope, tree, permission);
  if (reached === null) return EVERYTHING;
  return reached.regions.length === 0 ? NOTHING : sql`${column} = any(${reached.regions}::smallint[])`;
}
