// Customers as a table that is read: a file from a browser, checked first if one likes, and the template to fill in.
import { z } from "zod";
import { TableFormat } from "./customer.ts";
import { defineOperation } from "./operation.ts";
import { Bilingual, WholeText } from "./text.ts";

const CUSTOMER = "customer";
const count = z.int().min(0);
const yes = z
  .enum(["true", "false"])
  .default("false")
  .transform((value) => value === "true");

/** What is wrong with a row, or what of it was left out. Cells are not quoted: they may be personal. */
export const TableProblem = z.object({
  /** The first of the file being 1. */
  line: z.int(),
  /** The heading of the column; null for the row as a whole. */
  column: Bilingual.nullable(),
  reason: Bilingual,
});
export type TableProblem = z.infer<typeof TableProblem>;

/** The most problems an answer lists; all of them are counted. */
export const MOST_PROBLEMS = 2000;

export const TableImported = z
  .object({
    rows: count,
    /** False where nothing was kept: it was only checked, or a row was refused and all or nothing was asked for. */
    loaded: z.boolean(),
    refusedRows: count,
    /** Why rows were refused. */
    problems: z.array(TableProblem),
    remarks: z.array(TableProblem),
    customersCreated: count,
    accountsCreated: count,
    accountsChanged: count,
    accountsUnchanged: count,
    areasCreated: count,
    accountsMoved: count,
  })
  .meta({ id: "TableImported" });
export type TableImported = z.infer<typeof TableImported>;

export const customerTableOperations = {
  importCustomers: defineOperation({
    method: "POST",
    path: "/customers/import",
    summary: { zh: "导入客户清单（CSV 或 Excel）", en: "Import customers (CSV or Excel)" },
    tag: CUSTOMER,
    access: "import.run",
    consumes: "multipart/form-data",
    query: z.object({
      /** Tells what would happen, and keeps nothing. */
      dryRun: yes,
      /** Keeps nothing where a row is refused. */
      strict: yes,
      /** Answers for the rows that name no unit. */
      unitId: WholeText.optional(),
    }),
    response: TableImported,
    errors: [
      "import.file-unreadable",
      "customer.headings",
      "customer.unit-unknown",
      "file.missing",
      "file.empty",
      "file.too-large",
      "file.several",
    ],
  }),
  customerTemplate: defineOperation({
    method: "GET",
    path: "/customers/import/template",
    summary: { zh: "下载客户导入模板", en: "Download a template for importing customers" },
    tag: CUSTOMER,
    access: "customer.read",
    query: z.object({ format: TableFormat.default("xlsx") }),
    produces: "text/csv; charset=utf-8",
  }),
};
