import assert from "node:assert/strict";
import { test } from "node:test";
import type { ArticleVersion } from "@bihuan/contract/knowledge.ts";
import { ArticleDraft } from "@bihuan/core/knowledge/article.ts";
import { faultContent, handbookContent, questionContent } from "@bihuan/core/knowledge/testing/articles.ts";
import { draftOf, emptyCause, emptyForm, emptyLink, emptyStep, formOf, hasEnglish, nothing, shownParts } from "./draft.ts";
import { wordsIn } from "../words.ts";

const version = (content: ArticleVersion["content"]): ArticleVersion => ({
  version: 1,
  standing: "IN_FORCE",
  content,
  roles: ["AGENT"],
  links: [{ flow: "fault-repair", subtype: null, step: null }],
  validFrom: "2026-01-01",
  validTo: "2026-12-31",
  holdsFrom: "2026-01-01",
  holdsTo: "2026-12-31",
  note: "首版",
  authors: [],
  submittedAt: null,
  decidedBy: null,
  decidedAt: null,
  reason: null,
  files: [],
});

test("what is read and saved unchanged says the same", () => {
  for (const content of [questionContent(), handbookContent(), faultContent()]) {
    const draft = draftOf(formOf(version(content), true));
    assert.deepEqual(draft.content, content);
    assert.deepEqual([draft.roles, draft.validTo, draft.note], [["AGENT"], "2026-12-31", "首版"]);
    assert.equal(ArticleDraft.safeParse(draft).success, true);
  }
});

test("a new version begins with the words of the one before, not with its dates and its note", () => {
  const { validFrom, validTo, note, links } = draftOf(formOf(version(questionContent()), false));
  assert.deepEqual([validFrom, validTo, note, links.length], [null, null, null, 1]);
});

test("rows nobody wrote in are left out; English without Chinese is sent, so that it can be refused", () => {
  const form = {
    ...emptyForm("题"),
    asks: [nothing, { zh: "问", en: "" }],
    steps: [emptyStep],
    causes: [emptyCause],
    links: [emptyLink],
    answer: { zh: "", en: "answer" },
  };
  const draft = draftOf(form);
  assert.deepEqual(draft.content.asks, [{ zh: "问", en: null }]);
  assert.deepEqual([draft.content.steps, draft.content.causes, draft.links], [[], [], []]);
  assert.equal(ArticleDraft.safeParse(draft).success, false);
});

test("a form asks for the parts of its kind, and shows what is written in others", () => {
  assert.deepEqual(shownParts("QUESTION", emptyForm()), ["answer", "asks"]);
  assert.deepEqual(shownParts("HANDBOOK", emptyForm()), ["answer", "steps"]);
  assert.deepEqual(shownParts("FAULT", emptyForm()), ["answer", "asks", "causes"]);
  assert.deepEqual(shownParts("QUESTION", { ...emptyForm(), steps: [emptyStep] }), ["answer", "asks", "steps"]);
  assert.equal(hasEnglish(emptyForm("题")), false);
  assert.equal(hasEnglish({ ...emptyForm(), steps: [{ ...emptyStep, how: { zh: "", en: "how" } }] }), true);
});

test("where there is no English the Chinese text stands", () => {
  assert.equal(wordsIn("en", { zh: "停电", en: null }), "停电");
  assert.equal(wordsIn("en", { zh: "停电", en: "Outage" }), "Outage");
  assert.equal(wordsIn("zh", { zh: "停电", en: "Outage" }), "停电");
});
