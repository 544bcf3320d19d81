// One row of a customer file, read: a customer with one account, or everything that is wrong with it.
import type { AreaClass } from "../identity/organisation.ts";
import {
  areaClassTitles,
  type ContactRelation,
  type CustomerCategory,
  contactRelationTitles,
  customerCategoryTitles,
  type Importance,
  importanceTitles,
  readCode,
  type SpecialNeedKind,
  specialNeedTitles,
  type Voltage,
  voltageTitles,
} from "./codes.ts";
import { AccountNo, Address, type Coordinates, CustomerName, CustomerNo, TransformerAreaCode, tidy } from "./customer.ts";
import { arrearsColumns, type ImportedArrears, readArrears } from "./import-arrears.ts";
import { factColumns, type ImportedFacts, readImportFacts } from "./import-facts.ts";
import { normalisePhone } from "./phone.ts";
import type { Bilingual } from "../text.ts";

/** The columns a file may have, each with the headings it is recognised by when no mapping names another. */
export const importFields = {
  customer: ["户名", "客户名称", "customer", "customer_name"],
  customerNo: ["客户编号", "customer_no"],
  accountNo: ["户号", "用户编号", "account_no", "account_number"],
  category: ["用电类别", "客户类别", "category"],
  voltage: ["电压等级", "供电电压", "voltage"],
  areaClass: ["区域类别", "城乡类别", "area_class"],
  transformerArea: ["台区编号", "台区编码", "transformer_area"],
  transformerAreaName: ["台区名称", "transformer_area_name"],
  contacts: ["联系人", "contacts"],
  phone: ["联系电话", "电话", "phone"],
  address: ["用电地址", "地址", "address"],
  coordinates: ["坐标", "coordinates"],
  longitude: ["经度", "longitude"],
  latitude: ["纬度", "latitude"],
  specialNeed: ["特殊需求", "special_need"],
  importance: ["重要等级", "importance"],
  unitCode: ["单位编码", "责任单位", "unit_code"],
  manager: ["客户经理", "客户经理账号", "manager"],
  ...arrearsColumns,
  ...factColumns,
} as const satisfies Record<string, readonly string[]>;
export type ImportField = keyof typeof importFields;
export const requiredFields = ["customer", "accountNo", "category"] as const satisfies readonly ImportField[];

export type ImportCells = Readonly<Partial<Record<ImportField, string>>>;
/** What a file's own words mean, by field: `{ category: { 城镇居民生活: "RESIDENT" } }`. */
export type ImportValues = Readonly<Partial<Record<ImportField, Readonly<Record<string, string>>>>>;

export type ImportedContact = { readonly name: string | null; readonly phone: string; readonly relation: ContactRelation };
export type ImportedNeed = { readonly kind: SpecialNeedKind; readonly note: string | null };

/** Null where the file says nothing: what is known already stays. */
export type ImportedRow = {
  readonly customer: string;
  readonly customerNo: string | null;
  readonly accountNo: string;
  readonly category: CustomerCategory;
  readonly voltage: Voltage | null;
  readonly areaClass: AreaClass | null;
  readonly transformerArea: { readonly code: string; readonly name: string | null } | null;
  readonly contacts: readonly ImportedContact[];
  readonly address: string | null;
  readonly coordinates: Coordinates | null;
  readonly specialNeeds: readonly ImportedNeed[];
  readonly importance: Importance | null;
  readonly unitCode: string | null;
  /** The account of the manager, or his name. */
  readonly manager: string | null;
  readonly facts: ImportedFacts | null;
  readonly arrears: ImportedArrears | null;
};

/** `column` is the field. The cell itself is not quoted: reports are passed on, and it may be personal. */
export type CellProblem = { readonly column: ImportField; readonly reason: Bilingual };

