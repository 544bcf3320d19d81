// The table of an import: its heading names the columns of every row.
import { type ImportProblem, type ImportRow, problem } from "@bihuan/core/identity/import-file.ts";
import { recordsOf } from "../platform/files/csv-records.ts";

/** Reads CSV text. Out: the header and the rows with their lines, or where the text is not well formed. Empty lines are skipped. */
export function readTable(text: string): { header: readonly string[]; rows: ImportRow[] } | { problems: ImportProblem[] } {
  const [head, ...body] = recordsOf(text.replace(/^\uFEFF/, ""), { trim: true });
  if (!head) return { problems: [problem(0, null, "文件是空的", "the file is empty")] };
  const header = "cells" in head ? head.cells : [];
  const problems = [head, ...body].flatMap((record) => {
    if ("fault" in record) return [problem(record.line, null, "引号或分隔符不完整", "quotes or delimiters are not closed")];
    if (record.cells.length <= header.length || header.length === 0) return [];
    return [problem(record.line, null, `多于 ${header.length} 列`, `more than ${header.length} columns`)];
  });
  if (problems.length > 0) return { problems };
  const rows = body.flatMap((record) => {
    if (!("cells" in record) || record.cells.every((cell) => cell === "")) return [];
    const { line, cells } = record;
    return [{ line, values: Object.fromEntries(header.map((name, at) => [name, cells[at] ?? ""])) }];
  });
  return { header, rows };
}
