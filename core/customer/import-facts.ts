// The facts of one row of a customer file: read by their fields, those of the other kind of customer left out.
import type { CustomerCategory } from "./codes.ts";
import { readCode } from "./codes.ts";
import { EnterpriseFacts, type FactField, type FactKind, FamilyFacts, factFields } from "./file/facts.ts";
import type { Bilingual } from "../text.ts";

/** The columns facts stand in, each with the headings it is recognised by. */
export const factColumns = {
  members: ["家庭人口", "household_members"],
  elderly: ["老人数", "elderly"],
  children: ["儿童数", "children"],
  occupancy: ["居住情况", "occupancy"],
  language: ["沟通语言", "language"],
  chargingPost: ["充电桩", "charging_post"],
  photovoltaic: ["屋顶光伏", "photovoltaic"],
  creditCode: ["统一社会信用代码", "信用代码", "credit_code"],
  legalRepresentative: ["法定代表人", "法人", "legal_representative"],
  industry: ["行业", "行业类别", "industry"],
  loadClass: ["负荷性质", "load_class"],
  shiftPattern: ["生产班次", "shift_pattern"],
  contractKva: ["合同容量", "合同容量（kVA）", "contract_kva"],
  ownSource: ["自备电源", "own_source"],
  ownSourceKw: ["自备电源容量", "自备电源容量（kW）", "own_source_kw"],
  emergencyContact: ["应急联系人", "emergency_contact"],
  emergencyPhone: ["应急电话", "emergency_phone"],
  callTime: ["方便联系时段", "call_time"],
} as const satisfies Record<string, readonly string[]>;
export type FactColumn = keyof typeof factColumns;
const columns = Object.keys(factColumns) as FactColumn[];

/** Facts as a file states them: what it says nothing of is left out, and stays as it is on file. */
export type ImportedFacts = { readonly kind: FactKind } & Readonly<Record<string, string | number | boolean>>;

const reasons = {
  otherKind: { zh: "与该用电类别无关，已略过", en: "Not for customers of this category; left out" },
  value: { zh: "不是有效的取值，已略过", en: "Not a valid value; left out" },
} as const satisfies Record<string, Bilingual>;

const yes = new Set(["是", "有", "y", "yes", "true", "1"]);
const no = new Set(["否", "无", "n", "no", "false", "0"]);

function plain(field: FactField, text: string): string | number | boolean | null {
  switch (field.input) {
    case "yes-no":
      return yes.has(text.toLowerCase()) ? true : no.has(text.toLowerCase()) ? false : null;
    case "code":
      return readCode(field.codes ?? {}, text);
    case "count":
    case "number": {
      const value = Number(text.replaceAll(",", ""));
      return Number.isFinite(value) ? value : null;
    }
    case "text":
      return text;
  }
}

/** Which kind of facts a category has. */
export const factKindOf = (category: CustomerCategory): FactKind => (category === "RESIDENT" ? "FAMILY" : "ENTERPRISE");

/**
 * Reads the facts of a row. In: its category, what its cells say, and whom to tell of cells that were left out. Out: the facts it
 * states; null where none.
 */
export function readImportFacts(
  category: CustomerCategory,
  cell: (column: FactColumn) => string,
  leaveOut: (column: FactColumn, reason: Bilingual) => void,
): ImportedFacts | null {
  const kind = factKindOf(category);
  const schema = kind === "FAMILY" ? FamilyFacts : EnterpriseFacts;
  const stated: Record<string, string | number | boolean> = {};
  for (const column of columns) {
    const text = cell(column);
    if (text === "") continue;
    const field = factFields[kind][column];
    if (!field) {
      leaveOut(column, reasons.otherKind);
      continue;
    }
    const value = plain(field, text);
    const parsed = value === null ? null : schema.safeParse({ kind, [column]: value });
    const read = parsed?.success ? (parsed.data as Readonly<Record<string, unknown>>)[column] : null;
    if (typeof read === "string" || typeof read === "number" || typeof read === "boolean") stated[column] = read;
    else leaveOut(column, reasons.value);
  }
  return Object.keys(stated).length === 0 ? null : { ...stated, kind };
}
