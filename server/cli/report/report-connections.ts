// bihuan report connection-compliance | connection-ageing
import { ComplianceQuery, type ConnectionCompliance } from "@bihuan/contract/connection.ts";
import type { Bilingual } from "@bihuan/contract/text.ts";
import { isRefusal } from "@bihuan/core/refusal.ts";
import { ageingReport, complianceReport, weightsOf } from "../../connection/compliance.ts";
import { rulebooksOf } from "../../clock/rulebooks.ts";
import { currentTree } from "../../identity/organisation/tree.ts";
import type { Platform } from "../../platform/platform.ts";
import { CommandError, defineCommand } from "../command.ts";
import { refused } from "../refused.ts";
import { type Cell, textTable } from "./report-table.ts";

const unit = {
  type: "string",
  value: "CODE",
  description: { zh: "只统计此单位及其下级的营业厅（单位编码）", en: "Only halls at or below the unit with this code" },
} as const;

async function hallsOf(platform: Platform, code: string | undefined) {
  const tree = await currentTree(platform);
  if (code === undefined) return { tree, halls: null };
  const found = tree.descendants(tree.root.unitId).find((unitId) => tree.unit(unitId)?.code === code);
  if (found === undefined)
    throw new CommandError({ zh: `没有编码为 ${code} 的单位`, en: `There is no unit with the code ${code}` });
  return { tree, halls: tree.descendants(found) };
}

const heads: readonly Bilingual[] = [
  { zh: "归档", en: "Archived" },
  { zh: "达标率", en: "Rate" },
  { zh: "高压", en: "High voltage" },
  { zh: "高压达标", en: "in time" },
  { zh: "低压", en: "Low voltage" },
  { zh: "低压达标", en: "in time" },
  { zh: "分布式与充电桩", en: "Generation and charging" },
  { zh: "达标", en: "in time" },
];
const cells = (row: ConnectionCompliance): Cell[] => [
  row.archived,
  row.rate,
  row.highVoltage.archived,
  row.highVoltage.complying,
  row.lowVoltage.archived,
  row.lowVoltage.complying,
  row.generationAndCharging.archived,
  row.generationAndCharging.complying,
];

export const reportConnectionCompliance = defineCommand({
  path: ["report", "connection-compliance"],
  summary: { zh: "业扩服务时限达标率", en: "How many service connections were in time" },
  details: {
    zh: "按归档日统计，一单只在首次归档当日计一次。高压五个环节全部达标才算达标；权重取自现行规则的“业扩达标率权重”。",
    en: "By the day of archiving; an order counts once, on the day it was first archived. High voltage complies only if all five nodes do; the weights are those of the rules in force.",
  },
  options: {
    from: {
      type: "string",
      value: "DATE",
      description: { zh: "起始归档日，默认当天", en: "First day of archiving, today by default" },
    },
    to: {
      type: "string",
      value: "DATE",
      description: { zh: "截止归档日，默认与起始日相同", en: "Last day, the first by default" },
    },
    by: { type: "string", value: "day|unit", default: "day", description: { zh: "按日或按营业厅", en: "By day or by hall" } },
    unit,
  },
  async run({ platform, options, format, language, stdout }) {
    const query = ComplianceQuery.safeParse({ from: options.from, to: options.to, by: options.by });
    if (!query.success)
      throw new CommandError(
        { zh: "日期写成 2026-03-02；--by 只能是 day 或 unit", en: "Write dates as 2026-03-02; --by is day or unit" },
        2,
      );
    const { policies } = await rulebooksOf(platform.db).current(platform.db);
    const world = { ...(await hallsOf(platform, options.unit)), nowMs: platform.time.nowMs(), weights: weightsOf(policies) };
    const report = await complianceReport(platform.db, world, query.data);
    if (isRefusal(report)) throw refused(report);
    if (format === "json") stdout.write(`${JSON.stringify(report, null, 2)}\n`);
    else {
      const group: Bilingual = report.by === "day" ? { zh: "归档日", en: "Archived on" } : { zh: "营业厅", en: "Hall" };
      const total: Bilingual = { zh: "合计", en: "Total" };
      stdout.write(
        textTable(
          [group, ...heads].map((head) => head[language]),
          [...report.rows.map((row) => [row.group, ...cells(row)]), [total[language], ...cells(report.total)]],
        ),
      );
    }
    return 0;
  },
});

export const reportConnectionAgeing = defineCommand({
  path: ["report", "connection-ageing"],
  summary: { zh: "在途业扩时长分布", en: "How old service connections under way are" },
  details: {
    zh: "自受理起的自然日：不足 70 天、70—119 天、120—300 天、超过 300 天。",
    en: "Calendar days since acceptance: under 70, 70 to 119, 120 to 300, over 300.",
  },
  options: { unit },
  async run({ platform, options, format, language, stdout }) {
    const { halls } = await hallsOf(platform, options.unit);
    const rows = await ageingReport(platform.db, platform.time.nowMs(), halls);
    if (format === "json") stdout.write(`${JSON.stringify(rows, null, 2)}\n`);
    else {
      const head =
        language === "zh"
          ? ["业务类型", "在途", "平均天数", "<70", "70—119", "120—300", ">300"]
          : ["Kind", "Open", "Mean days", "<70", "70-119", "120-300", ">300"];
      stdout.write(
        textTable(
          head,
          rows.map(({ title, open, averageDays, buckets }) => [title[language], open, averageDays, ...Object.values(buckets)]),
        ),
      );
    }
    return 0;
  },
});
