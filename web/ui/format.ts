// Instants, spans and numbers as people say them. Everything is told the zone and the language; nothing asks the machine.

export type Language = "zh" | "en";
export type DurationPart = { readonly value: string; readonly unit: string };

const units = {
  zh: { day: "天", hour: "小时", minute: "分", second: "秒" },
  en: { day: "d", hour: "h", minute: "min", second: "s" },
} as const;

/** A span in its two largest units: 2 小时 15 分, 2 h 15 min. In: milliseconds, the sign is ignored. Below a minute it is seconds. */
export function durationParts(spanMs: number, language: Language): DurationPart[] {
  const seconds = Math.floor(Math.abs(spanMs) / 1_000);
  const name = units[language];
  if (seconds < 60) return [{ value: String(seconds), unit: name.second }];
  const amounts: [number, string][] = [
    [Math.floor(seconds / 86_400), name.day],
    [Math.floor(seconds / 3_600) % 24, name.hour],
    [Math.floor(seconds / 60) % 60, name.minute],
  ];
  const first = amounts.findIndex(([amount]) => amount > 0);
  return amounts
    .slice(first, first + 2)
    .filter(([amount], at) => at === 0 || amount > 0)
    .map(([amount, unit]) => ({ value: String(amount), unit }));
}

export const durationText = (spanMs: number, language: Language): string =>
  durationParts(spanMs, language)
    .map(({ value, unit }) => `${value} ${unit}`)
    .join(" ");

type Wall = { year: number; month: number; day: number; hour: number; minute: number; second: number };

const readers = new Map<string, Intl.DateTimeFormat>();
function reader(zone: string): Intl.DateTimeFormat {
  let found = readers.get(zone);
  if (!found) {
    found = new Intl.DateTimeFormat("en-u-ca-gregory-nu-latn", {
      timeZone: zone,
      hourCycle: "h23",
      year: "numeric",
      month: "numeric",
      day: "numeric",
      hour: "numeric",
      minute: "numeric",
      second: "numeric",
    });
    readers.set(zone, found);
  }
  return found;
}

/** What a clock on the wall of the zone shows at the instant. */
export function wallClock(atMs: number, zone: string): Wall {
  const wall: Wall = { year: 0, month: 0, day: 0, hour: 0, minute: 0, second: 0 };
  for (const { type, value } of reader(zone).formatToParts(atMs)) if (type in wall) wall[type as keyof Wall] = Number(value);
  return wall;
}

const two = (value: number): string => String(value).padStart(2, "0");
const weekdays = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** `YYYY-MM-DD` and `HH:mm` of the wall clock. */
export const wallDate = ({ year, month, day }: Wall): string => `${year}-${two(month)}-${two(day)}`;
export const wallTime = ({ hour, minute }: Wall): string => `${two(hour)}:${two(minute)}`;

/** The instant at which the zone's wall clock shows `YYYY-MM-DD HH:mm`; in a gap of the clock the moment after it. */
export function instantOfWall(text: string, zone: string): number | null {
  const match = /^(\d{4})-(\d\d)-(\d\d)[ T](\d\d):(\d\d)(?::(\d\d))?$/.exec(text);
  if (!match) return null;
  const [year, month, day, hour, minute, second] = match.slice(1).map((part) => Number(part ?? 0)) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const wanted = Date.UTC(year, month - 1, day, hour, minute, second);
  const offsetAt = (atMs: number): number => {
    const wall = wallClock(atMs, zone);
    return Date.UTC(wall.year, wall.month - 1, wall.day, wall.hour, wall.minute, wall.second) - Math.floor(atMs / 1_000) * 1_000;
  };
  const guess = wanted - offsetAt(wanted);
  return wanted - offsetAt(guess);
}

/**
 * An instant for a list: the time alone today, day and time this year, else the whole date. As the end of a period, midnight is
 * 24:00 of the day before.
 */
export function shortInstant(atMs: number, nowMs: number, zone: string, language: Language, asEnd = false): string {
  const exact = wallClock(atMs, zone);
  const midnight = asEnd && exact.hour === 0 && exact.minute === 0 && exact.second === 0;
  const at = midnight ? wallClock(atMs - 1, zone) : exact;
  const now = wallClock(nowMs, zone);
  const time = midnight ? "24:00" : wallTime(at);
  if (wallDate(at) === wallDate(now)) return language === "zh" ? `今天 ${time}` : `today ${time}`;
  const date = language === "zh" ? `${two(at.month)}-${two(at.day)}` : `${at.day} ${months[at.month - 1]}`;
  if (at.year === now.year) return `${date} ${time}`;
  return language === "zh" ? `${at.year}-${date} ${time}` : `${date} ${at.year} ${time}`;
}

/**
 * The end of a period as one reads it out to somebody: 今天 13:07, 明天 9:30, 6月22日周一 24:00; today 13:07, tomorrow 9:30,
 * Mon 22 Jun 24:00. Midnight is 24:00 of the day before.
 */
export function spokenEnd(atMs: number, nowMs: number, zone: string, language: Language): string {
  const exact = wallClock(atMs, zone);
  const midnight = exact.hour === 0 && exact.minute === 0 && exact.second === 0;
  const at = midnight ? wallClock(atMs - 1, zone) : exact;
  const time = midnight ? "24:00" : `${at.hour}:${two(at.minute)}`;
  const day = Date.UTC(at.year, at.month - 1, at.day);
  const now = wallClock(nowMs, zone);
  const away = (day - Date.UTC(now.year, now.month - 1, now.day)) / 86_400_000;
  const near = { zh: ["今天", "明天", "后天"], en: ["today", "tomorrow"] }[language][away];
  if (near !== undefined) return `${near} ${time}`;
  const weekday = new Date(day).getUTCDay();
  return language === "zh"
    ? `${at.month}月${at.day}日周${"日一二三四五六"[weekday]} ${time}`
    : `${weekdays[weekday]} ${at.day} ${months[at.month - 1]} ${time}`;
}

/** The whole instant, to the second, with its zone: what stands behind a short one. */
export function exactInstant(atMs: number, zone: string): string {
  const at = wallClock(atMs, zone);
  return `${wallDate(at)} ${wallTime(at)}:${two(at.second)} ${zone}`;
}

/** A civil date for reading: 2026年10月1日 周四, Thu 1 Oct 2026. In: `YYYY-MM-DD`. */
export function readableDate(date: string, language: Language): string {
  const [year = 0, month = 1, day = 1] = date.split("-").map(Number);
  const weekday = new Date(Date.UTC(year, month - 1, day)).getUTCDay();
  return language === "zh"
    ? `${year}年${month}月${day}日 周${"日一二三四五六"[weekday]}`
    : `${weekdays[weekday]} ${day} ${months[month - 1]} ${year}`;
}

export const count = (value: number, language: Language): string => value.toLocaleString(language === "zh" ? "zh-CN" : "en-GB");

/** A share of one, in percent with one decimal. */
export const percent = (share: number, language: Language): string => `${count(Math.round(share * 1000) / 10, language)} %`;

/** File sizes in the units of the operating system. */
export function fileSize(bytes: number): string {
  if (bytes < 1_024) return `${bytes} B`;
  const [size, unit] = bytes < 1_048_576 ? [bytes / 1_024, "KB"] : [bytes / 1_048_576, "MB"];
  return `${size < 10 ? size.toFixed(1) : Math.round(size)} ${unit}`;
}
