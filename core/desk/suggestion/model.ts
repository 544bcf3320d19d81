// Which category a demand is likely to be: naive Bayes over its words. Chosen because it can be explained (each word speaks for or
// against each category by an amount that can be shown), learns an order by adding ones, and unlearns it by taking them away.
import { type Category, categoryKey } from "./categories.ts";

/** A text whose category is known. `weight`: how many orders it counts for. */
export type Example = { readonly category: Category; readonly words: readonly string[]; readonly weight: number };
/** In how many orders of a category a word stood. */
export type WordCount = { readonly word: string; readonly category: Category; readonly orders: number };
export type Learnt = {
  readonly categories: readonly { readonly category: Category; readonly orders: number }[];
  readonly words: readonly WordCount[];
};
export const nothingLearnt: Learnt = { categories: [], words: [] };

export type Suggestion = {
  readonly category: Category;
  /** 0 to 1. */
  readonly confidence: number;
  /** What spoke for it, the weightiest first. */
  readonly words: readonly string[];
};

export type Model = {
  readonly categories: readonly Category[];
  /** Orders it was learnt from, examples not counted. */
  readonly orders: number;
  /** Distinct words it knows. */
  readonly size: number;
  /** Of a category: the logarithm of its share; how many words stood in it. */
  readonly shares: readonly number[];
  readonly totals: readonly number[];
  /** Of a word: how often it stood in each category, and in all. */
  readonly counts: ReadonlyMap<string, { readonly each: Float32Array; readonly all: number }>;
  readonly allTotal: number;
};

/** A word of fewer orders is not used: it may be a name, and it would prove nothing. */
export const FEWEST_ORDERS = 5;
// A kind of business nobody has asked for yet is as likely as one with so many orders, shared among its subtypes.
const EXPECTED_ORDERS = 3;
// Half an order is imagined beside what was seen, and beside what was to be expected: what was seen once or twice proves little, and
// that a rare word was not seen yet proves nothing.
const IMAGINED = 0.5;
// Words of one text say partly the same: taken as independent they would claim to be surer than they are, the more so the longer it
// is. So many words weigh as if each had this power of their number for a share.
const DEPENDENCE = -0.35;

type Places = ReadonlyMap<string, number>;

// How often each word stood where. Words that too few orders hold, and no example, are left out.
function countWords(at: Places, examples: readonly Example[], learnt: Learnt): Model["counts"] {
  const counts = new Map<string, { each: Float32Array; all: number }>();
  const add = (word: string, category: Category, n: number) => {
    const index = at.get(categoryKey(category));
    if (index === undefined) return;
    let known = counts.get(word);
    if (known === undefined) counts.set(word, (known = { each: new Float32Array(at.size), all: 0 }));
    known.each[index] = (known.each[index] ?? 0) + n;
    known.all += n;
  };
  for (const { category, words, weight } of examples) for (const word of words) add(word, category, weight);
  const taught = new Set(counts.keys());
  for (const { word, category, orders } of learnt.words) add(word, category, orders);
  for (const [word, { all }] of counts) if (all < FEWEST_ORDERS && !taught.has(word)) counts.delete(word);
  return counts;
}

/**
 * Builds the model. In: every category there is; what is known before the first order (examples); what was learnt from orders.
 * Counts of categories that no longer exist are left out.
 */
export function makeModel(categories: readonly Category[], examples: readonly Example[], learnt: Learnt): Model {
  const at: Places = new Map(categories.map((category, index) => [categoryKey(category), index]));
  const counts = countWords(at, examples, learnt);
  const totals = categories.map(() => 0);
  for (const { each } of counts.values()) for (const [index, n] of each.entries()) totals[index] = (totals[index] ?? 0) + n;

  const orders = new Map(learnt.categories.map(({ category, orders: n }) => [categoryKey(category), n]));
  const taken = categories.map((category) => orders.get(categoryKey(category)) ?? 0);
  const siblings = Map.groupBy(categories, ({ flow }) => flow);
  const expected = categories.map(({ flow }, index) => (taken[index] ?? 0) + EXPECTED_ORDERS / (siblings.get(flow)?.length ?? 1));
  const whole = sumOf(expected);
  return {
    categories,
    orders: sumOf(taken),
    size: counts.size,
    shares: expected.map((n) => Math.log(n / whole)),
    totals,
    counts,
    allTotal: sumOf(totals),
  };
}

