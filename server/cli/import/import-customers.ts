// bihuan import customers: the customer business system's accounts become customers with their files.
import { readFile, stat } from "node:fs/promises";
import type { WriteStream } from "node:tty";
import { refuse } from "@bihuan/core/refusal.ts";
import { type ImportField, importFields } from "@bihuan/core/customer/import-row.ts";
import { parse as parseYaml, YAMLParseError } from "yaml";
import { type CustomerImportResult, importCustomers } from "../../customer/import/import-customers.ts";
import { csvOptions, CustomerMapping, HeadingError, type RowProblem } from "../../customer/import/rows.ts";
import { atCommandLine, recordAccess } from "../../identity/access-log/commands.ts";
import { currentTree } from "../../identity/organisation/tree.ts";
import { parsePart } from "../../platform/http/validation.ts";
import { type Command, CommandError, defineCommand } from "../command.ts";
import { progressBar } from "./import-progress.ts";
import { refused } from "../refused.ts";
import { writeRejects } from "./rejects-file.ts";

const SHOWN = 20; // more lines are counted on the terminal; the JSON and --rejects have them all

const fileRefused = (error: unknown): CommandError | null => {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  if (!/^(?:E[A-Z]+|Z_[A-Z_]+)$/.test(code)) return null;
  return refused(refuse("import.file-unreadable", { reason: (error as Error).message }));
};

async function readMapping(file: string): Promise<CustomerMapping> {
  let value: unknown;
  try {
    value = parseYaml(await readFile(file, "utf8"));
  } catch (error) {
    if (error instanceof YAMLParseError) throw refused(refuse("import.mapping-invalid", { problems: error.message }));
    throw fileRefused(error) ?? error;
  }
  const parsed = parsePart(CustomerMapping, value ?? {}, "body");
  if ("value" in parsed) return parsed.value;
  const problems = (language: "zh" | "en") =>
    parsed.errors.map(({ path, messages }) => `\n  ${path}: ${messages[language]}`).join("");
  const { text } = refused(refuse("import.mapping-invalid", { problems: "" }));
  throw new CommandError({ zh: `${text.zh}${problems("zh")}`, en: `${text.en}${problems("en")}` });
}

const columnName = (column: string | null, language: "zh" | "en"): string | null =>
  column === null ? null : (importFields[column as ImportField]?.at(language === "zh" ? 0 : -1) ?? column);

const told = ({ line, column, reason }: RowProblem, language: "zh" | "en"): string =>
  `${language === "zh" ? `第 ${line} 行` : `line ${line}`}: ${[columnName(column, language), reason[language]].filter((part) => part).join(": ")}\n`;

function summary(result: CustomerImportResult, dryRun: boolean, language: "zh" | "en", seconds: number): string {
  const count = (value: number) => value.toLocaleString("en");
  const parts: readonly (readonly [number, string, string])[] = [
    [result.accountsCreated, "新增户号", "accounts added"],
    [result.customersCreated, "新增客户", "customers added"],
    [result.accountsChanged, "变更户号", "accounts changed"],
    [result.accountsUnchanged, "未变户号", "accounts unchanged"],
    [result.areasCreated, "新增台区", "transformer areas added"],
    [result.accountsMoved, "随台区移交的户号", "accounts moved with their transformer area"],
    [result.refusedRows, "未导入的行", "rows not loaded"],
    [result.remarks.length, "略过的单元格", "cells left out"],
  ];
  const told = parts
    .filter(([value]) => value > 0)
    .map(([value, zh, en]) => (language === "zh" ? `${zh} ${count(value)}` : `${count(value)} ${en}`));
  const head = language === "zh" ? `共 ${count(result.rows)} 行` : `${count(result.rows)} rows`;
  const none = dryRun
    ? { zh: "只作检查，未导入任何内容", en: "Only checked: nothing was loaded" }[language]
    : { zh: "有不合格的行，未导入任何内容", en: "Nothing was loaded, because rows were refused" }[language];
  const time = language === "zh" ? `用时 ${seconds.toFixed(1)} 秒` : `${seconds.toFixed(1)} s`;
  return `${[head, ...(result.loaded ? [] : [none]), ...told, time].join("\n")}\n`;
}