const reasons = {
  missing: { zh: "缺少内容", en: "Missing" },
  masked: { zh: "为空、过长或含脱敏符号 *", en: "Empty, too long, or masked with *" },
  accountNo: { zh: "不是 4 至 32 位数字或字母", en: "Not 4 to 32 digits or letters" },
  customerNo: { zh: "不是 32 位以内的数字或字母", en: "Not up to 32 digits or letters" },
  code: { zh: "不认识的取值；可在映射文件的 values 中说明", en: "Unknown value; the mapping's `values` can explain it" },
  area: { zh: "台区编号过长（至多 40 字）", en: "The code is longer than 40 characters" },
  phone: { zh: "不是可拨打的电话号码，已略过", en: "Not a telephone number one could call; left out" },
  contact: { zh: "没有可拨打的电话号码，已略过", en: "Holds no telephone number one could call; left out" },
  coordinates: { zh: "不是有效的经纬度，已略过", en: "Not a longitude and latitude; left out" },
} as const satisfies Record<string, Bilingual>;

// How utilities' own exports put the area classes.
const areaClassWords: Readonly<Record<string, AreaClass>> = {
  城市: "URBAN",
  城镇: "URBAN",
  乡村: "RURAL",
  边远: "REMOTE",
  特殊边远地区: "REMOTE",
  偏远: "REMOTE",
};

/**
 * Reads one row. In: its cells by field, and what the file's own words mean. Out: the row with remarks on cells that were left
 * out (a telephone nobody can call is no reason to lose the customer), or every reason why it is refused.
 */
export function readImportRow(
  cells: ImportCells,
  values: ImportValues = {},
): { row: ImportedRow; remarks: CellProblem[] } | { problems: CellProblem[] } {
  const problems: CellProblem[] = [];
  const remarks: CellProblem[] = [];
  const cell = (field: ImportField): string => {
    const text = cells[field]?.trim() ?? "";
    return text === "" ? "" : (values[field]?.[text] ?? text);
  };
  const refuse = (column: ImportField, reason: Bilingual): null => {
    problems.push({ column, reason });
    return null;
  };
  const parsed = (
    field: ImportField,
    schema: { safeParse(text: string): { data?: string | undefined } },
    reason: Bilingual,
    needed = false,
  ) => {
    const text = cell(field);
    if (text === "") return needed ? refuse(field, reasons.missing) : null;
    return schema.safeParse(text).data ?? refuse(field, reason);
  };
  const code = <Code extends string>(
    field: ImportField,
    titles: Readonly<Record<Code, Bilingual>>,
    needed = false,
  ): Code | null => {
    const text = cell(field);
    if (text === "") return needed ? refuse(field, reasons.missing) : null;
    return readCode(titles, text) ?? refuse(field, reasons.code);
  };

  const areaCode = parsed("transformerArea", TransformerAreaCode, reasons.area);
  const areaText = cell("areaClass");
  const row = {
    customer: parsed("customer", CustomerName, reasons.masked, true),
    customerNo: parsed("customerNo", CustomerNo, reasons.customerNo),
    accountNo: parsed("accountNo", AccountNo, reasons.accountNo, true),
    category: code("category", customerCategoryTitles, true),
    voltage: code("voltage", voltageTitles),
    areaClass: areaClassWords[areaText] ?? code("areaClass", areaClassTitles),
    transformerArea: areaCode === null ? null : { code: areaCode, name: tidy(cell("transformerAreaName")).slice(0, 120) || null },
    contacts: readContacts(cell("contacts"), cell("phone"), values, remarks),
    address: parsed("address", Address, reasons.masked),
    coordinates: readCoordinates(cell("coordinates"), cell("longitude"), cell("latitude"), remarks),
    specialNeeds: readNeeds(cell("specialNeed"), values),
    importance: code("importance", importanceTitles),
    unitCode: tidy(cell("unitCode")) || null,
    manager: tidy(cell("manager")) || null,
  };
  const { customer, accountNo, category } = row;
  if (problems.length > 0 || customer === null || accountNo === null || category === null) return { problems };
  const facts = readImportFacts(category, cell, (column, reason) => remarks.push({ column, reason }));
  const arrears = readArrears(cell, (column, reason) => remarks.push({ column, reason }));
  return { row: { ...row, customer, accountNo, category, facts, arrears }, remarks };
}

