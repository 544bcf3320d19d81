// The statements that write articles. What they write was decided by commands.ts and by the import.
import type { ArticleDraft, ArticleKind } from "@bihuan/core/knowledge/article.ts";
import { holding } from "@bihuan/core/knowledge/life.ts";
import { placeKey } from "@bihuan/core/knowledge/links.ts";
import { headFields, wholeFields } from "@bihuan/core/knowledge/search.ts";
import type { Tx } from "../platform/database.ts";
import { searchIndexOf } from "../platform/search-text.ts";
import { instant, sql } from "../platform/sql.ts";
import type { VersionRecord } from "./queries.ts";

export type NewArticle = {
  readonly unitId: number;
  readonly kind: ArticleKind;
  /** Its name in the file it was imported from. */
  readonly code: string | null;
  readonly receipt: { readonly key: string; readonly hash: Buffer } | null;
};

export const insertArticle = async (tx: Tx, article: NewArticle, nowMs: number): Promise<number> =>
  (
    await tx.one<{ id: number }>(sql`
      insert into article (unit_id, kind, code, receipt, receipt_hash, created_at, changed_at)
      values (${article.unitId}, ${article.kind}, ${article.code}, ${article.receipt?.key ?? null}, ${article.receipt?.hash ?? null},
        ${instant(nowMs)}, ${instant(nowMs)})
      returning article_id id`)
  ).id;

/** Begins a version. A submitted one comes from an import: it has no authors, so everybody may approve it. */
export const insertVersion = (
  tx: Tx,
  articleId: number,
  version: number,
  draft: ArticleDraft,
  by: { readonly state: "DRAFT" | "SUBMITTED"; readonly authorIds: readonly number[] },
  nowMs: number,
): Promise<number> =>
  tx.run(sql`
    insert into article_version (article_id, version, state, content, roles, links, valid_from, valid_to, note, author_ids,
      submitted_at, created_at, changed_at)
    values (${articleId}, ${version}, ${by.state}, ${JSON.stringify(draft.content)}::jsonb, ${draft.roles}::text[],
      ${JSON.stringify(draft.links)}::jsonb, ${draft.validFrom}, ${draft.validTo}, ${draft.note}, ${by.authorIds}::int[],
      ${by.state === "SUBMITTED" ? instant(nowMs) : null}, ${instant(nowMs)}, ${instant(nowMs)})`);

/** A new version begins with the files of the one before. */
export const copyFiles = (tx: Tx, articleId: number, from: number, to: number): Promise<number> =>
  tx.run(sql`
    insert into article_file (article_id, version, file_no, name, sha256, size_bytes, media_type, added_at)
    select article_id, ${to}, file_no, name, sha256, size_bytes, media_type, added_at
    from article_file where article_id = ${articleId} and version = ${from}`);

export const updateDraft = (
  tx: Tx,
  articleId: number,
  version: number,
  draft: ArticleDraft,
  authorIds: readonly number[],
  nowMs: number,
): Promise<number> =>
  tx.run(sql`
    update article_version set content = ${JSON.stringify(draft.content)}::jsonb, roles = ${draft.roles}::text[],
      links = ${JSON.stringify(draft.links)}::jsonb, valid_from = ${draft.validFrom}, valid_to = ${draft.validTo}, note = ${draft.note},
      author_ids = ${authorIds}::int[], changed_at = ${instant(nowMs)}
    where article_id = ${articleId} and version = ${version}`);

export const markSubmitted = (tx: Tx, articleId: number, version: number, authorIds: readonly number[], nowMs: number) =>
  tx.run(sql`
    update article_version set state = 'SUBMITTED', author_ids = ${authorIds}::int[], submitted_at = ${instant(nowMs)},
      reason = null, changed_at = ${instant(nowMs)}
    where article_id = ${articleId} and version = ${version}`);

/** Returned to its authors, or taken out of force. */
export const markDecided = (
  tx: Tx,
  articleId: number,
  version: number,
  state: "DRAFT" | "WITHDRAWN",
  by: { readonly staffId: number | null; readonly reason: string },
  nowMs: number,
): Promise<number> =>
  tx.run(sql`
    update article_version set state = ${state}, decided_by = ${by.staffId}, decided_at = ${instant(nowMs)}, reason = ${by.reason},
      changed_at = ${instant(nowMs)}
    where article_id = ${articleId} and version = ${version}`);

/** Puts a version in force from its day on, makes it findable, and ends those before it. In: the civil date of approval. */
export async function approve(tx: Tx, version: VersionRecord, staffId: number, today: string, nowMs: number): Promise<void> {
  const { articleId, content, links } = version;
  const { holdsFrom, holdsTo, othersUntil } = holding(version, today);
  const head = searchIndexOf(headFields(content));
  const whole = searchIndexOf(wholeFields(content));
  await tx.run(sql`
    update article_version set holds_to = ${othersUntil}
    where article_id = ${articleId} and state = 'APPROVED' and (holds_to is null or holds_to > ${othersUntil}::date)`);
  await tx.run(sql`
    update article_version set state = 'APPROVED', decided_by = ${staffId}, decided_at = ${instant(nowMs)}, reason = null,
      holds_from = ${holdsFrom}, holds_to = ${holdsTo}, places = ${links.map(placeKey)}::text[],
      head_search_tokens = ${head.tokens}::text[], head_search_text = ${head.text},
      search_tokens = ${whole.tokens}::text[], search_text = ${whole.text}, changed_at = ${instant(nowMs)}
    where article_id = ${articleId} and version = ${version.version}`);
}

/** Takes a draft away; an article that never was anything else goes with it. */
export async function removeDraft(tx: Tx, articleId: number, version: number): Promise<void> {
  await tx.run(sql`delete from article_version where article_id = ${articleId} and version = ${version}`);
  await tx.run(sql`
    delete from article a where article_id = ${articleId}
      and not exists (select from article_version v where v.article_id = a.article_id)`);
}

/** Counts a change. Out: the article's revision now. */
export const bumpRevision = async (tx: Tx, articleId: number, nowMs: number): Promise<number> =>
  (
    await tx.maybe<{ revision: number }>(sql`
      update article set revision = revision + 1, changed_at = ${instant(nowMs)} where article_id = ${articleId} returning revision`)
  )?.revision ?? 0;
