// bihuan rules list | export | check | save | adopt | drop | history | differences: rule packs and rulebooks from the command line.
import { readFile } from "node:fs/promises";
import { business } from "../../business.ts";
import { rulebookDifferences } from "../../clock/differences.ts";
import { parsePack } from "../../clock/pack/parse-pack.ts";
import { currentVersion, definitionsOf, packHistory, packTexts, rulebookRows, rulebookState } from "../../clock/queries.ts";
import { ensureShippedRules } from "../../clock/shipped.ts";
import { packSummary, rulebookSummary } from "../../clock/views.ts";
import { currentTree } from "../../identity/organisation/tree.ts";
import type { Platform } from "../../platform/platform.ts";
import { CommandError, defineCommand } from "../command.ts";
import { unitOfCode, wallTime } from "../identity/identity-output.ts";
import { changeRulebook, publishOptions } from "./rulebook-change.ts";
import { fieldTitle, valueText } from "@bihuan/core/clock/rules/difference-words.ts";
import type { RulebookDifference } from "@bihuan/contract/clock.ts";
import type { Bilingual } from "@bihuan/contract/text.ts";

const severityWords: Readonly<Record<"error" | "warning", Bilingual>> = {
  error: { zh: "错误", en: "error" },
  warning: { zh: "提醒", en: "warning" },
};
const differenceWords: Readonly<Record<RulebookDifference["kind"], Bilingual>> = {
  ADDED: { zh: "新增", en: "added" },
  REMOVED: { zh: "删除", en: "removed" },
  CHANGED: { zh: "变更", en: "changed" },
};
const areaWords: Readonly<Record<RulebookDifference["area"], Bilingual>> = {
  PACK: { zh: "规则包", en: "pack" },
  RULE: { zh: "规则", en: "rule" },
  ADOPTION: { zh: "采用", en: "adoption" },
  POLICY: { zh: "办理规定", en: "policy" },
  CALENDAR_YEAR: { zh: "日历年度", en: "calendar year" },
  CALENDAR_DATE: { zh: "日历日期", en: "calendar date" },
  CALENDAR_HOURS: { zh: "工作时间", en: "working hours" },
};

async function inForce(platform: Platform) {
  await ensureShippedRules(platform, business);
  const [tree, history] = [await currentTree(platform), await packHistory(platform.db)];
  const state = await rulebookState(platform.db, await currentVersion(platform.db));
  return { tree, history, state, unitName: (unitId: number) => tree.unit(unitId)?.name ?? String(unitId) };
}

const wholeNumber = (text: string | undefined, name: string): number | undefined => {
  if (text === undefined) return undefined;
  if (!/^[1-9]\d{0,8}$/.test(text))
    throw new CommandError({ zh: `${name} 应为正整数：${text}`, en: `${name} is no whole number: ${text}` }, 2);
  return Number(text);
};

export const rulesList = defineCommand({
  path: ["rules", "list"],
  summary: { zh: "列出时限规则包", en: "List the rule packs" },
  async run({ platform, stdout, format, language }) {
    const { history, state, unitName } = await inForce(platform);
    const packs = state.packs.map((pack) =>
      packSummary(
        history.filter(({ key }) => key === pack.key),
        pack.version,
        pack,
        state.adoptions,
        unitName,
      ),
    );
    if (format === "json") stdout.write(`${JSON.stringify(packs)}\n`);
    else
      for (const { key, version, title, ruleCount, unverifiedCount, adoptedAt } of packs) {
        const adopted = adoptedAt.map(({ unitName: name }) => name).join(", ") || "–";
        stdout.write(
          language === "zh"
            ? `${key}  第 ${version} 版  ${title.zh}  规则 ${ruleCount} 条（未核实 ${unverifiedCount}）  采用：${adopted}\n`
            : `${key}  v${version}  ${title.en}  ${ruleCount} rules (${unverifiedCount} unverified)  adopted at: ${adopted}\n`,
        );
      }
    return 0;
  },
});

export const rulesExport = defineCommand({
  path: ["rules", "export"],
  summary: { zh: "输出规则包文本（YAML）", en: "Write a rule pack's text (YAML)" },
  positionals: [{ name: "KEY", description: { zh: "规则包", en: "Rule pack" } }],
  options: {
    version: {
      type: "string",
      value: "N",
      description: { zh: "版本，默认现行版本", en: "Version; the one in force by default" },
    },
  },
  async run({ platform, positionals, options, stdout, format }) {
    const key = positionals[0] as string;
    const { state } = await inForce(platform);
    const version = wholeNumber(options.version, "--version") ?? state.packs.find((pack) => pack.key === key)?.version;
    const [pack] = version === undefined ? [] : await packTexts(platform.db, [{ key, version }]);
    if (!pack) throw new CommandError({ zh: `没有规则包 ${key}`, en: `there is no rule pack ${key}` });
    stdout.write(format === "json" ? `${JSON.stringify(pack.document)}\n` : pack.yaml);
    return 0;
  },
});

