// bihuan calendar list | enter-year: the layers and announced years, and the entry of a newly announced one.
import { readFile } from "node:fs/promises";
import { CalendarYearEntry, type NoticeDay } from "@bihuan/contract/calendar.ts";
import { dayNumber, formatCivilDate, parseCivilDate } from "@bihuan/core/calendar/civil-date.ts";
import { parseDocument } from "yaml";
import { z } from "zod";
import { business } from "../../business.ts";
import { problemsOfYear } from "../../calendar/check-year.ts";
import { officialYears } from "../../calendar/official.ts";
import { calendarState } from "../../calendar/queries.ts";
import { layerKey } from "../../calendar/state.ts";
import { ensureShippedRules } from "../../clock/shipped.ts";
import { currentTree } from "../../identity/organisation/tree.ts";
import type { FieldError } from "../../platform/http/problem.ts";
import { parsePart } from "../../platform/http/validation.ts";
import { CommandError, defineCommand } from "../command.ts";
import { changeRulebook, publishOptions } from "./rulebook-change.ts";

export const calendarList = defineCommand({
  path: ["calendar", "list"],
  summary: { zh: "列出日历各层与已公布年份", en: "List the calendar layers and the announced years" },
  async run({ platform, stdout, format, language }) {
    await ensureShippedRules(platform, business);
    const [state, tree] = [await calendarState(platform.db), await currentTree(platform)];
    if (format === "json") {
      stdout.write(`${JSON.stringify(state)}\n`);
      return 0;
    }
    for (const { year, off, makeUp, notice } of state.years)
      stdout.write(
        language === "zh"
          ? `${year}  放假 ${off.length} 天，调休上班 ${makeUp.length} 天  ${notice.reference}\n`
          : `${year}  ${off.length} days off, ${makeUp.length} make-up days  ${notice.reference}\n`,
      );
    for (const { unitId, zone, hours, week, overrides } of state.layers) {
      const name = unitId === null ? (language === "zh" ? "全公司" : "whole company") : (tree.unit(unitId)?.name ?? unitId);
      const parts = [
        hours?.map(({ from, to }) => `${from}-${to}`).join(","),
        week?.map((works) => (works ? "●" : "○")).join(""),
        zone,
        overrides.length > 0 ? `${overrides.length} ${language === "zh" ? "天另定" : "dates of its own"}` : undefined,
      ];
      stdout.write(`${layerKey(unitId)}  ${name}  ${parts.filter((part) => part != null).join("  ")}\n`);
    }
    return 0;
  },
});

const Name = z.union([z.string().min(1), z.strictObject({ zh: z.string().min(1), en: z.string().min(1) })]);
const Entry = z.union([
  z.strictObject({ date: z.iso.date(), name: Name }),
  z.strictObject({ from: z.iso.date(), to: z.iso.date(), name: Name }),
]);
const YearFile = z.strictObject({
  year: z.int(),
  off: z.array(Entry),
  makeUp: z.array(Entry).default([]),
  extraDays: z.int().default(0),
  notice: z.strictObject({
    reference: z.string(),
    urls: z.array(z.string()).default([]),
    announcedOn: z.iso.date().nullable().default(null),
  }),
});

/** Holidays known by their Chinese names, so that a file need not repeat the English ones. */
const englishNames = new Map(officialYears.flatMap(({ off }) => off.map(({ name }) => [name.zh, name.en] as const)));
const MOST_DAYS = 60;

function daysOf(entry: z.infer<typeof Entry>): NoticeDay[] {
  const name = typeof entry.name === "string" ? { zh: entry.name, en: englishNames.get(entry.name) ?? entry.name } : entry.name;
  if ("date" in entry) return [{ date: entry.date, name }];
  const first = parseCivilDate(entry.from) ?? dayNumber(1970, 1, 1);
  const count = (parseCivilDate(entry.to) ?? first) - first + 1;
  if (count < 1 || count > MOST_DAYS)
    throw new CommandError({ zh: `${entry.from} 至 ${entry.to} 不是一段假期`, en: `${entry.from} to ${entry.to} is no holiday` });
  return Array.from({ length: count }, (_, index) => ({ date: formatCivilDate(first + index), name }));
}

const wrongYear = (errors: readonly FieldError[]): CommandError => {
  const listed = (language: "zh" | "en") => errors.map(({ path, messages }) => `\n  ${path}: ${messages[language]}`).join("");
  return new CommandError({ zh: `年度安排文件有误：${listed("zh")}`, en: `The year's file is wrong:${listed("en")}` });
};

/** Reads a year's file. Errors: told with everything that is wrong, each by its place. */
function readYear(text: string): CalendarYearEntry {
  const document = parseDocument(text, { prettyErrors: false });
  const [broken] = document.errors;
  if (broken) throw new CommandError({ zh: `不是 YAML 文件：${broken.message}`, en: `This is no YAML: ${broken.message}` });
  const file = parsePart(YearFile, document.toJS(), "body");
  if ("errors" in file) throw wrongYear(file.errors);
  const { off, makeUp } = file.value;
  const entry = parsePart(CalendarYearEntry, { ...file.value, off: off.flatMap(daysOf), makeUp: makeUp.flatMap(daysOf) }, "body");
  if ("errors" in entry) throw wrongYear(entry.errors);
  return entry.value;
}

export const calendarEnterYear = defineCommand({
  path: ["calendar", "enter-year"],
  summary: { zh: "录入新公布的年度节假日安排", en: "Enter the holidays of a newly announced year" },
  details: {
    zh: `文件为 YAML 或 JSON：
  year: 2027
  notice: { reference: 国务院办公厅关于2027年部分节假日安排的通知, urls: [https://…], announcedOn: 2026-11-04 }
  off: [{ from: 2027-01-01, to: 2027-01-03, name: 元旦 }, { date: 2027-04-05, name: 清明节 }]
  makeUp: [{ date: 2027-02-14, name: 春节 }]
须为全年安排：日期不得重复，调休上班日须为周末，放假减去调休应为法定天数（另有增加的写 extraDays）。先试算对在途工单的影响，加 --publish 才发布。`,
    en: `The file is YAML or JSON:
  year: 2027
  notice: { reference: 国务院办公厅关于2027年部分节假日安排的通知, urls: [https://…], announcedOn: 2026-11-04 }
  off: [{ from: 2027-01-01, to: 2027-01-03, name: 元旦 }, { date: 2027-04-05, name: { zh: 清明节, en: Tomb-Sweeping Day } }]
  makeUp: [{ date: 2027-02-14, name: 春节 }]
It holds the whole year: no date twice, make-up days at weekends, and days off less make-up days must come to the statutory number
(extraDays names what was granted beyond it). The effect on open orders is shown first; --publish saves it.`,
  },
  positionals: [{ name: "FILE", description: { zh: "年度安排文件", en: "File of the year" } }],
  options: publishOptions,
  async run(call) {
    const entry = readYear(await readFile(call.resolve(call.positionals[0] as string), "utf8"));
    for (const { place, message } of problemsOfYear(entry)) call.stderr.write(`${place}: ${message[call.language]}\n`);
    return changeRulebook(call, () => [{ kind: "calendar-year", entry }]);
  },
});
