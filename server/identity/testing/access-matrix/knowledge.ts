import type { knowledgeOperations } from "@bihuan/contract/knowledge.ts";
import { atWork, type Matrix, type MatrixRequest, type Position } from "./entry.ts";
import type { MatrixWorld } from "./world.ts";

const edits = ["MANAGER", "KNOWLEDGE_EDITOR"] as const;

/** A request about an article in force. */
const about =
  (suffix: string, body?: object) =>
  async (world: MatrixWorld, position: Position): Promise<MatrixRequest> => ({
    path: `/knowledge/articles/${(await world.articleAt(position)).articleId}${suffix}`,
    ...(body ? { body } : {}),
  });

// An act on a revision that nobody has seen: who may is told that the article has changed since.
const act = (suffix: string, body: object = {}) => ({
  by: edits,
  reach: "within" as const,
  inside: ["knowledge.changed-meanwhile"],
  outside: ["knowledge.not-found", "knowledge.not-yours"],
  request: about(suffix, { revision: 999, ...body }),
});

export const knowledgeMatrix: Matrix<typeof knowledgeOperations> = {
  searchKnowledge: {
    by: atWork,
    reach: "line",
    async request(world, position) {
      const { articleId } = await world.articleAt(position);
      return {
        path: "/knowledge/search",
        body: { text: "停电找谁", limit: 50 },
        shows: (body: { rows: { articleId: number }[] }) => body.rows.some((row) => row.articleId === articleId),
      };
    },
  },
  knowledgeAt: {
    by: atWork,
    reach: "line",
    async request(world, position) {
      const { articleId } = await world.articleAt(position);
      return {
        path: "/knowledge/at?flow=inquiry",
        shows: (body: { articles: { articleId: number }[] }) => body.articles.some((row) => row.articleId === articleId),
      };
    },
  },
  readArticle: { by: atWork, reach: "line", outside: ["knowledge.not-found"], request: about("") },
  readArticleFile: {
    by: atWork,
    reach: "line",
    outside: ["knowledge.not-found"],
    async request(world, position) {
      const { articleId, fileNo } = await world.articleAt(position);
      return { path: `/knowledge/articles/${articleId}/versions/1/files/${fileNo}` };
    },
  },
  giveFeedback: {
    by: atWork,
    reach: "line",
    inside: ["knowledge.person-needed"],
    outside: ["knowledge.not-found"],
    request: about("/versions/1/feedback", { helped: true }),
  },
  reportMissing: {
    by: atWork,
    reach: "everywhere",
    request: () => ({ path: "/knowledge/missed", body: { text: "光伏结算周期" } }),
  },
  createArticle: {
    by: edits,
    reach: "within",
    outside: ["permission.missing"],
    request: (world, position) => ({
      path: "/knowledge/articles",
      body: { unitId: world.unitAt(position), kind: "QUESTION", draft: { content: { title: { zh: "另一篇" } } } },
    }),
  },
  saveDraft: act("/draft", { draft: { content: { title: { zh: "改过的" } } } }),
  submitDraft: act("/submit"),
  discardDraft: act("/discard"),
  approveVersion: act("/approve"),
  returnVersion: act("/return", { reason: "请注明依据" }),
  withdrawVersion: act("/withdraw", { version: 1, reason: "口径有误" }),
  attachToArticle: {
    by: edits,
    reach: "within",
    inside: ["knowledge.not-at-this-stage"],
    outside: ["knowledge.not-found", "knowledge.not-yours"],
    request: about("/files", {}),
  },
  removeArticleFile: {
    by: edits,
    reach: "within",
    inside: ["knowledge.not-at-this-stage"],
    outside: ["knowledge.not-found", "knowledge.not-yours"],
    request: about("/files/1"),
  },
  listMissed: { by: edits, reach: "everywhere", request: () => ({ path: "/knowledge/missed" }) },
  settleMissed: {
    by: edits,
    reach: "everywhere",
    request: () => ({ path: "/knowledge/missed/settle", body: { words: "光伏结算周期" } }),
  },
  listEditorialWork: {
    by: edits,
    reach: "within",
    async request(world, position) {
      const { draftId } = await world.articleAt(position);
      return {
        path: "/knowledge/work?list=DRAFT",
        shows: (body: { rows: { articleId: number }[] }) => body.rows.some((row) => row.articleId === draftId),
      };
    },
  },
};
