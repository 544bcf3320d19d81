// What articles teach about categories: where they are shown at intake, and what they are looked for by.
import type { ArticleContent } from "@bihuan/core/knowledge/article.ts";
import type { ArticleLink } from "@bihuan/core/knowledge/links.ts";
import type { Queryable } from "../../platform/database.ts";
import { sql } from "../../platform/sql.ts";
import { inForce } from "../queries.ts";

export type TaughtArticleRow = {
  readonly links: readonly ArticleLink[];
  readonly content: Pick<ArticleContent, "title" | "keywords">;
};

// A vocabulary does not grow by more.
const MOST = 5000;

/** Titles, keywords and links of the articles in force on a civil date, whoever issued them; the newest where there are very many. */
export const taughtArticles = (on: Queryable, today: string): Promise<TaughtArticleRow[]> =>
  on.rows(sql`
    select v.links, jsonb_build_object('title', v.content -> 'title', 'keywords', v.content -> 'keywords') as content
    from article_version v where ${inForce(today)}
    order by v.holds_from desc, v.article_id desc limit ${MOST}`);

/** Changes whenever an article does. */
export const knowledgeStamp = async (on: Queryable): Promise<string> =>
  (await on.one<{ stamp: string }>(sql`select count(*) || ' ' || coalesce(sum(revision), 0) as stamp from article`)).stamp;
