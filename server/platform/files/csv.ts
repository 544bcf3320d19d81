// CSV in and out. In: any size, plain or gzip, UTF-8 or GB 18030; a malformed line is named and costs only itself. Out: what a
// spreadsheet opens without running it.
import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";
import { pipeline, type Readable } from "node:stream";
import { createGunzip } from "node:zlib";

/** `line` is the one the record begins on, the first of the file being 1. */
export type CsvRecord = { readonly line: number; readonly cells: readonly string[] };
/** A line that is no record: something stands behind a closing quote, or a quote is never closed. */
export type CsvFault = { readonly line: number; readonly fault: "quotes" };

export type CsvOptions = {
  /** Of the file; where it is left out, what is no valid UTF-8 is read as GB 18030. */
  readonly encoding?: "utf-8" | "gb18030";
  /** Where it is left out: comma, semicolon or tab, whichever the heading holds most of. */
  readonly delimiter?: string;
  /** Hears how many bytes of the file were read since it last heard. */
  readonly onBytes?: (bytes: number) => void;
};

const CHUNK_BYTES = 256 * 1024;
// No record is that long: a quote that spans so much was never closed, and the line it stands on is given up.
const LONGEST_RECORD = 256 * 1024;

/** The bytes of a file, unpacked where it is gzip (whatever its name). Errors: those of the file system. */
async function bytesOf(file: string, onBytes: CsvOptions["onBytes"]): Promise<Readable> {
  const handle = await open(file, "r");
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(2), 0, 2, 0).finally(() => handle.close());
  const source = createReadStream(file, { highWaterMark: CHUNK_BYTES });
  if (onBytes) source.on("data", (chunk) => onBytes(chunk.length));
  if (bytesRead < 2 || buffer.readUInt16BE(0) !== 0x1f8b) return source;
  return pipeline(source, createGunzip({ chunkSize: CHUNK_BYTES }), () => undefined); // errors reach whoever reads
}

const isUtf8 = (beginning: Uint8Array): boolean => {
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(beginning, { stream: true });
    return true;
  } catch {
    return false;
  }
};

async function* decoded(bytes: AsyncIterable<Uint8Array>, encoding: CsvOptions["encoding"]): AsyncGenerator<string> {
  let decoder: InstanceType<typeof TextDecoder> | null = null;
  for await (const chunk of bytes) {
    decoder ??= new TextDecoder(encoding ?? (isUtf8(chunk) ? "utf-8" : "gb18030")); // drops the byte order mark
    yield decoder.decode(chunk, { stream: true });
  }
  if (decoder) yield decoder.decode();
}

const delimiterOf = (beginning: string): string => {
  const heading = beginning.split(/\r?\n/, 1)[0] ?? "";
  return [",", ";", "\t"].toSorted((a, b) => heading.split(b).length - heading.split(a).length)[0] as string;
};

/** Reads the text of a CSV file (RFC 4180), however it is cut into pieces. Out: as {@link readCsv}. */
export async function* csvRecords(texts: AsyncIterable<string>, given?: string): AsyncGenerator<(CsvRecord | CsvFault)[]> {
  let delimiter = given;
  let unread = "";
  let line = 1;
  for await (const text of texts) {
    delimiter ??= delimiterOf(text);
    const { records, ...rest } = splitRecords(unread + text, line, delimiter, false);
    ({ unread, line } = rest);
    if (records.length > 0) yield records;
  }
  const { records } = splitRecords(unread, line, delimiter ?? ",", true);
  if (records.length > 0) yield records;
}

/**
 * Reads a CSV file as records, in batches, the heading being the first. Blank lines are passed over. In: the file's path.
 * Errors: those of the file system and of a broken archive.
 */
export async function* readCsv(file: string, options: CsvOptions = {}): AsyncGenerator<(CsvRecord | CsvFault)[]> {
  const bytes = await bytesOf(file, options.onBytes);
  try {
    yield* csvRecords(decoded(bytes, options.encoding), options.delimiter);
  } finally {
    bytes.destroy();
  }
}

// In: text from the beginning of a record on. Out: the records it holds, and what is left where the last one goes on beyond it.
function splitRecords(text: string, firstLine: number, delimiter: string, last: boolean) {
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
      const read = quotedRecord(text, at, delimiter, last);
      if (read === "unfinished" && !last && text.length - at < LONGEST_RECORD) break;
      if (typeof read === "string") records.push({ line, fault: "quotes" });
      else {
        records.push({ line, cells: read.cells });
        end = read.end;
        lines = read.lines;
      }
    } else if (simple.trim() !== "") records.push({ line, cells: simple.split(delimiter) });
    line += lines;
    at = end + 1;
  }
  return { records, unread: text.slice(at), line };
}

type Quoted = { readonly cells: string[]; readonly end: number; readonly lines: number };

/** One record that holds quotes. Out: its cells and the place of its line end; or that it goes on beyond the text, or is malformed. */
function quotedRecord(text: string, from: number, delimiter: string, last: boolean): Quoted | "unfinished" | "malformed" {
  const cells: string[] = [];
  let at = from;
  let lines = 1;
  for (;;) {
    let cell = "";
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
    } else {
      const end = text.slice(at).search(delimiter === "\t" ? /[\t\n]/ : new RegExp(`[${delimiter}\n]`));
      cell = end < 0 ? text.slice(at) : text.slice(at, at + end);
      at += cell.length;
      if (text[at] !== delimiter && cell.endsWith("\r")) cell = cell.slice(0, -1);
    }
    // Behind the end of a piece may stand the second half of an escaped quote, or the \n of \r\n.
    if (!last && at + 1 >= text.length && text[at] !== "\n") return "unfinished";
    cells.push(cell);
    if (text[at] === delimiter) at += 1;
    else if (at >= text.length || text[at] === "\n") return { cells, end: at, lines };
    else if (text[at] === "\r" && (text[at + 1] === "\n" || at + 1 >= text.length)) return { cells, end: at + 1, lines };
    else return "malformed";
  }
}

// A cell that begins like a formula is run by spreadsheets: an apostrophe before it makes it text. Plain numbers keep their sign.
const formula = /^[\s\p{Cc}]*[=+\-@|%＝＋－＠]/u;
const plainNumber = /^[+-]?\d+(?:\.\d+)?$/;
const safeCell = (text: string): string => (formula.test(text) && !plainNumber.test(text) ? `'${text}` : text);

/** One line of a CSV file, ending included. In: cells; null and undefined are empty. Nothing in it can act as a formula. */
export const csvLine = (cells: readonly (string | number | boolean | null | undefined)[]): string =>
  `${cells
    .map((cell) => {
      const text = safeCell(cell === null || cell === undefined ? "" : String(cell));
      return /[",\r\n\t']|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
    })
    .join(",")}\r\n`;

/** Before the first line: without it, spreadsheets take UTF-8 for the machine's own encoding. */
export const CSV_BYTE_ORDER_MARK = "\uFEFF";
