import assert from "node:assert/strict";
import { test } from "node:test";
import { durationText, exactInstant, fileSize, instantOfWall, readableDate, shortInstant, spokenEnd } from "./format.ts";

const shanghai = "Asia/Shanghai";
const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

test("a span is said in its two largest units", () => {
  const cases: [number, string, string][] = [
    [0, "0 秒", "0 s"],
    [42_900, "42 秒", "42 s"],
    [42 * minute, "42 分", "42 min"],
    [2 * hour + 15 * minute, "2 小时 15 分", "2 h 15 min"],
    [2 * hour + 30_000, "2 小时", "2 h"],
    [day + 3 * hour + 59 * minute, "1 天 3 小时", "1 d 3 h"],
    [day + 59 * minute, "1 天", "1 d"],
    [-(5 * hour), "5 小时", "5 h"],
  ];
  for (const [span, zh, en] of cases) {
    assert.equal(durationText(span, "zh"), zh);
    assert.equal(durationText(span, "en"), en);
  }
});

test("an instant is as short as it can be and its zone is not the machine's", () => {
  const now = Date.parse("2026-06-12T16:30:00Z"); // 00:30 on the 13th in Shanghai
  const cases: [string, string, string][] = [
    ["2026-06-12T16:05:00Z", "今天 00:05", "today 00:05"],
    ["2026-06-12T15:59:00Z", "06-12 23:59", "12 Jun 23:59"],
    ["2025-12-31T16:00:00Z", "01-01 00:00", "1 Jan 00:00"],
    ["2025-12-31T15:59:00Z", "2025-12-31 23:59", "31 Dec 2025 23:59"],
  ];
  for (const [at, zh, en] of cases) {
    assert.equal(shortInstant(Date.parse(at), now, shanghai, "zh"), zh);
    assert.equal(shortInstant(Date.parse(at), now, shanghai, "en"), en);
  }
  const midnight = Date.parse("2026-06-17T16:00:00Z");
  assert.equal(shortInstant(midnight, now, shanghai, "zh"), "06-18 00:00");
  assert.equal(shortInstant(midnight, now, shanghai, "zh", true), "06-17 24:00");
  assert.equal(shortInstant(midnight + 60_000, now, shanghai, "en", true), "18 Jun 00:01");
  assert.equal(exactInstant(now, shanghai), "2026-06-13 00:30:00 Asia/Shanghai");
});

test("the wall clock of a zone leads back to the instant, also where the clock jumps", () => {
  assert.equal(instantOfWall("2026-06-13 00:30", shanghai), Date.parse("2026-06-12T16:30:00Z"));
  assert.equal(instantOfWall("2026-03-08T01:30", "America/New_York"), Date.parse("2026-03-08T06:30:00Z"));
  assert.equal(instantOfWall("2026-03-08 03:30", "America/New_York"), Date.parse("2026-03-08T07:30:00Z"));
  assert.equal(instantOfWall("13 June", shanghai), null);
});

test("a date reads with its weekday", () => {
  assert.equal(readableDate("2026-10-01", "zh"), "2026年10月1日 周四");
  assert.equal(readableDate("2026-10-01", "en"), "Thu 1 Oct 2026");
});

test("file sizes keep two figures at least", () => {
  assert.deepEqual([512, 1_536, 20_480, 5_452_595].map(fileSize), ["512 B", "1.5 KB", "20 KB", "5.2 MB"]);
});

test("a due time is said as one says it on the telephone", () => {
  const now = Date.parse("2026-06-12T03:06:00Z"); // Friday 11:06 in Shanghai
  const cases: [at: string, zh: string, en: string][] = [
    ["2026-06-12T05:06:00Z", "今天 13:06", "today 13:06"],
    ["2026-06-12T16:00:00Z", "今天 24:00", "today 24:00"],
    ["2026-06-13T01:05:00Z", "明天 9:05", "tomorrow 9:05"],
    ["2026-06-14T01:00:00Z", "后天 9:00", "Sun 14 Jun 9:00"],
    ["2026-06-22T16:00:00Z", "6月22日周一 24:00", "Mon 22 Jun 24:00"],
  ];
  for (const [at, zh, en] of cases) {
    assert.equal(spokenEnd(Date.parse(at), now, shanghai, "zh"), zh);
    assert.equal(spokenEnd(Date.parse(at), now, shanghai, "en"), en);
  }
});
