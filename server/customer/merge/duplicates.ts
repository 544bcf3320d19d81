// Files that look like one customer twice: found for one file by its numbers and name, for a whole unit by the same name and number.
import type { Duplicate } from "@bihuan/contract/customer-care.ts";
import type { CustomerId } from "@bihuan/core/customer/customer.ts";
import { likenessOf } from "@bihuan/core/customer/file/merging.ts";
import type { OrganisationTree } from "@bihuan/core/identity/organisation.ts";
import type { Queryable } from "../../platform/database.ts";
import { type Sql, sql } from "../../platform/sql.ts";
import { type CustomerRecord, customerRecord } from "../queries.ts";
import { type Editor, reaches } from "../reach.ts";
import { maskCustomerName } from "../view.ts";

const MOST_CANDIDATES = 50;
const GROUPS_A_PAGE = 20;

const shown = (tree: OrganisationTree, record: CustomerRecord, because: Duplicate["because"]): Duplicate => {
  const [account] = record.accounts;
  return {
    customerId: record.customerId,
    customerNo: record.customerNo,
    name: maskCustomerName(
      record.name ?? "",
      record.accounts.map(({ category }) => category),
    ),
    accounts: record.accounts.length,
    accountNo: account?.accountNo ?? null,
    unit: account ? { unitId: account.unitId, name: tree.unit(account.unitId)?.name ?? String(account.unitId) } : null,
    because,
  };
};

/** Customers within reach that may be the same as the one given. */
export async function duplicatesOf(on: Queryable, editor: Editor, record: CustomerRecord): Promise<Duplicate[]> {
  if (record.erasedAtMs !== null) return [];
  const phones = record.contacts.map(({ phone }) => phone);
  const creditCode = record.facts?.kind === "ENTERPRISE" ? record.facts.creditCode : null;
  // Each way in is an index of its own; whether two files are really alike is the rule's to say.
  const found = await on.rows<{ id: string }>(sql`
    select id::text from (
      select p.customer_id id from customer_contact p where p.region_id = ${record.regionId} and p.phone = any(${phones}::text[])
      union
      select c.customer_id from customer c
      where c.region_id = ${record.regionId} and c.facts ->> 'creditCode' = ${creditCode} and c.facts ->> 'creditCode' is not null
      union
      (select a.customer_id from customer_account a join customer c on c.region_id = a.region_id and c.customer_id = a.customer_id
        where a.region_id = ${record.regionId} and c.name = ${record.name}
          and a.transformer_area_code = any(${record.accounts.flatMap(({ transformerArea }) => transformerArea?.code ?? [])}::text[]))
    ) candidates where id <> ${record.customerId} order by 1 limit ${MOST_CANDIDATES}`);
  const duplicates: Duplicate[] = [];
  for (const { id } of found) {
    const other = await customerRecord(on, id);
    if (!other || other.customerId !== id || other.erasedAtMs !== null || !reaches(editor, other, "customer.read")) continue;
    const because = likenessOf(record, other);
    if (because.length > 0) duplicates.push(shown(editor.tree, other, because));
  }
  return duplicates;
}

/** Where a list of duplicates goes on: the last number that was looked at. */
export type DuplicatePlace = { readonly regionId: number; readonly phone: string; readonly name: string };

/**
 * Groups of files with the same name and number, a page of them in the order of the numbers. In: the reach, as a condition on `a`.
 * The index of numbers is walked in its order and left as soon as the page is full.
 */
export async function duplicateGroups(
  on: Queryable,
  editor: Editor,
  within: Sql,
  after: DuplicatePlace | null,
): Promise<{ readonly groups: { customers: Duplicate[] }[]; readonly next: DuplicatePlace | null }> {
  const found = await on.rows<DuplicatePlace & { ids: CustomerId[] }>(sql`
    select p.region_id "regionId", p.phone, c.name, array_agg(c.customer_id::text order by c.customer_id) ids
    from customer_contact p
    join customer c on c.region_id = p.region_id and c.customer_id = p.customer_id and c.erased_at is null
    where ${after ? sql`(p.region_id, p.phone, c.name) > (${after.regionId}, ${after.phone}, ${after.name})` : sql`true`}
      and exists (select from customer_account a where a.region_id = c.region_id and a.customer_id = c.customer_id and ${within})
    group by p.region_id, p.phone, c.name having count(*) > 1
    order by p.region_id, p.phone, c.name limit ${GROUPS_A_PAGE}`);
  const groups: { customers: Duplicate[] }[] = [];
  for (const { ids } of found) {
    const records = (await Promise.all(ids.slice(0, 10).map((id) => customerRecord(on, id)))).filter((one) => one !== null);
    const [first, ...others] = records;
    if (!first) continue;
    const customers = [first, ...others].map((record, index) =>
      shown(editor.tree, record, index === 0 ? ["PHONE_AND_NAME"] : likenessOf(first, record)),
    );
    groups.push({ customers });
  }
  const last = found.at(-1);
  return { groups, next: found.length === GROUPS_A_PAGE && last ? last : null };
}
