// bihuan organisation import | list: the tree from a file, and what stands.
import { readFile } from "node:fs/promises";
import { unitKindTitles } from "@bihuan/core/identity/organisation.ts";
import { decodeText } from "../../platform/files/csv.ts";
import { commandLine } from "../../identity/editor.ts";
import { importOrganisation } from "../../identity/organisation/import.ts";
import { loadTree } from "../../identity/organisation/tree.ts";
import { defineCommand } from "../command.ts";
import { tellImport } from "./identity-output.ts";

const dryRun = {
  type: "boolean",
  default: false,
  description: { zh: "只检查，不保存", en: "Check only, keep nothing" },
} as const;

export const organisationImport = defineCommand({
  path: ["organisation", "import"],
  summary: { zh: "从 CSV 导入组织机构", en: "Import the organisation from CSV" },
  details: {
    zh: "列：code（编码）、name（名称）、kind（类型）、parent_code（上级编码，根单位留空），可选 area_class（地区类别：URBAN 城区、RURAL 农村、REMOTE 特殊边远地区）、zone（IANA 时区）、region（地市号 100–921）。\n类型：PROVINCE 省公司、CITY 地市公司、COUNTY 县公司、STATION 供电所、HALL 营业厅、CREW 班组、DEPARTMENT 部门。表头与取值也可用中文（编码、名称、类型、上级编码、地区类别、时区、地市号；地市公司、供电所……）。UTF-8 或 GB 18030。已有编码被更新，未列出的单位不变；有任何问题则全部不导入（退出码 1）。",
    en: "Columns: code, name, kind, parent_code (empty for the root), and optionally area_class (URBAN RURAL REMOTE), zone (IANA) and region (100–921).\nKinds: PROVINCE CITY COUNTY STATION HALL CREW DEPARTMENT. Headings and values may also be the Chinese ones. UTF-8 or GB 18030. Known codes are updated, units the file does not name stay; with any problem nothing is imported (exit code 1).",
  },
  positionals: [{ name: "FILE", description: { zh: "CSV 文件", en: "CSV file" } }],
  options: { "dry-run": dryRun },
  async run(call) {
    const csv = decodeText(await readFile(call.resolve(call.positionals[0] as string)));
    return tellImport(call, await importOrganisation(call.platform, commandLine, csv, call.options["dry-run"]));
  },
});

export const organisationList = defineCommand({
  path: ["organisation", "list"],
  summary: { zh: "列出组织机构", en: "List the organisation" },
  async run({ platform, stdout, format, language }) {
    const tree = await loadTree(platform.db);
    if (format === "json") stdout.write(`${JSON.stringify(tree.units)}\n`);
    else {
      stdout.write(language === "zh" ? "编码  名称  类型  地市号\n" : "code  name  kind  region\n");
      for (const { unitId, code, name, kind, regionId, active } of tree.units) {
        const ended = active ? "" : language === "zh" ? "  已停用" : "  ended";
        stdout.write(
          `${"  ".repeat(tree.depthOf(unitId) - 1)}${code}  ${name}  ${unitKindTitles[kind][language]}  ${regionId}${ended}\n`,
        );
      }
    }
    return 0;
  },
});
