import assert from "node:assert/strict";
import { createWriteStream } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { pipeline } from "node:stream/promises";
import { after, describe, test } from "node:test";
import { fileTypeFromFile } from "file-type";
import { ZipFile } from "yazl";
import { readTable } from "./table.ts";
import { readXlsx, WorkbookError } from "./xlsx-read.ts";
import { type Cell, xlsxStream } from "./xlsx-write.ts";

const folder = await mkdtemp(path.join(tmpdir(), "bihuan-xlsx-"));
after(() => rm(folder, { recursive: true, force: true }));
const MADE_AT = Date.parse("2026-03-02T02:00:00Z");
const place = () => path.join(folder, `${crypto.randomUUID()}.xlsx`);

async function written(head: readonly string[], rows: readonly (readonly Cell[])[]): Promise<string> {
  const file = place();
  async function* batches() {
    yield rows;
  }
  await pipeline(xlsxStream({ name: "客户", head, rows: batches() }, MADE_AT), createWriteStream(file));
  return file;
}
async function zipped(parts: Readonly<Record<string, string>>): Promise<string> {
  const file = place();
  const zip = new ZipFile();
  for (const [name, content] of Object.entries(parts)) zip.addBuffer(Buffer.from(content), name);
  zip.end();
  await pipeline(zip.outputStream, createWriteStream(file));
  return file;
}
async function read(file: string) {
  const records: { line: number; cells: readonly string[] }[] = [];
  for await (const batch of readXlsx(file)) records.push(...batch);
  return records;
}

const MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"';
// As other programs write one: shared texts, prefixes, gaps, dates, hidden sheets.
const foreign = (sheet: string, more: Readonly<Record<string, string>> = {}) =>
  zipped({
    "xl/workbook.xml": `<workbook ${MAIN} xmlns:r="r"><sheets><sheet name="a" sheetId="1" state="hidden" r:id="rId9"/><sheet name="b" sheetId="2" r:id="rId1"/></sheets></workbook>`,
    "xl/_rels/workbook.xml.rels":
      '<Relationships><Relationship Id="rId1" Target="worksheets/sheet2.xml"/><Relationship Id="rId9" Target="worksheets/sheet9.xml"/></Relationships>',
    "xl/sharedStrings.xml": `<sst ${MAIN}><si><t>户号</t></si><si><r><t>王</t></r><r><t>小明</t></r><rPh><t>wang</t></rPh></si></sst>`,
    "xl/styles.xml": `<styleSheet ${MAIN}><numFmts><numFmt numFmtId="170" formatCode="yyyy\\-mm\\-dd"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="170"/><xf numFmtId="4"/></cellXfs></styleSheet>`,
    "xl/worksheets/sheet2.xml": `<worksheet ${MAIN}><sheetData>${sheet}</sheetData></worksheet>`,
    ...more,
  });

describe("a workbook that is written", () => {
  test("reads back as it was, long numbers with all their digits, and is a workbook by its content", async () => {
    const file = await written(
      ["户号", "户名", "容量"],
      [
        ["0430102000001700017", '王 & <李> "四"\n五', 12.5],
        [null, "=HYPERLINK(1)", undefined],
        ["\u0001控制\ud800", "", 0],
      ],
    );
    assert.deepEqual(await read(file), [
      { line: 1, cells: ["户号", "户名", "容量"] },
      { line: 2, cells: ["0430102000001700017", '王 & <李> "四"\n五', "12.5"] },
      { line: 3, cells: ["", "=HYPERLINK(1)"] },
      { line: 4, cells: ["控制\ufffd", "", "0"] },
    ]);
    assert.match((await fileTypeFromFile(file))?.mime ?? "", /spreadsheetml\.sheet/);
  });

  test("holds no formula: what looks like one is a text that is marked as quoted", async () => {
    const yauzl = await import("yauzl");
    const file = await written(["a"], [["=1+1"], ["@x"], ["-5"]]);
    const xml = await new Promise<string>((resolve, reject) =>
      yauzl.open(file, { lazyEntries: true }, (error, zip) => {
        if (error) return reject(error);
        zip.on("entry", (entry) => {
          if (entry.fileName !== "xl/worksheets/sheet1.xml") return zip.readEntry();
          zip.openReadStream(entry, async (problem, stream) => {
            if (problem) return reject(problem);
            resolve(Buffer.concat(await stream.toArray()).toString());
          });
        });
        zip.readEntry();
      }),
    );
    assert.ok(!xml.includes("<f>"));
    assert.deepEqual(
      [...xml.matchAll(/s="(\d)" t="inlineStr"/g)].map(([, style]) => style),
      ["3", "2", "2", "1"],
    );
  });

  test("is written as it is read: a hundred thousand rows are never all in memory", async () => {
    let made = 0;
    async function* rows() {
      for (let page = 0; page < 100; page++) {
        made += 1000;
        yield Array.from({ length: 1000 }, (_, index) => [`${page}-${index}`, "王小明", "长沙市岳麓区滨河路12号3栋501室"]);
      }
    }
    const out = xlsxStream({ name: "x", head: ["a", "b", "c"], rows: rows() }, MADE_AT);
    await new Promise((resolve) => out.once("readable", resolve));
    assert.ok(made < 100_000, `${made} rows were made before anybody read one`);
    out.destroy();
    await new Promise((resolve) => out.once("close", resolve));
    assert.ok(made < 100_000, "and nobody makes the rest once the reader has gone");
  });
});

