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

/**
 * Parses one part of a request. Out: the value, or every field's error in both languages. The input is never quoted in a
 * message, so that what a person typed reaches no log.
 */
export function parsePart<T>(
  schema: z.ZodType<T>,
  input: unknown,
  part: FieldError["in"],
): { value: T } | { errors: FieldError[] } {
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
