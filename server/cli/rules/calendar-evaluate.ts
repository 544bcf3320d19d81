// bihuan calendar evaluate: questions about working time as JSON lines, an answer a line.
import { once } from "node:events";
import { createInterface } from "node:readline";
import { calendarErrors } from "@bihuan/contract/errors/calendar.ts";
import { type Calendar, compileCalendar, isProvisionalAt, startOfDay } from "@bihuan/core/calendar/calendar.ts";
import { chinaLayer } from "@bihuan/core/calendar/china.ts";
import { DAY_MS, formatCivilDate, parseCivilDate } from "@bihuan/core/calendar/civil-date.ts";
import { parseHours } from "@bihuan/core/calendar/definition.ts";
import { addWorkingMinutes, nthWorkingDayAfter, workingDaysBetweenDates } from "@bihuan/core/calendar/working-time.ts";
import { toInstantMs, toLocalMs } from "@bihuan/core/calendar/zone.ts";
import { isRefusal, refuse, type Refusal } from "@bihuan/core/refusal.ts";
import { z } from "zod";
import { fill } from "../../platform/http/problem.ts";
import { type Command, defineCommand } from "../command.ts";

const Day = z.iso.date().transform((text) => parseCivilDate(text) ?? Number.NaN);
const LocalTime = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}[ T]([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?$/)
  .transform((text) => (parseCivilDate(text.slice(0, 10)) ?? Number.NaN) * DAY_MS + Date.parse(`1970-01-01T${text.slice(11)}Z`))
  .refine((localMs) => !Number.isNaN(localMs));
const Hours = z
  .string()
  .max(100)
  .refine((text) => parseHours(text) !== null);

const Question = z.discriminatedUnion("op", [
  z.strictObject({ op: z.literal("due"), start: LocalTime, minutes: z.int().min(0).max(10_000_000), hours: Hours }),
  z.strictObject({ op: z.literal("nthWorkingDay"), from: Day, n: z.int().min(1).max(100_000) }),
  z.strictObject({ op: z.literal("workingDaysBetween"), from: Day, to: Day }),
]);
type Question = z.infer<typeof Question>;

type Answer = { readonly result: string | number; readonly provisional?: true };

const MAX_CALENDARS = 64;

/** Calendars by their hours. Whoever asks with ever new hours has them compiled anew. */
function calendarStore(): (hours: string) => Calendar {
  const known = new Map<string, Calendar>();
  return (hours) => {
    const found = known.get(hours);
    if (found !== undefined) return found;
    if (known.size >= MAX_CALENDARS) known.clear();
    const calendar = compileCalendar([chinaLayer(parseHours(hours) ?? [])]);
    known.set(hours, calendar);
    return calendar;
  };
}

const localTime = (localMs: number): string => new Date(localMs).toISOString().slice(0, 19).replace("T", " ");
const answer = (result: string | number, provisional: boolean): Answer => (provisional ? { result, provisional } : { result });

function answerTo(question: Question, calendarFor: (hours: string) => Calendar): Answer {
  if (question.op === "due") {
    const calendar = calendarFor(question.hours);
    const dueAtMs = addWorkingMinutes(calendar, toInstantMs(calendar.zone, question.start), question.minutes);
    return answer(localTime(toLocalMs(calendar.zone, dueAtMs)), isProvisionalAt(calendar, dueAtMs));
  }
  // Working days do not depend on the hours.
  const calendar = calendarFor("00:00-24:00");
  const isProvisional = (day: number) => isProvisionalAt(calendar, startOfDay(calendar, day) + 1);
  if (question.op === "nthWorkingDay") {
    const day = nthWorkingDayAfter(calendar, question.from, question.n);
    return answer(formatCivilDate(day), isProvisional(question.from) || isProvisional(day));
  }
  const { from, to } = question;
  return answer(workingDaysBetweenDates(calendar, from, to), isProvisional(from) || isProvisional(to));
}

function evaluate(line: string, number: number, calendarFor: (hours: string) => Calendar): Answer | Refusal {
  let raw: unknown;
  try {
    raw = JSON.parse(line);
  } catch {
    return refuse("calendar.question-invalid", { line: number, place: "JSON" });
  }
  const parsed = Question.safeParse(raw);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const place = issue?.code === "unrecognized_keys" ? issue.keys.join(", ") : (issue?.path.join(".") ?? "");
    return refuse("calendar.question-invalid", { line: number, place: place === "" ? "JSON" : place });
  }
  try {
    return answerTo(parsed.data, calendarFor);
  } catch (error) {
    if (error instanceof RangeError) return refuse("calendar.out-of-reach", { line: number });
    throw error;
  }
}

