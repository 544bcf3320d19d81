// An Excel workbook of one sheet, written as it is sent: rows are never all in memory.
import { Readable } from "node:stream";
import { ZipFile } from "yazl";
import { startsLikeFormula } from "./csv-line.ts";

export type Cell = string | number | boolean | null | undefined;
export type XlsxSheet = {
  readonly name: string;
  readonly head: readonly string[];
  /** Widths of the columns in characters. */
  readonly widths?: readonly number[];
  readonly rows: AsyncIterable<readonly (readonly Cell[])[]>;
};

const escapes: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
// What no XML may hold goes; the rest is escaped.
const xml = (text: string): string =>
  text
    .toWellFormed()
    .replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, "")
    .replace(/[&<>"]/g, (character) => escapes[character] as string);

const letters = (index: number): string =>
  (index >= 26 ? letters(Math.floor(index / 26) - 1) : "") + String.fromCharCode(65 + (index % 26));

// Styles of the workbook below, by their place.
const PLAIN = 0;
const TEXT = 1; // numbers of accounts and telephones keep their zeros, and are not shown as 1.38E+10
const QUOTED = 2; // a text that looks like a formula stays one, also where somebody edits the cell
const HEAD = 3;
const LONGEST_CELL = 32_767;

function cellXml(value: Cell, column: string, style?: number): string {
  if (value === null || value === undefined || value === "") return "";
  if (typeof value === "number") return `<c r="${column}" s="${PLAIN}"><v>${value}</v></c>`;
  const text = String(value).slice(0, LONGEST_CELL);
  const chosen = style ?? (startsLikeFormula(text) ? QUOTED : TEXT);
  return `<c r="${column}" s="${chosen}" t="inlineStr"><is><t xml:space="preserve">${xml(text)}</t></is></c>`;
}

const rowXml = (cells: readonly Cell[], line: number, style?: number): string =>
  `<row r="${line}">${cells.map((cell, index) => cellXml(cell, `${letters(index)}${line}`, style)).join("")}</row>`;

async function* sheetXml({ head, widths = [], rows }: XlsxSheet): AsyncGenerator<string> {
  const columns = head.map(
    (_, index) => `<col min="${index + 1}" max="${index + 1}" width="${widths[index] ?? 16}" customWidth="1"/>`,
  );
  yield `${DECLARATION}<worksheet xmlns="${MAIN}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>${columns.join("")}</cols><sheetData>${rowXml(head, 1, HEAD)}`;
  let line = 1;
  for await (const batch of rows) yield batch.map((row) => rowXml(row, ++line)).join("");
  yield "</sheetData></worksheet>";
}

const DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE = "http://schemas.openxmlformats.org/package/2006";
const KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml";

const parts = (name: string): readonly (readonly [path: string, content: string])[] => [
  [
    "[Content_Types].xml",
    `<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${KIND}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${KIND}.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="${KIND}.styles+xml"/></Types>`,
  ],
  [
    "_rels/.rels",
    `<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
  ],
  [
    "xl/workbook.xml",
    `<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets><sheet name="${xml(name.replace(/[\\/?*[\]:]/g, " ").slice(0, 31))}" sheetId="1" r:id="rId1"/></sheets></workbook>`,
  ],
  [
    "xl/_rels/workbook.xml.rels",
    `<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${OFFICE}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="${OFFICE}/styles" Target="styles.xml"/></Relationships>`,
  ],
  [
    "xl/styles.xml",
    `<styleSheet xmlns="${MAIN}"><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="4"><xf xfId="0"/><xf numFmtId="49" applyNumberFormat="1" xfId="0"/><xf numFmtId="49" applyNumberFormat="1" quotePrefix="1" xfId="0"/><xf numFmtId="49" applyNumberFormat="1" fontId="1" applyFont="1" xfId="0"/></cellXfs></styleSheet>`,
  ],
];

/** A workbook as a stream. In: the sheet, its rows in batches, and the instant it is made (epoch ms). Reading it slowly slows the rows down. */
export function xlsxStream(sheet: XlsxSheet, madeAtMs: number): Readable {
  const zip = new ZipFile();
  const options = { mtime: new Date(madeAtMs), forceDosTimestamp: true };
  for (const [path, content] of parts(sheet.name)) zip.addBuffer(Buffer.from(DECLARATION + content), path, options);
  const rows = Readable.from(sheetXml(sheet), { objectMode: false });
  zip.addReadStream(rows, "xl/worksheets/sheet1.xml", options);
  zip.end();
  const out = zip.outputStream as Readable;
  const fail = (error: Error) => void out.destroy(error);
  rows.on("error", fail);
  zip.on("error", fail);
  // Whoever stops reading stops the rows as well.
  out.on("close", () => void rows.destroy());
  return out;
}
