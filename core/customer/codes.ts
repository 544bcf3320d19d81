// The codes of a customer's file, with their words for the screen, for exports and for reading imported files.
import { z } from "zod";
import type { AreaClass } from "../identity/organisation.ts";
import type { Bilingual } from "../text.ts";

type Titles<Code extends string> = Readonly<Record<Code, Bilingual>>;

/** What an account is supplied as. The four columns of the connection limits (service standards §2.5). */
export const customerCategories = ["RESIDENT", "LV_NON_RESIDENT", "HV_SINGLE", "HV_DUAL"] as const;
export const CustomerCategory = z.enum(customerCategories);
export type CustomerCategory = z.infer<typeof CustomerCategory>;
export const customerCategoryTitles: Titles<CustomerCategory> = {
  RESIDENT: { zh: "居民", en: "Resident" },
  LV_NON_RESIDENT: { zh: "低压非居民", en: "LV non-resident" },
  HV_SINGLE: { zh: "高压单电源", en: "HV single source" },
  HV_DUAL: { zh: "高压双电源", en: "HV dual source" },
};

/** Nominal supply voltage (GB/T 156). */
export const voltages = ["V220", "V380", "KV6", "KV10", "KV20", "KV35", "KV66", "KV110", "KV220"] as const;
export const Voltage = z.enum(voltages);
export type Voltage = z.infer<typeof Voltage>;
export const voltageTitles: Titles<Voltage> = {
  V220: { zh: "交流220V", en: "220 V" },
  V380: { zh: "交流380V", en: "380 V" },
  KV6: { zh: "交流6kV", en: "6 kV" },
  KV10: { zh: "交流10kV", en: "10 kV" },
  KV20: { zh: "交流20kV", en: "20 kV" },
  KV35: { zh: "交流35kV", en: "35 kV" },
  KV66: { zh: "交流66kV", en: "66 kV" },
  KV110: { zh: "交流110kV", en: "110 kV" },
  KV220: { zh: "交流220kV", en: "220 kV" },
};

/** LV up to 1 kV, HV above (GB/T 2900.50). */
export const voltageLevel = (voltage: Voltage): "LV" | "HV" => (voltage === "V220" || voltage === "V380" ? "LV" : "HV");

export const areaClassTitles: Titles<AreaClass> = {
  URBAN: { zh: "城区", en: "Urban" },
  RURAL: { zh: "农村", en: "Rural" },
  REMOTE: { zh: "特殊边远", en: "Remote" },
};

/** How important the supply is: the classes of GB/T 29328 (重要电力用户), ORDINARY for everyone else. */
export const importances = ["ORDINARY", "SPECIAL", "FIRST", "SECOND", "TEMPORARY"] as const;
export const Importance = z.enum(importances);
export type Importance = z.infer<typeof Importance>;
export const importanceTitles: Titles<Importance> = {
  ORDINARY: { zh: "一般", en: "Ordinary" },
  SPECIAL: { zh: "特级重要", en: "Important, special class" },
  FIRST: { zh: "一级重要", en: "Important, first class" },
  SECOND: { zh: "二级重要", en: "Important, second class" },
  TEMPORARY: { zh: "临时性重要", en: "Important for a time" },
};

/** Why a customer is served in a particular way: voice instead of text, at home, first in a long outage. */
export const specialNeedKinds = ["LIFE_SUPPORT", "ELDERLY", "DISABLED", "HEARING_IMPAIRED", "LOW_INCOME", "OTHER"] as const;
export const SpecialNeedKind = z.enum(specialNeedKinds);
export type SpecialNeedKind = z.infer<typeof SpecialNeedKind>;
export const specialNeedTitles: Titles<SpecialNeedKind> = {
  LIFE_SUPPORT: { zh: "生命支持设备", en: "Life support" },
  ELDERLY: { zh: "独居老人", en: "Elderly, living alone" },
  DISABLED: { zh: "残疾", en: "Disabled" },
  HEARING_IMPAIRED: { zh: "听力障碍", en: "Hearing-impaired" },
  LOW_INCOME: { zh: "低保困难", en: "Low income" },
  OTHER: { zh: "其他特殊需求", en: "Other special need" },
};

/** What a contact is to the account. */
export const contactRelations = ["HOLDER", "FAMILY", "TENANT", "EXECUTIVE", "FINANCE", "ELECTRICIAN", "PROXY", "OTHER"] as const;
export const ContactRelation = z.enum(contactRelations);
export type ContactRelation = z.infer<typeof ContactRelation>;
export const contactRelationTitles: Titles<ContactRelation> = {
  HOLDER: { zh: "户主", en: "Account holder" },
  FAMILY: { zh: "家属", en: "Family" },
  TENANT: { zh: "租户", en: "Tenant" },
  EXECUTIVE: { zh: "法定代表人", en: "Executive" },
  FINANCE: { zh: "财务联系人", en: "Finance" },
  ELECTRICIAN: { zh: "电气联系人", en: "Electrician" },
  PROXY: { zh: "经办人", en: "Proxy" },
  OTHER: { zh: "其他", en: "Other" },
};

const words = new WeakMap<object, ReadonlyMap<string, string>>();

function wordsOf<Code extends string>(titles: Titles<Code>): ReadonlyMap<string, string> {
  const known = words.get(titles);
  if (known) return known;
  const entries = Object.entries<Bilingual>(titles);
  const made = new Map(entries.flatMap(([code, { zh, en }]) => [code, zh, en].map((word) => [word.toLowerCase(), code])));
  words.set(titles, made);
  return made;
}

/** Reads a code from a file: the code itself in any case, or its word in either language. Null where it is none of them. */
export const readCode = <Code extends string>(titles: Titles<Code>, text: string): Code | null =>
  (wordsOf(titles).get(text.normalize("NFKC").trim().toLowerCase()) as Code | undefined) ?? null;
