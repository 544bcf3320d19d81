// The calendar of China as the State Council has announced it: the national layer that others lie upon.
import holidays from "./data/china-holidays.json" with { type: "json" };
import type { CalendarLayer, WorkInterval } from "./definition.ts";

const names = new Map(Object.entries(holidays.holidays));

/**
 * Monday to Friday, with the public holidays and make-up working days of the years 2007 to 2026. In: the ordinary hours of a
 * working day; no law sets them, so whoever uses the layer does.
 */
export const chinaLayer = (hours: readonly WorkInterval[]): CalendarLayer => ({
  key: "national",
  title: { zh: "全国", en: "National" },
  zone: "Asia/Shanghai",
  hours: [...hours],
  week: [true, true, true, true, true, false, false],
  dates: holidays.dates.map(([date = "", ruling, holiday = ""]) => ({
    date,
    working: ruling === "make-up",
    name: { zh: holiday, en: names.get(holiday) ?? holiday },
  })),
  announcedFrom: holidays.announcedFrom,
  announcedThrough: holidays.announcedThrough,
});
