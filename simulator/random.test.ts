import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { randomOf } from "./random.ts";

const draws = (...names: string[]) => Array.from({ length: 5 }, randomOf(...names).next);

test("the same names give the same numbers, others give others", () => {
  assert.deepEqual(draws("seed", "calls"), draws("seed", "calls"));
  assert.notDeepEqual(draws("seed", "calls"), draws("seed", "storms"));
  assert.notDeepEqual(draws("a", "bc"), draws("ab", "c"));
});

test("numbers lie where they were asked for", () =>
  fc.assert(
    fc.property(fc.string(), fc.integer({ min: 1, max: 1000 }), (name, count) => {
      const random = randomOf(name);
      const [drawn, share] = [random.below(count), random.next()];
      return drawn >= 0 && drawn < count && share >= 0 && share < 1 && random.around(10, 0.5) > 0;
    }),
  ));

test("weights are kept: what weighs nothing never comes, the rest by its share", () => {
  const random = randomOf("weights");
  const counts: Record<string, number> = { often: 0, seldom: 0, never: 0 };
  const choices = [["often", 9], ["seldom", 1], ["never", 0]] as const; // biome-ignore format: pairs
  for (let n = 0; n < 10_000; n++) {
    const drawn = random.weighted(choices);
    counts[drawn] = (counts[drawn] ?? 0) + 1;
  }
  assert.equal(counts["never"], 0);
  assert.ok(Math.abs((counts["seldom"] ?? 0) - 1000) < 150, JSON.stringify(counts));
});
