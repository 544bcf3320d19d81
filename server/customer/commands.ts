// What opens and changes a customer's file. Each is one transaction; the search columns and the version change with it.
import { createHash } from "node:crypto";
import { type CustomerChange, type CustomerDraft, type CustomerId, regionOfCustomer } from "@bihuan/core/customer/customer.ts";
import { regionsReached } from "@bihuan/core/identity/scope.ts";
import { isRefusal, type Refusal, refuse } from "@bihuan/core/refusal.ts";
import { type Actor, recordAccess } from "../identity/access-log/commands.ts";
import type { Tx } from "../platform/database.ts";
import type { Platform } from "../platform/platform.ts";
import { instant, sql } from "../platform/sql.ts";
import { addressOf, beyondReach, changedParts, mergeContacts } from "./editing/changes.ts";
import { placeAccounts } from "./editing/placement.ts";
import { decided, type Saved, tell } from "./editing/transaction.ts";
import { customerRecord } from "./queries.ts";
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
    if (record.customerId !== customerId) return refuse("customer.merged", { customerId: record.customerId });
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
