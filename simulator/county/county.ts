// The county as its people know it: units and staff by the numbers the database gave them.
import type { Role } from "@bihuan/core/identity/roles.ts";
import { type Customers, customersOf } from "./customers.ts";
import { CENTRE, hallsOf, organisation, repairCrewsOf, serviceCrewOf } from "./organisation.ts";
import { type StaffMember, staffOf } from "./staff.ts";
import { type Station, stationOfArea, stations } from "./stations.ts";

export type Employee = StaffMember & { readonly staffId: number };

export type County = {
  readonly seed: string;
  readonly zone: string;
  readonly customers: Customers;
  readonly staff: readonly Employee[];
  unitId(code: string): number;
  /** The code of a unit's id; null for one that is not the county's. */
  unitCode(unitId: number): string | null;
  employee(staffId: number): Employee | null;
  /** Simulated people with a role whose home is the unit. */
  at(unit: string, role: Role): readonly Employee[];
};

export const DEFAULT_SEED = "wanghe";
export const DEFAULT_ZONE = "Asia/Shanghai";
export const CUSTOMERS = 60_000;

/**
 * Joins the county made from a seed with the ids it has in a database. In: unit ids by code and staff ids by account. Errors:
 * throws where a unit is missing: it is another county.
 */
export function countyOf(
  known: { readonly units: ReadonlyMap<string, number>; readonly staff: ReadonlyMap<string, number> },
  { seed = DEFAULT_SEED, zone = DEFAULT_ZONE, customers = CUSTOMERS } = {},
): County {
  const missing = organisation.find(({ code }) => !known.units.has(code));
  if (missing) throw new Error(`this is not the county of the demonstration: it has no unit ${missing.code}`);
  const codes = new Map(organisation.map(({ code }) => [known.units.get(code) as number, code]));
  const staff = staffOf(seed).flatMap((member): Employee[] => {
    const staffId = known.staff.get(member.account);
    return staffId === undefined ? [] : [{ ...member, staffId }];
  });
  const byId = new Map(staff.map((member) => [member.staffId, member]));
  const byPost = Map.groupBy(staff, ({ unit, role }) => `${unit} ${role}`);
  return {
    seed,
    zone,
    customers: customersOf(seed, customers),
    staff,
    unitId: (code) => known.units.get(code) as number,
    unitCode: (unitId) => codes.get(unitId) ?? null,
    employee: (staffId) => byId.get(staffId) ?? null,
    at: (unit, role) => byPost.get(`${unit} ${role}`) ?? [],
  };
}

/** The station a unit belongs to; null for the company's own units. */
export const stationOfUnit = (code: string): Station | null =>
  stations.find((station) => code === station.code || code.startsWith(`${station.code}-`)) ?? null;

/** Who handles a matter in a transformer area: a repair crew its faults, the service crew the rest. Unknown places: the town. */
export function handlingUnitOf(areaCode: string | null, fault: boolean): string {
  const station = (areaCode === null ? null : stationOfArea(areaCode)) ?? (stations[0] as Station);
  if (!fault) return serviceCrewOf(station.code);
  const crews = repairCrewsOf(station.code, station.crews);
  const number = Number(areaCode?.split("-").at(-1) ?? 0) || 0;
  return crews[number % crews.length] as string;
}

/** The desk a demand is taken in at: the centre by telephone, a hall of the customer's station at the counter. */
export const deskOf = (station: Station, atCounter: boolean, choice: number): string =>
  atCounter ? (hallsOf(station.code, station.halls.length)[choice % station.halls.length] as string) : CENTRE;
