import assert from "node:assert/strict";
import { appendFile, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";
import { gzipSync } from "node:zlib";
import { FileRefused, openSource, records } from "./source-file.ts";

let folder: string;
before(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "bihuan-source-"));
});
after(() => rm(folder, { recursive: true, force: true }));

const file = async (content: string | Uint8Array, name = "file.csv") => {
  const at = path.join(folder, name);
  await writeFile(at, content);
  return at;
};
const read = async (at: string, options: { encoding?: string; delimiter?: string } = {}) =>
  Array.fromAsync(records(await openSource(at), { encoding: "utf-8", delimiter: ",", ...options }));
const refusedWith = (code: string) => (error: unknown) => error instanceof FileRefused && error.refusal.refused === code;

test("records carry their number and the line on which they begin; blank lines count as lines only", async () => {
  const rows = await read(await file('\uFEFFa,b\r\n1,"x\r\ny"\r\n\r\n2,"q""r"\r\n3,plain "quotes"\r\n4'));
  assert.deepEqual(
    rows.map(({ row, line, fields }) => [row, line, fields]),
    [
      [0, 1, ["a", "b"]],
      [1, 2, ["1", "x\r\ny"]],
      [2, 5, ["2", 'q"r']],
      [3, 6, ["3", 'plain "quotes"']],
      [4, 7, ["4"]],
    ],
  );
});

test("packed or not, the same rows have the same hash", async () => {
  const content = "a,b\n1,2\n";
  const plain = await openSource(await file(content));
  const packed = await openSource(await file(gzipSync(content), "file.csv.gz"));
  assert.ok(plain.sha256.equals(packed.sha256));
  assert.deepEqual([plain.compressed, packed.compressed], [false, true]);
  assert.deepEqual((await read(packed.path)).length, 2);
});

test("a file that is no CSV of its encoding is refused", async () => {
  await assert.rejects(read(await file(Uint8Array.of(0x61, 0x0a, 0xff, 0xfe))), refusedWith("import.encoding-wrong"));
  await assert.rejects(read(await file('a\n"never closed\n')), refusedWith("import.quote-not-closed"));
  await assert.rejects(read(await file(`a\n"${"x".repeat(2_000_000)}"\n`)), refusedWith("import.quote-not-closed"));
  await assert.rejects(read(await file(Uint8Array.of(0x1f, 0x8b, 0x08, 0x00, 0x01))), refusedWith("import.file-unreadable"));
  await assert.rejects(read(folder), refusedWith("import.file-unreadable"));
});

test("a file that changes between its hash and its rows is refused", async () => {
  const source = await openSource(await file("a,b\n1,2\n"));
  await appendFile(source.path, "3,4\n");
  await assert.rejects(
    Array.fromAsync(records(source, { encoding: "utf-8", delimiter: "," })),
    refusedWith("import.file-changed"),
  );
});

test("other delimiters are what the mapping says", async () => {
  assert.deepEqual((await read(await file("a;b\n1,5;2\n"), { delimiter: ";" }))[1]?.fields, ["1,5", "2"]);
});