/**
 * Answers questions line by line. In: lines of JSON, times in Asia/Shanghai; empty lines are left out. Out: for each its answer,
 * `{"result": …}` with `"provisional": true` where holidays of a year it touches are not announced, or `{"error": {code, …}}`.
 */
async function* evaluateCalendarLines(
  lines: AsyncIterable<string>,
  language: "zh" | "en" = "en",
): AsyncGenerator<{ readonly text: string; readonly isError: boolean }> {
  const calendarFor = calendarStore();
  let number = 0;
  for await (const line of lines) {
    number++;
    if (line.trim() === "") continue;
    const found = evaluate(line, number, calendarFor);
    if (!isRefusal(found)) {
      yield { text: JSON.stringify(found), isError: false };
      continue;
    }
    const { title, action } = calendarErrors[found.refused as keyof typeof calendarErrors];
    const message = `${fill(title[language], found.facts)} ${fill(action[language], found.facts)}`;
    yield { text: JSON.stringify({ error: { code: found.refused, ...found.facts, message } }), isError: true };
  }
}

/** `bihuan calendar evaluate`. Needs no database: it answers from the calendar that came with the product. */
export const calendarEvaluate: Command = defineCommand({
  path: ["calendar", "evaluate"],
  database: false,
  summary: { zh: "计算工作日与工作时间（逐行读取 JSON）", en: "Answer questions about working days and hours (JSON lines)" },
  details: {
    zh: `从标准输入逐行读取问题，逐行输出答案；时间均为北京时间。
  {"op":"due","start":"2024-02-09 16:30:00","minutes":60,"hours":"08:30-12:00,14:00-17:30"}
  {"op":"nthWorkingDay","from":"2024-02-09","n":5}
  {"op":"workingDaysBetween","from":"2024-02-01","to":"2024-02-29"}
答案为 {"result":…}；所涉年度放假安排尚未公布时另有 "provisional":true。无法回答的行得到 {"error":{"code":…}}，退出码为 1。
采用随产品提供的全国日历，不含本单位自行录入的调整。`,
    en: `Reads a question a line from standard input and answers a line each; times are those of Beijing.
  {"op":"due","start":"2024-02-09 16:30:00","minutes":60,"hours":"08:30-12:00,14:00-17:30"}
  {"op":"nthWorkingDay","from":"2024-02-09","n":5}
  {"op":"workingDaysBetween","from":"2024-02-01","to":"2024-02-29"}
An answer is {"result":…}, with "provisional":true where a year's holidays have not been announced. A line that cannot be
answered gets {"error":{"code":…}}, and the exit code is 1. It uses the national calendar that came with the product, without
what a utility has entered itself.`,
  },
  async run({ stdin, stdout, language }) {
    let failed = false;
    let text = "";
    const flush = async () => {
      if (text !== "" && !stdout.write(text)) await once(stdout, "drain");
      text = "";
    };
    for await (const line of evaluateCalendarLines(
      createInterface({ input: stdin, crlfDelay: Number.POSITIVE_INFINITY }),
      language,
    )) {
      failed ||= line.isError;
      text += `${line.text}\n`;
      if (text.length > 65_536) await flush();
    }
    await flush();
    return failed ? 1 : 0;
  },
});
