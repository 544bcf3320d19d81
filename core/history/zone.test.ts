import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { civilDate, floating, wallClock, type Zone, zoneOf } from "./zone.ts";

const zone = (name: string) => zoneOf(name) as Zone;
const iso = (ms: number) => new Date(ms).toISOString();

test("a zone nobody knows is no zone", () => {
  assert.equal(zoneOf("Mars/Olympus"), null);
  assert.equal(zoneOf(""), null);
});

test("a floating wall clock is taken as it stands", () => {
  const wall = wallClock(2022, 3, 27, 2, 30);
  assert.equal(floating.toInstant(wall), wall);
  assert.equal(floating.toWall(wall), wall);
});

test("wall clocks become instants of their zone", () => {
  const cases: [string, [number, number, number, number, number], string][] = [
    ["Asia/Shanghai", [2024, 7, 1, 8, 0], "2024-07-01T00:00:00.000Z"],
    ["Asia/Shanghai", [1988, 7, 1, 8, 0], "1988-06-30T23:00:00.000Z"], // summer time of 1986–1991
    ["Europe/Amsterdam", [2010, 10, 4, 1, 6], "2010-10-03T23:06:00.000Z"],
    ["Europe/Amsterdam", [2010, 11, 29, 1, 6], "2010-11-29T00:06:00.000Z"],
    ["America/New_York", [2016, 11, 6, 0, 59], "2016-11-06T04:59:00.000Z"],
    ["UTC", [2016, 2, 29, 23, 59], "2016-02-29T23:59:00.000Z"],
  ];
  for (const [name, wall, expected] of cases)
    assert.equal(iso(zone(name).toInstant(wallClock(...wall))), expected, `${name} ${wall.join()}`);
});

test("a time that occurs twice means its first occurrence, one that does not occur moves forward", () => {
  const newYork = zone("America/New_York");
  assert.equal(iso(newYork.toInstant(wallClock(2016, 11, 6, 1, 30))), "2016-11-06T05:30:00.000Z");
  assert.equal(iso(newYork.toInstant(wallClock(2016, 3, 13, 2, 30))), "2016-03-13T07:30:00.000Z");
  const amsterdam = zone("Europe/Amsterdam");
  assert.equal(iso(amsterdam.toInstant(wallClock(2010, 10, 31, 2, 30))), "2010-10-31T00:30:00.000Z");
  assert.equal(iso(amsterdam.toInstant(wallClock(2011, 3, 27, 2, 30))), "2011-03-27T01:30:00.000Z");
});

test("dates are those of the zone", () => {
  const at = Date.parse("2014-03-31T20:00:00Z");
  assert.equal(civilDate(zone("Asia/Shanghai").toWall(at)), "2014-04-01");
  assert.equal(civilDate(zone("America/New_York").toWall(at)), "2014-03-31");
});

test("an instant shown as a wall clock and read again is itself, except in the hour that occurs twice", () => {
  const zones = [
    "Asia/Shanghai",
    "Europe/Amsterdam",
    "America/New_York",
    "Australia/Lord_Howe",
    "Asia/Kathmandu",
    "Pacific/Apia",
  ].map(zone);
  fc.assert(
    fc.property(
      fc.constantFrom(...zones),
      fc.integer({ min: Date.parse("1990-01-01"), max: Date.parse("2040-01-01") }),
      (one, at) => {
        const back = one.toInstant(one.toWall(at));
        const twice = at - back;
        assert.ok(
          twice === 0 || (twice > 0 && twice <= 3_600_000 && one.toWall(back) === one.toWall(at)),
          `${one.name} ${iso(at)}`,
        );
      },
    ),
    { numRuns: 2000 },
  );
});
