// What may be done to the organisation. Each function says why not, or null; nothing here changes anything.
import { type Refusal, refuse } from "../refusal.ts";
import { FIRST_REGION, LAST_REGION, MAX_DEPTH, type OrganisationTree, type UnitKind } from "./organisation.ts";

// A unit stands below a kind of lower rank. Departments stand beside the line: below any company and below each other.
const rank: Readonly<Record<Exclude<UnitKind, "DEPARTMENT">, number>> = {
  PROVINCE: 1,
  CITY: 2,
  COUNTY: 3,
  STATION: 4,
  HALL: 5,
  CREW: 5,
};

/** Whether a unit of this kind may stand directly below one of that kind. */
export function mayStandBelow(kind: UnitKind, parentKind: UnitKind): boolean {
  if (parentKind === "HALL" || parentKind === "CREW") return false;
  if (kind === "DEPARTMENT") return true;
  if (parentKind === "DEPARTMENT") return rank[kind] >= rank.STATION;
  return rank[kind] > rank[parentKind];
}

/** Whether the text names a time zone (IANA), as opposed to an offset. */
export function isZone(zone: string): boolean {
  if (!/^[A-Za-z][A-Za-z0-9_+/-]*$/.test(zone)) return false;
  try {
    new Intl.DateTimeFormat("en", { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}

export const zoneRefusal = (zone: string | null | undefined): Refusal | null =>
  zone == null || isZone(zone) ? null : refuse("identity.zone-unknown", { zone });

/** The lowest region number nobody uses, or null where all 822 are taken. */
export function freeRegion(taken: ReadonlySet<number>): number | null {
  for (let region = FIRST_REGION; region <= LAST_REGION; region++) if (!taken.has(region)) return region;
  return null;
}

/** The regions that are given away: those of the root and of every city. */
export const takenRegions = (tree: OrganisationTree): Set<number> =>
  new Set(tree.regionsWithin(tree.root.unitId)).add(tree.root.regionId);

/** The region of a new unit: its own number for a city (given, else the next free one), that of its parent otherwise. */
export function regionOfNew(
  tree: OrganisationTree,
  unit: { kind: UnitKind; parentId: number; regionId?: number | undefined },
): number | Refusal {
  const parent = tree.unit(unit.parentId);
  if (!parent) return refuse("identity.unit-unknown", { unit: unit.parentId });
  if (unit.kind !== "CITY") {
    const wrong = unit.regionId !== undefined && unit.regionId !== parent.regionId;
    return wrong ? refuse("identity.unit-region-taken", { region: unit.regionId as number }) : parent.regionId;
  }
  const taken = takenRegions(tree);
  const region = unit.regionId ?? freeRegion(taken);
  if (region === null || taken.has(region) || region < FIRST_REGION || region > LAST_REGION)
    return refuse("identity.unit-region-taken", { region });
  return region;
}

/** Why a unit cannot be created below a parent, or null. */
export function createRefusal(tree: OrganisationTree, unit: { code: string; kind: UnitKind; parentId: number }): Refusal | null {
  const parent = tree.unit(unit.parentId);
  if (!parent?.active) return refuse("identity.unit-unknown", { unit: unit.parentId });
  if (tree.byCode(unit.code)) return refuse("identity.unit-code-taken", { code: unit.code });
  if (!mayStandBelow(unit.kind, parent.kind))
    return refuse("identity.unit-kind-order", { kind: unit.kind, parentKind: parent.kind });
  if (tree.depthOf(parent.unitId) + 1 > MAX_DEPTH) return refuse("identity.unit-too-deep", { maximum: MAX_DEPTH });
  return null;
}

/** Why a unit cannot be moved below another, or null. Order ids carry the region, so the whole subtree must keep it. */
export function moveRefusal(tree: OrganisationTree, unitId: number, parentId: number): Refusal | null {
  const unit = tree.unit(unitId);
  const parent = tree.unit(parentId);
  if (!unit) return refuse("identity.unit-unknown", { unit: unitId });
  if (!parent?.active) return refuse("identity.unit-unknown", { unit: parentId });
  if (unit.parentId === null) return refuse("identity.unit-root-fixed");
  if (tree.isWithin(parentId, unitId)) return refuse("identity.unit-cycle");
  if (!mayStandBelow(unit.kind, parent.kind))
    return refuse("identity.unit-kind-order", { kind: unit.kind, parentKind: parent.kind });
  const height = Math.max(...tree.descendants(unitId).map((id) => tree.depthOf(id))) - tree.depthOf(unitId);
  if (tree.depthOf(parentId) + 1 + height > MAX_DEPTH) return refuse("identity.unit-too-deep", { maximum: MAX_DEPTH });
  if (unit.kind !== "CITY" && parent.regionId !== unit.regionId)
    return refuse("identity.unit-region-fixed", { region: unit.regionId });
  return null;
}

/**
 * Why a unit cannot become one of another kind, or null: what stands directly above and below it must still fit. Below the root a
 * city cannot cease to be one, nor another become one: its region number stands in the numbers of its orders.
 */
export function kindRefusal(tree: OrganisationTree, unitId: number, kind: UnitKind): Refusal | null {
  const unit = tree.unit(unitId);
  if (!unit) return refuse("identity.unit-unknown", { unit: unitId });
  if (kind === unit.kind) return null;
  const parent = unit.parentId === null ? null : tree.unit(unit.parentId);
  if (parent && !mayStandBelow(kind, parent.kind)) return refuse("identity.unit-kind-order", { kind, parentKind: parent.kind });
  const misfit = tree.children(unitId).find((child) => !mayStandBelow(child.kind, kind));
  if (misfit) return refuse("identity.unit-kind-order", { kind: misfit.kind, parentKind: kind });
  if (parent && (kind === "CITY" || unit.kind === "CITY")) return refuse("identity.unit-region-fixed", { region: unit.regionId });
  return null;
}

/** Why a unit cannot be deactivated, or null. In: how many active people have their home there. */
export function deactivateRefusal(tree: OrganisationTree, unitId: number, activeStaff: number): Refusal | null {
  const unit = tree.unit(unitId);
  if (!unit) return refuse("identity.unit-unknown", { unit: unitId });
  if (unit.parentId === null) return refuse("identity.unit-root-fixed");
  const units = tree.children(unitId).filter((child) => child.active).length;
  return units > 0 || activeStaff > 0 ? refuse("identity.unit-in-use", { units, staff: activeStaff }) : null;
}
