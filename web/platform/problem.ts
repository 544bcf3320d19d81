// What a page is told when a call does not succeed: always what happened and what to do, in both languages.
import { platformErrors } from "@bihuan/contract/errors/platform.ts";
import { Problem } from "@bihuan/contract/platform.ts";
import type { Bilingual } from "@bihuan/contract/text.ts";

export type FieldProblem = { readonly path: string; readonly message: Bilingual };

/** Codes beside the server's catalogue: nobody answered; the answer was not what the contract promises. */
export type LocalCode = "local.unreachable" | "local.not-understood";

export class ProblemError extends Error {
  override readonly name = "ProblemError";
  readonly status: number;
  readonly code: string;
  readonly title: Bilingual;
  readonly detail: Bilingual;
  readonly facts: Problem["facts"];
  readonly fields: readonly FieldProblem[];
  readonly requestId: string | null;

  constructor(problem: {
    status: number;
    code: string;
    title: Bilingual;
    detail: Bilingual;
    facts?: Problem["facts"];
    fields?: readonly FieldProblem[];
    requestId?: string | null;
    cause?: unknown;
  }) {
    super(problem.title.en, { cause: problem.cause });
    this.status = problem.status;
    this.code = problem.code;
    this.title = problem.title;
    this.detail = problem.detail;
    this.facts = problem.facts ?? {};
    this.fields = problem.fields ?? [];
    this.requestId = problem.requestId ?? null;
  }
}

const localProblems: Record<LocalCode, { title: Bilingual; detail: Bilingual }> = {
  "local.unreachable": {
    title: { zh: "连接不上服务器", en: "The server cannot be reached" },
    detail: {
      zh: "您填写的内容仍在此页，请检查网络后重试。",
      en: "What you entered is still on this page. Check the network and try again.",
    },
  },
  "local.not-understood": {
    title: { zh: "服务器的回答与约定不符", en: "The server's answer is not what was agreed" },
    detail: {
      zh: "页面与服务器的版本可能不同，请刷新页面；仍不成功请告知管理员。",
      en: "This page and the server may be of different versions. Reload; if it persists, tell your administrator.",
    },
  },
};

export const localProblem = (code: LocalCode, cause?: unknown, status = 0): ProblemError =>
  new ProblemError({ status, code, ...localProblems[code], cause });

/** Reads a refusal. In: status and parsed body. Out: the problem; one of our own where the body is not problem+json. */
export function readProblem(status: number, body: unknown): ProblemError {
  const parsed = Problem.safeParse(body);
  if (parsed.success) {
    const { titles, details, code, facts, requestId, errors = [] } = parsed.data;
    const fields = errors.map(({ path, messages }) => ({ path, message: messages }));
    return new ProblemError({ status, code, title: titles, detail: details, facts, fields, requestId });
  }
  if (status === 502 || status === 503 || status === 504) {
    const { title, action } = platformErrors["server.unavailable"];
    return new ProblemError({ status, code: "server.unavailable", title, detail: action });
  }
  return localProblem("local.not-understood", body, status);
}

/** Any thrown thing as a problem, so that a page has one kind of error to show. */
export const asProblem = (error: unknown): ProblemError =>
  error instanceof ProblemError ? error : localProblem("local.not-understood", error);
