// Two files of one customer become one, and, while nothing else has changed, two again. Orders, notes, visits and evidence stay with
// the id they were entered under: it leads to the survivor (sameCustomer), so that no order's history is touched.
import { createHash } from "node:crypto";
import type { CustomerId } from "@bihuan/core/customer/customer.ts";
import { type Chosen, mergedFile } from "@bihuan/core/customer/file/merging.ts";
import { unmaskReasonRefusal } from "@bihuan/core/identity/masking.ts";
import { type Refusal, refuse } from "@bihuan/core/refusal.ts";
import { type Actor, recordAccess } from "../../identity/access-log/commands.ts";
import type { Tx } from "../../platform/database.ts";
import type { Platform } from "../../platform/platform.ts";
import { instant, sql } from "../../platform/sql.ts";
import { decided, tell, unitsOf } from "../editing/transaction.ts";
import { personOf } from "../file/person.ts";
import { type CustomerRecord, customerRecord } from "../queries.ts";
import { type Editor, mayManageAt, reaches } from "../reach.ts";
import { refreshSearchIndex } from "../search/search-index.ts";
import { storeContacts, storeNeeds } from "../store.ts";
import { assign } from "./managers.ts";

export type Merge = {
  readonly customerId: CustomerId;
  readonly version: number;
  readonly mergedId: CustomerId;
  readonly mergedVersion: number;
  readonly chosen: Chosen;
  readonly reason: string;
};
type Merged = { readonly customerId: CustomerId; readonly version: number };

/** What both files were before: enough to make them two again. Personal; cleared when the customer is erased. */
type Before = {
  /** {@link stateOf} the survivor right after the merge: an import may add to a file without counting its version. */
  readonly left: string;
  readonly survivor: Half;
  readonly merged: Half & { readonly accountNos: readonly string[]; readonly aliases: readonly CustomerId[] };
};
type Half = Pick<CustomerRecord, "name" | "customerNo" | "importance" | "facts" | "contacts" | "specialNeeds"> & {
  readonly managerId: number | null;
};

const half = (record: CustomerRecord, managerId: number | null): Half => {
  const { name, customerNo, importance, facts, contacts, specialNeeds } = record;
  return { name, customerNo, importance, facts, contacts, specialNeeds, managerId };
};

const stateOf = (record: CustomerRecord | null): string =>
  createHash("sha256")
    .update(
      JSON.stringify([record?.contacts, record?.specialNeeds, record?.accounts.map(({ accountNo }) => accountNo), record?.facts]),
    )
    .digest("base64");

async function managerIdOf(tx: Tx, { regionId, customerId }: CustomerRecord): Promise<number | null> {
  const row = await tx.maybe<{ staffId: number }>(sql`
    select staff_id "staffId" from customer_manager
    where region_id = ${regionId} and customer_id = ${customerId} and until is null`);
  return row?.staffId ?? null;
}

// Both files are locked in the order of their ids, whichever is to stay: two who merge them crosswise wait for one another.
async function lockBoth(tx: Tx, one: CustomerId, other: CustomerId) {
  const ids = [one, other].toSorted();
  const records: (CustomerRecord | null)[] = [];
  for (const id of ids) records.push(await customerRecord(tx, id, { lock: true }));
  return ids[0] === one ? records : records.toReversed();
}

function mergeRefusal(editor: Editor, record: CustomerRecord | null, asked: CustomerId, version: number): Refusal | null {
  if (!record || !reaches(editor, record, "customer.read")) return refuse("request.not-found");
  if (record.customerId !== asked) return refuse("customer.merged", { customerId: record.customerId });
  for (const { unitId } of record.accounts) {
    const refused = mayManageAt(editor, unitId);
    if (refused) return refused;
  }
  if (record.erasedAtMs !== null) return refuse("customer.erased");
  return record.version === version ? null : refuse("customer.version-stale", { version: record.version });
}

