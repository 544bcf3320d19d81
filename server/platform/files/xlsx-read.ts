// The first sheet of an Excel workbook as records, row by row: what is unpacked is bounded, whatever the file claims.
import type { Readable } from "node:stream";
import { SaxesParser } from "saxes";
import { type Entry, open as openZip, type ZipFile } from "yauzl";
import type { CsvRecord } from "./csv-records.ts";
import type { OnBytes } from "./unpacked.ts";

/** The file is no workbook, or holds more than anybody means to load. `code` as errors of the file system have one. */
export class WorkbookError extends Error {
  override name = "WorkbookError";
  readonly code = "EXLSX";
}

const MOST_ENTRIES = 5_000;
const MOST_BYTES = 2_000_000_000; // a million rows of thirty columns
const MOST_SHARED_BYTES = 400_000_000;
const MOST_COLUMNS = 500;
const BATCH_ROWS = 500;

type Zip = { readonly zip: ZipFile; readonly entries: ReadonlyMap<string, Entry> };

const unzip = (file: string): Promise<Zip> =>
  new Promise((resolve, reject) => {
    openZip(file, { lazyEntries: true, autoClose: false }, (error, zip) => {
      if (error) return reject(new WorkbookError(error.message));
      const entries = new Map<string, Entry>();
      zip.on("entry", (entry: Entry) => {
        entries.set(entry.fileName, entry);
        if (entries.size > MOST_ENTRIES) {
          zip.close();
          reject(new WorkbookError("too many parts"));
        } else zip.readEntry();
      });
      zip.on("end", () => resolve({ zip, entries }));
      zip.on("error", (problem: Error) => {
        zip.close();
        reject(new WorkbookError(problem.message));
      });
      zip.readEntry();
    });
  });

const opened = ({ zip, entries }: Zip, path: string): Promise<Readable | null> =>
  new Promise((resolve, reject) => {
    const entry = entries.get(path);
    if (!entry) return resolve(null);
    zip.openReadStream(entry, (error, stream) => (error ? reject(new WorkbookError(error.message)) : resolve(stream)));
  });

type Attributes = Readonly<Record<string, string>>;
type Listener = {
  readonly open?: (name: string, attributes: Attributes) => void;
  readonly text?: (text: string) => void;
  readonly close?: (name: string) => void;
};

// Names without their prefix: other programs write x:row where Excel writes row.
const local = (name: string): string => name.slice(name.indexOf(":") + 1);

/** Parses a part piece by piece; what was heard may be taken between two pieces. */
async function* parsed(zip: Zip, path: string, mostBytes: number, listener: Listener): AsyncGenerator<number> {
  const stream = await opened(zip, path);
  if (!stream) return;
  const parser = new SaxesParser();
  // A document type could define entities that grow without end; workbooks have none.
  parser.on("doctype", () => {
    throw new WorkbookError("a document type is not allowed");
  });
  parser.on("error", (error) => {
    throw new WorkbookError(error.message);
  });
  if (listener.open) parser.on("opentag", ({ name, attributes }) => listener.open?.(local(name), attributes as Attributes));
  if (listener.text) parser.on("text", listener.text);
  if (listener.close) parser.on("closetag", ({ name }) => listener.close?.(local(name)));
  const decoder = new TextDecoder();
  let bytes = 0;
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      if (bytes > mostBytes) throw new WorkbookError("more content than can be read");
      parser.write(decoder.decode(chunk, { stream: true }));
      yield chunk.length;
    }
    parser.write(decoder.decode()).close();
    yield 0;
  } catch (error) {
    throw error instanceof WorkbookError ? error : new WorkbookError(error instanceof Error ? error.message : String(error));
  } finally {
    stream.destroy();
  }
}

async function heard(zip: Zip, path: string, listener: Listener, mostBytes = 20_000_000): Promise<void> {
  for await (const _ of parsed(zip, path, mostBytes, listener));
}

async function firstSheet(zip: Zip): Promise<{ path: string; from1904: boolean }> {
  const targets = new Map<string, string>();
  await heard(zip, "xl/_rels/workbook.xml.rels", {
    open: (name, { Id, Target }) => {
      if (name === "Relationship" && Id && Target) targets.set(Id, Target);
    },
  });
  let path: string | undefined;
  let from1904 = false;
  await heard(zip, "xl/workbook.xml", {
    open: (name, attributes) => {
      if (name === "workbookPr") from1904 = ["1", "true"].includes(attributes["date1904"] ?? "");
      const id = attributes["r:id"] ?? Object.entries(attributes).find(([key]) => local(key) === "id")?.[1];
      if (name === "sheet" && path === undefined && attributes["state"] === undefined && id !== undefined) path = targets.get(id);
    },
  });
  if (path === undefined) throw new WorkbookError("no sheet");
  return { path: path.startsWith("/") ? path.slice(1) : `xl/${path}`, from1904 };
}