describe("a workbook of another program", () => {
  test("is read by its first visible sheet: shared texts, gaps, dates, logical values", async () => {
    const file = await foreign(
      '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="C1" t="inlineStr"><is><t>日期</t></is></c></row>' +
        '<row r="3"><c r="A3"><v>4301020000017</v></c><c r="B3" t="s"><v>1</v></c><c r="C3" s="1"><v>46083</v></c><c r="D3" t="b"><v>1</v></c><c r="E3" s="2"><v>1.5E2</v></c></row>' +
        '<row r="4"><c r="A4"/></row>' +
        '<row r="5"><c r="A5"><f>1+1</f><v>2</v></c><c r="B5" t="str"><f>x</f><v>算出的</v></c></row>',
    );
    assert.deepEqual(await read(file), [
      { line: 1, cells: ["户号", "", "日期"] },
      { line: 3, cells: ["4301020000017", "王小明", "2026-03-02", "TRUE", "150"] },
      { line: 5, cells: ["2", "算出的"] },
    ]);
  });

  test("a number that lost its digits says so, and is no account number", async () => {
    const file = await foreign('<row r="1"><c r="A1"><v>4.3010200000170002E+18</v></c></row>');
    assert.deepEqual(await read(file), [{ line: 1, cells: ["4.3010200000170002E+18"] }]);
  });

  const broken: [string, () => Promise<string>][] = [
    ["an archive without a workbook", () => zipped({ "a.txt": "x" })],
    [
      "a sheet that is not there",
      () =>
        foreign("", {
          "xl/_rels/workbook.xml.rels": '<Relationships><Relationship Id="rId1" Target="gone.xml"/></Relationships>',
        }),
    ],
    ["XML that breaks off", () => foreign('<row r="1"><c r="A1">')],
    [
      "a document type, which could grow without end",
      () =>
        foreign("", {
          "xl/worksheets/sheet2.xml":
            '<!DOCTYPE a [<!ENTITY b "c">]><worksheet><sheetData><row r="1"><c r="A1"><v>&b;</v></c></row></sheetData></worksheet>',
        }),
    ],
    [
      "half an archive",
      async () => {
        const file = place();
        await writeFile(file, Buffer.from("PK\x03\x04\x14\x00\x00\x00\x08\x00", "latin1"));
        return file;
      },
    ],
  ];
  for (const [what, make] of broken)
    test(`${what} is refused as such`, async () => assert.rejects(read(await make()), WorkbookError));
});

test("a table is what its content says, whatever it is called", async () => {
  const csv = path.join(folder, "list.xlsx");
  await writeFile(csv, "户号,户名\n1,王\n");
  const records: unknown[] = [];
  for await (const batch of readTable(csv)) records.push(...batch);
  assert.deepEqual(records, [
    { line: 1, cells: ["户号", "户名"] },
    { line: 2, cells: ["1", "王"] },
  ]);
});
