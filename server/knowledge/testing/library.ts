// A knowledge base for tests: the province, an editor and an approver for each level, and articles made in one line.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { after } from "node:test";
import { knowledgeOperations } from "@bihuan/contract/knowledge.ts";
import type { ArticleDraft, ArticleKind } from "@bihuan/core/knowledge/article.ts";
import { questionDraft } from "@bihuan/core/knowledge/testing/articles.ts";
import { authenticator } from "../../identity/authenticator.ts";
import { policyOf } from "../../identity/policy.ts";
import { openSession } from "../../identity/sign-in/commands.ts";
import { cookieName } from "../../identity/sign-in/tokens.ts";
import { type Caller, signedIn, testUnits } from "../../identity/testing/people.ts";
import { testDatabase } from "../../platform/testing/database.ts";
import { testPlatform, testServer } from "../../platform/testing/server.ts";
import { manualTime } from "../../platform/time.ts";
import { slice } from "../../routes.ts";
import { knowledgeRoutes } from "../routes.ts";

export type Answer<Body> = { readonly status: number; readonly code: string | null; readonly body: Body };
export type Acted = { readonly articleId: number; readonly version: number; readonly revision: number };

/** Opens a knowledge base until the tests of the file end. In: the instant it begins at. */
export async function library(begins: string) {
  const folder = await mkdtemp(path.join(tmpdir(), "bihuan-knowledge-"));
  const time = manualTime(begins);
  const platform = testPlatform(await testDatabase(), time, { BIHUAN_ATTACHMENTS: folder, BIHUAN_DATA: folder });
  const units = await testUnits(platform);
  const unit = (code: string) => units[code] as number;
  const server = await testServer({
    platform,
    slices: [slice(knowledgeOperations, knowledgeRoutes)],
    access: authenticator(platform),
  });
  after(async () => {
    await server.close();
    await rm(folder, { recursive: true, force: true });
  });

  // A session ends after hours, a story of versions goes on for weeks: whoever comes back signs in anew.
  const sessions = new Map<number, { readonly atMs: number; readonly cookie: string }>();
  async function headersOf({ id, headers }: Caller): Promise<Readonly<Record<string, string>>> {
    if (headers["cookie"] === undefined) return headers;
    const atMs = time.nowMs();
    const known = sessions.get(id);
    if (known?.atMs === atMs) return { ...headers, cookie: known.cookie };
    const visitor = { address: "127.0.0.1", userAgent: "test" };
    const token = await platform.db.transaction((tx) => openSession(platform, tx, id, visitor, atMs));
    const cookie = `${cookieName(policyOf(platform).secure)}=${token}`;
    sessions.set(id, { atMs, cookie });
    return { ...headers, cookie };
  }

  async function call<Body = { code: string }>(
    caller: Caller,
    method: "GET" | "POST" | "PUT" | "DELETE",
    url: string,
    payload?: object | string,
    headers: Record<string, string> = {},
  ): Promise<Answer<Body>> {
    const response = await server.app.inject({
      method,
      url: `/api/knowledge${url}`,
      headers: { ...(await headersOf(caller)), "idempotency-key": crypto.randomUUID(), ...headers },
      ...(payload === undefined ? {} : { payload }),
    });
    const json = response.headers["content-type"]?.toString().includes("json") ? response.json<Body & { code?: string }>() : null;
    return {
      status: response.statusCode,
      code: response.statusCode >= 400 ? (json?.code ?? "?") : null,
      body: (json ?? response.body) as Body,
    };
  }

  const person = (role: Parameters<typeof signedIn>[1][number][0], code: string, name?: string) =>
    signedIn(platform, [[role, unit(code)]], name === undefined ? {} : { name });
  const writer = await person("KNOWLEDGE_EDITOR", "P", "编写人");
  const approver = await person("MANAGER", "P", "审批人");

  const begin = async (
    draft: ArticleDraft = questionDraft(),
    by: { caller?: Caller; unit?: string; kind?: ArticleKind } = {},
  ): Promise<Acted> => {
    const { caller = writer, unit: code = "P", kind = "QUESTION" } = by;
    const made = await call<Acted>(caller, "POST", "/articles", { unitId: unit(code), kind, draft });
    if (made.code) throw new Error(`no article: ${made.code} ${JSON.stringify(made.body)}`);
    return made.body;
  };
  const act = async (
    caller: Caller,
    { articleId, revision }: Pick<Acted, "articleId" | "revision">,
    action: string,
    more: object = {},
  ) => call<Acted>(caller, "POST", `/articles/${articleId}/${action}`, { revision, ...more });
  /** Brings what is in hand into force: submitted by who wrote it, approved by another. */
  const publish = async (article: Acted): Promise<Acted> => {
    const submitted = await act(writer, article, "submit");
    const approved = await act(approver, submitted.body, "approve");
    if (submitted.code ?? approved.code) throw new Error(`not published: ${submitted.code} ${approved.code}`);
    return approved.body;
  };
  /** An article in force. */
  const published = async (draft?: ArticleDraft, by?: Parameters<typeof begin>[1]) => publish(await begin(draft, by));
  const save = (caller: Caller, { articleId, revision }: Acted, draft: ArticleDraft) =>
    call<Acted>(caller, "PUT", `/articles/${articleId}/draft`, { revision, draft });

  return { platform, time, server, unit, call, person, writer, approver, begin, act, publish, published, save };
}
