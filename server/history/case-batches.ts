// The cases of a file, in batches, as they become complete.
import type { HistoryCase, RejectReason, RowProblem } from "@bihuan/core/history/case.ts";
import { EventLog } from "@bihuan/core/history/event-log.ts";
import type { EventMapping, Mapping } from "@bihuan/core/history/mapping.ts";
import { requestReader } from "@bihuan/core/history/requests.ts";
import { missingColumns } from "@bihuan/core/history/row.ts";
import { refuse } from "@bihuan/core/refusal.ts";
import { FileRefused, records, type SourceFile, type SourceRow } from "./source-file.ts";

/** A row that was not loaded: where it stands in the file, and why. `row` counts from 1 without the header. */
export type RejectedLine = {
  readonly line: number;
  readonly row: number;
  readonly reason: RejectReason;
  readonly column: string | null;
};

/** What has been read so far. `cases` is known once a step log was read to its end. */
export type Reading = { readBytes: number; rows: number; cases?: number; readonly rejected: RejectedLine[] };

const BATCH = 2000; // orders written together: larger batches gain nothing and hold more memory
// The years zones are known for. Times outside come from a wrong format, not from a history, and no partition waits for them.
const EARLIEST_MS = Date.UTC(1970, 0, 1);
const LATEST_MS = Date.UTC(2100, 0, 1);

/**
 * Reads a file's cases. In: the file, its mapping, and where to note what was read and rejected. Errors: FileRefused where the
 * file is empty, lacks a column, or cannot be read as CSV.
 */
export async function* caseBatches(source: SourceFile, mapping: Mapping, reading: Reading): AsyncGenerator<HistoryCase[]> {
  const rows = records(source, {
    encoding: mapping.encoding,
    delimiter: mapping.delimiter,
    onBytes: (readBytes) => {
      reading.readBytes = readBytes;
    },
  });
  const first = await rows.next();
  if (first.done) throw new FileRefused(refuse("import.file-empty"));
  const header = first.value.fields.map((column) => column.trim());
  const missing = missingColumns(mapping, header);
  if (missing.length > 0) throw new FileRefused(refuse("import.column-missing", { columns: missing.join(", ") }));
  yield* mapping.kind === "service-requests"
    ? requests(requestReader(mapping, header), rows, reading)
    : stepLog(mapping, header, rows, reading);
}

async function* requests(
  read: ReturnType<typeof requestReader>,
  rows: AsyncIterable<SourceRow>,
  reading: Reading,
): AsyncGenerator<HistoryCase[]> {
  let batch: HistoryCase[] = [];
  for await (const { row, line, fields } of rows) {
    reading.rows = row;
    const one = read(row, fields);
    const problem: RowProblem | null = "reason" in one ? one : datedProblem(one);
    if (problem) reading.rejected.push({ line, row, ...problem });
    else batch.push(one as HistoryCase);
    if (batch.length < BATCH) continue;
    yield batch;
    batch = [];
  }
  yield batch;
}

// A case is complete only when the last row of the file is read: its rows may stand anywhere.
async function* stepLog(
  mapping: EventMapping,
  header: readonly string[],
  rows: AsyncIterable<SourceRow>,
  reading: Reading,
): AsyncGenerator<HistoryCase[]> {
  const log = new EventLog(mapping, header);
  const lines: number[] = [0];
  for await (const { row, line, fields } of rows) {
    reading.rows = row;
    lines[row] = line;
    log.add(row, fields);
  }
  const { cases, rejected } = log.finish();
  const reject = (row: number, problem: RowProblem) => reading.rejected.push({ line: lines[row] as number, row, ...problem });
  for (const { row, ...problem } of rejected) reject(row, problem);
  const dated = cases.filter((one) => {
    const problem = datedProblem(one);
    if (problem) reject(one.row, problem);
    return problem === null;
  });
  reading.cases = dated.length;
  for (let from = 0; from < dated.length; from += BATCH) yield dated.slice(from, from + BATCH);
}

function datedProblem(history: HistoryCase): RowProblem | null {
  const { openedAtMs, dueAtMs, closedAtMs, resolvedAtMs, plannedAtMs, steps } = history;
  const times = [openedAtMs, dueAtMs, closedAtMs, resolvedAtMs, plannedAtMs, ...steps.map((step) => step.atMs)];
  const dated = times.every((atMs) => atMs === null || (atMs >= EARLIEST_MS && atMs < LATEST_MS));
  return dated ? null : { reason: "time-out-of-range", column: null };
}
