import assert from "node:assert/strict";
import { test } from "node:test";
import { csvAddress, decodeCsv } from "./csv-file.ts";

test("a file is read as UTF-8, and as GB 18030 where it is none", () => {
  assert.equal(decodeCsv(new TextEncoder().encode("\u{feff}编码,名称")), "编码,名称");
  assert.equal(decodeCsv(Uint8Array.of(0xc4, 0xcf, 0xd7, 0xaf)), "南庄");
});

test("a file that is offered for keeping reads back as it was", async () => {
  const bytes = new Uint8Array(await (await fetch(csvAddress(["姓名,账号", "李华,lihua"]))).arrayBuffer());
  assert.deepEqual(bytes.slice(0, 3), new Uint8Array([0xef, 0xbb, 0xbf]));
  assert.equal(decodeCsv(bytes), "姓名,账号\r\n李华,lihua\r\n");
});
