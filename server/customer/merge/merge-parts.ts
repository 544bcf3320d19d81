// What merging two files and parting them again have in common.
import { createHash } from "node:crypto";
import type { CustomerId } from "@bihuan/core/customer/customer.ts";
import { type Refusal, refuse } from "@bihuan/core/refusal.ts";
import { type Actor, recordAccess } from "../../identity/access-log/commands.ts";
import type { Tx } from "../../platform/database.ts";
import type { Platform } from "../../platform/platform.ts";
import { instant, sql } from "../../platform/sql.ts";
import { tell } from "../editing/transaction.ts";
import type { CustomerRecord } from "../queries.ts";
import { type Editor, mayManageAt, reaches } from "../reach.ts";
import { storeContacts, storeNeeds } from "../store.ts";

export type Merged = { readonly customerId: CustomerId; readonly version: number };

/** What both files were before: enough to make them two again. Personal; cleared when the customer is erased. */
export type Before = {
  /** {@link stateOf} the survivor right after the merge: an import may add to a file without counting its version. */
  readonly left: string;
  readonly survivor: Half;
  readonly merged: Half & { readonly accountNos: readonly string[]; readonly aliases: readonly CustomerId[] };
};
export type Half = Pick<CustomerRecord, "name" | "customerNo" | "importance" | "facts" | "contacts" | "specialNeeds"> & {
  readonly managerId: number | null;
};

/** What a merge may take from a file. */
export const half = (record: CustomerRecord, managerId: number | null): Half => {
  const { name, customerNo, importance, facts, contacts, specialNeeds } = record;
  return { name, customerNo, importance, facts, contacts, specialNeeds, managerId };
};

/** A file as it stands, short: the same where nothing was added or changed. */
export const stateOf = (record: CustomerRecord | null): string =>
  createHash("sha256")
    .update(
      JSON.stringify([record?.contacts, record?.specialNeeds, record?.accounts.map(({ accountNo }) => accountNo), record?.facts]),
    )
    .digest("base64");

/** Who answers for a customer now. */
export async function managerIdOf(tx: Tx, { regionId, customerId }: CustomerRecord): Promise<number | null> {
  const row = await tx.maybe<{ staffId: number }>(sql`
    select staff_id "staffId" from customer_manager
    where region_id = ${regionId} and customer_id = ${customerId} and until is null`);
  return row?.staffId ?? null;
}

/** Why somebody may not merge a file, or part it again; null where nothing speaks against it. */
export function mergeRefusal(editor: Editor, record: CustomerRecord | null, asked: CustomerId, version: number): Refusal | null {
  if (!record || !reaches(editor, record, "customer.read")) return refuse("request.not-found");
  if (record.customerId !== asked) return refuse("customer.merged", { customerId: record.customerId });
  for (const { unitId } of record.accounts) {
    const refused = mayManageAt(editor, unitId);
    if (refused) return refused;
  }
  if (record.erasedAtMs !== null) return refuse("customer.erased");
  return record.version === version ? null : refuse("customer.version-stale", { version: record.version });
}

/** Hands accounts from one file to another. */
export const moveAccounts = (tx: Tx, regionId: number, from: CustomerId, to: CustomerId, accountNos: readonly string[]) =>
  tx.run(sql`
    update customer_account set customer_id = ${to}
    where region_id = ${regionId} and customer_id = ${from} and account_no = any(${accountNos}::text[])`);

/** Writes what a file holds. Out: its new version. */
export async function writeFile(
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

/** Records what was done, and tells browsers. */
export async function finish(
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
