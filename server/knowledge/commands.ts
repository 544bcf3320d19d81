// What editors and approvers do with articles. Each is one transaction on the locked article; who approves has not written.
import { createHash } from "node:crypto";
import { flows } from "@bihuan/core/flows.ts";
import type { Permission } from "@bihuan/core/identity/permissions.ts";
import { can } from "@bihuan/core/identity/scope.ts";
import type { ArticleDraft, ArticleKind } from "@bihuan/core/knowledge/article.ts";
import { contentRefusal, lifeRefusal, type VersionAction } from "@bihuan/core/knowledge/life.ts";
import { linkRefusal } from "@bihuan/core/knowledge/links.ts";
import { isRefusal, type Refusal, refuse } from "@bihuan/core/refusal.ts";
import { sqlState, type Tx } from "../platform/database.ts";
import type { Platform } from "../platform/platform.ts";
import { sql } from "../platform/sql.ts";
import { articleById, type ArticleRecord, type VersionRecord, versionsOf } from "./queries.ts";
import { mayRead, personOf, type Reader, todayAt } from "./reader.ts";
import {
  approve,
  bumpRevision,
  copyFiles,
  insertArticle,
  insertVersion,
  markDecided,
  markSubmitted,
  removeDraft,
  updateDraft,
} from "./store.ts";

export type Acted = { readonly articleId: number; readonly version: number; readonly revision: number };

/** Tells every browser that an article changed: its number, nothing of what it says. */
export const tellChanged = (platform: Platform, tx: Tx, articleId: number) =>
  platform.live.publish(tx, [{ type: "knowledge.changed", id: String(articleId) }]);

const inHand = ({ state }: VersionRecord): boolean => state === "DRAFT" || state === "SUBMITTED";
const joined = (authorIds: readonly number[], staffId: number | null): number[] =>
  staffId === null ? [...authorIds] : [...new Set([...authorIds, staffId])];

export type Subject = {
  readonly tx: Tx;
  readonly article: ArticleRecord;
  /** The newest first. */
  readonly versions: readonly VersionRecord[];
  /** The one being written or waiting for approval. */
  readonly inHand: VersionRecord | null;
  readonly nowMs: number;
};

/** Locks an article a person may act on, lets the work decide, and counts the change. `revision` null: whatever it is now. */
export function onArticle<Done extends object>(
  platform: Platform,
  reader: Reader,
  asked: { readonly articleId: number; readonly revision: number | null; readonly permission: Permission },
  work: (subject: Subject) => Promise<Done | Refusal>,
): Promise<(Done & { readonly revision: number }) | Refusal> {
  return platform.db.transaction(async (tx) => {
    const article = await articleById(tx, asked.articleId, { lock: true });
    if (!article || !mayRead(reader, article.unitId)) return refuse("knowledge.not-found");
    if (!can(reader.scope, reader.tree, asked.permission, article.unitId)) return refuse("knowledge.not-yours");
    if (asked.revision !== null && article.revision !== asked.revision) return refuse("knowledge.changed-meanwhile");
    const versions = await versionsOf(tx, article.articleId);
    const nowMs = platform.time.nowMs();
    const done = await work({ tx, article, versions, inHand: versions.find(inHand) ?? null, nowMs });
    if (isRefusal(done)) return done;
    const revision = await bumpRevision(tx, article.articleId, nowMs);
    await tellChanged(platform, tx, article.articleId);
    return { ...done, revision };
  });
}

/** Begins an article. The same key with the same draft answers what it did the first time. */
export async function createArticle(
  platform: Platform,
  reader: Reader,
  asked: { readonly unitId: number; readonly kind: ArticleKind; readonly draft: ArticleDraft },
  idempotencyKey: string,
): Promise<Acted | Refusal> {
  const { unitId, kind, draft } = asked;
  const { principal } = reader.scope;
  const receipt = {
    key: `${principal.kind} ${principal.id} ${idempotencyKey}`,
    hash: createHash("sha256").update(JSON.stringify(asked)).digest(),
  };
  const begin = async (tx: Tx): Promise<Acted | Refusal> => {
    const known = await tx.maybe<{ articleId: number; hash: Buffer }>(sql`
      select article_id "articleId", receipt_hash hash from article where receipt = ${receipt.key}`);
    if (known)
      return known.hash.equals(receipt.hash)
        ? { articleId: known.articleId, version: 1, revision: 1 }
        : refuse("request.idempotency-key-reused");
    if (!can(reader.scope, reader.tree, "knowledge.edit", unitId))
      return reader.tree.unit(unitId)
        ? refuse("permission.missing", { permission: "knowledge.edit" })
        : refuse("knowledge.unit-unknown");
    const unknown = linkRefusal(draft.links, flows);
    if (unknown) return unknown;
    const nowMs = platform.time.nowMs();
    const articleId = await insertArticle(tx, { unitId, kind, code: null, receipt }, nowMs);
    await insertVersion(tx, articleId, 1, draft, { state: "DRAFT", authorIds: joined([], personOf(reader)) }, nowMs);
    await tellChanged(platform, tx, articleId);
    return { articleId, version: 1, revision: 1 };
  };
  try {
    return await platform.db.transaction(begin);
  } catch (error) {
    // Sent twice at once: the second finds the first one's article.
    if (sqlState(error) !== "23505") throw error;
    return platform.db.transaction(begin);
  }
}

