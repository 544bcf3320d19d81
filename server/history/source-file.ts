// A delivered file: CSV or CSV.gz, read twice: once for its hash, once for its rows.
import { createHash } from "node:crypto";
import { type Refusal, refuse } from "@bihuan/core/refusal.ts";
import { readCsv } from "../platform/files/csv.ts";
import { unpacked } from "../platform/files/unpacked.ts";

export type SourceFile = {
  readonly path: string;
  readonly sizeBytes: number;
  readonly compressed: boolean;
  /** SHA-256 of the content, unpacked: the same rows are recognised whether they come packed or not. */
  readonly sha256: Buffer;
};

/** One record below the header. `row` counts records from 1; `line` is the line of the file on which it begins. */
export type SourceRow = { readonly row: number; readonly line: number; readonly fields: readonly string[] };

/** Thrown while reading, told as a refusal: whatever was loaded before it is rolled back with it. */
export class FileRefused extends Error {
  readonly refusal: Refusal;
  constructor(refusal: Refusal) {
    super(refusal.refused);
    this.refusal = refusal;
  }
}

function refused(error: unknown): unknown {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  if (code === "ERR_ENCODING_INVALID_ENCODED_DATA") return new FileRefused(refuse("import.encoding-wrong"));
  if (code === "ENOENT" || code === "EISDIR" || code === "EACCES" || code.startsWith("Z_"))
    return new FileRefused(refuse("import.file-unreadable", { reason: (error as Error).message }));
  return error;
}

/** Opens a file and takes its hash. `onShare` hears how much of it is read, 0 to 1. Errors: FileRefused where it is not there, not readable or a damaged archive. */
export async function openSource(path: string, onShare: (share: number) => void = () => undefined): Promise<SourceFile> {
  try {
    let read = 0;
    const { content, sizeBytes, packed } = await unpacked(path, (bytes) => onShare((read += bytes) / sizeBytes));
    const hash = createHash("sha256");
    for await (const chunk of content) hash.update(chunk as Buffer);
    return { path, sizeBytes, compressed: packed, sha256: hash.digest() };
  } catch (error) {
    throw refused(error);
  }
}

// PostgreSQL keeps no zero character in a text; in a CSV file it means nothing.
const withoutZeros = (cells: readonly string[]): readonly string[] =>
  cells.some((cell) => cell.includes("\0")) ? cells.map((cell) => cell.replaceAll("\0", "")) : cells;

/**
 * Reads the records of a file. The first one yielded is the header, as row 0. Blank lines do not count. `onBytes` hears how
 * much of the file on disk was read. Errors: FileRefused where the text is not in the encoding, a quotation mark is never
 * closed, or the file is no longer the one whose hash was taken.
 */
export async function* records(
  file: SourceFile,
  options: { encoding: string; delimiter: string; onBytes?: (readBytes: number) => void },
): AsyncGenerator<SourceRow> {
  const { encoding, delimiter, onBytes } = options;
  const hash = createHash("sha256");
  let read = 0;
  let row = 0;
  try {
    const batches = readCsv(file.path, {
      encoding,
      delimiter,
      wrongBytes: "refused",
      quotes: "lenient",
      onBytes: (bytes) => onBytes?.((read += bytes)),
      onContent: (chunk) => hash.update(chunk),
    });
    for await (const batch of batches)
      for (const record of batch) {
        if ("fault" in record) throw new FileRefused(refuse("import.quote-not-closed", { line: record.line }));
        yield { row: row++, line: record.line, fields: withoutZeros(record.cells) };
      }
  } catch (error) {
    throw refused(error);
  }
  if (!hash.digest().equals(file.sha256)) throw new FileRefused(refuse("import.file-changed"));
}
