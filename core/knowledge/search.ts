// By which words an article is found. Its head (title, other words, questions to ask) is looked through first, then all it says.
import { type SearchField, searchTerms } from "../search-text.ts";
import { type ArticleContent, wordingsOf } from "./article.ts";

const both = ({ zh, en }: { readonly zh: string; readonly en: string | null }): string[] => (en === null ? [zh] : [zh, en]);

/** Title and other words: single characters and pinyin initials find these too. Then the questions the desk asks. */
export const headFields = ({ title, keywords, asks }: ArticleContent): SearchField[] => [
  ...[...both(title), ...keywords].map((value): SearchField => ({ kind: "name", value })),
  ...asks.flatMap(both).map((value): SearchField => ({ kind: "address", value })),
];

/** Everything an article says. */
export const wholeFields = (content: ArticleContent): SearchField[] => [
  ...content.keywords.map((value): SearchField => ({ kind: "address", value })),
  ...wordingsOf(content)
    .flatMap(both)
    .map((value): SearchField => ({ kind: "address", value })),
];

const MOST_PAIRS = 16;

// What a caller begins and ends with, whatever it is about: such pairs would speak for any title that is put as a question.
const idle = new Set(
  "你好 您好 请问 我家 我们 他们 怎么 么办 怎样 什么 为什 么时 时候 如何 一下 可以 不是 是不 能不 不能 现在 已经 还是".split(" "),
);

/**
 * A sentence as it was spoken, cut into pairs of characters and words, for when nothing holds the whole of it: what shares
 * the most and the rarest of them comes first. Pairs that cross words fit nothing and do no harm.
 */
export const looseTokens = (typed: string): string[] =>
  [...new Set(searchTerms(typed).flatMap(({ all }) => all))]
    .filter((token) => [...token].length > 1 && !idle.has(token))
    .slice(0, MOST_PAIRS);
