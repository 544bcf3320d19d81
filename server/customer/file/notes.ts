// Notes on a customer: added to, never changed. Who wrote one may retract it; that it stood there, and why it went, stays.
import { createHash } from "node:crypto";
import type { CustomerNote } from "@bihuan/contract/customer-file.ts";
import { type CustomerId, regionOfCustomer } from "@bihuan/core/customer/customer.ts";
import { retractionRefusal } from "@bihuan/core/customer/file/records.ts";
import { maskText } from "@bihuan/core/identity/masking.ts";
import { type Refusal, refuse } from "@bihuan/core/refusal.ts";
import { type Actor, recordAccess } from "../../identity/access-log/commands.ts";
import { BIGINT, decodeCursor, encodeCursor, MILLISECONDS } from "../../platform/cursor.ts";
import type { Queryable } from "../../platform/database.ts";
import type { Platform } from "../../platform/platform.ts";
import { instant, instantOrNull, sql } from "../../platform/sql.ts";
import { decided, onCustomer, tell, unitsOf } from "../editing/transaction.ts";
import { customerRecord, sameCustomer } from "../queries.ts";
import { type Editor, reaches } from "../reach.ts";
import { personOf } from "./person.ts";

type NoteRecord = {
  readonly customerId: CustomerId;
  readonly noteNo: number;
  readonly body: string | null;
  readonly authorId: number | null;
  readonly author: string;
  readonly writtenAtMs: number;
  readonly retractedAtMs: number | null;
  readonly retractReason: string | null;
};

const hashOf = (body: string): Buffer => createHash("sha256").update(body).digest();

/** Writes a note. The same key with the same words answers what it did the first time. */
export const writeNote = (
  platform: Platform,
  editor: Editor,
  actor: Actor,
  customerId: CustomerId,
  body: string,
  idempotencyKey: string,
): Promise<{ readonly noteNo: number } | Refusal> =>
  onCustomer(platform, editor, { customerId, permission: "customer.record", append: true }, async ({ tx, key, nowMs }) => {
    const receipt = `${actor.kind} ${actor.id} ${idempotencyKey}`;
    const known = await tx.maybe<{ noteNo: number; hash: Buffer }>(sql`
      select note_no "noteNo", request_hash hash from customer_note
      where region_id = ${key.regionId} and customer_id = ${customerId} and receipt = ${receipt}`);
    if (known) return known.hash.equals(hashOf(body)) ? { noteNo: known.noteNo } : refuse("request.idempotency-key-reused");
    const { noteNo } = await tx.one<{ noteNo: number }>(sql`
      insert into customer_note (region_id, customer_id, note_no, body, author_id, author, written_at, receipt, request_hash)
      select ${key.regionId}, ${customerId}, coalesce(max(note_no), 0) + 1, ${body}, ${personOf(editor)}, ${actor.name},
        ${instant(nowMs)}, ${receipt}, ${hashOf(body)}
      from customer_note where region_id = ${key.regionId} and customer_id = ${customerId}
      returning note_no "noteNo"`);
    await recordAccess(tx, nowMs, actor, {
      action: "CUSTOMER_CHANGED",
      recordKind: "customer",
      recordId: customerId,
      field: "note",
      facts: { noteNo },
    });
    return { noteNo };
  });

/** Retracts a note of the caller's own. */
export function retractNote(
  platform: Platform,
  editor: Editor,
  actor: Actor,
  { customerId, noteNo, reason }: { readonly customerId: CustomerId; readonly noteNo: number; readonly reason: string },
): Promise<{ readonly noteNo: number } | Refusal> {
  const regionId = regionOfCustomer(customerId);
  return decided(platform, async (tx) => {
    const record = await customerRecord(tx, customerId, { lock: true });
    if (!record || !reaches(editor, record, "customer.read")) return refuse("request.not-found");
    if (!reaches(editor, record, "customer.record")) return refuse("permission.missing", { permission: "customer.record" });
    if (record.erasedAtMs !== null) return refuse("customer.erased");
    const note = await tx.maybe<{ authorId: number | null; retracted: boolean }>(sql`
      select author_id "authorId", retracted_at is not null retracted from customer_note
      where region_id = ${regionId} and customer_id = ${customerId} and note_no = ${noteNo}`);
    if (!note) return refuse("request.not-found");
    const refused = retractionRefusal(note.authorId, personOf(editor), note.retracted);
    if (refused) return refused;
    const nowMs = platform.time.nowMs();
    await tx.run(sql`
      update customer_note set retracted_at = ${instant(nowMs)}, retract_reason = ${reason}
      where region_id = ${regionId} and customer_id = ${customerId} and note_no = ${noteNo}`);
    await recordAccess(tx, nowMs, actor, {
      action: "CUSTOMER_CHANGED",
      recordKind: "customer",
      recordId: customerId,
      field: "note",
      facts: { retracted: noteNo },
    });
    await tell(platform, tx, { customerId: record.customerId, version: record.version }, unitsOf(record));
    return { noteNo };
  });
}

/** A place in a list of notes or visits: the instant it is ordered by, and which one. */
export type RecordPlace = { readonly atMs: number; readonly customerId: CustomerId; readonly no: number };
export const writePlace = ({ atMs, customerId, no }: RecordPlace): string => encodeCursor([String(atMs), customerId, String(no)]);
export function readPlace(cursor: string | undefined): RecordPlace | null {
  const [atMs, customerId, no] = decodeCursor(cursor, [MILLISECONDS, BIGINT, /^\d{1,9}$/]) ?? [];
  return no === undefined ? null : { atMs: Number(atMs), customerId: customerId as string, no: Number(no) };
}

/** One page of a customer's notes, newest first, those of files merged into his included. */
export function notesOf(on: Queryable, customerId: CustomerId, after: RecordPlace | null, limit: number): Promise<NoteRecord[]> {
  return on.rows(sql`
    select customer_id::text "customerId", note_no "noteNo", body, author_id "authorId", author, written_at "writtenAtMs",
      retracted_at "retractedAtMs", retract_reason "retractReason"
    from customer_note
    where region_id = ${regionOfCustomer(customerId)} and customer_id = any(${sameCustomer(customerId)})
      and ${after ? sql`(written_at, customer_id, note_no) < (${instant(after.atMs)}, ${after.customerId}::bigint, ${after.no})` : sql`true`}
    order by written_at desc, customer_id desc, note_no desc limit ${limit}`);
}

/** A note as a reader sees it. */
export const noteView = (editor: Editor, note: NoteRecord, mayRecord: boolean): CustomerNote => ({
  customerId: note.customerId,
  noteNo: note.noteNo,
  body: note.body === null || note.retractedAtMs !== null ? null : maskText(note.body),
  author: note.author,
  writtenAt: instant(note.writtenAtMs),
  retractedAt: instantOrNull(note.retractedAtMs),
  retractReason: note.retractReason === null ? null : maskText(note.retractReason),
  mayRetract: mayRecord && retractionRefusal(note.authorId, personOf(editor), note.retractedAtMs !== null) === null,
});
