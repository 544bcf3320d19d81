// What the signed-in person or integration reaches. The one place where "may they, and where" is decided; the server turns
// the answers into SQL (server/identity/scope.ts), nothing else does.
import type { OrganisationTree } from "./organisation.ts";
import type { Permission } from "./permissions.ts";
import { type Role, roleMay } from "./roles.ts";

export type Principal = { readonly kind: "staff" | "api-key"; readonly id: number; readonly name: string };
export type Grant = { readonly role: Role; readonly unitId: number };

export type Scope = {
  readonly principal: Principal;
  readonly homeUnitId: number;
  /** The grants valid at the instant of the request. */
  readonly grants: readonly Grant[];
  /** True until a one-time or expired password is changed: the person may do that, and nothing else. */
  readonly mustChangePassword?: boolean;
};

/** Whether the permission is held at the unit or at a node above it. */
export const can = (scope: Scope, tree: OrganisationTree, permission: Permission, unitId: number): boolean =>
  scope.grants.some((grant) => roleMay(grant.role, permission) && tree.isWithin(unitId, grant.unitId));

/** Whether the permission is held anywhere. */
export const canSomewhere = (scope: Scope, permission: Permission): boolean =>
  scope.grants.some((grant) => roleMay(grant.role, permission));

/** The topmost nodes where the permission is held, in the tree's order: none lies within another. */
export function nodesFor(scope: Scope, tree: OrganisationTree, permission: Permission): number[] {
  const held = [...new Set(scope.grants.filter((grant) => roleMay(grant.role, permission)).map((grant) => grant.unitId))];
  const top = held.filter((node) => tree.unit(node) && !held.some((other) => other !== node && tree.isWithin(node, other)));
  return top.sort((a, b) => tree.position(a) - tree.position(b));
}

/** The roles that reach the unit. */
export const rolesAt = (scope: Scope, tree: OrganisationTree, unitId: number): Set<Role> =>
  new Set(scope.grants.filter((grant) => tree.isWithin(unitId, grant.unitId)).map((grant) => grant.role));

/** Every unit where the permission reaches, the nodes' subtrees one after the other. */
export const unitsReach = (scope: Scope, tree: OrganisationTree, permission: Permission): number[] =>
  nodesFor(scope, tree, permission).flatMap((node) => tree.descendants(node));

/** The regions in which the permission reaches at least one unit, ascending: what a query puts first in its filter. */
export const regionsReached = (scope: Scope, tree: OrganisationTree, permission: Permission): number[] =>
  [...new Set(nodesFor(scope, tree, permission).flatMap((node) => tree.regionsWithin(node)))].sort((a, b) => a - b);
