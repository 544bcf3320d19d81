// What stands on a file beside the customer's own data: evidence, who answered for him, files that were merged into his.
import type { SpecialNeedKind } from "@bihuan/core/customer/codes.ts";
import type { CustomerId } from "@bihuan/core/customer/customer.ts";
import type { Queryable } from "../../platform/database.ts";
import { sql } from "../../platform/sql.ts";
import { type CustomerRecord, type ManagerRecord, sameCustomer } from "../queries.ts";

export type EvidenceRecord = {
  readonly customerId: CustomerId;
  readonly fileNo: number;
  readonly kind: SpecialNeedKind;
  readonly name: string;
  readonly sizeBytes: number;
  readonly mediaType: string;
  readonly validTo: string | null;
  readonly addedBy: string | null;
  readonly addedAtMs: number;
};
export type ManagedRecord = ManagerRecord & {
  readonly sinceMs: number;
  readonly untilMs: number | null;
  readonly givenBy: string | null;
};
export type MergeRecord = {
  readonly customerId: CustomerId;
  readonly name: string | null;
  readonly reason: string;
  readonly mergedBy: string | null;
  readonly mergedAtMs: number;
  readonly survivorVersion: number;
  /** What was before is still known. */
  readonly restorable: boolean;
};
export type FileExtras = {
  readonly evidence: readonly EvidenceRecord[];
  /** The newest first. */
  readonly managers: readonly ManagedRecord[];
  readonly merges: readonly MergeRecord[];
};

/** Reads what stands beside a file. */
export async function fileExtras(on: Queryable, { regionId, customerId }: CustomerRecord): Promise<FileExtras> {
  const these = sql`region_id = ${regionId} and e.customer_id = any(${sameCustomer(customerId)})`;
  const evidence = await on.rows<EvidenceRecord>(sql`
    select e.customer_id::text "customerId", e.file_no "fileNo", e.kind, e.name, e.size_bytes "sizeBytes", e.media_type "mediaType",
      e.valid_to "validTo", s.name "addedBy", e.added_at "addedAtMs"
    from special_need_evidence e left join staff s on s.staff_id = e.added_by
    where ${these} order by e.added_at desc, e.customer_id, e.file_no`);
  const managers = await on.rows<ManagedRecord>(sql`
    select e.staff_id "staffId", s.name, s.active, f.phone, e.since "sinceMs", e.until "untilMs", g.name "givenBy"
    from customer_manager e join staff s on s.staff_id = e.staff_id
    left join service_phone f on f.holder = 'STAFF' and f.holder_id = e.staff_id
    left join staff g on g.staff_id = e.given_by
    where ${these} order by e.until desc nulls first, e.since desc, e.manager_no desc`);
  const merges = await on.rows<MergeRecord>(sql`
    select e.merged_id::text "customerId", c.name, e.reason, s.name "mergedBy", e.merged_at "mergedAtMs",
      e.survivor_version "survivorVersion", e.before is not null restorable
    from customer_merge e join customer c on c.region_id = e.region_id and c.customer_id = e.merged_id
    left join staff s on s.staff_id = e.merged_by
    where e.region_id = ${regionId} and e.survivor_id = ${customerId} and e.undone_at is null order by e.merged_at desc`);
  return { evidence, managers, merges };
}
