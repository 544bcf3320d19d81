// Files people bring: outside the web root, named by their content, looked into before they are believed.
import { createHash, randomUUID } from "node:crypto";
import { createReadStream } from "node:fs";
import { mkdir, open, readdir, rename, stat, unlink } from "node:fs/promises";
import path from "node:path";
import type { Readable } from "node:stream";
import { refuse, type Refusal } from "@bihuan/core/refusal.ts";
import { fileTypeFromFile } from "file-type";

export type StoredFile = { readonly sha256: string; readonly sizeBytes: number; readonly mediaType: string };

/** What may be kept: pictures, documents, tables, sound, video. Nothing a browser or a shell would run. */
const allowed: ReadonlySet<string> = new Set([
  "image/jpeg",
  "image/png",
  "image/webp",
  "image/gif",
  "image/heic",
  "image/bmp",
  "application/pdf",
  "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
  "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  "application/vnd.openxmlformats-officedocument.presentationml.presentation",
  "application/x-cfb", // the old office formats share one container
  "audio/mpeg",
  "audio/wav",
  "audio/ogg",
  "audio/mp4",
  "audio/x-m4a",
  "audio/amr",
  "video/mp4",
]);

/** What a file name promises, where it promises anything: content and name must agree. */
const promised: Readonly<Record<string, readonly string[]>> = {
  jpg: ["image/jpeg"],
  jpeg: ["image/jpeg"],
  png: ["image/png"],
  webp: ["image/webp"],
  gif: ["image/gif"],
  heic: ["image/heic"],
  bmp: ["image/bmp"],
  pdf: ["application/pdf"],
  docx: ["application/vnd.openxmlformats-officedocument.wordprocessingml.document"],
  xlsx: ["application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"],
  pptx: ["application/vnd.openxmlformats-officedocument.presentationml.presentation"],
  doc: ["application/x-cfb"],
  xls: ["application/x-cfb"],
  ppt: ["application/x-cfb"],
  mp3: ["audio/mpeg"],
  wav: ["audio/wav"],
  ogg: ["audio/ogg"],
  amr: ["audio/amr"],
  m4a: ["audio/x-m4a", "audio/mp4", "video/mp4"],
  mp4: ["video/mp4", "audio/mp4"],
  txt: ["text/plain"],
  csv: ["text/plain"],
};

const SNIFFED_BYTES = 64 * 1024;
const NAME = /^[0-9a-f]{64}$/;

// What the file system answers when the folder is full, closed, gone, or never was one.
const cannotKeep: ReadonlySet<string> = new Set(
  "ENOSPC EDQUOT EROFS EACCES EPERM ENOTDIR EEXIST ENOENT EIO EMFILE ENFILE".split(" "),
);

// Names that Windows takes for devices, whatever their extension: a person there could neither save nor delete such a file.
const device = /^(?:con|prn|aux|nul|(?:com|lpt)[0-9¹²³])(?=\.|$)/i;