// `张三 13800138000 户主; 李四/0731-88886666/家属`: one person between semicolons, number, name and relation in any order.
function readContacts(contacts: string, phone: string, values: ImportValues, remarks: CellProblem[]): ImportedContact[] {
  const found = new Map<string, ImportedContact>();
  const add = (contact: ImportedContact) => {
    if (!found.has(contact.phone)) found.set(contact.phone, contact);
  };
  for (const person of contacts.split(/[;；\n|]+/).filter((part) => part.trim() !== "")) {
    const written = /[+(（]?\d[\d\s()（）+-]{3,}\d(?:\s*(?:转|ext\.?|x)\s*\d+)?/iu.exec(person.normalize("NFKC"))?.[0];
    const number = written === undefined ? null : normalisePhone(written);
    if (number === null) {
      remarks.push({ column: "contacts", reason: reasons.contact });
      continue;
    }
    const words = person
      .normalize("NFKC")
      .replace(written ?? "", " ")
      .split(/[\s/,:()]+/)
      .filter((word) => word !== "");
    const relations = words.map((word) => readCode(contactRelationTitles, values.contacts?.[word] ?? word));
    const name = tidy(words.filter((_, index) => relations[index] === null).join(" ")).slice(0, 60);
    add({
      name: name === "" || name.includes("*") ? null : name,
      phone: number,
      relation: relations.find((relation) => relation !== null) ?? "OTHER",
    });
  }
  for (const written of phone.split(/[;；,，、/\n]+/).filter((part) => part.trim() !== "")) {
    const number = normalisePhone(written);
    if (number === null) remarks.push({ column: "phone", reason: reasons.phone });
    else add({ name: null, phone: number, relation: "HOLDER" });
  }
  return [...found.values()].slice(0, 30);
}

// Longitude first where one cell holds both, unless only the other order is possible.
function readCoordinates(both: string, longitude: string, latitude: string, remarks: CellProblem[]): Coordinates | null {
  const texts = both === "" ? [longitude, latitude] : both.split(/[\s,，;；]+/);
  if (texts.every((text) => text === "")) return null;
  const [x, y, ...more] = texts.map((text) => (text === "" ? Number.NaN : Number(text)));
  const point = (lon: number | undefined, lat: number | undefined): Coordinates | null =>
    lon !== undefined && lat !== undefined && Math.abs(lon) <= 180 && Math.abs(lat) <= 90
      ? { longitude: lon, latitude: lat }
      : null;
  if (x === 0 && y === 0) return null; // how systems export "not surveyed"
  const read = more.length > 0 ? null : (point(x, y) ?? (both === "" ? null : point(y, x)));
  if (read === null) remarks.push({ column: both === "" ? "longitude" : "coordinates", reason: reasons.coordinates });
  return read;
}

// A need in words of the file's own is kept as such: losing it could cost somebody's life.
function readNeeds(text: string, values: ImportValues): ImportedNeed[] {
  const needs = new Map<SpecialNeedKind, ImportedNeed>();
  for (const word of text.split(/[;；,，、|\n]+/).map(tidy)) {
    if (word === "" || word === "无" || word.toLowerCase() === "none") continue;
    const kind = readCode(specialNeedTitles, values.specialNeed?.[word] ?? word) ?? "OTHER";
    const note =
      kind === "OTHER"
        ? [needs.get("OTHER")?.note, word]
            .filter((part) => part)
            .join("、")
            .slice(0, 200)
        : null;
    needs.set(kind, { kind, note });
  }
  return [...needs.values()];
}
