// Tables from outside: columns by name in either language, every problem reported with its line and reason.
import type { Bilingual } from "../text.ts";

/** A data row as read from the file. `line` counts from 1, the header included. Keys are the header's texts. */
export type ImportRow = { readonly line: number; readonly values: Readonly<Record<string, string>> };
/** One thing wrong. Line 0 stands for the file as a whole. */
export type ImportProblem = {
  readonly line: number;
  readonly column: string | null;
  readonly reason: Bilingual;
};

export const problem = (line: number, column: string | null, zh: string, en: string): ImportProblem => ({
  line,
  column,
  reason: { zh, en },
});

export type ImportColumn = { readonly name: string; readonly aliases: readonly string[]; readonly required: boolean };

const plain = (text: string): string =>
  text
    .trim()
    .toLowerCase()
    .replaceAll(/[\s_-]/g, "");

/**
 * Matches the header to the columns. Out: a reader of trimmed cells by column name (empty cells and absent columns are
 * null), and the problems: a required column is missing, a column is unknown or given twice.
 */
export function readColumns(
  header: readonly string[],
  columns: readonly ImportColumn[],
): { problems: ImportProblem[]; has: (column: string) => boolean; cell: (row: ImportRow, column: string) => string | null } {
  const problems: ImportProblem[] = [];
  const found = new Map<string, string>();
  for (const text of header) {
    const column = columns.find((candidate) =>
      [candidate.name, ...candidate.aliases].some((name) => plain(name) === plain(text)),
    );
    if (!column)
      problems.push(
        problem(1, text.trim(), "不认识的列", `unknown column; known are ${columns.map((known) => known.name).join(", ")}`),
      );
    else if (found.has(column.name)) problems.push(problem(1, column.name, "列重复", "the column is given twice"));
    else found.set(column.name, text);
  }
  for (const column of columns)
    if (column.required && !found.has(column.name))
      problems.push(problem(1, column.name, "缺少必需的列", "a required column is missing"));
  return {
    problems,
    has: (column) => found.has(column),
    cell(row, column) {
      const text = found.get(column);
      const value = text === undefined ? "" : (row.values[text] ?? "").trim();
      return value === "" ? null : value;
    },
  };
}

/** What is wrong with a text that goes into one line of a table, or null. A cell must not begin a spreadsheet formula. */
export function lineProblem(line: number, column: string, value: string, longest: number): ImportProblem | null {
  if ([...value].length > longest) return problem(line, column, `超过 ${longest} 个字符`, `longer than ${longest} characters`);
  if (/\p{Cc}/u.test(value)) return problem(line, column, "含有控制字符", "contains a control character");
  if (/^[=+\-@]/.test(value)) return problem(line, column, "不能以 = + - @ 开头", "must not begin with = + - @");
  return null;
}
