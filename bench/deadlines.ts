// Deadlines in working days and in working minutes, instants in and out, on one core; beside chinese-days on the same work.
import { type Calendar, compileCalendar } from "@bihuan/core/calendar/calendar.ts";
import { chinaLayer } from "@bihuan/core/calendar/china.ts";
import { DAY_MS, formatCivilDate } from "@bihuan/core/calendar/civil-date.ts";
import { parseHours } from "@bihuan/core/calendar/definition.ts";
import { addWorkingDays, addWorkingMinutes } from "@bihuan/core/calendar/working-time.ts";
import chineseDays from "chinese-days";
import { type Bench, type Row, seededRandom } from "./row.ts";

const COUNT = 1_000_000;
const PEER_COUNT = 4000;
const ROUNDS = 15;
const TIMES = 200;
const OFFSET_MS = 8 * 3_600_000;
const MINUTE_MS = 60_000;

type Work = { readonly startsMs: Float64Array; readonly amounts: Int32Array };

// Any instant from 2015 to autumn 2026, so that every answer lies within the years both know.
function workOf(largest: number): Work {
  const random = seededRandom(20_150_101);
  const from = Date.parse("2015-01-01T00:00:00+08:00");
  const span = Date.parse("2026-10-01T00:00:00+08:00") - from;
  return {
    startsMs: Float64Array.from({ length: COUNT }, () => from + Math.floor(random() * span)),
    amounts: Int32Array.from({ length: COUNT }, () => 1 + Math.floor(random() * largest)),
  };
}

type Peer = (startMs: number, amount: number) => number;

// Each kind of deadline has a loop of its own, as a caller would write it: shared, it could not be compiled to either.
const daysOf = (calendar: Calendar, { startsMs, amounts }: Work, dues: Float64Array): void => {
  for (let index = 0; index < COUNT; index++)
    dues[index] = addWorkingDays(calendar, startsMs[index] as number, amounts[index] as number);
};
const minutesOf = (calendar: Calendar, { startsMs, amounts }: Work, dues: Float64Array): void => {
  for (let index = 0; index < COUNT; index++)
    dues[index] = addWorkingMinutes(calendar, startsMs[index] as number, amounts[index] as number);
};

type Measured = { readonly rate: number; readonly peerRate: number; readonly ratio: number };

/**
 * Deadlines a second, ours and the peer's, turn by turn so that both meet the same machine. Of each the fastest round: on a shared
 * machine the slower ones measure the neighbours.
 */
function measure(ours: () => void, { startsMs, amounts }: Work, peer: Peer): Measured {
  let rate = 0;
  let peerRate = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const startedAt = performance.now();
    ours();
    const between = performance.now();
    for (let index = 0; index < PEER_COUNT; index++) peer(startsMs[index] as number, amounts[index] as number);
    const endedAt = performance.now();
    rate = Math.max(rate, (COUNT / (between - startedAt)) * 1000);
    peerRate = Math.max(peerRate, (PEER_COUNT / (endedAt - between)) * 1000);
  }
  return { rate, peerRate, ratio: rate / peerRate };
}

// chinese-days reads the machine's local date: the local noon of that date is what it takes fastest.
const localDay = (atMs: number): number => Math.floor((atMs + OFFSET_MS) / DAY_MS);
const machineOffsetMs = -new Date(0).getTimezoneOffset() * MINUTE_MS;
const noon = (day: number): Date => new Date(day * DAY_MS + DAY_MS / 2 - machineOffsetMs);
const endOfDay = (day: number): number => (day + 1) * DAY_MS - OFFSET_MS;

const peerDays: Peer = (startMs, days) =>
  Date.parse(`${chineseDays.findWorkday(days, noon(localDay(startMs)))}T00:00:00+08:00`) + DAY_MS;

// It knows days only; the hours within them are added here.
const openings = [
  [510, 720],
  [840, 1050],
] as const;

function dueMinutes(startMs: number, minutes: number, works: (day: number) => boolean): number {
  let leftMs = minutes * MINUTE_MS;
  for (let day = localDay(startMs); ; day++) {
    if (!works(day)) continue;
    const midnightMs = endOfDay(day) - DAY_MS;
    for (const [open, close] of openings) {
      const fromMs = Math.max(startMs, midnightMs + open * MINUTE_MS);
      const openMs = midnightMs + close * MINUTE_MS - fromMs;
      if (openMs <= 0) continue;
      if (leftMs <= openMs) return fromMs + leftMs;
      leftMs -= openMs;
    }
  }
}

const peerMinutes: Peer = (startMs, minutes) => dueMinutes(startMs, minutes, (day) => chineseDays.isWorkday(noon(day)));

/** Answers that differ from counting day by day over the announced dates. */
function wrongAnswers(days: { work: Work; dues: Float64Array }, minutes: { work: Work; dues: Float64Array }): number {
  const named = new Map(chinaLayer([]).dates.map(({ date, working }) => [date, working]));
  const first = localDay(Date.parse("2014-12-01T00:00:00+08:00"));
  const flags = Uint8Array.from({ length: 5000 }, (_, index) => {
    const day = first + index;
    return (named.get(formatCivilDate(day)) ?? (day + 3) % 7 < 5) ? 1 : 0;
  });
  const works = (day: number): boolean => flags[day - first] === 1;
  let wrong = 0;
  for (let index = 0; index < COUNT; index++) {
    let day = localDay(days.work.startsMs[index] as number);
    for (let left = days.work.amounts[index] as number; left > 0; ) if (works(++day)) left--;
    if (days.dues[index] !== endOfDay(day)) wrong++;
    const due = dueMinutes(minutes.work.startsMs[index] as number, minutes.work.amounts[index] as number, works);
    if (minutes.dues[index] !== due) wrong++;
  }
  return wrong;
}

async function run(): Promise<readonly Row[]> {
  const calendar = compileCalendar([chinaLayer(parseHours("08:30-12:00,14:00-17:30") ?? [])]);
  const days = { work: workOf(20), dues: new Float64Array(COUNT) };
  const minutes = { work: workOf(2400), dues: new Float64Array(COUNT) };
  const day = measure(() => daysOf(calendar, days.work, days.dues), days.work, peerDays);
  const minute = measure(() => minutesOf(calendar, minutes.work, minutes.dues), minutes.work, peerMinutes);
  const wrong = wrongAnswers(days, minutes);
  const rows = (name: string, { rate, peerRate, ratio }: Measured, target: number): Row[] => [
    { name, value: rate, unit: "deadlines/s", floor: peerRate, ratio, target, met: rate >= target },
    {
      name: `${name}, against chinese-days`,
      value: ratio,
      unit: "times",
      floor: peerRate,
      ratio,
      target: TIMES,
      met: ratio >= TIMES,
    },
  ];
  return [
    ...rows("working days", day, 10_000_000),
    ...rows("working minutes", minute, 8_000_000),
    { name: "wrong answers", value: wrong, unit: "answers", floor: null, ratio: null, target: 0, met: wrong === 0 },
  ];
}

export default {
  name: "deadlines",
  summary: {
    zh: "按工作日与工作分钟计算期限，与 chinese-days 同场比较",
    en: "Deadlines in working days and working minutes, beside chinese-days",
  },
  run,
} satisfies Bench;
