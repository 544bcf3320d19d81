// An article's way: written, approved by somebody else, in force between its dates, replaced, withdrawn.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { ArticleView } from "@bihuan/contract/knowledge.ts";
import { faultContent, questionContent, questionDraft } from "@bihuan/core/knowledge/testing/articles.ts";
import { withApiKey } from "../identity/testing/people.ts";
import { type Acted, library } from "./testing/library.ts";

const { platform, time, unit, call, person, writer, approver, begin, act, publish, published, save } =
  await library("2026-06-08T02:00:00Z");
const agent = await person("AGENT", "A11");
const read = (caller: typeof agent, { articleId }: Pick<Acted, "articleId">, version?: number) =>
  call<ArticleView>(caller, "GET", `/articles/${articleId}${version === undefined ? "" : `?version=${version}`}`);
const worded = (zh: string) => questionContent({ title: { zh, en: null } });

describe("four eyes", () => {
  test("nobody reads a draft but editors; approved by another, everybody at work reads it", async () => {
    const article = await begin();
    assert.equal((await read(agent, article)).code, "knowledge.not-found");
    assert.equal((await read(writer, article)).body.shown.standing, "DRAFT");
    await publish(article);
    const { body } = await read(agent, article);
    assert.equal(body.shown.standing, "IN_FORCE");
    assert.deepEqual([body.shown.authors, body.shown.decidedBy, body.shown.holdsFrom], [["编写人"], "审批人", "2026-06-08"]);
  });

  test("who wrote a version, or submitted it, does not approve it", async () => {
    const helper = await person("KNOWLEDGE_EDITOR", "P");
    const article = await begin();
    const helped = await save(helper, article, questionDraft({ content: worded("共同编写") }));
    const submitted = await act(approver, helped.body, "submit");
    for (const caller of [writer, helper, approver])
      assert.equal((await act(caller, submitted.body, "approve")).code, "knowledge.own-words");
    assert.equal((await read(approver, article)).body.ownWords, true);
    const other = await person("MANAGER", "P");
    assert.equal((await read(other, article)).body.actions.approve, true);
    assert.equal((await act(other, submitted.body, "approve")).code, null);
  });

  test("a program writes but does not approve", async () => {
    const key = await withApiKey(platform, [["KNOWLEDGE_EDITOR", unit("P")]]);
    const article = await begin(questionDraft(), { caller: key });
    const submitted = await act(key, article, "submit");
    assert.equal((await act(key, submitted.body, "approve")).code, "knowledge.person-needed");
    assert.equal((await act(writer, submitted.body, "approve")).code, null);
  });

  test("what is returned says why, and is written on", async () => {
    const article = await begin();
    const submitted = await act(writer, article, "submit");
    assert.equal((await save(writer, submitted.body, questionDraft())).code, "knowledge.not-at-this-stage");
    const returned = await act(approver, submitted.body, "return", { reason: "请注明依据" });
    const { shown } = (await read(writer, article)).body;
    assert.deepEqual([shown.standing, shown.reason, shown.decidedBy], ["DRAFT", "请注明依据", "审批人"]);
    const saved = await save(writer, returned.body, questionDraft({ content: worded("已注明") }));
    assert.deepEqual([saved.code, saved.body.version], [null, 1]);
  });
});

describe("versions and dates", () => {
  test("a new version replaces the one before from its day on; the old one stays readable", async () => {
    const article = await published(questionDraft({ content: worded("第一版") }));
    const next = await save(
      writer,
      article,
      questionDraft({ content: worded("第二版"), validFrom: "2026-07-01", note: "改口径" }),
    );
    assert.equal(next.body.version, 2);
    assert.deepEqual((await read(writer, article, 2)).body.changedParts, ["title"]);
    assert.equal((await read(agent, article)).body.shown.content.title.zh, "第一版");
    await publish(next.body);
    assert.equal((await read(agent, article)).body.shown.version, 1);
    time.set("2026-06-30T15:59:00Z"); // the last minute of June in Shanghai
    assert.equal((await read(agent, article)).body.shown.version, 1);
    time.set("2026-06-30T16:00:00Z");
    const { body } = await read(agent, article);
    assert.equal(body.shown.content.title.zh, "第二版");
    assert.deepEqual(
      body.versions.map(({ version, standing, holdsTo, note }) => [version, standing, holdsTo, note]),
      [
        [2, "IN_FORCE", null, "改口径"],
        [1, "SUPERSEDED", "2026-06-30", null],
      ],
    );
    assert.equal((await read(agent, article, 1)).body.shown.standing, "SUPERSEDED");
  });

  test("a version ends with its last day", async () => {
    time.set("2026-07-02T02:00:00Z");
    const article = await published(questionDraft({ validTo: "2026-07-03" }));
    time.set("2026-07-03T15:00:00Z");
    assert.equal((await read(agent, article)).body.shown.standing, "IN_FORCE");
    time.set("2026-07-03T16:00:00Z");
    const { body } = await read(agent, article);
    assert.deepEqual([body.shown.standing, body.actions.feedback], ["EXPIRED", false]);
  });

  test("what would be over already cannot be submitted, nor approved late", async () => {
    time.set("2026-07-10T02:00:00Z");
    const article = await begin(questionDraft({ validTo: "2026-07-10" }));
    const submitted = await act(writer, article, "submit");
    time.set("2026-07-11T02:00:00Z");
    assert.equal((await act(approver, submitted.body, "approve")).code, "knowledge.over-already");
    const late = await begin(questionDraft({ validTo: "2026-07-10" }));
    assert.equal((await act(writer, late, "submit")).code, "knowledge.over-already");
  });

  test("a withdrawn version is gone for readers at once; editors begin the next from it", async () => {
    const article = await published();
    const withdrawn = await act(approver, article, "withdraw", { version: 1, reason: "口径有误" });
    assert.equal((await read(agent, article)).code, "knowledge.not-found");
    const seen = (await read(writer, article)).body;
    assert.deepEqual([seen.shown.standing, seen.shown.reason, seen.actions.edit], ["WITHDRAWN", "口径有误", true]);
    assert.equal(
      (await act(approver, withdrawn.body, "withdraw", { version: 1, reason: "再停" })).code,
      "knowledge.not-at-this-stage",
    );
    await publish((await save(writer, withdrawn.body, questionDraft())).body);
    assert.equal((await read(agent, article)).body.shown.version, 2);
  });

  test("a discarded draft leaves the version before; an article that was only a draft is gone", async () => {
    const article = await published();
    const next = await save(writer, article, questionDraft());
    assert.equal((await act(writer, next.body, "discard")).status, 204);
    assert.equal((await read(writer, article)).body.shown.version, 1);
    const alone = await begin();
    assert.equal((await act(writer, alone, "discard")).status, 204);
    assert.equal((await read(writer, alone)).code, "knowledge.not-found");
  });
});

