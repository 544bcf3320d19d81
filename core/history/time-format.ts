// How a file writes its times, such as `MM/DD/YYYY hh:mm:ss A`, and how such a text becomes an instant.
import { wallClock, type Zone } from "./zone.ts";

/** What a text says: the wall clock as if it were UTC, and the offset from UTC where the text carries one. */
type Reading = { readonly wallMs: number; readonly offsetMs: number | null };

export type TimeFormat = { readonly pattern: string; read(text: string): Reading | null };

type Field = "year" | "month" | "day" | "hour" | "hour12" | "minute" | "second" | "fraction" | "half" | "offset";

// Doubled letters want both digits, single ones take one or two. A or AM: AM/PM in any case, or 上午/下午.
const tokens: readonly (readonly [string, Field, string])[] = [
  ["YYYY", "year", "(\\d{4})"],
  ["MM", "month", "(\\d{2})"],
  ["M", "month", "(\\d{1,2})"],
  ["DD", "day", "(\\d{2})"],
  ["D", "day", "(\\d{1,2})"],
  ["HH", "hour", "(\\d{2})"],
  ["H", "hour", "(\\d{1,2})"],
  ["hh", "hour12", "(\\d{2})"],
  ["h", "hour12", "(\\d{1,2})"],
  ["mm", "minute", "(\\d{2})"],
  ["m", "minute", "(\\d{1,2})"],
  ["ss", "second", "(\\d{2})"],
  ["s", "second", "(\\d{1,2})"],
  ["AM", "half", "(AM|PM|am|pm|上午|下午)"],
  ["A", "half", "(AM|PM|am|pm|上午|下午)"],
  ["Z", "offset", "(Z|[+-]\\d{2}:?\\d{2}|[+-]\\d{2})"],
];

const escaped = (literal: string) => literal.replaceAll(/[.*+?^${}()|[\]\\/]/g, "\\$&");

/**
 * Reads a pattern. `YYYY MM M DD D HH H hh h mm m ss s A Z` stand for their part (A: AM or PM, Z: offset), a run of `S` for a
 * fraction of a second of any length, everything else for itself. `ISO` is any ISO 8601 date and time, with `T` or a space,
 * with or without seconds, fraction and offset. Fractions are kept to the millisecond.
 * Errors: null where a date's part is missing, or hours of twelve come without AM and PM.
 */
export function timeFormat(pattern: string): TimeFormat | null {
  if (pattern === "ISO") return isoFormat;
  const fields: Field[] = [];
  let source = "";
  for (let at = 0; at < pattern.length; ) {
    const rest = pattern.slice(at);
    const fraction = /^S+/.exec(rest);
    const token = tokens.find(([letters]) => rest.startsWith(letters));
    if (fraction || token) {
      fields.push(fraction ? "fraction" : (token as readonly [string, Field, string])[1]);
      source += fraction ? "(\\d+)" : (token as readonly [string, Field, string])[2];
      at += fraction ? fraction[0].length : (token as readonly [string, Field, string])[0].length;
    } else source += escaped(pattern[at++] as string);
  }
  const has = (field: Field) => fields.includes(field);
  if (new Set(fields).size < fields.length || !has("year") || !has("month") || !has("day")) return null;
  if (has("hour12") !== has("half") || (has("hour") && has("hour12"))) return null;
  return compiled(pattern, new RegExp(`^${source}$`), fields);
}

const isoFormat = compiled(
  "ISO",
  /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d+))?)?(Z|[+-]\d{2}:?\d{2}|[+-]\d{2})?)?$/,
  ["year", "month", "day", "hour", "minute", "second", "fraction", "offset"],
);

function compiled(pattern: string, expression: RegExp, fields: readonly Field[]): TimeFormat {
  return {
    pattern,
    read(text) {
      const match = expression.exec(text);
      if (!match) return null;
      let [year, month, day, hour, minute, second, millisecond] = [0, 0, 0, 0, 0, 0, 0];
      let afternoon: boolean | null = null;
      let offsetMs: number | null = null;
      for (let index = 0; index < fields.length; index++) {
        const part = match[index + 1];
        if (part === undefined) continue;
        switch (fields[index]) {
          case "year":
            year = Number(part);
            break;
          case "month":
            month = Number(part);
            break;
          case "day":
            day = Number(part);
            break;
          case "hour":
          case "hour12":
            hour = Number(part);
            break;
          case "minute":
            minute = Number(part);
            break;
          case "second":
            second = Number(part);
            break;
          case "fraction":
            millisecond = Number(part.slice(0, 3).padEnd(3, "0"));
            break;
          case "half":
            afternoon = /p|下/i.test(part);
            break;
          case "offset":
            offsetMs = offset(part);
            break;
        }
      }
      if (afternoon !== null) {
        if (hour < 1 || hour > 12) return null;
        hour = (hour % 12) + (afternoon ? 12 : 0);
      }
      if (hour > 23 || minute > 59 || second > 59 || Number.isNaN(offsetMs)) return null;
      if (year < 1 || month < 1 || month > 12 || day < 1 || day > daysIn(year, month)) return null;
      return { wallMs: wallClock(year, month, day, hour, minute, second, millisecond), offsetMs };
    },
  };
}

function offset(text: string): number {
  if (text === "Z") return 0;
  const digits = text.slice(1).replace(":", "").padEnd(4, "0");
  const [hours, minutes] = [Number(digits.slice(0, 2)), Number(digits.slice(2))];
  return hours > 23 || minutes > 59 ? Number.NaN : (text.startsWith("-") ? -1 : 1) * (hours * 60 + minutes) * 60_000;
}

const daysIn = (year: number, month: number) =>
  month === 2
    ? year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
      ? 29
      : 28
    : month === 4 || month === 6 || month === 9 || month === 11
      ? 30
      : 31;

/**
 * The instant a text names, by the first format that reads it. An offset in the text decides over the zone, except in a
 * floating file, where the wall clock is taken as it stands. Out: epoch milliseconds, or null where no format reads it.
 */
export function readInstant(text: string, formats: readonly TimeFormat[], zone: Zone): number | null {
  for (const format of formats) {
    const reading = format.read(text);
    if (!reading) continue;
    if (reading.offsetMs === null || zone.name === "floating") return zone.toInstant(reading.wallMs);
    return reading.wallMs - reading.offsetMs;
  }
  return null;
}
