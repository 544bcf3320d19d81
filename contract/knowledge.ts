// The knowledge base: handbooks, questions and typical faults, read by everybody at work, written and approved by two people.
import { ArticleContent, ArticleDraft, ArticleKind, contentParts, line } from "@bihuan/core/knowledge/article.ts";
import { standings } from "@bihuan/core/knowledge/life.ts";
import { ArticleLink } from "@bihuan/core/knowledge/links.ts";
import { Role } from "@bihuan/core/identity/roles.ts";
import { z } from "zod";
import { defineOperation } from "./operation.ts";
import { CivilDate, Instant, Whole, WholeText } from "./text.ts";

const TAG = "knowledge";

/** A text of an article: English is null where it was not translated yet. */
export const Wording = z.object({ zh: z.string(), en: z.string().nullable() }).meta({ id: "Wording" });
export type Wording = z.infer<typeof Wording>;

export const Standing = z.enum(standings);
const UnitName = z.object({ unitId: z.int(), name: z.string() });

/** An article as a line of a list. */
export const ArticleRow = z
  .object({
    articleId: z.int(),
    version: z.int(),
    kind: ArticleKind,
    standing: Standing,
    title: Wording,
    /** The answer's beginning, else the first cause or step. */
    excerpt: Wording.nullable(),
    unit: UnitName,
    roles: z.array(Role),
    links: z.array(ArticleLink),
    holdsFrom: CivilDate.nullable(),
    /** Last day. */
    holdsTo: CivilDate.nullable(),
    helped: z.int(),
    notHelped: z.int(),
    files: z.int().describe("How many attachments it has"),
  })
  .meta({ id: "ArticleRow" });
export type ArticleRow = z.infer<typeof ArticleRow>;

export const ArticleFile = z.object({
  fileNo: z.int(),
  name: z.string(),
  sizeBytes: z.int(),
  mediaType: z.string(),
});
export type ArticleFile = z.infer<typeof ArticleFile>;

export const ArticleVersion = z.object({
  version: z.int(),
  standing: Standing,
  content: ArticleContent,
  roles: z.array(Role),
  links: z.array(ArticleLink),
  /** As its author asked; null: from its approval, until it is replaced. */
  validFrom: CivilDate.nullable(),
  validTo: CivilDate.nullable(),
  /** As it came to be; null before its approval. */
  holdsFrom: CivilDate.nullable(),
  holdsTo: CivilDate.nullable(),
  note: z.string().nullable(),
  authors: z.array(z.string()).describe("Who has written in it; empty where it was imported"),
  submittedAt: Instant.nullable(),
  /** Who approved, returned or withdrew it last. */
  decidedBy: z.string().nullable(),
  decidedAt: Instant.nullable(),
  /** Why it was returned or withdrawn. */
  reason: z.string().nullable(),
  files: z.array(ArticleFile),
});
export type ArticleVersion = z.infer<typeof ArticleVersion>;

export const ArticleView = z
  .object({
    articleId: z.int(),
    kind: ArticleKind,
    unit: UnitName,
    /** Counts the changes of the article; every act on it says which one it saw. */
    revision: z.int(),
    shown: ArticleVersion,
    /** Of a version that is not approved yet: what differs from the one in force. */
    changedParts: z.array(z.enum(contentParts)),
    /** Newest first; what is not approved is told to editors only. */
    versions: z.array(
      z.object({
        version: z.int(),
        standing: Standing,
        holdsFrom: CivilDate.nullable(),
        holdsTo: CivilDate.nullable(),
        note: z.string().nullable(),
        decidedBy: z.string().nullable(),
      }),
    ),
    feedback: z.object({
      helped: z.int(),
      notHelped: z.int(),
      /** What this reader said of this version; null where nothing. */
      mine: z.boolean().nullable(),
      /** What was missing, newest first, without names. Told to editors only. */
      remarks: z.array(z.object({ helped: z.boolean(), remark: z.string(), at: Instant })),
    }),
    /** What this reader may do with the version shown. `edit` begins a new version where none is being written. */
    actions: z.object({
      edit: z.boolean(),
      submit: z.boolean(),
      discard: z.boolean(),
      approve: z.boolean(),
      return: z.boolean(),
      withdraw: z.boolean(),
      feedback: z.boolean(),
    }),
    /** True where this reader could approve, had they not taken part in writing. */
    ownWords: z.boolean(),
  })
  .meta({ id: "ArticleView" });
export type ArticleView = z.infer<typeof ArticleView>;

export const editorialLists = ["SUBMITTED", "DRAFT", "EXPIRING", "NOT_HELPFUL"] as const;
export const EditorialList = z.enum(editorialLists);
export type EditorialList = z.infer<typeof EditorialList>;

const SearchWords = z.string().max(100);
const code = z
  .string()
  .max(60)
  .regex(/^[A-Za-z][A-Za-z0-9_-]*$/);
