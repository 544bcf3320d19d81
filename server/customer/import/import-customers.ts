// Import of a customer file: one transaction, every refused row reported, the same file twice changes nothing the second time.
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { OrganisationTree, Unit } from "@bihuan/core/identity/organisation.ts";
import { from as copyFrom } from "pg-copy-streams";
import type { Database, Tx } from "../../platform/database.ts";
import { raw, sql } from "../../platform/sql.ts";
import { customersToRefresh, dropSearchIndexOfEmptyTable, type Merged, mergeChunk } from "./merge.ts";
import { type CustomerMapping, type ReadRow, readCustomerRows, type RowProblem } from "./rows.ts";
import { clearChunk, createStage, refuseContradictions, resolveCustomers, stagedColumns } from "./stage.ts";
import { accountSearchIndex, refreshSearchIndex } from "../search/search-index.ts";

export type CustomerImport = {
  readonly file: string;
  readonly mapping: CustomerMapping;
  readonly organisation: OrganisationTree;
  readonly nowMs: number;
  /** Refused rows make the whole import fail: nothing is loaded. */
  readonly strict?: boolean;
  /** Tells what would happen and keeps nothing. */
  readonly dryRun?: boolean;
  /** The units whose customers may be touched; left out, all of them. */
  readonly reach?: readonly number[];
  /** Hears of rows that were read, and how many bytes of the file that makes so far. */
  readonly onProgress?: (progress: { rows: number; bytes: number }) => void;
};

export type CustomerImportResult = {
  readonly rows: number;
  readonly loaded: boolean;
  readonly refusedRows: number;
  /** Every reason, by line; a row may have several. */
  readonly refused: readonly RowProblem[];
  /** Cells left out of rows that were loaded. */
  readonly remarks: readonly RowProblem[];
} & Merged & { readonly accountsUnchanged: number };

const LOCK = 7236_0005; // one import of customers at a time
// Smaller chunks spend their time on round trips, larger ones their memory on what waits.
const CHUNK_ROWS = 20_000;
const nothing = { customersCreated: 0, accountsCreated: 0, accountsChanged: 0, areasCreated: 0, accountsMoved: 0 };

class Abandoned extends Error {}

/**
 * Loads a customer file. Rows are matched by region and account number: new ones are added, known ones changed where the file says
 * something else, the rest is not touched. Errors: HeadingError, file errors; nothing is kept then.
 */
export async function importCustomers(db: Database, request: CustomerImport): Promise<CustomerImportResult> {
  const refused: RowProblem[] = [];
  const remarks: RowProblem[] = [];
  let rows = 0;
  let merged = { ...nothing };
  let loaded = true;
  const staff = await staffByWord(db);
  const reach = request.reach ?? null;
  const work = async (tx: Tx) => {
    // A transaction may be tried again: what an earlier attempt found is forgotten.
    refused.length = remarks.length = rows = 0;
    merged = { ...nothing };
    await tx.run(sql`select pg_advisory_xact_lock(${LOCK})`);
    await tx.run(sql`select set_config('work_mem', '64MB', true), set_config('maintenance_work_mem', '256MB', true)`);
    await createStage(tx);
    // Edits of customers wait until the file is in; reading goes on.
    await tx.run(sql`lock table transformer_area, customer, customer_account, customer_contact in share row exclusive mode`);
    const searchIndex = await dropSearchIndexOfEmptyTable(tx);
    for await (const chunk of oneAhead(chunks(request, staff))) {
      rows += chunk.rows;
      refused.push(...chunk.refused);
      remarks.push(...chunk.remarks);
      if (chunk.staged.length === 0) continue;
      await copyIn(tx, chunk.staged);
      // The chunks are alike: the first one's statistics serve all.
      if (rows === chunk.rows) await tx.run(sql`analyze import_row`);
      refused.push(...(await refuseContradictions(tx)), ...(await resolveCustomers(tx, request.nowMs, reach)));
      const written = await mergeChunk(tx, request.nowMs);
      for (const key of Object.keys(merged) as (keyof Merged)[]) merged[key] += written[key];
      // Without figures the tables count as empty, and the next chunk's rows would each be sought by their region alone.
      if (searchIndex !== null && rows === chunk.rows)
        await tx.run(
          sql`analyze customer (region_id, customer_id, customer_no), customer_account (region_id, account_no, customer_id)`,
        );
      await clearChunk(tx);
    }
    if (request.dryRun || (request.strict && refused.length > 0)) throw new Abandoned();
    if (searchIndex !== null) await tx.run(sql`${raw(searchIndex)}`);
    for (const { regionId, customerIds } of await customersToRefresh(tx)) await refreshSearchIndex(tx, regionId, customerIds);
  };
  try {
    await db.transaction(work);
  } catch (error) {
    if (!(error instanceof Abandoned)) throw error;
    loaded = false;
  }
  if (loaded && merged.accountsCreated + merged.accountsChanged > 1000)
    await db.run(sql`analyze customer, customer_account, customer_contact, transformer_area`);
  const byLine = (a: RowProblem, b: RowProblem) => a.line - b.line;
  const refusedRows = new Set(refused.map(({ line }) => line)).size;
  return {
    rows,
    loaded,
    refusedRows,
    refused: refused.toSorted(byLine),
    remarks: remarks.toSorted(byLine),
    ...merged,
    accountsUnchanged: loaded || request.dryRun ? rows - refusedRows - merged.accountsCreated - merged.accountsChanged : 0,
  };
}

type Chunk = {
  rows: number;
  readonly refused: RowProblem[];
  readonly remarks: RowProblem[];
  /** Lines as COPY takes them, some hundred to a text. */
  readonly staged: string[];
};

