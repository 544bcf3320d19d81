// The organisation as the pickers and the tree page need it. The list may begin below the province: what has no parent in it is a top.
import type { UnitView } from "@bihuan/contract/identity-organisation.ts";
import { mayStandBelow } from "@bihuan/core/identity/organisation-change.ts";
import { type UnitKind, unitKinds } from "@bihuan/core/identity/organisation.ts";

export type UnitNode = { readonly unit: UnitView; readonly children: readonly UnitNode[] };

/** In: units, parents before children. Out: the topmost ones with everything below them, in the order of the list. */
export function unitTree(units: readonly UnitView[]): UnitNode[] {
  const known = new Map(units.map((unit) => [unit.unitId, { unit, children: [] as UnitNode[] }]));
  const tops: UnitNode[] = [];
  for (const node of known.values()) {
    const parent = node.unit.parentId === null ? undefined : known.get(node.unit.parentId);
    (parent?.children ?? tops).push(node);
  }
  return tops;
}

/** The nodes that are shown: those that fit the words, and those above them. No words show everything. */
export function matching(nodes: readonly UnitNode[], words: string): UnitNode[] {
  const wanted = words.trim().toLowerCase();
  if (wanted === "") return [...nodes];
  return nodes.flatMap((node) => {
    const below = matching(node.children, words);
    const fits = node.unit.name.toLowerCase().includes(wanted) || node.unit.code.toLowerCase().includes(wanted);
    return fits || below.length > 0 ? [{ unit: node.unit, children: fits ? node.children : below }] : [];
  });
}

/** Names from the top down to the unit. */
export function pathOf(units: readonly UnitView[], unitId: number): UnitView[] {
  const byId = new Map(units.map((unit) => [unit.unitId, unit]));
  const path: UnitView[] = [];
  for (
    let unit = byId.get(unitId);
    unit && path.length < units.length;
    unit = unit.parentId === null ? undefined : byId.get(unit.parentId)
  )
    path.unshift(unit);
  return path;
}

/** True where the unit is the node or below it. */
export const isWithin = (units: readonly UnitView[], unitId: number, nodeId: number): boolean =>
  pathOf(units, unitId).some((unit) => unit.unitId === nodeId);

const companies: readonly UnitKind[] = ["PROVINCE", "CITY", "COUNTY"];

/**
 * The kinds a unit could be of, its own among them: those that fit what stands above and below it. The root is a company; below it a
 * city stays one, and nothing else becomes one, because its region number stands in the numbers of its orders.
 */
export function kindsFor(units: readonly UnitView[], unit: UnitView): UnitKind[] {
  const parent = units.find(({ unitId }) => unitId === unit.parentId);
  const below = units.filter(({ parentId }) => parentId === unit.unitId);
  const mayBe = (kind: UnitKind): boolean =>
    unit.parentId === null
      ? companies.includes(kind)
      : parent !== undefined && kind !== "CITY" && unit.kind !== "CITY" && mayStandBelow(kind, parent.kind);
  return unitKinds.filter(
    (kind) => kind === unit.kind || (mayBe(kind) && below.every((child) => mayStandBelow(child.kind, kind))),
  );
}
