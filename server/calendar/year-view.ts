import type { CalendarDay, CalendarYear, DayKind } from "@bihuan/contract/calendar.ts";
import { type Calendar, compileCalendar, startOfDay, isProvisionalAt } from "@bihuan/core/calendar/calendar.ts";
import { dayNumber, formatCivilDate, weekdayOf } from "@bihuan/core/calendar/civil-date.ts";
import { type CalendarState, layersAt, OFFICIAL } from "./state.ts";

const MINUTE_MS = 60_000;

const kindOf = (kind: "working" | "weekend" | "holiday" | "make-up", layer: string, named: boolean): DayKind => {
  if (kind === "weekend") return "WEEKEND";
  if (layer === OFFICIAL) return kind === "holiday" ? "HOLIDAY" : kind === "make-up" ? "MAKE_UP" : "WORKING";
  if (kind === "working" && !named) return "WORKING";
  return kind === "holiday" ? "OVERRIDE_OFF" : "OVERRIDE_WORKING";
};

const twoDigits = (value: number): string => String(value).padStart(2, "0");

// The compiled opening hours, back on the wall clock of the day.
function hoursOf(calendar: Calendar, day: number) {
  const index = day - calendar.firstDay;
  const clock = (atMs: number): string => {
    const minutes = Math.round((atMs - startOfDay(calendar, day)) / MINUTE_MS);
    return `${twoDigits(Math.floor(minutes / 60))}:${twoDigits(minutes % 60)}`;
  };
  const intervals: { from: string; to: string }[] = [];
  for (let at = calendar.firstInterval[index] as number; at < (calendar.firstInterval[index + 1] as number); at++) {
    const opens = calendar.openMs[at] as number;
    intervals.push({
      from: clock(opens),
      to: clock(opens + (calendar.elapsedMs[at + 1] as number) - (calendar.elapsedMs[at] as number)),
    });
  }
  return intervals;
}

/**
 * A year day by day as it holds at a place. In: unit ids from the root to the unit, empty for the national calendar. A year
 * outside the announced ones is marked provisional throughout.
 */
export function calendarYear(state: CalendarState, year: number, path: readonly number[]): CalendarYear {
  const layers = layersAt(state, path);
  const calendar = compileCalendar(layers, { fromYear: year, throughYear: year });
  const entry = state.years.find((announced) => announced.year === year);
  const days: CalendarDay[] = [];
  for (let day = dayNumber(year, 1, 1); day < dayNumber(year + 1, 1, 1); day++) {
    const { working, kind, name, layer } = calendar.ruling(day);
    days.push({
      date: formatCivilDate(day),
      weekday: weekdayOf(day),
      working,
      kind: kindOf(kind, layer, name !== null),
      name,
      hours: hoursOf(calendar, day),
      provisional: isProvisionalAt(calendar, startOfDay(calendar, day) + 1),
      layer,
    });
  }
  return {
    year,
    unitId: path.at(-1) ?? null,
    layers: layers.map(({ key }) => key),
    announced: entry !== undefined,
    notice: entry?.notice ?? null,
    workingDays: days.filter(({ working }) => working).length,
    days,
  };
}
