import assert from "node:assert/strict";
import { test } from "node:test";
import {
  forgivingIndexOf,
  initialsOf,
  readingsOf,
  searchCondition,
  searchIndexOf,
  searchRank,
  searchTerms,
  similarCondition,
  soundsOf,
} from "./search-text.ts";
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

test("a name is read in full, a surname in both its ways; a character in all of its own, as a listener hears them", () => {
  assert.deepEqual(readingsOf("王小明"), [["wang", "xiao", "ming"]]);
  assert.deepEqual(
    readingsOf("单雄信").map(([first]) => first),
    ["shan", "dan"],
  );
  assert.deepEqual([...soundsOf("行")].toSorted(), ["han", "hen", "xin"]);
  assert.deepEqual(soundsOf("A"), []);
});

test("what resembles is a candidate by its sound, with the other words as they are; four digits resemble nothing", async () => {
  const { tokens, text } = forgivingIndexOf([
    { kind: "name", value: "赵志刚" },
    { kind: "address", value: "滨河路12号" },
  ]);
  await db.run(sql`insert into thing values ('赵志刚', ${tokens}::text[], ${text})`);
  const candidates = async (typed: string) => {
    const condition = similarCondition(typed, "t.");
    return condition && db.rows(sql`select name from ${raw("thing")} t where ${condition}`);
  };
  assert.deepEqual(await candidates("赵自刚 滨河路12号"), [{ name: "赵志刚" }]);
  assert.deepEqual(await candidates("赵自刚 解放路12号"), []);
  assert.equal(await candidates("8001"), null);
});
