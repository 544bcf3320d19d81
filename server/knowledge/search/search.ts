// Articles in force by what a person types, always by an index: first by their heads (title, other words, questions to ask), then
// by all they say, and where nothing holds all of it, by most of it.
import { looseTokens } from "@bihuan/core/knowledge/search.ts";
import type { ArticleKind } from "@bihuan/core/knowledge/article.ts";
import type { Role } from "@bihuan/core/identity/roles.ts";
import type { Database, Queryable, Tx } from "../../platform/database.ts";
import { type SearchTerm, searchCondition, searchRank, searchTerms } from "../../platform/search-text.ts";
import { join, raw, sql } from "../../platform/sql.ts";
import { inForce, listColumns, type ListedVersion, listedVersions } from "../queries.ts";
import { type Reader, readWithin } from "../reader.ts";

/** Where a list without a text ended. */
export type ArticlePlace = { readonly holdsFrom: string; readonly articleId: number };
export type ArticleFilter = {
  readonly kind?: ArticleKind | undefined;
  readonly flow?: string | undefined;
  readonly role?: Role | undefined;
};
export type ArticlesFound = { readonly rows: readonly ListedVersion[]; readonly fit: "all" | "near" };

// More than these are not ranked: whoever typed so little sees the first that were found.
const MOST_RANKED = 1000;
// A pair that more articles share tells them apart no better than one that so many share.
const MOST_OF_A_PAIR = 200;

type Named = { readonly articleId: number; readonly version: number };

const visible = (reader: Reader, { kind, flow, role }: ArticleFilter) =>
  join(
    [
      inForce(reader.today),
      readWithin(reader, raw("a.unit_id")),
      ...(kind ? [sql`a.kind = ${kind}`] : []),
      ...(flow ? [sql`exists (select from jsonb_array_elements(v.links) l where l ->> 'flow' = ${flow})`] : []),
      ...(role ? [sql`(v.roles = '{}' or ${role} = any(v.roles))`] : []),
    ],
    " and ",
  );

/** One page of everything in force, the newest first. */
export const newestArticles = (
  on: Queryable,
  reader: Reader,
  filter: ArticleFilter,
  after: ArticlePlace | null,
  limit: number,
): Promise<ListedVersion[]> =>
  on.rows(sql`
    select ${listColumns} from article_version v join article a using (article_id)
    where ${visible(reader, filter)}
      and ${after ? sql`(v.holds_from, v.article_id) < (${after.holdsFrom}::date, ${after.articleId})` : sql`true`}
    order by v.holds_from desc, v.article_id desc limit ${limit}`);

// The best of those that hold every term, in their heads or in all they say: what helped readers most stands before what did not.
const holding = (
  on: Queryable,
  reader: Reader,
  filter: ArticleFilter,
  terms: readonly SearchTerm[],
  part: "head_" | "",
  limit: number,
) =>
  on.rows<Named>(sql`
    with found as materialized (
      select v.article_id, v.version, v.holds_from, v.helped - v.not_helped liked, ${searchRank(terms, `v.${part}`)} rank
      from article_version v join article a using (article_id)
      where ${visible(reader, filter)} and ${searchCondition(terms, `v.${part}`)}
      limit ${MOST_RANKED})
    select article_id "articleId", version from found order by rank, liked desc, holds_from desc, article_id limit ${limit}`);

// Each pair speaks for the articles whose heads hold it, the louder the fewer they are. In a long sentence two have to agree: one of
// its many pairs stands somewhere by chance.
const SHORT = 4;
const near = (on: Queryable, reader: Reader, filter: ArticleFilter, tokens: readonly string[], limit: number) =>
  on.rows<Named>(sql`
    select article_id "articleId", version
    from unnest(${tokens}::text[]) t(token)
    cross join lateral (
      select article_id, version, count(*) over () shared from (
        select v.article_id, v.version from article_version v join article a using (article_id)
        where ${visible(reader, filter)} and v.head_search_tokens @> array[t.token]
        limit ${MOST_OF_A_PAIR}) of_pair) p
    group by article_id, version having count(*) >= ${tokens.length > SHORT ? 2 : 1}
    order by sum(1.0 / p.shared) desc, article_id limit ${limit}`);

async function find(
  tx: Tx,
  reader: Reader,
  text: string,
  filter: ArticleFilter,
  limit: number,
): Promise<[Named[], "all" | "near"]> {
  const terms = searchTerms(text);
  if (terms.length === 0) return [[], "all"];
  // Pairs of characters go together far more often than the planner believes: left to itself it would read the whole table.
  await tx.run(
    sql`select set_config('enable_seqscan', 'off', true), set_config('enable_indexscan', 'off', true), set_config('jit', 'off', true)`,
  );
  const head = await holding(tx, reader, filter, terms, "head_", limit);
  const rest = head.length < limit ? await holding(tx, reader, filter, terms, "", limit) : [];
  const known = new Set(head.map(({ articleId }) => articleId));
  const all = [...head, ...rest.filter(({ articleId }) => !known.has(articleId))].slice(0, limit);
  if (all.length > 0) return [all, "all"];
  const tokens = looseTokens(text);
  return tokens.length === 0 ? [[], "all"] : [await near(tx, reader, filter, tokens, limit), "near"];
}

/** The best articles for what was typed (something), at most `limit`. */
export async function searchArticles(
  db: Database,
  reader: Reader,
  text: string,
  filter: ArticleFilter,
  limit: number,
): Promise<ArticlesFound> {
  const [named, fit] = await db.transaction((tx) => find(tx, reader, text, filter, limit), { readOnly: true });
  return named.length === 0 ? { rows: [], fit: "all" } : { rows: await listedVersions(db, named), fit };
}
