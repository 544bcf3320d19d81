import assert from "node:assert/strict";
import { test } from "node:test";
import { decodeCsv } from "./csv-file.ts";

test("a file is read as UTF-8, and as GB 18030 where it is none", () => {
  assert.equal(decodeCsv(new TextEncoder().encode("\u{feff}编码,名称")), "编码,名称");
  assert.equal(decodeCsv(Uint8Array.of(0xc4, 0xcf, 0xd7, 0xaf)), "南庄");
});
