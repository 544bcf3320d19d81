import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { Readable } from "node:stream";
import { after, before, test } from "node:test";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { type CsvOptions, readCsv } from "./csv.ts";
import { CSV_BYTE_ORDER_MARK, csvLine } from "./csv-line.ts";
import { type CsvFault, type CsvRecord, csvRecords } from "./csv-records.ts";

let folder: string;
before(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "bihuan-csv-"));
});
after(() => rm(folder, { recursive: true, force: true }));

async function read(content: string | Uint8Array, options?: CsvOptions): Promise<(CsvRecord | CsvFault)[]> {
  const file = path.join(folder, "file.csv");
  await writeFile(file, content);
  const found: (CsvRecord | CsvFault)[] = [];
  for await (const batch of readCsv(file, options)) found.push(...batch);
  return found.toSorted((a, b) => a.line - b.line);
}
const cells = async (content: string | Uint8Array, options?: CsvOptions) =>
  (await read(content, options)).map((record) => ("cells" in record ? record.cells : record.fault));

// 户名,户号 / 王小明,1 as Chinese spreadsheet programs save it.
const gb18030 = Buffer.from("bba7c3fb2cbba7bac50acdf5d0a1c3f72c310a", "hex");

test("a file is read whatever it was saved as", async () => {
  const expected = [
    ["户名", "户号"],
    ["王小明", "1"],
  ];
  const text = "户名,户号\n王小明,1\n";
  assert.deepEqual(await cells(text), expected, "UTF-8");
  assert.deepEqual(await cells(`${CSV_BYTE_ORDER_MARK}${text}`), expected, "with byte order mark");
  assert.deepEqual(await cells(text.replaceAll("\n", "\r\n")), expected, "line ends of Windows");
  assert.deepEqual(await cells(gb18030), expected, "GB 18030, recognised");
  assert.deepEqual(await cells(gb18030, { encoding: "gb18030" }), expected, "GB 18030, said");
  assert.deepEqual(await cells(gzipSync(text)), expected, "gzip, whatever the name");
  assert.deepEqual(await cells(gzipSync(gb18030)), expected, "gzip of GB 18030");
  assert.deepEqual(await cells(text.replaceAll(",", "\t")), expected, "tabs");
  assert.deepEqual(await cells(text.replaceAll(",", ";")), expected, "semicolons");
});

test("a record stands on the line it begins on, as an editor counts them", async () => {
  const found = await read('a,b\n\n1,"x\ny"\n2,z\n');
  assert.deepEqual(
    found.map(({ line }) => line),
    [1, 3, 5],
  );
});

test("a malformed line is named and the others are read", async () => {
  const found = await read('a,b\n1,"x"y\n2,z\n');
  assert.deepEqual(found, [
    { line: 1, cells: ["a", "b"] },
    { line: 2, fault: "quotes" },
    { line: 3, cells: ["2", "z"] },
  ]);
});

test("a quote that is never closed costs its own line, not the rest of the file", async () => {
  const rest = Array.from({ length: 100_000 }, (_, index) => `${index},z`).join("\n");
  const found = await read(`a,b\n1,"x\n${rest}\n`);
  assert.deepEqual(
    found.filter((record) => "fault" in record),
    [{ line: 2, fault: "quotes" }],
  );
  assert.equal(found.length, 100_002);
  assert.deepEqual(found.at(-1), { line: 100_002, cells: ["99999", "z"] });
});

const records: [string, string[][]][] = [
  ['"a","b"', [["a", "b"]]],
  ['"a,b",c', [["a,b", "c"]]],
  ['"say ""no""",c', [['say "no"', "c"]]],
  ['"",""', [["", ""]]],
  ['"a"\r\n"b"\r\n', [["a"], ["b"]]],
  ['5" pipe,x', [['5" pipe', "x"]]],
  [
    "a,,\n,b,",
    [
      ["a", "", ""],
      ["", "b", ""],
    ],
  ],
  [
    'x,"y"\r\nz,1\r\n',
    [
      ["x", "y"],
      ["z", "1"],
    ],
  ],
  ["a b , c", [["a b ", " c"]]],
];
for (const [text, expected] of records)
  test(`${JSON.stringify(text)} is read by RFC 4180`, async () => assert.deepEqual(await cells(text), expected));

