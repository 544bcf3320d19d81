// A desk asks what category a demand is, over HTTP: from the first day, from what was learnt, and from what was written about it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { type CategorySuggestion, deskSuggestionOperations } from "@bihuan/contract/desk-suggestion.ts";
import { questionContent, questionDraft } from "@bihuan/core/knowledge/testing/articles.ts";
import { sql } from "../../platform/sql.ts";
import { until } from "../../platform/testing/until.ts";
import { authenticator } from "../../identity/authenticator.ts";
import { library } from "../../knowledge/testing/library.ts";
import { testServer } from "../../platform/testing/server.ts";
import { slice } from "../../routes.ts";
import { deskSuggestionRoutes } from "./routes.ts";

const { platform, time, person, published } = await library("2026-06-08T02:00:00Z");
const { db } = platform;
const agent = await person("AGENT", "A11");
const server = await testServer({
  platform,
  slices: [slice(deskSuggestionOperations, deskSuggestionRoutes)],
  access: authenticator(platform),
});
test.after(() => server.close());

type Answer = { suggestions: CategorySuggestion[]; learntFrom: number; code?: string };
async function ask(text: string, flow?: string): Promise<Answer> {
  const answer = await server.app.inject({
    method: "POST",
    url: "/api/desk/suggest",
    headers: agent.headers,
    payload: { text, ...(flow === undefined ? {} : { flow }) },
  });
  return JSON.parse(answer.body) as Answer;
}
const first = async (text: string, flow?: string) => {
  const [best] = (await ask(text, flow)).suggestions;
  return best ? [best.flow, best.subtype] : null;
};
/** The process looks after its model behind an answer: asks until the answer is the new one. */
const untilAsked = (holds: () => Promise<boolean>) => {
  time.advanceMs(60_000);
  return until(holds);
};

test("on the first day it knows what callers typically say, and tells why", async () => {
  const { suggestions, learntFrom } = await ask("家里突然没电，空气开关跳闸");
  assert.equal(learntFrom, 0);
  assert.equal(suggestions[0]?.flow, "fault-repair");
  assert.ok(suggestions[0]?.words.includes("跳闸"));
  assert.ok(suggestions.length <= 3);
});

test("it says nothing where it does not know", async () => {
  assert.deepEqual((await ask("")).suggestions, []);
  assert.deepEqual((await ask("13800138000")).suggestions, []);
  assert.deepEqual((await ask("今天天气")).suggestions, []);
});

test("where the kind of business is chosen it weighs the subtypes alone; an unknown kind is refused", async () => {
  assert.deepEqual(await first("服务态度恶劣", "complaint"), ["complaint", "SERVICE"]);
  assert.equal((await ask("停电", "imported-history")).code, "work-order.flow-unknown");
  assert.equal((await ask("停电", "nothing")).code, "work-order.flow-unknown");
});

test("what was learnt in any region is heard of within a minute, without a restart", async () => {
  assert.equal(await first("龙门架歪了"), null);
  await db.run(sql`
    insert into suggestion_count (region_id, word, flow, subtype, orders)
    values (301, '', 'complaint', 'CONSTRUCTION', 40), (301, '龙门', 'complaint', 'CONSTRUCTION', 30),
      (302, '龙门', 'complaint', 'CONSTRUCTION', 10), (302, '', 'complaint', 'CONSTRUCTION', 10)`);
  await db.run(sql`insert into suggestion_progress (region_id, revision) values (301, 1)`);
  assert.equal(await first("龙门架歪了"), null, "the model at hand answers");
  await untilAsked(async () => (await ask("龙门架歪了")).learntFrom === 50);
  assert.deepEqual(await first("龙门架歪了"), ["complaint", "CONSTRUCTION"]);
});

test("an article in force teaches the words it is looked for by", async () => {
  assert.equal(await first("绿证交易"), null);
  await published(
    questionDraft({
      content: questionContent({ title: { zh: "绿证交易", en: null }, keywords: ["绿证", "绿色电力证书"] }),
      links: [{ flow: "inquiry", subtype: null, step: null }],
    }),
  );
  await untilAsked(async () => (await first("绿证交易"))?.[0] === "inquiry");
});
