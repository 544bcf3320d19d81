import { en, zhCN } from "zod/locales";
import type { z } from "zod";
import type { FieldError } from "./problem.ts";

const locales = { zh: zhCN().localeError, en: en().localeError };

type Issue = z.core.$ZodIssue;

// A rule of our own states both languages: `.refine(test, { params: { zh: "…", en: "…" } })`.
function message(issue: Issue, language: "zh" | "en"): string {
  const own = issue.code === "custom" ? issue.params?.[language] : undefined;
  return typeof own === "string" ? own : issue.message;
}

const DEEPEST = 60; // no body of ours comes near; what recurses over input is safe below it
const texts = {
  deep: { zh: "嵌套过深", en: "Nested too deeply" },
  broken: { zh: "含有无法保存的字符", en: "Holds characters that cannot be kept" },
} as const;

// What JSON can carry and no database can hold (NUL, half a surrogate pair), or no program should recurse over.
function unfit(input: unknown, path: readonly string[] = []): { path: readonly string[]; fault: keyof typeof texts } | null {
  if (typeof input === "string") return input.includes("\u0000") || !input.isWellFormed() ? { path, fault: "broken" } : null;
  if (input === null || typeof input !== "object") return null;
  if (path.length >= DEEPEST) return { path: path.slice(0, 1), fault: "deep" };
  for (const [key, value] of Object.entries(input)) {
    const found = unfit(key, path) ?? (typeof value === "number" ? null : unfit(value, [...path, key]));
    if (found) return found;
  }
  return null;
}

/**
 * Parses one part of a request. Out: the value, or every field's error in both languages. The input is never quoted in a
 * message, so that what a person typed reaches no log.
 */
export function parsePart<T>(
  schema: z.ZodType<T>,
  input: unknown,
  part: FieldError["in"],
): { value: T } | { errors: FieldError[] } {
  const unfitAt = unfit(input);
  if (unfitAt) {
    const messages = texts[unfitAt.fault];
    return { errors: [{ in: part, path: unfitAt.path.join(".").toWellFormed(), message: messages.zh, messages }] };
  }
  const english = schema.safeParse(input, { error: locales.en });
  if (english.success) return { value: english.data };
  const chinese = schema.safeParse(input, { error: locales.zh });
  const errors = english.error.issues.map((issue, index): FieldError => {
    const inChinese = chinese.error?.issues[index] ?? issue;
    const messages = { zh: message(inChinese, "zh"), en: message(issue, "en") };
    return { in: part, path: issue.path.map(String).join("."), message: messages.zh, messages };
  });
  return { errors };
}
