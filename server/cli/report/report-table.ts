// A table for people: columns aligned also where Chinese characters take two cells of the terminal.

const wide =
  /[\u1100-\u115F\u2E80-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6]|[\u{20000}-\u{3FFFD}]/u;

/** Cells of the terminal a text takes. */
export const textWidth = (text: string): number => [...text].reduce((sum, character) => sum + (wide.test(character) ? 2 : 1), 0);

export type Cell = string | number | null;

const shown = (cell: Cell): string =>
  cell === null ? "–" : typeof cell === "number" ? cell.toLocaleString("en", { maximumFractionDigits: 6 }) : cell;

/** Draws a table. Numbers stand to the right. */
export function textTable(header: readonly string[], rows: readonly (readonly Cell[])[]): string {
  const texts = [header, ...rows.map((row) => row.map(shown))];
  const widths = header.map((_, column) => Math.max(...texts.map((row) => textWidth(row[column] ?? ""))));
  const right = header.map((_, column) => rows.some((row) => typeof row[column] === "number"));
  return texts
    .map((row) =>
      row
        .map((text, column) => {
          const gap = " ".repeat((widths[column] as number) - textWidth(text));
          return right[column] ? `${gap}${text}` : `${text}${gap}`;
        })
        .join("  ")
        .trimEnd(),
    )
    .join("\n")
    .concat("\n");
}