const articleParams = z.object({ articleId: WholeText });
const Revision = Whole.describe("The article's revision as it was read");
const Acted = z.object({ articleId: z.int(), version: z.int(), revision: z.int() });
const acting = [
  "knowledge.not-found",
  "knowledge.not-yours",
  "knowledge.changed-meanwhile",
  "knowledge.not-at-this-stage",
] as const;
const reason = line(300);
const fileErrors = [
  "file.missing",
  "file.empty",
  "file.too-large",
  "file.several",
  "file.cannot-be-kept",
  "file.type-refused",
] as const;

export const knowledgeOperations = {
  // A POST: what is typed may be a name or a number, and must not stand in an address, a log or a proxy.
  searchKnowledge: defineOperation({
    method: "POST",
    path: "/knowledge/search",
    summary: { zh: "在知识库中查找", en: "Search the knowledge base" },
    tag: TAG,
    access: "knowledge.read",
    body: z.object({
      /**
       * Words separated by blanks, all of which must be found: Chinese of any length, pinyin initials of a title or keyword,
       * beginnings of English words. A whole sentence finds what shares most of it. Empty lists everything in force, the newest first.
       */
      text: SearchWords.default(""),
      kind: ArticleKind.optional(),
      /** Articles that are shown with this kind of business. */
      flow: code.optional(),
      /** Articles for this post, and those for everybody. */
      role: Role.optional(),
      /** Where a list without a text goes on: what the last page gave as `next`. */
      after: z.string().max(200).nullable().default(null),
      limit: z.int().min(1).max(50).default(20),
      /** True once the person has stopped typing: a search that finds nothing is then noted for the editors, without numbers. */
      finished: z.boolean().default(false),
    }),
    response: z.object({
      rows: z.array(ArticleRow),
      next: z.string().nullable(),
      /** How it was found: all the words, or only the most of them. */
      fit: z.enum(["all", "near"]),
    }),
    errors: ["knowledge.cursor-invalid"],
  }),
  knowledgeAt: defineOperation({
    method: "GET",
    path: "/knowledge/at",
    summary: { zh: "某类诉求或某环节的知识", en: "Articles for a category of demands or a step of the work" },
    tag: TAG,
    access: "knowledge.read",
    query: z.object({ flow: code, subtype: code.optional(), step: code.optional() }),
    response: z.object({
      /** The closest first. */
      articles: z.array(ArticleRow),
      /** What to ask the customer, from those articles. */
      asks: z.array(Wording),
    }),
  }),
  readArticle: defineOperation({
    method: "GET",
    path: "/knowledge/articles/:articleId",
    summary: { zh: "查看一篇知识", en: "Read an article" },
    tag: TAG,
    access: "knowledge.read",
    params: articleParams,
    /** Without a version: the one in force, else the one editors have in hand. */
    query: z.object({ version: WholeText.optional() }),
    response: ArticleView,
    errors: ["knowledge.not-found"],
  }),
  createArticle: defineOperation({
    method: "POST",
    path: "/knowledge/articles",
    summary: { zh: "新建知识（草稿）", en: "Begin an article" },
    tag: TAG,
    access: "knowledge.edit",
    idempotent: true,
    body: z.object({
      /** Issues it; it is read there and below. */
      unitId: Whole,
      kind: ArticleKind,
      draft: ArticleDraft,
    }),
    response: Acted,
    errors: ["knowledge.unit-unknown", "knowledge.link-unknown"],
  }),
  saveDraft: defineOperation({
    method: "PUT",
    path: "/knowledge/articles/:articleId/draft",
    summary: { zh: "保存草稿；没有草稿时新起一版", en: "Save the draft, or begin a new version" },
    tag: TAG,
    access: "knowledge.edit",
    params: articleParams,
    body: z.object({ revision: Revision, draft: ArticleDraft }),
    response: Acted,
    errors: [...acting, "knowledge.link-unknown"],
  }),
  submitDraft: defineOperation({
    method: "POST",
    path: "/knowledge/articles/:articleId/submit",
    summary: { zh: "提交审批", en: "Submit the draft for approval" },
    tag: TAG,
    access: "knowledge.edit",
    params: articleParams,
    body: z.object({ revision: Revision }),
    response: Acted,
    errors: [
      ...acting,
      "knowledge.answer-missing",
      "knowledge.steps-missing",
      "knowledge.causes-missing",
      "knowledge.over-already",
    ],
  }),
  discardDraft: defineOperation({
    method: "POST",
    path: "/knowledge/articles/:articleId/discard",
    summary: { zh: "丢弃草稿", en: "Discard the draft" },
    tag: TAG,
    access: "knowledge.edit",
    params: articleParams,
    body: z.object({ revision: Revision }),
    errors: acting,
  }),
  approveVersion: defineOperation({
    method: "POST",
    path: "/knowledge/articles/:articleId/approve",
    summary: { zh: "审批通过（编写人除外）", en: "Approve what was submitted, by somebody who did not write it" },
    tag: TAG,
    access: "knowledge.approve",
    params: articleParams,
    body: z.object({ revision: Revision }),
    response: Acted,
    errors: [...acting, "knowledge.own-words", "knowledge.person-needed", "knowledge.over-already"],
  }),
  returnVersion: defineOperation({
    method: "POST",
    path: "/knowledge/articles/:articleId/return",
    summary: { zh: "退回修改", en: "Return what was submitted to its authors" },
    tag: TAG,
    access: "knowledge.approve",
    params: articleParams,
    body: z.object({ revision: Revision, reason }),
    response: Acted,
    errors: acting,
  }),
  withdrawVersion: defineOperation({
    method: "POST",
    path: "/knowledge/articles/:articleId/withdraw",
    summary: { zh: "停用", en: "Take an approved version out of force, at once" },
    tag: TAG,
    access: "knowledge.approve",
    params: articleParams,
    body: z.object({ revision: Revision, version: Whole, reason }),
    response: Acted,
    errors: acting,
  }),
  attachToArticle: defineOperation({
    method: "POST",
    path: "/knowledge/articles/:articleId/files",
    summary: { zh: "给草稿添加附件", en: "Attach a file to the draft" },
    tag: TAG,
    access: "knowledge.edit",
    params: articleParams,
    consumes: "multipart/form-data",
    response: Acted.extend({ fileNo: z.int() }),
    errors: [
      "knowledge.not-found",
      "knowledge.not-yours",
      "knowledge.not-at-this-stage",
      "knowledge.too-many-files",
      ...fileErrors,
    ],
  }),
  removeArticleFile: defineOperation({
    method: "DELETE",
    path: "/knowledge/articles/:articleId/files/:fileNo",
    summary: { zh: "移除草稿的附件", en: "Take a file off the draft" },
    tag: TAG,
    access: "knowledge.edit",
    params: articleParams.extend({ fileNo: WholeText }),
    errors: ["knowledge.not-found", "knowledge.not-yours", "knowledge.not-at-this-stage"],
  }),
  readArticleFile: defineOperation({
    method: "GET",
    path: "/knowledge/articles/:articleId/versions/:version/files/:fileNo",
    summary: { zh: "下载附件", en: "Download an attachment" },
    tag: TAG,
    access: "knowledge.read",
    params: articleParams.extend({ version: WholeText, fileNo: WholeText }),
    produces: "application/octet-stream",
    errors: ["knowledge.not-found"],
  }),
  giveFeedback: defineOperation({
    method: "PUT",
    path: "/knowledge/articles/:articleId/versions/:version/feedback",
    summary: {
      zh: "评价是否有帮助（每人每版一次，可改）",
      en: "Say whether a version helped: one answer a person, the last counts",
    },
    tag: TAG,
    access: "knowledge.read",
    params: articleParams.extend({ version: WholeText }),
    body: z.object({
      helped: z.boolean(),
      /** What was missing. Numbers of telephone or account length are not kept. */
      remark: line(200).nullable().default(null),
    }),
    response: z.object({ helped: z.int(), notHelped: z.int() }),
    errors: ["knowledge.not-found", "knowledge.person-needed"],
  }),
  reportMissing: defineOperation({
    method: "POST",
    path: "/knowledge/missed",
    summary: { zh: "告知编辑：没有找到", en: "Tell the editors what was not found" },
    tag: TAG,
    access: "knowledge.read",
    body: z.object({ text: SearchWords }),
    errors: ["knowledge.words-missing"],
    rateLimit: { max: 60, windowSeconds: 60 },
  }),
  listMissed: defineOperation({
    method: "GET",
    path: "/knowledge/missed",
    summary: { zh: "查找未果清单", en: "What was searched for and not found" },
    tag: TAG,
    access: "knowledge.edit",
    response: z.object({
      /** The most often first, at most 200. */
      rows: z.array(z.object({ words: z.string(), times: z.int(), firstAt: Instant, lastAt: Instant })),
    }),
  }),
  settleMissed: defineOperation({
    method: "POST",
    path: "/knowledge/missed/settle",
    summary: { zh: "从查找未果清单中移除", en: "Take words off the list of what was not found" },
    tag: TAG,
    access: "knowledge.edit",
    body: z.object({ words: z.string().min(1).max(100) }),
    response: z.object({ settled: z.int() }),
  }),
  listEditorialWork: defineOperation({
    method: "GET",
    path: "/knowledge/work",
    summary: { zh: "编辑与审批待办", en: "What editors and approvers have to do" },
    tag: TAG,
    access: "knowledge.edit",
    /** `EXPIRING`: last day within 60 days. `NOT_HELPFUL`: in force, and said more often not to help than to help. */
    query: z.object({ list: EditorialList }),
    response: z.object({
      /** At most 100, what has waited longest or is due first. */
      rows: z.array(ArticleRow),
      /** How many there are, list by list. */
      counts: z.record(EditorialList, z.int()),
    }),
  }),
};
