// CSV in and out. In: any size, plain or gzip, UTF-8 or GB 18030, every malformed line named. Out: what a spreadsheet opens
// without running it.
import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";
import { Readable, type Transform } from "node:stream";
import { createGunzip } from "node:zlib";
import { parse } from "csv-parse";

export type CsvRecord = { readonly line: number; readonly cells: readonly string[] };
/** A stretch that is no record, such as a quote that is never closed. */
export type CsvFault = { readonly line: number; readonly fault: "quotes" | "too-long" };

export type CsvOptions = {
  /** Of the file; a byte order mark decides by itself. */
  readonly encoding?: "utf-8" | "gb18030";
  readonly delimiter?: string;
  /** Hears how many bytes of the file were read. */
  readonly onBytes?: (bytes: number) => void;
};

const LONGEST_RECORD = 256 * 1024;

/** The bytes of a file, unpacked where it is gzip (whatever its name). Errors: those of the file system. */
async function bytesOf(file: string, onBytes: CsvOptions["onBytes"]): Promise<Readable> {
  const handle = await open(file, "r");
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(2), 0, 2, 0);
  await handle.close();
  const source = createReadStream(file, { highWaterMark: 256 * 1024 });
  if (onBytes) source.on("data", (chunk) => onBytes(chunk.length));
  if (bytesRead < 2 || buffer.readUInt16BE(0) !== 0x1f8b) return source;
  const unpacked = createGunzip();
  source.on("error", (error) => unpacked.destroy(error));
  return source.pipe(unpacked);
}

async function* decoded(bytes: AsyncIterable<Uint8Array>, encoding: string): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding); // drops the byte order mark
  for await (const chunk of bytes) yield decoder.decode(chunk, { stream: true });
  yield decoder.decode();
}

/**
 * Reads a CSV file as records, in batches, the heading being the first. Blank lines are passed over. In: the file's path.
 * Out: batches of records and faults; `line` is the one a record ends on, the first being 1. Errors: those of the file system and
 * of a broken gzip stream.
 */
export async function* readCsv(file: string, options: CsvOptions = {}): AsyncGenerator<(CsvRecord | CsvFault)[]> {
  const bytes = await bytesOf(file, options.onBytes);
  const faults: CsvFault[] = [];
  const parser = parse({
    delimiter: options.delimiter ?? ",",
    info: true,
    relax_column_count: true,
    skip_empty_lines: true,
    skip_records_with_error: true,
    max_record_size: LONGEST_RECORD,
    on_skip: (error) => {
      faults.push({
        line: Number(error?.["lines"] ?? 0),
        fault: error?.code === "CSV_MAX_RECORD_SIZE" ? "too-long" : "quotes",
      });
      return undefined;
    },
  }) as Transform;
  const text = Readable.from(decoded(bytes, options.encoding ?? "utf-8"));
  text.on("error", (error) => parser.destroy(error));
  text.pipe(parser);
  let batch: (CsvRecord | CsvFault)[] = [];
  try {
    for await (const { info, record } of parser as AsyncIterable<{ info: { lines: number }; record: string[] }>) {
      batch.push({ line: info.lines, cells: record });
      if (batch.length + faults.length >= 1000) {
        yield [...batch, ...faults.splice(0)];
        batch = [];
      }
    }
    yield [...batch, ...faults.splice(0)];
  } finally {
    bytes.destroy();
    text.destroy();
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
