// The files' own verdicts beside ours (原系统结论对照).
import { hours, medianHours, rate } from "@bihuan/core/history/figures.ts";
import type { VerdictsRow } from "@bihuan/contract/report.ts";
import type { Queryable } from "../platform/database.ts";
import { raw, sql } from "../platform/sql.ts";
import { groupColumns, groupNames, groupOf, type Selection, selectedCases, typical } from "./selection.ts";

type Row = Omit<
  VerdictsRow,
  "group" | "givenMetRate" | "medianResolveHours" | "p90ResolveHours" | "medianCloseHours" | "p90CloseHours"
> & {
  resolveLowerMs: number | null;
  resolveUpperMs: number | null;
  resolveP90Ms: number | null;
  closeLowerMs: number | null;
  closeUpperMs: number | null;
  closeP90Ms: number | null;
};

/** The verdicts of a selection's imported cases, a row for each group in the order of their labels. */
export async function verdicts(db: Queryable, selection: Selection): Promise<VerdictsRow[]> {
  const { by } = selection;
  const rows = await db.rows<Row>(sql`
    with judged as (
        select labels, opened_month as month, given_met, reassignments, reopenings, limits, due_at is not null as limited,
          coalesce(due_at < coalesce(closed_at, as_of), false) as missed, closed_at, planned_at,
          (extract(epoch from resolved_at - opened_at) * 1000)::bigint as resolve_ms,
          (extract(epoch from closed_at - opened_at) * 1000)::bigint as close_ms
        from ${selectedCases(selection)}),
      grouped as (
        select ${groupColumns(by)}, given_met, reassignments, reopenings, limits, limited, missed, closed_at, planned_at, resolve_ms, close_ms
        from judged)
    select ${groupNames(by)},
      count(*)::int cases,
      count(*) filter (where given_met)::int "givenMet",
      count(*) filter (where not given_met)::int "givenMissed",
      count(*) filter (where given_met is null)::int "givenUnknown",
      count(*) filter (where limited and not missed)::int "ourMet",
      count(*) filter (where limited and missed)::int "ourMissed",
      count(*) filter (where not limited)::int "ourUnknown",
      count(*) filter (where limits and given_met = not missed)::int agreeing,
      count(*) filter (where limits and given_met = missed)::int disagreeing,
      count(*) filter (where reassignments > 0)::int reassigned,
      count(*) filter (where reopenings > 0)::int reopened,
      count(resolve_ms)::int resolved,
      ${typical(raw("resolve_ms"), "resolve")},
      ${typical(raw("close_ms"), "close")},
      count(closed_at)::int ended,
      count(*) filter (where closed_at > planned_at)::int "endedAfterPlan"
    from grouped group by ${groupNames(by)} order by ${groupNames(by)}`);
  return rows.map((row) => ({
    group: groupOf(by, row),
    cases: row.cases,
    givenMet: row.givenMet,
    givenMissed: row.givenMissed,
    givenUnknown: row.givenUnknown,
    givenMetRate: rate(row.givenMet, row.givenMet + row.givenMissed),
    ourMet: row.ourMet,
    ourMissed: row.ourMissed,
    ourUnknown: row.ourUnknown,
    agreeing: row.agreeing,
    disagreeing: row.disagreeing,
    reassigned: row.reassigned,
    reopened: row.reopened,
    resolved: row.resolved,
    medianResolveHours: medianHours(row.resolveLowerMs, row.resolveUpperMs),
    p90ResolveHours: hours(row.resolveP90Ms),
    medianCloseHours: medianHours(row.closeLowerMs, row.closeUpperMs),
    p90CloseHours: hours(row.closeP90Ms),
    ended: row.ended,
    endedAfterPlan: row.endedAfterPlan,
  }));
}
