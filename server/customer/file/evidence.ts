// Evidence of special needs: kept by its content, named by the file, given out only with a record of who took it.
import type { SpecialNeedKind } from "@bihuan/core/customer/codes.ts";
import { type CustomerId, regionOfCustomer } from "@bihuan/core/customer/customer.ts";
import { isRefusal, type Refusal, refuse } from "@bihuan/core/refusal.ts";
import type { MultipartFile } from "@fastify/multipart";
import type { FastifyRequest } from "fastify";
import { type Actor, recordAccess } from "../../identity/access-log/commands.ts";
import type { Queryable } from "../../platform/database.ts";
import { openFile, safeFileName, type StoredFile, storeFile } from "../../platform/files/store.ts";
import type { Download } from "../../platform/http/operations.ts";
import type { Platform } from "../../platform/platform.ts";
import { instant, sql } from "../../platform/sql.ts";
import { onCustomer, type Subject } from "../editing/transaction.ts";
import { type CustomerRecord, customerRecord } from "../queries.ts";
import { type Editor, reaches } from "../reach.ts";
import { personOf } from "./person.ts";

const MOST_FILES = 20;

export type NewEvidence = { readonly customerId: CustomerId; readonly kind: SpecialNeedKind; readonly validTo: string | null };

function attachRefusal(record: CustomerRecord, kind: SpecialNeedKind): Refusal | null {
  return record.specialNeeds.some((need) => need.kind === kind) ? null : refuse("customer.need-unknown");
}

/** Keeps the file of a request as evidence of a need. Whether it may be is asked before a byte is kept, and again when it is. */
export async function addEvidence(
  platform: Platform,
  editor: Editor,
  actor: Actor,
  asked: NewEvidence,
  request: FastifyRequest,
): Promise<{ readonly fileNo: number; readonly version: number } | Refusal> {
  const { customerId, kind } = asked;
  const record = await customerRecord(platform.db, customerId);
  if (!record || !reaches(editor, record, "customer.read")) return refuse("request.not-found");
  if (!reaches(editor, record, "customer.edit")) return refuse("permission.missing", { permission: "customer.edit" });
  const refused = record.erasedAtMs === null ? attachRefusal(record, kind) : refuse("customer.erased");
  if (refused) return refused;
  const { attachmentFolder, attachmentLimitBytes: most } = platform.config;
  // One byte more is let through than may be kept: where the reader cut it off, the rest would pass for a whole file.
  const parts = request.files({ limits: { fileSize: most + 1 } });
  const part = (await parts.next()).value as MultipartFile | undefined;
  if (!part) return refuse("file.missing");
  const name = safeFileName(part.filename);
  const several = async () => ((await parts.next()).done ? null : refuse("file.several"));
  const stored = await storeFile(attachmentFolder, part.file, name, most, several);
  if (isRefusal(stored)) {
    if (stored.refused === "file.cannot-be-kept")
      request.log.error({ because: stored.facts["because"] }, "a piece of evidence could not be kept");
    return stored;
  }
  return onCustomer(platform, editor, { customerId, permission: "customer.edit" }, (subject) =>
    nameEvidence(subject, asked, name, stored, personOf(editor), actor),
  );
}

