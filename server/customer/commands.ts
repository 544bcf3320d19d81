// What changes a customer's file: opening, editing, erasing it, and the transformer areas accounts hang on. Each is one
// transaction; the search columns and the version change with it.
import { createHash } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import type { CustomerChange, CustomerDraft, CustomerId } from "@bihuan/core/customer/customer.ts";
import { regionOfCustomer } from "@bihuan/core/customer/customer.ts";
import { regionsReached } from "@bihuan/core/identity/scope.ts";
import { isRefusal, type Refusal, refuse } from "@bihuan/core/refusal.ts";
import { type Actor, recordAccess } from "../identity/access-log/commands.ts";
import { sqlState, type Tx } from "../platform/database.ts";
import type { Platform } from "../platform/platform.ts";
import { instant, sql } from "../platform/sql.ts";
import { placeAccounts } from "./placement.ts";
import { type AccountRecord, type ContactRecord, type CustomerRecord, customerRecord } from "./queries.ts";
import { type Editor, mayEditAt, reaches } from "./reach.ts";
import { refreshSearchIndex } from "./search/search-index.ts";
import {
  customerNoTaken,
  holdKey,
  keepReceipt,
  type Key,
  nextCustomerId,
  readReceipt,
  removeAccounts,
  storeAccounts,
  storeContacts,
  storeNeeds,
  takenAccounts,
} from "./store.ts";

export type Saved = { readonly customerId: CustomerId; readonly version: number };

// Two people may enter the same number at once: the loser's insert fails, and tried again it finds the winner's row and says so.
async function decided<Result>(platform: Platform, work: (tx: Tx) => Promise<Result>): Promise<Result> {
  try {
    return await platform.db.transaction(work);
  } catch (error) {
    if (sqlState(error) !== "23505") throw error;
    return platform.db.transaction(work);
  }
}

const tell = (platform: Platform, tx: Tx, saved: Saved, units: Iterable<number>) =>
  platform.live.publish(tx, [
    { type: "customer.changed", id: saved.customerId, version: saved.version, units: [...new Set(units)] },
  ]);

async function numbersTaken(tx: Tx, key: Key, customerNo: string | null, accountNos: readonly string[]): Promise<Refusal | null> {
  const [accountNo] = await takenAccounts(tx, key, accountNos);
  if (accountNo !== undefined) return refuse("customer.account-exists", { accountNo });
  if (customerNo !== null && (await customerNoTaken(tx, key, customerNo)))
    return refuse("customer.customer-no-exists", { customerNo });
  return null;
}

/** Opens a file. The same key with the same draft answers what it did the first time. */
export function createCustomer(
  platform: Platform,
  editor: Editor,
  actor: Actor,
  draft: CustomerDraft,
  key: string,
): Promise<Saved | Refusal> {
  const requestHash = createHash("sha256").update(JSON.stringify(draft)).digest();
  return decided(platform, async (tx) => {
    await holdKey(tx, key);
    const known = await readReceipt(tx, regionsReached(editor.scope, editor.tree, "customer.edit"), key);
    if (known)
      return known.requestHash.equals(requestHash)
        ? { customerId: known.customerId, version: 1 }
        : refuse("request.idempotency-key-reused");
    const placement = await placeAccounts(tx, editor, draft.accounts, null);
    if (isRefusal(placement)) return placement;
    const { regionId, unitOf } = placement;
    for (const unitId of unitOf.values()) {
      const refused = mayEditAt(editor, unitId);
      if (refused) return refused;
    }
    const customerId = await nextCustomerId(tx, regionId);
    const saved = { regionId, customerId, version: 1 };
    const accountNos = draft.accounts.map((account) => account.accountNo);
    const taken = await numbersTaken(tx, saved, draft.customerNo, accountNos);
    if (taken) return taken;
    const nowMs = platform.time.nowMs();
    await tx.run(sql`
      insert into customer (region_id, customer_id, customer_no, name, importance, created_at, changed_at)
      values (${regionId}, ${customerId}, ${draft.customerNo}, ${draft.name}, ${draft.importance}, ${instant(nowMs)}, ${instant(nowMs)})`);
    await storeAccounts(
      tx,
      saved,
      draft.accounts.map((account) => ({ ...account, unitId: unitOf.get(account.accountNo) as number })),
    );
    await storeContacts(
      tx,
      saved,
      draft.contacts.map((contact, index) => ({ ...contact, contactId: index + 1 })),
    );
    await storeNeeds(tx, saved, draft.specialNeeds);
    await refreshSearchIndex(tx, regionId, [customerId]);
    await keepReceipt(tx, saved, key, requestHash, nowMs);
    await recordAccess(tx, nowMs, actor, { action: "CUSTOMER_CREATED", recordKind: "customer", recordId: customerId });
    await tell(platform, tx, saved, unitOf.values());
    return { customerId, version: 1 };
  });
}

