// Customer files for tests, and what an import made of them.
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { after } from "node:test";
import { gzipSync } from "node:zlib";
import type { Platform } from "../../platform/platform.ts";
import { currentTree } from "../../identity/organisation/tree.ts";
import { type CustomerImportResult, importCustomers } from "../import/import-customers.ts";
import { CustomerMapping } from "../import/rows.ts";

export type ImportText = (
  text: string,
  options?: { mapping?: object; strict?: boolean; packed?: boolean; onProgress?: () => void },
) => Promise<CustomerImportResult>;

/** Imports CSV text through a file, as the command does. Call it at the top level: the folder goes with the test file. */
export async function importer(platform: Platform): Promise<ImportText> {
  const folder = await mkdtemp(path.join(tmpdir(), "bihuan-customers-"));
  after(() => rm(folder, { recursive: true, force: true }));
  return async (text, { mapping = {}, strict = false, packed = false, onProgress } = {}) => {
    const file = path.join(folder, "customers.csv");
    await writeFile(file, packed ? gzipSync(text) : text);
    return importCustomers(platform.db, {
      file,
      mapping: CustomerMapping.parse(mapping),
      organisation: await currentTree(platform),
      nowMs: platform.time.nowMs(),
      strict,
      ...(onProgress && { onProgress }),
    });
  };
}

/** A file with the given headings and rows. */
export const csv = (headings: readonly string[], ...rows: readonly (readonly string[])[]): string =>
  [headings, ...rows]
    .map((row) => `${row.map((cell) => (/[",\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(",")}\n`)
    .join("");
