// A printed sheet: what stands on it, from top to bottom, and how it is drawn on A4.
import PdfFile from "pdfkit";
import type { Fonts } from "./fonts.ts";

export type Block =
  | { readonly kind: "heading"; readonly text: string }
  | { readonly kind: "paragraph"; readonly text: string; readonly muted?: boolean }
  | { readonly kind: "list"; readonly items: readonly string[] }
  /** Names and values, two pairs a line. */
  | { readonly kind: "facts"; readonly rows: readonly (readonly [name: string, value: string])[] }
  /** `widths` are shares of the page's width. */
  | {
      readonly kind: "table";
      readonly head: readonly string[];
      readonly rows: readonly (readonly string[])[];
      readonly widths: readonly number[];
    }
  /** Lines to be filled in by hand. */
  | { readonly kind: "signatures"; readonly names: readonly string[] };

export type Sheet = {
  readonly title: string;
  readonly subtitle: string;
  readonly blocks: readonly Block[];
  readonly foot: string;
};

const MARGIN = 46;
const INK = "#1a1a1a";
const MUTED = "#5c5c5c";
const LINE = "#b8b8b8";
const BODY = 9.5;
const GAP = 2;

/** Draws a sheet. In: its content, the fonts, the instant it is made (epoch ms). Out: the PDF file. */
export function drawSheet(sheet: Sheet, fonts: Fonts, madeAtMs: number): Promise<Buffer> {
  const doc = new PdfFile({
    size: "A4",
    margins: { top: MARGIN, right: MARGIN, bottom: MARGIN, left: MARGIN },
    info: { Title: sheet.title, Subject: sheet.subtitle, CreationDate: new Date(madeAtMs) },
    bufferPages: true,
  });
  const done = new Promise<Buffer>((resolve, reject) => {
    const chunks: Buffer[] = [];
    doc.on("data", (chunk: Buffer) => chunks.push(chunk));
    doc.on("end", () => resolve(Buffer.concat(chunks)));
    doc.on("error", reject);
  });
  doc.registerFont("regular", fonts.regular);
  doc.registerFont("bold", fonts.bold);
  doc.font("bold").fontSize(18).fillColor(INK).text(sheet.title, { align: "center" });
  doc.font("regular").fontSize(BODY).fillColor(MUTED).text(sheet.subtitle, { align: "center" }).moveDown(0.8);
  for (const block of sheet.blocks) draw(doc, block);
  foot(doc, sheet.foot);
  doc.end();
  return done;
}

type Doc = PDFKit.PDFDocument;

const widthOf = (doc: Doc): number => doc.page.width - 2 * MARGIN;
const body = (doc: Doc): Doc => doc.font("regular").fontSize(BODY).fillColor(INK);

// What would not fit begins on the next page as a whole.
function room(doc: Doc, height: number): void {
  if (doc.y + height > doc.page.height - MARGIN) doc.addPage();
}

function draw(doc: Doc, block: Block): void {
  switch (block.kind) {
    case "heading":
      room(doc, 64);
      doc.moveDown(0.35).font("bold").fontSize(11.5).fillColor(INK).text(block.text, MARGIN).moveDown(0.3);
      break;
    case "paragraph":
      body(doc);
      room(doc, doc.heightOfString(block.text, { width: widthOf(doc), lineGap: GAP }));
      doc
        .fillColor(block.muted ? MUTED : INK)
        .text(block.text, MARGIN, doc.y, { width: widthOf(doc), lineGap: GAP })
        .moveDown(0.3);
      break;
    case "list":
      for (const [index, item] of block.items.entries()) listItem(doc, `${index + 1}.`, item);
      doc.moveDown(0.2);
      break;
    case "facts":
      facts(doc, block.rows);
      break;
    case "table":
      table(doc, block);
      break;
    case "signatures":
      signatures(doc, block.names);
      break;
  }
}

function listItem(doc: Doc, number: string, item: string): void {
  const options = { width: widthOf(doc) - 18, lineGap: GAP };
  room(body(doc), doc.heightOfString(item, options));
  const { y } = doc;
  doc.text(number, MARGIN, y, { lineBreak: false }).text(item, MARGIN + 18, y, options);
}

function facts(doc: Doc, rows: readonly (readonly [string, string])[]): void {
  const half = widthOf(doc) / 2;
  for (let index = 0; index < rows.length; index += 2) {
    const pair = rows.slice(index, index + 2);
    body(doc);
    const height = Math.max(...pair.map(([, value]) => doc.heightOfString(value, { width: half - 92 })));
    room(doc, height + 3);
    const { y } = doc;
    for (const [column, [name, value]] of pair.entries()) {
      doc.fillColor(MUTED).text(name, MARGIN + column * half, y, { width: 80 });
      doc.fillColor(INK).text(value, MARGIN + column * half + 84, y, { width: half - 92 });
    }
    doc.y = y + height + 3;
  }
  doc.x = MARGIN;
}

function table(doc: Doc, { head, rows, widths }: Extract<Block, { kind: "table" }>): void {
  const sum = widths.reduce((total, width) => total + width, 0);
  const columns = widths.map((width) => (width / sum) * widthOf(doc));
  const line = (cells: readonly string[], bold: boolean) => {
    doc
      .font(bold ? "bold" : "regular")
      .fontSize(BODY)
      .fillColor(INK);
    const height = Math.max(...cells.map((cell, index) => doc.heightOfString(cell, { width: (columns[index] ?? 0) - 8 })));
    room(doc, height + 6);
    const { y } = doc;
    let x = MARGIN;
    for (const [index, cell] of cells.entries()) {
      doc.text(cell, x + 4, y + 3, { width: (columns[index] ?? 0) - 8 });
      x += columns[index] ?? 0;
    }
    doc.y = y + height + 6;
    doc
      .moveTo(MARGIN, doc.y)
      .lineTo(MARGIN + widthOf(doc), doc.y)
      .lineWidth(0.5)
      .strokeColor(LINE)
      .stroke();
  };
  line(head, true);
  for (const row of rows) line(row, false);
  doc.x = MARGIN;
  doc.moveDown(0.5);
}

function signatures(doc: Doc, names: readonly string[]): void {
  room(doc, 40);
  doc.moveDown(1.2);
  const { y } = body(doc);
  const width = widthOf(doc) / names.length;
  for (const [index, name] of names.entries()) {
    const x = MARGIN + index * width;
    doc.text(name, x, y, { lineBreak: false });
    const from = x + doc.widthOfString(name) + 6;
    doc
      .moveTo(from, y + 13)
      .lineTo(x + width - 16, y + 13)
      .lineWidth(0.5)
      .strokeColor(LINE)
      .stroke();
  }
  doc.x = MARGIN;
  doc.y = y + 24;
}

// Every page says whose sheet it is, and which page of how many.
function foot(doc: Doc, text: string): void {
  const { start, count } = doc.bufferedPageRange();
  for (let page = start; page < start + count; page++) {
    doc.switchToPage(page);
    const { bottom } = doc.page.margins;
    doc.page.margins.bottom = 0; // below the margin nothing may begin a new page
    doc
      .font("regular")
      .fontSize(8)
      .fillColor(MUTED)
      .text(`${text}  ${page - start + 1}/${count}`, MARGIN, doc.page.height - MARGIN + 14, {
        width: widthOf(doc),
        align: "center",
      });
    doc.page.margins.bottom = bottom;
  }
}
