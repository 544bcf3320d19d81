// The interface, readable: one page of operations, one of refusals, both without scripts.
import type { ErrorEntry } from "@bihuan/contract/errors/entry.ts";
import { errorCatalogue } from "@bihuan/contract/errors.ts";
import type { Operations } from "@bihuan/contract/operation.ts";
import type { FastifyInstance, FastifyReply } from "fastify";
import { type OpenApi, openApi } from "./openapi.ts";
import { languageOf } from "./problem.ts";

type Json = { readonly [key: string]: unknown };
type Texts = Record<
  | "title"
  | "errors"
  | "operations"
  | "other"
  | "document"
  | "in"
  | "field"
  | "type"
  | "body"
  | "answer"
  | "refusals"
  | "anyone"
  | "signedIn"
  | "permission",
  string
>;

const texts: Record<"zh" | "en", Texts> = {
  zh: {
    title: "接口说明",
    errors: "错误目录",
    operations: "接口",
    other: "English",
    document: "OpenAPI 文档",
    in: "位置",
    field: "名称",
    type: "类型",
    body: "请求内容",
    answer: "返回内容",
    refusals: "可能的拒绝",
    anyone: "无需登录",
    signedIn: "登录即可",
    permission: "需要权限",
  },
  en: {
    title: "Interface",
    errors: "Refusals",
    operations: "Operations",
    other: "中文",
    document: "OpenAPI document",
    in: "In",
    field: "Name",
    type: "Type",
    body: "Body",
    answer: "Answer",
    refusals: "May refuse with",
    anyone: "No sign-in needed",
    signedIn: "Signed in",
    permission: "Needs the permission",
  },
};

// What has to be known before the first call. Texts of our own: no escaping is needed.
const introduction: Record<"zh" | "en", readonly string[]> = {
  zh: [
    "其他系统凭接口密钥调用：<code>Authorization: Bearer 密钥</code>。密钥由安全管理员在“密钥”页新建，或用命令 <code>bihuan api-key create</code>；它只能做所授角色在所授单位及下级能做的事。",
    "受理与办理须带 <code>Idempotency-Key</code>：同一编号、同一内容重复发送只生效一次，断线后可放心重发。",
    "办理工单须带上读到的 <code>version</code>；工单已有变动时返回 409，请重新读取。",
    "<code>deskUnitId</code> 等单位编号见 <code>GET /api/organisation</code>；各业务的受理表单见 <code>GET /api/flows</code>（<code>intakeForm</code>、<code>detailsForm</code>）；工单当前可做的操作及其表单见 <code>GET /api/orders/{orderId}</code> 的 <code>actions</code>。",
    "拒绝一律为 <code>application/problem+json</code>（RFC 9457），<code>code</code> 见错误目录，文字中英文俱全。",
  ],
  en: [
    "Other systems call with an API key: <code>Authorization: Bearer KEY</code>. The security administrator makes it on the page API keys, or the command <code>bihuan api-key create</code> does. It may do what the roles given to it may do, at their units and below.",
    "Taking in and acting need an <code>Idempotency-Key</code>: the same key with the same content counts once, so that sending again after a lost answer is safe.",
    "Acting on an order needs the <code>version</code> that was read; where the order has changed since, the answer is 409: read it again.",
    "Unit numbers such as <code>deskUnitId</code> stand in <code>GET /api/organisation</code>; the forms of each kind of business in <code>GET /api/flows</code> (<code>intakeForm</code>, <code>detailsForm</code>); what may be done with an order now, with its forms, in <code>actions</code> of <code>GET /api/orders/{orderId}</code>.",
    "Every refusal is <code>application/problem+json</code> (RFC 9457); its <code>code</code> stands in the page of refusals, its texts are in both languages.",
  ],
};
const example = `curl -X POST http://127.0.0.1:8080/api/orders \\
  -H 'Authorization: Bearer bihuan_…' -H 'Idempotency-Key: 12345-20260608-001' -H 'Content-Type: application/json' \\
  -d '{"flow":"fault-repair","subtype":null,"deskUnitId":1,
       "form":{"origin":"GOV_12345","areaClass":"URBAN","title":"路灯不亮","externalNo":"20260608-001"},
       "details":{"scope":"UNKNOWN","danger":false}}'`;

