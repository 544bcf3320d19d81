import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { type Calendar, compileCalendar, dayAt, isProvisionalAt, startOfDay } from "./calendar.ts";
import { chinaLayer } from "./china.ts";
import { DAY_MS, formatCivilDate, parseCivilDate } from "./civil-date.ts";
import { CalendarLayer, parseHours, type WorkInterval } from "./definition.ts";
import {
  addCalendarDays,
  addHours,
  addMinutes,
  addMonths,
  addWorkingDays,
  addWorkingMinutes,
  type DayCounting,
  nthWorkingDayAfter,
  workingDaysBetween,
  workingMinutesBetween,
} from "./working-time.ts";

const hours = (text: string): readonly WorkInterval[] => parseHours(text) ?? assert.fail(text);
const title = { zh: "测试", en: "Test" };
const china = compileCalendar([chinaLayer(hours("08:30-12:00,14:00-17:30"))]);
const shanghai = (text: string): number => Date.parse(`${text.replace(" ", "T")}+08:00`);
const show = (atMs: number): string => new Date(atMs + 8 * 3_600_000).toISOString().slice(0, 16).replace("T", " ");

// Each row by hand from the State Council's notice of its year. A period that ends with a day is shown as the start of the next.
test("working days: the first day is not counted, the last ends at midnight", () => {
  for (const [start, days, due] of [
    ["2024-02-08 10:00", 1, "2024-02-10 00:00"], // the day before New Year's Eve was worked
    ["2024-02-09 10:00", 1, "2024-02-19 00:00"], // Spring Festival 10–17; Sunday 18 is made up
    ["2024-02-09 23:59", 5, "2024-02-23 00:00"],
    ["2024-02-04 09:00", 3, "2024-02-08 00:00"], // Sunday 4 is made up, yet as first day not counted
    ["2023-12-29 16:00", 3, "2024-01-05 00:00"], // 30 December to 1 January off
    ["2022-12-30 16:00", 4, "2023-01-07 00:00"], // 2 January off instead of Sunday 1
    ["2023-09-28 08:00", 2, "2023-10-09 00:00"], // 29 September to 6 October off; Saturday 7 and Sunday 8 made up
    ["2020-01-23 10:00", 1, "2020-02-04 00:00"], // prolonged to 2 February
    ["2026-09-24 12:00", 3, "2026-10-01 00:00"], // Mid-Autumn 25–27, National Day from 1 October
    ["2025-01-27 00:00", 1, "2025-02-06 00:00"], // Spring Festival 28 January to 4 February
    ["2025-01-26 00:00", 1, "2025-01-28 00:00"], // Sunday 26 made up
    ["2024-06-08 10:00", 4, "2024-06-15 00:00"], // Saturday start; Monday 10 is Dragon Boat
  ] as const)
    assert.equal(show(addWorkingDays(china, shanghai(start), days)), due, `${start} + ${days}`);
});

test("the last day ends at the close of business where the rule says so", () => {
  const close: DayCounting = { dayEnd: "close" };
  assert.equal(show(addWorkingDays(china, shanghai("2024-02-09 10:00"), 1, close)), "2024-02-18 17:30");
  assert.equal(show(addCalendarDays(china, shanghai("2024-02-09 10:00"), 3, close)), "2024-02-18 17:30");
});

test("a start after the close, or on a day off, is taken as of the next working day where the rule says so", () => {
  const next: DayCounting = { afterHours: "next-working-day" };
  for (const [start, due] of [
    ["2024-03-01 17:30", "2024-03-05 00:00"], // Friday at the very close: still Friday's
    ["2024-03-01 17:31", "2024-03-06 00:00"], // taken as of Monday, so that Tuesday is day 1
    ["2024-03-02 09:00", "2024-03-06 00:00"],
    ["2024-03-04 07:00", "2024-03-06 00:00"],
    ["2024-02-09 18:00", "2024-02-20 00:00"], // taken as of made-up Sunday 18
  ] as const)
    assert.equal(show(addWorkingDays(china, shanghai(start), 1, next)), due, start);
});

// Civil Code art. 203.
test("calendar days that end on a day off end with the next working day", () => {
  for (const [start, days, due] of [
    ["2024-03-04 10:00", 4, "2024-03-09 00:00"],
    ["2024-03-04 10:00", 5, "2024-03-12 00:00"], // Saturday 9 → Monday 11
    ["2024-02-05 10:00", 7, "2024-02-19 00:00"], // 12 February is Spring Festival → made-up Sunday 18
    ["2024-09-28 10:00", 7, "2024-10-09 00:00"], // 5 October is National Day week → Tuesday 8
    ["2023-12-25 10:00", 7, "2024-01-03 00:00"], // 1 January → Tuesday 2
    ["2024-02-28 10:00", 1, "2024-03-01 00:00"], // 29 February
  ] as const)
    assert.equal(show(addCalendarDays(china, shanghai(start), days)), due, `${start} + ${days}`);
});

