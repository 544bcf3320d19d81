// What is known before the first order: the categories' own names, what callers typically say, and the articles about them.
import type { ArticleContent } from "../../knowledge/article.ts";
import type { ArticleLink } from "../../knowledge/links.ts";
import type { FlowRegistry } from "../../flow/definition.ts";
import { categoriesOf, type Category, categoryKey } from "./categories.ts";
import type { Example } from "./model.ts";
import { demandPhrases, type Phrases } from "./phrases/demands.ts";
import { requestPhrases, suggestionPhrases } from "./phrases/requests.ts";
import { wordsOf } from "./words.ts";

export const phrases: Phrases = { ...demandPhrases, ...requestPhrases, ...suggestionPhrases };

// What is built in weighs as so many orders of each category, however many phrases somebody thought of.
const BUILT_IN_ORDERS = 40;
const ARTICLE_ORDERS = 10;

/** The names of the categories and what callers typically say of them. */
export function builtInExamples(flows: FlowRegistry): Example[] {
  return categoriesOf(flows).flatMap((category) => {
    const flow = flows.get(category.flow);
    const subtype = category.subtype === null ? undefined : flow.subtypes[category.subtype];
    const names = [flow.title, ...(subtype ? [subtype] : [])].flatMap(({ zh, en }) => [zh, en]);
    const said = phrases[categoryKey(category)] ?? { zh: [], en: [] };
    const texts = [...names, ...said.zh, ...said.en];
    return texts.map((text) => ({ category, words: wordsOf(text), weight: BUILT_IN_ORDERS / texts.length }));
  });
}

export type TaughtArticle = {
  readonly links: readonly ArticleLink[];
  readonly content: Pick<ArticleContent, "title" | "keywords">;
};

/**
 * What articles teach: their titles and the other words people look for them by speak for the categories they are linked to. A link
 * to a step says nothing about intake; one article counts once, shared among the categories it names.
 */
export function articleExamples(flows: FlowRegistry, articles: readonly TaughtArticle[]): Example[] {
  const categories = categoriesOf(flows);
  return articles.flatMap(({ links, content }) => {
    const named = links.filter(({ flow, step }) => flow !== null && step === null);
    const meant = new Map<string, Category>();
    for (const category of categories)
      if (named.some(({ flow, subtype }) => flow === category.flow && (subtype === null || subtype === category.subtype)))
        meant.set(categoryKey(category), category);
    const { title, keywords } = content;
    const words = wordsOf([title.zh, title.en ?? "", ...keywords].join("\n"));
    return [...meant.values()].map((category) => ({ category, words, weight: ARTICLE_ORDERS / meant.size }));
  });
}
