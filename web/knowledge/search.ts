import { editorialLists } from "@bihuan/contract/knowledge.ts";
import { articleKinds } from "@bihuan/core/knowledge/article.ts";
import { roles } from "@bihuan/core/identity/roles.ts";
import { digits, oneOf, present, type RawSearch, text, whole } from "../platform/search.ts";

export const readKnowledgeSearch = (search: RawSearch) =>
  present({
    text: text(search, "text"),
    kind: oneOf(search, "kind", articleKinds),
    flow: digits(search, "flow", /^[A-Za-z][A-Za-z0-9_-]{0,59}$/),
    role: oneOf(search, "role", roles),
  });
export type KnowledgeSearch = ReturnType<typeof readKnowledgeSearch>;

/** The lists of the editors' page; what was not found is one of them. */
export const workLists = [...editorialLists, "MISSED"] as const;
export type WorkList = (typeof workLists)[number];

export const readWorkSearch = (search: RawSearch) => present({ list: oneOf(search, "list", workLists) });
export const readVersionSearch = (search: RawSearch) => present({ version: whole(search, "version") });
/** Of a new article: what somebody looked for in vain. */
export const readNewArticleSearch = (search: RawSearch) => present({ title: text(search, "title") });
