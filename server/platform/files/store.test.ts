import assert from "node:assert/strict";
import { mkdtemp, readdir, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { Readable } from "node:stream";
import { after, describe, test } from "node:test";
import { crc32 } from "node:zlib";
import { isRefusal } from "@bihuan/core/refusal.ts";
import { openFile, safeFileName, storeFile, sweepOrphans } from "./store.ts";

const folder = await mkdtemp(path.join(tmpdir(), "bihuan-files-"));
after(() => rm(folder, { recursive: true, force: true }));

const png = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);
const openXml = "application/vnd.openxmlformats-officedocument";

// An uncompressed archive, the list of contents last, as office programs are free to write it.
function office(part: string, type: string): Buffer {
  const contents = `<Types><Override PartName="/${part}" ContentType="${openXml}.${type}.main+xml"/></Types>`;
  const entries = [
    [part, "x".repeat(2000)],
    ["[Content_Types].xml", contents],
  ].map(([name = "", text = ""]) => ({ name, data: Buffer.from(text) }));
  let offset = 0;
  const directory: Buffer[] = [];
  const files = entries.map(({ name, data }) => {
    const fields = Buffer.alloc(26);
    fields.writeUInt16LE(20, 0);
    fields.writeUInt32LE(crc32(data), 10);
    fields.writeUInt32LE(data.length, 14);
    fields.writeUInt32LE(data.length, 18);
    fields.writeUInt16LE(name.length, 22);
    const place = Buffer.alloc(4);
    place.writeUInt32LE(offset);
    directory.push(Buffer.concat([Buffer.from("PK\x01\x02\x14\x00"), fields, Buffer.alloc(10), place, Buffer.from(name)]));
    const file = Buffer.concat([Buffer.from("PK\x03\x04"), fields, Buffer.from(name), data]);
    offset += file.length;
    return file;
  });
  const end = Buffer.alloc(18);
  end.writeUInt16LE(entries.length, 4);
  end.writeUInt16LE(entries.length, 6);
  end.writeUInt32LE(Buffer.concat(directory).length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...files, ...directory, Buffer.from("PK\x05\x06"), end]);
}

const store = (bytes: Buffer, name: string, most = 1_000_000) => storeFile(folder, Readable.from([bytes]), name, most);
const everything = async () =>
  (await readdir(folder, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile()).length;

describe("files people bring", () => {
  test("a file is kept by its content, once however often it comes", async () => {
    const first = await store(png, "现场.png");
    const second = await store(png, "again.png");
    assert.ok(!isRefusal(first) && !isRefusal(second));
    assert.equal(first.sha256, second.sha256);
    assert.equal(first.mediaType, "image/png");
    const stream = await openFile(folder, first.sha256);
    assert.ok(stream);
    assert.ok(Buffer.concat(await stream.toArray()).equals(png));
  });

  const kept: readonly [string, Buffer, string, string][] = [
    [
      "a table saved by a Chinese spreadsheet program",
      Buffer.from("bba7c3fb2cbba7bac50acdf5d0a1c3f72c310a", "hex"),
      "户.csv",
      "text/plain",
    ],
    ["a workbook", office("xl/workbook.xml", "spreadsheetml.sheet"), "表.xlsx", `${openXml}.spreadsheetml.sheet`],
    ["a letter", office("word/document.xml", "wordprocessingml.document"), "函.DOCX", `${openXml}.wordprocessingml.document`],
    ["a picture whose name says nothing", png, "现场", "image/png"],
    ["a recording of a telephone", Buffer.from("#!AMR\n\x3c\x91", "latin1"), "录音.amr", "audio/amr"],
  ];
  for (const [what, bytes, name, mediaType] of kept)
    test(`${what} is kept as ${mediaType}`, async () => {
      const result = await store(bytes, name);
      assert.ok(!isRefusal(result), JSON.stringify(result));
      assert.equal(result.mediaType, mediaType);
      assert.equal(result.sizeBytes, bytes.length);
    });

  test("an upload that breaks off leaves nothing", async () => {
    const before = await everything();
    const broken = Readable.from(
      (async function* () {
        yield png.subarray(0, 20);
        throw new Error("connection lost");
      })(),
    );
    await assert.rejects(storeFile(folder, broken, "a.png", 1000), /connection lost/);
    assert.equal(await everything(), before);
  });

  const refusals: readonly [string, Buffer, string, number, string][] = [
    ["an empty file", Buffer.alloc(0), "a.png", 100, "file.empty"],
    ["a file over the limit", Buffer.alloc(101, "a"), "a.txt", 100, "file.too-large"],
    ["a program named as a picture", Buffer.from("MZ\x90\x00\x03\x00\x00\x00"), "photo.jpg", 1000, "file.type-refused"],
    ["a picture named as a document", png, "report.pdf", 1000, "file.type-refused"],
    [
      "a page that would run in a browser",
      Buffer.from("<html><script>alert(1)</script></html>"),
      "note.txt",
      1000,
      "file.type-refused",
    ],
    [
      "a drawing that carries a script",
      Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'),
      "map.svg",
      1000,
      "file.type-refused",
    ],
    ["a workbook named as a letter", office("xl/workbook.xml", "spreadsheetml.sheet"), "函.docx", 10_000, "file.type-refused"],
    ["an archive", office("run.exe", "nothing"), "包.zip", 10_000, "file.type-refused"],
    ["a shell script named as text", Buffer.from("#!/bin/sh\nrm -rf /\n"), "run.txt", 1000, "file.type-refused"],
    ["bytes that are no text named as text", Buffer.from([0, 1, 2, 3]), "a.csv", 1000, "file.type-refused"],
    ["an unknown kind", Buffer.from("hello"), "a.xyz", 1000, "file.type-refused"],
  ];
  for (const [what, bytes, name, most, code] of refusals)
    test(`${what} is refused and nothing of it is kept`, async () => {
      const before = await everything();
      const result = await store(bytes, name, most);
      assert.ok(isRefusal(result));
      assert.equal(result.refused, code);
      assert.equal(await everything(), before);
    });

  test("no name leads out of the folder", async () => {
    for (const [name, safe] of [
      ["../../etc/passwd", "passwd"],
      ["..\\..\\windows\\system.ini", "system.ini"],
      ["/absolute/图.png", "图.png"],
      ["...", "file"],
      ["a\u202Egnp.exe", "agnp.exe"],
      ["NUL.txt", "_NUL.txt"],
      ["lpt1", "_lpt1"],
      ["console.log.txt", "console.log.txt"],
      ["", "file"],
    ] as const)
      assert.equal(safeFileName(name), safe);
    await assert.rejects(openFile(folder, "../../../etc/passwd"), /named by its hash/);
  });

  test("a file nobody names is swept once it is old, a named or a young one is not", async () => {
    const kept = await store(Buffer.from("记录一\n"), "kept.txt");
    const orphan = await store(Buffer.from("记录二\n"), "orphan.txt");
    assert.ok(!isRefusal(kept) && !isRefusal(orphan));
    const named = async () => new Set([kept.sha256]);
    const { mtimeMs } = await stat(path.join(folder, orphan.sha256.slice(0, 2), orphan.sha256.slice(2, 4), orphan.sha256));
    assert.equal(await sweepOrphans(folder, named, mtimeMs + 1000), 0);
    assert.ok((await sweepOrphans(folder, named, mtimeMs + 2 * 86_400_000)) >= 1);
    assert.equal(await openFile(folder, orphan.sha256), null);
    assert.ok(await openFile(folder, kept.sha256).then((stream) => (stream?.destroy(), stream)));
  });
});