/** Serves `/api/openapi.json`, `/api/docs` and `/api/docs/errors`. */
export function serveDocs(app: FastifyInstance, groups: readonly Operations[], version: string) {
  let written: OpenApi | null = null;
  const document = () => (written ??= openApi(groups, version)); // when first asked for: it takes longer than all the routes
  const page = (reply: FastifyReply, html: string) =>
    reply.type("text/html; charset=utf-8").header("cache-control", "no-cache").send(html);
  app.get("/api/openapi.json", async (_request, reply) =>
    reply.type("application/json; charset=utf-8").header("cache-control", "no-cache").send(JSON.stringify(document())),
  );
  app.get<{ Querystring: { lang?: string } }>("/api/docs", async (request, reply) =>
    page(reply, operationsPage(document(), chosen(request))),
  );
  app.get<{ Querystring: { lang?: string } }>("/api/docs/errors", async (request, reply) =>
    page(reply, errorsPage(chosen(request))),
  );
}

const chosen = (request: { query: { lang?: string }; headers: { "accept-language"?: string | undefined } }): "zh" | "en" =>
  request.query.lang === "en" || request.query.lang === "zh"
    ? request.query.lang
    : languageOf(request.headers["accept-language"]);

const escape = (value: unknown) => String(value).replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");

const STYLE = `
:root{color-scheme:light dark;--line:#8884;--quiet:#6b7280;--accent:#2f6fd0}
body{font:15px/1.6 Inter,system-ui,"PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif;margin:0 auto;max-width:60rem;padding:1.5rem}
nav a{margin-inline-end:1.25rem}a{color:var(--accent)}h2{border-bottom:1px solid var(--line);margin-top:2.5rem}
details{border-bottom:1px solid var(--line);padding:.4rem 0}summary{cursor:pointer}
code{font:13px/1.5 ui-monospace,Menlo,Consolas,monospace}b code{display:inline-block;min-width:4rem}
table{border-collapse:collapse;margin:.5rem 0;width:100%}td,th{border-bottom:1px solid var(--line);padding:.25rem .75rem .25rem 0;text-align:start;vertical-align:top}
th{color:var(--quiet);font-weight:500}pre{overflow:auto;margin:.25rem 0 .75rem;padding:.5rem .75rem;border:1px solid var(--line);border-radius:6px}
.quiet{color:var(--quiet)}h3{font-size:14px;margin:.75rem 0 .25rem}`;

const shell = (language: "zh" | "en", at: string, title: string, content: string) => {
  const t = texts[language];
  const other = language === "zh" ? "en" : "zh";
  return `<!doctype html><html lang="${language === "zh" ? "zh-CN" : "en"}"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><link rel="icon" href="data:,">
<title>${title} · 闭环 Bihuan</title><style>${STYLE}</style>
<nav><a href="/api/docs?lang=${language}">${t.operations}</a><a href="/api/docs/errors?lang=${language}">${t.errors}</a><a href="/api/openapi.json">${t.document}</a><a href="${at}?lang=${other}" lang="${other}">${t.other}</a></nav>
<h1>${title}</h1>${content}</html>`;
};

const summaryIn = (language: "zh" | "en", operation: Json) =>
  String(operation["summary"]).split(" · ")[language === "zh" ? 0 : 1] ?? "";

function operationsPage(document: OpenApi, language: "zh" | "en"): string {
  const t = texts[language];
  const rows = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  );
  const sections = document.tags.map(({ name }) => {
    const own = rows.filter(({ operation }) => (operation["tags"] as string[])[0] === name);
    const items = own.map(({ path, method, operation }) => {
      const head = `<summary><b><code>${method.toUpperCase()}</code></b> <code>${escape(path)}</code> <span class="quiet">${escape(summaryIn(language, operation))}</span></summary>`;
      return `<details id="${escape(operation["operationId"])}">${head}${operationBody(operation, document, t)}</details>`;
    });
    return `<h2>${escape(name)}</h2>${items.join("")}`;
  });
  const first = `${introduction[language].map((text) => `<p>${text}</p>`).join("")}<pre><code>${escape(example)}</code></pre>`;
  return shell(language, "/api/docs", t.title, `${first}${sections.join("")}`);
}

