// Tables people send: CSV, or the Excel workbook they keep it in. Which of the two a file is, its content says.
import { open } from "node:fs/promises";
import { type CsvOptions, readCsv } from "./csv.ts";
import type { CsvFault, CsvRecord } from "./csv-records.ts";
import { readXlsx } from "./xlsx-read.ts";

const ZIP = "PK\x03\x04";

async function isWorkbook(file: string): Promise<boolean> {
  const handle = await open(file, "r");
  const head = Buffer.alloc(4);
  await handle.read(head, 0, 4, 0).finally(() => handle.close());
  return head.toString("latin1") === ZIP;
}

/** Reads a table as records, in batches, the heading being the first. Of a workbook the first sheet; `options` are about CSV. */
export async function* readTable(file: string, options: CsvOptions = {}): AsyncGenerator<(CsvRecord | CsvFault)[]> {
  yield* (await isWorkbook(file)) ? readXlsx(file, options.onBytes) : readCsv(file, options);
}
