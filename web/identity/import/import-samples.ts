// Files to begin with: a line or two that read well, in the words of an office in China.
import { areaClasses, unitKinds, unitKindTitles } from "@bihuan/core/identity/organisation.ts";
import { roleDefinitions, roles } from "@bihuan/core/identity/roles.ts";

type Language = "zh" | "en";

/** The head of each file, in the language of the screen: the import knows both. */
export const unitColumns = {
  zh: "单位编码,单位名称,单位类型,上级单位编码,时区,地区类别",
  en: "code,name,kind,parent_code,zone,area_class",
} as const;
export const staffColumns = { zh: "账号,姓名,单位编码", en: "account,name,unit_code" } as const;
export const grantColumns = { zh: "账号,角色,单位编码", en: "account,role,unit_code" } as const;

/** Two lines of an organisation file, below the unit of this code. */
export const sampleUnits = (parentCode: string): string[] => [
  `${parentCode}-01,城东供电所,供电所,${parentCode},,城区`,
  `${parentCode}-01-1,抢修一班,班组,${parentCode}-01,,`,
];
export const sampleStaff = (unitCode: string): string[] => [`zhangsan,张三,${unitCode}`];
export const sampleGrants = (unitCode: string): string[] => [`zhangsan,坐席,${unitCode}`];

/** What may be written in the columns that take a code: its Chinese title, or the code itself. */
export const kindWords = (language: Language): string[] =>
  unitKinds.map((kind) => (language === "zh" ? unitKindTitles[kind].zh : kind));
export const areaWords = (language: Language): string[] =>
  language === "zh" ? ["城区", "农村", "特殊边远地区"] : [...areaClasses];
export const roleWords = (language: Language): string[] =>
  roles.map((role) => (language === "zh" ? roleDefinitions[role].title.zh : role));