/** Merges one file into another, in one transaction. Both must lie within the caller's reach with all their accounts. */
export async function mergeCustomers(platform: Platform, editor: Editor, actor: Actor, asked: Merge): Promise<Merged | Refusal> {
  const { customerId, mergedId, chosen, reason } = asked;
  const noReason = unmaskReasonRefusal(reason);
  if (noReason) return noReason;
  if (customerId === mergedId) return refuse("customer.merge-itself");
  if (customerId.slice(0, 3) !== mergedId.slice(0, 3)) return refuse("customer.merge-across-regions");
  return decided(platform, async (tx) => {
    const [survivor = null, merged = null] = await lockBoth(tx, customerId, mergedId);
    const refused =
      mergeRefusal(editor, survivor, customerId, asked.version) ?? mergeRefusal(editor, merged, mergedId, asked.mergedVersion);
    if (refused || !survivor || !merged) return refused ?? refuse("request.not-found");
    const nowMs = platform.time.nowMs();
    const [managerId, otherManagerId] = [await managerIdOf(tx, survivor), await managerIdOf(tx, merged)];
    const before: Omit<Before, "left"> = {
      survivor: half(survivor, managerId),
      merged: {
        ...half(merged, otherManagerId),
        accountNos: merged.accounts.map(({ accountNo }) => accountNo),
        aliases: merged.aliases,
      },
    };
    const result = mergedFile(survivor, merged, chosen);
    // The number that is not chosen stays with the merged file: an import that names it still finds its customer.
    const otherNo = result.customerNo === merged.customerNo ? survivor.customerNo : merged.customerNo;
    await moveAccounts(tx, survivor.regionId, mergedId, customerId, before.merged.accountNos);
    await clearPeople(tx, merged);
    await tx.run(sql`
      update customer set customer_no = null where region_id = ${survivor.regionId} and customer_id in (${customerId}, ${mergedId})`);
    await tx.run(sql`
      update customer set merged_into = ${customerId} where region_id = ${survivor.regionId} and merged_into = ${mergedId}`);
    await tx.run(sql`
      update customer set merged_into = ${customerId}, customer_no = ${otherNo}, version = version + 1, changed_at = ${instant(nowMs)}
      where region_id = ${survivor.regionId} and customer_id = ${mergedId}`);
    const version = await writeFile(tx, survivor, result, nowMs);
    const manager = chosen.manager === "SURVIVOR" ? (managerId ?? otherManagerId) : (otherManagerId ?? managerId);
    const row = (id: CustomerId) => sql`(${survivor.regionId}::smallint, ${id}::bigint)`;
    await assign(tx, row(mergedId), null, personOf(editor), nowMs);
    await assign(tx, row(customerId), manager, personOf(editor), nowMs);
    const left = stateOf(await customerRecord(tx, customerId));
    await tx.run(sql`
      insert into customer_merge (region_id, merged_id, merge_no, survivor_id, survivor_version, reason, before, merged_by, merged_at)
      select ${survivor.regionId}, ${mergedId}, coalesce(max(merge_no), 0) + 1, ${customerId}, ${version}, ${reason},
        ${JSON.stringify({ ...before, left } satisfies Before)}::jsonb, ${personOf(editor)}, ${instant(nowMs)}
      from customer_merge where region_id = ${survivor.regionId} and merged_id = ${mergedId}`);
    await refreshSearchIndex(tx, survivor.regionId, [customerId]);
    await finish(platform, tx, actor, { customerId, version }, [...unitsOf(survivor), ...unitsOf(merged)], {
      field: "merge",
      reason,
      facts: { merged: mergedId },
    });
    return { customerId, version };
  });
}

const moveAccounts = (tx: Tx, regionId: number, from: CustomerId, to: CustomerId, accountNos: readonly string[]) =>
  tx.run(sql`
    update customer_account set customer_id = ${to}
    where region_id = ${regionId} and customer_id = ${from} and account_no = any(${accountNos}::text[])`);

// Nobody is called and no need is met by a file that leads elsewhere. Its evidence stays under its id.
async function clearPeople(tx: Tx, { regionId, customerId }: CustomerRecord): Promise<void> {
  await tx.run(sql`delete from customer_contact where region_id = ${regionId} and customer_id = ${customerId}`);
  await tx.run(sql`delete from special_need where region_id = ${regionId} and customer_id = ${customerId}`);
}

