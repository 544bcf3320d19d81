import assert from "node:assert/strict";
import { test } from "node:test";
import type { Category } from "./categories.ts";
import { judge, type Lesson, withoutLessons } from "./measure.ts";
import { type Learnt, makeModel } from "./model.ts";

const fault: Category = { flow: "fault-repair", subtype: null };
const praise: Category = { flow: "praise", subtype: null };
const inquiry: Category = { flow: "inquiry", subtype: null };
const learnt: Learnt = {
  categories: [
    { category: fault, orders: 60 },
    { category: praise, orders: 30 },
    { category: inquiry, orders: 10 },
  ],
  words: [
    { word: "没电", category: fault, orders: 50 },
    { word: "锦旗", category: praise, orders: 25 },
    { word: "电价", category: inquiry, orders: 9 },
  ],
};
const model = makeModel([fault, praise, inquiry], [], learnt);
const said = (category: Category, ...words: string[]): Lesson => ({ category, words });

test("what is judged: how often right, how often told, and what always naming the commonest would get", () => {
  const judged = judge(model, [said(fault, "没电"), said(praise, "锦旗"), said(praise, "没电"), said(inquiry)]);
  assert.deepEqual([judged.texts, judged.first, judged.three, judged.commonest], [4, 0.5, 1, 0.25]);
  assert.deepEqual([judged.told, judged.right], [0.75, 2 / 3]);
  assert.ok(judged.claimed > 0.5 && judged.claimed <= 1);
});

test("a category there is not is never right, and of nothing nothing is right", () => {
  assert.equal(judge(model, [said({ flow: "telegram", subtype: null }, "没电")]).three, 0);
  assert.deepEqual(judge(model, []), { texts: 0, first: 0, three: 0, told: 0, right: 0, claimed: 0, commonest: 0 });
});

test("lessons that are held back are taken out of the counts, and only they", () => {
  const without = withoutLessons(learnt, [said(fault, "没电", "跳闸"), said(fault, "没电"), said(praise)]);
  assert.deepEqual(
    without.categories.map(({ orders }) => orders),
    [58, 29, 10],
  );
  assert.deepEqual(
    without.words.map(({ orders }) => orders),
    [48, 25, 9],
  );
});
