// How good suggestions are: the model is asked about texts it has not learnt, whose category is known.
import { type Category, categoryKey } from "./categories.ts";
import { type Learnt, likelihoods, type Model, suggest } from "./model.ts";

/** What an order taught, or would teach: its category, and the words of what was said in it. */
export type Lesson = { readonly category: Category; readonly words: readonly string[] };

/** Shares from 0 to 1; 0 of none. */
export type Judged = {
  readonly texts: number;
  /** The right category was the likeliest; among the three likeliest. */
  readonly first: number;
  readonly three: number;
  /** Of how many a suggestion was made; of these, how many were right, and the confidence they were made with on average. */
  readonly told: number;
  readonly right: number;
  readonly claimed: number;
  /** What always naming the commonest category would have got right. */
  readonly commonest: number;
};

/** What would have been learnt without these lessons. In: counts that hold them. */
export function withoutLessons(learnt: Learnt, lessons: readonly Lesson[]): Learnt {
  const orders = new Map<string, number>();
  const words = new Map<string, number>();
  const count = (counts: Map<string, number>, name: string) => counts.set(name, (counts.get(name) ?? 0) + 1);
  for (const { category, words: said } of lessons) {
    const key = categoryKey(category);
    count(orders, key);
    for (const word of said) count(words, `${word} ${key}`);
  }
  return {
    categories: learnt.categories.map((one) => ({ ...one, orders: one.orders - (orders.get(categoryKey(one.category)) ?? 0) })),
    words: learnt.words.map((one) => ({
      ...one,
      orders: one.orders - (words.get(`${one.word} ${categoryKey(one.category)}`) ?? 0),
    })),
  };
}

/** Asks the model about each text. */
export function judge(model: Model, held: readonly Lesson[]): Judged {
  const keys = model.categories.map(categoryKey);
  const common = model.shares.indexOf(Math.max(...model.shares));
  let [first, three, told, right, claimed, commonest] = [0, 0, 0, 0, 0, 0];
  for (const { category, words } of held) {
    const truth = keys.indexOf(categoryKey(category));
    const likely = likelihoods(model, words);
    const before = truth < 0 ? 3 : likely.filter((one, index) => index !== truth && one >= (likely[truth] ?? 0)).length;
    if (before === 0) first++;
    if (before < 3) three++;
    if (truth === common) commonest++;
    const [best] = suggest(model, words);
    if (best === undefined) continue;
    told++;
    claimed += best.confidence;
    if (categoryKey(best.category) === keys[truth]) right++;
  }
  const share = (part: number, whole: number) => (whole === 0 ? 0 : part / whole);
  return {
    texts: held.length,
    first: share(first, held.length),
    three: share(three, held.length),
    told: share(told, held.length),
    right: share(right, told),
    claimed: share(claimed, told),
    commonest: share(commonest, held.length),
  };
}
