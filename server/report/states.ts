// Time in states (各状态用时): what step logs say about where the hours went.
import { hours, medianHours, rounded } from "@bihuan/core/history/figures.ts";
import type { StatesRow } from "@bihuan/contract/report.ts";
import type { Queryable } from "../platform/database.ts";
import { raw, sql } from "../platform/sql.ts";
import { groupColumns, groupNames, groupOf, type Selection, selectedCases, sumOfHours, typical } from "./selection.ts";

type CaseRow = {
  cases: number;
  events: number;
  casesPaused: number;
  pausedHours: number;
  throughputLowerMs: number | null;
  throughputUpperMs: number | null;
  throughputP90Ms: number | null;
  netLowerMs: number | null;
  netUpperMs: number | null;
  netP90Ms: number | null;
};
type StateRow = { state: string; events: number; sumHours: number };

/** The states of a selection's step logs, a row for each group in the order of their labels. */
export async function states(db: Queryable, selection: Selection): Promise<StatesRow[]> {
  const { by } = selection;
  const cases = await db.rows<CaseRow>(sql`
    with step_log as (select *, opened_month as month from ${selectedCases(selection)} where events > 0),
      grouped as (select ${groupColumns(by)}, events, throughput_ms, throughput_ms - paused_ms as net_ms, paused_ms, pauses, import_id, row_number from step_log)
    select ${groupNames(by)},
      count(*)::int cases,
      sum(events)::int events,
      count(*) filter (where pauses > 0)::int "casesPaused",
      ${sumOfHours(raw("paused_ms"))} "pausedHours",
      ${typical(raw("throughput_ms"), "throughput")},
      ${typical(raw("net_ms"), "net")}
    from grouped group by ${groupNames(by)} order by ${groupNames(by)}`);
  const perState = await db.rows<StateRow>(sql`
    with step_log as (
        select c.labels, c.opened_month as month, s.state, s.events, s.duration_ms, c.import_id, c.row_number
        from ${selectedCases(selection)} join imported_state s using (region_id, intake_month, order_id)),
      grouped as (select ${groupColumns(by)}, state, events, duration_ms, import_id, row_number from step_log)
    select ${groupNames(by)}, state, sum(events)::int events, ${sumOfHours(raw("duration_ms"))} "sumHours"
    from grouped group by ${groupNames(by)}, state order by state`);
  const byGroup = Map.groupBy(perState, (row) => JSON.stringify(groupOf(by, row)));
  return cases.map((row) => {
    const group = groupOf(by, row);
    const ofGroup = byGroup.get(JSON.stringify(group)) ?? [];
    return {
      group,
      cases: row.cases,
      events: row.events,
      eventsByState: Object.fromEntries(ofGroup.map(({ state, events }) => [state, events])),
      stateHours: Object.fromEntries(ofGroup.map(({ state, sumHours }) => [state, rounded(sumHours, 2)])),
      pausedHours: rounded(row.pausedHours, 2),
      casesPaused: row.casesPaused,
      medianThroughputHours: medianHours(row.throughputLowerMs, row.throughputUpperMs),
      p90ThroughputHours: hours(row.throughputP90Ms),
      medianNetHours: medianHours(row.netLowerMs, row.netUpperMs),
      p90NetHours: hours(row.netP90Ms),
    };
  });
}
