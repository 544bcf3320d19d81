// Files with one row for each step: the rows of a case, wherever they stand in the file, become one history.
import type { CaseStep, HistoryCase, RowProblem } from "./case.ts";
import { labelsOf } from "./labels.ts";
import { type EventMapping, matcher, type Source } from "./mapping.ts";
import { Rejected, type Row, RowReader } from "./row.ts";

type Gathered = {
  first: Row;
  last: Row;
  readonly rows: number[];
  readonly steps: CaseStep[];
  readonly problems: Map<number, RowProblem>;
};
export type RejectedRow = { readonly row: number } & RowProblem;
export type EventLogResult = { readonly cases: HistoryCase[]; readonly rejected: RejectedRow[] };

/**
 * Gathers a step log. Rows are given in the file's order, which stays the order of the steps: a time that steps back is kept
 * as it is. A case with a row that cannot be read is not loaded at all, since its durations would be wrong.
 * In: the mapping, and the header with every column the mapping names.
 */
export class EventLog {
  readonly #cases = new Map<string, Gathered>();
  readonly #rejected: RejectedRow[] = [];
  readonly #mapping: EventMapping;
  readonly #width: number;
  readonly #reader: RowReader;
  readonly #id: (row: Row) => string;
  readonly #at: (row: Row) => number;
  readonly #state: (row: Row) => string;

  constructor(mapping: EventMapping, header: readonly string[]) {
    this.#mapping = mapping;
    this.#width = header.length;
    this.#reader = new RowReader(mapping, header);
    this.#id = this.#reader.id(mapping.columns.id);
    this.#at = this.#reader.requiredInstant(mapping.columns.at);
    this.#state = this.#reader.state(mapping.columns.state);
  }

  /** Takes the next row of the file. `row` counts from 1, the header not counted. */
  add(row: number, fields: Row): void {
    const ragged: RowProblem | null = fields.length === this.#width ? null : { reason: "columns-differ", column: null };
    const id = attempt(() => this.#id(fields));
    if ("problem" in id) {
      this.#rejected.push({ row, ...(ragged ?? id.problem) });
      return;
    }
    let gathered = this.#cases.get(id.value);
    if (!gathered)
      this.#cases.set(id.value, (gathered = { first: fields, last: fields, rows: [], steps: [], problems: new Map() }));
    gathered.last = fields;
    gathered.rows.push(row);
    const step = ragged ? { problem: ragged } : attempt(() => ({ atMs: this.#at(fields), state: this.#state(fields) }));
    if ("value" in step) gathered.steps.push(step.value);
    else gathered.problems.set(row, step.problem);
  }

  /** The cases in the order of their first rows, and every row that was not loaded. */
  finish(): EventLogResult {
    const read = this.#caseReader();
    const cases: HistoryCase[] = [];
    const rejected = [...this.#rejected];
    for (const [externalId, gathered] of this.#cases) {
      const { rows, problems } = gathered;
      if (problems.size === 0) {
        const made = attempt(() => read(externalId, gathered));
        if ("value" in made) {
          cases.push(made.value);
          continue;
        }
        problems.set(rows.at(-1) as number, made.problem);
      }
      for (const row of rows) rejected.push({ row, ...(problems.get(row) ?? { reason: "case-incomplete", column: null }) });
    }
    return { cases, rejected: rejected.sort((a, b) => a.row - b.row) };
  }

  #caseReader(): (externalId: string, gathered: Gathered) => HistoryCase {
    const { columns } = this.#mapping;
    const reader = this.#reader;
    const of = <T>(source: Source | undefined, read: (row: Row) => T) => {
      const first = typeof source === "object" && source.from === "first";
      return (gathered: Gathered) => read(first ? gathered.first : gathered.last);
    };
    const opened = of(columns.opened, reader.instant(columns.opened));
    const due = of(columns.due, reader.instant(columns.due));
    const closed = of(columns.closed, reader.instant(columns.closed));
    const resolved = of(columns.resolved, reader.instant(columns.resolved));
    const planned = of(columns.planned, reader.instant(columns.planned));
    const unit = of(columns.unit, reader.known(columns.unit));
    const verdict = of(columns.verdict, reader.verdict(columns.verdict));
    const reassigned = of(columns.reassigned, reader.count(columns.reassigned));
    const reopened = of(columns.reopened, reader.count(columns.reopened));
    const labels = labelsOf(this.#mapping).map(({ name, source }) => ({ name, read: of(source, reader.text(source)) }));
    const closes = matcher(this.#mapping.closing);
    return (externalId, gathered) => {
      const { steps } = gathered;
      const final = steps.at(-1) as CaseStep;
      const kept: Record<string, string> = {};
      for (const { name, read } of labels) {
        const text = read(gathered);
        if (text !== "") kept[name] = text;
      }
      return {
        row: gathered.rows[0] as number,
        externalId,
        openedAtMs: opened(gathered) ?? steps.reduce((least, step) => Math.min(least, step.atMs), final.atMs),
        dueAtMs: due(gathered),
        closedAtMs: closed(gathered) ?? (closes(final.state) ? final.atMs : null),
        resolvedAtMs: resolved(gathered),
        plannedAtMs: planned(gathered),
        unit: unit(gathered),
        state: final.state,
        given: verdict(gathered),
        reassignments: reassigned(gathered),
        reopenings: reopened(gathered),
        labels: kept,
        steps,
      };
    };
  }
}

function attempt<T>(read: () => T): { value: T } | { problem: RowProblem } {
  try {
    return { value: read() };
  } catch (error) {
    if (error instanceof Rejected) return { problem: error.problem };
    throw error;
  }
}
