import assert from "node:assert/strict";
import { test } from "node:test";
import { asOfInstant, isAsOf, nowInstant } from "./as-of.ts";
import { floating, type Zone, zoneOf } from "./zone.ts";

const shanghai = zoneOf("Asia/Shanghai") as Zone;
const iso = (ms: number | null) => (ms === null ? null : new Date(ms).toISOString());

test("an instant without an offset is read in the zone of the cases", () => {
  assert.equal(iso(asOfInstant("2019-02-14 00:00:00", shanghai)), "2019-02-13T16:00:00.000Z");
  assert.equal(iso(asOfInstant("2019-02-14", shanghai)), "2019-02-13T16:00:00.000Z");
  assert.equal(iso(asOfInstant("2019-02-14T00:00:00Z", shanghai)), "2019-02-14T00:00:00.000Z");
});

test("for floating cases the wall clock is taken as it stands", () => {
  for (const text of ["2019-02-14 00:00:00", "2019-02-14T00:00:00Z", "2019-02-14T00:00:00+08:00", "2019/02/14"])
    assert.equal(iso(asOfInstant(text, floating)), "2019-02-14T00:00:00.000Z", text);
});

test("what is no instant is none", () => {
  for (const text of ["", "yesterday", "14.02.2019", "2019-02-30"]) assert.equal(isAsOf(text), false, text);
});

test("now is an instant, and for floating cases what the wall clock shows", () => {
  const now = Date.parse("2024-03-01T16:30:00Z");
  assert.equal(nowInstant(now, shanghai, shanghai), now);
  assert.equal(iso(nowInstant(now, floating, shanghai)), "2024-03-02T00:30:00.000Z");
});
