import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { addressKey } from "./address.ts";

const same: [string, string][] = [
  ["湖南省长沙市岳麓区滨河路12号", "滨河路12号"],
  ["长沙市岳麓区 滨河路 12 号", "滨河路１２号"],
  ["阳光小区三栋二单元501室", "阳光小区3栋2单元501"],
  ["阳光小区3幢2单元501房", "阳光小区 3-2-501"],
  ["阳光小区3号楼2单元501户", "阳光小区3-2-501"],
  ["南庄村第三村民小组", "南庄村3组"],
  ["十二栋", "12栋"],
  ["A座1201", "a栋1201"],
];
for (const [one, other] of same)
  test(`${one} and ${other} are one place`, () => assert.equal(addressKey(one), addressKey(other)));

const different: [string, string][] = [
  ["滨河路12号", "滨河路112号"],
  ["阳光小区3栋2单元501", "阳光小区32栋501"],
  ["阳光小区1栋11室", "阳光小区11栋1室"],
  ["阳光小区", "月光小区"],
  ["三湾村", "五湾村"],
];
for (const [one, other] of different)
  test(`${one} and ${other} are two places`, () => assert.notEqual(addressKey(one), addressKey(other)));

test("a residential quarter (小区) is not taken for a district", () =>
  assert.equal(addressKey("长沙市阳光小区3栋"), addressKey("阳光小区3栋")));

test("a road named after a number keeps its name", () => assert.match(addressKey("五一大道88号"), /^五一大道/));

test("an address of nothing but a district still has a key", () => assert.notEqual(addressKey("长沙市岳麓区"), ""));

test("blanks and punctuation make no difference", () =>
  fc.assert(
    fc.property(fc.constantFrom(" ", "，", "。", "　", "(", "·"), fc.nat(8), (mark, at) => {
      const address = "滨河路阳光小区";
      const cut = at % address.length;
      return addressKey(address.slice(0, cut) + mark + address.slice(cut)) === addressKey(address);
    }),
  ));
