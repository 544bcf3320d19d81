// The reach of a caller over customers: whole files, single accounts, and as a condition of a query.
import type { OrganisationTree } from "@bihuan/core/identity/organisation.ts";
import type { Permission } from "@bihuan/core/identity/permissions.ts";
import { can, type Scope } from "@bihuan/core/identity/scope.ts";
import { type Refusal, refuse } from "@bihuan/core/refusal.ts";
import { regionsWithin, unitWithin } from "../identity/scope.ts";
import { join, raw, type Sql, sql } from "../platform/sql.ts";

/** Who asks, in the organisation as it stands. */
export type Editor = { readonly scope: Scope; readonly tree: OrganisationTree };

const mayAt =
  (permission: Permission) =>
  ({ scope, tree }: Editor, unitId: number): Refusal | null =>
    can(scope, tree, permission, unitId) ? null : refuse("permission.missing", { permission });

/** Why somebody may not change accounts of a unit, or null. */
export const mayEditAt = mayAt("customer.edit");
/** Why somebody may not merge files with accounts of a unit, or null. */
export const mayManageAt = mayAt("customer.manage");

/** Whether a file is within reach: one of its accounts is the responsibility of a unit where the permission is held. */
export const reaches = (
  { scope, tree }: Editor,
  file: { readonly accounts: readonly { readonly unitId: number }[] },
  permission: Permission,
): boolean => file.accounts.some((account) => can(scope, tree, permission, account.unitId));

/** Rows where every one of the permissions is held, and at or below the unit asked for, if any. A unit that does not exist holds none. */
export function withinReach(
  { scope, tree }: Editor,
  permissions: readonly Permission[],
  unitId: number | undefined,
  alias = "a",
): Sql {
  const unit = raw(`${alias}.unit_id`);
  const region = raw(`${alias}.region_id`);
  return join(
    [
      ...permissions.flatMap((permission) => [
        regionsWithin(scope, tree, permission, region),
        unitWithin(scope, tree, permission, unit),
      ]),
      ...(unitId === undefined || unitId === tree.root.unitId
        ? []
        : [sql`${unit} = any(${[...tree.descendants(unitId)]}::int[])`]),
    ],
    " and ",
  );
}
