// What is known about customers, as others need it: whole rows, unmasked. Masking is the presenter's business.
import type { ContactRelation, CustomerCategory, Importance, SpecialNeedKind, Voltage } from "@bihuan/core/customer/codes.ts";
import { type CustomerId, regionOfCustomer } from "@bihuan/core/customer/customer.ts";
import type { Facts } from "@bihuan/core/customer/file/facts.ts";
import type { AreaClass } from "@bihuan/core/identity/organisation.ts";
import type { Queryable } from "../platform/database.ts";
import { type Sql, sql } from "../platform/sql.ts";

export type AccountRecord = {
  readonly accountNo: string;
  readonly category: CustomerCategory;
  readonly voltage: Voltage | null;
  readonly areaClass: AreaClass;
  readonly transformerArea: { readonly code: string; readonly name: string } | null;
  readonly unitId: number;
  readonly address: string | null;
  readonly coordinates: { readonly longitude: number; readonly latitude: number } | null;
};
export type ContactRecord = {
  readonly contactId: number;
  readonly name: string | null;
  readonly phone: string;
  readonly relation: ContactRelation;
};
export type NeedRecord = {
  readonly kind: SpecialNeedKind;
  readonly note: string | null;
  readonly validFrom: string | null;
  readonly validTo: string | null;
};
export type CustomerRecord = {
  readonly customerId: CustomerId;
  readonly regionId: number;
  readonly customerNo: string | null;
  readonly name: string | null;
  readonly importance: Importance;
  readonly erasedAtMs: number | null;
  readonly version: number;
  readonly createdAtMs: number;
  readonly changedAtMs: number;
  readonly accounts: readonly AccountRecord[];
  readonly contacts: readonly ContactRecord[];
  readonly specialNeeds: readonly NeedRecord[];
  readonly facts: Facts | null;
  /** Customers whose files were merged into this one. */
  readonly aliases: readonly CustomerId[];
};

export type ManagerRecord = {
  readonly staffId: number;
  readonly name: string;
  readonly active: boolean;
  readonly phone: string | null;
};

/** What an order shows of its customer: the file's head, the needs, and one account. */
export type CustomerSummary = {
  readonly customerId: CustomerId;
  readonly name: string | null;
  readonly importance: Importance;
  readonly erased: boolean;
  /** Units and categories of all its accounts. */
  readonly unitIds: readonly number[];
  readonly categories: readonly CustomerCategory[];
  readonly specialNeeds: readonly Pick<NeedRecord, "kind" | "validFrom" | "validTo">[];
  readonly manager: ManagerRecord | null;
  readonly account: Pick<AccountRecord, "accountNo" | "category" | "voltage" | "areaClass" | "transformerArea" | "unitId"> | null;
};

/**
 * The ids one customer goes by, as an array of SQL: the one given, the file it was merged into, and all that were merged there. What
 * was bound to a customer before a merge stays bound to the old id and is found by these.
 */
export function sameCustomer(customerId: CustomerId): Sql {
  const regionId = regionOfCustomer(customerId);
  const survivor = sql`(select coalesce(k.merged_into, k.customer_id) from customer k where k.region_id = ${regionId} and k.customer_id = ${customerId})`;
  return sql`array(select ${customerId}::bigint union select ${survivor} union
    select f.customer_id from customer f where f.region_id = ${regionId} and f.merged_into = ${survivor})`;
}

/** The present manager of customer `c`, as JSON of SQL. */
const managerOf = `(select json_build_object('staffId', s.staff_id, 'name', s.name, 'active', s.active, 'phone', f.phone)
        from customer_manager m join staff s using (staff_id)
        left join service_phone f on f.holder = 'STAFF' and f.holder_id = s.staff_id
        where m.region_id = c.region_id and m.customer_id = c.customer_id and m.until is null)`;

