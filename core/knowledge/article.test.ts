import assert from "node:assert/strict";
import { test } from "node:test";
import { ArticleDraft, type ArticleKind, changedParts, excerptOf, isTranslated, missingParts } from "./article.ts";
import { faultContent, handbookContent, questionContent, questionDraft } from "./testing/articles.ts";

const kinds: [ArticleKind, Parameters<typeof missingParts>[1], string[]][] = [
  ["QUESTION", questionContent(), []],
  ["QUESTION", questionContent({ answer: null }), ["answer"]],
  ["HANDBOOK", handbookContent(), []],
  ["HANDBOOK", questionContent(), ["steps"]],
  ["FAULT", faultContent(), []],
  ["FAULT", handbookContent(), ["causes"]],
];
for (const [kind, content, missing] of kinds)
  test(`${kind} "${content.title.zh}" lacks ${missing.join() || "nothing"}`, () =>
    assert.deepEqual(missingParts(kind, content), missing));

test("what an author types is tidied: a line has no breaks, running text keeps its paragraphs", () => {
  const draft = ArticleDraft.parse({
    content: { title: { zh: "  低\n电压 " }, answer: { zh: "一、先问\r\n\r\n\r\n\r\n二、再查  \n" } },
  });
  assert.equal(draft.content.title.zh, "低 电压");
  assert.equal(draft.content.answer?.zh, "一、先问\n\n二、再查");
  assert.deepEqual([draft.roles, draft.links, draft.validFrom, draft.content.title.en], [[], [], null, null]);
});

test("an article that is only in Chinese so far is known as such", () => {
  assert.equal(isTranslated(questionContent()), true);
  assert.equal(isTranslated(handbookContent()), false);
  assert.equal(isTranslated(questionContent({ source: { zh: "十项承诺", en: null } })), false);
});

test("a version cannot end before it begins", () => {
  const asked = { validFrom: "2026-05-02", validTo: "2026-05-01" };
  assert.equal(ArticleDraft.safeParse({ ...questionDraft(), ...asked }).success, false);
  assert.equal(ArticleDraft.safeParse({ ...questionDraft(), ...asked, validTo: "2026-05-02" }).success, true);
});

test("a draft without a title, or with a field nobody knows, is none", () => {
  for (const content of [{}, { title: { zh: " " } }, { title: { zh: "题", fr: "titre" } }, { title: { zh: "题" }, body: "x" }])
    assert.equal(ArticleDraft.safeParse({ content }).success, false, JSON.stringify(content));
});

test("what changed against the version before is told by its parts", () => {
  const before = questionContent();
  assert.deepEqual(changedParts(before, before), []);
  assert.deepEqual(changedParts(before, questionContent({ keywords: [], asks: [] })), ["keywords", "asks"]);
  assert.deepEqual(changedParts(null, handbookContent()), ["title", "steps"]);
});

test("a list shows the answer's beginning, else the first cause or step", () => {
  assert.equal(excerptOf(questionContent())?.zh, "请先看表前开关和邻居是否有电。");
  assert.equal(excerptOf(faultContent())?.zh, "接户线接触不良");
  assert.deepEqual(excerptOf(handbookContent()), { zh: "确认安全距离", en: null });
  assert.equal(excerptOf(questionContent({ answer: null })), null);
  assert.equal([...(excerptOf(questionContent({ answer: { zh: "电".repeat(500), en: null } }))?.zh ?? "")].length, 140);
});