const sumOf = (numbers: readonly number[]): number => numbers.reduce((sum, n) => sum + n, 0);

/**
 * What a word says about a category: the logarithm of how often it was seen there, against how often it would have been if it stood
 * everywhere alike. 0 for a word nobody knows.
 */
export function evidence(model: Model, word: string, index: number): number {
  const known = model.counts.get(word);
  if (known === undefined) return 0;
  const expected = (known.all * (model.totals[index] ?? 0)) / model.allTotal;
  return Math.log(((known.each[index] ?? 0) + IMAGINED) / (expected + IMAGINED));
}

/** How likely each category is, in the model's order; they add up to 1 over those that `allowed` lets through. */
export function likelihoods(model: Model, words: readonly string[], allowed: (category: Category) => boolean = () => true) {
  const known = words.filter((word) => model.counts.has(word));
  const weight = Math.max(1, known.length) ** DEPENDENCE;
  const scores = model.categories.map((category, index) =>
    allowed(category)
      ? (model.shares[index] ?? 0) + weight * sumOf(known.map((word) => evidence(model, word, index)))
      : Number.NEGATIVE_INFINITY,
  );
  const best = Math.max(...scores);
  const shares = scores.map((score) => (best === Number.NEGATIVE_INFINITY ? 0 : Math.exp(score - best)));
  const sum = sumOf(shares);
  return shares.map((share) => (sum === 0 ? 0 : share / sum));
}

const MOST_SUGGESTED = 3;
const MOST_WORDS = 5;
/** Below this nothing is suggested: a wrong suggestion costs an agent more than none. */
export const LEAST_CONFIDENCE = 0.35;
// What stands behind the first has to be worth reading.
const LEAST_BESIDE = 0.05;
// A word that stands hardly more often here than anywhere is no reason.
const LEAST_EVIDENCE = 0.2;

/**
 * The likeliest categories, at most three, with the words that spoke for them. Empty where nothing speaks for any, or not enough. In:
 * the words of the demand; the kind of business where it is chosen already, and then only its subtypes are weighed.
 */
export function suggest(model: Model, words: readonly string[], flow: string | null = null): Suggestion[] {
  const likely = likelihoods(model, words, (category) => flow === null || category.flow === flow);
  if (likely.filter((confidence) => confidence > 0).length < 2) return [];
  const ranked = likely
    .map((confidence, index) => ({ confidence, index }))
    .sort((a, b) => b.confidence - a.confidence || a.index - b.index)
    .slice(0, MOST_SUGGESTED)
    .filter(({ confidence }) => confidence >= LEAST_BESIDE);
  if ((ranked[0]?.confidence ?? 0) < LEAST_CONFIDENCE) return [];
  const told = ranked.map(({ confidence, index }) => ({
    category: model.categories[index] as Category,
    confidence,
    words: reasons(model, words, index),
  }));
  return told[0]?.words.length === 0 ? [] : told;
}

// The words that speak for a category, without those that stand inside a weightier one.
function reasons(model: Model, words: readonly string[], index: number): string[] {
  const chosen: string[] = [];
  const speaking = words
    .map((word) => ({ word, weight: evidence(model, word, index) }))
    .filter(({ weight }) => weight >= LEAST_EVIDENCE)
    .sort((a, b) => b.weight - a.weight);
  for (const { word } of speaking) {
    if (chosen.length === MOST_WORDS) break;
    if (!chosen.some((other) => other.includes(word) || word.includes(other))) chosen.push(word);
  }
  return chosen;
}