type Asked = { readonly articleId: number; readonly revision: number };

/** Saves what an author has written: into the draft in hand, or as the beginning of the next version. */
export const saveDraft = (platform: Platform, reader: Reader, asked: Asked, draft: ArticleDraft): Promise<Acted | Refusal> =>
  onArticle(platform, reader, { ...asked, permission: "knowledge.edit" }, async ({ tx, versions, inHand: current, nowMs }) => {
    const { articleId } = asked;
    const unknown = linkRefusal(draft.links, flows);
    if (unknown) return unknown;
    const staffId = personOf(reader);
    if (current) {
      const refused = lifeRefusal("edit", current, staffId);
      if (refused) return refused;
      await updateDraft(tx, articleId, current.version, draft, joined(current.authorIds, staffId), nowMs);
      return { articleId, version: current.version };
    }
    const before = versions[0]?.version ?? 0;
    const version = before + 1;
    await insertVersion(tx, articleId, version, draft, { state: "DRAFT", authorIds: joined([], staffId) }, nowMs);
    await copyFiles(tx, articleId, before, version);
    return { articleId, version };
  });

// An act on the version in hand, allowed by its life and its content.
function onVersionInHand(
  platform: Platform,
  reader: Reader,
  asked: Asked,
  action: Extract<VersionAction, "submit" | "discard" | "approve" | "return">,
  work: (subject: Subject & { readonly version: VersionRecord; readonly today: string }) => Promise<void>,
): Promise<Acted | Refusal> {
  const permission = action === "submit" || action === "discard" ? "knowledge.edit" : "knowledge.approve";
  return onArticle(platform, reader, { ...asked, permission }, async (subject) => {
    const { article, inHand: version, nowMs } = subject;
    const refused = lifeRefusal(action, version, personOf(reader));
    if (refused || version === null) return refused ?? refuse("knowledge.not-at-this-stage");
    const today = todayAt(reader.tree, article.unitId, nowMs);
    if (action === "submit" || action === "approve") {
      const unready = contentRefusal(article.kind, version, today);
      if (unready) return unready;
    }
    await work({ ...subject, version, today });
    return { articleId: article.articleId, version: version.version };
  });
}

/** Hands the draft to those who approve. Whoever submits it answers for it and does not approve it. */
export const submitDraft = (platform: Platform, reader: Reader, asked: Asked) =>
  onVersionInHand(platform, reader, asked, "submit", async ({ tx, version, nowMs }) => {
    await markSubmitted(tx, asked.articleId, version.version, joined(version.authorIds, personOf(reader)), nowMs);
  });

export const discardDraft = (platform: Platform, reader: Reader, asked: Asked) =>
  onVersionInHand(platform, reader, asked, "discard", ({ tx, version }) => removeDraft(tx, asked.articleId, version.version));

/** Puts what was submitted in force, from its day on. Only a person who took no part in writing it may. */
export const approveVersion = (platform: Platform, reader: Reader, asked: Asked) =>
  onVersionInHand(platform, reader, asked, "approve", ({ tx, version, today, nowMs }) =>
    approve(tx, version, reader.scope.principal.id, today, nowMs),
  );

export const returnVersion = (platform: Platform, reader: Reader, asked: Asked, reason: string) =>
  onVersionInHand(platform, reader, asked, "return", async ({ tx, version, nowMs }) => {
    await markDecided(tx, asked.articleId, version.version, "DRAFT", { staffId: personOf(reader), reason }, nowMs);
  });

/** Takes an approved version out of force at once: what is wrong must not wait for the next one. */
export const withdrawVersion = (
  platform: Platform,
  reader: Reader,
  asked: Asked & { readonly version: number },
  reason: string,
) =>
  onArticle(platform, reader, { ...asked, permission: "knowledge.approve" }, async ({ tx, versions, nowMs }) => {
    const { articleId, version } = asked;
    const named = versions.find((one) => one.version === version) ?? null;
    const refused = lifeRefusal("withdraw", named, personOf(reader));
    if (refused) return refused;
    await markDecided(tx, articleId, version, "WITHDRAWN", { staffId: personOf(reader), reason }, nowMs);
    return { articleId, version };
  });
