import assert from "node:assert/strict";
import { test } from "node:test";
import { defineOperation } from "@bihuan/contract/operation.ts";
import type { Problem } from "@bihuan/contract/platform.ts";
import type { Scope } from "@bihuan/core/identity/scope.ts";
import { refuse } from "@bihuan/core/refusal.ts";
import type { InjectOptions } from "fastify";
import { z } from "zod";
import { type Access, type Handlers, slice } from "./operations.ts";
import { testDatabase } from "../testing/database.ts";
import { testPlatform, testServer } from "../testing/server.ts";
import { manualTime } from "../time.ts";

const operations = {
  readThing: defineOperation({
    method: "GET",
    path: "/things/:id",
    tag: "platform",
    access: "signed-in",
    summary: { zh: "读取", en: "Read" },
    params: z.object({ id: z.coerce.number().int() }),
    query: z.object({ since: z.iso.date().optional() }),
    response: z.object({ id: z.int(), mood: z.enum(["calm"]) }),
  }),
  makeThing: defineOperation({
    method: "POST",
    path: "/things",
    tag: "platform",
    access: "order.intake",
    idempotent: true,
    summary: { zh: "新建", en: "Make" },
    body: z.object({
      name: z.string().min(2),
      size: z.int().refine((size) => size % 2 === 0, { params: { zh: "须为偶数", en: "must be even" } }),
    }),
    response: z.object({ key: z.string() }),
    errors: ["request.not-found"],
  }),
  exportThings: defineOperation({
    method: "GET",
    path: "/things/export",
    tag: "platform",
    access: "public",
    summary: { zh: "导出", en: "Export" },
    produces: "text/csv",
  }),
  spoil: defineOperation({
    method: "DELETE",
    path: "/things/:id",
    tag: "platform",
    access: "public",
    summary: { zh: "出错", en: "Fail" },
  }),
};

const scope = (name: string): Scope => ({ principal: { kind: "staff", id: 1, name }, homeUnitId: 1, grants: [] });
const access: Access = {
  async authenticate(request) {
    const name = request.headers["x-test-person"];
    if (typeof name !== "string") return null;
    return { id: `session-of-${name}`, via: name === "machine" ? "api-key" : "cookie", scope: scope(name) };
  },
  holds: (held) => held.principal.name !== "onlooker",
  audience: async () => () => true,
  stillValid: async () => new Set(),
};

let failure: unknown = null;
const handlers: Handlers<typeof operations> = {
  readThing: ({ params }) => {
    const secret = { id: params.id, mood: "calm" as const, phone: "13800000000" };
    return secret;
  },
  makeThing: ({ idempotencyKey, body }) => (body.name === "nobody" ? refuse("request.not-found") : { key: idempotencyKey }),
  exportThings: () => ({ body: "a,b\r\n", fileName: "清单 1.csv" }),
  spoil: () => {
    throw failure;
  },
};

const db = await testDatabase();
const server = await testServer({
  platform: testPlatform(db, manualTime("2026-03-02T08:00:00Z")),
  slices: [slice(operations, () => handlers)],
  access,
});
test.after(() => server.close());

const call = async (options: InjectOptions) => {
  const response = await server.app.inject(options);
  return { status: response.statusCode, headers: response.headers, text: response.body, json: () => response.json<Problem>() };
};
const agent = { "x-test-person": "agent", "sec-fetch-site": "same-origin" };
const good = { method: "POST", url: "/api/things", payload: { name: "line", size: 2 } } as const;

test("an answer holds what its contract names and nothing else", async () => {
  const { status, text, headers } = await call({ url: "/api/things/7", headers: agent });
  assert.equal(status, 200);
  assert.equal(text, '{"id":7,"mood":"calm"}');
  assert.equal(headers["cache-control"], "no-store");
});

test("every field that was not understood is named, in the caller's language and in both", async () => {
  const { status, json, headers } = await call({
    method: "POST",
    url: "/api/things",
    headers: { ...agent, "accept-language": "en-GB,en;q=0.9,zh;q=0.5", "idempotency-key": "k" },
    payload: { name: "x", size: 3 },
  });
  assert.equal(status, 400);
  assert.equal(headers["content-type"], "application/problem+json; charset=utf-8");
  const problem = json();
  assert.equal(problem.code, "request.invalid");
  assert.equal(problem.title, "The request is not valid");
  assert.equal(problem.titles.zh, "请求内容不符合要求");
  assert.deepEqual(
    problem.errors?.map(({ in: where, path, message }) => [where, path, message]),
    [
      ["body", "name", "Too small: expected string to have >=2 characters"],
      ["body", "size", "must be even"],
    ],
  );
  assert.equal(problem.errors?.[1]?.messages.zh, "须为偶数");
});

