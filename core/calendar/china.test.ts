import assert from "node:assert/strict";
import { test } from "node:test";
import { compileCalendar, isWorkingDay } from "./calendar.ts";
import { chinaLayer } from "./china.ts";
import { parseCivilDate } from "./civil-date.ts";
import { parseHours } from "./definition.ts";

const calendar = compileCalendar([chinaLayer(parseHours("09:00-17:00") ?? [])]);
const day = (text: string): number => parseCivilDate(text) as number;

test("holidays and make-up days are as announced", () => {
  for (const [date, working, kind, name] of [
    ["2024-02-09", true, "working", null],
    ["2024-02-12", false, "holiday", "春节"],
    ["2024-02-18", true, "make-up", "春节"],
    ["2024-02-24", false, "weekend", null],
    ["2023-10-07", true, "make-up", "国庆节"],
    ["2020-01-31", false, "holiday", "春节"],
    ["2020-02-03", true, "working", "春节"],
    ["2015-09-03", false, "holiday", "抗日战争暨世界反法西斯战争胜利70周年纪念日"],
    ["2026-02-15", false, "holiday", "春节"],
    ["2026-02-14", true, "make-up", "春节"],
    ["2027-10-01", true, "working", null],
  ] as const) {
    assert.equal(isWorkingDay(calendar, day(date)), working, date);
    const ruling = calendar.ruling(day(date));
    assert.deepEqual(
      [ruling.working, ruling.kind, ruling.name?.zh ?? null, ruling.layer],
      [working, kind, name, "national"],
      date,
    );
  }
});
