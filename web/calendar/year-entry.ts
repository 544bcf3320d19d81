// Entering a newly announced year the way the notice reads: each holiday from one day to another, and the days worked for it.
import type { CalendarYearEntry } from "@bihuan/contract/calendar.ts";

export type HolidayRow = {
  readonly zh: string;
  readonly en: string;
  readonly from: string | null;
  readonly to: string | null;
  readonly makeUp: readonly string[];
};
export type YearForm = {
  readonly year: number;
  readonly holidays: readonly HolidayRow[];
  readonly extraDays: number;
  readonly reference: string;
  readonly url: string;
  readonly announcedOn: string | null;
};

const statutory: readonly [zh: string, en: string][] = [
  ["元旦", "New Year's Day"],
  ["春节", "Spring Festival"],
  ["清明节", "Qingming Festival"],
  ["劳动节", "Labour Day"],
  ["端午节", "Dragon Boat Festival"],
  ["中秋节", "Mid-Autumn Festival"],
  ["国庆节", "National Day"],
];

/** The seven statutory holidays, to be filled in. */
export const emptyYear = (year: number): YearForm => ({
  year,
  holidays: statutory.map(([zh, en]) => ({ zh, en, from: null, to: null, makeUp: [] })),
  extraDays: 0,
  reference: "",
  url: "",
  announcedOn: null,
});

const dayMs = 86_400_000;
function datesBetween(from: string, to: string): string[] {
  const dates: string[] = [];
  for (let at = Date.parse(from); at <= Date.parse(to) && dates.length < 60; at += dayMs)
    dates.push(new Date(at).toISOString().slice(0, 10));
  return dates;
}

/** The entry a form stands for. Holidays without dates (two that fall together) are left out. */
export function entryOf(form: YearForm): CalendarYearEntry {
  const named = form.holidays.map(({ zh, en, ...rest }) => ({ ...rest, name: { zh: zh.trim(), en: en.trim() || zh.trim() } }));
  return {
    year: form.year,
    off: named.flatMap(({ name, from, to }) =>
      from === null ? [] : datesBetween(from, to ?? from).map((date) => ({ date, name })),
    ),
    makeUp: named.flatMap(({ name, makeUp }) => makeUp.map((date) => ({ date, name }))),
    extraDays: form.extraDays,
    notice: {
      reference: form.reference.trim(),
      urls: form.url.trim() === "" ? [] : [form.url.trim()],
      announcedOn: form.announcedOn,
    },
  };
}

/** Single days as they are typed, with or without their year: `2-14 2-28`. Null where one is not understood. */
export function readDays(text: string, year: number): string[] | null {
  const parts = text
    .normalize("NFKC")
    .split(/[\s,;、]+/)
    .filter((part) => part !== "");
  const days = parts.map((part) => {
    const [, own, month = "", day = ""] = /^(?:(\d{4})[-/.])?(\d{1,2})[-/.](\d{1,2})$/.exec(part) ?? [];
    const date = `${own ?? year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
    return month !== "" && new Date(`${date}T00:00:00Z`).toJSON()?.startsWith(date) ? date : null;
  });
  return days.every((date) => date !== null) ? days : null;
}

/** The part of the form that a problem of the entry is about. In: its place in the entry, such as `off.3.date`. */
export function placeOf(place: string): "off" | "makeUp" | "year" | "reference" {
  const [part] = place.split(".");
  if (part === "off" || part === "makeUp") return part;
  return part === "notice" ? "reference" : "year";
}
