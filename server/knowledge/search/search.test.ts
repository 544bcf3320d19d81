// What people type finds what was written, the best first; what finds nothing is told to the editors, without numbers.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { ArticleRow } from "@bihuan/contract/knowledge.ts";
import type { ArticleContent } from "@bihuan/core/knowledge/article.ts";
import { faultContent, handbookContent, questionContent, questionDraft } from "@bihuan/core/knowledge/testing/articles.ts";
import type { Scope } from "@bihuan/core/identity/scope.ts";
import type { Database, Tx } from "../../platform/database.ts";
import { instant, sql } from "../../platform/sql.ts";
import { readerOf } from "../reader.ts";
import { library } from "../testing/library.ts";
import { searchArticles } from "./search.ts";

const { platform, time, unit, call, person, writer, approver, begin, published, act } = await library("2026-06-08T02:00:00Z");
const { db } = platform;
const agent = await person("AGENT", "A11");
const foreigner = await person("AGENT", "B1");

type Found = { rows: ArticleRow[]; next: string | null; fit: "all" | "near" };
const search = async (text: string, more: object = {}, caller = agent) =>
  (await call<Found>(caller, "POST", "/search", { text, ...more })).body;
const titles = async (text: string, more: object = {}, caller = agent) =>
  (await search(text, more, caller)).rows.map(({ title }) => title.zh);
const zh = (text: string) => ({ zh: text, en: null });
const question = (title: string, more: Partial<ArticleContent> = {}) =>
  questionDraft({ content: questionContent({ title: zh(title), keywords: [], asks: [], ...more }) });

const outage = await published(questionDraft()); // 家里停电了怎么办 / My home is without power; 没电, 跳闸
await published(question("低电压处理口径", { keywords: ["电压低", "灯暗"], answer: zh("请问是全家还是个别电器异常？") }));
await published(question("低电压", { answer: zh("见低电压处理口径，灯光发暗时请先减少用电。") }));
await published(
  questionDraft({
    content: handbookContent({ title: zh("抢修到达现场") }),
    links: [{ flow: "fault-repair", subtype: null, step: "travelling" }],
    roles: ["HANDLER"],
  }),
  { kind: "HANDBOOK" },
);
await published(questionDraft({ content: faultContent({ title: zh("表箱冒烟"), source: zh("12398 热线案例") }), links: [] }), {
  kind: "FAULT",
  unit: "A",
});

