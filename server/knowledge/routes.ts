// The routes of the knowledge base: they connect the contract with queries and commands.
import type { knowledgeOperations } from "@bihuan/contract/knowledge.ts";
import { standingOn } from "@bihuan/core/knowledge/life.ts";
import { regionsReached } from "@bihuan/core/identity/scope.ts";
import { isRefusal, refuse } from "@bihuan/core/refusal.ts";
import { decodeCursor, encodeCursor } from "../platform/cursor.ts";
import type { Handlers } from "../platform/http/operations.ts";
import type { Platform } from "../platform/platform.ts";
import { instant } from "../platform/sql.ts";
import {
  approveVersion,
  createArticle,
  discardDraft,
  returnVersion,
  saveDraft,
  submitDraft,
  withdrawVersion,
} from "./commands.ts";
import { editorialCounts, editorialWork } from "./editorial.ts";
import { feedbackOf, keepFeedback, remarksOn } from "./feedback.ts";
import { attachToArticle, openArticleFile, removeArticleFile } from "./files.ts";
import { missedSearches, noteMissed, settleMissed } from "./missed.ts";
import { articleById, versionsOf } from "./queries.ts";
import { mayEdit, mayRead, personOf, readerOf, regionOf } from "./reader.ts";
import { knowledgeAt } from "./search/category.ts";
import { newestArticles, searchArticles } from "./search/search.ts";
import { articleRow, articleView, versionToShow } from "./view.ts";

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const ID = /^\d{1,9}$/;

export function knowledgeRoutes(platform: Platform): Handlers<typeof knowledgeOperations> {
  const { db, time } = platform;
  return {
    async searchKnowledge({ body, scope }) {
      const [holdsFrom, articleId] = decodeCursor(body.after ?? undefined, [DAY, ID]) ?? [];
      if (body.after !== null && articleId === undefined) return refuse("knowledge.cursor-invalid");
      const reader = await readerOf(platform, scope);
      if (body.text.trim() === "") {
        const after = articleId === undefined || holdsFrom === undefined ? null : { holdsFrom, articleId: Number(articleId) };
        const rows = await newestArticles(db, reader, body, after, body.limit + 1);
        const shown = rows.slice(0, body.limit);
        const last = rows.length > body.limit ? shown.at(-1) : undefined;
        const next = last?.holdsFrom ? encodeCursor([last.holdsFrom, String(last.articleId)]) : null;
        return { rows: shown.map((row) => articleRow(reader, row)), next, fit: "all" };
      }
      const { rows, fit } = await searchArticles(db, reader, body.text, body, body.limit);
      if (rows.length === 0 && body.finished) await noteMissed(db, regionOf(reader), body.text, time.nowMs());
      return { rows: rows.map((row) => articleRow(reader, row)), next: null, fit };
    },

    async knowledgeAt({ query, scope }) {
      const reader = await readerOf(platform, scope);
      const place = { flow: query.flow, subtype: query.subtype ?? null, step: query.step ?? null };
      const { articles, asks } = await knowledgeAt(db, reader, place);
      return { articles: articles.map((row) => articleRow(reader, row)), asks: [...asks] };
    },

    async readArticle({ params: { articleId }, query, scope }) {
      const reader = await readerOf(platform, scope);
      const article = await articleById(db, articleId);
      if (!article || !mayRead(reader, article.unitId)) return refuse("knowledge.not-found");
      const versions = await versionsOf(db, articleId);
      const shown = versionToShow(reader, article, versions, query.version);
      if (!shown) return refuse("knowledge.not-found");
      const person = personOf(reader);
      const mine = person === null ? null : await feedbackOf(db, articleId, shown.version, person);
      const remarks = mayEdit(reader, article.unitId) ? await remarksOn(db, articleId, shown.version) : [];
      return articleView(reader, article, versions, shown, { mine, remarks });
    },

    createArticle: async ({ body, scope, idempotencyKey }) =>
      createArticle(platform, await readerOf(platform, scope), body, idempotencyKey),

    saveDraft: async ({ params, body, scope }) =>
      saveDraft(platform, await readerOf(platform, scope), { ...params, revision: body.revision }, body.draft),

    submitDraft: async ({ params, body, scope }) =>
      submitDraft(platform, await readerOf(platform, scope), { ...params, ...body }),

    async discardDraft({ params, body, scope }) {
      const done = await discardDraft(platform, await readerOf(platform, scope), { ...params, ...body });
      return isRefusal(done) ? done : undefined;
    },

    approveVersion: async ({ params, body, scope }) =>
      approveVersion(platform, await readerOf(platform, scope), { ...params, ...body }),

    returnVersion: async ({ params, body, scope }) =>
      returnVersion(platform, await readerOf(platform, scope), { ...params, revision: body.revision }, body.reason),

    withdrawVersion: async ({ params, body, scope }) =>
      withdrawVersion(
        platform,
        await readerOf(platform, scope),
        { ...params, revision: body.revision, version: body.version },
        body.reason,
      ),

    attachToArticle: async ({ params, scope, request }) =>
      attachToArticle(platform, await readerOf(platform, scope), params.articleId, request),

    async removeArticleFile({ params, scope }) {
      const done = await removeArticleFile(platform, await readerOf(platform, scope), params.articleId, params.fileNo);
      return isRefusal(done) ? done : undefined;
    },

    readArticleFile: async ({ params, scope }) => openArticleFile(platform, await readerOf(platform, scope), params),

    async giveFeedback({ params: { articleId, version }, body, scope }) {
      const reader = await readerOf(platform, scope);
      const article = await articleById(db, articleId);
      if (!article || !mayRead(reader, article.unitId)) return refuse("knowledge.not-found");
      const staffId = personOf(reader);
      if (staffId === null) return refuse("knowledge.person-needed");
      const named = (await versionsOf(db, articleId)).find((one) => one.version === version);
      // What nobody works by is not judged: a draft, a version that has been replaced.
      if (!named || standingOn(named, reader.today) !== "IN_FORCE") return refuse("knowledge.not-found");
      const answer = { regionId: regionOf(reader), articleId, version, staffId, ...body };
      return db.transaction((tx) => keepFeedback(tx, answer, time.nowMs()));
    },

    async reportMissing({ body, scope }) {
      const reader = await readerOf(platform, scope);
      return (await noteMissed(db, regionOf(reader), body.text, time.nowMs())) ?? undefined;
    },

    async listMissed({ scope }) {
      const { tree } = await readerOf(platform, scope);
      const rows = await missedSearches(db, regionsReached(scope, tree, "knowledge.edit"));
      return {
        rows: rows.map(({ words, times, firstAtMs, lastAtMs }) => ({
          words,
          times,
          firstAt: instant(firstAtMs),
          lastAt: instant(lastAtMs),
        })),
      };
    },

    async settleMissed({ body, scope }) {
      const { tree } = await readerOf(platform, scope);
      return { settled: await settleMissed(db, regionsReached(scope, tree, "knowledge.edit"), body.words) };
    },

    async listEditorialWork({ query, scope }) {
      const reader = await readerOf(platform, scope);
      const [rows, counts] = await Promise.all([editorialWork(db, reader, query.list), editorialCounts(db, reader)]);
      return { rows: rows.map((row) => articleRow(reader, row)), counts };
    },
  };
}
