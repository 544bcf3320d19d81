// What is known of a household or an enterprise beyond its supply, as typed fields. Each field says whether it is personal: such a
// field is erased with the person it describes, and is shown masked where it says how.
import { z } from "zod";
import { maskName, maskPhone } from "../../identity/masking.ts";
import type { Bilingual } from "../../text.ts";
import { Phone, rule, tidy, unmasked } from "../customer.ts";

const coded = <const Codes extends readonly [string, ...string[]]>(
  codes: Codes,
  titles: Readonly<Record<Codes[number], Bilingual>>,
) => ({
  Code: z.enum(codes),
  codes,
  titles,
});

/** In which language somebody calls back or knocks. */
export const languages = coded(["MANDARIN", "DIALECT", "MINORITY", "FOREIGN", "SIGN"], {
  MANDARIN: { zh: "普通话", en: "Mandarin" },
  DIALECT: { zh: "方言", en: "Dialect" },
  MINORITY: { zh: "少数民族语言", en: "Minority language" },
  FOREIGN: { zh: "外语", en: "Foreign language" },
  SIGN: { zh: "手语、文字", en: "Sign language or writing" },
});
export const callTimes = coded(["MORNING", "NOON", "AFTERNOON", "EVENING", "WEEKEND"], {
  MORNING: { zh: "上午", en: "Morning" },
  NOON: { zh: "中午", en: "Midday" },
  AFTERNOON: { zh: "下午", en: "Afternoon" },
  EVENING: { zh: "晚上", en: "Evening" },
  WEEKEND: { zh: "周末", en: "Weekend" },
});
export const occupancies = coded(["OWNER", "TENANT", "VACANT", "SHOP"], {
  OWNER: { zh: "自住", en: "Lived in by its owner" },
  TENANT: { zh: "出租", en: "Let" },
  VACANT: { zh: "空置", en: "Vacant" },
  SHOP: { zh: "住商两用", en: "Home and shop" },
});
/** Sections of GB/T 4754 (国民经济行业分类). */
export const industries = coded(
  ["A", "B", "C", "D", "E", "F", "G", "H", "I", "J", "K", "L", "M", "N", "O", "P", "Q", "R", "S", "T"],
  {
    A: { zh: "农、林、牧、渔业", en: "Agriculture, forestry, fishing" },
    B: { zh: "采矿业", en: "Mining" },
    C: { zh: "制造业", en: "Manufacturing" },
    D: { zh: "电力、热力、燃气及水的生产和供应业", en: "Electricity, heat, gas and water" },
    E: { zh: "建筑业", en: "Construction" },
    F: { zh: "批发和零售业", en: "Wholesale and retail" },
    G: { zh: "交通运输、仓储和邮政业", en: "Transport, storage, post" },
    H: { zh: "住宿和餐饮业", en: "Lodging and catering" },
    I: { zh: "信息传输、软件和信息技术服务业", en: "Information and software" },
    J: { zh: "金融业", en: "Finance" },
    K: { zh: "房地产业", en: "Real estate" },
    L: { zh: "租赁和商务服务业", en: "Leasing and business services" },
    M: { zh: "科学研究和技术服务业", en: "Research and technical services" },
    N: { zh: "水利、环境和公共设施管理业", en: "Water, environment, public facilities" },
    O: { zh: "居民服务、修理和其他服务业", en: "Household and other services" },
    P: { zh: "教育", en: "Education" },
    Q: { zh: "卫生和社会工作", en: "Health and social work" },
    R: { zh: "文化、体育和娱乐业", en: "Culture, sport, entertainment" },
    S: { zh: "公共管理、社会保障和社会组织", en: "Public administration and organisations" },
    T: { zh: "国际组织", en: "International organisations" },
  },
);
/** What an interruption does (GB 50052): the first endangers people, the second costs dearly. */
export const loadClasses = coded(["FIRST", "SECOND", "THIRD"], {
  FIRST: { zh: "一级负荷", en: "First-class load" },
  SECOND: { zh: "二级负荷", en: "Second-class load" },
  THIRD: { zh: "三级负荷", en: "Third-class load" },
});
export const ownSources = coded(["NONE", "GENERATOR", "UPS", "STORAGE", "PHOTOVOLTAIC", "OTHER"], {
  NONE: { zh: "无", en: "None" },
  GENERATOR: { zh: "自备发电机", en: "Generator" },
  UPS: { zh: "不间断电源", en: "Uninterruptible supply" },
  STORAGE: { zh: "储能", en: "Storage" },
  PHOTOVOLTAIC: { zh: "光伏", en: "Photovoltaics" },
  OTHER: { zh: "其他", en: "Other" },
});
export const shiftPatterns = coded(["ONE", "TWO", "THREE", "CONTINUOUS", "SEASONAL"], {
  ONE: { zh: "一班制", en: "One shift" },
  TWO: { zh: "两班制", en: "Two shifts" },
  THREE: { zh: "三班制", en: "Three shifts" },
  CONTINUOUS: { zh: "连续生产", en: "Continuous" },
  SEASONAL: { zh: "季节性", en: "Seasonal" },
});

const digits = "0123456789ABCDEFGHJKLMNPQRTUWXY";

/** Whether a unified social credit code's last character proves the others (GB 32100-2015). In: 18 upper-case characters. */
export function creditCodeHolds(code: string): boolean {
  const values = [...code].map((character) => digits.indexOf(character));
  if (values.length !== 18 || values.includes(-1)) return false;
  let sum = 0;
  let weight = 1;
  for (const value of values.slice(0, 17)) {
    sum += value * weight;
    weight = (weight * 3) % 31;
  }
  return (31 - (sum % 31)) % 31 === values[17];
}

