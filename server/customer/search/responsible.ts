// Which unit answers for a place: by the transformer area, or as most accounts at the same address have it.
import { placesIn } from "@bihuan/core/search-similar.ts";
import type { Queryable } from "../../platform/database.ts";
import { searchCondition, searchTerms } from "../../platform/search-text.ts";
import { sql } from "../../platform/sql.ts";

/** The responsible unit of a transformer area, or null where there is none of that code. */
export const unitOfArea = async (db: Queryable, regionId: number, code: string): Promise<number | null> =>
  (
    await db.maybe<{ unitId: number }>(sql`
    select unit_id "unitId" from transformer_area where region_id = ${regionId} and code = ${code}`)
  )?.unitId ?? null;

const SAMPLE = 200;
const LEAST = 3;
const SHARE = 0.9;

/**
 * The unit that answers for an address, as the accounts there say: by all its places together (柳堤镇南庄村), else by the nearest. Out:
 * the unit and the places it was known by; null where too few accounts stand there, or they are of several units.
 */
export async function unitOfAddress(
  db: Queryable,
  regionId: number,
  address: string,
): Promise<{ readonly unitId: number; readonly places: string } | null> {
  const places = placesIn(address);
  const attempts = places.length > 1 ? [places, ...places.map((place) => [place]).reverse()] : [places];
  for (const attempt of attempts) {
    const terms = searchTerms(attempt.join(" "));
    if (terms.length === 0) continue;
    const units = await db.rows<{ unitId: number; accounts: number }>(sql`
      select unit_id "unitId", count(*)::int accounts from (
        select a.unit_id from customer_account a where a.region_id = ${regionId} and ${searchCondition(terms, "a.")} limit ${SAMPLE}) there
      group by unit_id order by 2 desc`);
    const all = units.reduce((sum, { accounts }) => sum + accounts, 0);
    const [most] = units;
    if (most && all >= LEAST && most.accounts >= all * SHARE) return { unitId: most.unitId, places: attempt.join("") };
  }
  return null;
}
