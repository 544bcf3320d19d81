// What an import keeps beside the orders, written by COPY.
import type { HistoryCase } from "@bihuan/core/history/case.ts";
import type { StateTimes } from "@bihuan/core/history/state-hours.ts";
import { parseOrderId } from "@bihuan/core/order-id.ts";
import { pipeline } from "node:stream/promises";
import { from as copyFrom } from "pg-copy-streams";
import type { Queryable, Tx } from "../platform/database.ts";
import { instant, instantOrNull, sql } from "../platform/sql.ts";

export type KeptCase = {
  readonly orderId: string;
  readonly unitId: number;
  readonly openedMonth: string;
  readonly history: HistoryCase;
  /** Null for files with one row a case. */
  readonly times: StateTimes | null;
};

type Cell = string | number | boolean | null;

// COPY's text format: tab between cells, backslash escapes, \N for null.
const cell = (value: Cell): string => {
  if (value === null) return "\\N";
  if (typeof value === "boolean") return value ? "t" : "f";
  if (typeof value === "number") return String(value);
  return /[\\\t\n\r]/.test(value)
    ? value.replaceAll("\\", "\\\\").replaceAll("\t", "\\t").replaceAll("\n", "\\n").replaceAll("\r", "\\r")
    : value;
};

/** Writes rows into a table by COPY, inside the transaction. */
export async function copyRows(
  tx: Tx,
  table: string,
  columns: readonly string[],
  rows: readonly (readonly Cell[])[],
): Promise<void> {
  if (rows.length === 0) return;
  const text = rows.map((row) => `${row.map(cell).join("\t")}\n`).join("");
  await pipeline([Buffer.from(text)], tx.client.query(copyFrom(`copy ${table} (${columns.join(", ")}) from stdin`)));
}

const caseColumns = [
  "region_id",
  "intake_month",
  "order_id",
  "import_id",
  "row_number",
  "external_id",
  "unit_id",
  "opened_month",
  "opened_at",
  "due_at",
  "closed_at",
  "resolved_at",
  "planned_at",
  "given_met",
  "reassignments",
  "reopenings",
  "events",
  "throughput_ms",
  "paused_ms",
  "pauses",
  "labels",
];
const stateColumns = ["region_id", "intake_month", "order_id", "state", "import_id", "events", "duration_ms"];

/** Keeps what the file says of each case, and of its states where it is a step log. */
export async function keepCases(tx: Tx, importId: number, kept: readonly KeptCase[]): Promise<void> {
  const cases: Cell[][] = [];
  const states: Cell[][] = [];
  for (const { orderId, unitId, openedMonth, history, times } of kept) {
    const parts = parseOrderId(orderId);
    if (!parts) throw new Error(`${orderId} is not an order id`);
    const key = [parts.regionId, parts.intakeMonth, orderId];
    cases.push([
      ...key,
      importId,
      history.row,
      history.externalId,
      unitId,
      openedMonth,
      instant(history.openedAtMs),
      instantOrNull(history.dueAtMs),
      instantOrNull(history.closedAtMs),
      instantOrNull(history.resolvedAtMs),
      instantOrNull(history.plannedAtMs),
      history.given === null ? null : history.given === "met",
      history.reassignments,
      history.reopenings,
      history.steps.length,
      times?.throughputMs ?? null,
      times?.pausedMs ?? null,
      times?.pauses ?? null,
      JSON.stringify(history.labels),
    ]);
    for (const state of times?.states ?? []) states.push([...key, state.state, importId, state.events, state.ms]);
  }
  await copyRows(tx, "imported_case", caseColumns, cases);
  await copyRows(tx, "imported_state", stateColumns, states);
}

export type NewRun = {
  readonly name: string;
  readonly kind: string;
  readonly fileName: string;
  readonly sha256: Buffer;
  readonly mapping: unknown;
  readonly zone: string;
  readonly belowUnitId: number;
  readonly regionId: number;
  readonly actor: { readonly kind: string; readonly id: number };
  readonly startedAtMs: number;
};

/** Opens a run. Out: its id. */
export const openRun = async (tx: Queryable, run: NewRun): Promise<number> =>
  (
    await tx.one<{ importId: number }>(sql`
      insert into import_run (name, kind, file_name, file_sha256, mapping, zone, below_unit_id, region_id, actor_kind, actor_id, started_at)
      values (${run.name}, ${run.kind}, ${run.fileName}, ${run.sha256}, ${JSON.stringify(run.mapping)}::jsonb, ${run.zone},
        ${run.belowUnitId}, ${run.regionId}, ${run.actor.kind}, ${run.actor.id}, ${instant(run.startedAtMs)})
      returning import_id "importId"`)
  ).importId;

/** Says what became of a run's rows. */
export const closeRun = (
  tx: Queryable,
  importId: number,
  result: { finishedAtMs: number; rows: number; casesLoaded: number; casesKnown: number; rejected: number },
): Promise<number> =>
  tx.run(sql`
    update import_run set finished_at = ${instant(result.finishedAtMs)}, rows_read = ${result.rows},
      cases_loaded = ${result.casesLoaded}, cases_known = ${result.casesKnown}, rows_rejected = ${result.rejected}
    where import_id = ${importId}`);

/**
 * The rows of a file that were loaded before, by the number of the case's first row. Other imports of the same file wait until
 * the caller's transaction has ended.
 */
export async function rowsLoadedBefore(tx: Queryable, sha256: Buffer): Promise<Set<number>> {
  await tx.run(sql`select pg_advisory_xact_lock(${sha256.readBigInt64BE(0).toString()}::bigint)`);
  const rows = await tx.rows<{ row: number }>(sql`
    select c.row_number as row from import_run r join imported_case c on c.region_id = r.region_id and c.import_id = r.import_id
    where r.file_sha256 = ${sha256}`);
  return new Set(rows.map(({ row }) => row));
}
