// CSV files in: any size, plain or gzip, in the encodings people save them in.
import { type CsvFault, type CsvFormat, type CsvRecord, csvRecords } from "./csv-records.ts";
import { type OnBytes, unpacked } from "./unpacked.ts";

export type CsvOptions = CsvFormat & {
  /** Of the file, by its WHATWG name; where it is left out, what is no valid UTF-8 is read as GB 18030. */
  readonly encoding?: string;
  /** Bytes that are not of the encoding become U+FFFD, or end the reading with ERR_ENCODING_INVALID_ENCODED_DATA. */
  readonly wrongBytes?: "replaced" | "refused";
  readonly onBytes?: OnBytes;
  /** Hears the file's content as it is read, unpacked: for its hash. */
  readonly onContent?: (chunk: Uint8Array) => void;
};

const isUtf8 = (beginning: Uint8Array, whole: boolean): boolean => {
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(beginning, { stream: !whole });
    return true;
  } catch {
    return false;
  }
};

/** A file's text. UTF-8 where it is valid UTF-8, GB 18030 otherwise; a byte order mark is dropped. */
export const decodeText = (bytes: Uint8Array): string => new TextDecoder(isUtf8(bytes, true) ? "utf-8" : "gb18030").decode(bytes);

async function* decoded(bytes: AsyncIterable<Uint8Array>, options: CsvOptions): AsyncGenerator<string> {
  const { encoding, wrongBytes, onContent } = options;
  let decoder: InstanceType<typeof TextDecoder> | null = null;
  for await (const chunk of bytes) {
    onContent?.(chunk);
    // drops the byte order mark
    decoder ??= new TextDecoder(encoding ?? (isUtf8(chunk, false) ? "utf-8" : "gb18030"), { fatal: wrongBytes === "refused" });
    yield decoder.decode(chunk, { stream: true });
  }
  if (decoder) yield decoder.decode();
}

/**
 * Reads a CSV file as records, in batches, the heading being the first. Blank lines are passed over. In: the file's path.
 * Errors: those of the file system and of a broken archive.
 */
export async function* readCsv(file: string, options: CsvOptions = {}): AsyncGenerator<(CsvRecord | CsvFault)[]> {
  const { content } = await unpacked(file, options.onBytes);
  try {
    yield* csvRecords(decoded(content, options), options);
  } finally {
    content.destroy();
  }
}
