// Many rows written by one statement: they travel as one parameter, an array of the table's own row type, and PostgreSQL reads it
// in one pass. Beside one array a column a wide table costs about a third less, on both sides.
import type { Queryable } from "./database.ts";

/** What a column is given: text in PostgreSQL's own form where it is none of the others. Bytes become bytea, lists text[] or int[]. */
export type Cell = string | number | boolean | null | Buffer | readonly (string | number)[];

/** How rows of a table are made: every column of the table, in the table's order, with where it comes from. */
export type RowLayout<Row> = {
  readonly table: string;
  readonly columns: readonly (readonly [name: string, value: (row: Row) => Cell])[];
};

const SPECIAL = /["\\(){},\s]/;
const ESCAPED = /["\\]/g;
const quote = (text: string): string => `"${text.replace(ESCAPED, "\\$&")}"`;
const quoteWhereNeeded = (text: string): string => (text === "" || SPECIAL.test(text) ? quote(text) : text);

function cellText(cell: Cell): string {
  if (typeof cell === "string") return quoteWhereNeeded(cell);
  if (cell === null) return ""; // nothing between two commas is null; an empty text is `""`
  if (typeof cell === "number") return String(cell);
  if (typeof cell === "boolean") return cell ? "t" : "f";
  if (Buffer.isBuffer(cell)) return quote(`\\x${cell.toString("hex")}`);
  return quote(`{${cell.map((item) => (typeof item === "number" ? String(item) : quote(item))).join(",")}}`);
}

/** Rows as one text for a parameter of type `table[]`. */
export const rowsText = <Row>({ columns }: RowLayout<Row>, rows: readonly Row[]): string =>
  `{${rows.map((row) => quote(`(${columns.map(([, value]) => cellText(value(row))).join(",")})`)).join(",")}}`;

/** Adds rows to a table; nothing is sent where there are none. In: what happens to a row that is there already. */
export async function insertRows<Row>(
  tx: Queryable,
  layout: RowLayout<Row>,
  rows: readonly Row[],
  ifThere: "refuse" | "leave" = "refuse",
): Promise<void> {
  if (rows.length === 0) return;
  const { table } = layout;
  const text = `insert into ${table} select * from unnest($1::${table}[])${ifThere === "leave" ? " on conflict do nothing" : ""}`;
  await tx.prepared(`insert_${table}_or_${ifThere}`, text, [rowsText(layout, rows)]);
}
