// Articles from files: all or nothing, every fault at its line, the same file again changes nothing; the samples that ship are right.
import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { test } from "node:test";
import type { ArticleRow } from "@bihuan/contract/knowledge.ts";
import { isTranslated } from "@bihuan/core/knowledge/article.ts";
import { flows } from "@bihuan/core/flows.ts";
import { atCommandLine } from "../../identity/access-log/commands.ts";
import { sql } from "../../platform/sql.ts";
import { library } from "../testing/library.ts";
import { importArticles } from "./import-articles.ts";
import { parseArticles } from "./parse-articles.ts";

const file = (more = "", answer = "请先看邻居家有没有电。") => `articles:
  - key: fault-call
    kind: QUESTION
    title: { zh: 客户报停电, en: Caller reports an outage }
    answer:
      zh: ${answer}
      en: Please look whether the neighbours have power.
    links: [{ flow: fault-repair }]
${more}`;

test("a file becomes drafts; what is left out is empty", () => {
  const { articles, problems } = parseArticles(file());
  assert.deepEqual(problems, []);
  const [article] = articles;
  assert.deepEqual([article?.code, article?.kind, article?.draft.content.steps], ["fault-call", "QUESTION", []]);
  assert.deepEqual(article?.draft.links, [{ flow: "fault-repair", subtype: null, step: null }]);
});

const faults: [string, string, number, RegExp][] = [
  ["no YAML", "articles: [", 1, /not valid YAML/],
  ["no list", "titles: []", 1, /expected array|Unrecognized/],
  ["a kind nobody knows", file().replace("QUESTION", "NEWS"), 3, /Invalid option/],
  ["a field nobody knows", file("    body: x\n"), 2, /Unrecognized key/],
  ["no answer", file().replace(/ {4}answer:[\s\S]*?(?= {4}links)/, ""), 2, /answer is missing/],
  [
    "a step of another flow",
    file().replace("{ flow: fault-repair }", "{ flow: inquiry, step: travelling }"),
    8,
    /inquiry \/ travelling/,
  ],
  ["the same key twice", `${file()}${file().replace("articles:\n", "")}`, 9, /stands twice/],
  ["dates the wrong way round", file("    validFrom: 2026-05-02\n    validTo: 2026-05-01\n"), 10, /Ends before it begins/],
];
for (const [what, text, line, message] of faults)
  test(`${what} is told at its line, and nothing is read`, () => {
    const { articles, problems } = parseArticles(text);
    assert.deepEqual(articles, []);
    assert.match(problems[0]?.message.en ?? "", message);
    assert.equal(problems[0]?.line, line);
  });

const { platform, unit, call, approver, act } = await library("2026-06-08T02:00:00Z");
const take = (text: string, code = "P") => importArticles(platform, atCommandLine, unit(code), parseArticles(text).articles);
const waiting = async () =>
  (await call<{ rows: ArticleRow[] }>(approver, "GET", "/work?list=SUBMITTED")).body.rows.map(
    ({ articleId, version }) => [articleId, version] as const,
  );

test("imported articles wait for approval; the same file again changes nothing, a new edition brings a new version", async () => {
  assert.deepEqual(await take(file()), { created: ["fault-call"], changed: [], unchanged: [], inHand: [] });
  assert.deepEqual(await take(file()), { created: [], changed: [], unchanged: ["fault-call"], inHand: [] });
  assert.deepEqual((await take(file("", "请说地址。"))).inHand, ["fault-call"], "the first edition still waits");
  const [[articleId, version] = [0, 0]] = await waiting();
  assert.equal(version, 1);
  const approved = await act(approver, { articleId, revision: 1 }, "approve");
  assert.equal(approved.code, null, "nobody here has written it: any approver will do");
  assert.deepEqual((await take(file())).unchanged, ["fault-call"]);
  assert.deepEqual((await take(file("", "请说地址。"))).changed, ["fault-call"]);
  assert.deepEqual(await waiting(), [[articleId, 2]]);
  assert.deepEqual((await take(file(), "A1")).created, ["fault-call"], "another unit takes over its own");
  const logged = await platform.db.rows(sql`
    select facts ->> 'created' created, facts ->> 'changed' changed from access_log where record_kind = 'knowledge' order by access_id`);
  assert.deepEqual(logged, [
    { created: "1", changed: "0" },
    { created: "0", changed: "1" },
    { created: "1", changed: "0" },
  ]);
});

test("the samples that ship are whole, in both languages, with their sources, and stand where they belong", async () => {
  const folder = path.join(import.meta.dirname, "../../../docs/examples/knowledge");
  const read = await Promise.all(
    (await readdir(folder)).filter((name) => name.endsWith(".yaml")).map((name) => readFile(path.join(folder, name), "utf8")),
  );
  const parsed = read.map(parseArticles);
  assert.deepEqual(
    parsed.flatMap(({ problems }) => problems),
    [],
  );
  const articles = parsed.flatMap((one) => one.articles);
  assert.ok(articles.length >= 15);
  assert.equal(new Set(articles.map(({ code }) => code)).size, articles.length);
  for (const { code, draft } of articles) {
    assert.ok(isTranslated(draft.content), `${code} is not wholly translated`);
    assert.ok(draft.content.source !== null, `${code} names no source`);
    assert.ok(draft.content.keywords.length > 0, code);
    assert.ok(draft.links.length > 0, `${code} stands nowhere`);
  }
  const linked = new Set(articles.flatMap(({ draft }) => draft.links.map(({ flow }) => flow)));
  const everyday = flows.all.filter(({ id }) => ["fault-repair", "complaint", "inquiry", "service-request"].includes(id));
  assert.ok(everyday.every(({ id }) => linked.has(id)));
  const result = await importArticles(platform, atCommandLine, unit("B"), articles);
  assert.equal(result.created.length, articles.length);
});
