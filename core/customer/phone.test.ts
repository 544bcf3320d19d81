import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { normalisePhone, spellings, withoutExtension } from "./phone.ts";

const cases: [string, string | null][] = [
  ["13800138000", "13800138000"],
  ["138 0013 8000", "13800138000"],
  ["138-0013-8000", "13800138000"],
  ["+86 138 0013 8000", "13800138000"],
  ["0086-13800138000", "13800138000"],
  ["8613800138000", "13800138000"],
  ["１３８００１３８０００", "13800138000"],
  ["0731-88886666", "073188886666"],
  ["(0731)8888 6666", "073188886666"],
  ["（010）12345678", null],
  ["010-62345678", "01062345678"],
  ["+86 731 8888 6666", "073188886666"],
  ["+86 10 6234 5678", "01062345678"],
  ["0731-88886666-801", "073188886666x801"],
  ["0731-88886666转801", "073188886666x801"],
  ["88886666 ext. 8", "88886666x8"],
  ["88886666", "88886666"],
  ["86668888", "86668888"],
  ["8886666", "8886666"],
  ["400-820-8820", "4008208820"],
  ["95598", "95598"],
  ["12345", "12345"],
  ["+852 2345 6789", "+85223456789"],
  ["0085223456789", "+85223456789"],
  ["12800138000", null],
  ["1380013800", null],
  ["138001380001", null],
  ["138****8000", null],
  ["0731-88886666转801转2", null],
  ["没有电话", null],
  ["", null],
  ["0", null],
];
for (const [written, expected] of cases)
  test(`${JSON.stringify(written)} ${expected === null ? "is no number one could call" : `is ${expected}`}`, () =>
    assert.equal(normalisePhone(written), expected));

test("a normal form stays as it is", () =>
  fc.assert(
    fc.property(
      fc.oneof(
        fc.stringMatching(/^1[3-9]\d{9}$/),
        fc.stringMatching(/^0(10|2\d|[3-9]\d{2})[2-9]\d{6,7}$/),
        fc.stringMatching(/^\+(852|1|44)\d{8,9}$/),
        fc.stringMatching(/^[2-9]\d{7}x\d{1,4}$/),
      ),
      (number) => normalisePhone(number) === number,
    ),
  ));

test("whatever is written, the form is stable", () =>
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(..."0123456789+-() 转"), maxLength: 24 }), (written) => {
      const form = normalisePhone(written);
      return form === null || normalisePhone(form) === form;
    }),
  ));

test("a landline is looked for with and without its area code, a mobile as it is", () => {
  assert.deepEqual(spellings("073188886666"), ["073188886666", "88886666"]);
  assert.deepEqual(spellings("01088886666"), ["01088886666", "88886666"]);
  assert.deepEqual(spellings("13800138000"), ["13800138000"]);
  assert.equal(withoutExtension("073188886666x801"), "073188886666");
});
