// Whether an entered year can be the whole arrangement a notice makes. Pure: called before saving, by the form and by the command.
import type { CalendarProblem, CalendarYearEntry, DateOverride } from "@bihuan/contract/calendar.ts";
import { areHoursInOrder } from "@bihuan/core/calendar/definition.ts";

/** Days off by law each year: 全国年节及纪念日放假办法, amended from 2008 (eleven days) and from 2025 (thirteen). */
const statutoryDays = (year: number): number => (year < 2008 ? 10 : year < 2025 ? 11 : 13);

// Each holiday falls into a window whatever the lunar year; in every window at least so many dates must be off. Mid-Autumn may lie
// within the National Day week, so its window would prove nothing: the count of days below does.
const windows: readonly { zh: string; en: string; from: string; to: string; days: number; since: number }[] = [
  { zh: "元旦", en: "New Year's Day", from: "01-01", to: "01-01", days: 1, since: 2000 },
  { zh: "春节", en: "Spring Festival", from: "01-20", to: "03-01", days: 3, since: 2000 },
  { zh: "清明节", en: "Tomb-Sweeping Day", from: "04-02", to: "04-08", days: 1, since: 2008 },
  { zh: "劳动节", en: "Labour Day", from: "05-01", to: "05-01", days: 1, since: 2000 },
  { zh: "端午节", en: "Dragon Boat Festival", from: "05-25", to: "06-28", days: 1, since: 2008 },
  { zh: "国庆节", en: "National Day", from: "10-01", to: "10-03", days: 3, since: 2000 },
];

/** 0 = Sunday … 6 = Saturday of a civil date. */
const weekdayOf = (date: string): number => new Date(`${date}T00:00:00Z`).getUTCDay();
const onWeekend = (date: string): boolean => weekdayOf(date) % 6 === 0;

/**
 * What is wrong with an entered year. Every date must belong to the notice (the year itself, or the last ten days of December
 * before it), stand once, make-up days must be Saturdays or Sundays, every statutory holiday must be there, and the weekdays
 * off less the make-up days must come to the statutory number (plus `extraDays`): that is what 调休 means, so a forgotten or
 * mistyped date shows.
 */
export function problemsOfYear(entry: CalendarYearEntry): CalendarProblem[] {
  const problems: CalendarProblem[] = [];
  const add = (place: string, zh: string, en: string) => problems.push({ place, message: { zh, en } });
  const seen = new Map<string, string>();
  for (const list of ["off", "makeUp"] as const)
    entry[list].forEach(({ date }, index) => {
      const place = `${list}.${index}.date`;
      if (date < `${entry.year - 1}-12-22` || date > `${entry.year}-12-31`)
        add(place, `${date} 不属于 ${entry.year} 年的安排`, `${date} does not belong to the arrangement of ${entry.year}`);
      const before = seen.get(date);
      if (before) add(place, `${date} 重复，已见于 ${before}`, `${date} stands twice, first at ${before}`);
      else seen.set(date, place);
      if (list === "makeUp" && !onWeekend(date))
        add(place, `${date} 不是周末，不能作为调休上班日`, `${date} is no weekend day, so it cannot be a make-up working day`);
    });
  if (problems.length > 0) return problems;

  const off = new Set(entry.off.map((day) => day.date));
  for (const { zh, en, from, to, days, since } of windows) {
    if (entry.year < since) continue;
    const found = [...off].filter((date) => date >= `${entry.year}-${from}` && date <= `${entry.year}-${to}`).length;
    if (found < days)
      add(
        "off",
        `缺少${zh}（${from} 至 ${to} 之间至少 ${days} 天）`,
        `${en} is missing (at least ${days} day(s) from ${from} to ${to})`,
      );
  }
  const net = entry.off.filter(({ date }) => !onWeekend(date)).length - entry.makeUp.length;
  const due = statutoryDays(entry.year) + entry.extraDays;
  if (net !== due)
    add(
      net > due ? "makeUp" : "off",
      `工作日放假减去调休上班应为 ${due} 天，现为 ${net} 天：请核对有无遗漏`,
      `weekdays off less make-up days should be ${due}, they are ${net}: check for a missing date`,
    );
  return problems;
}

/** What is wrong with dates to be set: a date twice, hours on a day off, hours that overlap. */
export function problemsOfDates(set: readonly DateOverride[]): CalendarProblem[] {
  const problems: CalendarProblem[] = [];
  const seen = new Set<string>();
  set.forEach(({ date, working, hours }, index) => {
    const add = (field: string, zh: string, en: string) => problems.push({ place: `set.${index}.${field}`, message: { zh, en } });
    if (seen.has(date)) add("date", `${date} 重复`, `${date} stands twice`);
    seen.add(date);
    if (!working && hours) add("hours", "休息日不能有工作时段", "a day off has no working hours");
    if (hours && !areHoursInOrder(hours)) add("hours", "工作时段重叠或先后有误", "the working hours overlap or are out of order");
  });
  return problems;
}
