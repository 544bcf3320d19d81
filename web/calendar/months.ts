// A year's days in twelve months of whole weeks, Monday first.
import type { CalendarDay } from "@bihuan/contract/calendar.ts";

export type Month = {
  readonly month: number /** Rows of seven; null before the first and after the last day. */;
  readonly weeks: readonly (readonly (CalendarDay | null)[])[];
  readonly workingDays: number;
};

/** In: the days of a year in order. */
export function monthsOf(days: readonly CalendarDay[]): Month[] {
  return Array.from({ length: 12 }, (_, index) => {
    const month = index + 1;
    const own = days.filter(({ date }) => Number(date.slice(5, 7)) === month);
    const cells: (CalendarDay | null)[] = [...Array.from<null>({ length: (own[0]?.weekday ?? 1) - 1 }).fill(null), ...own];
    while (cells.length % 7 !== 0) cells.push(null);
    return {
      month,
      weeks: Array.from({ length: cells.length / 7 }, (__, week) => cells.slice(week * 7, week * 7 + 7)),
      workingDays: own.filter(({ working }) => working).length,
    };
  });
}

/** Holidays of a year as they were announced: neighbouring days of one name together, with the make-up days worked for them. */
export type Holiday = {
  readonly name: { readonly zh: string; readonly en: string };
  readonly from: string;
  readonly to: string;
  readonly days: number;
  readonly makeUp: readonly string[];
};

export function holidaysOf(days: readonly CalendarDay[]): Holiday[] {
  const holidays: { name: Holiday["name"]; from: string; to: string; days: number; makeUp: string[] }[] = [];
  let open = false;
  for (const day of days) {
    // A weekend inside a holiday belongs to it although no notice has to name it.
    if (day.kind === "HOLIDAY" && day.name) {
      const last = holidays.at(-1);
      if (open && last && last.name.zh === day.name.zh) {
        last.to = day.date;
        last.days++;
      } else holidays.push({ name: day.name, from: day.date, to: day.date, days: 1, makeUp: [] });
      open = true;
    } else open = false;
  }
  for (const { kind, name, date } of days)
    if (kind === "MAKE_UP" && name) {
      const near = holidays
        .filter((one) => one.name.zh === name.zh)
        .sort((a, b) => distance(a.from, date) - distance(b.from, date))[0];
      near?.makeUp.push(date);
    }
  return holidays;
}
const distance = (a: string, b: string): number => Math.abs(Date.parse(a) - Date.parse(b));
