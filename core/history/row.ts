// Values of a row by the mapping's words. A reader is made once for a file and then asked for each row.
import type { RowProblem, Verdict } from "./case.ts";
import { type Mapping, patternsOf, type Source, sourceColumns, sourceName, sourcesOf } from "./mapping.ts";
import { readInstant, type TimeFormat, timeFormat } from "./time-format.ts";
import { type Zone, zoneOf } from "./zone.ts";

export type Row = readonly string[];

const LONGEST_STATE = 200; // the database counts hours by state, and an index holds no more than a label
type Reader = (row: Row) => string;

/** The columns a mapping names that the header lacks. */
export function missingColumns(mapping: Mapping, header: readonly string[]): string[] {
  const present = new Set(header);
  return [...new Set(sourcesOf(mapping).flatMap(sourceColumns))].filter((column) => !present.has(column));
}

/** Thrown inside the reading of a row and caught at its edge: a row has one reason why it was not loaded, the first found. */
export class Rejected extends Error {
  readonly problem: RowProblem;
  constructor(reason: RowProblem["reason"], column: string | null) {
    super(reason);
    this.problem = { reason, column };
  }
}

/** Reads the values of rows with this header. All columns must be there ({@link missingColumns}). */
export class RowReader {
  readonly zone: Zone;
  readonly #formats: readonly TimeFormat[];
  readonly #unknown: ReadonlySet<string>;
  readonly #header: readonly string[];
  readonly #verdicts: ReadonlyMap<string, Verdict>;

  constructor(mapping: Mapping, header: readonly string[]) {
    this.zone = zoneOf(mapping.zone) as Zone;
    this.#formats = patternsOf(mapping).map((pattern) => timeFormat(pattern) as TimeFormat);
    this.#unknown = new Set(["", ...mapping.unknown.map((mark) => mark.trim())]);
    this.#header = header;
    this.#verdicts = new Map<string, Verdict>([
      ...(mapping.verdict?.met ?? []).map((word) => [word, "met"] as const),
      ...(mapping.verdict?.missed ?? []).map((word) => [word, "missed"] as const),
    ]);
  }

  /** The text of a source, without space around it; empty where there is none. */
  text(source: Source | undefined): Reader {
    if (source === undefined) return () => "";
    const indexes = sourceColumns(source).map((column) => this.#header.indexOf(column));
    const [only] = indexes;
    if (indexes.length === 1 && only !== undefined) return (row) => (row[only] ?? "").trim();
    const separator = typeof source === "string" ? "" : source.separator;
    return (row) => indexes.map((index) => (row[index] ?? "").trim()).join(separator);
  }

  /** The text, or null where it is empty or one of the marks for unknown. */
  known(source: Source | undefined): (row: Row) => string | null {
    const read = this.text(source);
    return (row) => {
      const text = read(row);
      return this.#unknown.has(text) ? null : text;
    };
  }

  /** An instant, null where it is unknown. Rejects what no format reads. */
  instant(source: Source | undefined): (row: Row) => number | null {
    if (source === undefined) return () => null;
    const read = this.known(source);
    return (row) => {
      const text = read(row);
      if (text === null) return null;
      const atMs = readInstant(text, this.#formats, this.zone);
      if (atMs === null) throw new Rejected("time-unreadable", sourceName(source));
      return atMs;
    };
  }

  /** An instant that has to be there. */
  requiredInstant(source: Source): (row: Row) => number {
    const read = this.instant(source);
    return (row) => {
      const atMs = read(row);
      if (atMs === null) throw new Rejected("time-missing", sourceName(source));
      return atMs;
    };
  }

  /** The case's id, which has to be there. */
  id(source: Source): Reader {
    const read = this.text(source);
    return (row) => {
      const text = read(row);
      if (text === "") throw new Rejected("id-missing", sourceName(source));
      return text;
    };
  }

  /** The state of a step, which has to be there and to be a label rather than a story. */
  state(source: Source): Reader {
    const read = this.text(source);
    return (row) => {
      const text = read(row);
      if (text === "") throw new Rejected("state-missing", sourceName(source));
      if (text.length > LONGEST_STATE) throw new Rejected("state-too-long", sourceName(source));
      return text;
    };
  }

  /** A count, null where it is unknown. */
  count(source: Source | undefined): (row: Row) => number | null {
    if (source === undefined) return () => null;
    const read = this.known(source);
    return (row) => {
      const text = read(row);
      if (text === null) return null;
      if (!/^\d{1,9}$/.test(text)) throw new Rejected("number-unreadable", sourceName(source));
      return Number(text);
    };
  }

  /** The file's verdict, null where it is unknown. */
  verdict(source: Source | undefined): (row: Row) => Verdict | null {
    if (source === undefined) return () => null;
    const read = this.known(source);
    return (row) => {
      const text = read(row);
      if (text === null) return null;
      const verdict = this.#verdicts.get(text);
      if (verdict === undefined) throw new Rejected("verdict-unreadable", sourceName(source));
      return verdict;
    };
  }
}
