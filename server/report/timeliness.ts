// Timeliness (时限达标): how many were closed in time, how many are late, how long they took.
import { judgingAuthorities } from "@bihuan/core/clock/types.ts";
import { hours, meanHours, medianHours, rate } from "@bihuan/core/history/figures.ts";
import type { TimelinessRow } from "@bihuan/contract/report.ts";
import type { Queryable } from "../platform/database.ts";
import { instant, raw, type Sql, sql } from "../platform/sql.ts";
import { liveOrders } from "./live-orders.ts";
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
  orders: number;
  internalMissed: number;
};

// Each branch says of a demand: is it closed, has it a limit, is it late, how long did it take. "Within N" is met at exactly N.
const imported = (selection: Selection): Sql => sql`
  select labels, opened_month as month, closed_at is not null as closed, due_at is not null as limited,
    coalesce(due_at < coalesce(closed_at, as_of), false) as late,
    (extract(epoch from closed_at - opened_at) * 1000)::bigint as ms, import_id, row_number::bigint as row_number,
    false as live, false as internal
  from ${selectedCases(selection)}`;

const judging = sql`authority = any(${judgingAuthorities}::text[])`;

// An order of this system has a clock for each authority and stretch. It is late when any maximum of the law or of a promise was
// missed (`o.missed` counts them); maxima of the house are told apart. A clock that lapsed, or gave way to another limit, judged
// nothing: it makes no limit.
const live = (selection: Selection): Sql => {
  const asOf = sql`${instant(selection.liveAsOfMs)}::timestamptz`;
  const ofOrder = (clock: string) => {
    const column = (name: string) => raw(`${clock}.${name}`);
    return sql`${column("region_id")} = o.region_id and ${column("intake_month")} = o.intake_month and ${column("order_id")} = o.order_id
      and ${column("limit_kind")} = 'max'`;
  };
  const runsLate = (whose: Sql): Sql => sql`(o.closed_at is null and o.due_at < ${asOf} and exists (
    select from clock k where ${ofOrder("k")} and k.due_at < ${asOf} and k.${whose}))`;
  return sql`
  select o.labels, o.month, o.closed_at is not null,
    exists (select from clock k where ${ofOrder("k")} and k.${judging})
      or exists (select from clock_history h where ${ofOrder("h")} and h.status in ('met', 'missed') and h.${judging}),
    o.missed > 0 or ${runsLate(judging)},
    (extract(epoch from o.closed_at - o.intake_at) * 1000)::bigint, 0, o.order_id,
    true, o.missed_internal > 0 or ${runsLate(sql`authority = 'internal'`)}
  from ${liveOrders(selection.reach)}`;
};

/** The timeliness of a selection, a row for each group in the order of their labels. */
export async function timeliness(db: Queryable, selection: Selection): Promise<TimelinessRow[]> {
  const demands = selection.live ? sql`${imported(selection)} union all ${live(selection)}` : imported(selection);
  const rows = await db.rows<Row>(sql`
    with demand as (${demands}), grouped as (select ${groupColumns(selection.by)}, closed, limited, late, ms, import_id, row_number, live, internal from demand)
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
      count(*) filter (where ms >= 0)::int durations,
      count(*) filter (where live)::int orders,
      count(*) filter (where internal)::int "internalMissed"
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
    ...(row.orders > 0 && { internalMissed: row.internalMissed }),
  }));
}
