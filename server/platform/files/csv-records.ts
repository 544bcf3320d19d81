// CSV text as records (RFC 4180): a malformed line is named and costs only itself.

/** `line` is the one the record begins on, the first of the file being 1. */
export type CsvRecord = { readonly line: number; readonly cells: readonly string[] };
/** A line that is no record: something stands behind a closing quote, or a quote is never closed. */
export type CsvFault = { readonly line: number; readonly fault: "quotes" };

export type CsvFormat = {
  /** Where it is left out: comma, semicolon or tab, whichever the heading holds most of. */
  readonly delimiter?: string;
  /** What stands behind a closing quote makes its line a fault; `lenient` takes such a cell as it is written, quotes and all. */
  readonly quotes?: "strict" | "lenient";
  /** Takes blanks off both ends of each cell, around its quotes too. */
  readonly trim?: boolean;
};
type Format = Required<CsvFormat>;

// No record is that long: a quote that spans so much was never closed, and the line it stands on is given up.
const LONGEST_RECORD = 1_000_000;

const delimiterOf = (beginning: string): string => {
  const heading = beginning.slice(0, 20_000).split(/\r?\n/, 1)[0] ?? "";
  return [",", ";", "\t"].toSorted((a, b) => heading.split(b).length - heading.split(a).length)[0] as string;
};
const formatOf = (beginning: string, given: CsvFormat): Format => ({
  delimiter: delimiterOf(beginning),
  quotes: "strict",
  trim: false,
  ...given,
});

/** The records of a whole text. Blank lines are passed over. */
export const recordsOf = (text: string, format: CsvFormat = {}): (CsvRecord | CsvFault)[] =>
  splitRecords(text, 1, formatOf(text, format), true).records;

/** The records of a text, in batches, however it is cut into pieces. Blank lines are passed over. */
export async function* csvRecords(texts: AsyncIterable<string>, given: CsvFormat = {}): AsyncGenerator<(CsvRecord | CsvFault)[]> {
  let format: Format | null = null;
  let unread = "";
  let line = 1;
  for await (const text of texts) {
    format ??= formatOf(text, given);
    const { records, ...rest } = splitRecords(unread + text, line, format, false);
    ({ unread, line } = rest);
    if (records.length > 0) yield records;
  }
  const { records } = splitRecords(unread, line, format ?? formatOf("", given), true);
  if (records.length > 0) yield records;
}

// In: text from the beginning of a record on. Out: the records it holds, and what is left where the last one goes on beyond it.
function splitRecords(text: string, firstLine: number, format: Format, last: boolean) {
  const records: (CsvRecord | CsvFault)[] = [];
  let at = 0;
  let line = firstLine;
  while (at < text.length) {
    const newline = text.indexOf("\n", at);
    if (newline < 0 && !last && text.length - at < LONGEST_RECORD) break;
    const lineEnd = newline < 0 ? text.length : newline;
    const simple = text.slice(at, text[lineEnd - 1] === "\r" && lineEnd > at ? lineEnd - 1 : lineEnd);
    let end = lineEnd;
    let lines = 1;
    if (simple.includes('"')) {
      const read = quotedRecord(text, at, format, last);
      if (read === "unfinished" && !last && text.length - at < LONGEST_RECORD) break;
      if (typeof read === "string") records.push({ line, fault: "quotes" });
      else {
        records.push({ line, cells: read.cells });
        end = read.end;
        lines = read.lines;
      }
    } else if (simple.trim() !== "") {
      const cells = simple.split(format.delimiter);
      records.push({ line, cells: format.trim ? cells.map((cell) => cell.trim()) : cells });
    }
    line += lines;
    at = end + 1;
  }
  return { records, unread: text.slice(at), line };
}

type Quoted = { readonly cells: string[]; readonly end: number; readonly lines: number };

/** One record that holds quotes. Out: its cells and the place of its line end; or that it goes on beyond the text, or is malformed. */
function quotedRecord(
  text: string,
  from: number,
  { delimiter, quotes, trim }: Format,
  last: boolean,
): Quoted | "unfinished" | "malformed" {
  const cells: string[] = [];
  let at = from;
  let lines = 1;
  const blanks = () => {
    let end = at;
    while (text[end] === " " || (text[end] === "\t" && delimiter !== "\t")) end += 1;
    return end;
  };
  const unquoted = (): string => {
    const end = text.slice(at).search(delimiter === "\t" ? /[\t\n]/ : new RegExp(`[${delimiter}\n]`));
    const cell = end < 0 ? text.slice(at) : text.slice(at, at + end);
    at += cell.length;
    return text[at] !== delimiter && cell.endsWith("\r") ? cell.slice(0, -1) : cell;
  };
  const ended = () =>
    at >= text.length ||
    text[at] === delimiter ||
    text[at] === "\n" ||
    (text[at] === "\r" && (text[at + 1] === "\n" || at + 1 >= text.length));
  for (;;) {
    let cell = "";
    if (trim && text[blanks()] === '"') at = blanks();
    if (text[at] === '"') {
      for (at += 1; ; at += 2) {
        const close = text.indexOf('"', at);
        if (close < 0) return "unfinished";
        cell += text.slice(at, close);
        at = close;
        if (text[close + 1] !== '"') break;
        cell += '"';
      }
      at += 1;
      lines += cell.split("\n").length - 1;
      if (trim) at = blanks();
      if (quotes === "lenient" && !ended()) cell = `"${cell}"${unquoted()}`;
    } else cell = unquoted();
    // Behind the end of a piece may stand the second half of an escaped quote, or the \n of \r\n.
    if (!last && at + 1 >= text.length && text[at] !== "\n") return "unfinished";
    cells.push(trim ? cell.trim() : cell);
    if (!ended()) return "malformed";
    if (text[at] === delimiter) at += 1;
    else return { cells, end: text[at] === "\r" ? at + 1 : at, lines };
  }
}
