import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { compileZone } from "../../calendar/zone.ts";
import { laneEnds, laneOf } from "./lanes.ts";

const zone = compileZone("Asia/Shanghai");
const at = (local: string) => Date.parse(`2026-06-12T${local}+08:00`);

const cases: readonly (readonly [now: string, due: string | null, lane: string, why: string])[] = [
  ["10:00:00", "09:59:00", "now", "overdue"],
  ["10:00:00", "11:00:00", "now", "due within the hour, at exactly its end"],
  ["10:00:00", "11:00:01", "today", "due later today"],
  ["10:00:00", "23:59:59", "today", "due before midnight"],
  ["10:00:00", null, "later", "not timed"],
  ["23:30:00", "23:59:59", "now", "the evening's last hour reaches beyond midnight"],
];
for (const [now, due, lane, why] of cases)
  test(`${lane}: ${why}`, () => {
    assert.equal(laneOf(due === null ? null : at(due), laneEnds(at(now), zone)), lane);
  });

test("later: due tomorrow by the clock of the unit, not of the machine", () => {
  assert.equal(laneOf(at("24:00:00") + 1, laneEnds(at("10:00:00"), zone)), "later");
  assert.equal(laneOf(at("24:00:00"), laneEnds(at("10:00:00"), zone)), "today");
  const newYork = compileZone("America/New_York");
  assert.equal(laneOf(at("24:00:00") + 1, laneEnds(at("10:00:00"), newYork)), "later");
});

test("what is due earlier never stands in a later lane", () => {
  const order = { now: 0, today: 1, later: 2 } as const;
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 2e12 }), fc.integer({ min: -1e9, max: 1e9 }), fc.nat(1e9), (nowMs, offset, more) => {
      const ends = laneEnds(nowMs, zone);
      assert.ok(order[laneOf(nowMs + offset, ends)] <= order[laneOf(nowMs + offset + more, ends)]);
    }),
  );
});
