// Which cases a report covers, how they are grouped, and when open ones are judged.
import { asOfInstant, isAsOf, nowInstant } from "@bihuan/core/history/as-of.ts";
import { labelsOf, sharedLabels } from "@bihuan/core/history/labels.ts";
import type { Mapping } from "@bihuan/core/history/mapping.ts";
import { type Zone, zoneOf } from "@bihuan/core/history/zone.ts";
import { DEFAULT_ZONE } from "@bihuan/core/identity/organisation.ts";
import { type Refusal, refuse } from "@bihuan/core/refusal.ts";
import type { ReportGroup, ReportQuery } from "@bihuan/contract/report.ts";
import type { Queryable } from "../platform/database.ts";
import { instant, join, raw, type Sql, sql } from "../platform/sql.ts";
import { type ImportRunRow, type Reach, visibleRuns } from "./queries.ts";

export type Selection = {
  readonly runs: readonly ImportRunRow[];
  /** Whether orders of this system are covered too: where no import is named. */
  readonly live: boolean;
  readonly by: readonly string[];
  /** For each run, the instant at which its open cases are judged. */
  readonly asOfMs: readonly number[];
  /** The same for orders of this system. */
  readonly liveAsOfMs: number;
  readonly reach: Reach;
};

const MOST_DIMENSIONS = 4;

/**
 * Runs by name, or by the file's name with or without its ending. A run of a file loaded before stands for that file's cases,
 * whichever run brought them.
 */
function runsNamed(runs: readonly ImportRunRow[], name: string): readonly ImportRunRow[] {
  const isNamed = (run: ImportRunRow) => [run.name, run.fileName, run.fileName.replace(/\.csv(\.gz)?$/i, "")].includes(name);
  const files = new Set(runs.filter(isNamed).map((run) => run.fileSha256.toString("hex")));
  return runs.filter((run) => files.has(run.fileSha256.toString("hex")));
}

/** What reports over these runs can be grouped by. */
export function dimensionsOf(mappings: readonly Mapping[]): string[] {
  return [...new Set([...sharedLabels, "month", ...mappings.flatMap((mapping) => labelsOf(mapping).map(({ name }) => name))])];
}

/** Reads what a report was asked for. In: the query, now, and what the reader may see. */
export async function selectCases(db: Queryable, query: ReportQuery, nowMs: number, reach: Reach): Promise<Selection | Refusal> {
  const by = (query.by ?? "")
    .split(",")
    .map((dimension) => dimension.trim())
    .filter((dimension) => dimension !== "");
  if (by.length > MOST_DIMENSIONS) return refuse("report.too-many-dimensions", { most: MOST_DIMENSIONS });
  if (query.asOf !== undefined && !isAsOf(query.asOf)) return refuse("report.instant-unreadable", { text: query.asOf });
  const visible = await visibleRuns(db, reach);
  const runs = query.import === undefined ? visible : runsNamed(visible, query.import);
  if (query.import !== undefined && runs.length === 0) {
    const names = [...new Set(visible.map((run) => run.name))].slice(0, 20).join(", ");
    return refuse("import.unknown", { name: query.import, known: names || "–" });
  }
  const known = dimensionsOf(runs.map((run) => run.mapping));
  const unknown = by.find((dimension) => !known.includes(dimension));
  if (unknown !== undefined) return refuse("report.dimension-unknown", { dimension: unknown, known: known.join(", ") });
  const wall = zoneOf(DEFAULT_ZONE) as Zone;
  const judgedAt = (name: string) => {
    const zone = zoneOf(name) ?? wall;
    return query.asOf === undefined ? nowInstant(nowMs, zone, wall) : (asOfInstant(query.asOf, zone) as number);
  };
  return {
    runs,
    live: query.import === undefined,
    by,
    asOfMs: runs.map((run) => judgedAt(run.zone)),
    liveAsOfMs: judgedAt(DEFAULT_ZONE),
    reach,
  };
}

/** The imported cases of a selection, as `c`, with `c.as_of` and `c.limits` (whether the file has due times at all). */
export const selectedCases = (selection: Selection): Sql => sql`(
  select c.*, run.as_of, run.limits
  from unnest(
    ${selection.runs.map((run) => run.importId)}::int[],
    ${selection.runs.map((run) => run.regionId)}::smallint[],
    ${selection.asOfMs.map(instant)}::timestamptz[],
    ${selection.runs.map((run) => run.mapping.columns.due !== undefined)}::boolean[]
  ) run (import_id, region_id, as_of, limits)
  join imported_case c on c.region_id = run.region_id and c.import_id = run.import_id
  where ${selection.reach.within(raw("c.unit_id"))}) c`;

/** The grouping columns g0, g1, … of rows that have `month` and `labels`. */
export const groupColumns = (by: readonly string[]): Sql =>
  by.length === 0
    ? sql`null::text g0`
    : join(
        by.map((dimension, index) =>
          dimension === "month" ? sql`month ${raw(`g${index}`)}` : sql`labels ->> ${dimension} ${raw(`g${index}`)}`,
        ),
        ", ",
      );
export const groupNames = (by: readonly string[]): Sql =>
  raw(Array.from({ length: Math.max(1, by.length) }, (_, index) => `g${index}`).join(", "));

/** The group of a row as reports print it. */
export function groupOf(by: readonly string[], row: Readonly<Record<string, unknown>>): ReportGroup {
  const value = (index: number) => row[`g${index}`] as string | null;
  if (by.length <= 1) return value(0);
  return Object.fromEntries(by.map((dimension, index) => [dimension, value(index)]));
}

/**
 * Typical durations of a group, from a column of milliseconds: the two middle values, the nearest-rank 90th percentile (value
 * number ⌈0.9 n⌉). Negative ones and nulls are left out. The columns are called by `name`.
 */
export function typical(ms: Sql, name: string): Sql {
  const column = (suffix: string) => raw(`"${name}${suffix}"`);
  return sql`
    (percentile_disc(0.5) within group (order by ${ms}) filter (where ${ms} >= 0))::float8 ${column("LowerMs")},
    (percentile_disc(0.5) within group (order by ${ms} desc) filter (where ${ms} >= 0))::float8 ${column("UpperMs")},
    (percentile_disc(0.9) within group (order by ${ms}) filter (where ${ms} >= 0))::float8 ${column("P90Ms")}`;
}

/** Hours added up in the order of the file, so that the last digit of a sum is always the same. `cases` has import_id and row_number. */
export const sumOfHours = (ms: Sql): Sql => sql`sum(${ms}::float8 / 1000 / 3600 order by import_id, row_number)`;
