// Two files of one customer become one. Orders, notes, visits and evidence stay with the id they were entered under: it leads to the
// survivor (sameCustomer), so that no order's history is touched.
import type { CustomerId } from "@bihuan/core/customer/customer.ts";
import { type Chosen, mergedFile } from "@bihuan/core/customer/file/merging.ts";
import { unmaskReasonRefusal } from "@bihuan/core/identity/masking.ts";
import { type Refusal, refuse } from "@bihuan/core/refusal.ts";
import type { Actor } from "../../identity/access-log/commands.ts";
import type { Tx } from "../../platform/database.ts";
import type { Platform } from "../../platform/platform.ts";
import { instant, sql } from "../../platform/sql.ts";
import { decided, unitsOf } from "../editing/transaction.ts";
import { personOf } from "../file/person.ts";
import { type CustomerRecord, customerRecord } from "../queries.ts";
import type { Editor } from "../reach.ts";
import { refreshSearchIndex } from "../search/search-index.ts";
import { assign } from "../care/managers.ts";
import {
  type Before,
  finish,
  half,
  managerIdOf,
  type Merged,
  mergeRefusal,
  moveAccounts,
  stateOf,
  writeFile,
} from "./merge-parts.ts";

export type Merge = {
  readonly customerId: CustomerId;
  readonly version: number;
  readonly mergedId: CustomerId;
  readonly mergedVersion: number;
  readonly chosen: Chosen;
  readonly reason: string;
};
// Both files are locked in the order of their ids, whichever is to stay: two who merge them crosswise wait for one another.
async function lockBoth(tx: Tx, one: CustomerId, other: CustomerId) {
  const ids = [one, other].toSorted();
  const records: (CustomerRecord | null)[] = [];
  for (const id of ids) records.push(await customerRecord(tx, id, { lock: true }));
  return ids[0] === one ? records : records.toReversed();
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

// Nobody is called and no need is met by a file that leads elsewhere. Its evidence stays under its id.
async function clearPeople(tx: Tx, { regionId, customerId }: CustomerRecord): Promise<void> {
  await tx.run(sql`delete from customer_contact where region_id = ${regionId} and customer_id = ${customerId}`);
  await tx.run(sql`delete from special_need where region_id = ${regionId} and customer_id = ${customerId}`);
}
