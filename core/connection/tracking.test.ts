import assert from "node:assert/strict";
import { test } from "node:test";
import type { Clock } from "../clock/types.ts";
import { trackNode } from "./tracking.ts";

const clock = (change: Partial<Clock>): Clock => ({
  number: 1,
  episode: 1,
  flow: "connection-hv-single",
  slot: "plan-reply",
  authority: "promise",
  round: 1,
  subject: null,
  rule: null,
  limitKind: "max",
  amount: 10,
  unit: "workingDay",
  calendar: "work",
  startedAtMs: 100,
  startedBySeq: 1,
  dueAtMs: 200,
  pausedUntilMs: null,
  dueIfPausedUntilMs: null,
  dueBeforeExtensionMs: null,
  pauses: [],
  status: "running",
  stoppedAtMs: null,
  stoppedBySeq: null,
  provisional: false,
  ...change,
});

test("a node stands as its clocks do", () => {
  const law = clock({ authority: "law", dueAtMs: 400 });
  const rows: readonly (readonly [string, readonly Clock[], number, ReturnType<typeof trackNode>])[] = [
    ["not begun", [], 150, { state: "NONE", dueAtMs: null, actualAtMs: null, rounds: 0 }],
    ["due by the tightest limit", [law, clock({})], 150, { state: "RUNNING", dueAtMs: 200, actualAtMs: null, rounds: 1 }],
    ["met at exactly its limit", [clock({})], 200, { state: "RUNNING", dueAtMs: 200, actualAtMs: null, rounds: 1 }],
    ["past it", [law, clock({})], 201, { state: "OVERDUE", dueAtMs: 200, actualAtMs: null, rounds: 1 }],
    [
      "waiting for the customer",
      [clock({ status: "paused", dueAtMs: null })],
      900,
      { state: "PAUSED", dueAtMs: null, actualAtMs: null, rounds: 1 },
    ],
    [
      "done in time",
      [clock({ status: "met", stoppedAtMs: 180 })],
      900,
      { state: "MET", dueAtMs: 200, actualAtMs: 180, rounds: 1 },
    ],
    [
      "done late by one of its limits",
      [clock({ ...law, status: "met", stoppedAtMs: 300 }), clock({ status: "missed", stoppedAtMs: 300 })],
      900,
      { state: "MISSED", dueAtMs: 200, actualAtMs: 300, rounds: 1 },
    ],
    [
      "an inspection repeated, late the first time",
      [
        clock({ status: "missed", stoppedAtMs: 300 }),
        clock({ round: 2, startedAtMs: 500, dueAtMs: 700, status: "met", stoppedAtMs: 600 }),
      ],
      900,
      { state: "MISSED", dueAtMs: 700, actualAtMs: 600, rounds: 2 },
    ],
    [
      "a target judges nobody",
      [clock({ limitKind: "average" })],
      900,
      { state: "NONE", dueAtMs: null, actualAtMs: null, rounds: 0 },
    ],
    [
      "a visit for which another time was agreed",
      [clock({ status: "lapsed", stoppedAtMs: 150 })],
      900,
      { state: "NONE", dueAtMs: null, actualAtMs: null, rounds: 0 },
    ],
    [
      "another label's clock",
      [clock({ status: "superseded", stoppedAtMs: 150 })],
      900,
      { state: "NONE", dueAtMs: null, actualAtMs: null, rounds: 0 },
    ],
  ];
  for (const [name, clocks, nowMs, expected] of rows) assert.deepEqual(trackNode(clocks, "plan-reply", nowMs), expected, name);
});
