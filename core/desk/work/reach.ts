// Whose work a task is: of the nearest who may do it. A reply waits for the reviewer of the hall that took the demand in; where the
// hall has none, for the county's; and for nobody, where no level above has one either.
import type { OrganisationTree } from "../../identity/organisation.ts";
import type { Role } from "../../identity/roles.ts";
import { taskKinds, type TaskKind } from "../../flow/tasks/task.ts";

/** Who holds a role just now, by unit: the staff there, at least one. */
export type Staffing = ReadonlyMap<Role, ReadonlyMap<number, readonly number[]>>;

export type Grant = { readonly role: Role; readonly unitId: number };

const isStaffed = (staffing: Staffing, kind: TaskKind, unitId: number): boolean =>
  taskKinds[kind].by.some((role) => staffing.get(role)?.has(unitId));

/** The nearest unit, from a unit upwards, at which somebody may do a kind of task; null where nobody may. */
export const nearestStaffed = (tree: OrganisationTree, staffing: Staffing, kind: TaskKind, unitId: number): number | null =>
  tree.ancestors(unitId).find((node) => isStaffed(staffing, kind, node)) ?? null;

/**
 * The units whose tasks of a kind are the work of somebody with these grants: at or below a unit where the role is held, and not below
 * one nearer to it that has people of its own. In the tree's order, each once.
 */
export function unitsServed(tree: OrganisationTree, staffing: Staffing, kind: TaskKind, grants: readonly Grant[]): number[] {
  const roles: readonly Role[] = taskKinds[kind].by;
  const nodes = new Set(grants.filter(({ role }) => roles.includes(role)).map(({ unitId }) => unitId));
  const served: number[] = [];
  const visit = (unitId: number): void => {
    served.push(unitId);
    for (const child of tree.children(unitId))
      if (!nodes.has(child.unitId) && !isStaffed(staffing, kind, child.unitId)) visit(child.unitId);
  };
  for (const node of nodes) if (tree.unit(node)) visit(node);
  return served.sort((a, b) => tree.position(a) - tree.position(b));
}

export type Substituted = { readonly units: readonly number[]; readonly staff: readonly number[] };

/** So few people at a level may all have worked on one order themselves. */
const FEW = 3;

/**
 * Levels that somebody with these grants stands in for: those right below a unit where the role is held that have people of their own,
 * but so few that all of them may be kept from a task by what they did on the order. Out: the units each serves, and its staff.
 */
export function stoodInFor(tree: OrganisationTree, staffing: Staffing, kind: TaskKind, grants: readonly Grant[]): Substituted[] {
  const roles: readonly Role[] = taskKinds[kind].by;
  const nodes = new Set(grants.filter(({ role }) => roles.includes(role)).map(({ unitId }) => unitId));
  const found: Substituted[] = [];
  const visit = (unitId: number): void => {
    for (const { unitId: child } of tree.children(unitId)) {
      if (nodes.has(child)) continue;
      const staff = [...new Set(roles.flatMap((role) => staffing.get(role)?.get(child) ?? []))].sort((a, b) => a - b);
      if (staff.length === 0) visit(child);
      else if (staff.length <= FEW) found.push({ units: servedFrom(tree, staffing, kind, child), staff });
    }
  };
  for (const node of nodes) if (tree.unit(node)) visit(node);
  return found;
}

function servedFrom(tree: OrganisationTree, staffing: Staffing, kind: TaskKind, node: number): number[] {
  const below = tree.children(node).filter(({ unitId }) => !isStaffed(staffing, kind, unitId));
  return [node, ...below.flatMap(({ unitId }) => servedFrom(tree, staffing, kind, unitId))];
}
