// Searching a province's knowledge base over HTTP: fragments, pinyin initials, whole sentences, words that stand nowhere, and the
// articles of a step; beside twenty articles read by their keys.
import { readFile } from "node:fs/promises";
import path from "node:path";
import type { Wording } from "@bihuan/core/knowledge/article.ts";
import { type ArticleContent, wordingsOf } from "@bihuan/core/knowledge/article.ts";
import { placeKey } from "@bihuan/core/knowledge/links.ts";
import { headFields, wholeFields } from "@bihuan/core/knowledge/search.ts";
import { type Caller, signedIn, testUnits } from "@bihuan/server/identity/testing/people.ts";
import { parseArticles, type WrittenArticle } from "@bihuan/server/knowledge/import/parse-articles.ts";
import { listedVersions } from "@bihuan/server/knowledge/queries.ts";
import type { Database } from "@bihuan/server/platform/database.ts";
import type { Platform } from "@bihuan/server/platform/platform.ts";
import { searchIndexOf } from "@bihuan/server/platform/search-text.ts";
import { sql } from "@bihuan/server/platform/sql.ts";
import { prepare } from "@bihuan/server/prepare.ts";
import { type Bench, type Row, seededRandom } from "./row.ts";
import { onFreshPlatform, openConnection, percentile, startServerProcess } from "./utility.ts";

const ARTICLES = 50_000;
const BATCH = 1000;
const REQUESTS = 300; // of each kind
const TARGET_MS = 100;

type Kind = { readonly name: string; readonly texts: readonly string[] };
const kinds: readonly Kind[] = [
  {
    name: "fragments",
    texts: ["停电", "电压", "抢修", "低电压", "电能表", "回访", "欠费 复电", "南庄", "变压器", "three-phase", "4471"],
  },
  { name: "pinyin initials", texts: ["td", "dyd", "qx", "fggf", "hf"] },
  { name: "sentences", texts: ["你好我家里突然没电了怎么办啊", "电表走得太快了能不能来验一下", "交了费怎么还没有给我家送电呢"] },
  { name: "words that stand nowhere", texts: ["光伏并网结算", "龘靐", "zzzz", "补贴申领流程表"] },
];

const samples = path.join(import.meta.dirname, "../docs/examples/knowledge");
const places = ["南庄", "城东", "柳堤", "北港", "青石", "云岭", "河口", "新桥", "临江", "西塘"];
const pick = <T>(from: readonly T[], random: () => number): T => from[Math.floor(random() * from.length)] as T;

/** An article that reads like the samples: their sentences shuffled, a place and a number of its own in the title. */
function invented(base: WrittenArticle, sentences: readonly Wording[], number: number, random: () => number): ArticleContent {
  const { content } = base.draft;
  const { zh, en } = content.title;
  const some = Array.from({ length: 8 }, () => pick(sentences, random));
  return {
    ...content,
    title: { zh: `${pick(places, random)}${zh}${number}`, en },
    answer: { zh: some.map((one) => one.zh).join("\n"), en: some.map((one) => one.en ?? "").join("\n") },
  };
}

