import assert from "node:assert/strict";
import { test } from "node:test";
import type { CalendarYearEntry } from "@bihuan/contract/calendar.ts";
import { problemsOfDates, problemsOfYear } from "./check-year.ts";
import { officialYears } from "./official.ts";

const year = (number: number): CalendarYearEntry => {
  const found = officialYears.find((entry) => entry.year === number);
  assert.ok(found);
  return structuredClone<CalendarYearEntry>(found);
};
const english = (entry: CalendarYearEntry) => problemsOfYear(entry).map(({ place, message }) => `${place}: ${message.en}`);

test("every announced year passes the check, but for the Monday the 2020 notice names as a return to work", () => {
  for (const entry of officialYears) {
    const expected =
      entry.year === 2020 ? ["makeUp.1.date: 2020-02-03 is no weekend day, so it cannot be a make-up working day"] : [];
    assert.deepEqual(english(entry), expected, String(entry.year));
  }
});

test("a date entered twice is named with both places", () => {
  const entry = year(2026);
  entry.makeUp.push({ date: "2026-01-04", name: { zh: "元旦", en: "New Year's Day" } });
  assert.deepEqual(english(entry), ["makeUp.6.date: 2026-01-04 stands twice, first at makeUp.0.date"]);
});

test("a date of another year is refused, the last days of December before are not", () => {
  const entry = year(2026);
  entry.off[0] = { date: "2027-01-01", name: { zh: "元旦", en: "New Year's Day" } };
  assert.deepEqual(english(entry), ["off.0.date: 2027-01-01 does not belong to the arrangement of 2026"]);
  assert.deepEqual(english(year(2019)).length, 0); // 29 to 31 December 2018
});

test("a make-up working day on a weekday is refused", () => {
  const entry = year(2026);
  entry.makeUp[0] = { date: "2026-01-05", name: { zh: "元旦", en: "New Year's Day" } };
  assert.deepEqual(english(entry), ["makeUp.0.date: 2026-01-05 is no weekend day, so it cannot be a make-up working day"]);
});

test("a forgotten make-up day or holiday shows in the count of days", () => {
  const forgotten = year(2026);
  forgotten.makeUp.pop();
  assert.deepEqual(english(forgotten), [
    "makeUp: weekdays off less make-up days should be 13, they are 14: check for a missing date",
  ]);
  const incomplete = year(2026);
  incomplete.off = incomplete.off.filter(({ date }) => !date.startsWith("2026-06"));
  assert.deepEqual(english(incomplete), [
    "off: Dragon Boat Festival is missing (at least 1 day(s) from 05-25 to 06-28)",
    "off: weekdays off less make-up days should be 13, they are 12: check for a missing date",
  ]);
});

test("days granted beyond the statutory number are counted when they are declared", () => {
  assert.deepEqual(english({ ...year(2015), extraDays: 0 }), [
    "makeUp: weekdays off less make-up days should be 11, they are 12: check for a missing date",
  ]);
});

test("a date set twice, and hours on a day off, are problems", () => {
  const name = { zh: "地方节日", en: "Local holiday" };
  const problems = problemsOfDates([
    { date: "2026-03-18", working: false, name, hours: [{ from: "09:00", to: "12:00" }] },
    { date: "2026-03-18", working: true, name, hours: null },
  ]);
  assert.deepEqual(
    problems.map(({ place, message }) => `${place}: ${message.en}`),
    ["set.0.hours: a day off has no working hours", "set.1.date: 2026-03-18 stands twice"],
  );
});