// Civil Code art. 202 and 203.
test("months end on the corresponding date, moved off a day off", () => {
  for (const [start, months, due] of [
    ["2024-01-31 10:00", 1, "2024-03-01 00:00"], // 29 February, a Thursday
    ["2023-08-31 10:00", 1, "2023-10-08 00:00"], // 30 September is in the holidays → made-up Saturday 7 October
    ["2024-05-10 10:00", 2, "2024-07-11 00:00"],
  ] as const)
    assert.equal(show(addMonths(china, shanghai(start), months)), due, `${start} + ${months} months`);
});

test("working minutes count in opening hours only and may end with the close", () => {
  for (const [start, minutes, due] of [
    ["2024-03-01 08:30", 210, "2024-03-01 12:00"],
    ["2024-03-01 08:30", 211, "2024-03-01 14:01"],
    ["2024-03-01 12:30", 60, "2024-03-01 15:00"],
    ["2024-03-01 17:30", 1, "2024-03-04 08:31"],
    ["2024-03-01 17:00", 420, "2024-03-04 17:00"],
    ["2024-02-09 17:00", 60, "2024-02-18 09:00"],
    ["2024-02-17 03:00", 420, "2024-02-18 17:30"],
    ["2023-12-29 17:29", 2, "2024-01-02 08:31"],
  ] as const)
    assert.equal(show(addWorkingMinutes(china, shanghai(start), minutes)), due, `${start} + ${minutes}`);
  assert.equal(addWorkingMinutes(china, shanghai("2024-03-02 10:00"), 0), shanghai("2024-03-02 10:00"));
});

test("minutes and hours run on the wall clock", () => {
  assert.equal(addMinutes(0, 45), 2_700_000);
  assert.equal(addHours(0, 24), DAY_MS);
});

test("a later layer overrides an earlier one: dates, hours, week", () => {
  const province = CalendarLayer.parse({
    key: "province",
    title,
    dates: [
      { date: "2024-04-12", working: false, name: { zh: "三月三", en: "Sanyuesan" } },
      { date: "2024-02-12", working: true, hours: [{ from: "10:00", to: "11:00" }] },
    ],
  });
  const hall = CalendarLayer.parse({
    key: "hall",
    title,
    hours: [{ from: "09:00", to: "16:00" }],
    week: [true, true, true, true, true, [{ from: "09:00", to: "12:00" }], false],
  });
  const calendar = compileCalendar([chinaLayer(hours("08:30-17:30")), province, hall]);
  assert.equal(show(addWorkingMinutes(calendar, shanghai("2024-04-11 16:00"), 60)), "2024-04-13 10:00");
  assert.equal(show(addWorkingMinutes(calendar, shanghai("2024-02-10 00:00"), 61)), "2024-02-18 09:01");
  assert.deepEqual(calendar.ruling(parseCivilDate("2024-04-12") as number), {
    working: false,
    kind: "holiday",
    name: { zh: "三月三", en: "Sanyuesan" },
    layer: "province",
  });
  assert.equal(calendar.ruling(parseCivilDate("2024-02-18") as number).kind, "make-up");
  assert.equal(show(addWorkingDays(calendar, shanghai("2024-02-11 10:00"), 1, { dayEnd: "close" })), "2024-02-12 11:00");
});

test("answers beyond the announced years are provisional; the end of the last announced year is not", () => {
  assert.equal(isProvisionalAt(china, shanghai("2027-01-01 00:00")), false);
  assert.equal(isProvisionalAt(china, shanghai("2027-01-01 00:01")), true);
  assert.equal(isProvisionalAt(china, shanghai("2006-12-31 23:59")), true);
  assert.equal(isProvisionalAt(china, shanghai("2024-06-01 12:00")), false);
});

test("a question beyond the compiled years is refused, not answered", () => {
  const short = compileCalendar([chinaLayer(hours("09:00-17:00"))], { fromYear: 2024, throughYear: 2024 });
  assert.equal(show(addWorkingDays(short, shanghai("2024-12-30 10:00"), 1)), "2025-01-01 00:00");
  for (const ask of [
    () => addWorkingDays(short, shanghai("2024-12-30 10:00"), 2),
    () => addWorkingDays(short, shanghai("2023-12-31 10:00"), 1),
    () => addWorkingDays(short, Number.NaN, 1),
    () => addCalendarDays(short, shanghai("2024-12-30 10:00"), 9),
    () => addMonths(short, shanghai("2024-12-30 10:00"), 1),
    () => addWorkingMinutes(short, shanghai("2024-12-31 16:00"), 61),
    () => nthWorkingDayAfter(short, parseCivilDate("2024-12-31") as number, 1),
    () => nthWorkingDayAfter(short, parseCivilDate("2024-06-01") as number, 0),
  ])
    assert.throws(ask, RangeError);
});