/** 统一社会信用代码. */
export const CreditCode = z
  .string()
  .max(60)
  .overwrite((value) => tidy(value).toUpperCase().replaceAll(/[\s-]/g, ""))
  .refine(creditCodeHolds, rule("不是有效的统一社会信用代码", "Not a valid unified social credit code"));

const count = (most: number) => z.int().min(0).max(most);
const kilowatts = z.number().min(0).max(10_000_000);

/** Facts of a household. All of them describe people. */
export const FamilyFacts = z.object({
  kind: z.literal("FAMILY"),
  members: count(50).nullable().default(null),
  elderly: count(50).nullable().default(null),
  children: count(50).nullable().default(null),
  occupancy: occupancies.Code.nullable().default(null),
  language: languages.Code.nullable().default(null),
  callTime: callTimes.Code.nullable().default(null),
  chargingPost: z.boolean().nullable().default(null),
  photovoltaic: z.boolean().nullable().default(null),
});
export type FamilyFacts = z.infer<typeof FamilyFacts>;

/** Facts of an enterprise or another organisation. */
export const EnterpriseFacts = z.object({
  kind: z.literal("ENTERPRISE"),
  creditCode: CreditCode.nullable().default(null),
  legalRepresentative: unmasked(60).nullable().default(null),
  industry: industries.Code.nullable().default(null),
  loadClass: loadClasses.Code.nullable().default(null),
  shiftPattern: shiftPatterns.Code.nullable().default(null),
  /** What it may draw by its contract, kVA. */
  contractKva: kilowatts.nullable().default(null),
  ownSource: ownSources.Code.nullable().default(null),
  ownSourceKw: kilowatts.nullable().default(null),
  emergencyContact: unmasked(60).nullable().default(null),
  emergencyPhone: Phone.nullable().default(null),
  callTime: callTimes.Code.nullable().default(null),
});
export type EnterpriseFacts = z.infer<typeof EnterpriseFacts>;

export const Facts = z.discriminatedUnion("kind", [FamilyFacts, EnterpriseFacts]);
export type Facts = z.infer<typeof Facts>;
export type FactKind = Facts["kind"];

export type FactField = {
  readonly title: Bilingual;
  /** What its codes are called, where it has codes. */
  readonly codes?: Readonly<Record<string, Bilingual>>;
  readonly input: "count" | "number" | "text" | "yes-no" | "code";
  /** Erased with the customer's personal data. */
  readonly personal: boolean;
  /** How it is shown to who has no need to know; left out where it is shown as it is. */
  readonly mask?: (text: string) => string;
};
type Fields<Of> = Readonly<Record<Exclude<keyof Of, "kind">, FactField>>;

const familyFields: Fields<FamilyFacts> = {
  members: { title: { zh: "家庭人口", en: "People at home" }, input: "count", personal: true },
  elderly: { title: { zh: "老人（60 岁以上）", en: "Elderly (60 and over)" }, input: "count", personal: true },
  children: { title: { zh: "儿童", en: "Children" }, input: "count", personal: true },
  occupancy: { title: { zh: "居住情况", en: "Occupancy" }, input: "code", codes: occupancies.titles, personal: true },
  language: { title: { zh: "沟通语言", en: "Language" }, input: "code", codes: languages.titles, personal: true },
  callTime: {
    title: { zh: "方便联系时段", en: "Preferred time to call" },
    input: "code",
    codes: callTimes.titles,
    personal: true,
  },
  chargingPost: { title: { zh: "充电桩", en: "Charging post" }, input: "yes-no", personal: true },
  photovoltaic: { title: { zh: "屋顶光伏", en: "Rooftop photovoltaics" }, input: "yes-no", personal: true },
};
const enterpriseFields: Fields<EnterpriseFacts> = {
  creditCode: { title: { zh: "统一社会信用代码", en: "Credit code" }, input: "text", personal: true },
  legalRepresentative: {
    title: { zh: "法定代表人", en: "Legal representative" },
    input: "text",
    personal: true,
    mask: maskName,
  },
  industry: { title: { zh: "行业", en: "Industry" }, input: "code", codes: industries.titles, personal: false },
  loadClass: {
    title: { zh: "负荷性质", en: "Character of the load" },
    input: "code",
    codes: loadClasses.titles,
    personal: false,
  },
  shiftPattern: { title: { zh: "生产班次", en: "Shift pattern" }, input: "code", codes: shiftPatterns.titles, personal: false },
  contractKva: { title: { zh: "合同容量（kVA）", en: "Contract capacity (kVA)" }, input: "number", personal: false },
  ownSource: { title: { zh: "自备电源", en: "Own power source" }, input: "code", codes: ownSources.titles, personal: false },
  ownSourceKw: { title: { zh: "自备电源容量（kW）", en: "Own source (kW)" }, input: "number", personal: false },
  emergencyContact: { title: { zh: "应急联系人", en: "Emergency contact" }, input: "text", personal: true, mask: maskName },
  emergencyPhone: { title: { zh: "应急电话", en: "Emergency telephone" }, input: "text", personal: true, mask: maskPhone },
  callTime: {
    title: { zh: "方便联系时段", en: "Preferred time to call" },
    input: "code",
    codes: callTimes.titles,
    personal: false,
  },
};

/** The fields of each kind, in the order a page shows them. */
export const factFields: Readonly<Record<FactKind, Readonly<Record<string, FactField>>>> = {
  FAMILY: familyFields,
  ENTERPRISE: enterpriseFields,
};
export const factKindTitles: Readonly<Record<FactKind, Bilingual>> = {
  FAMILY: { zh: "家庭", en: "Household" },
  ENTERPRISE: { zh: "企业", en: "Enterprise" },
};