export const importCustomersCommand: Command = defineCommand({
  path: ["import", "customers"],
  summary: { zh: "导入客户与户号", en: "Load customers and their accounts" },
  details: {
    zh: `每行一个户号。表头按常用名称识别：${Object.values(importFields)
      .map((names) => names[0])
      .join(
        "、",
      )}；其他名称在映射文件中说明。按地市与户号匹配：新的新增，不同的更新，其余不动，文件中没有的不删除。不合格的行逐行说明原因，其余行照常导入；加 --strict 则一行不合格就都不导入。没有任何一行可导入时退出码为 1。`,
    en: `One account a row. Headings are recognised by their usual names (${Object.values(importFields)
      .map((names) => names.at(-1))
      .join(
        ", ",
      )}); a mapping names others. Rows are matched by city and account number: new ones are added, different ones changed, the rest left alone; nothing is removed. Rows that cannot be loaded are listed with their reason and the others are loaded; with --strict one such row stops the whole file. Exit code 1 where no row could be loaded.`,
  },
  options: {
    mapping: {
      type: "string",
      value: "FILE",
      description: { zh: "映射文件（YAML）：列名、取值、默认值", en: "Mapping (YAML): columns, values, defaults" },
    },
    unit: {
      type: "string",
      value: "CODE",
      description: { zh: "没有单位编码的行归此单位", en: "Code of the unit for rows that name none" },
    },
    "dry-run": {
      type: "boolean",
      default: false,
      description: { zh: "只检查，不导入", en: "Only check, load nothing" },
    },
    strict: {
      type: "boolean",
      default: false,
      description: { zh: "有一行不合格就都不导入", en: "Load nothing where a row is refused" },
    },
    rejects: {
      type: "string",
      value: "FILE",
      description: {
        zh: "把未导入的行连同原因写入此 CSV 文件，改正后可再次导入",
        en: "Write the rows that were not loaded to this CSV file, with the reasons; mended, it can be loaded again",
      },
    },
  },
  positionals: [
    { name: "FILE", description: { zh: "CSV、CSV.gz 或 Excel（.xlsx）文件", en: "A CSV, CSV.gz or Excel (.xlsx) file" } },
  ],
  async run({ platform, positionals, options, language, format, stdout, stderr, resolve }) {
    const file = resolve(positionals[0] as string);
    const mapping = options.mapping === undefined ? CustomerMapping.parse({}) : await readMapping(resolve(options.mapping));
    const unitCode = options.unit ?? mapping.defaults.unitCode;
    const organisation = await currentTree(platform);
    if (unitCode !== undefined && !organisation.byCode(unitCode)?.active)
      throw refused(refuse("identity.unit-unknown", { unit: unitCode }));
    const startedAtMs = platform.time.nowMs();
    const bar = progressBar(stderr, (stderr as Partial<WriteStream>).isTTY === true, language, "rows");
    let rows = 0;
    try {
      const { size } = await stat(file);
      const result = await importCustomers(platform.db, {
        file,
        mapping: unitCode === undefined ? mapping : { ...mapping, defaults: { ...mapping.defaults, unitCode } },
        organisation,
        nowMs: startedAtMs,
        strict: options.strict,
        dryRun: options["dry-run"],
        onProgress: (progress) => {
          rows += progress.rows;
          bar.show({ phase: "loading", share: size === 0 ? 1 : progress.bytes / size, cases: rows });
        },
      }).finally(bar.end);
      const facts = { kind: "customers", rows: result.rows, accounts: result.accountsCreated, changed: result.accountsChanged };
      if (result.loaded)
        await recordAccess(platform.db, startedAtMs, atCommandLine, {
          action: "DATA_IMPORTED",
          recordKind: "customer",
          facts,
        });
      for (const problem of result.refused.slice(0, SHOWN)) stderr.write(told(problem, language));
      if (result.refused.length > SHOWN)
        stderr.write(language === "zh" ? `……共 ${result.refused.length} 条\n` : `... ${result.refused.length} in all\n`);
      if (options.rejects !== undefined)
        await writeRejects(
          resolve(options.rejects),
          { file, options: csvOptions(mapping) },
          result.refused.map(({ line, column, reason }) => ({
            line,
            column: columnName(column, language),
            reason: reason[language],
          })),
          language,
        );
      const seconds = (platform.time.nowMs() - startedAtMs) / 1000;
      stdout.write(
        format === "json"
          ? `${JSON.stringify({ ...result, seconds }, null, 2)}\n`
          : summary(result, options["dry-run"], language, seconds),
      );
      const good = options["dry-run"] ? !options.strict || result.refusedRows === 0 : result.loaded;
      return good && (result.rows === 0 || result.refusedRows < result.rows) ? 0 : 1;
    } catch (error) {
      if (error instanceof HeadingError) throw new CommandError(error.text);
      throw fileRefused(error) ?? error;
    }
  },
});
