// bihuan report timeliness | states | verdicts | averages
import type { ReportQuery } from "@bihuan/contract/report.ts";
import type { Bilingual } from "@bihuan/contract/text.ts";
import { isRefusal } from "@bihuan/core/refusal.ts";
import { type ReportKind, reportOf } from "../../report/report.ts";
import { everything } from "../../report/queries.ts";
import { selectCases } from "../../report/selection.ts";
import { type Command, defineCommand } from "../command.ts";
import { refused } from "../refused.ts";
import { textTable } from "./report-table.ts";

const options = {
  import: {
    type: "string",
    value: "NAME",
    description: {
      zh: "只统计此名称（或文件名）的导入，默认全部工单",
      en: "Only the import of this name or file name; all orders by default",
    },
  },
  by: {
    type: "string",
    value: "LIST",
    description: {
      zh: "分组维度：unit、type、month、priority、channel、state 或映射中的列，可用逗号连写",
      en: "Group by unit, type, month, priority, channel, state or a mapped column; several with commas",
    },
  },
  "as-of": {
    type: "string",
    value: "INSTANT",
    description: {
      zh: "以此时刻判断在途是否超时，默认现在；不带偏移时按该导入的时区",
      en: "The instant at which open cases are judged, now by default; without an offset in the import's zone",
    },
  },
} as const;

const nothing: Readonly<Record<ReportKind, Bilingual>> = {
  timeliness: { zh: "没有可统计的工单。", en: "There is nothing to count." },
  verdicts: { zh: "没有可统计的导入。", en: "There is nothing to count: verdicts reads imported files." },
  states: {
    zh: "没有可统计的工单。states 统计用 import ticket-events 导入的步骤日志。",
    en: "There is nothing to count. states reads step logs, loaded by import ticket-events.",
  },
  averages: {
    zh: "没有可统计的计时：性质为“平均”的时限尚无一项结束。",
    en: "There is nothing to count: no clock of a limit on the average has ended yet.",
  },
};

const reportCommand = (
  kind: ReportKind,
  summary: Bilingual,
  details: Bilingual,
  asked: Partial<typeof options> = options,
): Command =>
  defineCommand({
    path: ["report", kind],
    summary,
    details,
    options: asked,
    async run({ platform, options: values, format, language, stdout, stderr }) {
      const given: { readonly [name in keyof typeof options]?: string | undefined } = values;
      const query: ReportQuery = {
        ...(given.import === undefined ? {} : { import: given.import }),
        ...(given.by === undefined ? {} : { by: given.by }),
        ...(given["as-of"] === undefined ? {} : { asOf: given["as-of"] }),
      };
      const selection = await selectCases(platform.db, query, platform.time.nowMs(), everything);
      if (isRefusal(selection)) throw refused(selection);
      const report = await reportOf(platform.db, kind, selection);
      if (format === "json") stdout.write(`${JSON.stringify(report.rows, null, 2)}\n`);
      else {
        const { header, rows } = report.table(language);
        stdout.write(textTable(header, rows));
        if (rows.length === 0) stderr.write(`${nothing[kind][language]}\n`);
      }
      return 0;
    },
  });

export const reportTimeliness = reportCommand(
  "timeliness",
  { zh: "时限达标报表", en: "How many were closed in time, how many are late" },
  {
    zh: `“N 内”恰在 N 时算按时。JSON 为数组，每组一项；多个维度时 group 为对象。
导入的历史按文件中的时限与单位统计。本系统的工单：
  按时与超时只看法规时限和对外承诺；办结时没有一项超过为按时，在途时有一项已超过为在途超时。
  内部时限（如派单 2 分钟）不计入，另列“超内部时限”（JSON 为 internalMissed）：不论是否按时，超过任一内部时限的件数。
  单位为承办单位；尚未派出的，为目前所在单位。`,
    en: `Closed exactly at the limit is on time. JSON is an array, one entry a group; with several dimensions group is an object.
Imported histories are counted by their file's due times and units. Orders of this system:
  On time and late go by the maxima of the law and of promises to customers: closed on time where none was missed, open and
  overdue where one is over.
  Internal limits (such as two minutes for dispatching) have no part in it; "Internal limit missed" (JSON: internalMissed) counts
  the orders, on time or late, that missed one.
  The unit is the one that handled the order, or until it is dispatched the one that has it.`,
  },
);
export const reportStates = reportCommand(
  "states",
  { zh: "各状态用时与停表报表", en: "Hours in each state and hours the clock stood still" },
  {
    zh: "统计步骤日志：到下一步的时间记在前一步的状态上，时间倒退记 0。",
    en: "Over step logs: the time to the next step is credited to the state of the earlier one, a step back in time counts 0.",
  },
);
export const reportVerdicts = reportCommand(
  "verdicts",
  { zh: "原系统结论与本系统结论对照", en: "The files' own verdicts beside ours" },
  {
    zh: "另列转派、重开、解决与办结小时、晚于计划的件数。",
    en: "With reassigned, reopened, hours to resolve and to close, and ended after plan.",
  },
);
export const reportAverages = reportCommand(
  "averages",
  { zh: "平均时限报表", en: "What was promised on the average, over the population" },
  {
    zh: `性质为“平均”的时限评价总体，对单张工单只是目标。每条规则一行：已结束计时的件数、实际平均（不计停表）、是否达标。
只统计本系统的工单，单位为承办单位；未发生而作废的计时（如未到现场即回单）不计入。`,
    en: `A limit of the kind "average" judges the population; for one order it is a target. One row a rule: how many of its clocks have
ended, what they took on the average (without what stopped them), and whether that is met.
Orders of this system only, by the unit that handled them; a clock that timed what did not happen (a reply without arrival) is left out.`,
  },
  { by: options.by },
);
