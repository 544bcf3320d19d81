// The rows an import did not load, in a file of their own: as they stood, with what is wrong, so that they can be mended and loaded.
import { createWriteStream } from "node:fs";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { CSV_BYTE_ORDER_MARK, csvLine } from "../../platform/files/csv-line.ts";
import type { CsvOptions } from "../../platform/files/csv.ts";
import { readTable } from "../../platform/files/table.ts";

export type Reject = { readonly line: number; readonly column: string | null; readonly reason: string };

const added = { zh: ["行号", "列", "原因"], en: ["line", "column", "reason"] } as const;
const namesOfAdded = new Set(Object.values(added).map((names) => names.join()));

/**
 * Writes a file of rejects. In: where to, the file that was read and how, and the rejects by line; a row may have several. Out: the
 * file's own headings and rows, then line, columns and reasons. A row that cannot be read as cells keeps only those.
 */
export async function writeRejects(
  target: string,
  source: { readonly file: string; readonly options: CsvOptions },
  rejects: readonly Reject[],
  language: "zh" | "en",
): Promise<void> {
  const byLine = Map.groupBy(rejects, ({ line }) => line);
  const between = language === "zh" ? "；" : "; ";
  async function* lines() {
    let width: number | null = null;
    for await (const records of readTable(source.file, source.options)) {
      let text = "";
      for (const record of records) {
        const cells = "cells" in record ? record.cells : [];
        if (width === null) {
          // A file of rejects that was mended and is read again already has the three columns.
          width = namesOfAdded.has(cells.slice(-3).join()) ? cells.length - 3 : cells.length;
          text += CSV_BYTE_ORDER_MARK + csvLine([...cells.slice(0, width), ...added[language]]);
          continue;
        }
        const found = byLine.get(record.line);
        if (!found) continue;
        const row = Array.from({ length: width }, (_, index) => cells[index] ?? "");
        const columns = new Set(found.flatMap(({ column }) => column ?? []));
        text += csvLine([...row, record.line, [...columns].join(between), found.map(({ reason }) => reason).join(between)]);
      }
      if (text !== "") yield text;
    }
  }
  await pipeline(Readable.from(lines()), createWriteStream(target));
}
