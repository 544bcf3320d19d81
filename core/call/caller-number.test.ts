import assert from "node:assert/strict";
import { test } from "node:test";
import { callerNumber } from "./caller-number.ts";

const numbers: [string | null, string | null][] = [
  ["+86 138-0013-8000", "13800138000"],
  ["8613800138000", "13800138000"],
  ["0731-8888 6666", "073188886666"],
  ["88886666", "88886666"],
  ["95598", "95598"],
  ["8012", "8012"],
  ["12", null],
  ["anonymous", null],
  ["", null],
  [null, null],
];
for (const [from, kept] of numbers)
  test(`a call from ${from === null ? "nobody who says" : JSON.stringify(from)} is kept with ${kept ?? "no number"}`, () =>
    assert.equal(callerNumber(from), kept));
