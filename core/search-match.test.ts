import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { type MatchKind, matchOf } from "./search-match.ts";
import { numberSlips } from "./search-similar.ts";

const sounds: Readonly<Record<string, string[]>> = {
  王: ["wan"],
  汪: ["wan"],
  小: ["xiao"],
  晓: ["xiao"],
  明: ["min"],
  鸣: ["min"],
  滨: ["bin"],
  宾: ["bin"],
  河: ["he"],
  和: ["he"],
  路: ["lu"],
};
const soundsOf = (character: string) => sounds[character] ?? [];

const cases: [word: string, field: string, how: MatchKind | null, what: string][] = [
  ["王小明", "王小明", "whole", "the name itself"],
  ["王小", "王小明", "beginning", "how it begins"],
  ["小明", "王小明", "piece", "a piece of it"],
  ["王晓鸣", "王小明", "sounds", "two characters that sound right"],
  ["王小眀", "王小明", "wrong", "one wrong character"],
  ["小王明", "王小明", "swapped", "neighbours swapped"],
  ["明王", "王明", "swapped", "both characters of a short name swapped"],
  ["王明", "王小明", "missing", "the middle character left out"],
  ["王小小明", "王小明", "extra", "one character too many"],
  ["王大", "王小明", null, "of two characters one wrong is too much"],
  ["李大明", "王小明", null, "two wrong characters"],
  ["宾和路12号", "滨河路12号3栋", "sounds", "an address by its sound"],
  ["滨江路12号", "滨河路12号3栋", "wrong", "a street with one wrong character"],
  ["滨河路13号", "滨河路12号3栋", null, "another house is another place"],
  ["滨河路1号", "滨河路12号3栋", null, "a house number is not forgiven a digit"],
  ["13800138000", "13800138000", "whole", "a number"],
  ["13800138001", "13800138000", "wrong", "one wrong digit"],
  ["13800183000", "13800138000", "swapped", "two digits swapped"],
  ["1380138000", "13800138000", "missing", "a digit left out"],
  ["138000138000", "13800138000", "extra", "a digit too many"],
  ["80013801", "13800138000", null, "a slip in the middle of a number is nobody's memory"],
  ["13800138", "13800138000", "beginning", "its beginning"],
  ["13800139", "13800138000", "wrong", "a slip in its beginning"],
  ["8001", "13800138000", "piece", "four digits exactly"],
  ["8002", "13800138000", null, "four digits are forgiven nothing"],
  ["wanxiaomin", "wangxiaoming", "sounds", "pinyin as it is heard"],
  ["wangdaming", "wangxiaoming", null, "other pinyin"],
  ["", "王", null, "nothing"],
];

for (const [word, field, how, what] of cases)
  test(`${what}: ${word} in ${field} is ${how ?? "no match"}`, () => assert.equal(matchOf(word, field, soundsOf), how));

describe("numbers", () => {
  const number = fc.string({ unit: fc.constantFrom(..."0123456789"), minLength: 9, maxLength: 20 });
  test("whatever slip is made in a number of nine digits and more, it is recognised", () =>
    fc.assert(
      fc.property(number, fc.nat(), (typed, pick) => {
        const slips = [...numberSlips(typed)];
        const slip = slips[pick % slips.length] as string;
        return matchOf(slip, typed, soundsOf) !== null;
      }),
    ));

  test("a slip is undone by a slip", () =>
    fc.assert(
      fc.property(number, fc.nat(), (typed, pick) => {
        const slips = [...numberSlips(typed)];
        return numberSlips(slips[pick % slips.length] as string).has(typed);
      }),
    ));
});
