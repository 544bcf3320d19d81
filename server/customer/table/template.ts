// The table to fill in for an import: every heading, and two rows that show how cells are written.
import type { TableFormat } from "@bihuan/contract/customer.ts";
import type { ImportField } from "@bihuan/core/customer/import-row.ts";
import type { Download } from "../../platform/http/operations.ts";
import type { Cell } from "../../platform/files/xlsx-write.ts";
import { exportColumns, type Language, tableDownload } from "./export.ts";

type Example = Readonly<Partial<Record<ImportField, Readonly<Record<Language, Cell>>>>>;
const both = (text: Cell) => ({ zh: text, en: text });

const household: Example = {
  accountNo: both("0000000000001"),
  customer: { zh: "示例一户（请删除此行）", en: "Example household (delete this row)" },
  category: { zh: "居民", en: "Resident" },
  voltage: { zh: "交流220V", en: "220 V" },
  areaClass: { zh: "城区", en: "Urban" },
  contacts: { zh: "张三 13800000000 户主; 李四 13900000000 家属", en: "Jane Doe 13800000000 Account holder" },
  address: { zh: "某市某区某路1号", en: "1 Some Road" },
  specialNeed: { zh: "独居老人", en: "Elderly, living alone" },
  importance: { zh: "一般", en: "Ordinary" },
  members: both(3),
  elderly: both(1),
  callTime: { zh: "晚上", en: "Evening" },
};
const enterprise: Example = {
  accountNo: both("0000000000002"),
  customer: { zh: "示例企业（请删除此行）", en: "Example enterprise (delete this row)" },
  category: { zh: "高压单电源", en: "HV single source" },
  voltage: { zh: "交流10kV", en: "10 kV" },
  areaClass: { zh: "城区", en: "Urban" },
  contacts: { zh: "王工 0731-88886666转8 电气联系人", en: "J. Smith 0731-88886666 ext 8 Electrician" },
  importance: { zh: "二级重要", en: "Important, second class" },
  creditCode: both("91350100M000100Y43"),
  industry: { zh: "制造业", en: "Manufacturing" },
  loadClass: { zh: "二级负荷", en: "Second-class load" },
  shiftPattern: { zh: "三班制", en: "Three shifts" },
  contractKva: both(630),
  ownSource: { zh: "自备发电机", en: "Generator" },
  ownSourceKw: both(200),
};

/** The template in a language. */
export function customerTemplate(format: TableFormat, language: Language, nowMs: number): Download {
  async function* rows() {
    yield [household, enterprise].map((example) => exportColumns.map((field) => example[field]?.[language] ?? null));
  }
  return tableDownload(format, "customer-template", language, rows(), nowMs);
}