/** A name without folders, controls and what file systems forbid or take for a device; the extension stays. Never empty. */
export function safeFileName(name: string): string {
  const base = name.split(/[\\/]/).at(-1) ?? "";
  const clean = base
    .normalize("NFC")
    .replaceAll(/[\p{Cc}\p{Cf}<>:"|?*]/gu, "")
    .replace(/^[.\s]+|[.\s]+$/g, "");
  return [...clean.replace(device, "_$&")].slice(-120).join("") || "file";
}

const extensionOf = (name: string): string => /\.([A-Za-z0-9]{1,8})$/.exec(name)?.[1]?.toLowerCase() ?? "";

// Text has no signature: it is text when it reads as UTF-8 or as what Chinese spreadsheet programs save (GB 18030), holds no
// control characters, and nowhere looks like markup a browser would run.
function isPlainText(head: Buffer): boolean {
  const readings = ["utf-8", "gb18030"].map((encoding) => new TextDecoder(encoding).decode(head).replace(/\uFFFD+$/, ""));
  return readings.some(
    (text) => text.length > 0 && !/[^\P{Cc}\t\n\f\r]|\uFFFD/u.test(text) && !/^\s*<|^#!|<(?:script|html|svg)/i.test(text),
  );
}

// By its content where that has a signature: the whole file is asked, since an office document says what it is at its end.
async function mediaTypeOf(file: string, head: Buffer, name: string): Promise<string | null> {
  const found = (await fileTypeFromFile(file))?.mime ?? (isPlainText(head) ? "text/plain" : null);
  if (found === null) return null;
  const extension = extensionOf(name);
  const expected = promised[extension];
  if (expected) return expected.includes(found) ? found : null;
  // Without an extension only what its own content proves harmless is kept, never text.
  return extension === "" && allowed.has(found) ? found : null;
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, "r");
  await handle.sync().finally(() => handle.close());
}

const placeOf = (folder: string, sha256: string) => path.join(folder, sha256.slice(0, 2), sha256.slice(2, 4), sha256);

/**
 * Stores a file by its content: written beside, synced, then renamed, so that a file under its name is always whole. Storing
 * the same content twice keeps one. In: where, the bytes, the name it came with, the most bytes, and what is asked when all
 * bytes are there. Out: what to refer to it by; or a refusal, and then nothing is kept. The caller writes its row afterwards: a crash between leaves a file nobody names, which
 * {@link sweepOrphans} removes.
 */
export async function storeFile(
  folder: string,
  bytes: Readable,
  name: string,
  mostBytes: number,
  afterwards: () => Promise<Refusal | null> = async () => null,
): Promise<StoredFile | Refusal> {
  try {
    return await keepFile(folder, bytes, name, mostBytes, afterwards);
  } catch (error) {
    const { code, syscall } = error as NodeJS.ErrnoException;
    if (syscall === undefined || !cannotKeep.has(code ?? "")) throw error;
    return refuse("file.cannot-be-kept", { because: code ?? "" });
  }
}

async function keepFile(
  folder: string,
  bytes: Readable,
  name: string,
  mostBytes: number,
  afterwards: () => Promise<Refusal | null>,
): Promise<StoredFile | Refusal> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const draft = path.join(folder, `draft-${randomUUID()}`);
  const file = await open(draft, "wx", 0o600);
  const hash = createHash("sha256");
  let sizeBytes = 0;
  let head = Buffer.alloc(0);
  try {
    for await (const chunk of bytes as AsyncIterable<Buffer>) {
      sizeBytes += chunk.length;
      if (sizeBytes > mostBytes) return refuse("file.too-large", { limitBytes: mostBytes });
      if (head.length < SNIFFED_BYTES) head = Buffer.concat([head, chunk.subarray(0, SNIFFED_BYTES - head.length)]);
      hash.update(chunk);
      await file.appendFile(chunk);
    }
    if (sizeBytes === 0) return refuse("file.empty");
    const mediaType = await mediaTypeOf(draft, head, name);
    if (mediaType === null) return refuse("file.type-refused");
    const refusal = await afterwards();
    if (refusal) return refusal;
    await file.sync();
    const sha256 = hash.digest("hex");
    const place = placeOf(folder, sha256);
    await mkdir(path.dirname(place), { recursive: true, mode: 0o700 });
    await rename(draft, place);
    // Only now does the name survive a power failure, and may a row refer to it.
    await syncFolder(path.dirname(place));
    return { sha256, sizeBytes, mediaType };
  } finally {
    await file.close();
    await unlink(draft).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== "ENOENT") throw error;
    });
  }
}

/** Opens a stored file, or null where there is none. Errors: throws on a name that is no hash, so that no path can be asked for. */
export async function openFile(folder: string, sha256: string): Promise<Readable | null> {
  if (!NAME.test(sha256)) throw new Error("a stored file is named by its hash");
  const place = placeOf(folder, sha256);
  return (await stat(place).catch(() => null)) ? createReadStream(place) : null;
}

/**
 * Removes files that nothing names. In: which of some hashes are named, and an age below which a file is left alone, since
 * the row that names it may not be committed yet. Out: how many were removed.
 */
export async function sweepOrphans(
  folder: string,
  named: (hashes: readonly string[]) => Promise<ReadonlySet<string>>,
  nowMs: number,
  leaveYoungerThanMs = 86_400_000,
): Promise<number> {
  let removed = 0;
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const files = entries
    .filter((entry) => entry.isFile())
    .map((entry) => ({ place: path.join(entry.parentPath, entry.name), name: entry.name }));
  for (let from = 0; from < files.length; from += 1000) {
    const batch = files.slice(from, from + 1000);
    const kept = await named(batch.map(({ name }) => name).filter((name) => NAME.test(name)));
    for (const { place, name } of batch) {
      if (kept.has(name)) continue;
      const { mtimeMs } = await stat(place);
      if (nowMs - mtimeMs < leaveYoungerThanMs) continue;
      await unlink(place);
      removed++;
    }
  }
  return removed;
}