async function sharedTexts(zip: Zip): Promise<string[]> {
  const texts: string[] = [];
  let text = "";
  let inText = false;
  let reading = 0; // how a word is pronounced stands beside it, and is not part of it
  await heard(
    zip,
    "xl/sharedStrings.xml",
    {
      open: (name) => {
        if (name === "si") text = "";
        if (name === "rPh") reading += 1;
        inText = name === "t" && reading === 0;
      },
      text: (part) => {
        if (inText) text += part;
      },
      close: (name) => {
        if (name === "si") texts.push(text);
        if (name === "rPh") reading -= 1;
        inText = false;
      },
    },
    MOST_SHARED_BYTES,
  );
  return texts;
}

// Formats Excel knows by number: dates, not times of day alone.
const isDateFormat = (id: number): boolean =>
  (id >= 14 && id <= 17) || id === 22 || (id >= 27 && id <= 31) || (id >= 50 && id <= 58);

/** Which styles show a number as a date. */
async function dateStyles(zip: Zip): Promise<ReadonlySet<number>> {
  const own = new Map<number, boolean>();
  const dates = new Set<number>();
  let within = false;
  let style = 0;
  await heard(zip, "xl/styles.xml", {
    open: (name, attributes) => {
      const id = Number(attributes["numFmtId"]);
      if (name === "numFmt")
        own.set(id, /[yd年日]/i.test((attributes["formatCode"] ?? "").replace(/"[^"]*"|\[[^\]]*\]|\\./g, "")));
      if (name === "cellXfs") within = true;
      if (name === "xf" && within && (own.get(id) ?? isDateFormat(id))) dates.add(style);
      if (name === "xf" && within) style += 1;
    },
    close: (name) => {
      if (name === "cellXfs") within = false;
    },
  });
  return dates;
}

const DAY_MS = 86_400_000;
const dateText = (serial: number, from1904: boolean): string =>
  new Date(Math.floor(serial) * DAY_MS + Date.UTC(from1904 ? 1904 : 1899, from1904 ? 0 : 11, from1904 ? 1 : 30))
    .toISOString()
    .slice(0, 10);

// Excel keeps fifteen digits: a longer number has lost its end, and is left in the form that says so.
function numberText(written: string): string {
  const value = Number(written);
  return written.trim() === "" || Number.isNaN(value) || Math.abs(value) >= 1e15 ? written : String(value);
}

const columnOf = (reference: string): number => {
  let index = 0;
  for (const character of reference) {
    const letter = character.charCodeAt(0) - 64;
    if (letter < 1 || letter > 26) break;
    index = index * 26 + letter;
  }
  return index - 1;
};

/** Reads the first visible sheet of a workbook, in batches. Rows without any content are passed over. Errors: {@link WorkbookError}. */
export async function* readXlsx(file: string, onBytes?: OnBytes): AsyncGenerator<CsvRecord[]> {
  const zip = await unzip(file);
  try {
    const { path, from1904 } = await firstSheet(zip);
    const [shared, dates] = [await sharedTexts(zip), await dateStyles(zip)];
    let batch: CsvRecord[] = [];
    let line = 0;
    let cells: string[] = [];
    let column = -1;
    let type = "n";
    let style = 0;
    let text = "";
    let inValue = false;
    let reading = 0;
    const value = (): string => {
      if (type === "s") return shared[Number(text)] ?? "";
      if (type === "b") return text === "1" ? "TRUE" : "FALSE";
      if (type !== "n") return text;
      return dates.has(style) && text !== "" && Number.isFinite(Number(text))
        ? dateText(Number(text), from1904)
        : numberText(text);
    };
    const sheet = parsed(zip, path, MOST_BYTES, {
      open: (name, attributes) => {
        if (name === "row") {
          line = Number(attributes["r"] ?? line + 1);
          cells = [];
          column = -1;
        } else if (name === "c") {
          column = attributes["r"] === undefined ? column + 1 : columnOf(attributes["r"]);
          type = attributes["t"] ?? "n";
          style = Number(attributes["s"] ?? 0);
          text = "";
        } else if (name === "rPh") reading += 1;
        else inValue = (name === "v" || name === "t") && reading === 0;
      },
      text: (part) => {
        if (inValue) text += part;
      },
      close: (name) => {
        if (name === "rPh") reading -= 1;
        inValue = false;
        if (name === "c" && column >= 0 && column < MOST_COLUMNS && text !== "") {
          while (cells.length < column) cells.push("");
          cells[column] = value();
        }
        if (name === "row" && cells.some((cell) => cell.trim() !== "")) batch.push({ line, cells });
      },
    });
    const packed = zip.entries.get(path);
    const share = packed && packed.uncompressedSize > 0 ? packed.compressedSize / packed.uncompressedSize : 1;
    let found = false;
    for await (const bytes of sheet) {
      found = true;
      onBytes?.(bytes * share);
      if (batch.length < BATCH_ROWS && bytes > 0) continue;
      const ready = batch;
      batch = [];
      if (ready.length > 0) yield ready;
    }
    if (!found) throw new WorkbookError("the sheet is missing");
  } finally {
    zip.zip.close();
  }
}
