import assert from "node:assert/strict";
import { test } from "node:test";
import { hours, median, nearestRank, rate } from "./figures.ts";

test("the median of an even count is the mean of the two middle values", () => {
  assert.equal(median([]), null);
  assert.equal(median([7]), 7);
  assert.equal(median([1, 4]), 2.5);
  assert.equal(median([1, 4, 100]), 4);
});

test("the 90th percentile is value number ⌈0.9 n⌉, never one in between", () => {
  const upTo = (n: number) => Array.from({ length: n }, (_, index) => index + 1);
  assert.equal(nearestRank([], 90), null);
  for (const [n, expected] of [
    [1, 1],
    [2, 2],
    [9, 9],
    [10, 9],
    [11, 10],
    [20, 18],
    [100, 90],
    [101, 91],
  ] as const)
    assert.equal(nearestRank(upTo(n), 90), expected, `n=${n}`);
});

test("hours have four decimals, sums two, rates six", () => {
  assert.equal(hours(153_892_000), 42.7478);
  assert.equal(hours(626_852_050_000, 2), 174_125.57);
  assert.equal(hours(null), null);
  assert.equal(rate(6079, 7278), 0.835257);
  assert.equal(rate(0, 0), null);
});
