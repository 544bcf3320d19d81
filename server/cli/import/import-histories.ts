// bihuan import service-requests | ticket-events: histories of other systems become orders.
import { rejectReasons } from "@bihuan/core/history/case.ts";
import type { MappingKind } from "@bihuan/core/history/mapping.ts";
import type { Bilingual } from "@bihuan/contract/text.ts";
import { isRefusal, refuse } from "@bihuan/core/refusal.ts";
import type { WriteStream } from "node:tty";
import type { RejectedLine } from "../../history/case-batches.ts";
import { atCommandLine, recordAccess } from "../../identity/access-log/commands.ts";
import { type ImportResult, importHistories } from "../../history/import.ts";
import { readMappingFile } from "../../history/mapping-file.ts";
import { type Command, CommandError, type CommandRun, defineCommand } from "../command.ts";
import { progressBar } from "./import-progress.ts";
import { refused } from "../refused.ts";
import { writeRejects } from "./rejects-file.ts";

const options = {
  mapping: {
    type: "string",
    value: "FILE",
    description: {
      zh: "映射文件（YAML），说明各列的含义与格式",
      en: "Mapping (YAML): what the columns mean and how times are written",
    },
  },
  below: {
    type: "string",
    value: "CODE",
    description: {
      zh: "文件中的单位建在此单位编码之下，默认为根单位",
      en: "Code of the unit below which the file's units are created; the root unit by default",
    },
  },
  name: {
    type: "string",
    value: "NAME",
    description: {
      zh: "导入名称，供报表选用，默认取映射中的 name",
      en: "Name of the import, for reports; the mapping's name by default",
    },
  },
  rejects: {
    type: "string",
    value: "FILE",
    description: {
      zh: "把未导入的行连同原因写入此 CSV 文件，改正后可再次导入",
      en: "Write the rows that were not loaded to this CSV file, with the reasons; mended, it can be loaded again",
    },
  },
  "dry-run": { type: "boolean", default: false, description: { zh: "只检查，不保存", en: "Check only, keep nothing" } },
} as const;

const SHOWN = 20; // more rejected rows are counted on the terminal; the JSON and --rejects have them all

type Run = CommandRun<typeof options>;

const reasonOf = (line: RejectedLine, language: "zh" | "en") => {
  const reason = rejectReasons[line.reason][language];
  return line.column === null ? reason : `${line.column}: ${reason}`;
};

async function mappingOf(call: Run, kind: MappingKind) {
  const file = call.options.mapping;
  if (file === undefined) throw new CommandError({ zh: "缺少 --mapping", en: "--mapping is missing" }, 2);
  const read = await readMappingFile(call.resolve(file), kind).catch((error: Error) => {
    throw refused(refuse("import.file-unreadable", { reason: error.message }));
  });
  if ("mapping" in read) return read.mapping;
  const listed = (language: "zh" | "en") =>
    read.problems.map(({ place, message }) => `\n  ${place}: ${message[language]}`).join("");
  const error = refused(refuse("import.mapping-invalid", { problems: "" }));
  throw new CommandError({ zh: `${error.text.zh}${listed("zh")}`, en: `${error.text.en}${listed("en")}` });
}

const summary = (result: ImportResult, dryRun: boolean, seconds: number): Bilingual => {
  const count = (value: number) => value.toLocaleString("en");
  const zh = [
    `${dryRun ? "可导入" : "已导入"} ${count(result.casesLoaded)} 件（共 ${count(result.rows)} 行），名称 ${result.name}`,
    ...(result.casesKnown > 0 ? [`${count(result.casesKnown)} 件此前已由同一文件导入，未重复`] : []),
    ...(result.rejected.length > 0 ? [`${count(result.rejected.length)} 行未导入`] : []),
    ...(result.closedBeforeOpened > 0 ? [`${count(result.closedBeforeOpened)} 件办结早于受理，已导入并单独计数`] : []),
    ...(result.unitsCreated > 0 ? [`${dryRun ? "将" : ""}新建单位 ${count(result.unitsCreated)} 个`] : []),
  ];
  const en = [
    `${dryRun ? "Could load" : "Loaded"} ${count(result.casesLoaded)} cases (${count(result.rows)} rows) as ${result.name}`,
    ...(result.casesKnown > 0 ? [`${count(result.casesKnown)} cases had been loaded from this file before`] : []),
    ...(result.rejected.length > 0 ? [`${count(result.rejected.length)} rows were not loaded`] : []),
    ...(result.closedBeforeOpened > 0
      ? [`${count(result.closedBeforeOpened)} cases were closed before they were opened; they are counted apart`]
      : []),
    ...(result.unitsCreated > 0 ? [`${count(result.unitsCreated)} units ${dryRun ? "would be " : ""}created`] : []),
  ];
  return { zh: `${zh.join("\n")}\n用时 ${seconds.toFixed(1)} 秒\n`, en: `${en.join("\n")}\n${seconds.toFixed(1)} s\n` };
};

