import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { datasetFolderOrSkip } from "../../server/platform/testing/datasets.ts";
import { compileCalendar, isWorkingDay } from "./calendar.ts";
import { chinaLayer } from "./china.ts";
import { parseCivilDate } from "./civil-date.ts";
import { parseHours } from "./definition.ts";
import { addWorkingMinutes, nthWorkingDayAfter, workingDaysBetweenDates } from "./working-time.ts";

const calendar = compileCalendar([chinaLayer(parseHours("09:00-17:00") ?? [])]);
const day = (text: string): number => parseCivilDate(text) as number;
const shanghai = (text: string): number => Date.parse(`${text.replace(" ", "T")}+08:00`);

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

test("the announced dates are those of the State Council's notices of 2007 to 2026", (t) => {
  const folder = datasetFolderOrSkip(t);
  if (folder === null) return;
  const rows = readFileSync(path.join(folder, "china/holiday-calendar-2007-2026.csv"), "utf8").trim().split("\n").slice(1);
  const official = rows.map((row) => row.split(",")).map(([date, , off]) => ({ date, working: off === "0" }));
  const ours = chinaLayer([]).dates.map(({ date, working }) => ({ date, working }));
  assert.equal(ours.length, 678);
  assert.deepEqual(ours, official);
});

type Reference = {
  readonly working_days_per_month: Readonly<Record<string, number>>;
  readonly working_days_between: readonly (readonly [string, string, number])[];
  readonly nth_working_day_after: readonly (readonly [string, number, string])[];
  readonly due: readonly (readonly [string, number, string])[];
};

test("working days and working minutes agree with the reference figures", (t) => {
  const folder = datasetFolderOrSkip(t);
  if (folder === null) return;
  const reference = JSON.parse(readFileSync(path.join(folder, "china/working-time.reference.json"), "utf8")) as Reference;
  for (const [month, days] of Object.entries(reference.working_days_per_month)) {
    const [year, ofYear] = month.split("-").map(Number) as [number, number];
    const next = ofYear === 12 ? `${year + 1}-01-01` : `${year}-${String(ofYear + 1).padStart(2, "0")}-01`;
    assert.equal(workingDaysBetweenDates(calendar, day(`${month}-01`) - 1, day(next) - 1), days, month);
  }
  for (const [from, to, days] of reference.working_days_between)
    assert.equal(workingDaysBetweenDates(calendar, day(from), day(to)), days, `${from} to ${to}`);
  for (const [from, n, expected] of reference.nth_working_day_after)
    assert.equal(nthWorkingDayAfter(calendar, day(from), n), day(expected), `${from} + ${n}`);
  for (const [start, minutes, due] of reference.due)
    assert.equal(addWorkingMinutes(calendar, shanghai(start), minutes), shanghai(due), `${start} + ${minutes}`);
  assert.equal(reference.due.length, 60);
});
