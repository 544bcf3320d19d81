// Customers as a table for spreadsheets, with the headings an import reads: page by page, so that no size and no slow reader holds
// a transaction open. Who took what is recorded before the first row leaves.
import { Readable } from "node:stream";
import type { CustomerFilter, TableFormat } from "@bihuan/contract/customer.ts";
import {
  areaClassTitles,
  contactRelationTitles,
  customerCategoryTitles,
  importanceTitles,
  specialNeedTitles,
  voltageTitles,
} from "@bihuan/core/customer/codes.ts";
import { maskedFacts } from "@bihuan/core/customer/file/facts-change.ts";
import { type Facts, factFields } from "@bihuan/core/customer/file/facts.ts";
import { type FactColumn, factColumns } from "@bihuan/core/customer/import-facts.ts";
import { type ImportField, importFields } from "@bihuan/core/customer/import-row.ts";
import { maskAddress, maskName, maskPhone, unmaskReasonRefusal } from "@bihuan/core/identity/masking.ts";
import { nodesFor } from "@bihuan/core/identity/scope.ts";
import { type Refusal, refuse } from "@bihuan/core/refusal.ts";
import { type Actor, type AccessRecord, filterFacts, recordAccess } from "../../identity/access-log/commands.ts";
import { CSV_BYTE_ORDER_MARK, csvLine } from "../../platform/files/csv-line.ts";
import { type Cell, xlsxStream } from "../../platform/files/xlsx-write.ts";
import type { Download } from "../../platform/http/operations.ts";
import type { Platform } from "../../platform/platform.ts";
import { sql } from "../../platform/sql.ts";
import { type ContactRecord } from "../queries.ts";
import { type Editor, withinReach } from "../reach.ts";
import { type AccountFound, listAccounts, type Place } from "../search/search.ts";
import { maskCustomerName, todayAt } from "../view.ts";

const PAGE = 1000;
const facts = Object.keys(factColumns) as FactColumn[];
/** The columns of an export, in their order; an import reads them all. */
export const exportColumns = [
  "accountNo",
  "customer",
  "category",
  "voltage",
  "areaClass",
  "transformerArea",
  "transformerAreaName",
  "contacts",
  "address",
  "longitude",
  "latitude",
  "specialNeed",
  "importance",
  "unitCode",
  "customerNo",
  "manager",
  ...facts,
] as const satisfies readonly ImportField[];

/** The heading of a column in a language. */
export const headingOf = (field: ImportField, language: Language): string =>
  importFields[field].at(language === "zh" ? 0 : -1) as string;

export type Language = "zh" | "en";
export type CustomerExport = {
  readonly format: TableFormat;
  readonly filter: CustomerFilter;
  readonly unmaskReason?: string | undefined;
  readonly language: Language;
};

/** Exports what a filter finds where the caller may export; in full only where the caller may unmask too, with a reason. */
export async function exportCustomers(
  platform: Platform,
  editor: Editor,
  request: CustomerExport,
  actor: Actor,
): Promise<Download | Refusal> {
  const { db, time } = platform;
  const nowMs = time.nowMs();
  const { filter, unmaskReason: reason, language } = request;
  if (reason !== undefined) {
    const refused = unmaskReasonRefusal(reason);
    if (refused) return refused;
    if (nodesFor(editor.scope, editor.tree, "personal-data.unmask").length === 0)
      return refuse("permission.missing", { permission: "personal-data.unmask" });
  }
  const record: AccessRecord = { action: "EXPORTED", recordKind: "customer", facts: filterFacts(filter) };
  const seen: AccessRecord = { action: "PERSONAL_DATA_UNMASKED", recordKind: "customer", field: "export", reason: reason ?? "" };
  await recordAccess(db, nowMs, actor, reason === undefined ? record : [record, seen]);

  const permissions = ["customer.export", ...(reason === undefined ? [] : (["personal-data.unmask"] as const))] as const;
  const within = withinReach(editor, permissions, filter.unitId);
  const today = todayAt(editor.tree, editor.scope.homeUnitId, nowMs);
  async function* pages(): AsyncGenerator<Cell[][]> {
    let after: Place | null = null;
    for (;;) {
      const rows: AccountFound[] = await listAccounts(db, { terms: [], filter, within, after, limit: PAGE, today });
      const last = rows.at(-1);
      if (!last) return;
      const people = await contactsOf(platform, rows);
      const files = await filesOf(platform, rows);
      yield rows.map((row) =>
        line(editor, row, people.get(row.customerId) ?? [], files.get(row.customerId), reason !== undefined, language),
      );
      if (rows.length < PAGE) return;
      after = last;
    }
  }
  return tableDownload(request.format, `customers-${today}`, language, pages(), nowMs);
}

