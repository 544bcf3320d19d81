import assert from "node:assert/strict";
import { test } from "node:test";
import { isFoundByPlace } from "./palette-place.ts";

const resident = { customerName: "陈**", accountNo: "3201004471", address: "南庄***" };
const hospital = { customerName: "南江市第二人民医院", accountNo: "3201900012", address: "城东***" };

test("a customer found by their address stands under addresses, one found by name or number does not", () => {
  const cases: [string, typeof resident, boolean][] = [
    ["柳堤", resident, true],
    ["陈建国", resident, false],
    ["3201004471", resident, false],
    ["cjg", resident, false],
    ["第二人民", hospital, false],
    ["建设路", hospital, true],
    ["南庄", hospital, true],
    ["医院 建设路", hospital, false],
  ];
  for (const [text, row, expected] of cases) assert.equal(isFoundByPlace(text, row), expected, text);
});

test("without an address there is no place", () => {
  assert.equal(isFoundByPlace("柳堤", { ...resident, address: null }), false);
});