/** Changes a file, if it still is the version that was read. */
export function updateCustomer(
  platform: Platform,
  editor: Editor,
  actor: Actor,
  customerId: CustomerId,
  change: CustomerChange,
): Promise<Saved | Refusal> {
  const regionId = regionOfCustomer(customerId);
  return decided(platform, async (tx) => {
    const record = await customerRecord(tx, customerId, { lock: true });
    if (!record || !reaches(editor, record, "customer.read")) return refuse("request.not-found");
    if (!reaches(editor, record, "customer.edit")) return refuse("permission.missing", { permission: "customer.edit" });
    if (record.erasedAtMs !== null) return refuse("customer.erased");
    if (record.version !== change.version) return refuse("customer.version-stale", { version: record.version });
    const contacts = mergeContacts(record.contacts, change.contacts);
    if (isRefusal(contacts)) return contacts;
    const placement = await placeAccounts(tx, editor, change.accounts, regionId);
    if (isRefusal(placement)) return placement;
    const accounts = change.accounts.map((account) => ({
      ...account,
      address: account.address === undefined ? (addressOf(record, account.accountNo) ?? null) : account.address,
      unitId: placement.unitOf.get(account.accountNo) as number,
    }));
    const beyond = beyondReach(editor, record.accounts, accounts);
    if (beyond) return beyond;
    const key = { regionId, customerId };
    const accountNos = accounts.map((account) => account.accountNo);
    const taken = await numbersTaken(tx, key, change.customerNo, accountNos);
    if (taken) return taken;
    const nowMs = platform.time.nowMs();
    const { version } = await tx.one<{ version: number }>(sql`
      update customer set name = ${change.name ?? record.name}, customer_no = ${change.customerNo}, importance = ${change.importance},
        version = version + 1, changed_at = ${instant(nowMs)}
      where region_id = ${regionId} and customer_id = ${customerId} returning version`);
    await removeAccounts(tx, key, accountNos);
    await storeAccounts(tx, key, accounts);
    await storeContacts(tx, key, contacts);
    await storeNeeds(tx, key, change.specialNeeds);
    await refreshSearchIndex(tx, regionId, [customerId]);
    const saved = { customerId, version };
    const field = changedParts(record, change, accounts, contacts).join(", ");
    await recordAccess(tx, nowMs, actor, {
      action: "CUSTOMER_CHANGED",
      recordKind: "customer",
      recordId: customerId,
      ...(field && { field }),
      facts: { version },
    });
    await tell(
      platform,
      tx,
      saved,
      [...record.accounts, ...accounts].map((account) => account.unitId),
    );
    return saved;
  });
}

const addressOf = (record: CustomerRecord, accountNo: string) =>
  record.accounts.find((account) => account.accountNo === accountNo)?.address;

type Changed = Omit<AccountRecord, "transformerArea"> & { readonly transformerAreaCode: string | null };

const essence = ({ accountNo, unitId, category, voltage, areaClass, transformerAreaCode, address, coordinates }: Changed) =>
  JSON.stringify([
    accountNo,
    unitId,
    category,
    voltage,
    areaClass,
    transformerAreaCode,
    address,
    coordinates?.longitude,
    coordinates?.latitude,
  ]);
const asChanged = (accounts: readonly AccountRecord[]): Changed[] =>
  accounts.map((account) => ({ ...account, transformerAreaCode: account.transformerArea?.code ?? null }));

// Accounts of other units may stand on the same file: who does not reach them leaves them exactly as they are.
function beyondReach(editor: Editor, before: readonly AccountRecord[], after: readonly Changed[]): Refusal | null {
  const old = asChanged(before);
  const same = new Set(old.map(essence)).intersection(new Set(after.map(essence)));
  for (const account of [...old, ...after]) {
    const refused = same.has(essence(account)) ? null : mayEditAt(editor, account.unitId);
    if (refused) return refused;
  }
  return null;
}

// Which parts of a file a change touches, by name: what they say is personal and stays out of the log.
function changedParts(
  record: CustomerRecord,
  change: CustomerChange,
  accounts: readonly Changed[],
  contacts: readonly ContactRecord[],
): string[] {
  const known = [...asChanged(record.accounts)].map(essence).sort();
  const parts: Readonly<Record<string, boolean>> = {
    name: change.name !== undefined && change.name !== record.name,
    customerNo: change.customerNo !== record.customerNo,
    importance: change.importance !== record.importance,
    accounts: !isDeepStrictEqual(known, accounts.map(essence).sort()),
    contacts: !isDeepStrictEqual(contacts, record.contacts),
    specialNeeds: !isDeepStrictEqual(
      change.specialNeeds.toSorted((a, b) => (a.kind < b.kind ? -1 : 1)),
      record.specialNeeds,
    ),
  };
  return Object.keys(parts).filter((part) => parts[part]);
}

