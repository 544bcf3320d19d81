import type { CalendarYearEntry, DateOverride, NoticeDay, WorkInterval } from "@bihuan/contract/calendar.ts";
import type { Queryable } from "../platform/database.ts";
import { sql } from "../platform/sql.ts";
import type { CalendarState } from "./state.ts";

type YearRow = { year: number; reference: string; urls: string[]; announced_on: string | null; extra_days: number };
type DayRow = { year: number; date: string; working: boolean; name_zh: string; name_en: string };
type LayerRow = {
  layer_key: string;
  unit_id: number | null;
  zone: string | null;
  hours: WorkInterval[] | null;
  week: boolean[] | null;
};
type OverrideRow = {
  layer_key: string;
  date: string;
  working: boolean;
  name_zh: string;
  name_en: string;
  hours: WorkInterval[] | null;
};

/** The calendars as they stand. */
export async function calendarState(on: Queryable): Promise<CalendarState> {
  // One after the other: inside a transaction there is one connection.
  const years = await on.rows<YearRow>(
    sql`select year, reference, urls, announced_on, extra_days from calendar_year order by year`,
  );
  const days = await on.rows<DayRow>(sql`select year, date, working, name_zh, name_en from calendar_day order by date`);
  const layers = await on.rows<LayerRow>(
    sql`select layer_key, unit_id, zone, hours, week from calendar_layer order by unit_id nulls first`,
  );
  const overrides = await on.rows<OverrideRow>(
    sql`select layer_key, date, working, name_zh, name_en, hours from calendar_override order by date`,
  );
  const daysOf = (year: number, working: boolean): NoticeDay[] =>
    days
      .filter((day) => day.year === year && day.working === working)
      .map(({ date, name_zh, name_en }) => ({ date, name: { zh: name_zh, en: name_en } }));
  return {
    years: years.map(
      ({ year, reference, urls, announced_on, extra_days }): CalendarYearEntry => ({
        year,
        off: daysOf(year, false),
        makeUp: daysOf(year, true),
        extraDays: extra_days,
        notice: { reference, urls, announcedOn: announced_on },
      }),
    ),
    layers: layers.map(({ layer_key, unit_id, zone, hours, week }) => ({
      unitId: unit_id,
      zone,
      hours,
      week,
      overrides: overrides
        .filter((override) => override.layer_key === layer_key)
        .map(
          ({ date, working, name_zh, name_en, hours: ownHours }): DateOverride => ({
            date,
            working,
            name: { zh: name_zh, en: name_en },
            hours: ownHours,
          }),
        ),
    })),
  };
}

export type LayerChange = { readonly layerKey: string; readonly changedAtMs: number; readonly changedBy: string | null };
export type YearChange = { readonly year: number; readonly enteredAtMs: number; readonly enteredBy: string | null };

/** When and by whom each layer was last changed. */
export const layerChanges = (on: Queryable): Promise<LayerChange[]> =>
  on.rows<LayerChange>(sql`
    select layer_key as "layerKey", calendar_layer.changed_at as "changedAtMs", staff.name as "changedBy"
    from calendar_layer left join staff on staff_id = changed_by`);

/** When and by whom each year was entered; nobody where it came with the product. */
export const yearChanges = (on: Queryable): Promise<YearChange[]> =>
  on.rows<YearChange>(sql`
    select year, entered_at as "enteredAtMs", staff.name as "enteredBy"
    from calendar_year left join staff on staff_id = entered_by order by year`);