describe("drafts", () => {
  test("each kind says what it has to before it is submitted", async () => {
    const unanswered = questionDraft({ content: questionContent({ answer: null }) });
    for (const [kind, code] of [
      ["QUESTION", "knowledge.answer-missing"],
      ["HANDBOOK", "knowledge.steps-missing"],
      ["FAULT", "knowledge.causes-missing"],
    ] as const)
      assert.equal((await act(writer, await begin(unanswered, { kind }), "submit")).code, code);
    const fault = await begin(questionDraft({ content: faultContent() }), { kind: "FAULT" });
    assert.equal((await act(writer, fault, "submit")).code, null);
  });

  test("a draft somebody else has changed meanwhile is not overwritten", async () => {
    const article = await begin();
    const helper = await person("KNOWLEDGE_EDITOR", "P");
    await save(helper, article, questionDraft({ content: worded("先保存的") }));
    assert.equal((await save(writer, article, questionDraft())).code, "knowledge.changed-meanwhile");
    assert.equal((await read(writer, article)).body.shown.content.title.zh, "先保存的");
  });

  test("an article sent twice with one key is begun once", async () => {
    const body = { unitId: unit("P"), kind: "QUESTION", draft: questionDraft() };
    const key = { "idempotency-key": "again" };
    const [first, second] = await Promise.all([1, 2].map(() => call<Acted>(writer, "POST", "/articles", body, key)));
    assert.equal(first?.body.articleId, second?.body.articleId);
    const other = { ...body, kind: "FAULT" };
    assert.equal((await call(writer, "POST", "/articles", other, key)).code, "request.idempotency-key-reused");
  });

  test("a link to what there is not is refused, and nothing is kept of it", async () => {
    const draft = questionDraft({ links: [{ flow: "fault-repair", subtype: null, step: "handling" }] });
    const body = { unitId: unit("P"), kind: "QUESTION", draft };
    assert.equal((await call(writer, "POST", "/articles", body)).code, "knowledge.link-unknown");
    const article = await begin();
    assert.equal((await save(writer, article, draft)).code, "knowledge.link-unknown");
    assert.deepEqual((await read(writer, article)).body.shown.links, [{ flow: "fault-repair", subtype: null, step: null }]);
  });
});

describe("units", () => {
  test("an article is read along the line of the unit that issued it, and written within a grant", async () => {
    const county = await person("KNOWLEDGE_EDITOR", "A1");
    const article = await published(questionDraft(), { unit: "A1" });
    const readers: [string, boolean][] = [
      ["P", true],
      ["A", true],
      ["A1", true],
      ["A111", true],
      ["A2", false],
      ["B1", false],
    ];
    for (const [code, sees] of readers)
      assert.equal((await read(await person("HANDLER", code), article)).code, sees ? null : "knowledge.not-found", code);
    assert.equal((await save(county, article, questionDraft())).code, null);
    const ofProvince = await published();
    assert.equal((await save(county, ofProvince, questionDraft())).code, "knowledge.not-yours");
    const body = { unitId: unit("A2"), kind: "QUESTION", draft: questionDraft() };
    assert.equal((await call(county, "POST", "/articles", body)).code, "permission.missing");
    assert.equal((await call(county, "POST", "/articles", { ...body, unitId: 999_999 })).code, "knowledge.unit-unknown");
  });
});
