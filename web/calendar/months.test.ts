import assert from "node:assert/strict";
import { test } from "node:test";
import type { CalendarDay } from "@bihuan/contract/calendar.ts";
import { holidaysOf, monthsOf } from "./months.ts";

const national = { zh: "国庆节", en: "National Day" };

function year(special: Record<string, Partial<CalendarDay>>): CalendarDay[] {
  const days: CalendarDay[] = [];
  for (let at = Date.UTC(2026, 0, 1); at < Date.UTC(2027, 0, 1); at += 86_400_000) {
    const date = new Date(at).toISOString().slice(0, 10);
    const weekday = ((new Date(at).getUTCDay() + 6) % 7) + 1;
    const working = weekday <= 5;
    days.push({
      date,
      weekday,
      working,
      kind: working ? "WORKING" : "WEEKEND",
      name: null,
      hours: [],
      provisional: false,
      layer: "national",
      ...special[date],
    });
  }
  return days;
}
const off = { kind: "HOLIDAY" as const, working: false, name: national };
const days = year({
  "2026-10-01": off,
  "2026-10-02": off,
  "2026-10-03": off,
  "2026-10-05": off,
  "2026-09-27": { kind: "MAKE_UP", working: true, name: national },
});

test("a month is whole weeks from Monday, empty before its first and after its last day", () => {
  const months = monthsOf(days);
  assert.equal(months.length, 12);
  const october = months[9];
  assert.deepEqual(
    october?.weeks[0]?.map((day) => day?.date.slice(8) ?? ""),
    ["", "", "", "01", "02", "03", "04"],
  );
  assert.ok(months.every(({ weeks }) => weeks.every((week) => week.length === 7)));
  assert.equal(months.flatMap(({ weeks }) => weeks.flat()).filter((day) => day !== null).length, 365);
  assert.equal(october?.workingDays, 22 - 3);
});

test("neighbouring days of one name are one holiday, with the days worked for it", () => {
  assert.deepEqual(holidaysOf(days), [
    { name: national, from: "2026-10-01", to: "2026-10-03", days: 3, makeUp: ["2026-09-27"] },
    { name: national, from: "2026-10-05", to: "2026-10-05", days: 1, makeUp: [] },
  ]);
});
