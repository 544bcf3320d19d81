// What a calendar is made of: layers of ordinary hours, weeks and single dates, and the years that have been announced.
import { z } from "zod";
import { parseCivilDate } from "./civil-date.ts";
import { type Bilingual, BilingualEntry } from "../text.ts";
import { isZone } from "./zone.ts";

/** Something wrong with what was given, at a place such as `dates.3.hours`. Checks return every problem they find. */
export type Problem = { readonly place: string; readonly message: Bilingual };

/** A stretch of a working day on the wall clock. The end may be `24:00`. */
export const WorkInterval = z.strictObject({
  from: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/),
  to: z.string().regex(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/),
});
export type WorkInterval = z.infer<typeof WorkInterval>;
const Hours = z.array(WorkInterval).min(1).max(6);

/** A layer's ruling on one date, whatever the week says. `hours` absent or null: the ordinary ones. */
export const CalendarDate = z.strictObject({
  date: z.iso.date(),
  working: z.boolean(),
  name: BilingualEntry.nullish(),
  hours: Hours.nullish(),
});
export type CalendarDate = z.infer<typeof CalendarDate>;

/**
 * One layer. What it leaves out comes from the layer above; a date it names is its own to rule. `week` has seven entries from
 * Monday: worked with the ordinary hours, not worked, or worked with hours of its own. Dates in years outside
 * `announcedFrom`–`announcedThrough` follow the week alone, and answers that touch them are provisional.
 */
export const CalendarLayer = z.strictObject({
  key: z.string().min(1),
  title: BilingualEntry,
  zone: z.string().nullish(),
  hours: Hours.nullish(),
  week: z
    .array(z.union([z.boolean(), Hours]))
    .length(7)
    .nullish(),
  dates: z.array(CalendarDate).default([]),
  announcedFrom: z.int().nullish(),
  announcedThrough: z.int().nullish(),
});
export type CalendarLayer = z.infer<typeof CalendarLayer>;

/** Minutes since midnight of `HH:MM`. */
export const minuteOfDay = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));

const overlapping: Bilingual = {
  zh: "时段须先后有序、互不重叠，结束晚于开始",
  en: "intervals must follow one another, each ending after it begins",
};

/** True where each interval ends after it begins and none begins before the one before it has ended. */
export const areHoursInOrder = (hours: readonly WorkInterval[]): boolean =>
  hours.every(
    ({ from, to }, index) =>
      minuteOfDay(from) < minuteOfDay(to) &&
      (index === 0 || minuteOfDay((hours[index - 1] as WorkInterval).to) <= minuteOfDay(from)),
  );

/** Reads `09:00-17:00` or `08:30-12:00,14:00-17:30`. Null where the text is no such list or the intervals are out of order. */
export function parseHours(text: string): readonly WorkInterval[] | null {
  const hours = text.split(",").map((part) => {
    const [from = "", to = "", ...rest] = part.trim().split("-");
    return WorkInterval.safeParse(rest.length === 0 ? { from: from.trim(), to: to.trim() } : null);
  });
  const intervals = hours.flatMap((parsed) => (parsed.success ? [parsed.data] : []));
  return intervals.length === hours.length && areHoursInOrder(intervals) ? intervals : null;
}

/**
 * Checks layers that belong together, national first. In: layers as parsed. Out: every problem, none where the calendar can be
 * compiled. The layers together must give a zone, ordinary hours and a week.
 */
export function checkCalendar(layers: readonly CalendarLayer[]): readonly Problem[] {
  const problems: Problem[] = [];
  const report = (place: string, zh: string, en: string) => problems.push({ place, message: { zh, en } });
  for (const layer of layers) {
    const { key } = layer;
    if (layer.zone != null && !isZone(layer.zone))
      report(`${key}.zone`, `没有时区 ${layer.zone}`, `there is no zone ${layer.zone}`);
    if (layer.hours && !areHoursInOrder(layer.hours)) problems.push({ place: `${key}.hours`, message: overlapping });
    for (const [index, day] of (layer.week ?? []).entries())
      if (typeof day !== "boolean" && !areHoursInOrder(day))
        problems.push({ place: `${key}.week.${index}`, message: overlapping });
    const seen = new Set<string>();
    for (const [index, { date, working, hours }] of layer.dates.entries()) {
      if (parseCivilDate(date) === null) report(`${key}.dates.${index}.date`, `没有 ${date} 这一天`, `there is no date ${date}`);
      if (seen.has(date)) report(`${key}.dates.${index}.date`, `${date} 重复`, `${date} occurs twice`);
      seen.add(date);
      if (hours && !working) report(`${key}.dates.${index}.hours`, "休息日不能有工作时段", "a day off has no hours");
      if (hours && !areHoursInOrder(hours)) problems.push({ place: `${key}.dates.${index}.hours`, message: overlapping });
    }
    if (layer.announcedFrom != null && layer.announcedThrough != null && layer.announcedFrom > layer.announcedThrough)
      report(`${key}.announcedThrough`, "公布年份的末年早于首年", "the last announced year is before the first");
  }
  const last = layers.at(-1)?.key ?? "calendar";
  if (!layers.some((layer) => layer.zone != null)) report(`${last}.zone`, "没有时区", "no zone is given");
  if (!layers.some((layer) => layer.hours != null)) report(`${last}.hours`, "没有工作时段", "no working hours are given");
  if (!layers.some((layer) => layer.week != null)) report(`${last}.week`, "没有每周工作日", "no working week is given");
  if (layers.findLast((layer) => layer.week != null)?.week?.every((day) => day === false))
    report(`${last}.week`, "一周之中没有工作日", "the week has no working day");
  return problems;
}
