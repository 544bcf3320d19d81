// Filters of the customer list that look into the file: who answers for the customer, how the evidence of his needs stands.
import type { CustomerFilter } from "@bihuan/contract/customer.ts";
import { EXPIRING_DAYS } from "@bihuan/core/customer/file/records.ts";
import { type Sql, sql } from "../../platform/sql.ts";

const managed = (managerId: number): Sql => {
  const present = sql`select from customer_manager m
    where m.region_id = a.region_id and m.customer_id = a.customer_id and m.until is null`;
  return managerId === 0 ? sql`not exists (${present})` : sql`exists (${present} and m.staff_id = ${managerId})`;
};

// Of a need that holds today: none of its evidence, that of files merged in included, lasts longer than asked about.
function evidence(state: NonNullable<CustomerFilter["evidence"]>, today: string): Sql {
  const of = (condition: Sql) => sql`exists (select from special_need_evidence v
    where v.region_id = n.region_id and v.kind = n.kind and ${condition}
      and (v.customer_id = n.customer_id or v.customer_id in (
        select k.customer_id from customer k where k.region_id = n.region_id and k.merged_into = n.customer_id)))`;
  const after = (days: number) => of(sql`(v.valid_to is null or v.valid_to >= ${today}::date + ${days}::int)`);
  const conditions: Readonly<Record<typeof state, Sql>> = {
    MISSING: sql`not ${of(sql`true`)}`,
    EXPIRED: sql`${of(sql`true`)} and not ${after(0)}`,
    EXPIRING: sql`${after(0)} and not ${after(EXPIRING_DAYS + 1)}`,
  };
  return sql`exists (select from special_need n
    where n.region_id = a.region_id and n.customer_id = a.customer_id
      and coalesce(n.valid_from <= ${today}::date, true) and coalesce(n.valid_to >= ${today}::date, true)
      and ${conditions[state]})`;
}

/** What a filter asks of the file of account `a`. In: the civil date needs have to hold on. */
export const fileFilters = (filter: CustomerFilter, today: string): Sql[] => [
  ...(filter.managerId === undefined ? [] : [managed(filter.managerId)]),
  ...(filter.evidence === undefined ? [] : [evidence(filter.evidence, today)]),
];
