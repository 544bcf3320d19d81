// The public step logs, loaded and reported through the commands, against answers that were computed apart.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { test, type TestContext } from "node:test";
import type { StatesRow, TimelinessRow, VerdictsRow } from "@bihuan/contract/report.ts";
import { sql } from "../platform/sql.ts";
import { testDatabase } from "../platform/testing/database.ts";
import { datasetFolderOrSkip } from "../platform/testing/datasets.ts";
import { bihuanJson, label } from "./testing/command-line.ts";

const db = await testDatabase({ poolSize: 4 });

/** Loads a log by its example mapping. Out: its reference, and reports over it; null where the data sets are absent. */
async function loaded(context: TestContext, mapping: string, file: string) {
  const datasets = datasetFolderOrSkip(context);
  if (datasets === null) return null;
  const folder = path.join(datasets, "ticket-events");
  const reference = JSON.parse(await readFile(path.join(folder, `${file}.reference.json`), "utf8")) as unknown;
  const result = await bihuanJson<{ casesLoaded: number; rejected: unknown[] }>(
    db,
    "import",
    "ticket-events",
    path.join(folder, `${file}.csv.gz`),
    "--mapping",
    `docs/examples/mappings/${mapping}.yaml`,
  );
  assert.deepEqual(result.rejected, []);
  const report = <Row>(kind: string, by?: string) =>
    bihuanJson<Row[]>(db, "report", kind, "--import", mapping, ...(by === undefined ? [] : ["--by", by]));
  return { reference, casesLoaded: result.casesLoaded, report };
}

const byGroup = <Row extends { group: unknown }, Figures>(
  rows: readonly Row[],
  figures: (row: Row) => Figures,
): Record<string, Figures> => Object.fromEntries(rows.map((row) => [label(row), figures(row)]));

/** How many orders' pauses, as the kernel folds them from the events, differ from what the report counts. */
const pausesThatDiffer = async (name: string): Promise<number> => {
  const { n } = await db.one<{ n: number }>(sql`
    with folded as (
      select order_id, (select coalesce(sum((p ->> 'toMs')::bigint - (p ->> 'fromMs')::bigint), 0) from jsonb_array_elements(pauses) p) ms
      from (select order_id, pauses from clock union all select order_id, pauses from clock_history) c)
    select count(*)::int n from imported_case i join import_run r using (import_id) left join folded f using (order_id)
    where r.name = ${name} and i.paused_ms is distinct from f.ms`);
  return n;
};

/** States in which no time was spent are left out of the references' hours. */
const spent = (row: StatesRow, expected: Record<string, number>) => {
  for (const [state, hours] of Object.entries(row.stateHours)) if (!(state in expected)) assert.equal(hours, 0, state);
  return Object.fromEntries(Object.keys(expected).map((state) => [state, row.stateHours[state]]));
};

type Incidents = {
  incidents: number;
  sla_met: number;
  sla_missed: number;
  sla_met_rate: number;
  reassigned: number;
  reopened: number;
  resolved: number;
  median_resolve_hours: number | null;
  p90_resolve_hours: number | null;
  median_close_hours: number | null;
  p90_close_hours: number | null;
};
type IncidentsReference = {
  events: number;
  overall: Incidents;
  by_priority: Record<string, Incidents>;
  by_opened_month: Record<string, Incidents>;
  by_assignment_group: Record<string, Incidents>;
  events_by_state: Record<string, number>;
  state_hours: Record<string, number>;
  pause_hours: number;
  incidents_with_a_pause: number;
};

test("incidents: the file's verdicts, its states and its pauses come out as the reference has them", async (context) => {
  const log = await loaded(context, "incidents", "incidents-2016a");
  if (log === null) return;
  const { report } = log;
  const reference = log.reference as IncidentsReference;
  const figures = (row: VerdictsRow): Incidents => ({
    incidents: row.cases,
    sla_met: row.givenMet,
    sla_missed: row.givenMissed,
    sla_met_rate: row.givenMetRate ?? Number.NaN,
    reassigned: row.reassigned,
    reopened: row.reopened,
    resolved: row.resolved,
    median_resolve_hours: row.medianResolveHours,
    p90_resolve_hours: row.p90ResolveHours,
    median_close_hours: row.medianCloseHours,
    p90_close_hours: row.p90CloseHours,
  });
  const [overall] = await report<VerdictsRow>("verdicts");
  assert.deepEqual(figures(overall as VerdictsRow), reference.overall);
  assert.deepEqual(byGroup(await report<VerdictsRow>("verdicts", "priority"), figures), reference.by_priority);
  assert.deepEqual(byGroup(await report<VerdictsRow>("verdicts", "month"), figures), reference.by_opened_month);
  const groups = byGroup(await report<VerdictsRow>("verdicts", "assignment_group"), figures);
  for (const [group, expected] of Object.entries(reference.by_assignment_group)) assert.deepEqual(groups[group], expected, group);
  assert.deepEqual(byGroup(await report<VerdictsRow>("verdicts", "unit"), figures), groups);

  const [states] = (await report<StatesRow>("states")) as [StatesRow];
  assert.deepEqual(
    [states.cases, states.events, states.pausedHours, states.casesPaused],
    [reference.overall.incidents, reference.events, reference.pause_hours, reference.incidents_with_a_pause],
  );
  assert.deepEqual(states.eventsByState, reference.events_by_state);
  assert.deepEqual(spent(states, reference.state_hours), reference.state_hours);
  assert.equal(await pausesThatDiffer("incidents"), 0);
});

