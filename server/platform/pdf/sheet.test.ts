import assert from "node:assert/strict";
import { readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { describe, test } from "node:test";
import { deflateSync } from "node:zlib";
import { extractText, getDocumentProxy } from "unpdf";
import { fontsOf } from "./fonts.ts";
import { isWoff, unpackWoff } from "./sfnt.ts";
import { type Block, drawSheet } from "./sheet.ts";

const MADE_AT = Date.parse("2026-03-02T02:00:00Z");
const shipped = await fontsOf({ pdfFont: null });

async function read(blocks: readonly Block[], fonts = shipped): Promise<{ pages: string[]; size: number }> {
  const file = await drawSheet({ title: "告知书", subtitle: "编号 1", blocks, foot: "页脚" }, fonts, MADE_AT);
  const { text } = await extractText(await getDocumentProxy(new Uint8Array(file)), { mergePages: false });
  return { pages: text.map((page) => page.replace(/\s+/g, "")), size: file.length };
}

describe("a printed sheet", () => {
  test("reads back as it was written, in Chinese and in English", async () => {
    const blocks: readonly Block[] = [
      { kind: "heading", text: "一、申请资料" },
      {
        kind: "facts",
        rows: [
          ["申请人", "王**"],
          ["容量", "630 kVA"],
        ],
      },
      { kind: "paragraph", text: "您的申请已受理。No document beyond these will be asked for." },
      { kind: "list", items: ["签订合同", "缴费"] },
      { kind: "table", head: ["环节", "时限"], rows: [["供电方案答复", "10 个工作日"]], widths: [2, 1] },
      { kind: "signatures", names: ["客户签字", "日期"] },
    ];
    const { pages, size } = await read(blocks);
    const [page = ""] = pages;
    for (const part of [
      "告知书",
      "一、申请资料",
      "申请人王**",
      "630kVA",
      "您的申请已受理。Nodocumentbeyond",
      "1.签订合同",
      "2.缴费",
      "供电方案答复10个工作日",
      "客户签字",
      "页脚1/1",
    ])
      assert.ok(page.includes(part), `${part}\n${page}`);
    assert.ok(size < 100_000, `only the characters that are used are in the file (${size} bytes)`);
  });

  test("goes on over as many pages as it needs, each numbered", async () => {
    const { pages } = await read([{ kind: "list", items: Array.from({ length: 120 }, (_, index) => `第 ${index + 1} 项`) }]);
    assert.deepEqual(
      pages.map((page) => /页脚(\d\/\d)$/.exec(page)?.[1] ?? /^页脚(\d\/\d)/.exec(page)?.[1] ?? page.slice(-8)),
      pages.map((_, index) => `${index + 1}/${pages.length}`),
    );
    assert.ok(pages.length > 1);
    assert.equal(pages.join("").match(/第\d+项/g)?.length, 120, "and nothing is lost between them");
  });

  test("is the same file for the same content and instant", async () => {
    const twice = await Promise.all(
      [1, 2].map(() => drawSheet({ title: "告", subtitle: "", blocks: [], foot: "" }, shipped, MADE_AT)),
    );
    assert.ok(twice[0]?.equals(twice[1] as Buffer));
  });

  test("is printed in the font that was configured", async () => {
    const file = path.join(tmpdir(), `bihuan-font-${crypto.randomUUID()}.ttf`);
    await writeFile(file, shipped.bold);
    try {
      const fonts = await fontsOf({ pdfFont: file });
      assert.ok(fonts.regular.equals(shipped.bold));
      assert.ok((await read([{ kind: "paragraph", text: "生僻字" }], fonts)).pages[0]?.includes("生僻字"));
    } finally {
      await rm(file);
    }
    await assert.rejects(fontsOf({ pdfFont: `${file}.missing` }), /ENOENT/);
  });
});

describe("a WOFF font unpacked", () => {
  const woff = (name: string) =>
    readFile(
      fileURLToPath(import.meta.resolve(`@fontsource/noto-sans-sc/files/noto-sans-sc-chinese-simplified-${name}-normal.woff`)),
    );

  test("has every table whole, by the font's own checksums", async () => {
    const font = unpackWoff(await woff("400"));
    const count = font.readUInt16BE(4);
    assert.ok(count > 8);
    for (let index = 0; index < count; index++) {
      const entry = 12 + 16 * index;
      const tag = font.toString("latin1", entry, entry + 4);
      if (tag === "head") continue; // holds the checksum of the file it was packed from
      const [checksum, offset, length] = [4, 8, 12].map((at) => font.readUInt32BE(entry + at)) as [number, number, number];
      let sum = 0;
      for (let at = offset; at < offset + length; at += 4) sum = (sum + font.readUInt32BE(at)) >>> 0;
      assert.equal(sum, checksum, tag);
    }
  });

  test("that is none, or is damaged, is refused", async () => {
    const bytes = await woff("400");
    assert.ok(isWoff(bytes) && !isWoff(unpackWoff(bytes)));
    assert.throws(() => unpackWoff(Buffer.from("not a font at all, but long enough for a header")), /not a WOFF/);
    const first = bytes.readUInt32BE(44 + 4);
    const damaged = Buffer.from(bytes);
    deflateSync(Buffer.from("short")).copy(damaged, first);
    assert.throws(() => unpackWoff(damaged));
  });
});
