import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { maskAddress, maskIdNumber, maskName, maskPhone, maskText, unmaskReasonRefusal } from "./masking.ts";

const cases = (mask: (text: string) => string, table: Record<string, string>) => {
  for (const [text, expected] of Object.entries(table)) {
    assert.equal(mask(text), expected, text);
    assert.equal(mask(expected), expected, `masking ${expected} again changes nothing`);
  }
};

test("telephone numbers keep what recognises them and hide the rest; service numbers belong to nobody", () => {
  cases(maskPhone, {
    "13812345678": "138****5678",
    "138 1234 5678": "138****5678",
    "+86 138-1234-5678": "138****5678",
    "8613812345678": "138****5678",
    "0571-87654321": "0571-****4321",
    "0731-88886655x8": "0731-****6655转8",
    "0731-88886655转8": "0731-****6655转8",
    "0731-****6655转8": "0731-****6655转8",
    "(010)87654321": "010-****4321",
    "87654321": "****4321",
    "6543210": "*****10",
    "95598": "95598",
    "": "",
  });
});

test("identity numbers hide the date of birth", () => {
  cases(maskIdNumber, {
    "33010219900307123X": "330***********123X",
    "91330100MA27XY1234": "913***********1234",
    "1234567": "*******",
  });
});

test("names keep the surname", () => {
  cases(maskName, { 王五: "王*", 王小明: "王**", 欧阳锋: "欧阳*", 欧阳: "欧*", 王: "*", "John Smith": "J***", "": "" });
});

test("addresses stop at the road or community", () => {
  cases(maskAddress, {
    浙江省杭州市西湖区文三路90号东部软件园3幢201室: "浙江省杭州市西湖区文三路***",
    杭州市西湖区文新街道骆家庄12幢3单元: "杭州市西湖区文新街道骆家庄***",
    台州市路桥区银安街679号: "台州市路桥区银安街***",
    临安区昌化镇白牛村8组15号: "临安区昌化镇白牛村***",
    阳光小区3幢1单元502: "阳光小区***",
    杭州市西湖区: "杭州市西湖区",
    "12 Main Avenue, Flat 7": "** Main Avenue, Flat *",
    "": "",
  });
});

test("numbers in free text are hidden, the words stay", () => {
  cases(maskText, {
    "用户13812345678来电,身份证33010219900307123X,表号123456789012":
      "用户138****5678来电,身份证330***********123X,表号123456789012",
    "call 0571-87654321 or 138 1234 5678": "call 0571-****4321 or 138****5678",
    "拨打95598,户号3301234567890": "拨打95598,户号3301234567890",
  });
});

test("property: a mobile number's middle never survives, however it is written", () => {
  const mobile = fc.tuple(fc.constantFrom("138", "159", "186"), fc.stringMatching(/^\d{4}$/), fc.stringMatching(/^\d{4}$/));
  fc.assert(
    fc.property(mobile, fc.constantFrom("", " ", "-"), fc.constantFrom("", "+86 ", "86"), ([head, middle, tail], gap, prefix) => {
      assert.equal(maskPhone(prefix + [head, middle, tail].join(gap)), `${head}****${tail}`);
    }),
  );
});

test("property: no house number outlives its road", () => {
  fc.assert(
    fc.property(fc.constantFrom("文三路", "南山路", "解放大街"), fc.integer({ min: 1, max: 9999 }), (road, number) => {
      assert.equal(maskAddress(`杭州市西湖区${road}${number}号`), `杭州市西湖区${road}***`);
    }),
  );
});

test("unmasking asks for a reason somebody else can judge", () => {
  assert.equal(unmaskReasonRefusal("  a ")?.refused, "identity.reason-required");
  assert.equal(unmaskReasonRefusal("回访客户"), null);
});
