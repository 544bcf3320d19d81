// Who reads and writes which articles. An article holds for the unit that issued it and everything below, so it is read along the
// whole line: from above, and from below; it is written by those whose grant reaches the issuing unit.
import { formatCivilDate } from "@bihuan/core/calendar/civil-date.ts";
import { compileZone, toLocalMs } from "@bihuan/core/calendar/zone.ts";
import type { OrganisationTree } from "@bihuan/core/identity/organisation.ts";
import { can, nodesFor, type Scope } from "@bihuan/core/identity/scope.ts";
import { currentTree } from "../identity/organisation/tree.ts";
import type { Platform } from "../platform/platform.ts";
import { type Sql, sql } from "../platform/sql.ts";

/** Who asks, in the organisation as it stands, on which civil date. */
export type Reader = { readonly scope: Scope; readonly tree: OrganisationTree; readonly today: string };

const DAY_MS = 86_400_000;

/** The civil date at a unit. */
export const todayAt = (tree: OrganisationTree, unitId: number, nowMs: number): string =>
  formatCivilDate(Math.floor(toLocalMs(compileZone(tree.zoneOf(unitId)), nowMs) / DAY_MS));

export async function readerOf(platform: Pick<Platform, "db" | "time">, scope: Scope): Promise<Reader> {
  const tree = await currentTree(platform);
  return { scope, tree, today: todayAt(tree, scope.homeUnitId, platform.time.nowMs()) };
}

export const mayRead = ({ scope, tree }: Reader, unitId: number): boolean =>
  nodesFor(scope, tree, "knowledge.read").some((node) => tree.isWithin(unitId, node) || tree.isWithin(node, unitId));

export const mayEdit = ({ scope, tree }: Reader, unitId: number): boolean => can(scope, tree, "knowledge.edit", unitId);

/** The issuing units this reader's articles come from, as a condition on a column. */
export function readWithin({ scope, tree }: Reader, column: Sql): Sql {
  const nodes = nodesFor(scope, tree, "knowledge.read");
  if (nodes.includes(tree.root.unitId)) return sql`true`;
  const units = new Set(nodes.flatMap((node) => [...tree.ancestors(node), ...tree.descendants(node)]));
  return sql`${column} = any(${[...units]}::int[])`;
}

/** The region what this reader says and misses is booked to. */
export const regionOf = ({ scope, tree }: Reader): number => tree.unit(scope.homeUnitId)?.regionId ?? tree.root.regionId;

/** The reader as a person; null for a program. */
export const personOf = ({ scope }: Reader): number | null => (scope.principal.kind === "staff" ? scope.principal.id : null);
