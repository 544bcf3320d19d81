// Which tasks are somebody's: as conditions on the table of tasks, one for each index that finds them.
import { type Staffing, stoodInFor, unitsServed } from "@bihuan/core/desk/work/reach.ts";
import { doableKinds, heldKinds, taskKinds, type TaskKind } from "@bihuan/core/flow/tasks/task.ts";
import type { OrganisationTree } from "@bihuan/core/identity/organisation.ts";
import type { Role } from "@bihuan/core/identity/roles.ts";
import type { Scope } from "@bihuan/core/identity/scope.ts";
import { empty, join, type Sql, sql } from "../../platform/sql.ts";

/** A part of somebody's tasks. `units`: read unit by unit, each in the order of its index; null: read by `condition` alone. */
export type Branch = { readonly condition: Sql; readonly units: readonly number[] | null };

export type Narrowing = {
  readonly flow?: string | undefined;
  readonly kind?: TaskKind | undefined;
  readonly unitId?: number | undefined;
};

/** So many units are read one by one; more of them along the whole city's index, or the province's. */
const UNITS_ONE_BY_ONE = 100;

const staffOf = (scope: Scope): number => (scope.principal.kind === "staff" ? scope.principal.id : 0);
const waiting: readonly TaskKind[] = ["suspended", "merged"];

const narrowed = (tree: OrganisationTree, { flow, kind, unitId }: Narrowing): Sql => {
  const parts = [
    ...(flow === undefined ? [] : [sql`t.flow = ${flow}`]),
    ...(kind === undefined ? [] : [sql`t.kind = ${kind}`]),
    ...(unitId === undefined ? [] : [sql`t.unit_id = any(${tree.descendants(unitId)}::int[])`]),
  ];
  return parts.length === 0 ? empty : sql` and ${join(parts, " and ")}`;
};

// An agent at the counter works on whatever the hall has, whoever has it; a handler on what nobody has yet.
function freeFor(kind: TaskKind, roles: ReadonlySet<Role>, me: number): Sql {
  if (kind === "counter" && roles.has("AGENT")) return sql` and t.holder_id is distinct from ${me}`;
  return heldKinds.has(kind) ? sql` and t.holder_id is null` : sql` and t.holder_id is distinct from ${me}`;
}

type Owed = { readonly kind: TaskKind; readonly units: readonly number[] };

/** What somebody's units owe and his roles may do, kind by kind. */
const owedBy = (tree: OrganisationTree, staffing: Staffing, scope: Scope): Owed[] => {
  const roles = new Set(scope.grants.map(({ role }) => role));
  return doableKinds
    .filter((kind) => taskKinds[kind].by.some((role) => roles.has(role)))
    .map((kind) => ({ kind, units: unitsServed(tree, staffing, kind, scope.grants) }));
};

/** What somebody has to do: what he has, and what his units owe and his roles may do. */
export function myBranches(tree: OrganisationTree, staffing: Staffing, scope: Scope, narrowing: Narrowing): Branch[] {
  const me = staffOf(scope);
  const roles = new Set(scope.grants.map(({ role }) => role));
  const held: Branch = {
    condition: sql`t.holder_id = ${me} and not t.kind = any(${waiting}::text[])${narrowed(tree, narrowing)}`,
    units: null,
  };
  const owed = owedBy(tree, staffing, scope).flatMap(({ kind, units: served }): Branch[] => {
    const units = served.filter((unitId) => narrowing.unitId === undefined || tree.isWithin(unitId, narrowing.unitId));
    if (units.length === 0 || (narrowing.kind ?? kind) !== kind) return [];
    const flow = narrowing.flow === undefined ? empty : sql` and t.flow = ${narrowing.flow}`;
    const condition = sql`t.kind = ${kind}${flow}${freeFor(kind, roles, me)} and not ${me} = any(t.kept_out)`;
    return [
      units.length <= UNITS_ONE_BY_ONE
        ? { condition, units }
        : { condition: sql`${condition}${placeOf(tree, units)}`, units: null },
    ];
  });
  return [held, ...owed, ...steppingIn(tree, staffing, scope, narrowing)];
}

// Kinds from which somebody may be kept by what he did on the order.
const keptFrom: readonly TaskKind[] = ["review", "callback", "archive", "decide"];

// What the few at the level below may not do, since all of them worked on it. Where more units than that lie below, there are several
// people at every level, and nobody steps in for them.
function steppingIn(tree: OrganisationTree, staffing: Staffing, scope: Scope, narrowing: Narrowing): Branch[] {
  const me = staffOf(scope);
  return keptFrom.flatMap((kind): Branch[] => {
    if ((narrowing.kind ?? kind) !== kind) return [];
    const levels = stoodInFor(tree, staffing, kind, scope.grants);
    const units = levels
      .flatMap((level) => level.units)
      .filter((unitId) => narrowing.unitId === undefined || tree.isWithin(unitId, narrowing.unitId));
    if (units.length === 0 || units.length > UNITS_ONE_BY_ONE) return [];
    const flow = narrowing.flow === undefined ? empty : sql` and t.flow = ${narrowing.flow}`;
    const kept = levels.map((level) => sql`(t.unit_id = any(${level.units}::int[]) and t.kept_out @> ${level.staff}::int[])`);
    return [{ condition: sql`t.kind = ${kind}${flow} and (${join(kept, " or ")}) and not ${me} = any(t.kept_out)`, units }];
  });
}

// All of one city's are read along the city's index.
function placeOf(tree: OrganisationTree, units: readonly number[]): Sql {
  const second = new Set(units.map((unitId) => tree.path(unitId)[1] ?? null));
  const [city] = second;
  const within = second.size === 1 && city != null ? sql` and t.unit2 = ${city}` : empty;
  return sql`${within} and t.unit_id = any(${units}::int[])`;
}

/** What waits for others: what somebody asked, what he has and is suspended, what he took in and somebody else has to do. */
export function waitingBranches(tree: OrganisationTree, staffing: Staffing, scope: Scope, narrowing: Narrowing): Branch[] {
  const me = staffOf(scope);
  const more = narrowed(tree, narrowing);
  const own = owedBy(tree, staffing, scope).map(
    ({ kind, units }) => sql` and not (t.kind = ${kind} and t.unit_id = any(${units}::int[]) and not ${me} = any(t.kept_out))`,
  );
  return [
    { condition: sql`t.asked_by = ${me}${more}`, units: null },
    { condition: sql`t.holder_id = ${me} and t.kind = any(${waiting}::text[])${more}`, units: null },
    {
      condition: sql`t.taken_by = ${me} and t.holder_id is distinct from ${me}${own.length > 0 ? join(own, "") : empty}${more}`,
      units: null,
    },
  ];
}