describe("finding articles", () => {
  const cases: [string, string[], string][] = [
    ["停电", ["家里停电了怎么办"], "a fragment of the title"],
    ["没电", ["家里停电了怎么办"], "another word for it"],
    ["灯", ["低电压处理口径"], "one character of a title or keyword"],
    ["低电压", ["低电压", "低电压处理口径"], "the whole title before one that begins so"],
    ["ddy", ["低电压", "低电压处理口径"], "pinyin initials of a title"],
    ["dyd", ["低电压处理口径"], "pinyin initials of a keyword"],
    ["减少用电", ["低电压"], "what the answer says"],
    ["灯光 发暗", ["低电压"], "two words of the answer"],
    ["without power", ["家里停电了怎么办"], "English words"],
    ["Without  POW", ["家里停电了怎么办"], "their beginnings, in any case"],
    ["邻居家有电吗", ["家里停电了怎么办"], "a question to ask"],
    ["接户线", ["表箱冒烟"], "a cause"],
    ["安全距离", ["抢修到达现场"], "a step"],
    ["12398", ["表箱冒烟"], "a hot line's number"],
    ["%", [], "a wildcard"],
    ["' or 1=1 --", [], "an attempt"],
  ];
  for (const [text, expected, what] of cases)
    test(`${what}: ${text}`, async () => assert.deepEqual((await titles(text)).toSorted(), expected.toSorted()));

  test("what fits as a whole comes first, the title before the text", async () => {
    assert.deepEqual(await titles("低电压"), ["低电压", "低电压处理口径"]);
    await published(question("综合说明", { answer: zh("低电压由运检部门处理。") }));
    assert.deepEqual(await titles("低电压"), ["低电压", "低电压处理口径", "综合说明"]);
  });

  test("a whole sentence finds what shares most of it, and says so", async () => {
    const { rows, fit } = await search("你好我家里突然没电了是不是停电了");
    assert.equal(fit, "near");
    assert.equal(rows[0]?.title.zh, "家里停电了怎么办");
    assert.deepEqual(await titles("没电了怎么办"), ["家里停电了怎么办"]);
    const apart = await search("停电 电压");
    assert.equal(apart.fit, "near", "words that never stand together find what holds one of them");
    assert.ok(apart.rows.length > 1);
    assert.deepEqual(await titles("光伏并网结算周期多长"), []);
  });

  test("filters narrow by kind, business and post", async () => {
    assert.deepEqual(await titles("", { kind: "FAULT" }), ["表箱冒烟"]);
    assert.deepEqual(await titles("到达", { role: "HANDLER" }), ["抢修到达现场"]);
    assert.deepEqual(await titles("到达", { role: "AGENT" }), []);
    assert.deepEqual(await titles("停电", { role: "AGENT" }), ["家里停电了怎么办"]);
    assert.deepEqual(await titles("表箱", { flow: "fault-repair" }), []);
    assert.ok((await titles("", { flow: "fault-repair" })).includes("抢修到达现场"));
  });

  test("another city's article is not found", async () => {
    assert.deepEqual(await titles("表箱", {}, foreigner), []);
    assert.deepEqual(await titles("停电", {}, foreigner), ["家里停电了怎么办"]);
  });

  test("drafts and what is no longer in force are not found", async () => {
    await begin(question("只是草稿的过户须知"));
    assert.deepEqual(await titles("过户须知"), []);
    const article = await published(question("旧版更名须知"));
    await act(approver, article, "withdraw", { version: 1, reason: "停用" });
    assert.deepEqual(await titles("更名须知"), []);
  });

  test("of two that fit alike, the one that helped readers stands first", async () => {
    await published(question("峰谷电价甲"));
    const better = await published(question("峰谷电价乙"));
    assert.deepEqual(await titles("峰谷电价"), ["峰谷电价甲", "峰谷电价乙"]);
    await call(agent, "PUT", `/articles/${better.articleId}/versions/1/feedback`, { helped: true });
    assert.deepEqual(await titles("峰谷电价"), ["峰谷电价乙", "峰谷电价甲"]);
  });

  test("without words everything in force is listed page by page, without gap or repetition", async () => {
    const whole = (await search("", { limit: 50 })).rows.map(({ articleId }) => articleId);
    const paged: number[] = [];
    let after: string | null = null;
    do {
      const page: Found = await search("", { limit: 2, after });
      paged.push(...page.rows.map(({ articleId }) => articleId));
      after = page.next;
    } while (after !== null);
    assert.deepEqual(paged, whole);
    assert.ok(whole.length > 5 && whole.includes(outage.articleId));
    assert.equal((await call(agent, "POST", "/search", { after: "nonsense" })).code, "knowledge.cursor-invalid");
  });
});