/** A table of customers as a file to keep: its headings, then the rows as they come. */
export function tableDownload(
  format: TableFormat,
  name: string,
  language: Language,
  rows: AsyncIterable<readonly (readonly Cell[])[]>,
  nowMs: number,
): Download {
  const head = exportColumns.map((field) => headingOf(field, language));
  if (format === "xlsx")
    return {
      body: xlsxStream({ name: language === "zh" ? "客户" : "Customers", head, rows }, nowMs),
      contentType: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
      fileName: `${name}.xlsx`,
    };
  async function* lines() {
    yield CSV_BYTE_ORDER_MARK + csvLine(head);
    for await (const batch of rows) yield batch.map(csvLine).join("");
  }
  return { body: Readable.from(lines()), fileName: `${name}.csv` };
}

type FileRecord = { readonly customerNo: string | null; readonly facts: Facts | null; readonly manager: string | null };

async function filesOf({ db }: Platform, rows: readonly AccountFound[]): Promise<Map<string, FileRecord>> {
  const files = await db.rows<FileRecord & { customerId: string }>(sql`
    select c.customer_id::text "customerId", c.customer_no "customerNo", c.facts, s.account manager
    from customer c
    left join customer_manager m on m.region_id = c.region_id and m.customer_id = c.customer_id and m.until is null
    left join staff s on s.staff_id = m.staff_id
    where c.region_id = any(${[...new Set(rows.map((row) => row.regionId))]}::smallint[])
      and c.customer_id = any(${[...new Set(rows.map((row) => row.customerId))]}::bigint[])`);
  return new Map(files.map((file) => [file.customerId, file]));
}

function factCells(known: Facts | null, full: boolean, language: Language): Record<FactColumn, Cell> {
  const shown = (known && (full ? known : maskedFacts(known))) as Readonly<Record<string, Cell>> | null;
  const cell = (column: FactColumn): Cell => {
    const value = shown?.[column] ?? null;
    const codes = known && factFields[known.kind][column]?.codes;
    if (typeof value === "boolean") return { zh: value ? "是" : "否", en: value ? "yes" : "no" }[language];
    return typeof value === "string" ? (codes?.[value]?.[language] ?? value) : value;
  };
  return Object.fromEntries(facts.map((column) => [column, cell(column)])) as Record<FactColumn, Cell>;
}

async function contactsOf({ db }: Platform, rows: readonly AccountFound[]): Promise<Map<string, ContactRecord[]>> {
  const contacts = await db.rows<ContactRecord & { customerId: string }>(sql`
    select customer_id::text "customerId", contact_no "contactId", name, phone, relation from customer_contact
    where region_id = any(${[...new Set(rows.map((row) => row.regionId))]}::smallint[])
      and customer_id = any(${[...new Set(rows.map((row) => row.customerId))]}::bigint[])
    order by customer_id, contact_no`);
  return Map.groupBy(contacts, (contact) => contact.customerId);
}

function line(
  { tree }: Editor,
  row: AccountFound,
  contacts: readonly ContactRecord[],
  file: FileRecord | undefined,
  full: boolean,
  language: Language,
): Cell[] {
  const hidden = (text: string | null, mask: (text: string) => string) => (text === null || full ? text : mask(text));
  const values: Record<(typeof exportColumns)[number], Cell> = {
    ...factCells(file?.facts ?? null, full, language),
    customerNo: file?.customerNo ?? null,
    manager: file?.manager ?? null,
    accountNo: row.accountNo,
    customer: hidden(row.customerName, (name) => maskCustomerName(name, [row.category])),
    category: customerCategoryTitles[row.category][language],
    voltage: row.voltage && voltageTitles[row.voltage][language],
    areaClass: areaClassTitles[row.areaClass][language],
    transformerArea: row.transformerArea?.code ?? null,
    transformerAreaName: row.transformerArea?.name ?? null,
    contacts: contacts
      .map(({ name, phone, relation }) =>
        [hidden(name, maskName), hidden(phone, maskPhone), contactRelationTitles[relation][language]]
          .filter((part) => part)
          .join("/"),
      )
      .join("; "),
    address: hidden(row.address, maskAddress),
    longitude: full ? (row.coordinates?.longitude ?? null) : null,
    latitude: full ? (row.coordinates?.latitude ?? null) : null,
    specialNeed: row.specialNeeds.map((kind) => specialNeedTitles[kind][language]).join("; "),
    importance: importanceTitles[row.importance][language],
    unitCode: tree.unit(row.unitId)?.code ?? null,
  };
  return exportColumns.map((column) => values[column]);
}
