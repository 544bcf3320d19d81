// What is known for a category of demands, or for a step of the work: what a desk and an order page show beside what they do.
import { closeness, keysOf, type Place } from "@bihuan/core/knowledge/links.ts";
import type { Wording } from "@bihuan/core/knowledge/article.ts";
import type { Queryable } from "../../platform/database.ts";
import { raw, sql } from "../../platform/sql.ts";
import { inForce, listColumns, type ListedVersion } from "../queries.ts";
import { type Reader, readWithin } from "../reader.ts";

export type KnowledgeAt = {
  /**
   * The closest first: the step before the subtype before the flow, what is written for one's own post before what is not, one's own
   * unit before those above, what helped most; for a category, what asks the customer most.
   */
  readonly articles: readonly ListedVersion[];
  /** What to ask the customer, as these articles say; each question once. */
  readonly asks: readonly Wording[];
};

const MOST_READ = 300;
const MOST_SHOWN = 20;
const MOST_ASKS = 12;

/** The articles in force for a place, at most twenty, and the questions they ask. */
export async function knowledgeAt(on: Queryable, reader: Reader, place: Place): Promise<KnowledgeAt> {
  const keys = keysOf(place);
  // Where there are very many, the close ones are read first: a step's own page must not be lost behind a thousand of its flow.
  const ofStep = keys.filter((key) => !key.endsWith("/*"));
  const ofSubtype = keys.filter((key) => !key.includes("/*/"));
  const rows = await on.rows<ListedVersion>(sql`
    select ${listColumns} from article_version v join article a using (article_id)
    where v.places && ${keys}::text[] and ${inForce(reader.today)} and ${readWithin(reader, raw("a.unit_id"))}
    order by v.places && ${ofStep}::text[] desc, v.places && ${ofSubtype}::text[] desc, v.holds_from desc, v.article_id
    limit ${MOST_READ}`);
  const posts = new Set(reader.scope.grants.map(({ role }) => role));
  const articles = rows
    .map((row) => ({
      row,
      close: closeness(row.links, place),
      own: row.roles.length === 0 || row.roles.some((role) => posts.has(role)) ? 1 : 0,
      depth: reader.tree.depthOf(row.unitId),
      liked: row.helped - row.notHelped,
      asks: place.step === null ? row.content.asks.length : 0,
    }))
    .sort((a, b) => b.close - a.close || b.own - a.own || b.depth - a.depth || b.liked - a.liked || b.asks - a.asks)
    .slice(0, MOST_SHOWN)
    .map(({ row }) => row);
  const asks = new Map(articles.flatMap(({ content }) => content.asks.map((ask) => [ask.zh, ask])));
  return { articles, asks: [...asks.values()].slice(0, MOST_ASKS) };
}

/**
 * What an agent needs at hand for a category: its typical questions and the articles about it. In: the flow, and the subtype where
 * one is chosen already.
 */
export const knowledgeForCategory = (on: Queryable, reader: Reader, flow: string, subtype: string | null): Promise<KnowledgeAt> =>
  knowledgeAt(on, reader, { flow, subtype, step: null });
