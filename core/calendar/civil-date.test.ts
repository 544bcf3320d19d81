import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { addCivilMonths, civilDate, dayNumber, daysInMonth, formatCivilDate, parseCivilDate, weekdayOf } from "./civil-date.ts";

const day = (text: string): number => {
  const parsed = parseCivilDate(text);
  assert.notEqual(parsed, null, text);
  return parsed as number;
};

test("day numbers count from 1 January 1970, a Thursday", () => {
  assert.equal(day("1970-01-01"), 0);
  assert.equal(weekdayOf(0), 4);
  assert.equal(day("2000-03-01") - day("2000-02-28"), 2);
  assert.equal(day("1900-03-01") - day("1900-02-28"), 1);
  assert.equal(weekdayOf(day("2026-11-20")), 5);
  assert.equal(weekdayOf(day("1969-12-28")), 7);
});

test("a date and its day number are the same thing", () => {
  fc.assert(
    fc.property(fc.integer({ min: -700_000, max: 2_900_000 }), (number) => {
      const { year, month, day: ofMonth } = civilDate(number);
      assert.equal(dayNumber(year, month, ofMonth), number);
      assert.equal(new Date(number * 86_400_000).getUTCDate(), ofMonth);
    }),
  );
});

test("texts that are no dates are refused", () => {
  for (const text of ["2023-02-29", "2024-13-01", "2024-00-10", "2024-04-31", "2024-4-1", "24-04-01", "2024-04-01T00:00", ""])
    assert.equal(parseCivilDate(text), null, text);
  assert.equal(formatCivilDate(day("2024-02-29")), "2024-02-29");
  assert.equal(daysInMonth(2024, 12), 31);
});

// Civil Code art. 202: the corresponding date, or the last day of the month.
test("a period of months ends on the corresponding date or the month's last day", () => {
  for (const [from, months, to] of [
    ["2024-01-31", 1, "2024-02-29"],
    ["2023-01-31", 1, "2023-02-28"],
    ["2023-08-31", 1, "2023-09-30"],
    ["2023-11-15", 2, "2024-01-15"],
    ["2024-02-29", 12, "2025-02-28"],
    ["2024-03-31", -1, "2024-02-29"],
    ["2024-01-15", -13, "2022-12-15"],
  ] as const)
    assert.equal(formatCivilDate(addCivilMonths(day(from), months)), to, `${from} + ${months}`);
});