// What a contact leaves out stays as it is on file; new ones get the next numbers.
function mergeContacts(known: readonly ContactRecord[], wanted: CustomerChange["contacts"]): ContactRecord[] | Refusal {
  let next = Math.max(0, ...known.map((contact) => contact.contactId)) + 1;
  const merged: ContactRecord[] = [];
  for (const contact of wanted) {
    const before = known.find((one) => one.contactId === contact.contactId);
    const phone = contact.phone ?? before?.phone;
    if ((contact.contactId !== undefined && !before) || phone === undefined) return refuse("customer.contact-unknown");
    if (merged.some((one) => one.phone === phone || one.contactId === contact.contactId)) return refuse("customer.contact-twice");
    const name = contact.name === undefined ? (before?.name ?? null) : contact.name;
    merged.push({ contactId: contact.contactId ?? next++, name, phone, relation: contact.relation });
  }
  return merged;
}

export type AreaChange = {
  readonly regionId: number;
  readonly code: string;
  readonly name: string;
  readonly unitId: number;
  readonly version: number;
};

/** Enters a transformer area (version 0) or changes it. Its accounts follow it to another unit. */
export function saveTransformerArea(
  platform: Platform,
  editor: Editor,
  actor: Actor,
  change: AreaChange,
): Promise<{ version: number; accountsMoved: number } | Refusal> {
  const { regionId, code, name, unitId } = change;
  return decided(platform, async (tx) => {
    const unit = editor.tree.unit(unitId);
    if (!unit?.active) return refuse("customer.unit-unknown", { unitId });
    if (unit.regionId !== regionId) return refuse("customer.unit-of-another-region");
    const known = await tx.maybe<{ unitId: number; version: number }>(sql`
      select unit_id "unitId", version from transformer_area where region_id = ${regionId} and code = ${code} for update`);
    const refused = mayEditAt(editor, unitId) ?? (known ? mayEditAt(editor, known.unitId) : null);
    if (refused) return refused;
    if ((known?.version ?? 0) !== change.version) return refuse("customer.version-stale", { version: known?.version ?? 0 });
    const nowMs = platform.time.nowMs();
    const now = instant(nowMs);
    const { version } = await tx.one<{ version: number }>(sql`
      insert into transformer_area as t (region_id, code, name, unit_id, created_at, changed_at)
      values (${regionId}, ${code}, ${name}, ${unitId}, ${now}, ${now})
      on conflict (region_id, code) do update
        set name = excluded.name, unit_id = excluded.unit_id, version = t.version + 1, changed_at = excluded.changed_at
      returning version`);
    const accountsMoved = await tx.run(sql`
      update customer_account set unit_id = ${unitId}
      where region_id = ${regionId} and transformer_area_code = ${code} and unit_id <> ${unitId}`);
    await recordAccess(tx, nowMs, actor, {
      action: "TRANSFORMER_AREA_CHANGED",
      recordKind: "transformer-area",
      recordId: `${regionId}-${code}`,
      facts: { unit: unitId, from: known?.unitId ?? null, accountsMoved },
    });
    await platform.live.publish(tx, [
      { type: "transformer-area.changed", id: `${regionId}-${code}`, version, units: [unitId, ...(known ? [known.unitId] : [])] },
    ]);
    return { version, accountsMoved };
  });
}

/** Locks a customer's file before it is erased. Out: why there is nothing to erase, or null. */
export async function holdForErasure(tx: Tx, customerId: CustomerId): Promise<Refusal | null> {
  // Stronger than what an intake holds a customer with: whoever comes second sees what the first has done.
  const known = await tx.maybe<{ erased: boolean }>(sql`
    select erased_at is not null as erased from customer
    where region_id = ${regionOfCustomer(customerId)} and customer_id = ${customerId} for update`);
  if (!known) return refuse("customer.not-found", { customerId });
  return known.erased ? refuse("customer.erased") : null;
}

/**
 * Erases a customer's personal data for good: name, addresses, coordinates, contacts, the words of special needs, and what is searched.
 * The ids, the account numbers and their classes stay, because orders and figures refer to them. Out: whether there was anything to
 * erase. Who may ask for it is decided by the caller (Personal Information Protection Law, art. 47).
 */
export async function eraseCustomer(tx: Tx, customerId: CustomerId, nowMs: number): Promise<boolean> {
  const regionId = regionOfCustomer(customerId);
  if (await holdForErasure(tx, customerId)) return false;
  await tx.run(sql`
    update customer set name = null, customer_no = null, erased_at = ${instant(nowMs)}, version = version + 1, changed_at = ${instant(nowMs)}
    where region_id = ${regionId} and customer_id = ${customerId}`);
  await tx.run(sql`
    update customer_account set address = null, longitude = null, latitude = null, search_tokens = '{}', search_text = ''
    where region_id = ${regionId} and customer_id = ${customerId}`);
  await tx.run(sql`delete from customer_contact where region_id = ${regionId} and customer_id = ${customerId}`);
  await tx.run(sql`delete from special_need where region_id = ${regionId} and customer_id = ${customerId}`);
  return true;
}
