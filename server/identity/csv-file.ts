// Files people bring: UTF-8 or what Chinese spreadsheet programs save (GB 18030), comma, semicolon or tab.
import { type ImportProblem, type ImportRow, problem } from "@bihuan/core/identity/import-file.ts";
import { CsvError, parse } from "csv-parse/sync";
import { CSV_BYTE_ORDER_MARK, csvLine } from "../platform/files/csv.ts";

/** A file's text. UTF-8 where it is valid UTF-8, GB 18030 otherwise; a byte order mark is dropped. */
export function decodeText(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("gb18030").decode(bytes);
  }
}

/** Reads a table. Out: the header and the rows with their lines, or where the file is not well formed. Empty lines are skipped. */
export function readCsv(text: string): { header: string[]; rows: ImportRow[] } | { problems: ImportProblem[] } {
  const firstLine = text.slice(0, 2000).split(/\r?\n/, 1)[0] ?? "";
  const delimiter = [",", "\t", ";"].toSorted((a, b) => firstLine.split(b).length - firstLine.split(a).length)[0] as string;
  try {
    const records = parse(text.replace(/^\uFEFF/, ""), {
      bom: true,
      delimiter,
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
      trim: true,
    }) as unknown as { record: string[]; info: { lines: number } }[];
    const [head, ...body] = records;
    if (!head) return { problems: [problem(0, null, "文件是空的", "the file is empty")] };
    const header = head.record;
    const problems = body
      .filter(({ record }) => record.length > header.length)
      .map(({ info }) => problem(info.lines, null, `多于 ${header.length} 列`, `more than ${header.length} columns`));
    if (problems.length > 0) return { problems };
    const rows = body
      .filter(({ record }) => record.some((cell) => cell !== ""))
      .map(({ record, info }) => ({
        line: info.lines,
        values: Object.fromEntries(header.map((name, at) => [name, record[at] ?? ""])),
      }));
    return { header, rows };
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const line = typeof error["lines"] === "number" ? error["lines"] : 0;
    return { problems: [problem(line, null, "引号或分隔符不完整", "quotes or delimiters are not closed")] };
  }
}

/** A whole table as text, with the byte order mark that spreadsheet programs need to read UTF-8. No cell can act as a formula. */
export const csvTable = (rows: readonly (readonly (string | number | null)[])[]): string =>
  CSV_BYTE_ORDER_MARK + rows.map(csvLine).join("");
