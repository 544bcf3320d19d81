import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { cardAccountNo, cardAddress, cardToken, regionOfCard } from "@bihuan/core/customer/file/card.ts";
import { encodeQR } from "qr";
import { decodeQR } from "qr/decode.js";
import { extractText, getDocumentProxy } from "unpdf";
import { fontsOf } from "../../platform/pdf/fonts.ts";
import { type Card, drawCards } from "./card-sheet.ts";

const MADE_AT = Date.parse("2026-03-02T02:00:00Z");
const fonts = await fontsOf({ pdfFont: null });
const token = cardToken(101, new Uint8Array(16).fill(7));
const card: Card = {
  title: "客户服务卡",
  unit: "南庄供电所",
  rows: [
    ["客户", "王**"],
    ["户号", cardAccountNo("4301020000017")],
    ["客户经理", "周敏"],
    ["经理电话", "13700137000"],
  ],
  hotline: { name: "供电服务热线", number: "95598" },
  code: cardAddress("https://fw.example.cn/", token),
  codeNote: "工作人员扫码办理",
  foot: "二维码不含个人信息",
};

describe("a service card", () => {
  test("is one page of A6 a card, and says who answers, whom to call, and the account masked", async () => {
    const file = await drawCards([card, { ...card, unit: "北庄供电所" }], fonts, MADE_AT);
    const document = await getDocumentProxy(new Uint8Array(file));
    assert.equal(document.numPages, 2);
    const page = await document.getPage(1);
    assert.deepEqual(
      page.view.map((length: number) => Math.round((length / 72) * 25.4)),
      [0, 0, 148, 105],
    );
    const { text } = await extractText(document, { mergePages: false });
    const words = text.map((one) => one.replace(/\s+/g, ""));
    for (const part of ["客户服务卡", "王**", "430******0017", "周敏", "13700137000", "95598", "工作人员扫码办理"])
      assert.ok(words[0]?.includes(part), `${part}\n${words[0]}`);
    assert.ok(words[1]?.includes("北庄供电所"));
    assert.ok(!words.join("").includes("4301020000017"));
  });

  test("carries a code that a scanner reads as the card's address", () => {
    const modules = encodeQR(card.code, "raw", { ecc: "medium", border: 4 });
    const scale = 4;
    const size = modules.length * scale;
    const data = new Uint8Array(size * size * 3);
    for (let y = 0; y < size; y++)
      for (let x = 0; x < size; x++)
        data.fill(modules[Math.floor(y / scale)]?.[Math.floor(x / scale)] ? 0 : 255, (y * size + x) * 3, (y * size + x) * 3 + 3);
    assert.equal(decodeQR({ width: size, height: size, data }), `https://fw.example.cn/card/${token}`);
  });

  test("is the same file for the same content and instant", async () => {
    const twice = await Promise.all([1, 2].map(() => drawCards([card], fonts, MADE_AT)));
    assert.ok(twice[0]?.equals(twice[1] as Buffer));
  });
});

test("a token is its region and 128 bits, and nothing of the customer", () => {
  assert.match(token, /^101[a-z2-7]{26}$/);
  assert.equal(regionOfCard(token), 101);
  assert.notEqual(cardToken(101, new Uint8Array(16).fill(8)), token);
  const last = new Uint8Array(16);
  last[15] = 1;
  assert.notEqual(cardToken(101, last), cardToken(101, new Uint8Array(16)), "every bit counts");
  assert.throws(() => cardToken(101, new Uint8Array(15)), RangeError);
});
