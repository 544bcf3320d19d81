import assert from "node:assert/strict";
import { test } from "node:test";
import { compileCalendar } from "./calendar.ts";
import { chinaLayer } from "./china.ts";
import { CalendarLayer, checkCalendar, parseHours } from "./definition.ts";

const office = [{ from: "09:00", to: "17:00" }];
const title = { zh: "测试", en: "Test" };

test("hours are read as they are written, several intervals a day", () => {
  assert.deepEqual(parseHours("09:00-17:00"), office);
  assert.deepEqual(parseHours("08:30-12:00, 14:00-17:30"), [
    { from: "08:30", to: "12:00" },
    { from: "14:00", to: "17:30" },
  ]);
  assert.deepEqual(parseHours("00:00-24:00"), [{ from: "00:00", to: "24:00" }]);
  for (const text of [
    "",
    "9-17",
    "17:00-09:00",
    "09:00-09:00",
    "09:00-12:00,11:00-15:00",
    "09:00-25:00",
    "24:00-24:00",
    "09:00-12:00-13:00",
  ])
    assert.equal(parseHours(text), null, text);
});

test("a sound calendar has no problems", () => assert.deepEqual(checkCalendar([chinaLayer(office)]), []));

test("every problem of the layers is found, each with its place", () => {
  const layer = CalendarLayer.parse({
    key: "unit-7",
    title,
    zone: "Asia/Atlantis",
    hours: [{ from: "12:00", to: "09:00" }],
    week: [true, true, true, true, true, [{ from: "09:00", to: "08:00" }], false],
    dates: [
      { date: "2026-10-01", working: false, hours: office },
      { date: "2026-10-01", working: true, hours: [...office, ...office] },
    ],
    announcedFrom: 2026,
    announcedThrough: 2020,
  });
  assert.deepEqual(
    checkCalendar([layer]).map(({ place }) => place),
    [
      "unit-7.zone",
      "unit-7.hours",
      "unit-7.week.5",
      "unit-7.dates.0.hours",
      "unit-7.dates.1.date",
      "unit-7.dates.1.hours",
      "unit-7.announcedThrough",
    ],
  );
  assert.throws(() => compileCalendar([layer]), /unit-7\.zone/);
});

test("layers that leave zone, hours or week open make no calendar", () => {
  const empty = CalendarLayer.parse({ key: "unit-7", title });
  assert.deepEqual(
    checkCalendar([empty]).map(({ place }) => place),
    ["unit-7.zone", "unit-7.hours", "unit-7.week"],
  );
  const idle = CalendarLayer.parse({ key: "idle", title, week: [false, false, false, false, false, false, false] });
  assert.deepEqual(
    checkCalendar([chinaLayer(office), idle]).map(({ place }) => place),
    ["idle.week"],
  );
});

test("a layer refuses what is not its own", () => {
  assert.equal(CalendarLayer.safeParse({ key: "a", title, colour: "red" }).success, false);
  assert.equal(CalendarLayer.safeParse({ key: "a", title, dates: [{ date: "2026-02-30", working: true }] }).success, false);
  assert.equal(CalendarLayer.safeParse({ key: "a", title, week: [true] }).success, false);
});