test("path and query are refused together, not one after the other", async () => {
  const { json } = await call({ url: "/api/things/seven?since=yesterday", headers: agent });
  assert.deepEqual(
    json().errors?.map(({ in: where, path }) => `${where}.${path}`),
    ["path.id", "query.since"],
  );
});

for (const { name, options, code, status } of [
  { name: "without a session", options: { ...good }, status: 401, code: "session.required" },
  {
    name: "without the permission",
    options: { ...good, headers: { "x-test-person": "onlooker" } },
    status: 403,
    code: "permission.missing",
  },
  {
    name: "without an idempotency key where one is needed",
    options: { ...good, headers: agent },
    status: 400,
    code: "request.idempotency-key-missing",
  },
  {
    name: "from another site",
    options: { ...good, headers: { ...agent, "sec-fetch-site": "cross-site" } },
    status: 403,
    code: "request.cross-site",
  },
  {
    name: "from a sister site of the same domain",
    options: { ...good, headers: { ...agent, "sec-fetch-site": "same-site" } },
    status: 403,
    code: "request.cross-site",
  },
  {
    name: "with another Origin",
    options: { ...good, headers: { "x-test-person": "agent", origin: "https://evil.example" } },
    status: 403,
    code: "request.cross-site",
  },
  {
    name: "that is not JSON",
    options: { ...good, headers: { ...agent, "content-type": "text/xml" }, payload: "<a/>" },
    status: 415,
    code: "request.unsupported-media",
  },
  {
    name: "that is broken JSON",
    options: { ...good, headers: { ...agent, "content-type": "application/json" }, payload: "{" },
    status: 400,
    code: "request.invalid",
  },
  {
    name: "that is too large",
    options: { ...good, headers: agent, payload: { name: "x".repeat(1_100_000), size: 2 } },
    status: 413,
    code: "request.too-large",
  },
  {
    name: "that the rule refuses",
    options: { ...good, headers: { ...agent, "idempotency-key": "k" }, payload: { name: "nobody", size: 2 } },
    status: 404,
    code: "request.not-found",
  },
] satisfies { name: string; options: InjectOptions; status: number; code: string }[])
  test(`a request ${name} is refused with ${code}`, async () => {
    const answer = await call(options);
    assert.equal(answer.json().code, code);
    assert.equal(answer.status, status);
    assert.equal(answer.json().requestId.length, 36);
  });

test("a key is not a cookie: the same-origin check does not apply to it", async () => {
  const { status, text } = await call({
    ...good,
    headers: { "x-test-person": "machine", origin: "https://partner.example", "idempotency-key": "k-1" },
  });
  assert.equal(status, 200);
  assert.equal(text, '{"key":"k-1"}');
});

test("a download carries its name, Chinese included", async () => {
  const { status, headers, text } = await call({ url: "/api/things/export" });
  assert.equal(status, 200);
  assert.equal(text, "a,b\r\n");
  assert.equal(headers["content-disposition"], "attachment; filename*=UTF-8''%E6%B8%85%E5%8D%95%201.csv");
});

test("an unexpected failure tells its number and nothing of what happened", async () => {
  failure = new Error("secret detail");
  const { status, text, json } = await call({ method: "DELETE", url: "/api/things/1" });
  assert.equal(status, 500);
  assert.equal(json().code, "server.failure");
  assert.ok(!text.includes("secret"));
  assert.ok(json().detail.includes(json().requestId));
});

test("a lost database connection is a 503 with a time to try again", async () => {
  failure = Object.assign(new Error("terminating connection due to administrator command"), { code: "57P01" });
  const { status, headers, json } = await call({ method: "DELETE", url: "/api/things/1" });
  assert.equal(status, 503);
  assert.equal(json().code, "server.unavailable");
  assert.equal(headers["retry-after"], "2");
});

test("every answer carries the security headers", async () => {
  const { headers } = await call({ url: "/api/things/1" });
  assert.match(String(headers["content-security-policy"]), /default-src 'self'.*frame-ancestors 'none'/);
  assert.equal(headers["x-content-type-options"], "nosniff");
  assert.equal(headers["referrer-policy"], "no-referrer");
});

test("an address that cannot be decoded is refused, not failed", async () => {
  const { status, json } = await call({ url: "/api/things/%E0%A4%A" });
  assert.equal(status, 400);
  assert.equal(json().code, "request.invalid");
});
