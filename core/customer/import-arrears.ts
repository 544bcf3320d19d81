// What a customer file says of arrears (欠费): whether something is owed, since when, how much.
import { dayNumber, daysInMonth, formatCivilDate } from "../calendar/civil-date.ts";
import type { Bilingual } from "../text.ts";

/** The columns, each with the headings it is recognised by. */
export const arrearsColumns = {
  arrears: ["欠费", "是否欠费", "arrears"],
  arrearsSince: ["欠费起始", "欠费起始日期", "欠费日期", "arrears_since"],
  arrearsYuan: ["欠费金额", "欠费金额(元)", "arrears_yuan"],
} as const satisfies Record<string, readonly string[]>;
export type ArrearsColumn = keyof typeof arrearsColumns;

/** Not owed: what was known before is settled. */
export type ImportedArrears =
  | { readonly owed: false }
  | { readonly owed: true /** Civil date. */; readonly since: string | null; readonly fen: number | null };

const owed = new Set(["是", "有", "欠费", "y", "yes", "true", "1", "√"]);
const settled = new Set(["否", "无", "不欠费", "未欠费", "n", "no", "false", "0", "×"]);

const reasons = {
  flag: {
    zh: "不认识的取值，已略过；可填“是”“否”或金额（元）",
    en: "Unknown value, left out; yes, no or an amount in yuan can stand here",
  },
  since: { zh: "不是日期，已略过", en: "Not a date; left out" },
  amount: { zh: "不是金额（元），已略过", en: "Not an amount in yuan; left out" },
} as const satisfies Record<string, Bilingual>;

/** Yuan as files write them, in fen; null for anything that is no amount. */
export function readYuan(text: string): number | null {
  const plain = /^[¥￥]?\s*(\d{1,3}(?:,\d{3})*|\d+)(?:\.(\d{1,2}))?\s*元?$/.exec(text.normalize("NFKC").trim());
  if (!plain) return null;
  const fen = Number((plain[1] as string).replaceAll(",", "")) * 100 + Number((plain[2] ?? "").padEnd(2, "0"));
  return Number.isSafeInteger(fen) ? fen : null;
}

/** A date as files write it (2026-03-01, 2026/3/1, 20260301, 2026年3月1日) as a civil date; null where it is none. */
export function readDate(text: string): string | null {
  const found = /^(\d{4})(?:[-/.年](\d{1,2})[-/.月](\d{1,2})日?|(\d{2})(\d{2}))$/.exec(text.normalize("NFKC").trim());
  if (!found) return null;
  const [year, month, day] = [found[1], found[2] ?? found[4], found[3] ?? found[5]].map(Number) as [number, number, number];
  const exists = month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month);
  return exists ? formatCivilDate(dayNumber(year, month, day)) : null;
}

/**
 * Reads what a row says. In: its cells by column, empty where there is none; who hears of what was left out. Out: null where the file
 * says nothing, and what is known stays. A plain yes or no decides; else an amount does, or a date since when something is owed.
 */
export function readArrears(
  cell: (column: ArrearsColumn) => string,
  remark: (column: ArrearsColumn, reason: Bilingual) => void,
): ImportedArrears | null {
  const read = <Value>(column: ArrearsColumn, reader: (text: string) => Value | null, reason: Bilingual): Value | null => {
    const text = cell(column).trim();
    if (text === "") return null;
    const value = reader(text);
    if (value === null) remark(column, reason);
    return value;
  };
  const flag = read(
    "arrears",
    (text) => {
      const word = text.normalize("NFKC").toLowerCase();
      return owed.has(word) ? true : settled.has(word) ? false : readYuan(text);
    },
    reasons.flag,
  );
  const since = read("arrearsSince", readDate, reasons.since);
  const amount = read("arrearsYuan", readYuan, reasons.amount) ?? (typeof flag === "number" ? flag : null);
  const isOwed = typeof flag === "boolean" ? flag : amount === null ? (since === null ? null : true) : amount > 0;
  if (isOwed === null) return null;
  return isOwed ? { owed: true, since, fen: amount === null || amount === 0 ? null : amount } : { owed: false };
}
