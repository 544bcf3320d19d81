// What readers do with articles: find those of a category or a step, take their files, say whether they helped.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { ArticleRow, ArticleView } from "@bihuan/contract/knowledge.ts";
import type { ArticleDraft } from "@bihuan/core/knowledge/article.ts";
import { questionContent, questionDraft } from "@bihuan/core/knowledge/testing/articles.ts";
import { withApiKey } from "../identity/testing/people.ts";
import { sql } from "../platform/sql.ts";
import { manualTime } from "../platform/time.ts";
import { workOrderJobs } from "../work-order/jobs.ts";
import { orderPorts } from "../work-order/ports.ts";
import { readerOf } from "./reader.ts";
import { knowledgeForCategory } from "./search/category.ts";
import { type Acted, library } from "./testing/library.ts";

const { platform, time, unit, call, person, writer, approver, begin, act, publish, published, save } =
  await library("2026-06-08T02:00:00Z");
const agent = await person("AGENT", "A11");
const read = (caller: typeof agent, { articleId }: Pick<Acted, "articleId">, version?: number) =>
  call<ArticleView>(caller, "GET", `/articles/${articleId}${version === undefined ? "" : `?version=${version}`}`);

const titled = (zh: string, links: { flow?: string; subtype?: string; step?: string }[], asks: string[] = []) =>
  questionDraft({
    content: questionContent({ title: { zh, en: null }, asks: asks.map((ask) => ({ zh: ask, en: null })) }),
    links: links.map(({ flow = null, subtype = null, step = null }) => ({ flow, subtype, step })),
  });

describe("articles for a category and for a step", () => {
  const at = async (query: string, caller = agent) => {
    const { body } = await call<{ articles: ArticleRow[]; asks: { zh: string }[] }>(caller, "GET", `/at?${query}`);
    return { titles: body.articles.map(({ title }) => title.zh), asks: body.asks.map(({ zh }) => zh) };
  };

  test("the step's own page comes first, then the subtype's, then the flow's; other steps' do not", async () => {
    await published(titled("投诉通用", [{ flow: "complaint" }], ["请问您的户号是多少？"]));
    await published(
      titled("电压投诉", [{ flow: "complaint", subtype: "SUPPLY_QUALITY" }], ["请问灯光多久变暗一次？", "请问您的户号是多少？"]),
    );
    await published(titled("投诉处理", [{ flow: "complaint", step: "handling" }]));
    await published(titled("回访话术", [{ step: "callback" }]));
    assert.deepEqual((await at("flow=complaint&subtype=SUPPLY_QUALITY&step=handling")).titles, [
      "投诉处理",
      "电压投诉",
      "投诉通用",
    ]);
    assert.deepEqual((await at("flow=complaint&subtype=OUTAGE&step=callback")).titles, ["回访话术", "投诉通用"]);
    assert.deepEqual((await at("flow=fault-repair&step=callback")).titles, ["回访话术"]);
    assert.deepEqual((await at("flow=inquiry")).titles, []);
    assert.equal((await call(agent, "GET", "/at?flow=%27or%201")).code, "request.invalid");
  });

  test("the desk asks the questions of a category once each, the subtype's first", async () => {
    assert.deepEqual((await at("flow=complaint&subtype=SUPPLY_QUALITY")).asks, [
      "请问灯光多久变暗一次？",
      "请问您的户号是多少？",
    ]);
    const grants = [{ role: "AGENT", unitId: unit("A11") } as const];
    const scope = { principal: { kind: "staff", id: agent.id, name: "x" } as const, homeUnitId: unit("A11"), grants };
    const found = await knowledgeForCategory(platform.db, await readerOf(platform, scope), "complaint", "SUPPLY_QUALITY");
    assert.deepEqual(
      found.articles.map(({ content }) => content.title.zh),
      ["电压投诉", "投诉通用"],
    );
    assert.equal(found.asks[0]?.zh, "请问灯光多久变暗一次？");
  });

  test("what is written for one's own post comes before what is not, and of that what asks most", async () => {
    const publishedFor = (draft: ArticleDraft, ...roles: ArticleDraft["roles"]) => published({ ...draft, roles });
    await publishedFor(titled("现场处理", [{ flow: "whistleblow" }], ["一？", "二？", "三？"]), "HANDLER");
    await publishedFor(titled("受理要点", [{ flow: "whistleblow" }], ["匿名还是保密？"]), "AGENT", "DISPATCHER");
    await publishedFor(titled("人人须知", [{ flow: "whistleblow" }], ["在什么地址？", "什么时间？"]));
    assert.deepEqual((await at("flow=whistleblow")).titles, ["人人须知", "受理要点", "现场处理"]);
    assert.deepEqual((await at("flow=whistleblow")).asks.slice(0, 3), ["在什么地址？", "什么时间？", "匿名还是保密？"]);
  });

  test("the step's own page is not lost behind hundreds of its flow", async () => {
    await published(titled("环节专页", [{ flow: "praise", step: "handling" }]));
    await platform.db.run(sql`
      with a as (insert into article (unit_id, kind, created_at, changed_at)
        select ${unit("P")}, 'QUESTION', now(), now() from generate_series(1, 400) returning article_id)
      insert into article_version (article_id, version, state, content, roles, links, holds_from, author_ids, places, created_at, changed_at)
      select a.article_id, 1, 'APPROVED', v.content, '{}', '[{"flow": "praise", "subtype": null, "step": null}]', v.holds_from, '{}',
        '{praise/*/*}', now(), now()
      from a, (select * from article_version where places = '{praise/*/handling}') v`);
    const { titles } = await at("flow=praise&step=handling");
    assert.deepEqual([titles[0], titles.length], ["环节专页", 20]);
  });

  test("one's own unit's article stands before the one from above; another city's is not shown", async () => {
    await published(titled("县内口径", [{ flow: "complaint" }]), { unit: "A1" });
    assert.deepEqual((await at("flow=complaint")).titles, ["县内口径", "投诉通用"]);
    assert.deepEqual((await at("flow=complaint", await person("AGENT", "B1"))).titles, ["投诉通用"]);
  });
});

