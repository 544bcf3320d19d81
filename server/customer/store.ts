// The statements that write a customer's file, row by row. What they write was decided by commands.ts.
import type { SpecialNeedDraft } from "@bihuan/core/customer/customer.ts";
import type { Tx } from "../platform/database.ts";
import { instant, sql } from "../platform/sql.ts";
import { type AccountRecord, type ContactRecord, sameCustomer } from "./queries.ts";

export type Key = { readonly regionId: number; readonly customerId: string };
export type AccountToStore = Omit<AccountRecord, "transformerArea"> & { readonly transformerAreaCode: string | null };

export const nextCustomerId = async (tx: Tx, regionId: number): Promise<string> =>
  (await tx.one<{ id: string }>(sql`select (${regionId}::bigint * 10000000000 + nextval('customer_number'))::text id`)).id;

/** Adds accounts, or brings those of this customer to the given values. Out: how many rows were written. */
export const storeAccounts = (tx: Tx, { regionId, customerId }: Key, accounts: readonly AccountToStore[]): Promise<number> =>
  tx.run(sql`
    insert into customer_account as a (region_id, account_no, customer_id, unit_id, category, voltage, area_class,
      transformer_area_code, address, longitude, latitude)
    select ${regionId}, "accountNo", ${customerId}, "unitId", category, voltage, "areaClass", "transformerAreaCode", address,
      (coordinates ->> 'longitude')::double precision, (coordinates ->> 'latitude')::double precision
    from json_to_recordset(${JSON.stringify(accounts)}::json) x("accountNo" text, "unitId" int, category text, voltage text,
      "areaClass" text, "transformerAreaCode" text, address text, coordinates json)
    on conflict (region_id, account_no) do update set unit_id = excluded.unit_id, category = excluded.category,
      voltage = excluded.voltage, area_class = excluded.area_class, transformer_area_code = excluded.transformer_area_code,
      address = excluded.address, longitude = excluded.longitude, latitude = excluded.latitude
    where a.customer_id = excluded.customer_id`);

export const removeAccounts = (tx: Tx, { regionId, customerId }: Key, keep: readonly string[]): Promise<number> =>
  tx.run(sql`
    delete from customer_account where region_id = ${regionId} and customer_id = ${customerId} and account_no <> all(${keep}::text[])`);

/** Replaces the contacts by the given ones; their numbers are decided. */
export async function storeContacts(tx: Tx, { regionId, customerId }: Key, contacts: readonly ContactRecord[]): Promise<void> {
  await tx.run(sql`delete from customer_contact where region_id = ${regionId} and customer_id = ${customerId}`);
  await tx.run(sql`
    insert into customer_contact (region_id, customer_id, contact_no, name, phone, relation)
    select ${regionId}, ${customerId}, "contactId", name, phone, relation
    from json_to_recordset(${JSON.stringify(contacts)}::json) x("contactId" int, name text, phone text, relation text)`);
}

/** Replaces the special needs by the given ones. Evidence goes with the need it proves. */
export async function storeNeeds(tx: Tx, { regionId, customerId }: Key, needs: readonly SpecialNeedDraft[]): Promise<void> {
  const kept = needs.map(({ kind }) => kind);
  await tx.run(sql`
    delete from special_need_evidence
    where region_id = ${regionId} and customer_id = any(${sameCustomer(customerId)}) and kind <> all(${kept}::text[])`);
  await tx.run(sql`delete from special_need where region_id = ${regionId} and customer_id = ${customerId}`);
  await tx.run(sql`
    insert into special_need (region_id, customer_id, kind, note, valid_from, valid_to)
    select ${regionId}, ${customerId}, kind, note, "validFrom", "validTo"
    from json_to_recordset(${JSON.stringify(needs)}::json) x(kind text, note text, "validFrom" date, "validTo" date)`);
}

/** Which of these account numbers another customer of the region has. */
export const takenAccounts = async (tx: Tx, { regionId, customerId }: Key, accountNos: readonly string[]): Promise<string[]> =>
  (
    await tx.rows<{ accountNo: string }>(sql`
      select account_no "accountNo" from customer_account
      where region_id = ${regionId} and account_no = any(${accountNos}::text[]) and customer_id <> ${customerId}
      order by account_no`)
  ).map((row) => row.accountNo);

/** Whether another customer of the region has this customer number. */
export const customerNoTaken = async (tx: Tx, { regionId, customerId }: Key, customerNo: string): Promise<boolean> =>
  (await tx.maybe(sql`
    select 1 from customer where region_id = ${regionId} and customer_no = ${customerNo} and customer_id <> ${customerId}`)) !==
  null;

const KEY_LOCK = 7236_0006;

/** Makes copies of one request wait for one another: the second finds the first one's receipt, not its account number. */
export const holdKey = (tx: Tx, key: string): Promise<unknown> =>
  tx.rows(sql`select 1 from (select pg_advisory_xact_lock(${KEY_LOCK}, hashtext(${key}))) held`);

export type Receipt = { readonly requestHash: Buffer; readonly customerId: string };

/** What a key has done in one of these regions. */
export const readReceipt = (tx: Tx, regions: readonly number[], key: string): Promise<Receipt | null> =>
  tx.maybe(sql`
    select request_hash "requestHash", customer_id::text "customerId" from customer_receipt
    where region_id = any(${regions}::smallint[]) and key = ${key}`);

const KEPT_DAYS = 60; // far longer than any client retries

/** Keeps what a key did; receipts nobody will ask about again go. */
export async function keepReceipt(
  tx: Tx,
  { regionId, customerId }: Key,
  key: string,
  requestHash: Buffer,
  nowMs: number,
): Promise<void> {
  await tx.run(sql`
    delete from customer_receipt where region_id = ${regionId} and recorded_at < ${instant(nowMs - KEPT_DAYS * 86_400_000)}`);
  await tx.run(sql`
    insert into customer_receipt (region_id, key, request_hash, customer_id, recorded_at)
    values (${regionId}, ${key}, ${requestHash}, ${customerId}, ${instant(nowMs)})`);
}

/**
 * Whether a contact is the customer himself, as text of SQL to order by: marked as the holder, or of the customer's name. A relative
 * or an electrician who stands first in the file is not whom an order is about.
 */
export const isCustomerHimself = (contact: string, customerName: string): string =>
  `(${contact}.relation = 'HOLDER' or ${contact}.name is not distinct from ${customerName})`;
