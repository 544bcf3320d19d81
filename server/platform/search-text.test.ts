import assert from "node:assert/strict";
import { test } from "node:test";
import { initialsOf, searchCondition, searchIndexOf, searchRank, searchTerms } from "./search-text.ts";
import { raw, sql } from "./sql.ts";
import { testDatabase } from "./testing/database.ts";

const readings: [string, string[]][] = [
  ["王小明", ["wxm"]],
  ["单雄信", ["sxx", "dxx"]],
  ["欧阳娜娜", ["oynn"]],
  ["重庆银行营业部", ["cqyhyyb"]],
  ["解放路小学", ["jflxx"]],
  ["Foxconn", []],
  ["A座王工", ["zwg"]],
  ["", []],
];
for (const [name, expected] of readings)
  test(`the initials of ${JSON.stringify(name)} are ${expected.join(" or ") || "none"}`, () =>
    assert.deepEqual([...initialsOf(name)].toSorted(), expected.toSorted()));

const db = await testDatabase();
await db.run(sql`create table thing (name text, search_tokens text[] collate "C", search_text text collate "C")`);
const things = ["王小明", "小明百货", "王小明阁", "李四", "50%折扣店"];
for (const name of things) {
  const { tokens, text } = searchIndexOf([{ kind: "name", value: name }]);
  await db.run(sql`insert into thing values (${name}, ${tokens}::text[], ${text})`);
}
const found = async (typed: string) => {
  const terms = searchTerms(typed);
  return (
    await db.rows<{ name: string }>(sql`
      select name from ${raw("thing")} t where ${searchCondition(terms, "t.")} order by ${searchRank(terms, "t.")}, name`)
  ).map((row) => row.name);
};

test("the condition finds what holds every word, the best first", async () => {
  assert.deepEqual(await found("小明"), ["小明百货", "王小明", "王小明阁"]);
  assert.deepEqual(await found("王小明"), ["王小明", "王小明阁"]);
  assert.deepEqual(await found("小明 百货"), ["小明百货"]);
  assert.deepEqual(await found("小明 李四"), []);
  assert.deepEqual(await found("折扣%"), ["50%折扣店"]);
  assert.deepEqual(await found("xm"), ["小明百货"]);
});