type LogFigures = { cases: number; median_throughput_hours: number; median_net_hours: number; paused_hours: number };
type LogReference = Omit<LogFigures, "paused_hours"> & {
  events: number;
  events_by_state: Record<string, number>;
  state_hours: Record<string, number>;
  p90_throughput_hours: number;
  cases_with_paused_time: number;
  paused_hours: number;
  by_impact_of_first_event?: Record<string, LogFigures>;
  by_start_month?: Record<string, LogFigures>;
};
const logFigures = (row: StatesRow): LogFigures => ({
  cases: row.cases,
  median_throughput_hours: row.medianThroughputHours ?? Number.NaN,
  median_net_hours: row.medianNetHours ?? Number.NaN,
  paused_hours: row.pausedHours,
});

for (const [mapping, file, dimension, grouping] of [
  ["vinst", "vinst-incidents-2012", "impact", "by_impact_of_first_event"],
  ["helpdesk", "helpdesk-2010-2012", "month", "by_start_month"],
] as const)
  test(`${mapping}: states, pauses and throughput come out as the reference has them`, async (context) => {
    const log = await loaded(context, mapping, file);
    if (log === null) return;
    const { report } = log;
    const reference = log.reference as LogReference;
    const [overall] = (await report<StatesRow>("states")) as [StatesRow];
    assert.deepEqual(logFigures(overall), {
      cases: reference.cases,
      median_throughput_hours: reference.median_throughput_hours,
      median_net_hours: reference.median_net_hours,
      paused_hours: reference.paused_hours,
    });
    assert.deepEqual(
      [overall.events, overall.p90ThroughputHours, overall.casesPaused],
      [reference.events, reference.p90_throughput_hours, reference.cases_with_paused_time],
    );
    assert.deepEqual(overall.eventsByState, reference.events_by_state);
    assert.deepEqual(spent(overall, reference.state_hours), reference.state_hours);
    assert.deepEqual(byGroup(await report<StatesRow>("states", dimension), logFigures), reference[grouping]);
    assert.equal(await pausesThatDiffer(mapping), 0);
  });

type Permits = {
  cases: number;
  ended: number;
  not_ended: number;
  ended_on_time: number;
  ended_late: number;
  ended_after_plan: number;
  median_case_hours: number | null;
  p90_case_hours: number | null;
};
type PermitsReference = {
  events: number;
  overall: Permits;
  by_start_month: Record<string, Permits>;
  by_channel: Record<string, Permits>;
  by_department: Record<string, Permits>;
  events_by_activity: Record<string, number>;
};

test("permits: late cases and cases ended after plan come out as the reference has them", async (context) => {
  const log = await loaded(context, "permits", "permits-2010-2011");
  if (log === null) return;
  const { report } = log;
  const reference = log.reference as PermitsReference;
  const figures = async (by?: string) => {
    const verdicts = byGroup(await report<VerdictsRow>("verdicts", by), (row) => row.endedAfterPlan);
    return byGroup(
      await report<TimelinessRow>("timeliness", by),
      (row): Permits => ({
        cases: row.total,
        ended: row.closed,
        not_ended: row.open,
        ended_on_time: row.closedOnTime,
        ended_late: row.closedLate,
        ended_after_plan: verdicts[label(row)] ?? Number.NaN,
        median_case_hours: row.medianHours,
        p90_case_hours: row.p90Hours,
      }),
    );
  };
  assert.deepEqual((await figures())[""], reference.overall);
  assert.deepEqual(await figures("month"), reference.by_start_month);
  assert.deepEqual(await figures("channel"), reference.by_channel);
  assert.deepEqual(await figures("unit"), reference.by_department);
  assert.deepEqual(await figures("case:department"), reference.by_department);
  const [states] = (await report<StatesRow>("states")) as [StatesRow];
  assert.equal(states.events, reference.events);
  assert.deepEqual(states.eventsByState, reference.events_by_activity);
});