describe("did it help", () => {
  const say = (caller: typeof agent, { articleId }: Acted, helped: boolean, remark: string | null = null, version = 1) =>
    call<{ helped: number; notHelped: number }>(caller, "PUT", `/articles/${articleId}/versions/${version}/feedback`, {
      helped,
      remark,
    });

  test("one answer a person and version, the last one counts", async () => {
    const article = await published();
    const other = await person("HANDLER", "B1");
    assert.deepEqual((await say(agent, article, true)).body, { helped: 1, notHelped: 0 });
    assert.deepEqual((await say(agent, article, true)).body, { helped: 1, notHelped: 0 });
    assert.deepEqual((await say(agent, article, false)).body, { helped: 0, notHelped: 1 });
    assert.deepEqual((await say(other, article, true)).body, { helped: 1, notHelped: 1 });
    assert.equal((await read(agent, article)).body.feedback.mine, false);
    await publish((await save(writer, article, questionDraft({ note: "重写" }))).body);
    const { feedback } = (await read(agent, article)).body;
    assert.deepEqual([feedback.mine, feedback.helped, feedback.notHelped], [null, 0, 0]);
    assert.equal((await say(agent, article, true, null, 2)).code, null);
    assert.equal((await say(agent, article, true, null, 1)).code, "knowledge.not-found", "nobody works by the first any more");
  });

  test("two answers at once are both counted", async () => {
    const article = await published();
    const people = await Promise.all(["A1", "A11", "A2", "B1"].map((code) => person("AGENT", code)));
    await Promise.all(people.map((caller) => say(caller, article, true)));
    assert.equal((await read(agent, article)).body.feedback.helped, 4);
  });

  test("editors read what was missing, without names and numbers; readers do not", async () => {
    const article = await published();
    await say(agent, article, false, "没写村里停电找谁，王先生 13800138000 问过");
    const { remarks } = (await read(writer, article)).body.feedback;
    assert.deepEqual(
      remarks.map(({ helped, remark }) => [helped, remark]),
      [[false, "没写村里停电找谁，王先生 问过"]],
    );
    assert.deepEqual((await read(agent, article)).body.feedback.remarks, []);
    const left = async () => (await read(writer, article)).body.feedback.remarks.length;
    await say(agent, article, false);
    assert.equal(await left(), 1, "said again without a word, the word stays");
    await say(agent, article, true);
    assert.equal(await left(), 0, "who has changed their mind has said nothing yet");
  });

  test("a program has no opinion, a draft none yet", async () => {
    const article = await published();
    const key = await withApiKey(platform, [["AGENT", unit("A1")]]);
    assert.equal((await say(key, article, true)).code, "knowledge.person-needed");
    assert.equal((await say(agent, await begin(), true)).code, "knowledge.not-found");
  });
});