/** A customer as an order shows it. In: the customer, and the account number the order names; another account stands where it has none such. */
export async function customerSummary(
  on: Queryable,
  customerId: CustomerId,
  accountNo: string | null,
): Promise<CustomerSummary | null> {
  const [row] = await on.prepared<CustomerSummary>(
    "customer.summary",
    `select c.customer_id::text "customerId", c.name, c.importance, c.erased_at is not null erased,
      array(select distinct a.unit_id from customer_account a where a.region_id = c.region_id and a.customer_id = c.customer_id) "unitIds",
      array(select distinct a.category from customer_account a where a.region_id = c.region_id and a.customer_id = c.customer_id) categories,
      coalesce((select json_agg(json_build_object('kind', n.kind, 'validFrom', n.valid_from, 'validTo', n.valid_to) order by n.kind)
        from special_need n where n.region_id = c.region_id and n.customer_id = c.customer_id), '[]') "specialNeeds",
      ${managerOf} manager,
      (select json_build_object('accountNo', a.account_no, 'category', a.category, 'voltage', a.voltage, 'areaClass', a.area_class,
          'unitId', a.unit_id, 'transformerArea', case when t.code is null then null else json_build_object('code', t.code, 'name', t.name) end)
        from customer_account a
        left join transformer_area t on t.region_id = a.region_id and t.code = a.transformer_area_code
        where a.region_id = c.region_id and a.customer_id = c.customer_id
        order by (a.account_no = $3) desc nulls last, a.account_no limit 1) account
    from customer c where c.region_id = $1 and c.customer_id = (
      select coalesce(k.merged_into, k.customer_id) from customer k where k.region_id = $1 and k.customer_id = $2)`,
    [regionOfCustomer(customerId), customerId, accountNo],
  );
  return row ?? null;
}

/**
 * A customer's whole file, or null; of one who was merged, the surviving file. `lock` keeps others from changing the file asked for
 * until the transaction ends.
 */
export async function customerRecord(
  on: Queryable,
  customerId: CustomerId,
  options: { lock?: boolean } = {},
): Promise<CustomerRecord | null> {
  const regionId = regionOfCustomer(customerId);
  if (options.lock)
    await on.run(sql`select 1 from customer where region_id = ${regionId} and customer_id = ${customerId} for update`);
  return on.maybe<CustomerRecord>(sql`
    select c.customer_id::text "customerId", c.region_id "regionId", c.customer_no "customerNo", c.name, c.importance,
      c.erased_at "erasedAtMs", c.version, c.created_at "createdAtMs", c.changed_at "changedAtMs",
      coalesce((select json_agg(json_build_object('accountNo', a.account_no, 'category', a.category, 'voltage', a.voltage,
          'areaClass', a.area_class, 'unitId', a.unit_id, 'address', a.address,
          'transformerArea', case when t.code is null then null else json_build_object('code', t.code, 'name', t.name) end,
          'coordinates', case when a.longitude is null then null
            else json_build_object('longitude', a.longitude, 'latitude', a.latitude) end) order by a.account_no)
        from customer_account a
        left join transformer_area t on t.region_id = a.region_id and t.code = a.transformer_area_code
        where a.region_id = c.region_id and a.customer_id = c.customer_id), '[]') accounts,
      coalesce((select json_agg(json_build_object('contactId', p.contact_no, 'name', p.name, 'phone', p.phone,
          'relation', p.relation) order by p.contact_no)
        from customer_contact p where p.region_id = c.region_id and p.customer_id = c.customer_id), '[]') contacts,
      coalesce((select json_agg(json_build_object('kind', n.kind, 'note', n.note, 'validFrom', n.valid_from,
          'validTo', n.valid_to) order by n.kind)
        from special_need n where n.region_id = c.region_id and n.customer_id = c.customer_id), '[]') "specialNeeds",
      c.facts, array(select m.customer_id::text from customer m
        where m.region_id = c.region_id and m.merged_into = c.customer_id order by m.customer_id) aliases
    from customer c where c.region_id = ${regionId} and c.customer_id = (
      select coalesce(k.merged_into, k.customer_id) from customer k
      where k.region_id = ${regionId} and k.customer_id = ${customerId})`);
}
