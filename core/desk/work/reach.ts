// Whose work a task is: of the nearest who may do it. A reply waits for the reviewer of the hall that took the demand in; where the
// hall has none, for the county's; and for nobody, where no level above has one either.
import type { OrganisationTree } from "../../identity/organisation.ts";
import type { Role } from "../../identity/roles.ts";
import { taskKinds, type TaskKind } from "../../flow/tasks/task.ts";

/** The units at which somebody holds a role just now. */
export type Staffing = ReadonlyMap<Role, ReadonlySet<number>>;

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
