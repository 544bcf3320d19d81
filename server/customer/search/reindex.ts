// The search columns of customers on file, made anew after an update: batch by batch, beside a running server.
import type { Database } from "../../platform/database.ts";
import { sql } from "../../platform/sql.ts";
import { refreshSearchIndex } from "./search-index.ts";

const BATCH = 500;
// What an import takes (its own lock): the two would write the same rows.
const IMPORT_LOCK = 7236_0005;

/**
 * Makes the search columns of every customer anew; rows that are right are not written. May be broken off and repeated at any time.
 * Out: customers read, accounts written. Erased customers stay erased: nothing of them is left to search.
 */
export async function reindexCustomers(
  db: Database,
  onProgress: (progress: { read: number; changed: number }) => void = () => undefined,
): Promise<{ read: number; changed: number }> {
  let [read, changed] = [0, 0];
  let [regionId, customerId] = [0, "0"];
  for (;;) {
    const batch = await db.rows<{ regionId: number; customerId: string }>(sql`
      select region_id "regionId", customer_id::text "customerId" from customer
      where (region_id, customer_id) > (${regionId}, ${customerId}) and erased_at is null
      order by region_id, customer_id limit ${BATCH}`);
    const last = batch.at(-1);
    if (!last) return { read, changed };
    for (const [region, customers] of Map.groupBy(batch, (one) => one.regionId))
      changed += await db.transaction(async (tx) => {
        await tx.run(sql`select pg_advisory_xact_lock(${IMPORT_LOCK})`);
        return refreshSearchIndex(
          tx,
          region,
          customers.map((one) => one.customerId),
        );
      });
    read += batch.length;
    ({ regionId, customerId } = last);
    onProgress({ read, changed });
  }
}