test("a shift of the clock within opening hours is counted as it happened", () => {
  const layer = CalendarLayer.parse({
    key: "ny",
    title,
    zone: "America/New_York",
    hours: [{ from: "00:00", to: "24:00" }],
    week: [true, true, true, true, true, true, true],
  });
  const calendar = compileCalendar([layer]);
  const start = Date.parse("2024-03-10T00:00:00-05:00");
  assert.equal(addWorkingMinutes(calendar, start, 180), start + 3 * 3_600_000);
  assert.equal(workingMinutesBetween(calendar, start, start + 3 * 3_600_000), 180);
  assert.equal(addWorkingDays(calendar, start, 1), Date.parse("2024-03-12T00:00:00-04:00"));
  assert.equal(startOfDay(calendar, dayAt(calendar, start) + 1), Date.parse("2024-03-11T00:00:00-04:00"));
});

// A second, slow way to the same answers: walking day by day and minute by minute over the layer itself.
const layer = chinaLayer(hours("08:30-12:00,14:00-17:30"));
const named = new Map(layer.dates.map(({ date, working }) => [date, working]));
const works = (day: number): boolean => named.get(formatCivilDate(day)) ?? (((day + 3) % 7) + 7) % 7 < 5;
const localDay = (atMs: number): number => Math.floor((atMs + 8 * 3_600_000) / DAY_MS);
const midnight = (day: number): number => day * DAY_MS - 8 * 3_600_000;
const isOpen = (atMs: number): boolean => {
  const minute = Math.floor((atMs - midnight(localDay(atMs))) / 60_000);
  return works(localDay(atMs)) && ((minute >= 510 && minute < 720) || (minute >= 840 && minute < 1050));
};

const instants = fc
  .integer({ min: shanghai("2006-06-01 00:00") / 60_000, max: shanghai("2026-12-01 00:00") / 60_000 })
  .map((minute) => minute * 60_000);

test("working days agree with counting them one by one", () => {
  fc.assert(
    fc.property(instants, fc.integer({ min: 1, max: 60 }), (start, days) => {
      let day = localDay(start);
      for (let left = days; left > 0; ) if (works(++day)) left--;
      assert.equal(addWorkingDays(china, start, days), midnight(day + 1));
    }),
  );
});

test("working minutes agree with counting them one by one", () => {
  fc.assert(
    fc.property(instants, fc.integer({ min: 1, max: 900 }), (start, minutes) => {
      let at = start;
      for (let left = minutes; left > 0; at += 60_000) if (isOpen(at)) left--;
      assert.equal(addWorkingMinutes(china, start, minutes), at);
    }),
    { numRuns: 60 },
  );
});

const calendars: readonly Calendar[] = [
  china,
  compileCalendar([chinaLayer(hours("09:00-17:00"))]),
  compileCalendar([chinaLayer(hours("00:00-24:00"))]),
  compileCalendar([chinaLayer(hours("09:00-17:00")), CalendarLayer.parse({ key: "ny", title, zone: "America/New_York" })]),
];
const anyCalendar = fc.constantFrom(...calendars);
const anyMs = fc.integer({ min: shanghai("2006-06-01 00:00"), max: shanghai("2030-12-01 00:00") });

test("adding working time and measuring it again is the identity", () => {
  fc.assert(
    fc.property(anyCalendar, anyMs, fc.integer({ min: 1, max: 30_000 }), (calendar, start, minutes) => {
      assert.equal(workingMinutesBetween(calendar, start, addWorkingMinutes(calendar, start, minutes)), minutes);
    }),
  );
  fc.assert(
    fc.property(anyCalendar, anyMs, fc.integer({ min: 1, max: 250 }), (calendar, start, days) => {
      assert.equal(workingDaysBetween(calendar, start, addWorkingDays(calendar, start, days) - 1), days);
    }),
  );
});

test("adding in two parts is adding at once, and a later start is never due earlier", () => {
  fc.assert(
    fc.property(
      anyCalendar,
      anyMs,
      fc.integer({ min: 1, max: 5000 }),
      fc.integer({ min: 1, max: 5000 }),
      (calendar, start, a, b) => {
        assert.equal(
          addWorkingMinutes(calendar, addWorkingMinutes(calendar, start, a), b),
          addWorkingMinutes(calendar, start, a + b),
        );
      },
    ),
  );
  const counting = fc.record({
    dayEnd: fc.constantFrom("24:00", "close"),
    afterHours: fc.constantFrom("same-day", "next-working-day"),
  }) satisfies fc.Arbitrary<DayCounting>;
  fc.assert(
    fc.property(
      anyCalendar,
      anyMs,
      fc.nat(5 * DAY_MS),
      fc.integer({ min: 1, max: 40 }),
      counting,
      (calendar, start, later, n, how) => {
        for (const add of [addWorkingDays, addCalendarDays, addMonths])
          assert.ok(add(calendar, start, n, how) <= add(calendar, start + later, n, how), add.name);
        assert.ok(addWorkingMinutes(calendar, start, n) <= addWorkingMinutes(calendar, start + later, n));
      },
    ),
  );
});
