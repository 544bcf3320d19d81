// A service card drawn: A6, lying. One page a card, so that a batch goes through any printer.
import PdfFile from "pdfkit";
import { encodeQR } from "qr";
import type { Fonts } from "../../platform/pdf/fonts.ts";

export type Card = {
  readonly title: string;
  readonly unit: string;
  /** Names and values, from top to bottom. */
  readonly rows: readonly (readonly [name: string, value: string])[];
  /** The number that always answers. */
  readonly hotline: { readonly name: string; readonly number: string };
  readonly code: string;
  readonly codeNote: string;
  readonly foot: string;
};

const A6 = [419.53, 297.64] as const; // points, lying
const MARGIN = 22;
const INK = "#1a1a1a";
const MUTED = "#5c5c5c";
const GREEN = "#00695c";
const CODE = 92;

type Doc = PDFKit.PDFDocument;

/** Draws cards, a page each. In: the cards, the fonts, the instant they are made (epoch ms). Out: the PDF file. */
export function drawCards(cards: readonly Card[], fonts: Fonts, madeAtMs: number): Promise<Buffer> {
  const doc = new PdfFile({
    size: [...A6],
    margin: 0,
    autoFirstPage: false,
    info: { Title: cards[0]?.title ?? "", CreationDate: new Date(madeAtMs) },
  });
  const done = new Promise<Buffer>((resolve, reject) => {
    const chunks: Buffer[] = [];
    doc.on("data", (chunk: Buffer) => chunks.push(chunk));
    doc.on("end", () => resolve(Buffer.concat(chunks)));
    doc.on("error", reject);
  });
  doc.registerFont("regular", fonts.regular);
  doc.registerFont("bold", fonts.bold);
  for (const card of cards) draw(doc.addPage(), card);
  doc.end();
  return done;
}

function draw(doc: Doc, card: Card): void {
  const [width, height] = A6;
  doc.rect(0, 0, width, 50).fill(GREEN);
  doc.font("bold").fontSize(17).fillColor("#ffffff").text(card.title, MARGIN, 13, { lineBreak: false });
  const unitWidth = 180;
  doc
    .font("regular")
    .fontSize(9)
    .text(card.unit, width - MARGIN - unitWidth, 19, { width: unitWidth, align: "right", height: 22 });
  const textWidth = width - 3 * MARGIN - CODE;
  let y = 66;
  for (const [name, value] of card.rows) {
    doc.font("regular").fontSize(9).fillColor(MUTED).text(name, MARGIN, y, { width: 78 });
    doc.font("bold").fontSize(10.5).fillColor(INK);
    const options = { width: textWidth - 82, height: 28, ellipsis: true };
    doc.text(value, MARGIN + 82, y - 1, options);
    y += Math.max(20, Math.min(30, doc.heightOfString(value, { width: textWidth - 82 }) + 6));
  }
  drawCode(doc, card, width - MARGIN - CODE, 66);
  doc
    .font("regular")
    .fontSize(9)
    .fillColor(MUTED)
    .text(card.hotline.name, MARGIN, height - 64, { lineBreak: false });
  doc
    .font("bold")
    .fontSize(24)
    .fillColor(GREEN)
    .text(card.hotline.number, MARGIN + 82, height - 74, { lineBreak: false });
  doc
    .font("regular")
    .fontSize(7.5)
    .fillColor(MUTED)
    .text(card.foot, MARGIN, height - 30, { width: width - 2 * MARGIN, height: 20, ellipsis: true });
}

function drawCode(doc: Doc, { code, codeNote }: Card, x: number, y: number): void {
  const modules = encodeQR(code, "raw", { ecc: "medium", border: 1 });
  const size = CODE / modules.length;
  doc.fillColor("#000000");
  for (const [row, line] of modules.entries())
    for (const [column, dark] of line.entries()) if (dark) doc.rect(x + column * size, y + row * size, size, size);
  doc.fill();
  doc
    .font("regular")
    .fontSize(7.5)
    .fillColor(MUTED)
    .text(codeNote, x - 10, y + CODE + 6, { width: CODE + 20, align: "center" });
}
