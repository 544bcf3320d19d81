// CSV out: what a spreadsheet opens without running it.

// A cell that begins like a formula is run by spreadsheets: an apostrophe before it makes it text. Plain numbers keep their sign.
const formula = /^[\s\p{Cc}]*[=+\-@|%＝＋－＠]/u;
const plainNumber = /^[+-]?\d+(?:\.\d+)?$/;
/** Whether a spreadsheet would run a cell's text, were it not told otherwise. */
export const startsLikeFormula = (text: string): boolean => formula.test(text) && !plainNumber.test(text);
const safeCell = (text: string): string => (startsLikeFormula(text) ? `'${text}` : text);

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

/** A whole table as text, byte order mark included. */
export const csvTable = (rows: readonly (readonly (string | number | null)[])[]): string =>
  CSV_BYTE_ORDER_MARK + rows.map(csvLine).join("");
