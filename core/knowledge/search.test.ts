import assert from "node:assert/strict";
import { test } from "node:test";
import { searchIndex } from "../search-text.ts";
import { headFields, looseTokens, wholeFields } from "./search.ts";
import { handbookContent, questionContent } from "./testing/articles.ts";

const noInitials = () => [];

test("title and other words are the head; what it says besides is looked through after it", () => {
  const content = questionContent({ source: { zh: "供电服务十项承诺", en: null } });
  const head = searchIndex(headFields(content), noInitials);
  const whole = searchIndex(wholeFields(content), noInitials);
  for (const token of ["停电", "没电", "电", "邻居", "power"]) assert.ok(head.tokens.includes(token), token);
  for (const token of ["开关", "承诺"]) assert.ok(!head.tokens.includes(token) && whole.tokens.includes(token), token);
});

test("steps, how and by when are found as well", () => {
  const whole = searchIndex(wholeFields(handbookContent()), noInitials);
  for (const words of ["安全距离", "先验电后作业", "到达后立即"]) assert.ok(whole.text.includes(words), words);
});

test("a sentence is cut into pairs, each once", () => {
  assert.deepEqual(looseTokens("没电了，没电"), ["没电", "电了"]);
  assert.deepEqual(looseTokens("meter 不准"), ["meter", "不准"]);
  assert.deepEqual(looseTokens("你好，请问没电怎么办"), ["问没", "没电", "电怎"]);
  assert.deepEqual(looseTokens("电"), []);
  assert.equal(looseTokens("家里突然没有电了请问怎么办才好我们村都没有电已经三个小时").length, 16);
});