async function nameEvidence(
  { tx, key: { regionId, customerId }, record, nowMs }: Subject,
  { kind, validTo }: NewEvidence,
  name: string,
  stored: StoredFile,
  staffId: number | null,
  actor: Actor,
): Promise<{ fileNo: number } | Refusal> {
  const refused = attachRefusal(record, kind);
  if (refused) return refused;
  const files = await tx.rows<{ fileNo: number; kind: string; sha256: string }>(sql`
    select file_no "fileNo", kind, sha256 from special_need_evidence where region_id = ${regionId} and customer_id = ${customerId}`);
  // The same file sent again: it is there, perhaps with another last day.
  const known = files.find((file) => file.kind === kind && file.sha256 === stored.sha256);
  if (!known && files.length >= MOST_FILES) return refuse("customer.too-many-files", { most: MOST_FILES });
  const fileNo = known?.fileNo ?? Math.max(0, ...files.map((file) => file.fileNo)) + 1;
  await tx.run(sql`
    insert into special_need_evidence (region_id, customer_id, file_no, kind, name, sha256, size_bytes, media_type, valid_to, added_by, added_at)
    values (${regionId}, ${customerId}, ${fileNo}, ${kind}, ${name}, ${stored.sha256}, ${stored.sizeBytes}, ${stored.mediaType},
      ${validTo}::date, ${staffId}, ${instant(nowMs)})
    on conflict (region_id, customer_id, file_no) do update set valid_to = excluded.valid_to`);
  await recordAccess(tx, nowMs, actor, {
    action: "CUSTOMER_CHANGED",
    recordKind: "customer",
    recordId: customerId,
    field: "evidence",
    facts: { kind, fileNo },
  });
  return { fileNo };
}

// A file of a customer who was merged keeps the number it was entered under; the survivor decides who may act on it.
async function ownerOf(on: Queryable, editor: Editor, customerId: CustomerId): Promise<CustomerRecord | Refusal> {
  const record = await customerRecord(on, customerId);
  return record && reaches(editor, record, "customer.read") ? record : refuse("request.not-found");
}

/** Takes a piece of evidence off the file. */
export async function removeEvidence(
  platform: Platform,
  editor: Editor,
  actor: Actor,
  asked: { readonly customerId: CustomerId; readonly fileNo: number },
): Promise<{ readonly version: number } | Refusal> {
  const owner = await ownerOf(platform.db, editor, asked.customerId);
  if (isRefusal(owner)) return owner;
  const { customerId } = owner;
  return onCustomer(platform, editor, { customerId, permission: "customer.edit" }, async ({ tx, record, nowMs }) => {
    if (![customerId, ...record.aliases].includes(asked.customerId)) return refuse("request.not-found");
    const removed = await tx.run(sql`
      delete from special_need_evidence
      where region_id = ${record.regionId} and customer_id = ${asked.customerId} and file_no = ${asked.fileNo}`);
    if (removed === 0) return refuse("request.not-found");
    await recordAccess(tx, nowMs, actor, {
      action: "CUSTOMER_CHANGED",
      recordKind: "customer",
      recordId: customerId,
      field: "evidence",
      facts: { removed: asked.fileNo },
    });
    return {};
  });
}

/** Opens a piece of evidence for download, and records who took it. */
export async function openEvidence(
  platform: Platform,
  editor: Editor,
  actor: Actor,
  { customerId, fileNo }: { readonly customerId: CustomerId; readonly fileNo: number },
): Promise<Download | Refusal> {
  const owner = await ownerOf(platform.db, editor, customerId);
  if (isRefusal(owner)) return owner;
  if (!reaches(editor, owner, "personal-data.unmask"))
    return refuse("permission.missing", { permission: "personal-data.unmask" });
  const file = await platform.db.maybe<{ name: string; sha256: string; mediaType: string }>(sql`
    select name, sha256, media_type "mediaType" from special_need_evidence
    where region_id = ${regionOfCustomer(customerId)} and customer_id = ${customerId} and file_no = ${fileNo}`);
  const body = file ? await openFile(platform.config.attachmentFolder, file.sha256) : null;
  if (!file || !body) return refuse("request.not-found");
  await recordAccess(platform.db, platform.time.nowMs(), actor, {
    action: "ATTACHMENT_DOWNLOADED",
    recordKind: "customer",
    recordId: owner.customerId,
    field: `evidence ${fileNo}`,
  });
  return { body, contentType: file.mediaType, fileName: file.name };
}

/** Which of some stored files are named as evidence: what the sweep of orphans asks. */
export async function namedEvidence(db: Queryable, hashes: readonly string[]): Promise<ReadonlySet<string>> {
  const rows = await db.rows<{ sha256: string }>(sql`
    select distinct sha256 from special_need_evidence where sha256 = any(${hashes}::text[])`);
  return new Set(rows.map((row) => row.sha256));
}
