import assert from "node:assert/strict";
import { test } from "node:test";
import { defineOperation } from "@bihuan/contract/operation.ts";
import { z } from "zod";
import { operationUrl } from "./client.ts";
import { asProblem, ProblemError, readProblem } from "./problem.ts";

const getThing = defineOperation({
  method: "GET",
  path: "/things/:name/parts/:id",
  summary: { zh: "查看", en: "Read" },
  tag: "things",
  access: "signed-in",
  params: z.object({ name: z.string(), id: z.string() }),
});

test("path parameters are escaped, absent query values left out, lists repeated", () => {
  const url = operationUrl(getThing, {
    params: { name: "南庄/3", id: "7" },
    query: { text: "王 某", state: ["OPEN", "SUSPENDED"], unitId: undefined, cursor: "" },
  });
  assert.equal(url, "/api/things/%E5%8D%97%E5%BA%84%2F3/parts/7?text=%E7%8E%8B+%E6%9F%90&state=OPEN&state=SUSPENDED");
});

test("problem+json becomes an error with both languages and the fields that were refused", () => {
  const problem = readProblem(400, {
    type: "/api/errors#request.invalid",
    title: "请求内容不符合要求",
    status: 400,
    detail: "请按所列字段逐项更正后重试。",
    code: "request.invalid",
    titles: { zh: "请求内容不符合要求", en: "The request is not valid" },
    details: { zh: "请按所列字段逐项更正后重试。", en: "Correct the fields that are listed and try again." },
    facts: {},
    requestId: "r-1",
    errors: [{ in: "body", path: "contacts.0.phone", message: "必填", messages: { zh: "必填", en: "Required" } }],
  });
  assert.equal(problem.code, "request.invalid");
  assert.equal(problem.title.en, "The request is not valid");
  assert.deepEqual(problem.fields, [{ path: "contacts.0.phone", message: { zh: "必填", en: "Required" } }]);
});

test("a proxy's own error page reads as unavailable, any other foreign body as not understood", () => {
  assert.equal(readProblem(502, null).code, "server.unavailable");
  assert.equal(readProblem(418, { hello: 1 }).code, "local.not-understood");
});

test("whatever was thrown, a page gets a problem", () => {
  const problem = new ProblemError({ status: 409, code: "x", title: { zh: "一", en: "one" }, detail: { zh: "二", en: "two" } });
  assert.equal(asProblem(problem), problem);
  assert.equal(asProblem(new TypeError("x is undefined")).code, "local.not-understood");
});
