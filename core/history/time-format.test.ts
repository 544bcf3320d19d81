import assert from "node:assert/strict";
import { test } from "node:test";
import { readInstant, type TimeFormat, timeFormat } from "./time-format.ts";
import { floating, type Zone, zoneOf } from "./zone.ts";

const read = (pattern: string, text: string, zone: Zone = floating) => {
  const atMs = readInstant(text, [timeFormat(pattern) as TimeFormat], zone);
  return atMs === null ? null : new Date(atMs).toISOString();
};

test("times are read as the pattern says", () => {
  const cases: [string, string, string | null][] = [
    ["MM/DD/YYYY hh:mm:ss A", "04/22/2014 01:07:39 PM", "2014-04-22T13:07:39.000Z"],
    ["MM/DD/YYYY hh:mm:ss AM", "04/22/2014 12:07:39 AM", "2014-04-22T00:07:39.000Z"],
    ["MM/DD/YYYY hh:mm:ss A", "04/22/2014 12:07:39 PM", "2014-04-22T12:07:39.000Z"],
    ["MM/DD/YYYY hh:mm:ss A", "04/22/2014 13:07:39 PM", null],
    ["MM/DD/YYYY hh:mm:ss A", "4/22/2014 01:07:39 PM", null],
    ["D/M/YYYY HH:mm", "29/2/2016 01:16", "2016-02-29T01:16:00.000Z"],
    ["D/M/YYYY HH:mm", "29/2/2015 01:16", null],
    ["D/M/YYYY HH:mm", "5/13/2016 01:16", null],
    ["YYYY-MM-DD HH:mm:ss", "2022-01-31 11:46:00", "2022-01-31T11:46:00.000Z"],
    ["YYYY-MM-DD HH:mm:ss", "2022-01-31 24:00:00", null],
    ["YYYY-MM-DD HH:mm:ss", "2022-01-31 11:46:00 ", null],
    ["YYYY年M月D日 H时m分", "2024年3月5日 9时05分", "2024-03-05T09:05:00.000Z"],
    ["YYYY/M/D A h:mm", "2024/3/5 下午 2:05", "2024-03-05T14:05:00.000Z"],
    ["YYYYMMDD", "20240305", "2024-03-05T00:00:00.000Z"],
    ["YYYY-MM-DD HH:mm:ss.SSS", "2024-03-05 08:00:00.123456", "2024-03-05T08:00:00.123Z"],
    ["ISO", "2010-10-05 08:32:48.565000+02:00", "2010-10-05T08:32:48.565Z"],
    ["ISO", "2024-03-05", "2024-03-05T00:00:00.000Z"],
    ["ISO", "2024-13-05", null],
    ["ISO", "2024-03-05T10:00:00+25:00", null],
    ["ISO", "yesterday", null],
  ];
  for (const [pattern, text, expected] of cases) assert.equal(read(pattern, text), expected, `${pattern} ${text}`);
});

test("an offset in the text decides over the zone, but not in a floating file", () => {
  const shanghai = zoneOf("Asia/Shanghai") as Zone;
  assert.equal(read("ISO", "2010-03-31T16:59:42+02:00", shanghai), "2010-03-31T14:59:42.000Z");
  assert.equal(read("ISO", "2010-03-31T16:59:42Z", shanghai), "2010-03-31T16:59:42.000Z");
  assert.equal(read("ISO", "2010-03-31T16:59:42-0330", shanghai), "2010-03-31T20:29:42.000Z");
  assert.equal(read("ISO", "2010-03-31T16:59:42", shanghai), "2010-03-31T08:59:42.000Z");
  assert.equal(read("ISO", "2010-03-31T16:59:42+02:00", floating), "2010-03-31T16:59:42.000Z");
});

test("the first format that reads a text counts", () => {
  const formats = [timeFormat("YYYY-MM-DD HH:mm"), timeFormat("D/M/YYYY")] as TimeFormat[];
  assert.equal(readInstant("1/2/2024", formats, floating), Date.UTC(2024, 1, 1));
  assert.equal(readInstant("2024-01-02 03:04", formats, floating), Date.UTC(2024, 0, 2, 3, 4));
});

test("a pattern without a whole date, with a part twice, or with twelve hours and no AM is none", () => {
  for (const pattern of ["", "HH:mm", "YYYY-MM", "YYYY-MM-DD hh:mm", "YYYY-MM-DD HH:mm A", "YYYY-MM-DD MM", "YYYY-MM-DD HH hh A"])
    assert.equal(timeFormat(pattern), null, pattern);
});
