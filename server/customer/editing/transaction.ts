// What every change of a file has in common: one transaction, tried again where two people entered one number, and told to browsers.
import type { CustomerId } from "@bihuan/core/customer/customer.ts";
import { type Refusal, refuse, isRefusal } from "@bihuan/core/refusal.ts";
import type { Permission } from "@bihuan/core/identity/permissions.ts";
import { sqlState, type Tx } from "../../platform/database.ts";
import type { Platform } from "../../platform/platform.ts";
import { instant, sql } from "../../platform/sql.ts";
import { type CustomerRecord, customerRecord } from "../queries.ts";
import { type Editor, reaches } from "../reach.ts";
import type { Key } from "../store.ts";

export type Saved = { readonly customerId: CustomerId; readonly version: number };

// Two people may enter the same number at once: the loser's insert fails, and tried again it finds the winner's row and says so.
/** Runs the work in a transaction. */
export async function decided<Result>(platform: Platform, work: (tx: Tx) => Promise<Result>): Promise<Result> {
  try {
    return await platform.db.transaction(work);
  } catch (error) {
    if (sqlState(error) !== "23505") throw error;
    return platform.db.transaction(work);
  }
}

/** Tells browsers that a file changed: its number, nothing of what it says. */
export const tell = (platform: Platform, tx: Tx, saved: Saved, units: Iterable<number>) =>
  platform.live.publish(tx, [
    { type: "customer.changed", id: saved.customerId, version: saved.version, units: [...new Set(units)] },
  ]);

export type Subject = {
  readonly tx: Tx;
  readonly key: Key;
  readonly record: CustomerRecord;
  readonly nowMs: number;
};
export type Asked = {
  readonly customerId: CustomerId;
  readonly permission: Permission;
  /** As it was read; left out where the change cannot contradict another one. */
  readonly version?: number;
  /** What only adds a line beside the file leaves its version as it is. */
  readonly append?: boolean;
};

/** Locks a file a person may change. Out: why not, or what the change decided, with the file's new version. */
export function onCustomer<Done extends object>(
  platform: Platform,
  editor: Editor,
  { customerId, permission, version: expected, append = false }: Asked,
  work: (subject: Subject) => Promise<Done | Refusal>,
): Promise<(Done & { readonly version: number }) | Refusal> {
  return decided(platform, async (tx) => {
    const record = await customerRecord(tx, customerId, { lock: true });
    if (!record || !reaches(editor, record, "customer.read")) return refuse("request.not-found");
    if (record.customerId !== customerId) return refuse("customer.merged", { customerId: record.customerId });
    if (!reaches(editor, record, permission)) return refuse("permission.missing", { permission });
    if (record.erasedAtMs !== null) return refuse("customer.erased");
    if (expected !== undefined && record.version !== expected)
      return refuse("customer.version-stale", { version: record.version });
    const nowMs = platform.time.nowMs();
    const key = { regionId: record.regionId, customerId };
    const done = await work({ tx, key, record, nowMs });
    if (isRefusal(done)) return done;
    const { version } = append ? record : await bumpVersion(tx, key, nowMs);
    await tell(platform, tx, { customerId, version }, unitsOf(record));
    return { ...done, version };
  });
}

export const unitsOf = ({ accounts }: CustomerRecord): number[] => accounts.map(({ unitId }) => unitId);

/** Counts a change of a file. */
export const bumpVersion = (tx: Tx, { regionId, customerId }: Key, nowMs: number): Promise<{ version: number }> =>
  tx.one(sql`
    update customer set version = version + 1, changed_at = ${instant(nowMs)}
    where region_id = ${regionId} and customer_id = ${customerId} returning version`);
