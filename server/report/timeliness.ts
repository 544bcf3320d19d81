// Timeliness (时限达标): how many were closed in time, how many are late, how long they took.
import { hours, meanHours, medianHours, rate } from "@bihuan/core/history/figures.ts";
import type { TimelinessRow } from "@bihuan/contract/report.ts";
import type { Queryable } from "../platform/database.ts";
import { instant, raw, type Sql, sql } from "../platform/sql.ts";
import { groupColumns, groupNames, groupOf, type Selection, selectedCases, sumOfHours, typical } from "./selection.ts";

type Row = {
  total: number;
  closed: number;
  closedOnTime: number;
  closedLate: number;
  closedWithoutLimit: number;
  openOverdue: number;
  openWithinLimit: number;
  openWithoutLimit: number;
  negativeDuration: number;
  tookLowerMs: number | null;
  tookUpperMs: number | null;
  tookP90Ms: number | null;
  sumHours: number | null;
  durations: number;
};

// Each branch says of a demand: is it closed, has it a limit, is it late, how long did it take. "Within N" is met at exactly N.
const imported = (selection: Selection): Sql => sql`
  select labels, opened_month as month, closed_at is not null as closed, due_at is not null as limited,
    coalesce(due_at < coalesce(closed_at, as_of), false) as late,
    (extract(epoch from closed_at - opened_at) * 1000)::bigint as ms, import_id, row_number::bigint as row_number
  from ${selectedCases(selection)}`;

// An order of this system has a clock for each authority and stretch: late is an order of which any maximum was missed.
const live = (selection: Selection): Sql => sql`
  select jsonb_strip_nulls(jsonb_build_object('unit', u.name, 'type', o.flow, 'channel', o.origin, 'priority', o.urgency, 'state', o.step)),
    to_char(to_date(o.intake_month::text, 'YYYYMM'), 'YYYY-MM'), o.closed_at is not null,
    o.due_at is not null or o.missed > 0 or exists (
      select from clock_history h
      where h.region_id = o.region_id and h.intake_month = o.intake_month and h.order_id = o.order_id and h.limit_kind = 'max'),
    o.missed > 0 or coalesce(o.closed_at is null and o.due_at < ${instant(selection.liveAsOfMs)}::timestamptz, false),
    (extract(epoch from o.closed_at - o.intake_at) * 1000)::bigint, 0, o.order_id
  from work_order o join unit u on u.unit_id = o.unit_id
  where o.import_id is null and ${selection.reach(raw("o.unit_id"))}`;

/** The timeliness of a selection, a row for each group in the order of their labels. */
export async function timeliness(db: Queryable, selection: Selection): Promise<TimelinessRow[]> {
  const demands = selection.live ? sql`${imported(selection)} union all ${live(selection)}` : imported(selection);
  const rows = await db.rows<Row>(sql`
    with demand as (${demands}), grouped as (select ${groupColumns(selection.by)}, closed, limited, late, ms, import_id, row_number from demand)
    select ${groupNames(selection.by)},
      count(*)::int total,
      count(*) filter (where closed)::int closed,
      count(*) filter (where closed and limited and not late)::int "closedOnTime",
      count(*) filter (where closed and limited and late)::int "closedLate",
      count(*) filter (where closed and not limited)::int "closedWithoutLimit",
      count(*) filter (where not closed and limited and late)::int "openOverdue",
      count(*) filter (where not closed and limited and not late)::int "openWithinLimit",
      count(*) filter (where not closed and not limited)::int "openWithoutLimit",
      count(*) filter (where ms < 0)::int "negativeDuration",
      ${typical(raw("ms"), "took")},
      ${sumOfHours(raw("ms"))} filter (where ms >= 0) "sumHours",
      count(*) filter (where ms >= 0)::int durations
    from grouped group by ${groupNames(selection.by)} order by ${groupNames(selection.by)}`);
  return rows.map((row) => ({
    group: groupOf(selection.by, row),
    total: row.total,
    closed: row.closed,
    open: row.total - row.closed,
    closedOnTime: row.closedOnTime,
    closedLate: row.closedLate,
    closedWithoutLimit: row.closedWithoutLimit,
    openOverdue: row.openOverdue,
    openWithinLimit: row.openWithinLimit,
    openWithoutLimit: row.openWithoutLimit,
    negativeDuration: row.negativeDuration,
    onTimeRate: rate(row.closedOnTime, row.closedOnTime + row.closedLate),
    medianHours: medianHours(row.tookLowerMs, row.tookUpperMs),
    p90Hours: hours(row.tookP90Ms),
    meanHours: meanHours(row.sumHours, row.durations),
  }));
}
