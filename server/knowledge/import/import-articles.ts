// Articles of a file, taken over by a unit: each waits for approval there, for nothing is forced on anybody. The same file again
// changes nothing; a new edition of it brings new versions of what differs.
import { isDeepStrictEqual } from "node:util";
import type { ArticleDraft } from "@bihuan/core/knowledge/article.ts";
import { type Actor, recordAccess } from "../../identity/access-log/commands.ts";
import type { Tx } from "../../platform/database.ts";
import type { Platform } from "../../platform/platform.ts";
import { sql } from "../../platform/sql.ts";
import { tellChanged } from "../commands.ts";
import { type VersionRecord, versionsOf } from "../queries.ts";
import { bumpRevision, copyFiles, insertArticle, insertVersion } from "../store.ts";
import type { WrittenArticle } from "./parse-articles.ts";

export type ImportedArticles = {
  /** By their keys in the file. */
  readonly created: string[];
  readonly changed: string[];
  readonly unchanged: string[];
  /** Somebody is writing the next version, or the last import waits for approval: left as they are. */
  readonly inHand: string[];
};

/** Takes over a file of articles, all of it or nothing. In: who, and the unit that issues them. */
export function importArticles(
  platform: Platform,
  actor: Actor,
  unitId: number,
  articles: readonly WrittenArticle[],
): Promise<ImportedArticles> {
  return platform.db.transaction(async (tx) => {
    const nowMs = platform.time.nowMs();
    const result: ImportedArticles = { created: [], changed: [], unchanged: [], inHand: [] };
    for (const article of articles) result[await importArticle(platform, tx, unitId, article, nowMs)].push(article.code);
    const { created, changed } = result;
    if (created.length + changed.length > 0)
      await recordAccess(tx, nowMs, actor, {
        action: "DATA_IMPORTED",
        recordKind: "knowledge",
        facts: { kind: "knowledge", created: created.length, changed: changed.length, unit: unitId },
      });
    return result;
  });
}

const submitted = { state: "SUBMITTED", authorIds: [] } as const;

async function importArticle(
  platform: Platform,
  tx: Tx,
  unitId: number,
  { code, kind, draft }: WrittenArticle,
  nowMs: number,
): Promise<keyof ImportedArticles> {
  const known = await tx.maybe<{ articleId: number; kind: string }>(sql`
    select article_id "articleId", kind from article where unit_id = ${unitId} and code = ${code} for update`);
  if (!known) {
    const articleId = await insertArticle(tx, { unitId, kind, code, receipt: null }, nowMs);
    await insertVersion(tx, articleId, 1, draft, submitted, nowMs);
    await tellChanged(platform, tx, articleId);
    return "created";
  }
  const { articleId } = known;
  const [latest] = await versionsOf(tx, articleId);
  if (latest && saysTheSame(latest, draft)) return "unchanged";
  if (latest?.state === "DRAFT" || latest?.state === "SUBMITTED") return "inHand";
  const before = latest?.version ?? 0;
  await insertVersion(tx, articleId, before + 1, draft, submitted, nowMs);
  await copyFiles(tx, articleId, before, before + 1);
  await bumpRevision(tx, articleId, nowMs);
  await tellChanged(platform, tx, articleId);
  return "changed";
}

const saysTheSame = (version: VersionRecord, { content, roles, links, validFrom, validTo }: ArticleDraft): boolean =>
  isDeepStrictEqual(
    [version.content, version.roles, version.links, version.validFrom, version.validTo],
    [content, roles, links, validFrom, validTo],
  );
