import assert from "node:assert/strict";
import { test } from "node:test";
import { holderAt, holdingsOf } from "./holders.ts";
import { replied } from "./testing/stories.ts";
import { people, units } from "./testing/world.ts";

const { centre, station, otherStation } = units;

test("an order is in the desk's hands, then in the station's, then in the desk's again", () => {
  const { events } = replied();
  const at = (type: string) => events.find((event) => event.type === type)?.atMs;
  assert.deepEqual(holdingsOf(events), [
    { fromMs: at("intake"), unitId: centre },
    { fromMs: at("dispatch"), unitId: station },
    { fromMs: at("reply"), unitId: centre },
  ]);
});

test("what changes no unit cuts nothing, and of changes at one instant the last counts", () => {
  const { events } = replied().act(people.reviewer, "review-reply", { approved: true });
  const [intake, dispatch] = events as [(typeof events)[0], (typeof events)[0]];
  const moved = (atMs: number, unitId: number) => ({ ...dispatch, atMs, unitId });
  const unitsOf = (...others: readonly (typeof events)[0][]) =>
    holdingsOf([intake, ...others]).map(({ fromMs, unitId }) => [fromMs - intake.atMs, unitId]);
  const t = intake.atMs;
  for (const [others, holdings] of [
    [[moved(t + 5, centre)], [[0, centre]]],
    [
      [moved(t + 5, station), moved(t + 5, otherStation)],
      [
        [0, centre],
        [5, otherStation],
      ],
    ],
    [[moved(t + 5, station), moved(t + 5, centre)], [[0, centre]]],
    [[moved(t, station)], [[0, station]]],
    [
      [moved(t + 5, station), moved(t + 2, otherStation)],
      [
        [0, centre],
        [5, otherStation],
      ],
    ],
  ] as const)
    assert.deepEqual(unitsOf(...others), holdings);
});

test("the holder at an instant is the last before it", () => {
  const holdings = [
    { fromMs: 10, unitId: 1 },
    { fromMs: 20, unitId: 2 },
  ];
  assert.deepEqual(
    [5, 10, 19, 20, 99].map((atMs) => holderAt(holdings, atMs)),
    [1, 1, 1, 2, 2],
  );
  assert.equal(holderAt([], 5), null);
});
