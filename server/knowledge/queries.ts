// Articles and their versions as they are stored. Who may see which is asked by the caller.
import type { ArticleContent, ArticleKind } from "@bihuan/core/knowledge/article.ts";
import type { VersionState } from "@bihuan/core/knowledge/life.ts";
import type { ArticleLink } from "@bihuan/core/knowledge/links.ts";
import type { Role } from "@bihuan/core/identity/roles.ts";
import type { Queryable } from "../platform/database.ts";
import { raw, type Sql, sql } from "../platform/sql.ts";

export type ArticleRecord = {
  readonly articleId: number;
  readonly unitId: number;
  readonly kind: ArticleKind;
  readonly revision: number;
};

/** A version as lists need it. */
export type ListedVersion = {
  readonly articleId: number;
  readonly version: number;
  readonly unitId: number;
  readonly kind: ArticleKind;
  readonly state: VersionState;
  readonly content: ArticleContent;
  readonly roles: readonly Role[];
  readonly links: readonly ArticleLink[];
  readonly validTo: string | null;
  readonly holdsFrom: string | null;
  readonly holdsTo: string | null;
  readonly helped: number;
  readonly notHelped: number;
  readonly files: number;
};

export type FileRecord = {
  readonly fileNo: number;
  readonly name: string;
  readonly sha256: string;
  readonly sizeBytes: number;
  readonly mediaType: string;
};

export type VersionRecord = Omit<ListedVersion, "files" | "unitId" | "kind"> & {
  readonly validFrom: string | null;
  readonly note: string | null;
  readonly authorIds: readonly number[];
  readonly authors: readonly string[];
  readonly submittedAtMs: number | null;
  readonly decidedBy: string | null;
  readonly decidedAtMs: number | null;
  readonly reason: string | null;
  readonly files: readonly FileRecord[];
};

const versionColumns = sql`
  v.article_id "articleId", v.version, v.state, v.content, v.roles, v.links, v.valid_to "validTo", v.holds_from "holdsFrom",
  v.holds_to "holdsTo", v.helped, v.not_helped "notHelped"`;

/** What a list reads of `article a` and `article_version v`. */
export const listColumns = sql`
  ${versionColumns}, a.unit_id "unitId", a.kind,
  (select count(*)::int from article_file f where f.article_id = v.article_id and f.version = v.version) files`;

/** Versions of `v` that are in force on a civil date: days, not dates, are compared, since nearly all are and no index should be chosen by it. */
export const inForce = (today: string): Sql =>
  sql`v.state = 'APPROVED' and ${today}::date - v.holds_from >= 0 and (v.holds_to is null or v.holds_to >= ${today}::date)`;

export const articleById = (on: Queryable, articleId: number, options: { lock?: boolean } = {}): Promise<ArticleRecord | null> =>
  on.maybe(sql`
    select article_id "articleId", unit_id "unitId", kind, revision from article where article_id = ${articleId}
    ${options.lock ? raw("for update") : raw("")}`);

/** Every version of an article, the newest first. */
export const versionsOf = (on: Queryable, articleId: number): Promise<VersionRecord[]> =>
  on.rows(sql`
    select ${versionColumns}, v.valid_from "validFrom", v.note, v.author_ids "authorIds",
      array(select s.name from unnest(v.author_ids) with ordinality u(id, place) join staff s on s.staff_id = u.id order by u.place) authors,
      v.submitted_at "submittedAtMs", (select s.name from staff s where s.staff_id = v.decided_by) "decidedBy",
      v.decided_at "decidedAtMs", v.reason,
      coalesce((select json_agg(json_build_object('fileNo', f.file_no, 'name', f.name, 'sha256', f.sha256,
          'sizeBytes', f.size_bytes, 'mediaType', f.media_type) order by f.file_no)
        from article_file f where f.article_id = v.article_id and f.version = v.version), '[]') files
    from article_version v where v.article_id = ${articleId} order by v.version desc`);

/** Named versions as a list shows them, in the order they are named. */
export const listedVersions = (
  on: Queryable,
  named: readonly { readonly articleId: number; readonly version: number }[],
): Promise<ListedVersion[]> =>
  on.rows(sql`
    select ${listColumns}
    from unnest(${named.map((one) => one.articleId)}::int[], ${named.map((one) => one.version)}::int[])
      with ordinality n(article_id, version, place)
    join article_version v on v.article_id = n.article_id and v.version = n.version
    join article a on a.article_id = v.article_id
    order by n.place`);

/** Which of some stored files an article still names: what the sweep of orphans asks. */
export async function namedArticleFiles(on: Queryable, hashes: readonly string[]): Promise<ReadonlySet<string>> {
  const rows = await on.rows<{ sha256: string }>(sql`
    select distinct sha256 from article_file where sha256 = any(${hashes}::text[])`);
  return new Set(rows.map(({ sha256 }) => sha256));
}
