// Judging the suggestion of categories by texts that were held back.
import { type Category, categoryKey } from "@bihuan/core/desk/suggestion/categories.ts";
import { type Judged, judge } from "@bihuan/core/desk/suggestion/measure.ts";
import { type Learnt, makeModel, type Model } from "@bihuan/core/desk/suggestion/model.ts";
import { wordsOf } from "@bihuan/core/desk/suggestion/words.ts";
import type { Row } from "./row.ts";

export type Said = { readonly text: string; readonly category: Category };
type Reading = (text: string) => readonly string[];

/** The peer: what most Chinese search does, and nothing of a dictionary. */
const pairsOf: Reading = (text) => {
  const plain = text.normalize("NFKC").toLowerCase().slice(0, 2000);
  const pairs = [...plain.matchAll(/[\p{Script=Han}]+/gu)].flatMap(([run]) =>
    [...run].slice(1).map((character, at) => `${[...run][at]}${character}`),
  );
  return [...new Set([...pairs, ...[...plain.matchAll(/\p{Script=Latin}{2,}/gu)].map(([word]) => word)])].slice(0, 120);
};

/** What learning these texts one after the other leaves in the tables. */
export function learntFrom(said: readonly Said[], read: Reading): Learnt {
  const orders = new Map<string, { category: Category; orders: number }>();
  const words = new Map<string, { word: string; category: Category; orders: number }>();
  const add = <T extends { orders: number }>(to: Map<string, T>, name: string, first: T) => {
    const known = to.get(name);
    if (known) known.orders += 1;
    else to.set(name, first);
  };
  for (const { text, category } of said) {
    add(orders, categoryKey(category), { category, orders: 1 });
    for (const word of new Set(read(text))) add(words, `${word} ${categoryKey(category)}`, { word, category, orders: 1 });
  }
  return { categories: [...orders.values()], words: [...words.values()] };
}

const share = (part: number, whole: number): number => (whole === 0 ? 0 : (100 * part) / whole);

/** Asks the model about texts it has not learnt. Out: shares in percent. */
export function judgeTexts(model: Model, held: readonly Said[], read: Reading): Judged {
  const judged = judge(
    model,
    held.map(({ text, category }) => ({ category, words: read(text) })),
  );
  const { texts, ...shares } = judged;
  const percent = Object.fromEntries(Object.entries(shares).map(([name, part]) => [name, 100 * part]));
  return { texts, ...(percent as Omit<Judged, "texts">) };
}

/** In percent: how many of those held back are of the commonest categories of what was learnt, the first so many. */
export const commonest = (learnt: readonly Said[], held: readonly Said[], count = 1): number => {
  const keys = Map.groupBy(learnt, ({ category }) => categoryKey(category));
  const most = new Set(
    [...keys]
      .toSorted(([, x], [, y]) => y.length - x.length)
      .slice(0, count)
      .map(([key]) => key),
  );
  return share(held.filter(({ category }) => most.has(categoryKey(category))).length, held.length);
};

export const percentRow = (name: string, value: number, floor: number | null, target: number): Row => ({
  name,
  value,
  unit: "%",
  floor,
  ratio: floor === null ? null : value / floor,
  target,
  met: value >= target,
});

/** Learns the earlier part, judges the later one. */
export function heldBack(
  name: string,
  learnt: readonly Said[],
  held: readonly Said[],
  target: { first: number; three: number },
): Row[] {
  const categories = [...new Map([...learnt, ...held].map(({ category }) => [categoryKey(category), category])).values()];
  const model = makeModel(categories, [], learntFrom(learnt, wordsOf));
  const judged = judgeTexts(model, held, wordsOf);
  const peer = judgeTexts(makeModel(categories, [], learntFrom(learnt, pairsOf)), held, pairsOf);
  const of = `${name}: ${held.length} after ${learnt.length} learnt, ${categories.length} categories`;
  return [
    percentRow(`${of}; right at first, beside the commonest`, judged.first, commonest(learnt, held), target.first),
    percentRow(`${name}; right at first, beside pairs of characters`, judged.first, peer.first, peer.first - 5),
    percentRow(
      `${name}; among the first three, beside the three commonest`,
      judged.three,
      commonest(learnt, held, 3),
      target.three,
    ),
    percentRow(
      `${name}; right where it suggests (${judged.told.toFixed(0)} %), beside the confidence it claims`,
      judged.right,
      judged.claimed,
      judged.claimed - 10,
    ),
  ];
}

export const splitAt = <T>(all: readonly T[], part: number): [T[], T[]] => {
  const at = Math.floor(all.length * part);
  return [all.slice(0, at), all.slice(at)];
};
