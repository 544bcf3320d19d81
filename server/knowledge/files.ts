// Files of articles: put on a draft, kept by their content, carried on from version to version.
import { lifeRefusal } from "@bihuan/core/knowledge/life.ts";
import { isRefusal, type Refusal, refuse } from "@bihuan/core/refusal.ts";
import { can } from "@bihuan/core/identity/scope.ts";
import type { MultipartFile } from "@fastify/multipart";
import type { FastifyRequest } from "fastify";
import { openFile, safeFileName, type StoredFile, storeFile } from "../platform/files/store.ts";
import type { Download } from "../platform/http/operations.ts";
import type { Platform } from "../platform/platform.ts";
import { instant, sql } from "../platform/sql.ts";
import { type Acted, onArticle, type Subject } from "./commands.ts";
import { articleById, type VersionRecord, versionsOf } from "./queries.ts";
import { mayEdit, mayRead, personOf, type Reader } from "./reader.ts";

const MOST_FILES = 20;

function mayAttach(versions: readonly VersionRecord[], staffId: number | null): Refusal | null {
  const draft = versions.find(({ state }) => state === "DRAFT") ?? null;
  const refused = lifeRefusal("edit", draft, staffId);
  if (refused) return refused;
  return (draft?.files.length ?? 0) >= MOST_FILES ? refuse("knowledge.too-many-files", { most: MOST_FILES }) : null;
}

/** Keeps the file of a request on the draft. Whether it may be is asked before a byte is kept, and again when it is. */
export async function attachToArticle(
  platform: Platform,
  reader: Reader,
  articleId: number,
  request: FastifyRequest,
): Promise<(Acted & { readonly fileNo: number }) | Refusal> {
  const article = await articleById(platform.db, articleId);
  if (!article || !mayRead(reader, article.unitId)) return refuse("knowledge.not-found");
  if (!can(reader.scope, reader.tree, "knowledge.edit", article.unitId)) return refuse("knowledge.not-yours");
  const refused = mayAttach(await versionsOf(platform.db, articleId), personOf(reader));
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
      request.log.error({ because: stored.facts["because"] }, "an attachment could not be kept");
    return stored;
  }
  return onArticle(platform, reader, { articleId, revision: null, permission: "knowledge.edit" }, (subject) =>
    nameFile(subject, name, stored, personOf(reader)),
  );
}

async function nameFile(
  { tx, article: { articleId }, versions, nowMs }: Subject,
  name: string,
  stored: StoredFile,
  staffId: number | null,
): Promise<{ articleId: number; version: number; fileNo: number } | Refusal> {
  const refused = mayAttach(versions, staffId);
  const draft = versions.find(({ state }) => state === "DRAFT");
  if (refused || !draft) return refused ?? refuse("knowledge.not-at-this-stage");
  // Sent again after its answer was lost: it is there.
  const known = draft.files.find((file) => file.sha256 === stored.sha256 && file.name === name);
  const fileNo = known?.fileNo ?? Math.max(0, ...draft.files.map((file) => file.fileNo)) + 1;
  if (!known)
    await tx.run(sql`
      insert into article_file (article_id, version, file_no, name, sha256, size_bytes, media_type, added_at)
      values (${articleId}, ${draft.version}, ${fileNo}, ${name}, ${stored.sha256}, ${stored.sizeBytes}, ${stored.mediaType}, ${instant(nowMs)})`);
  return { articleId, version: draft.version, fileNo };
}

/** Takes a file off the draft; older versions keep theirs. */
export const removeArticleFile = (platform: Platform, reader: Reader, articleId: number, fileNo: number) =>
  onArticle(platform, reader, { articleId, revision: null, permission: "knowledge.edit" }, async ({ tx, versions }) => {
    const draft = versions.find(({ state }) => state === "DRAFT") ?? null;
    const refused = lifeRefusal("edit", draft, personOf(reader));
    if (refused || draft === null) return refused ?? refuse("knowledge.not-at-this-stage");
    const removed = await tx.run(sql`
      delete from article_file where article_id = ${articleId} and version = ${draft.version} and file_no = ${fileNo}`);
    return removed === 0 ? refuse("knowledge.not-found") : { articleId };
  });

/** Opens a file of a version this reader may read. */
export async function openArticleFile(
  platform: Platform,
  reader: Reader,
  asked: { readonly articleId: number; readonly version: number; readonly fileNo: number },
): Promise<Download | Refusal> {
  const article = await articleById(platform.db, asked.articleId);
  if (!article || !mayRead(reader, article.unitId)) return refuse("knowledge.not-found");
  const version = (await versionsOf(platform.db, asked.articleId)).find((one) => one.version === asked.version);
  const file = version?.files.find((one) => one.fileNo === asked.fileNo);
  const open = version && (version.state === "APPROVED" || mayEdit(reader, article.unitId));
  const body = file && open ? await openFile(platform.config.attachmentFolder, file.sha256) : null;
  if (!file || !body) return refuse("knowledge.not-found");
  return { body, contentType: file.mediaType, fileName: file.name };
}
