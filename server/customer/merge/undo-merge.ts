import type { CustomerId } from "@bihuan/core/customer/customer.ts";
import { unmaskReasonRefusal } from "@bihuan/core/identity/masking.ts";
import { type Refusal, refuse } from "@bihuan/core/refusal.ts";
import type { Actor } from "../../identity/access-log/commands.ts";
import type { Platform } from "../../platform/platform.ts";
import { instant, sql } from "../../platform/sql.ts";
import { decided, unitsOf } from "../editing/transaction.ts";
import { personOf } from "../file/person.ts";
import { customerRecord } from "../queries.ts";
import type { Editor } from "../reach.ts";
import { refreshSearchIndex } from "../search/search-index.ts";
import { assign } from "../care/managers.ts";
import { type Before, finish, type Merged, mergeRefusal, moveAccounts, stateOf, writeFile } from "./merge-parts.ts";

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