async function fill(platform: Platform, unitIds: readonly number[]): Promise<void> {
  const { db } = platform;
  const files = ["questions.yaml", "handbooks.yaml", "faults.yaml"];
  const written = (await Promise.all(files.map((name) => readFile(path.join(samples, name), "utf8")))).flatMap((text) => [
    ...parseArticles(text).articles,
  ]);
  const sentences = written.flatMap(({ draft }) => wordingsOf(draft.content));
  const random = seededRandom(17);
  for (let from = 0; from < ARTICLES; from += BATCH) {
    const rows = Array.from({ length: BATCH }, (_, n) => {
      const base = pick(written, random);
      const content = invented(base, sentences, from + n, random);
      const head = searchIndexOf(headFields(content));
      const whole = searchIndexOf(wholeFields(content));
      const { links, roles } = base.draft;
      return {
        id: from + n + 1,
        unit: pick(unitIds, random),
        kind: base.kind,
        content,
        links,
        roles,
        places: links.map(placeKey),
        head_tokens: head.tokens,
        head_text: head.text,
        tokens: whole.tokens,
        text: whole.text,
      };
    });
    await db.run(sql`
      with r as materialized (
        select * from json_to_recordset(${JSON.stringify(rows)}::json) x(id int, unit int, kind text, content jsonb, links jsonb, roles json,
          places json, head_tokens json, head_text text, tokens json, text text)),
      a as (insert into article (article_id, unit_id, kind, created_at, changed_at) select id, unit, kind, now(), now() from r)
      insert into article_version (article_id, version, state, content, roles, links, holds_from, author_ids, places,
        head_search_tokens, head_search_text, search_tokens, search_text, created_at, changed_at)
      select id, 1, 'APPROVED', content, array(select json_array_elements_text(roles)), links, date '2020-01-01' + id % 2000, '{}',
        array(select json_array_elements_text(places)), array(select json_array_elements_text(head_tokens)), head_text,
        array(select json_array_elements_text(tokens)), text, now(), now() from r`);
  }
  await db.run(sql`vacuum analyze article_version`);
}

/** Milliseconds from request to answer, p95. */
async function measure(
  port: number,
  caller: Caller,
  asks: readonly { method: string; url: string; body: string }[],
): Promise<number> {
  const connection = await openConnection(port);
  const latencies: number[] = [];
  for (let n = 0; n < REQUESTS; n++) {
    const { method, url, body } = asks[n % asks.length] as (typeof asks)[number];
    const startedAt = performance.now();
    const answer = await connection.send(method, url, caller.headers, body);
    latencies.push(performance.now() - startedAt);
    if (answer.status !== 200) throw new Error(`${answer.status}: ${answer.body.slice(0, 300)}`);
  }
  connection.close();
  return percentile(latencies, 0.95);
}

/** Milliseconds in which the database gives twenty articles by their keys, p95. */
async function byKeys(db: Database): Promise<number> {
  const random = seededRandom(3);
  const latencies: number[] = [];
  for (let n = 0; n < REQUESTS; n++) {
    const named = Array.from({ length: 20 }, () => ({ articleId: 1 + Math.floor(random() * ARTICLES), version: 1 }));
    const startedAt = performance.now();
    await listedVersions(db, named);
    latencies.push(performance.now() - startedAt);
  }
  return percentile(latencies, 0.95);
}

async function run(platform: Platform, folder: string): Promise<Row[]> {
  await prepare(platform);
  const units = await testUnits(platform);
  const issuers = ["P", "A", "A1", "A11"].map((code) => units[code] as number);
  await fill(platform, issuers);
  const agent = await signedIn(platform, [["AGENT", units["A11"] as number]]);
  const floor = await byKeys(platform.db);
  const server = await startServerProcess(folder);
  const asked: [string, { method: string; url: string; body: string }[]][] = [
    ...kinds.map(({ name, texts }): [string, { method: string; url: string; body: string }[]] => [
      name,
      texts.map((text) => ({ method: "POST", url: "/api/knowledge/search", body: JSON.stringify({ text }) })),
    ]),
    [
      "articles of a step",
      ["fault-repair&step=travelling", "complaint&subtype=SUPPLY_QUALITY&step=handling", "inquiry"].map((query) => ({
        method: "GET",
        url: `/api/knowledge/at?flow=${query}`,
        body: "",
      })),
    ],
  ];
  const rows: Row[] = [];
  for (const [name, asks] of asked) {
    await measure(server.port, agent, asks); // warm, as on any working day
    const value = await measure(server.port, agent, asks);
    const row = { name: `${name}, p95, 50,000 articles; beside twenty by their keys`, value, unit: "ms", floor };
    rows.push({ ...row, ratio: value / floor, target: TARGET_MS, met: value <= TARGET_MS });
  }
  await server.stop();
  return rows;
}

export default {
  name: "knowledge",
  summary: { zh: "知识库查找（5 万篇）", en: "Searching a knowledge base of 50,000 articles" },
  run: () => onFreshPlatform(run),
} satisfies Bench;
