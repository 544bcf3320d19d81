// The public service requests, loaded and reported through the commands, against answers that were computed apart.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { test } from "node:test";
import type { TimelinessRow, VerdictsRow } from "@bihuan/contract/report.ts";
import { sql } from "../platform/sql.ts";
import { testDatabase } from "../platform/testing/database.ts";
import { datasetFolderOrSkip } from "../platform/testing/datasets.ts";
import { bihuanJson, label } from "./testing/command-line.ts";

type Figures = {
  requests: number;
  closed: number;
  open: number;
  closed_on_time: number;
  closed_late: number;
  closed_no_due: number;
  open_past_due: number;
  open_not_due: number;
  open_no_due: number;
  negative_duration: number;
  on_time_rate: number | null;
  median_hours: number | null;
  p90_hours: number | null;
  mean_hours: number | null;
};
type Reference = {
  as_of: string;
  overall: Figures;
  by_agency: Record<string, Figures>;
  by_created_month: Record<string, Figures>;
  by_type_20_most_frequent: Record<string, Figures>;
  closed_late_by_agency_and_month: Record<string, Record<string, number>>;
  city_flag_check?: { ONTIME: number; OVERDUE: number; rows_where_the_rule_disagrees: number };
};

const figures = (row: TimelinessRow): Figures => ({
  requests: row.total,
  closed: row.closed,
  open: row.open,
  closed_on_time: row.closedOnTime,
  closed_late: row.closedLate,
  closed_no_due: row.closedWithoutLimit,
  open_past_due: row.openOverdue,
  open_not_due: row.openWithinLimit,
  open_no_due: row.openWithoutLimit,
  negative_duration: row.negativeDuration,
  on_time_rate: row.onTimeRate,
  median_hours: row.medianHours,
  p90_hours: row.p90Hours,
  mean_hours: row.meanHours,
});
const byGroup = (rows: readonly TimelinessRow[]) => Object.fromEntries(rows.map((row) => [label(row), figures(row)]));

const db = await testDatabase({ poolSize: 4 });

for (const [mapping, file] of [
  ["baltimore311", "baltimore311-2014-2017.csv.gz"],
  ["nyc311", "nyc311-2014-2019.csv.gz"],
  ["boston311", "boston311-2022-01.csv"],
] as const)
  test(`${mapping}: every figure of the reference comes out of the commands`, async (context) => {
    const datasets = datasetFolderOrSkip(context);
    if (datasets === null) return;
    const folder = path.join(datasets, "service-requests");
    const reference = JSON.parse(
      await readFile(path.join(folder, file.replace(/\.csv(\.gz)?$/, ".reference.json")), "utf8"),
    ) as Reference;
    const loaded = await bihuanJson<{ casesLoaded: number; rejected: unknown[]; closedBeforeOpened: number }>(
      db,
      "import",
      "service-requests",
      path.join(folder, file),
      "--mapping",
      `docs/examples/mappings/${mapping}.yaml`,
    );
    assert.deepEqual([loaded.casesLoaded, loaded.rejected.length], [reference.overall.requests, 0]);
    assert.equal(loaded.closedBeforeOpened, reference.overall.negative_duration);

    const report = (...words: string[]) =>
      bihuanJson<TimelinessRow[]>(db, "report", "timeliness", "--import", mapping, "--as-of", reference.as_of, ...words);
    const [overall] = await report();
    assert.deepEqual(figures(overall as TimelinessRow), reference.overall);
    assert.deepEqual(byGroup(await report("--by", "unit")), reference.by_agency);
    assert.deepEqual(byGroup(await report("--by", "month")), reference.by_created_month);
    const types = byGroup(await report("--by", "type"));
    for (const [type, expected] of Object.entries(reference.by_type_20_most_frequent))
      assert.deepEqual(types[type], expected, type);

    const late: Record<string, Record<string, number>> = {};
    for (const row of await report("--by", "unit,month")) {
      const group = row.group as { unit: string; month: string };
      (late[group.unit] ??= {})[group.month] = row.closedLate;
    }
    assert.deepEqual(late, reference.closed_late_by_agency_and_month);

    // The kernel's own clocks say the same as the file's times do.
    const clocks = await db.one<{ met: number; missed: number; running: number }>(sql`
      with c as (select order_id, status from clock union all select order_id, status from clock_history)
      select count(*) filter (where status = 'met')::int met, count(*) filter (where status = 'missed')::int missed,
        count(*) filter (where status = 'running')::int running
      from imported_case i join import_run r using (import_id) join c using (order_id) where r.name = ${mapping} and i.due_at is not null`);
    assert.deepEqual(clocks, {
      met: reference.overall.closed_on_time,
      missed: reference.overall.closed_late,
      running: reference.overall.open_past_due + reference.overall.open_not_due,
    });

    if (reference.city_flag_check) {
      const [verdicts] = await bihuanJson<VerdictsRow[]>(
        db,
        "report",
        "verdicts",
        "--import",
        mapping,
        "--as-of",
        reference.as_of,
      );
      const { ONTIME, OVERDUE, rows_where_the_rule_disagrees } = reference.city_flag_check;
      assert.deepEqual(
        [verdicts?.givenMet, verdicts?.givenMissed, verdicts?.disagreeing],
        [ONTIME, OVERDUE, rows_where_the_rule_disagrees],
      );
      assert.equal(verdicts?.agreeing, reference.overall.requests);
    }
  });
