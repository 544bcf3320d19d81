import assert from "node:assert/strict";
import { test } from "node:test";
import { stepTimes } from "./step-times.ts";

const steps = [
  "dispatching",
  "accepting",
  "arbitrating",
  "merged",
  "travelling",
  "repairing",
  "reviewing",
  "callback",
  "archiving",
];
const at = (minute: number): string => new Date(Date.UTC(2026, 5, 12, 0, minute)).toISOString();
const ms = (minute: number): number => Date.parse(at(minute));
const event = (seq: number, minute: number, step: string | null, episode = 1) => ({ seq, at: at(minute), step, episode });

test("a step's time is the sum of its visits, and the steps ahead are shown empty", () => {
  const events = [
    event(1, 0, "dispatching"),
    event(2, 2, "accepting"),
    event(3, 5, "dispatching"),
    event(4, 6, "accepting"),
    event(5, 7, "accepting"),
  ];
  const strip = stepTimes({ steps, events, late: [], episode: 1, nowMs: ms(10) });
  assert.deepEqual(
    strip.map(({ step, state, spentMs, visits }) => [step, state, spentMs / 60_000, visits]),
    [
      ["dispatching", "done", 3, 2],
      ["accepting", "now", 7, 2],
      ["travelling", "ahead", 0, 0],
      ["repairing", "ahead", 0, 0],
      ["reviewing", "ahead", 0, 0],
      ["callback", "ahead", 0, 0],
      ["archiving", "ahead", 0, 0],
    ],
  );
});

test("a step is late where a maximum ran out or stayed overdue in it", () => {
  const events = [event(1, 0, "dispatching"), event(2, 10, "accepting"), event(3, 20, "travelling")];
  const late = [{ episode: 1, dueAtMs: ms(12), stoppedAtMs: ms(20) }];
  const strip = stepTimes({ steps, events, late, episode: 1, nowMs: ms(30) });
  assert.deepEqual(
    strip.filter((one) => one.late).map(({ step }) => step),
    ["accepting"],
  );
});

test("a clock that will be missed is not late before its time is up", () => {
  const strip = stepTimes({
    steps,
    events: [event(1, 0, "dispatching")],
    late: [{ episode: 1, dueAtMs: ms(12), stoppedAtMs: null }],
    episode: 1,
    nowMs: ms(10),
  });
  assert.ok(strip.every((one) => !one.late));
});

test("a closed order shows where it was, and a reopened one starts anew", () => {
  const first = [event(1, 0, "dispatching"), event(2, 1, "accepting"), event(3, 2, null)];
  assert.deepEqual(
    stepTimes({ steps, events: first, late: [], episode: 1, nowMs: ms(60) }).map(({ step, state }) => [step, state]),
    [
      ["dispatching", "done"],
      ["accepting", "done"],
    ],
  );
  const again = [...first, event(4, 50, "dispatching", 2)];
  const strip = stepTimes({ steps, events: again, late: [], episode: 2, nowMs: ms(60) });
  assert.deepEqual(strip[0], { step: "dispatching", state: "now", spentMs: 600_000, visits: 1, late: false, aside: false });
});

const told = (events: ReturnType<typeof event>[]) =>
  stepTimes({ steps, events, late: [], episode: 1, nowMs: ms(10) }).map(({ step, state }) => `${step} ${state}`);

test("an order that is merged goes on with its callback, not through the steps of its master", () => {
  const events = [event(1, 0, "dispatching"), event(2, 2, "merged")];
  assert.deepEqual(told(events), ["dispatching done", "merged now", "callback ahead", "archiving ahead"]);
});

test("what was passed over is neither behind nor ahead", () => {
  const events = [event(1, 0, "dispatching"), event(2, 2, "merged"), event(3, 4, "callback")];
  assert.deepEqual(told(events), ["dispatching done", "merged done", "callback now", "archiving ahead"]);
});
