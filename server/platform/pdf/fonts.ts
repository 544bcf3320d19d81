// The fonts of printed sheets: Noto Sans SC, which comes with a package, or one that was configured for rarer characters.
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import type { Config } from "../config.ts";
import { isWoff, unpackWoff } from "./sfnt.ts";

export type Fonts = { readonly regular: Buffer; readonly bold: Buffer };

const shipped = (weight: 400 | 700): string =>
  fileURLToPath(import.meta.resolve(`@fontsource/noto-sans-sc/files/noto-sans-sc-chinese-simplified-${weight}-normal.woff`));

async function load(file: string): Promise<Buffer> {
  const bytes = await readFile(file);
  return isWoff(bytes) ? unpackWoff(bytes) : bytes;
}

// A font never changes while the program runs: it is read and unpacked once.
const read = new Map<string, Promise<Buffer>>();
function fontAt(file: string): Promise<Buffer> {
  let font = read.get(file);
  if (!font) {
    font = load(file);
    read.set(file, font);
    font.catch(() => read.delete(file));
  }
  return font;
}

/** The fonts to print with. A configured font serves as both weights. */
export async function fontsOf({ pdfFont }: Pick<Config, "pdfFont">): Promise<Fonts> {
  const [regular, bold] = await Promise.all([fontAt(pdfFont ?? shipped(400)), fontAt(pdfFont ?? shipped(700))]);
  return { regular, bold };
}
