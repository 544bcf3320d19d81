import assert from "node:assert/strict";
import { test } from "node:test";
import { busyness, onDuty, type Shift } from "./hours.ts";

const zone = "Asia/Shanghai";
const at = (text: string) => Date.parse(`${text}:00+08:00`);

const cases: readonly (readonly [Shift, from: string, to: string, why: string])[] = [
  ["always", "2026-03-01T03:00", "2026-03-01T03:00", "day and night"],
  ["desk", "2026-03-01T10:00", "2026-03-01T10:00", "on a Sunday too"],
  ["desk", "2026-03-01T21:30", "2026-03-02T08:30", "nobody calls customers in the evening"],
  ["desk", "2026-03-02T05:00", "2026-03-02T08:30", "nor before breakfast"],
  ["office", "2026-03-02T09:00", "2026-03-02T09:00", "a Monday morning"],
  ["office", "2026-02-28T10:00", "2026-02-28T10:00", "Saturday morning"],
  ["office", "2026-02-28T13:00", "2026-03-02T08:00", "Saturday afternoon until Monday"],
  ["office", "2026-03-02T18:00", "2026-03-03T08:00", "six o'clock is over"],
];
for (const [shift, from, to, why] of cases)
  test(`${shift} at ${from}: ${why}`, () => assert.equal(onDuty(shift, at(from), zone), at(to)));

test("whoever begins later than the clock strikes is late by so much, and nobody who is at work already", () => {
  assert.equal(onDuty("office", at("2026-03-01T12:00"), zone, 15), at("2026-03-02T08:15"));
  assert.equal(onDuty("office", at("2026-03-02T12:00"), zone, 15), at("2026-03-02T12:00"));
});

test("a day's calls are fewest in the small hours and average to one", () => {
  const hours = Array.from({ length: 24 }, (_, hour) => busyness(at("2026-03-01T00:30") + hour * 3_600_000, zone));
  assert.ok(Math.min(...hours) === hours[3] || hours[3] === hours[2]);
  assert.ok(Math.abs(hours.reduce((sum, share) => sum + share, 0) / 24 - 1) < 1e-9);
});
