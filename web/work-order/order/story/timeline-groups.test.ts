import assert from "node:assert/strict";
import { test } from "node:test";
import { endingOf, newestOf, tellStory } from "./timeline-groups.ts";

test("the story runs from the newest event back, grouped by step, each with the time since the one before", () => {
  const at = (minute: number): string => new Date(Date.UTC(2026, 5, 12, 0, minute)).toISOString();
  const events = [
    { seq: 1, at: at(0), type: "x", step: "dispatching", episode: 1 },
    { seq: 2, at: at(1), type: "x", step: "dispatching", episode: 1 },
    { seq: 3, at: at(4), type: "x", step: "accepting", episode: 1 },
    { seq: 4, at: at(9), type: "x", step: "dispatching", episode: 1 },
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

test("what left the flow says how: archived, withdrawn, terminated", () => {
  const at = "2026-06-12T01:00:00Z";
  const ending = (...types: string[]) =>
    tellStory(types.map((type, index) => ({ seq: index + 1, at, type, step: null, episode: 1 }))).map(endingOf);
  assert.deepEqual(ending("archive"), ["ARCHIVED"]);
  assert.deepEqual(ending("archive", "rebind"), ["ARCHIVED"]);
  assert.deepEqual(ending("withdraw"), ["WITHDRAWN"]);
  assert.deepEqual(ending("terminate"), ["TERMINATED"]);
  assert.deepEqual(ending("close-elsewhere"), ["ELSEWHERE"]);
  assert.deepEqual(ending("rebind"), [null]);
});

test("of a long story the newest events are told first, and how many came before is said", () => {
  const at = "2026-06-12T01:00:00Z";
  const steps = ["a", "a", "a", "b", "b"];
  const story = tellStory(steps.map((step, index) => ({ seq: index + 1, at, type: "x", step, episode: 1 })));
  const cut = (most: number) => {
    const { groups, earlier } = newestOf(story, most);
    return [groups.map(({ told }) => told.map(({ event }) => event.seq)), earlier];
  };
  assert.deepEqual(cut(3), [[[5, 4], [3]], 2]);
  assert.deepEqual(cut(2), [[[5, 4]], 3]);
  assert.deepEqual(cut(5), [
    [
      [5, 4],
      [3, 2, 1],
    ],
    0,
  ]);
  assert.deepEqual(cut(Number.POSITIVE_INFINITY), [
    [
      [5, 4],
      [3, 2, 1],
    ],
    0,
  ]);
});
