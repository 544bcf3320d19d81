// What an audit finds in customer files: ids that lead nowhere, and files that were merged yet still hold something.
import type { Queryable } from "../../platform/database.ts";
import { sql } from "../../platform/sql.ts";

const MOST = 100;

/** What is not as it must be, a line each. Reads only. */
export async function customerFaults(on: Queryable): Promise<string[]> {
  const chained = await on.rows<{ id: string; target: string }>(sql`
    select c.customer_id::text id, c.merged_into::text target from customer c
    join customer t on t.region_id = c.region_id and t.customer_id = c.merged_into
    where t.merged_into is not null order by 1 limit ${MOST}`);
  const leftovers = await on.rows<{ id: string }>(sql`
    select c.customer_id::text id from customer c
    where c.merged_into is not null and (
      exists (select from customer_account a where a.region_id = c.region_id and a.customer_id = c.customer_id)
      or exists (select from customer_contact p where p.region_id = c.region_id and p.customer_id = c.customer_id)
      or exists (select from special_need n where n.region_id = c.region_id and n.customer_id = c.customer_id)
      or exists (select from customer_manager m where m.region_id = c.region_id and m.customer_id = c.customer_id and m.until is null))
    order by 1 limit ${MOST}`);
  const unrecorded = await on.rows<{ id: string }>(sql`
    select c.customer_id::text id from customer c
    where c.merged_into is not null and not exists (
      select from customer_merge g where g.region_id = c.region_id and g.merged_id = c.customer_id and g.undone_at is null)
    order by 1 limit ${MOST}`);
  const unerased = await on.rows<{ id: string }>(sql`
    select c.customer_id::text id from customer c join customer t on t.region_id = c.region_id and t.customer_id = c.merged_into
    where t.erased_at is not null and c.erased_at is null order by 1 limit ${MOST}`);
  return [
    ...chained.map(({ id, target }) => `customer ${id} was merged into ${target}, which was merged itself`),
    ...leftovers.map(({ id }) => `customer ${id} was merged and still holds accounts, contacts, needs or a manager`),
    ...unrecorded.map(({ id }) => `customer ${id} leads to another file, and no merge says why`),
    ...unerased.map(({ id }) => `customer ${id} was merged into a file that was erased, and was not erased with it`),
  ];
}
