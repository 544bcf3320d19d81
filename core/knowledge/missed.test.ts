import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { keptWords, withoutNumbers } from "./missed.ts";

const kept: [string, string | null, string][] = [
  ["光伏结算周期", "光伏结算周期", "words"],
  ["  EV   Charging！ ", "ev charging", "case, blanks and marks are the same search"],
  ["王 13800138000 停电", "王 停电", "a mobile number"],
  ["138 0013-8000 停电", "停电", "grouped by blanks and hyphens"],
  ["１３８００１３８０００停电", "停电", "full width"],
  ["138/0013/8000 138\u200b00138000", null, "whatever stands between"],
  ["95598、12398、12345", null, "hot lines alone, without a word"],
  ["户号3201004471查不到", "户号 查不到", "an account number"],
  ["0571-8800 1234", null, "nothing but a number"],
  ["幺三八零零幺三八零零零 电费", "电费", "a number as it is spoken"],
  ["身份证 33010619900101123X", "身份证", "an identity number with its letter"],
  ["wang@example.com 发票", "发票", "a mail address"],
  ["95598 按键", "95598 按键", "a hot line is what people ask about"],
  ["12398转办", "12398转办", "the regulator's as well"],
  ["电", null, "one character"],
  ["？？？", null, "no word at all"],
  ["", null, "nothing"],
];
for (const [typed, words, what] of kept)
  test(`${what}: ${JSON.stringify(typed)} is kept as ${JSON.stringify(words)}`, () => assert.equal(keptWords(typed), words));

test("whatever is typed, six digits never stay together, whatever stood between them", () => {
  const piece = fc.oneof(
    fc.stringMatching(/^[0-9]{0,9}$/),
    fc.constantFrom("停电", "王", " ", "-", "１２３", "x", "@", "幺二三", "．"),
    fc.string({ unit: "grapheme", maxLength: 6 }),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
      const typed = pieces.join("");
      for (const left of [keptWords(typed) ?? "", withoutNumbers(typed)])
        assert.doesNotMatch(left.replace(/[\s-]/g, ""), /\p{Nd}{6}/u);
    }),
  );
});
