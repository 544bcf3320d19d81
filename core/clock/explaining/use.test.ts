import assert from "node:assert/strict";
import { describe, test } from "node:test";
import * as fc from "fast-check";
import { foldClocks } from "../folding/fold.ts";
import type { ClockRule } from "../rules/rule.ts";
import { anyHistory, everyKindOfRule } from "../testing/histories.ts";
import { contextOf, history, resume, ruleOf, rulebookOf, shanghai, shown, type Step, suspend } from "../testing/samples.ts";
import type { Clock } from "../types.ts";
import { clockUse, sharePoints } from "./use.ts";

type Given = Partial<ClockRule> & Pick<ClockRule, "amount" | "unit">;
const clockOf = (rule: Given, ...steps: readonly Step[]) => {
  const book = rulebookOf([ruleOf({ key: "processing", slot: "processing", pausedBy: ["*"], ...rule })]);
  const [clock] = foldClocks(contextOf(book), history(...steps)).filter(({ slot }) => slot === "processing");
  return { clock: clock as Clock, book };
};
const use = (rule: Given, at: string, ...steps: readonly Step[]) => {
  const { clock, book } = clockOf(rule, ...steps);
  return clockUse(clock, book, shanghai(at));
};
const points = (rule: Given, ...steps: readonly Step[]) => {
  const { clock, book } = clockOf(rule, ...steps);
  return sharePoints(clock, book).map(({ share, atMs }) => [share, shown(atMs)]);
};
const friday: Step = ["intake", "2024-03-08 16:30"];

describe("how much of a clock is used", () => {
  test("hours run day and night", () => {
    const half = use({ amount: 2, unit: "hour" }, "2024-03-08 17:30", friday);
    assert.deepEqual([half.measure, half.used, half.remaining, half.share, half.overdueByMs], ["minute", 60, 60, 0.5, 0]);
  });

  test("working minutes stand still over the weekend", () => {
    for (const at of ["2024-03-08 17:30", "2024-03-09 12:00", "2024-03-11 08:30"])
      assert.deepEqual([at, use({ amount: 120, unit: "workingMinute" }, at, friday).used], [at, 60]);
  });

  test("at its due instant a clock is used up, and later it is overdue by the time since", () => {
    const due = use({ amount: 1, unit: "hour" }, "2024-03-08 17:30", friday);
    assert.deepEqual([due.share, due.remaining, due.overdueByMs], [1, 0, 0]);
    assert.equal(use({ amount: 1, unit: "hour" }, "2024-03-08 18:00", friday).overdueByMs, 30 * 60_000);
  });
});

describe("where the share of a clock changes how it grows", () => {
  test("hours grow evenly from start to end", () => {
    assert.deepEqual(points({ amount: 2, unit: "hour" }, friday), [
      [0, "03-08 16:30"],
      [1, "03-08 18:30"],
    ]);
  });

  test("working minutes grow in opening hours only", () => {
    assert.deepEqual(points({ amount: 120, unit: "workingMinute" }, friday), [
      [0, "03-08 16:30"],
      [0.5, "03-08 17:30"],
      [0.5, "03-11 08:30"],
      [1, "03-11 09:30"],
    ]);
  });

  test("a pause is a level stretch", () => {
    const paused = points(
      { amount: 2, unit: "hour" },
      friday,
      ["suspend", "2024-03-08 17:30", suspend("CUSTOMER")],
      ["resume", "2024-03-08 20:00", resume],
    );
    assert.deepEqual(
      paused.map(([share]) => share),
      [0, 0.5, 0.5, 1],
    );
    assert.equal(paused[2]?.[1], "03-08 20:00");
  });

  test("shares never fall, and lie between 0 and 1", () => {
    fc.assert(
      fc.property(anyHistory, (signals) => {
        const book = rulebookOf(everyKindOfRule);
        for (const clock of foldClocks(contextOf(book), signals)) {
          let last = { share: 0, atMs: Number.NEGATIVE_INFINITY };
          for (const point of sharePoints(clock, book)) {
            assert.ok(point.share >= last.share && point.share <= 1 + 1e-9 && point.atMs >= last.atMs);
            last = point;
          }
        }
      }),
      { numRuns: 60 },
    );
  });
});