describe("what was not found", () => {
  const missed = async (caller = writer) =>
    (await call<{ rows: { words: string; times: number }[] }>(caller, "GET", "/missed")).body.rows.map(
      ({ words, times }) => `${words} ${times}`,
    );

  test("a search that is finished and finds nothing is counted; one still being typed is not", async () => {
    await search("光伏结算周期");
    assert.deepEqual(await missed(), []);
    await search("光伏结算周期", { finished: true });
    await search("光伏结算周期！", { finished: true }, foreigner);
    await search("停电", { finished: true });
    assert.deepEqual(await missed(), ["光伏结算周期 2"]);
  });

  test("numbers of telephone and account length are not kept", async () => {
    await search("王先生 13800138000 发票抬头", { finished: true });
    await search("户号3201004471", { finished: true });
    await search("3201004471", { finished: true });
    const kept = await db.rows<{ words: string }>(sql`select words from missed_search order by words`);
    assert.ok(kept.every(({ words }) => !/\d{6}/.test(words)));
    assert.deepEqual((await missed()).toSorted(), ["光伏结算周期 2", "户号 1", "王先生 发票抬头 1"]);
  });

  test("a reader may say so, where what was found is not what was meant", async () => {
    assert.equal((await call(agent, "POST", "/missed", { text: "停电补偿标准" })).status, 204);
    assert.equal((await call(agent, "POST", "/missed", { text: "13800138000" })).code, "knowledge.words-missing");
    assert.ok((await missed()).includes("停电补偿标准 1"));
  });

  test("editors see what their regions looked for, and take off what is settled", async () => {
    const county = await person("KNOWLEDGE_EDITOR", "A1");
    assert.ok((await missed(county)).includes("光伏结算周期 1"));
    const settle = async (words: string) =>
      (await call<{ settled: number }>(county, "POST", "/missed/settle", { words })).body.settled;
    assert.equal(await settle("光伏结算周期"), 1);
    assert.deepEqual(
      (await missed()).filter((row) => row.startsWith("光伏")),
      ["光伏结算周期 1"],
    );
    assert.equal((await call(agent, "GET", "/missed")).code, "permission.missing");
  });
});

test("every way of searching reads a few rows by an index, never the table", async () => {
  const at = instant(time.nowMs());
  await db.run(sql`
    insert into article (unit_id, kind, created_at, changed_at)
    select (select unit_id from unit where parent_id is null), 'QUESTION', ${at}, ${at} from generate_series(1, 3000)`);
  const other = questionContent({ title: zh("其他"), keywords: [], asks: [] });
  await db.run(sql`
    insert into article_version (article_id, version, state, content, roles, links, holds_from, author_ids, head_search_tokens,
      head_search_text, search_tokens, search_text, created_at, changed_at)
    select article_id, 1, 'APPROVED', ${JSON.stringify(other)}::jsonb, '{}', '[]', '2026-01-01', '{}', array['第' || article_id],
      '|' || article_id || '|', array['第' || article_id], '|' || article_id || '|', ${at}, ${at}
    from article where article_id not in (select article_id from article_version)`);
  await db.run(sql`analyze article, article_version`);
  type Read = { bySequence: number; byIndex: number };
  let read: Read = { bySequence: -1, byIndex: -1 };
  const readSoFar = (tx: Tx) =>
    tx.one<Read>(sql`
      select seq_tup_read::int "bySequence", idx_tup_fetch::int "byIndex" from pg_stat_xact_user_tables where relname = 'article_version'`);
  const watched: Database = {
    ...db,
    transaction: (work, options) =>
      db.transaction(async (tx) => {
        const before = await readSoFar(tx);
        const result = await work(tx);
        const after = await readSoFar(tx);
        read = { bySequence: after.bySequence - before.bySequence, byIndex: after.byIndex - before.byIndex };
        return result;
      }, options),
  };
  const scope: Scope = {
    principal: { kind: "staff", id: agent.id, name: "agent" },
    homeUnitId: unit("A11"),
    grants: [{ role: "AGENT", unitId: unit("A11") }],
  };
  const reader = await readerOf(platform, scope);
  for (const text of ["停电", "减少用电", "ddy", "你好我家里突然没电了是不是停电了", "光伏结算"]) {
    const { rows } = await searchArticles(watched, reader, text, {}, 20);
    assert.equal(rows.length > 0, text !== "光伏结算", text);
    assert.ok(read.bySequence === 0 && read.byIndex < 60, `${text}: ${JSON.stringify(read)}`);
  }
});
