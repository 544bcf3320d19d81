// What the people know of their county when they begin: units and colleagues, read from the product like everything else.
import { identityOperations } from "@bihuan/contract/identity.ts";
import { type County, countyOf } from "../county/county.ts";
import { CENTRE } from "../county/organisation.ts";
import { staffOf } from "../county/staff.ts";
import type { Office } from "./office.ts";

/** The account of somebody who oversees the county: who looks for what is open. */
export const overseerOf = (seed: string): string =>
  (staffOf(seed).find(({ unit, role }) => unit === CENTRE && role === "SUPERVISOR") as { account: string }).account;

/** Reads units and staff. Errors: throws where it is not the county of this seed. */
export async function acquaint(
  office: Office,
  { seed, zone, customers }: { seed: string; zone: string; customers: number },
): Promise<County> {
  const person = office.as(overseerOf(seed));
  const { units } = await person.call(identityOperations.readOrganisation, {});
  const staff = new Map<string, number>();
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const page = await person.call(identityOperations.listStaff, { query: { limit: 200, ...(cursor ? { cursor } : {}) } });
    for (const { account, staffId } of page.staff) staff.set(account, staffId);
    cursor = page.next;
  }
  const known = new Map(units.map(({ code, unitId }) => [code, unitId]));
  return countyOf({ units: known, staff }, { seed, zone, customers });
}
