import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { stateTimes } from "./state-hours.ts";

const steps = (...pairs: [number, string][]) => pairs.map(([atMs, state]) => ({ atMs, state }));
const waits = (state: string) => state.startsWith("Wait");

test("time is credited to the state that was left, the last step credits nothing", () => {
  assert.deepEqual(stateTimes(steps([0, "New"], [10, "Active"], [30, "Wait"], [70, "Active"], [75, "Closed"]), waits), {
    states: [
      { state: "New", pause: false, events: 1, ms: 10 },
      { state: "Active", pause: false, events: 2, ms: 25 },
      { state: "Wait", pause: true, events: 1, ms: 40 },
      { state: "Closed", pause: false, events: 1, ms: 0 },
    ],
    throughputMs: 75,
    pausedMs: 40,
    pauses: 1,
  });
});

test("a step back in time counts 0 and the throughput is from the earliest to the latest step", () => {
  const { states, throughputMs, pausedMs } = stateTimes(steps([50, "New"], [20, "Wait"], [60, "Active"]), waits);
  assert.deepEqual(
    states.map((state) => state.ms),
    [0, 40, 0],
  );
  assert.deepEqual([throughputMs, pausedMs], [40, 40]);
});

test("a case that ends waiting has no pause whose end is known", () => {
  assert.deepEqual(stateTimes(steps([0, "New"], [10, "Wait"]), waits).pauses, 0);
  assert.deepEqual(stateTimes(steps([0, "Wait"], [0, "New"]), waits).pauses, 1);
});

test("in a log in order the states' time adds up to the throughput", () => {
  const state = fc.constantFrom("New", "Active", "Wait", "Wait - User", "Closed");
  const log = fc.array(fc.tuple(fc.nat(1e9), state), { minLength: 1, maxLength: 30 });
  fc.assert(
    fc.property(log, (pairs) => {
      const ordered = pairs.toSorted(([a], [b]) => a - b);
      const { states, throughputMs, pausedMs } = stateTimes(steps(...ordered), waits);
      assert.equal(
        states.reduce((sum, { ms }) => sum + ms, 0),
        throughputMs,
      );
      assert.ok(pausedMs <= throughputMs);
    }),
  );
});
