// A unit was moved in the organisation: the orders below it take the new path, so that rights and lists follow the move.
import { loadTree } from "../../identity/organisation/tree.ts";
import type { Database } from "../../platform/database.ts";
import { sql } from "../../platform/sql.ts";

const BATCH = 5000;

/**
 * Brings the path columns of all orders at or below a unit to the organisation as it stands. Batch by batch, so that nobody
 * waits for it; repeating it changes nothing. Out: how many orders were changed.
 */
export async function followUnit(db: Database, unitId: number): Promise<number> {
  const tree = await loadTree(db);
  let changed = 0;
  for (const below of tree.descendants(unitId)) {
    const path = tree.path(below);
    const [unit1, unit2, unit3, unit4, unit5, unit6] = [0, 1, 2, 3, 4, 5].map((index) => path[index] ?? null);
    await db.run(sql`update order_task set unit2 = ${unit2} where unit_id = ${below} and unit2 is distinct from ${unit2}::int`);
    for (let count = BATCH; count === BATCH; ) {
      count = await db.run(sql`
        update work_order w
        set unit1 = ${unit1}, unit2 = ${unit2}, unit3 = ${unit3}, unit4 = ${unit4}, unit5 = ${unit5}, unit6 = ${unit6}
        from (
          select region_id, intake_month, order_id from work_order
          where unit_id = ${below}
            and (unit1, unit2, unit3, unit4, unit5, unit6) is distinct from (${unit1}::int, ${unit2}::int, ${unit3}::int, ${unit4}::int, ${unit5}::int, ${unit6}::int)
          limit ${BATCH} for update) stale
        where w.region_id = stale.region_id and w.intake_month = stale.intake_month and w.order_id = stale.order_id`);
      changed += count;
    }
  }
  return changed;
}
