import assert from "node:assert/strict";
import { test } from "node:test";
import { tellStory } from "./timeline-groups.ts";

test("the story runs from the newest event back, grouped by step, each with the time since the one before", () => {
  const at = (minute: number): string => new Date(Date.UTC(2026, 5, 12, 0, minute)).toISOString();
  const events = [
    { seq: 1, at: at(0), step: "dispatching", episode: 1 },
    { seq: 2, at: at(1), step: "dispatching", episode: 1 },
    { seq: 3, at: at(4), step: "accepting", episode: 1 },
    { seq: 4, at: at(9), step: "dispatching", episode: 1 },
  ];
  assert.deepEqual(
    tellStory(events).map(({ step, told }) => [
      step,
      told.map(({ event, sinceMs }) => [event.seq, sinceMs === null ? null : sinceMs / 60_000]),
    ]),
    [
      ["dispatching", [[4, 5]]],
      ["accepting", [[3, 3]]],
      [
        "dispatching",
        [
          [2, 1],
          [1, null],
        ],
      ],
    ],
  );
});
