import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { wordsOf } from "./words.ts";

const holds: [said: string, words: string[], not: string[]][] = [
  ["家里突然没电了", ["家里", "突然", "没电"], ["没", "电", "电了"]],
  ["空气开关跳闸，合不上", ["空气", "开关", "跳闸"], ["闸合"]],
  ["电表走得太快，要求验表", ["电表", "要求", "验表"], ["快要"]],
  ["Ｐower CUT in the street", ["power", "cut", "street"], ["in", "the"]],
  ["电费 128 元，户号3201004471", ["电费", "户号"], ["128", "元户", "3201004471"]],
  ["您好，我是客户", [], ["您好", "客户"]],
  ["", [], []],
];
for (const [said, words, not] of holds)
  test(`"${said}" says ${words.join(" ") || "nothing"}`, () => {
    const found = wordsOf(said);
    assert.deepEqual(
      words.filter((word) => !found.includes(word)),
      [],
      found.join(" "),
    );
    assert.deepEqual(
      found.filter((word) => not.includes(word)),
      [],
    );
  });

test("what is known of the caller is no word of the demand, whole or in part", () => {
  const said = "王建国家住柳堤镇解放路，电话13800138000，家里没电了";
  const words = wordsOf(said, ["王建国", "柳堤镇解放路18号", "13800138000", null, ""]);
  assert.ok(words.includes("没电"));
  for (const own of ["王建国", "建国", "王建", "柳堤", "柳堤镇", "解放", "解放路"]) assert.ok(!words.includes(own), own);
});

test("a word stands once, and a long text gives no more than its beginning", () => {
  assert.deepEqual(wordsOf("停电停电，停电"), ["停电"]);
  assert.ok(wordsOf("电压不稳，灯光发暗。".repeat(400)).length <= 60);
});

test("whatever is typed, words hold no digit, no blank and none of the caller's name", () =>
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 80 }), fc.stringMatching(/^[王李张刘陈建国伟芳]{2,4}$/), (said, name) => {
      const words = wordsOf(`${said}${name}家里没电${said}`, [name]);
      assert.ok(words.every((word) => !/[\s\d]/.test(word) && !word.includes(name) && word !== ""));
      assert.equal(new Set(words).size, words.length);
    }),
  ));