test("the cells come out the same wherever the text is cut into pieces", () =>
  fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(fc.string({ unit: fc.constantFrom(...'ab,"\n\r 王;\t') }), { minLength: 2, maxLength: 4 }), {
        maxLength: 8,
      }),
      fc.constantFrom("\n", "\r\n"),
      fc.integer({ min: 1, max: 7 }),
      async (rows, lineEnd, size) => {
        const text = rows.map((row) => row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(",")).join(lineEnd);
        const pieces = Array.from({ length: Math.ceil(text.length / size) }, (_, at) => text.slice(at * size, (at + 1) * size));
        const found: unknown[] = [];
        for await (const batch of csvRecords(Readable.from(pieces), { delimiter: "," })) found.push(...batch);
        assert.deepEqual(
          found.map((record) => (record as CsvRecord).cells),
          rows,
        );
      },
    ),
  ));

test("leniently, a cell with something behind its closing quote is taken as it is written", async () => {
  const text = 'a,b\n"x"y,"1,5"\r\n"p ""q"" "r\n';
  assert.deepEqual(await cells(text, { quotes: "lenient" }), [["a", "b"], ['"x"y', "1,5"], ['"p "q" "r']]);
  assert.deepEqual(await cells('a\n"never closed\n', { quotes: "lenient" }), [["a"], "quotes"]);
});

test("where blanks do not count, they do not count around quotes either", async () => {
  assert.deepEqual(await cells(' a ,b\n "x" , y \n"  z",\n', { trim: true }), [
    ["a", "b"],
    ["x", "y"],
    ["z", ""],
  ]);
  assert.deepEqual(await cells('a\tb\n\t"x" \n', { trim: true }), [
    ["a", "b"],
    ["", "x"],
  ]);
});

test("bytes that are not of the encoding are replaced or refused, as asked", async () => {
  const bytes = Uint8Array.of(0x61, 0x0a, 0xff, 0x0a);
  assert.deepEqual(await cells(bytes, { encoding: "utf-8" }), [["a"], ["\uFFFD"]]);
  await assert.rejects(cells(bytes, { encoding: "utf-8", wrongBytes: "refused" }), {
    code: "ERR_ENCODING_INVALID_ENCODED_DATA",
  });
});

test("an empty file has no records, a missing one and a broken archive are errors", async () => {
  assert.deepEqual(await cells(""), []);
  await assert.rejects(async () => {
    for await (const _ of readCsv(path.join(folder, "missing.csv"))) assert.fail();
  }, /ENOENT/);
  await assert.rejects(cells(gzipSync("a,b\n".repeat(10_000)).subarray(0, 40)), /unexpected end of file/);
});

const written: [unknown, string][] = [
  ["plain", "plain"],
  ['with "quotes"', '"with ""quotes"""'],
  ["a,b", '"a,b"'],
  ["two\nlines", '"two\nlines"'],
  ["=1+1", '"\'=1+1"'],
  ["+SUM(A1)", '"\'+SUM(A1)"'],
  ["-2+3", '"\'-2+3"'],
  ["@cmd", '"\'@cmd"'],
  ["\t=1", '"\'\t=1"'],
  ["  =1", '"\'  =1"'],
  ["＝1+1", '"\'＝1+1"'],
  ["-12.5", "-12.5"],
  ["+85223456789", "+85223456789"],
  ["13800138000", "13800138000"],
  [null, ""],
  [undefined, ""],
  [0, "0"],
  [-3, "-3"],
  [false, "false"],
];
for (const [value, expected] of written)
  test(`a cell ${JSON.stringify(value) ?? "undefined"} is written ${expected}`, () =>
    assert.equal(csvLine([value as string, "end"]), `${expected},end\r\n`));
