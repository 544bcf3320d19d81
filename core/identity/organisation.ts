// The organisation as a pure tree: province → city → county → station / hall → crew, departments beside them.
import { z } from "zod";
import type { Bilingual } from "../text.ts";

export const unitKinds = ["PROVINCE", "CITY", "COUNTY", "STATION", "HALL", "CREW", "DEPARTMENT"] as const;
export const UnitKind = z.enum(unitKinds);
export type UnitKind = z.infer<typeof UnitKind>;

export const unitKindTitles: Readonly<Record<UnitKind, Bilingual>> = {
  PROVINCE: { zh: "省公司", en: "Province company" },
  CITY: { zh: "地市公司", en: "City company" },
  COUNTY: { zh: "县公司", en: "County company" },
  STATION: { zh: "供电所", en: "Supply station" },
  HALL: { zh: "营业厅", en: "Business hall" },
  CREW: { zh: "班组", en: "Crew" },
  DEPARTMENT: { zh: "部门", en: "Department" },
};

export const areaClasses = ["URBAN", "RURAL", "REMOTE"] as const;
export const AreaClass = z.enum(areaClasses);
export type AreaClass = z.infer<typeof AreaClass>;

/** The deepest level of the tree: order rows carry the responsible unit's ancestors in columns unit1 … unit6. */
export const MAX_DEPTH = 6;
export const DEFAULT_ZONE = "Asia/Shanghai";
/** Region numbers are the first three digits of an order id, which must fit a signed 64-bit number. */
export const FIRST_REGION = 100;
export const LAST_REGION = 921;

export type Unit = {
  readonly unitId: number;
  readonly code: string;
  readonly name: string;
  readonly kind: UnitKind;
  /** Null for the root only. */
  readonly parentId: number | null;
  /** 100–921: that of the nearest city at or above the unit, else the root's. */
  readonly regionId: number;
  /** IANA zone set here; null inherits. */
  readonly zone: string | null;
  /** Area class set here; null inherits. */
  readonly areaClass: AreaClass | null;
  readonly active: boolean;
  readonly version: number;
};

/** Unknown unit ids are within nothing, have no ancestors and depth 0. */
export type OrganisationTree = {
  readonly root: Unit;
  readonly size: number;
  /** Every unit, parents before children, siblings by code. */
  readonly units: readonly Unit[];
  unit(unitId: number): Unit | null;
  byCode(code: string): Unit | null;
  /** Unit ids from the unit itself up to the root. */
  ancestors(unitId: number): readonly number[];
  /** Unit ids from the root down to the unit: element 0 is unit1, element 1 unit2, … */
  path(unitId: number): readonly number[];
  /** 1 for the root. */
  depthOf(unitId: number): number;
  /** Whether the unit is the node or below it. */
  isWithin(unitId: number, nodeId: number): boolean;
  children(nodeId: number): readonly Unit[];
  /** Unit ids of the node and everything below it, the node first. */
  descendants(nodeId: number): readonly number[];
  /** Where the unit stands in `units`; -1 where unknown. */
  position(unitId: number): number;
  /** The regions of the node and everything below it, ascending. */
  regionsWithin(nodeId: number): readonly number[];
  /** The zone that applies to the unit: its own, else the nearest above, else Asia/Shanghai. */
  zoneOf(unitId: number): string;
  /** The area class that applies to the unit: its own, else the nearest above, else null. */
  areaClassOf(unitId: number): AreaClass | null;
};

/** Builds the tree. Errors (thrown: the rows come from our own table): no or several roots, a missing parent, a cycle. */
export function organisationTree(rows: readonly Unit[]): OrganisationTree {
  const byId = new Map(rows.map((unit) => [unit.unitId, unit]));
  const byCode = new Map(rows.map((unit) => [unit.code, unit]));
  const children = new Map<number, Unit[]>();
  const roots: Unit[] = [];
  for (const unit of [...rows].sort((a, b) => (a.code < b.code ? -1 : a.code > b.code ? 1 : 0))) {
    if (unit.parentId === null) roots.push(unit);
    else if (!byId.has(unit.parentId)) throw new Error(`unit ${unit.unitId}: parent ${unit.parentId} does not exist`);
    else if (!children.get(unit.parentId)?.push(unit)) children.set(unit.parentId, [unit]);
  }
  const root = roots[0];
  if (!root || roots.length > 1) throw new Error(`the organisation has ${roots.length} roots`);

  // Preorder numbering makes "is within" two comparisons: a subtree is a stretch of the order.
  const units: Unit[] = [];
  const first = new Map<number, number>();
  const last = new Map<number, number>();
  const paths = new Map<number, readonly number[]>();
  const regions = new Map<number, readonly number[]>();
  const visit = (unit: Unit, above: readonly number[]): void => {
    const path = [...above, unit.unitId];
    first.set(unit.unitId, units.length);
    paths.set(unit.unitId, path);
    units.push(unit);
    for (const child of children.get(unit.unitId) ?? []) visit(child, path);
    last.set(unit.unitId, units.length - 1);
    const below = (children.get(unit.unitId) ?? []).flatMap((child) => regions.get(child.unitId) as readonly number[]);
    regions.set(
      unit.unitId,
      [...new Set([unit.regionId, ...below])].sort((a, b) => a - b),
    );
  };
  visit(root, []);
  if (units.length !== rows.length) throw new Error("the organisation has a cycle");

  const path = (unitId: number): readonly number[] => paths.get(unitId) ?? [];
  const nearest = <T>(unitId: number, pick: (unit: Unit) => T | null): T | null => {
    for (const id of path(unitId).toReversed()) {
      const value = pick(byId.get(id) as Unit);
      if (value !== null) return value;
    }
    return null;
  };
  return {
    root,
    size: units.length,
    units,
    unit: (unitId) => byId.get(unitId) ?? null,
    byCode: (code) => byCode.get(code) ?? null,
    ancestors: (unitId) => path(unitId).toReversed(),
    path,
    depthOf: (unitId) => path(unitId).length,
    isWithin(unitId, nodeId) {
      const at = first.get(unitId);
      const from = first.get(nodeId);
      return at !== undefined && from !== undefined && at >= from && at <= (last.get(nodeId) as number);
    },
    children: (nodeId) => children.get(nodeId) ?? [],
    descendants(nodeId) {
      const from = first.get(nodeId);
      return from === undefined ? [] : units.slice(from, (last.get(nodeId) as number) + 1).map((unit) => unit.unitId);
    },
    position: (unitId) => first.get(unitId) ?? -1,
    regionsWithin: (nodeId) => regions.get(nodeId) ?? [],
    zoneOf: (unitId) => nearest(unitId, (unit) => unit.zone) ?? DEFAULT_ZONE,
    areaClassOf: (unitId) => nearest(unitId, (unit) => unit.areaClass),
  };
}
