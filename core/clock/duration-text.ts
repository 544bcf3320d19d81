// Durations and instants as people say them.
import { formatCivilDate, DAY_MS } from "../calendar/civil-date.ts";
import type { Bilingual } from "../text.ts";
import { toLocalMs, type Zone } from "../calendar/zone.ts";
import type { LimitUnit } from "./types.ts";

const MINUTE_MS = 60_000;

/** A duration in its two largest units, rounded down: 2 小时 15 分, 1 天 3 小时; 2 h 15 min, 1 d 3 h. In: milliseconds, not negative. */
export function durationText(durationMs: number): Bilingual {
  const minutes = Math.floor(durationMs / MINUTE_MS);
  if (minutes === 0) return { zh: "不到 1 分", en: "less than 1 min" };
  const [days, hours, rest] = [Math.floor(minutes / 1440), Math.floor((minutes % 1440) / 60), minutes % 60];
  const parts: [number, string, string][] =
    days > 0
      ? [
          [days, "天", "d"],
          [hours, "小时", "h"],
        ]
      : [
          [hours, "小时", "h"],
          [rest, "分", "min"],
        ];
  const said = parts.filter(([count]) => count > 0);
  return {
    zh: said.map(([count, zh]) => `${count} ${zh}`).join(" "),
    en: said.map(([count, , en]) => `${count} ${en}`).join(" "),
  };
}

const units: Readonly<Record<LimitUnit, { zh: string; one: string; many: string }>> = {
  minute: { zh: "分钟", one: "minute", many: "minutes" },
  hour: { zh: "小时", one: "hour", many: "hours" },
  calendarDay: { zh: "日", one: "calendar day", many: "calendar days" },
  workingMinute: { zh: "分钟（工作时间）", one: "minute of opening hours", many: "minutes of opening hours" },
  workingDay: { zh: "个工作日", one: "working day", many: "working days" },
};
const workingHours = { zh: "小时（工作时间）", one: "hour of opening hours", many: "hours of opening hours" };

/**
 * The amount of a limit: 4 个工作日, 45 分钟; 4 working days, 45 minutes. Minutes that are whole hours, two or more, are said in
 * hours: 1440 分钟 is 24 小时. Never in days: the 24 小时 of a rule are not its 1 日. A part of a day is said to the hundredth.
 */
export function limitText(amount: number, unit: LimitUnit): Bilingual {
  const inHours = (unit === "minute" || unit === "workingMinute") && amount >= 120 && amount % 60 === 0;
  const said = Math.round((inHours ? amount / 60 : amount) * 100) / 100;
  const name = inHours ? (unit === "minute" ? units.hour : workingHours) : units[unit];
  return { zh: `${said} ${name.zh}`, en: `${said} ${said === 1 ? name.one : name.many}` };
}

const twoDigits = (value: number): string => (value < 10 ? `0${value}` : String(value));

export type LocalInstant = { readonly date: string; readonly time: string };

/** Date and time of an instant in a zone, to the minute. As an end, midnight is 24:00 of the day before. */
export function localInstant(zone: Zone, atMs: number, asEnd = false): LocalInstant {
  const local = toLocalMs(zone, atMs);
  const day = Math.floor(local / DAY_MS);
  const minute = Math.floor((local - day * DAY_MS) / MINUTE_MS);
  if (asEnd && local === day * DAY_MS) return { date: formatCivilDate(day - 1), time: "24:00" };
  return { date: formatCivilDate(day), time: `${twoDigits(Math.floor(minute / 60))}:${twoDigits(minute % 60)}` };
}
