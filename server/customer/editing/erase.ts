// A customer's right to erasure: of his file, of those that were merged into it, and of all that was noted about him.
import { type CustomerId, regionOfCustomer } from "@bihuan/core/customer/customer.ts";
import { erasedFacts } from "@bihuan/core/customer/file/facts-change.ts";
import type { Facts } from "@bihuan/core/customer/file/facts.ts";
import { type Refusal, refuse } from "@bihuan/core/refusal.ts";
import type { Tx } from "../../platform/database.ts";
import { instant, sql } from "../../platform/sql.ts";

/** Locks a customer's file before it is erased. Out: why there is nothing to erase, or null. A merged file is erased with its survivor. */
export async function holdForErasure(tx: Tx, customerId: CustomerId): Promise<Refusal | null> {
  // Stronger than what an intake holds a customer with: whoever comes second sees what the first has done.
  const known = await tx.maybe<{ erased: boolean; mergedInto: string | null }>(sql`
    select erased_at is not null as erased, merged_into::text "mergedInto" from customer
    where region_id = ${regionOfCustomer(customerId)} and customer_id = ${customerId} for update`);
  if (!known) return refuse("customer.not-found", { customerId });
  if (known.mergedInto !== null) return refuse("customer.merged", { customerId: known.mergedInto });
  return known.erased ? refuse("customer.erased") : null;
}

/**
 * Erases a customer's personal data for good: name, addresses, coordinates, contacts, the words of special needs and their evidence,
 * the personal facts, what was noted and said, the way back from a merge, and what is searched. The ids, the account numbers and
 * their classes stay, because orders and figures refer to them. Out: whether there was anything to erase. Who may ask for it is
 * decided by the caller (Personal Information Protection Law, art. 47).
 */
export async function eraseCustomer(tx: Tx, customerId: CustomerId, nowMs: number): Promise<boolean> {
  const regionId = regionOfCustomer(customerId);
  if (await holdForErasure(tx, customerId)) return false;
  const files = await tx.rows<{ customerId: string; facts: Facts | null }>(sql`
    select customer_id::text "customerId", facts from customer
    where region_id = ${regionId} and (customer_id = ${customerId} or merged_into = ${customerId}) for update`);
  for (const file of files) {
    const facts = file.facts && erasedFacts(file.facts);
    await tx.run(sql`
      update customer set name = null, customer_no = null, card_token = null, facts = ${facts && JSON.stringify(facts)}::jsonb,
        erased_at = ${instant(nowMs)}, version = version + 1, changed_at = ${instant(nowMs)}
      where region_id = ${regionId} and customer_id = ${file.customerId}`);
  }
  const ids = files.map((file) => file.customerId);
  const these = sql`region_id = ${regionId} and customer_id = any(${ids}::bigint[])`;
  await tx.run(sql`
    update customer_account set address = null, longitude = null, latitude = null, search_tokens = '{}', search_text = '',
      arrears_as_of = null, arrears_since = null, arrears_fen = null where ${these}`);
  await tx.run(sql`delete from customer_contact where ${these}`);
  await tx.run(sql`delete from special_need where ${these}`);
  await tx.run(sql`delete from special_need_evidence where ${these}`);
  await tx.run(sql`update customer_note set body = null, retract_reason = null where ${these}`);
  await tx.run(sql`update customer_visit set said = null, place = null, reason = null where ${these}`);
  await tx.run(sql`
    update customer_merge set before = null
    where region_id = ${regionId} and (survivor_id = any(${ids}::bigint[]) or merged_id = any(${ids}::bigint[]))`);
  return true;
}
