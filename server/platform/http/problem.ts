// Refusals on their way out: RFC 9457 bodies in the caller's language, both languages beside it.
import { STATUS_CODES } from "node:http";
import type { ErrorEntry } from "@bihuan/contract/errors/entry.ts";
import { type ErrorCode, errorCatalogue } from "@bihuan/contract/errors.ts";
import type { Problem } from "@bihuan/contract/platform.ts";
import type { Bilingual } from "@bihuan/contract/text.ts";
import type { Refusal } from "@bihuan/core/refusal.ts";
import type { FastifyReply, FastifyRequest } from "fastify";

export type Language = "zh" | "en";
export type FieldError = NonNullable<Problem["errors"]>[number];

/** A refusal that names the fields at fault. */
export type RefusedFields = Refusal & { readonly fields: FieldError[] };

/** The language to answer in. Chinese unless the caller's Accept-Language puts English before it. */
export function languageOf(acceptLanguage: string | undefined): Language {
  let best: { language: Language; quality: number } = { language: "zh", quality: 0 };
  for (const part of (acceptLanguage ?? "").slice(0, 200).split(",")) {
    const [tag = "", ...parameters] = part.trim().toLowerCase().split(";");
    const quality = Number(/^\s*q=([\d.]+)/.exec(parameters.join(";"))?.[1] ?? 1);
    const language = tag.startsWith("en") ? "en" : tag.startsWith("zh") ? "zh" : null;
    if (language && quality > best.quality) best = { language, quality };
  }
  return best.language;
}

/** Fills `{name}` from the facts; a fact that is not known stays out. */
export const fill = (text: string, facts: Refusal["facts"]): string =>
  text.replaceAll(/\{(\w+)\}/g, (_, name: string) => String(facts[name] ?? "–"));

const bilingual = (text: Bilingual, facts: Refusal["facts"]): Bilingual => ({
  zh: fill(text.zh, facts),
  en: fill(text.en, facts),
});

/** What a refusal says in both languages: what happened, and what to do. Errors: throws where its code is not catalogued. */
export function refusalTexts({ refused, facts }: Refusal): { titles: Bilingual; details: Bilingual } {
  const entry: ErrorEntry | undefined = errorCatalogue[refused as ErrorCode];
  if (!entry) throw new Error(`refusal ${refused} is not in the error catalogue`);
  return { titles: bilingual(entry.title, facts), details: bilingual(entry.action, facts) };
}

/** The body of a refusal. An uncatalogued code is a mistake of ours: it throws. */
function problemOf(refusal: Refusal, context: { language: Language; requestId: string; errors?: FieldError[] }): Problem {
  const entry: ErrorEntry | undefined = errorCatalogue[refusal.refused as ErrorCode];
  if (!entry) throw new Error(`refusal ${refusal.refused} is not in the error catalogue`);
  const facts = { ...refusal.facts, requestId: context.requestId };
  const titles = bilingual(entry.title, facts);
  const details = bilingual(entry.action, facts);
  return {
    type: `/api/docs/errors#${refusal.refused}`,
    title: titles[context.language],
    status: entry.status,
    detail: details[context.language],
    code: refusal.refused,
    titles,
    details,
    facts: { ...refusal.facts },
    requestId: context.requestId,
    ...(context.errors ? { errors: context.errors } : {}),
  };
}

/** A refusal as the bytes of an answer, for a connection whose bytes never became a request. */
export function rawAnswer(refusal: Refusal): string {
  const problem = problemOf(refusal, { language: "zh", requestId: crypto.randomUUID() });
  const body = JSON.stringify(problem);
  return [
    `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status] ?? ""}`,
    "content-type: application/problem+json; charset=utf-8",
    `content-length: ${Buffer.byteLength(body)}`,
    "cache-control: no-store",
    "x-content-type-options: nosniff",
    "connection: close",
    "",
    body,
  ].join("\r\n");
}

/** Answers with a refusal. */
export function sendRefusal(request: FastifyRequest, reply: FastifyReply, refusal: Refusal | RefusedFields): FastifyReply {
  const language = languageOf(request.headers["accept-language"]);
  const errors =
    "fields" in refusal ? { errors: refusal.fields.map((field) => ({ ...field, message: field.messages[language] })) } : {};
  const problem = problemOf(refusal, { language, requestId: request.id, ...errors });
  const retryAfter = refusal.facts["retryAfterSeconds"];
  if (typeof retryAfter === "number") reply.header("retry-after", Math.ceil(retryAfter));
  reply.header("content-language", language === "zh" ? "zh-CN" : "en").header("cache-control", "no-store");
  return reply.code(problem.status).type("application/problem+json; charset=utf-8").send(JSON.stringify(problem));
}
