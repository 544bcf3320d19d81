import type { UnitView } from "@bihuan/contract/identity-organisation.ts";
import type { OrganisationTree, Unit } from "@bihuan/core/identity/organisation.ts";
import { can, type Scope } from "@bihuan/core/identity/scope.ts";
import type { Queryable } from "../../platform/database.ts";
import { sql } from "../../platform/sql.ts";

/** A unit as the contract shows it to this caller. */
export function unitView(tree: OrganisationTree, scope: Scope, unit: Unit): UnitView {
  return {
    unitId: unit.unitId,
    code: unit.code,
    name: unit.name,
    kind: unit.kind,
    parentId: unit.parentId,
    depth: tree.depthOf(unit.unitId),
    regionId: unit.regionId,
    zone: unit.zone,
    effectiveZone: tree.zoneOf(unit.unitId),
    areaClass: unit.areaClass,
    effectiveAreaClass: tree.areaClassOf(unit.unitId),
    active: unit.active,
    version: unit.version,
    mayEdit: can(scope, tree, "organisation.edit", unit.unitId),
  };
}

/** Whether the root is still the one of the first start, which nobody named yet. */
export const rootIsPlaceholder = async (on: Queryable): Promise<boolean> =>
  (await on.one<{ placeholder: boolean }>(sql`select placeholder from unit where parent_id is null`)).placeholder;

/** How many active people have their home at exactly this unit. */
export const activeStaffAt = async (on: Queryable, unitId: number): Promise<number> =>
  (await on.one<{ count: number }>(sql`select count(*)::int as count from staff where home_unit_id = ${unitId} and active`))
    .count;
