// The announced dates and the counting of working time against figures computed elsewhere.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { compileCalendar } from "@bihuan/core/calendar/calendar.ts";
import { chinaLayer } from "@bihuan/core/calendar/china.ts";
import { parseCivilDate } from "@bihuan/core/calendar/civil-date.ts";
import { parseHours } from "@bihuan/core/calendar/definition.ts";
import { addWorkingMinutes, nthWorkingDayAfter, workingDaysBetweenDates } from "@bihuan/core/calendar/working-time.ts";
import { datasetFolderOrSkip } from "../platform/testing/datasets.ts";
import { officialYears } from "./official.ts";

const calendar = compileCalendar([chinaLayer(parseHours("09:00-17:00") ?? [])]);
const day = (text: string): number => parseCivilDate(text) as number;
const shanghai = (text: string): number => Date.parse(`${text.replace(" ", "T")}+08:00`);

test("the calendar of the core holds exactly the years that come with the product", () => {
  const seeded = officialYears
    .flatMap(({ off, makeUp }) => [
      ...off.map(({ date, name }) => ({ date, working: false, name })),
      ...makeUp.map(({ date, name }) => ({ date, working: true, name })),
    ])
    .toSorted((a, b) => a.date.localeCompare(b.date));
  const layer = chinaLayer([]);
  assert.deepEqual(layer.dates, seeded);
  assert.deepEqual([layer.announcedFrom, layer.announcedThrough], [officialYears[0]?.year, officialYears.at(-1)?.year]);
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
