import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { placesIn, similarCandidates, similarIndex } from "./search-similar.ts";
import { foldSound } from "./search-sound.ts";
import { searchIndex } from "./search-text.ts";

const syllables: Readonly<Record<string, string>> = {
  王: "wang",
  汪: "wang",
  小: "xiao",
  晓: "xiao",
  明: "ming",
  民: "min",
  大: "da",
  刘: "liu",
  牛: "niu",
  梅: "mei",
  滨: "bin",
  宾: "bin",
  河: "he",
  和: "he",
  江: "jiang",
  路: "lu",
  柳: "liu",
  堤: "di",
  村: "cun",
  阳: "yang",
  光: "guang",
  区: "qu",
};
const readings = (chinese: string) => [[...chinese].map((character) => syllables[character] ?? "x")];

const row = (name: string, address: string, ...numbers: string[]) => {
  const fields = [
    { kind: "name" as const, value: name },
    { kind: "address" as const, value: address },
    ...numbers.map((value) => ({ kind: "number" as const, value })),
  ];
  return new Set([...searchIndex(fields, () => []).tokens, ...similarIndex(fields, readings).tokens]);
};
const isCandidate = (tokens: ReadonlySet<string>, word: string) =>
  similarCandidates(word, readings).some(
    ({ all, any }) => all.every((token) => tokens.has(token)) && (any.length === 0 || any.some((token) => tokens.has(token))),
  );

const account = row("王小明", "长沙市柳堤村滨河路12号3栋", "4301020012345", "13800138000");
const cases: [word: string, expected: boolean, what: string][] = [
  ["汪晓民", true, "a name by its sound alone"],
  ["王大明", true, "a wrong middle character"],
  ["江小明", true, "a wrong surname"],
  ["王小梅", true, "a wrong last character"],
  ["王明", true, "the middle character left out"],
  ["小王明", true, "neighbours swapped"],
  ["王小小明", true, "a character too many"],
  ["刘大江", false, "another name"],
  ["宾和路12号", true, "a street by its sound"],
  ["滨江路12号", true, "a street with a wrong character"],
  ["滨江路13号", false, "another house in it"],
  ["柳堤村宾和路", true, "two places, one by its sound"],
  ["4301020012354", true, "an account number with two digits swapped"],
  ["4301020712345", true, "a wrong digit far from its end"],
  ["430102001235", true, "a digit left out"],
  ["13800138080", true, "a telephone number with a wrong digit"],
  ["00138080", true, "its last eight with a wrong digit"],
  ["8001", false, "four digits"],
  ["wanxiaomin", true, "pinyin as it is heard"],
];
for (const [word, expected, what] of cases)
  test(`${what} (${word}) ${expected ? "makes a candidate" : "does not"}`, () =>
    assert.equal(isCandidate(account, word), expected));

test("l and n, zh and z, ang and an sound the same on a telephone", () => {
  for (const [a, b] of [
    ["liumei", "niumei"],
    ["zhangsan", "zansan"],
    ["chenfeng", "cenfen"],
    ["lv", "lu"],
  ] as const)
    assert.equal(foldSound(a), foldSound(b), `${a} and ${b}`);
  assert.notEqual(foldSound("wang"), foldSound("huang"));
});

describe("the places of an address", () => {
  const addresses: [string, string[]][] = [
    ["长沙市滨河路12号", ["滨河路"]],
    ["湖南省长沙市雨花区阳光小区3栋", ["雨花区", "阳光小区"]],
    ["南庄镇柳堤村5组", ["南庄镇", "柳堤村"]],
    ["滨河路", ["滨河路"]],
    ["3栋501", []],
  ];
  for (const [address, places] of addresses)
    test(`${address}: ${places.join("、") || "none"}`, () => assert.deepEqual(placesIn(address), places));
});

test("a person's name is found by full pinyin, a company's is not spelt out", () => {
  const index = (value: string) => similarIndex([{ kind: "name", value }], readings);
  assert.deepEqual(index("王小明").texts, ["wangxiaoming"]);
  assert.deepEqual(index("王小明阳光大村").texts, []);
});

test("what one person adds to the index stays small", () => {
  const { tokens } = similarIndex(
    [
      { kind: "name", value: "王小明" },
      { kind: "address", value: "长沙市柳堤村滨河路12号3栋501室" },
    ],
    readings,
  );
  assert.ok(tokens.length <= 7, tokens.join(" "));
});
