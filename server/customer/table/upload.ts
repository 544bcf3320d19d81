// A table of customers sent from a browser: put aside whole, read as the command line reads one, and removed again.
import { createWriteStream } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { pipeline } from "node:stream/promises";
import { MOST_PROBLEMS, type TableImported, type TableProblem } from "@bihuan/contract/customer-table.ts";
import { type ImportField, importFields } from "@bihuan/core/customer/import-row.ts";
import { unitsReach } from "@bihuan/core/identity/scope.ts";
import { type Refusal, refuse } from "@bihuan/core/refusal.ts";
import type { FastifyRequest } from "fastify";
import { type Actor, recordAccess } from "../../identity/access-log/commands.ts";
import type { Platform } from "../../platform/platform.ts";
import { type CustomerImportResult, importCustomers } from "../import/import-customers.ts";
import { CustomerMapping, HeadingError, type RowProblem } from "../import/rows.ts";
import type { Editor } from "../reach.ts";

const MOST_BYTES = 256 * 1024 * 1024;

export type Upload = { readonly dryRun: boolean; readonly strict: boolean; readonly unitId?: number | undefined };

/** Imports the file of a request into the units where the caller may import and edit. Refused rows come back with their reasons. */
export async function importUpload(
  platform: Platform,
  editor: Editor,
  actor: Actor,
  upload: Upload,
  request: FastifyRequest,
): Promise<TableImported | Refusal> {
  const { tree, scope } = editor;
  const unit = upload.unitId === undefined ? null : tree.unit(upload.unitId);
  if (upload.unitId !== undefined && !unit?.active) return refuse("customer.unit-unknown", { unitId: upload.unitId });
  const edits = new Set(unitsReach(scope, tree, "customer.edit"));
  const reach = unitsReach(scope, tree, "import.run").filter((unitId) => edits.has(unitId));
  const folder = await mkdtemp(path.join(tmpdir(), "bihuan-import-"));
  try {
    const file = path.join(folder, "customers");
    const refused = await receive(request, file);
    if (refused) return refused;
    const result = await importCustomers(platform.db, {
      file,
      mapping: CustomerMapping.parse(unit ? { defaults: { unitCode: unit.code } } : {}),
      organisation: tree,
      nowMs: platform.time.nowMs(),
      strict: upload.strict,
      dryRun: upload.dryRun,
      reach,
    });
    if (result.loaded) {
      const { rows, accountsCreated: accounts, accountsChanged: changed } = result;
      await recordAccess(platform.db, platform.time.nowMs(), actor, {
        action: "DATA_IMPORTED",
        recordKind: "customer",
        facts: { kind: "customers", rows, accounts, changed },
      });
    }
    return told(result);
  } catch (error) {
    const unreadable = fileRefusal(error);
    if (unreadable) return unreadable;
    throw error;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function receive(request: FastifyRequest, file: string): Promise<Refusal | null> {
  const parts = request.files({ limits: { fileSize: MOST_BYTES } });
  const { value: part } = await parts.next();
  if (!part) return refuse("file.missing");
  const target = createWriteStream(file);
  await pipeline(part.file, target);
  if (part.file.truncated) return refuse("file.too-large", { limitBytes: MOST_BYTES });
  if (target.bytesWritten === 0) return refuse("file.empty");
  return (await parts.next()).done ? null : refuse("file.several");
}

// What is wrong with the file is the caller's to mend; what is wrong with us is not.
function fileRefusal(error: unknown): Refusal | null {
  if (error instanceof HeadingError) return refuse("customer.headings", { zh: error.text.zh, en: error.text.en });
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  return code === "EXLSX" || /^Z_[A-Z_]+$/.test(code)
    ? refuse("import.file-unreadable", { reason: (error as Error).message })
    : null;
}

const problem = ({ line, column, reason }: RowProblem): TableProblem => {
  const headings: readonly string[] | undefined = column === null ? undefined : importFields[column as ImportField];
  return {
    line,
    column: column === null ? null : { zh: headings?.[0] ?? column, en: headings?.at(-1) ?? column },
    reason,
  };
};

const told = ({ refused, remarks, ...result }: CustomerImportResult): TableImported => ({
  ...result,
  problems: refused.slice(0, MOST_PROBLEMS).map(problem),
  remarks: remarks.slice(0, MOST_PROBLEMS).map(problem),
});
