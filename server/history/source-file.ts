// A delivered file: CSV or CSV.gz, read twice: once for its hash, once for its rows.
import { parse, CsvError } from "csv-parse";
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";
import { pipeline, Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { type Refusal, refuse } from "@bihuan/core/refusal.ts";

export type SourceFile = {
  readonly path: string;
  readonly sizeBytes: number;
  readonly compressed: boolean;
  /** SHA-256 of the content, unpacked: the same rows are recognised whether they come packed or not. */
  readonly sha256: Buffer;
};

/** One record below the header. `row` counts records from 1; `line` is the line of the file on which it begins. */
export type SourceRow = { readonly row: number; readonly line: number; readonly fields: string[] };

/** Thrown while reading, told as a refusal: whatever was loaded before it is rolled back with it. */
export class FileRefused extends Error {
  readonly refusal: Refusal;
  constructor(refusal: Refusal) {
    super(refusal.refused);
    this.refusal = refusal;
  }
}

// A field of a megabyte is a quotation mark that was never closed, not a value.
const LONGEST_RECORD = 1_000_000;

/** How much of the file on disk has been read, for the progress bar. */
export type OnBytes = (readBytes: number) => void;

function content(file: Pick<SourceFile, "path" | "compressed">, onBytes: OnBytes): Readable {
  let read = 0;
  const raw = createReadStream(file.path, { highWaterMark: 1 << 18 });
  raw.on("data", (chunk) => onBytes((read += chunk.length)));
  if (!file.compressed) return raw;
  // Errors of either stream destroy the other and reach whoever reads the last one.
  return pipeline(raw, createGunzip({ chunkSize: 1 << 18 }), () => undefined);
}

function refused(error: unknown): unknown {
  if (error instanceof FileRefused) return error;
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  if (error instanceof CsvError) {
    const line = (error as unknown as { lines?: number }).lines ?? 0;
    if (code === "CSV_QUOTE_NOT_CLOSED" || code === "CSV_MAX_RECORD_SIZE")
      return new FileRefused(refuse("import.quote-not-closed", { line }));
    return new FileRefused(refuse("import.file-unreadable", { reason: error.message }));
  }
  if (code === "ERR_ENCODING_INVALID_ENCODED_DATA") return new FileRefused(refuse("import.encoding-wrong"));
  if (code === "ENOENT" || code === "EISDIR" || code === "EACCES" || code.startsWith("Z_"))
    return new FileRefused(refuse("import.file-unreadable", { reason: (error as Error).message }));
  return error;
}

/** Opens a file and takes its hash. `onShare` hears how much of it is read, 0 to 1. Errors: FileRefused where it is not there, not readable or a damaged archive. */
export async function openSource(path: string, onShare: (share: number) => void = () => undefined): Promise<SourceFile> {
  try {
    const handle = await open(path);
    const head = Buffer.alloc(2);
    const stat = await handle.stat();
    await handle.read(head, 0, 2, 0).finally(() => handle.close());
    const compressed = head[0] === 0x1f && head[1] === 0x8b;
    const hash = createHash("sha256");
    for await (const chunk of content({ path, compressed }, (read) => onShare(read / stat.size))) hash.update(chunk as Buffer);
    return { path, sizeBytes: stat.size, compressed, sha256: hash.digest() };
  } catch (error) {
    throw refused(error);
  }
}

async function* decoded(chunks: Readable, encoding: string, hash: ReturnType<typeof createHash>): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding, { fatal: true });
  for await (const chunk of chunks) {
    hash.update(chunk as Buffer);
    const text = decoder.decode(chunk as Buffer, { stream: true });
    // PostgreSQL keeps no zero character in a text; in a CSV file it means nothing.
    yield text.includes("\0") ? text.replaceAll("\0", "") : text;
  }
  yield decoder.decode();
}

const count = (fields: readonly string[], what: string): number =>
  fields.reduce((sum, field) => sum + field.split(what).length - 1, 0);

/**
 * Reads the records of a file. The first one yielded is the header, as row 0. Blank lines do not count.
 * Errors: FileRefused where the text is not in the encoding, a quotation mark is never closed, or the file is no longer the
 * one whose hash was taken.
 */
export async function* records(
  file: SourceFile,
  options: { encoding: string; delimiter: string; onBytes?: OnBytes },
): AsyncGenerator<SourceRow> {
  const hash = createHash("sha256");
  const parser = parse({
    bom: true,
    delimiter: options.delimiter,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    max_record_size: LONGEST_RECORD,
    info: true,
  });
  const text = Readable.from(decoded(content(file, options.onBytes ?? (() => undefined)), options.encoding, hash), {
    highWaterMark: 2,
  });
  pipeline(text, parser, () => undefined);
  let row = 0;
  let lastLine = 0;
  // The parser counts a CRLF inside quotation marks as two lines.
  let surplus = 0;
  try {
    for await (const { record, info } of parser as AsyncIterable<{ record: string[]; info: { lines: number } }>) {
      let line = info.lines - surplus;
      if (info.lines - lastLine > 1) {
        const doubled = count(record, "\r\n");
        line -= count(record, "\n") + doubled;
        surplus += doubled;
      }
      lastLine = info.lines;
      yield { row: row++, line, fields: record };
    }
  } catch (error) {
    throw refused(error);
  }
  if (!hash.digest().equals(file.sha256)) throw new FileRefused(refuse("import.file-changed"));
}
