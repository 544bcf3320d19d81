// Files with one row for each request.
import type { HistoryCase, RowProblem } from "./case.ts";
import { labelReader, labelsOf } from "./labels.ts";
import type { RequestMapping } from "./mapping.ts";
import { Rejected, type Row, RowReader } from "./row.ts";

/**
 * Reads requests. In: the mapping, and the file's header with every column the mapping names. Out: a function from a row
 * (number from 1, header not counted) to its case, or to the first reason why it cannot be one. A request closed before it was
 * opened is a case all the same: reports count it apart.
 */
export function requestReader(
  mapping: RequestMapping,
  header: readonly string[],
): (row: number, fields: Row) => HistoryCase | RowProblem {
  const reader = new RowReader(mapping, header);
  const { columns } = mapping;
  const id = reader.id(columns.id);
  const opened = reader.requiredInstant(columns.opened);
  const due = reader.instant(columns.due);
  const closed = reader.instant(columns.closed);
  const resolved = reader.instant(columns.resolved);
  const planned = reader.instant(columns.planned);
  const unit = reader.known(columns.unit);
  const state = reader.known(columns.state);
  const verdict = reader.verdict(columns.verdict);
  const reassigned = reader.count(columns.reassigned);
  const reopened = reader.count(columns.reopened);
  const labels = labelReader(reader, labelsOf(mapping));
  return (row, fields) => {
    if (fields.length !== header.length) return { reason: "columns-differ", column: null };
    try {
      return {
        row,
        externalId: id(fields),
        openedAtMs: opened(fields),
        dueAtMs: due(fields),
        closedAtMs: closed(fields),
        resolvedAtMs: resolved(fields),
        plannedAtMs: planned(fields),
        unit: unit(fields),
        state: state(fields),
        given: verdict(fields),
        reassignments: reassigned(fields),
        reopenings: reopened(fields),
        labels: labels(fields),
        steps: [],
      };
    } catch (error) {
      if (error instanceof Rejected) return error.problem;
      throw error;
    }
  };
}
