// The faults of a form in the words of its fields: what is missing, and what there is to choose from.
import type { InvalidForm } from "@bihuan/core/flow/engine.ts";
import { type Bilingual, isBlank, metaOf } from "@bihuan/core/flow/form.ts";
import { z } from "zod";
import type { FieldError } from "../../platform/http/problem.ts";
import { parsePart } from "../../platform/http/validation.ts";

/** Every fault of a form, field by field, each at its place in the request. */
export function formFaults({ schema, input, at }: InvalidForm): FieldError[] {
  const parsed = parsePart(schema, input, "body");
  if (!("errors" in parsed)) return [];
  return parsed.errors.map((error) => {
    const messages = wordsOf(schema, input, error.path) ?? error.messages;
    return { ...error, message: messages.zh, messages, path: error.path === "" ? at : `${at}.${error.path}` };
  });
}

function wordsOf(schema: z.ZodType, input: unknown, name: string): Bilingual | null {
  if (!(schema instanceof z.ZodObject) || !Object.hasOwn(schema.shape, name)) return null;
  const meta = metaOf(schema.shape[name] as z.ZodType);
  if (!meta) return null;
  const { label, options } = meta;
  const value = (input as Readonly<Record<string, unknown>> | null)?.[name];
  if (options && !(typeof value === "string" && Object.hasOwn(options, value)))
    return {
      zh: `${label.zh}：请选${listed(Object.values(options), "zh")}`,
      en: `${label.en}: choose ${listed(Object.values(options), "en")}`,
    };
  return isBlank(value) ? { zh: `${label.zh}：请填写`, en: `${label.en} is missing` } : null;
}

function listed(titles: readonly Bilingual[], language: "zh" | "en"): string {
  const [comma, or] = language === "zh" ? ["、", "或"] : [", ", " or "];
  const words = titles.map((title) => title[language]);
  return [words.slice(0, -1).join(comma), ...words.slice(-1)].filter((word) => word !== "").join(or);
}