export const rulesCheck = defineCommand({
  path: ["rules", "check"],
  summary: { zh: "核对规则包文本", en: "Check a rule pack's text" },
  details: {
    zh: "逐条列出问题及其行列；只有提醒时退出码为 0，有错误时为 1。",
    en: "Lists every problem with line and column. Exit code 0 where there are only warnings, 1 with errors.",
  },
  positionals: [{ name: "FILE", description: { zh: "规则包文件", en: "The pack's file" } }],
  async run({ platform, positionals, resolve, stdout, format, language }) {
    const tree = await currentTree(platform);
    const text = await readFile(resolve(positionals[0] as string), "utf8");
    const { pack, problems } = parsePack(text, business, (unitId) => tree.unit(unitId) !== null);
    if (format === "json")
      stdout.write(`${JSON.stringify({ key: pack?.key ?? null, rules: pack?.rules.length ?? 0, problems })}\n`);
    else {
      for (const { line, column, severity, path, message } of problems)
        stdout.write(`${line}:${column} ${severityWords[severity][language]} ${path} ${message[language]}\n`);
      if (pack)
        stdout.write(
          language === "zh" ? `${pack.key}：${pack.rules.length} 条规则\n` : `${pack.key}: ${pack.rules.length} rules\n`,
        );
    }
    return pack === null ? 1 : 0;
  },
});

export const rulesSave = defineCommand({
  path: ["rules", "save"],
  summary: { zh: "保存规则包（先试算影响）", en: "Save a rule pack (its effect is shown first)" },
  positionals: [{ name: "FILE", description: { zh: "规则包文件", en: "The pack's file" } }],
  options: publishOptions,
  async run(call) {
    const yaml = await readFile(call.resolve(call.positionals[0] as string), "utf8");
    return changeRulebook(call, async (version) => {
      const { packs } = await rulebookState(call.platform.db, version);
      const key = /^key:\s*["']?([a-z0-9-]+)/m.exec(yaml)?.[1];
      return [{ kind: "save-pack", yaml, baseVersion: packs.find((pack) => pack.key === key)?.version ?? null }];
    });
  },
});

const adoption = (kind: "adopt-pack" | "drop-pack", word: "adopt" | "drop", summary: Bilingual) =>
  defineCommand({
    path: ["rules", word],
    summary,
    positionals: [
      { name: "KEY", description: { zh: "规则包", en: "Rule pack" } },
      { name: "UNIT", description: { zh: "单位编码", en: "Code of the unit" } },
    ],
    options: publishOptions,
    async run(call) {
      const [key, code] = call.positionals as [string, string];
      const { unitId } = await unitOfCode(call.platform, code);
      return changeRulebook(call, () => [{ kind, key, unitId }]);
    },
  });
export const rulesAdopt = adoption("adopt-pack", "adopt", {
  zh: "在单位采用规则包，及于其下级（先试算影响）",
  en: "Adopt a rule pack at a unit and below (its effect is shown first)",
});
export const rulesDrop = adoption("drop-pack", "drop", {
  zh: "在单位取消规则包（先试算影响）",
  en: "Drop a rule pack at a unit (its effect is shown first)",
});

export const rulesHistory = defineCommand({
  path: ["rules", "history"],
  summary: { zh: "列出规则版本：何时、何人、为何", en: "List the rulebooks: when, by whom and why" },
  async run({ platform, stdout, format, language }) {
    await inForce(platform);
    const rows = (await rulebookRows(platform.db, null, 1000)).map(rulebookSummary);
    if (format === "json") stdout.write(`${JSON.stringify(rows)}\n`);
    else
      for (const { version, publishedAt, publishedBy, note, changes } of rows)
        stdout.write(
          `${version}  ${await wallTime(platform, publishedAt)}  ${publishedBy ?? "–"}  ${note}\n${changes.map((line) => `    ${line[language]}\n`).join("")}`,
        );
    return 0;
  },
});

export const rulesDifferences = defineCommand({
  path: ["rules", "differences"],
  summary: { zh: "比较两个规则版本", en: "Compare two rulebooks" },
  positionals: [
    { name: "VERSION", description: { zh: "规则版本", en: "Rulebook" } },
    {
      name: "AGAINST",
      description: { zh: "与之比较的版本，默认为前一版本", en: "The one to compare with; the one before by default" },
      optional: true,
    },
  ],
  async run({ platform, positionals, stdout, format, language }) {
    const { unitName } = await inForce(platform);
    const version = wholeNumber(positionals[0], "VERSION") as number;
    const against = wholeNumber(positionals[1], "AGAINST") ?? Math.max(1, version - 1);
    const found = await definitionsOf(platform.db, [version, against]);
    const [before, after] = [against, version].map((one) => found.find((row) => row.version === one)?.definition);
    if (!before || !after) throw new CommandError({ zh: "没有这个规则版本", en: "there is no such rulebook" });
    const differences = rulebookDifferences(before, after, unitName);
    if (format === "json") stdout.write(`${JSON.stringify(differences)}\n`);
    else
      for (const { area, kind, what, title, fields } of differences) {
        stdout.write(`${differenceWords[kind][language]} ${areaWords[area][language]} ${what}  ${title[language]}\n`);
        if (kind === "CHANGED")
          for (const { field, before: was, after: is } of fields) {
            const told = (value: string | null) => (value === null ? "–" : valueText(field, value, language));
            stdout.write(`    ${fieldTitle(field)[language]}${language === "zh" ? "：" : ": "}${told(was)} → ${told(is)}\n`);
          }
      }
    return 0;
  },
});