function operationBody(operation: Json, document: OpenApi, t: Texts): string {
  const access = operation["x-access"];
  const who =
    access === "public" ? t.anyone : access === "signed-in" ? t.signedIn : `${t.permission} <code>${escape(access)}</code>`;
  const parameters = operation["parameters"] as { name: string; in: string; required: boolean; schema: Json }[];
  const table = parameters
    .map(
      (one) =>
        `<tr><td><code>${escape(one.name)}</code>${one.required ? "" : "?"}<td>${one.in}<td><code>${escape(typeText(one.schema, document, 0))}</code>`,
    )
    .join("");
  const contents = (holder: unknown) =>
    Object.entries((holder as { content?: Record<string, { schema: Json }> } | undefined)?.content ?? {});
  const shown = (title: string, holder: unknown) =>
    contents(holder)
      .map(
        ([type, { schema }]) =>
          `<h3>${title} <span class="quiet">${type}</span></h3><pre><code>${escape(typeText(schema, document, 0))}</code></pre>`,
      )
      .join("");
  const responses = operation["responses"] as Record<string, Json>;
  const refusals = Object.entries(responses)
    .filter(([status]) => Number(status) >= 400)
    .flatMap(([, { description }]) => String(description).split(", "))
    .map((code) => `<a href="/api/docs/errors#${code}"><code>${code}</code></a>`);
  return [
    `<p>${who}</p>`,
    parameters.length > 0 ? `<table><tr><th>${t.field}<th>${t.in}<th>${t.type}</tr>${table}</table>` : "",
    shown(t.body, operation["requestBody"]),
    shown(t.answer, responses["200"]),
    `<h3>${t.refusals}</h3><p>${refusals.join(" · ")}</p>`,
  ].join("");
}

// A schema as a person would write the type down; named ones are opened up to a depth that stays readable.
function typeText(schema: Json, document: OpenApi, depth: number): string {
  const indent = "  ".repeat(depth + 1);
  const reference = schema["$ref"];
  if (typeof reference === "string") {
    const name = reference.split("/").at(-1) ?? "";
    const named = document.components.schemas[name];
    return named && depth < 4 ? typeText(named, document, depth) : name;
  }
  if (schema["const"] !== undefined) return JSON.stringify(schema["const"]);
  if (Array.isArray(schema["enum"])) return schema["enum"].map((value) => JSON.stringify(value)).join(" | ");
  const choices = schema["anyOf"] ?? schema["oneOf"];
  if (Array.isArray(choices)) return choices.map((choice) => typeText(choice as Json, document, depth)).join(" | ");
  if (schema["type"] === "array") return `[ ${typeText((schema["items"] ?? {}) as Json, document, depth)} ]`;
  if (schema["type"] === "object" && schema["properties"]) {
    const required = new Set((schema["required"] ?? []) as string[]);
    const fields = Object.entries(schema["properties"] as Record<string, Json>).map(([name, field]) => {
      const remark = typeof field["description"] === "string" ? `  // ${field["description"]}` : "";
      return `${indent}${name}${required.has(name) ? "" : "?"}: ${typeText(field, document, depth + 1)}${remark}\n`;
    });
    return `{\n${fields.join("")}${"  ".repeat(depth)}}`;
  }
  const limits = ["format", "pattern", "minLength", "maxLength", "minimum", "maximum", "default"].filter(
    (key) => schema[key] !== undefined,
  );
  const remarks = limits.map((key) => (key === "format" ? String(schema[key]) : `${key} ${JSON.stringify(schema[key])}`));
  return `${Array.isArray(schema["type"]) ? schema["type"].join(" | ") : typeof schema["type"] === "string" ? schema["type"] : "any"}${remarks.length > 0 ? ` (${remarks.join(", ")})` : ""}`;
}

function errorsPage(language: "zh" | "en"): string {
  const entries = Object.entries(errorCatalogue as Record<string, ErrorEntry>).sort(([a], [b]) => (a < b ? -1 : 1));
  const rows = entries.map(
    ([code, { status, title, action }]) =>
      `<tr id="${code}"><td><code>${code}</code><td>${status}<td>${escape(title[language])}<td>${escape(action[language])}`,
  );
  return shell(language, "/api/docs/errors", texts[language].errors, `<table>${rows.join("")}</table>`);
}
