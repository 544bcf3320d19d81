// What an application for supply is accepted on, and what may follow later (一证受理): each missing document has a clock of its own.
import type { Bilingual } from "../../text.ts";

/** Documents on any one of which an application is accepted. */
export const acceptanceDocuments = {
  IDENTITY: { zh: "居民身份证等身份证明", en: "Proof of identity" },
  BUSINESS_LICENCE: { zh: "营业执照或组织机构代码证", en: "Business licence" },
} as const satisfies Readonly<Record<string, Bilingual>>;

/** Documents that may follow, and are told at once and in full. */
export const followingDocuments = {
  PROPERTY: { zh: "用电地址权属证明", en: "Title to the premises" },
  AUTHORISATION: { zh: "经办人授权委托书及身份证明", en: "Authorisation of the agent" },
  EQUIPMENT_LIST: { zh: "用电设备清单", en: "List of electrical equipment" },
  PROJECT_APPROVAL: { zh: "政府项目批准、核准或备案文件", en: "Project approval or filing" },
  SITE_PLAN: { zh: "用电地址总平面图", en: "Site plan" },
  LOAD_STATEMENT: { zh: "重要负荷及自备应急电源说明", en: "Statement on important load and own emergency supply" },
  ROOF_RIGHT: { zh: "屋顶或场地使用权证明", en: "Right to use the roof or site" },
  GENERATION_EQUIPMENT: { zh: "光伏组件、逆变器检测认证资料", en: "Certificates of modules and inverters" },
  PARKING_RIGHT: { zh: "固定车位产权或使用权证明", en: "Right to the parking space" },
  MANAGEMENT_CONSENT: { zh: "物业同意安装证明", en: "Consent of the property management" },
} as const satisfies Readonly<Record<string, Bilingual>>;

export type FollowingDocument = keyof typeof followingDocuments;

/** The names of documents by their codes, as a sentence lists them. */
export const documentNames = (codes: readonly string[]): Bilingual => {
  const titles = codes.map((code) => (followingDocuments as Readonly<Record<string, Bilingual>>)[code] ?? { zh: code, en: code });
  return { zh: titles.map(({ zh }) => zh).join("、"), en: titles.map(({ en }) => en).join(", ") };
};