/** The file in chunks of some ten thousand rows. */
async function* chunks(request: CustomerImport, staff: ReadonlyMap<string, number>): AsyncGenerator<Chunk> {
  const { organisation, mapping } = request;
  const reach = request.reach && new Set(request.reach);
  const units = new Map(organisation.units.map((unit) => [unit.code, unit]));
  const empty = (): Chunk => ({ rows: 0, refused: [], remarks: [], staged: [] });
  let chunk = empty();
  let bytes = 0;
  const batches = readCustomerRows(request.file, mapping, (read) => {
    bytes += read;
  });
  for await (const batch of batches) {
    chunk.rows += batch.rows.length + new Set(batch.refused.map(({ line }) => line)).size;
    chunk.refused.push(...batch.refused);
    chunk.remarks.push(...batch.remarks);
    let text = "";
    for (const read of batch.rows) {
      const unit = read.row.unitCode === null ? undefined : units.get(read.row.unitCode);
      if (unit?.active && (reach?.has(unit.unitId) ?? true)) {
        const managerId = read.row.manager === null ? null : (staff.get(read.row.manager.toLowerCase()) ?? null);
        if (read.row.manager !== null && managerId === null)
          chunk.remarks.push({ line: read.line, column: "manager", reason: managerUnknown });
        text += stagedLine(read, unit, organisation.areaClassOf(unit.unitId), managerId);
      } else if (unit?.active) chunk.refused.push({ line: read.line, column: "unitCode", reason: unitBeyondReach });
      else chunk.refused.push({ line: read.line, column: "unitCode", reason: unitReason(read.row.unitCode) });
    }
    if (text !== "") chunk.staged.push(text);
    request.onProgress?.({ rows: batch.rows.length, bytes });
    if (chunk.rows < CHUNK_ROWS) continue;
    yield chunk;
    chunk = empty();
  }
  yield chunk;
}

/** Asks for the next item while the present one is being worked on, so that reading and the database run side by side. */
async function* oneAhead<Item>(source: AsyncGenerator<Item>): AsyncGenerator<Item> {
  let next = source.next();
  try {
    for (;;) {
      const { done, value } = await next;
      if (done) return;
      next = source.next();
      next.catch(() => undefined); // told when it is awaited
      yield value;
    }
  } finally {
    await next.catch(() => undefined);
    await source.return(undefined);
  }
}

const copyIn = (tx: Tx, texts: readonly string[]): Promise<void> =>
  pipeline(
    Readable.from(texts.map((text) => Buffer.from(text))),
    tx.client.query(copyFrom(`copy import_row (${stagedColumns.join(", ")}) from stdin`)),
  );

// People by what a file may call them: their account, or their name where only one at work has it.
async function staffByWord(db: Database): Promise<ReadonlyMap<string, number>> {
  const people = await db.rows<{ staffId: number; account: string; name: string }>(sql`
    select staff_id "staffId", lower(account) account, lower(name) "name" from staff where active`);
  const names = Map.groupBy(people, ({ name }) => name);
  const named = [...names].flatMap(([name, [person, another]]) => (person && !another ? [[name, person.staffId] as const] : []));
  return new Map([...named, ...people.map(({ account, staffId }) => [account, staffId] as const)]);
}

const managerUnknown = {
  zh: "没有这位在岗人员（填账号；同名时不可只填姓名），已略过",
  en: "Nobody at work has this account or, alone, this name; left out",
};
const unitBeyondReach = { zh: "该单位在您的权限以外", en: "The unit is beyond your reach" };
const unitReason = (code: string | null) =>
  code === null
    ? { zh: "缺少单位编码；可用 --unit 指定", en: "The unit code is missing; --unit can give one" }
    : { zh: "单位编码不存在或已停用", en: "The unit code does not exist or is inactive" };

// The text format of COPY.
const escapes: Readonly<Record<string, string>> = { "\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r" };
const cell = (value: string | number | null): string =>
  value === null
    ? "\\N"
    : typeof value === "number"
      ? String(value)
      : value.replace(/[\\\t\n\r]/g, (character) => escapes[character] as string);
const tokens = (values: readonly string[]): string => `{"${values.join('","')}"}`; // letters, digits, …, ~ and _ only
const list = (values: readonly (string | null)[]): string =>
  cell(`{${values.map((value) => (value === null ? "NULL" : `"${value.replace(/["\\]/g, "\\$&")}"`)).join(",")}}`);

function stagedLine({ line, row }: ReadRow, unit: Unit, unitAreaClass: string | null, managerId: number | null): string {
  const index = accountSearchIndex({ ...row, customerName: row.customer });
  const cells = [
    String(line),
    String(unit.regionId),
    cell(row.accountNo),
    cell(row.customerNo),
    cell(row.customer),
    cell(row.importance),
    String(unit.unitId),
    row.category,
    cell(row.voltage),
    cell(row.areaClass),
    cell(unitAreaClass),
    cell(row.transformerArea?.code ?? null),
    cell(row.transformerArea?.name ?? null),
    cell(row.address),
    cell(row.coordinates?.longitude ?? null),
    cell(row.coordinates?.latitude ?? null),
    list(row.contacts.map((contact) => contact.name)),
    list(row.contacts.map((contact) => contact.phone)),
    list(row.contacts.map((contact) => contact.relation)),
    list(row.specialNeeds.map((need) => need.kind)),
    list(row.specialNeeds.map((need) => need.note)),
    cell(managerId),
    cell(row.facts && JSON.stringify(row.facts)),
    cell(row.arrears && String(row.arrears.owed)),
    cell(row.arrears?.owed ? row.arrears.since : null),
    cell(row.arrears?.owed ? row.arrears.fen : null),
    tokens(index.tokens),
    cell(index.text),
  ];
  return `${cells.join("\t")}\n`;
}
