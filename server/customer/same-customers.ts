// Several customers at once with every id each of them goes by: what was bound to a file before a merge stays bound to the old id.
import { type CustomerId, regionOfCustomer } from "@bihuan/core/customer/customer.ts";
import { type Sql, sql } from "../platform/sql.ts";

/** In: surviving customers. Out: a table of SQL, `(region_id, survivor_id, customer_id)`: each customer itself and those merged into it. */
export const idsOfCustomers = (customerIds: readonly CustomerId[]): Sql => {
  const asked = sql`unnest(${customerIds.map(regionOfCustomer)}::smallint[], ${customerIds}::bigint[]) q (region_id, customer_id)`;
  return sql`(
    select q.region_id, q.customer_id survivor_id, q.customer_id from ${asked}
    union all
    select f.region_id, f.merged_into, f.customer_id
    from ${asked} join customer f on f.region_id = q.region_id and f.merged_into = q.customer_id)`;
};
