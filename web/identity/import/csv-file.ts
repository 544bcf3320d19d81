// Reading a CSV file a person chose. Office programs in China still write GB 18030; UTF-8 is tried first because it fails loudly.

/** In: the file's bytes. Out: its text without a byte-order mark. */
export function decodeCsv(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("gb18030").decode(bytes);
  }
}

/** An address under which the browser keeps the lines as a file; the byte-order mark tells office programs that it is UTF-8. */
export const csvAddress = (lines: readonly string[]): string =>
  `data:text/csv;charset=utf-8,${encodeURIComponent(`\uFEFF${lines.join("\r\n")}\r\n`)}`;
