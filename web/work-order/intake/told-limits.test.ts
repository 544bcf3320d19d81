import assert from "node:assert/strict";
import { test } from "node:test";
import type { ClockView } from "@bihuan/contract/work-order.ts";
import { toldLimits } from "./told-limits.ts";

const clock = (
  slot: string,
  authority: ClockView["authority"],
  dueAt: string | null,
  more: Partial<ClockView> = {},
): ClockView => ({
  episode: 1,
  slot,
  title: { zh: slot, en: slot },
  authority,
  round: 1,
  subject: null,
  rule: null,
  limitKind: "max",
  amount: 90,
  unit: "minute",
  startedAt: "2026-06-12T03:00:00.000Z",
  dueAt,
  dueBeforeExtensionAt: null,
  status: "running",
  lapse: null,
  stoppedAt: null,
  pauses: [],
  provisional: false,
  points: [],
  ...more,
});

test("a caller is told what law or a promise gives them, not what the utility asks of itself", () => {
  const fault = [
    clock("arrival", "internal", "2026-06-12T04:30:00.000Z"),
    clock("arrival", "promise", "2026-06-12T04:30:00.000Z", { limitKind: "average" }),
    clock("arrival", "law", "2026-06-12T05:00:00.000Z"),
    clock("dispatch", "law", "2026-06-12T03:02:00.000Z"),
    clock("answer", "internal", "2026-06-17T16:00:00.000Z"),
  ];
  assert.deepEqual(toldLimits(fault), [{ slot: "arrival", authority: "law", dueAt: "2026-06-12T05:00:00.000Z" }]);
});

test("of a complaint both are told: when somebody calls, and when it is answered, each by its tightest limit", () => {
  const complaint = [
    clock("answer", "law", "2026-06-29T16:00:00.000Z"),
    clock("answer", "promise", "2026-06-22T16:00:00.000Z"),
    clock("first-contact", "promise", "2026-06-13T03:00:00.000Z"),
  ];
  assert.deepEqual(
    toldLimits(complaint).map(({ slot, authority }) => `${slot} ${authority}`),
    ["first-contact promise", "answer promise"],
  );
});

test("where nothing is promised, nothing is told", () => {
  assert.deepEqual(
    toldLimits([clock("first-contact", "internal", "2026-06-13T03:00:00.000Z"), clock("answer", "law", null)]),
    [],
  );
});
