import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { forEach, offersFor } from "./bulk.ts";

const task = (key: string | null) => ({ action: key === null ? null : { key, title: { zh: key, en: key } } });
const offers = (keys: (string | null)[], ...roles: ("DISPATCHER" | "REVIEWER" | "HANDLER")[]) =>
  offersFor(keys.map(task), new Set(roles)).map(({ key, safe }) => [key, safe]);

describe("what is offered for a selection", () => {
  test("the next step they have in common comes first, then what may be said to any", () => {
    assert.deepEqual(offers(["dispatch", "dispatch"], "DISPATCHER"), [
      ["dispatch", true],
      ["urge", true],
      ["note", true],
    ]);
  });
  test("a decision that needs reading each is shown as not safe, with its reason", () => {
    assert.deepEqual(offers(["review-reply"], "REVIEWER"), [
      ["review-reply", false],
      ["note", true],
    ]);
    assert.match(offersFor([task("review-reply")], new Set()).at(0)?.because.zh ?? "", /逐张/);
  });
  test("of different steps only what may be said to any of them", () => {
    assert.deepEqual(offers(["dispatch", "accept"], "HANDLER"), [["note", true]]);
    assert.deepEqual(offers(["dispatch", null], "HANDLER"), [["note", true]]);
  });
});

describe("each order for itself", () => {
  test("what one is refused stops none of the others, and each outcome stands at its place", async () => {
    const seen: number[] = [];
    const outcomes = await forEach(
      [1, 2, 3, 4, 5, 6, 7],
      async (item) => {
        await Promise.resolve();
        if (item % 3 === 0) throw new Error(`no ${item}`);
      },
      (count) => seen.push(count),
    );
    assert.deepEqual(
      outcomes.map(({ item, error }) => [item, error instanceof Error ? error.message : null]),
      [1, 2, 3, 4, 5, 6, 7].map((item) => [item, item % 3 === 0 ? `no ${item}` : null]),
    );
    assert.deepEqual(seen, [1, 2, 3, 4, 5, 6, 7]);
  });
  test("never more than a few at a time", async () => {
    let [now, most] = [0, 0];
    await forEach(
      Array.from({ length: 20 }, (_, item) => item),
      async () => {
        most = Math.max(most, ++now);
        await Promise.resolve();
        now--;
      },
    );
    assert.ok(most <= 4);
  });
});