describe("files", () => {
  const BOUNDARY = "----library";
  const attach = (caller: typeof agent, { articleId }: Acted, name: string, text: string) =>
    call<Acted & { fileNo: number }>(
      caller,
      "POST",
      `/articles/${articleId}/files`,
      `--${BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="${name}"\r\nContent-Type: text/plain\r\n\r\n${text}\r\n--${BOUNDARY}--\r\n`,
      { "content-type": `multipart/form-data; boundary=${BOUNDARY}` },
    );
  const open = (caller: typeof agent, articleId: number, version: number, fileNo: number) =>
    call<string>(caller, "GET", `/articles/${articleId}/versions/${version}/files/${fileNo}`);

  test("a draft takes files, the next version carries them on, an older one keeps its own", async () => {
    const article = await begin();
    const first = await attach(writer, article, "接线图.txt", "一号方案");
    assert.deepEqual([first.code, first.body.fileNo], [null, 1]);
    assert.equal((await attach(writer, article, "接线图.txt", "一号方案")).body.fileNo, 1, "sent again it is the same file");
    assert.equal((await open(agent, article.articleId, 1, 1)).code, "knowledge.not-found", "a draft's file is for editors");
    const { revision } = (await read(writer, article)).body;
    const inForce = await publish({ ...article, revision });
    assert.equal((await open(agent, article.articleId, 1, 1)).body, "一号方案");

    assert.equal((await attach(writer, article, "b.txt", "二")).code, "knowledge.not-at-this-stage");
    const next = await save(writer, inForce, questionDraft());
    assert.equal((await attach(writer, article, "说明.txt", "二号方案")).body.fileNo, 2);
    assert.equal((await call(writer, "DELETE", `/articles/${article.articleId}/files/1`)).status, 204);
    assert.deepEqual(
      (await read(writer, article, 2)).body.shown.files.map(({ fileNo, name }) => [fileNo, name]),
      [[2, "说明.txt"]],
    );
    assert.equal((await open(agent, article.articleId, 1, 1)).body, "一号方案");
    assert.equal(next.body.version, 2);
  });

  test("what the file store refuses is refused here, and readers attach nothing", async () => {
    const article = await begin();
    assert.equal((await attach(writer, article, "a.html", "<script>")).code, "file.type-refused");
    assert.equal((await attach(agent, article, "a.txt", "文字")).code, "permission.missing");
    assert.equal((await read(writer, article)).body.shown.files.length, 0);
  });

  test("the sweep of files nobody names leaves those of articles", async () => {
    const article = await begin();
    await attach(writer, article, "留存.txt", "要留下的内容");
    const later = manualTime(new Date(time.nowMs() + 3 * 86_400_000).toISOString());
    const daily = workOrderJobs({ ...platform, time: later }, orderPorts(platform))["work-order.daily"];
    await daily?.({}, { id: "1", attempt: 1 });
    assert.equal((await open(writer, article.articleId, 1, 1)).body, "要留下的内容");
  });
});

test("editors see what waits for them, longest first, and how much there is", async () => {
  type Work = { rows: ArticleRow[]; counts: Record<string, number> };
  const editor = await person("KNOWLEDGE_EDITOR", "A2");
  const work = async (list: string) => (await call<Work>(editor, "GET", `/work?list=${list}`)).body;
  const inCounty = { unit: "A2" };
  const draft = (zh: string, more = {}) => ({ ...titled(zh, [{ flow: "inquiry" }]), ...more });
  await begin(draft("只是草稿"), inCounty);
  const waiting = await begin(draft("先提交的"), inCounty);
  await act(writer, waiting, "submit");
  time.advanceMs(60_000);
  await act(writer, await begin(draft("后提交的"), inCounty), "submit");
  await published(draft("快到期的", { validTo: "2026-07-01" }), inCounty);
  await published(draft("还早的", { validTo: "2027-07-01" }), inCounty);
  const useless = await published(draft("没帮上忙的"), inCounty);
  await call(await person("AGENT", "A2"), "PUT", `/articles/${useless.articleId}/versions/1/feedback`, { helped: false });

  const lists = ["SUBMITTED", "DRAFT", "EXPIRING", "NOT_HELPFUL"];
  const titles = await Promise.all(lists.map(async (list) => (await work(list)).rows.map(({ title }) => title.zh)));
  assert.deepEqual(titles, [["先提交的", "后提交的"], ["只是草稿"], ["快到期的"], ["没帮上忙的"]]);
  assert.deepEqual((await work("DRAFT")).counts, { SUBMITTED: 2, DRAFT: 1, EXPIRING: 1, NOT_HELPFUL: 1 });
  assert.deepEqual((await call<Work>(approver, "GET", "/work?list=EXPIRING")).body.rows.length, 1);
  assert.equal((await call(agent, "GET", "/work?list=DRAFT")).code, "permission.missing");
});
