import assert from "node:assert/strict";
import { test } from "node:test";
import { hours, meanHours, medianHours, rate } from "./figures.ts";

test("the median of an even count is the mean of the two middle values", () => {
  assert.equal(medianHours(null, null), null);
  assert.equal(medianHours(3_600_000, 3_600_000), 1);
  assert.equal(medianHours(3_600_000, 9_000_000), 1.75);
});

test("hours have four decimals, rates six", () => {
  assert.equal(hours(153_892_000), 42.7478);
  assert.equal(hours(null), null);
  assert.equal(meanHours(10, 3), 3.3333);
  assert.equal(meanHours(null, 0), null);
  assert.equal(rate(6079, 7278), 0.835257);
  assert.equal(rate(0, 0), null);
});
