import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { compileZone, isZone, offsetAt, toInstantMs, toLocalMs } from "./zone.ts";

const zones = [
  "Asia/Shanghai",
  "UTC",
  "America/New_York",
  "Europe/Amsterdam",
  "Africa/Casablanca",
  "Australia/Lord_Howe",
  "Asia/Kolkata",
];

const wallClock = (zone: string, atMs: number): string =>
  new Intl.DateTimeFormat("sv-SE", { timeZone: zone, dateStyle: "short", timeStyle: "medium" }).format(atMs);

test("the compiled zone shows the wall clock that Intl shows", () => {
  fc.assert(
    fc.property(fc.constantFrom(...zones), fc.integer({ min: 0, max: 4_000_000_000 }), (name, seconds) => {
      const local = toLocalMs(compileZone(name), seconds * 1000);
      assert.equal(new Date(local).toISOString().slice(0, 19).replace("T", " "), wallClock(name, seconds * 1000));
    }),
    { numRuns: 500 },
  );
});

test("an instant comes back from its wall clock, but for the second of two", () => {
  fc.assert(
    fc.property(fc.constantFrom(...zones), fc.integer({ min: 0, max: 4_000_000_000 }), (name, seconds) => {
      const zone = compileZone(name);
      const atMs = seconds * 1000;
      const back = toInstantMs(zone, toLocalMs(zone, atMs));
      assert.ok(back <= atMs);
      assert.equal(toLocalMs(zone, back), toLocalMs(zone, atMs));
    }),
    { numRuns: 500 },
  );
});

test("a wall-clock time that is skipped moves forward by the gap; one that occurs twice is its first", () => {
  const newYork = compileZone("America/New_York");
  const utc = (text: string) => Date.parse(`${text}Z`);
  assert.equal(toInstantMs(newYork, utc("2024-03-10T02:30:00")), utc("2024-03-10T07:30:00"));
  assert.equal(toInstantMs(newYork, utc("2024-11-03T01:30:00")), utc("2024-11-03T05:30:00"));
  assert.equal(toInstantMs(newYork, utc("2024-11-03T02:00:00")), utc("2024-11-03T07:00:00"));
});

test("Shanghai has had one offset since 1991", () => {
  const shanghai = compileZone("Asia/Shanghai");
  assert.equal(offsetAt(shanghai, Date.parse("1990-07-01T00:00:00Z")), 9 * 3_600_000);
  assert.equal(offsetAt(shanghai, Date.parse("2050-07-01T00:00:00Z")), 8 * 3_600_000);
  assert.equal(shanghai.transitionsAtMs.at(-1), Date.parse("1991-09-14T17:00:00Z"));
});

test("a zone nobody knows is refused", () => {
  assert.equal(isZone("Asia/Shanghai"), true);
  assert.equal(isZone("Asia/Atlantis"), false);
  assert.throws(() => compileZone("Asia/Atlantis"), RangeError);
});