async function run(call: Run & { platform: Parameters<typeof importHistories>[0] }, kind: MappingKind): Promise<number> {
  const { platform, language } = call;
  const mapping = await mappingOf(call, kind);
  const startedAtMs = platform.time.nowMs();
  const bar = progressBar(call.stderr, (call.stderr as Partial<WriteStream>).isTTY === true, language);
  const dryRun = call.options["dry-run"];
  const file = call.resolve(call.positionals[0] as string);
  const result = await importHistories(
    platform,
    {
      file,
      mapping,
      name: call.options.name ?? null,
      below: call.options.below ?? null,
      dryRun,
    },
    bar.show,
  ).finally(bar.end);
  if (isRefusal(result)) throw refused(result);
  if (!dryRun)
    await recordAccess(platform.db, startedAtMs, atCommandLine, {
      action: "DATA_IMPORTED",
      recordKind: kind,
      recordId: result.name,
      facts: { rows: result.rows, cases: result.casesLoaded, unitsCreated: result.unitsCreated },
    });
  for (const line of result.rejected.slice(0, SHOWN))
    call.stderr.write(`${language === "zh" ? `第 ${line.line} 行` : `line ${line.line}`}: ${reasonOf(line, language)}\n`);
  if (result.rejected.length > SHOWN)
    call.stderr.write(language === "zh" ? `……共 ${result.rejected.length} 行\n` : `... ${result.rejected.length} rows in all\n`);
  if (call.options.rejects !== undefined)
    await writeRejects(
      call.resolve(call.options.rejects),
      { file, options: { encoding: mapping.encoding, delimiter: mapping.delimiter } },
      result.rejected.map(({ line, column, reason }) => ({ line, column, reason: rejectReasons[reason][language] })),
      language,
    );
  const seconds = (platform.time.nowMs() - startedAtMs) / 1000;
  if (call.format === "json") {
    const rejected = result.rejected.map((line) => ({ ...line, text: rejectReasons[line.reason] }));
    call.stdout.write(`${JSON.stringify({ ...result, dryRun, seconds, rejected }, null, 2)}\n`);
  } else call.stdout.write(summary(result, dryRun, seconds)[language]);
  return result.casesLoaded + result.casesKnown > 0 || result.rows === 0 ? 0 : 1;
}

const details: Bilingual = {
  zh: "整个文件一次导入：要么全部写入，要么什么都不写。不能识别的行逐行说明原因；同一文件再次导入不会重复。没有任何一行可导入时退出码为 1。",
  en: "The whole file is loaded in one go or not at all. Rows that cannot be read are listed with their reason; a file loaded again brings no duplicates. Exit code 1 where no row could be loaded.",
};
const positionals = [{ name: "FILE", description: { zh: "CSV 或 CSV.gz 文件", en: "A CSV or CSV.gz file" } }] as const;

export const importServiceRequests: Command = defineCommand({
  path: ["import", "service-requests"],
  summary: { zh: "导入历史服务请求（一行一件）", en: "Load service requests of another system, one row each" },
  details,
  options,
  positionals,
  run: (call) => run(call, "service-requests"),
});

export const importTicketEvents: Command = defineCommand({
  path: ["import", "ticket-events"],
  summary: { zh: "导入工单步骤日志（一行一步）", en: "Load step-by-step logs of another system, one row for each step" },
  details,
  options,
  positionals,
  run: (call) => run(call, "ticket-events"),
});
