// A customer file as rows: headings are matched to fields, cells are read, what cannot be read is reported by line.
import {
  type CellProblem,
  type ImportCells,
  type ImportedRow,
  type ImportField,
  importFields,
  readImportRow,
  requiredFields,
} from "@bihuan/core/customer/import-row.ts";
import type { Bilingual } from "@bihuan/contract/text.ts";
import { z } from "zod";
import type { CsvOptions } from "../../platform/files/csv.ts";
import { readTable } from "../../platform/files/table.ts";

const fields = Object.keys(importFields) as [ImportField, ...ImportField[]];
const FieldName = z.enum(fields);

/** What a mapping file (YAML) may say. Everything is optional: without one, the headings are recognised by themselves. */
export const CustomerMapping = z.strictObject({
  /** Recognised by itself where left out, as is the delimiter. */
  encoding: z.enum(["utf-8", "gb18030"]).optional(),
  delimiter: z.string().length(1).optional(),
  /** The file's heading of each field. Fields that are not named are recognised by their usual headings. */
  columns: z.partialRecord(FieldName, z.string().min(1)).default({}),
  /** What the file's words mean: `{ category: { 城镇居民生活用电: RESIDENT } }`. */
  values: z.partialRecord(FieldName, z.record(z.string(), z.string())).default({}),
  /** What an empty or absent cell stands for: `{ unitCode: "430102" }`. */
  defaults: z.partialRecord(FieldName, z.string().min(1)).default({}),
});
export type CustomerMapping = z.infer<typeof CustomerMapping>;

export type RowProblem = { readonly line: number; readonly column: string | null; readonly reason: Bilingual };
export type ReadRow = { readonly line: number; readonly row: ImportedRow };
export type RowBatch = { readonly rows: ReadRow[]; readonly refused: RowProblem[]; readonly remarks: RowProblem[] };

/** The heading row lacks what every file must have, or names a column twice. */
export class HeadingError extends Error {
  override name = "HeadingError";
  readonly text: Bilingual;
  constructor(text: Bilingual) {
    super(text.en);
    this.text = text;
  }
}

const unmatched: Bilingual = { zh: "引号不成对，该行无法读取", en: "Quotes do not match; the line cannot be read" };
const surplus: Bilingual = { zh: "单元格多于表头", en: "More cells than headings" };

/** How a mapping says its file is written. */
export const csvOptions = ({ encoding, delimiter }: CustomerMapping): CsvOptions => ({
  ...(encoding && { encoding }),
  ...(delimiter && { delimiter }),
});

/** Reads a customer file. In: path and mapping. Out: batches of rows and problems. Errors: {@link HeadingError}, file errors. */
export async function* readCustomerRows(
  file: string,
  mapping: CustomerMapping,
  onBytes?: (bytes: number) => void,
): AsyncGenerator<RowBatch> {
  let columns: (ImportField | null)[] | null = null;
  const options = { ...csvOptions(mapping), ...(onBytes && { onBytes }) };
  for await (const records of readTable(file, options)) {
    const batch: RowBatch = { rows: [], refused: [], remarks: [] };
    for (const record of records) {
      if ("fault" in record) batch.refused.push({ line: record.line, column: null, reason: unmatched });
      else if (columns === null) columns = readHeadings(record.cells, mapping);
      else readRecord(record.line, record.cells, columns, mapping, batch);
    }
    yield batch;
  }
  if (columns === null) throw new HeadingError({ zh: "文件是空的", en: "The file is empty" });
}

const heading = (text: string) =>
  text
    .normalize("NFKC")
    .trim()
    .toLowerCase()
    .replace(/[\s_]+/g, "_");

/** Which field each column holds; null for columns that are not ours. */
function readHeadings(cells: readonly string[], mapping: CustomerMapping): (ImportField | null)[] {
  const columns: (ImportField | null)[] = cells.map(() => null);
  for (const field of fields) {
    const wanted = mapping.columns[field] === undefined ? importFields[field].map(heading) : [heading(mapping.columns[field])];
    const found = cells.flatMap((cell, index) => (wanted.includes(heading(cell)) ? [index] : []));
    if (found.length > 1)
      throw new HeadingError({
        zh: `表头重复：${cells[found[1] as number]}`,
        en: `Heading stands twice: ${cells[found[1] as number]}`,
      });
    if (found[0] !== undefined) columns[found[0]] = field;
    else if (mapping.columns[field] !== undefined)
      throw new HeadingError({
        zh: `文件中没有映射所指的列：${mapping.columns[field]}`,
        en: `The file has no column ${mapping.columns[field]}, which the mapping names`,
      });
  }
  const missing = requiredFields.filter((field) => !columns.includes(field) && mapping.defaults[field] === undefined);
  if (missing.length > 0) {
    const names = (language: 0 | -1) => missing.map((field) => importFields[field].at(language)).join(", ");
    throw new HeadingError({ zh: `文件缺少列：${names(0)}`, en: `The file lacks columns: ${names(-1)}` });
  }
  return columns;
}

function readRecord(
  line: number,
  cells: readonly string[],
  columns: readonly (ImportField | null)[],
  mapping: CustomerMapping,
  batch: RowBatch,
) {
  if (cells.length > columns.length) {
    batch.refused.push({ line, column: null, reason: surplus });
    return;
  }
  const named: Partial<Record<ImportField, string>> = { ...mapping.defaults };
  for (const [index, field] of columns.entries()) {
    const text = cells[index];
    if (field !== null && text !== undefined && text.trim() !== "") named[field] = text;
  }
  const read = readImportRow(named satisfies ImportCells, mapping.values);
  const place = ({ column, reason }: CellProblem): RowProblem => ({ line, column, reason });
  if ("problems" in read) {
    batch.refused.push(...read.problems.map(place));
    return;
  }
  batch.rows.push({ line, row: read.row });
  batch.remarks.push(...read.remarks.map(place));
}