async function writeFile(
  tx: Tx,
  { regionId, customerId }: CustomerRecord,
  file: Omit<Half, "managerId">,
  nowMs: number,
): Promise<number> {
  const { version } = await tx.one<{ version: number }>(sql`
    update customer set name = ${file.name}, customer_no = ${file.customerNo}, importance = ${file.importance},
      facts = ${file.facts && JSON.stringify(file.facts)}::jsonb, version = version + 1, changed_at = ${instant(nowMs)}
    where region_id = ${regionId} and customer_id = ${customerId} returning version`);
  await storeContacts(tx, { regionId, customerId }, file.contacts);
  await storeNeeds(tx, { regionId, customerId }, file.specialNeeds);
  return version;
}

async function finish(
  platform: Platform,
  tx: Tx,
  actor: Actor,
  done: Merged,
  units: readonly number[],
  told: { readonly field: string; readonly reason: string; readonly facts: Readonly<Record<string, string>> },
): Promise<void> {
  await recordAccess(tx, platform.time.nowMs(), actor, {
    action: "CUSTOMER_CHANGED",
    recordKind: "customer",
    recordId: done.customerId,
    ...told,
  });
  await tell(platform, tx, done, units);
}

/** Makes two files of one again, as they were, if nothing has changed the surviving file since. Notes and visits made since stay with the survivor. */
export async function undoMerge(
  platform: Platform,
  editor: Editor,
  actor: Actor,
  asked: { readonly customerId: CustomerId; readonly version: number; readonly mergedId: CustomerId; readonly reason: string },
): Promise<Merged | Refusal> {
  const { customerId, mergedId, reason } = asked;
  const noReason = unmaskReasonRefusal(reason);
  if (noReason) return noReason;
  return decided(platform, async (tx) => {
    const survivor = await customerRecord(tx, customerId, { lock: true });
    const refused = mergeRefusal(editor, survivor, customerId, asked.version);
    if (refused || !survivor) return refused ?? refuse("request.not-found");
    const { regionId } = survivor;
    const merge = await tx.maybe<{ mergeNo: number; survivorVersion: number; before: Before | null }>(sql`
      select merge_no "mergeNo", survivor_version "survivorVersion", before from customer_merge
      where region_id = ${regionId} and merged_id = ${mergedId} and survivor_id = ${customerId} and undone_at is null for update`);
    if (!merge) return refuse("request.not-found");
    const { before } = merge;
    if (!before || merge.survivorVersion !== survivor.version || before.left !== stateOf(survivor))
      return refuse("customer.merge-settled");
    const nowMs = platform.time.nowMs();
    await tx.run(sql`
      update customer set customer_no = null where region_id = ${regionId} and customer_id in (${customerId}, ${mergedId})`);
    await tx.run(sql`
      update customer set merged_into = null where region_id = ${regionId} and customer_id = ${mergedId}`);
    await tx.run(sql`
      update customer set merged_into = ${mergedId}
      where region_id = ${regionId} and customer_id = any(${before.merged.aliases}::bigint[]) and merged_into = ${customerId}`);
    await moveAccounts(tx, regionId, customerId, mergedId, before.merged.accountNos);
    const version = await writeFile(tx, survivor, before.survivor, nowMs);
    await writeFile(tx, { ...survivor, customerId: mergedId }, before.merged, nowMs);
    await tx.run(sql`
      update customer_merge set undone_at = ${instant(nowMs)}, undone_by = ${personOf(editor)}, before = null
      where region_id = ${regionId} and merged_id = ${mergedId} and merge_no = ${merge.mergeNo}`);
    const row = (id: CustomerId) => sql`(${regionId}::smallint, ${id}::bigint)`;
    await assign(tx, row(customerId), before.survivor.managerId, personOf(editor), nowMs);
    await assign(tx, row(mergedId), before.merged.managerId, personOf(editor), nowMs);
    await refreshSearchIndex(tx, regionId, [customerId, mergedId]);
    await finish(platform, tx, actor, { customerId, version }, unitsOf(survivor), {
      field: "merge",
      reason,
      facts: { undone: mergedId },
    });
    return { customerId, version };
  });
}
