// The calendars' tables follow the rulebook: they are brought to the state a published rulebook has, in its transaction.
import { isDeepStrictEqual } from "node:util";
import type { CalendarYearEntry } from "@bihuan/contract/calendar.ts";
import type { Tx } from "../platform/database.ts";
import { instant, sql } from "../platform/sql.ts";
import { officialYears } from "./official.ts";
import { calendarState } from "./queries.ts";
import { type CalendarState, type LayerState, layerKey, withLayer } from "./state.ts";

/** When, and by which staff member; nobody for what comes with the product. */
export type Change = { readonly atMs: number; readonly staffId: number | null };

/** Writes what differs between the tables and a state. In: the state as a published rulebook has it. */
export async function saveCalendar(tx: Tx, next: CalendarState, change: Change): Promise<void> {
  const before = await calendarState(tx);
  const changedYears = next.years.filter(
    (entry) =>
      !isDeepStrictEqual(
        entry,
        before.years.find(({ year }) => year === entry.year),
      ),
  );
  // A date may pass from one year's notice to another's, so all old rows go before the first new one comes.
  await tx.run(sql`delete from calendar_year where year = any(${changedYears.map(({ year }) => year)}::smallint[])`);
  for (const entry of changedYears) await insertYear(tx, entry, change);
  const dropped = before.layers.filter(({ unitId }) => !next.layers.some((layer) => layer.unitId === unitId));
  await tx.run(sql`delete from calendar_layer where layer_key = any(${dropped.map(({ unitId }) => layerKey(unitId))}::text[])`);
  for (const layer of next.layers)
    if (
      !isDeepStrictEqual(
        layer,
        before.layers.find(({ unitId }) => unitId === layer.unitId),
      )
    )
      await saveLayer(tx, layer, change);
}

async function insertYear(tx: Tx, { year, off, makeUp, extraDays, notice }: CalendarYearEntry, { atMs, staffId }: Change) {
  await tx.run(sql`
    insert into calendar_year (year, reference, urls, announced_on, extra_days, entered_at, entered_by)
    values (${year}, ${notice.reference}, ${notice.urls}, ${notice.announcedOn}, ${extraDays}, ${instant(atMs)}, ${staffId})`);
  const days = [...off.map((day) => ({ ...day, working: false })), ...makeUp.map((day) => ({ ...day, working: true }))];
  await tx.run(sql`
    insert into calendar_day (date, year, working, name_zh, name_en)
    select date, ${year}, working, name_zh, name_en
    from unnest(${days.map(({ date }) => date)}::date[], ${days.map(({ working }) => working)}::boolean[],
      ${days.map(({ name }) => name.zh)}::text[], ${days.map(({ name }) => name.en)}::text[]) as d(date, working, name_zh, name_en)`);
}

async function saveLayer(tx: Tx, { unitId, zone, hours, week, overrides }: LayerState, { atMs, staffId }: Change) {
  const key = layerKey(unitId);
  const json = (value: unknown) => (value === null ? null : JSON.stringify(value));
  await tx.run(sql`
    insert into calendar_layer (layer_key, unit_id, zone, hours, week, changed_at, changed_by)
    values (${key}, ${unitId}, ${zone}, ${json(hours)}, ${json(week)}, ${instant(atMs)}, ${staffId})
    on conflict (layer_key) do update set zone = excluded.zone, hours = excluded.hours, week = excluded.week,
      changed_at = excluded.changed_at, changed_by = excluded.changed_by`);
  await tx.run(sql`delete from calendar_override where layer_key = ${key}`);
  if (overrides.length > 0)
    await tx.run(sql`
      insert into calendar_override (layer_key, date, working, name_zh, name_en, hours)
      select ${key}, date, working, name_zh, name_en, hours::jsonb
      from unnest(${overrides.map(({ date }) => date)}::date[], ${overrides.map(({ working }) => working)}::boolean[],
        ${overrides.map(({ name }) => name.zh)}::text[], ${overrides.map(({ name }) => name.en)}::text[],
        ${overrides.map((override) => json(override.hours))}::text[]) as o(date, working, name_zh, name_en, hours)`);
}

/** The calendars of a fresh installation: the announced years, Monday to Friday, and ordinary hours that everybody may change. */
export const shippedCalendar: CalendarState = withLayer({ years: officialYears, layers: [] }, null, (layer) => ({
  ...layer,
  zone: "Asia/Shanghai",
  hours: [
    { from: "08:30", to: "12:00" },
    { from: "13:30", to: "17:30" },
  ],
  week: [true, true, true, true, true, false, false],
}));
