import { createHash } from "node:crypto";
import { once } from "node:events";
import { createReadStream, createWriteStream, existsSync } from "node:fs";
import { open, readdir, rename, rm, stat } from "node:fs/promises";
import path from "node:path";
import { finished } from "node:stream/promises";
import { createGzip } from "node:zlib";
import { to as copyTo } from "pg-copy-streams";
import type { Database, Tx } from "../database.ts";
import { raw, sql } from "../sql.ts";
import { FORMAT, type Manifest, migrationsOf, partitions, sequences, type Table, tables, type Totals } from "./content.ts";
import { ending, header, padding } from "./tar.ts";

const PART_BYTES = 8 * 1024 * 1024; // a tar member's size comes before its content: tables are cut into parts of this size

export type BackupParts = {
  readonly db: Database;
  readonly attachmentFolder: string;
  readonly file: string;
  readonly product: string;
  readonly nowMs: number;
  readonly onTable?: (name: string, rows: number) => void;
};

/**
 * Writes one archive (`.tar.gz`) with everything: all rows as of one instant (a repeatable-read transaction, so that work
 * goes on meanwhile), sequences, attachments, and a checksum for each. It gets its name only when it is complete and on
 * the disk. Errors: the file is there already; a row or file cannot be read.
 */
export async function backup(parts: BackupParts): Promise<Totals> {
  const { db, file } = parts;
  if (existsSync(file)) throw new Error(`${file} is there already`);
  const unfinished = `${file}.unfinished`;
  try {
    const writer = new Writer(unfinished, parts.nowMs);
    const totals = await db.transaction((tx) => snapshot(tx, writer, parts), { isolation: "repeatable read", readOnly: true });
    const attachments = await writeAttachments(writer, parts.attachmentFolder);
    const all: Totals = { ...totals, attachments };
    await writer.member("totals.json", Buffer.from(JSON.stringify(all, null, 1)));
    await writer.end();
    await rename(unfinished, file);
    return all;
  } catch (error) {
    await rm(unfinished, { force: true });
    throw error;
  }
}

async function snapshot(tx: Tx, writer: Writer, parts: BackupParts): Promise<Omit<Totals, "attachments">> {
  const known = await tables(tx);
  const manifest: Manifest = {
    format: FORMAT,
    product: parts.product,
    takenAt: new Date(parts.nowMs).toISOString(),
    migrations: await migrationsOf(tx),
    tables: known,
    partitions: await partitions(tx),
  };
  await writer.member("manifest.json", Buffer.from(JSON.stringify(manifest, null, 1)));
  const counted: Totals["tables"] = [];
  for (const table of known) {
    const written = await writeTable(tx, writer, table);
    parts.onTable?.(table.name, written.rows);
    counted.push(written);
  }
  // Sequences know no transactions: read after the rows, none stands behind a number that was given out.
  const states: Totals["sequences"] = [];
  for (const { name } of await sequences(tx)) {
    const { last, called } = await tx.one<{ last: string; called: boolean }>(
      sql`select last_value::text as last, is_called as called from ${raw(name)}`,
    );
    states.push({ name, last, called });
  }
  return { tables: counted, sequences: states };
}

async function writeTable(tx: Tx, writer: Writer, table: Table): Promise<Totals["tables"][number]> {
  const stream = tx.client.query(copyTo(`copy (select ${table.columns.join(", ")} from ${table.name}) to stdout`));
  const hash = createHash("sha256");
  let bytes = 0;
  let part: Buffer[] = [];
  let size = 0;
  let number = 0;
  const flush = async () => {
    await writer.member(`tables/${table.name}/${String(++number).padStart(6, "0")}.copy`, Buffer.concat(part));
    part = [];
    size = 0;
  };
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    hash.update(chunk);
    bytes += chunk.length;
    part.push(chunk);
    size += chunk.length;
    if (size >= PART_BYTES) await flush();
  }
  if (size > 0 || number === 0) await flush();
  return { name: table.name, rows: stream.rowCount, bytes, sha256: hash.digest("hex") };
}

async function writeAttachments(writer: Writer, folder: string): Promise<Totals["attachments"]> {
  if (!existsSync(folder)) return [];
  const written: Totals["attachments"] = [];
  const entries = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
  for (const entry of entries) {
    const file = path.join(entry.parentPath, entry.name);
    const name = path.relative(folder, file).split(path.sep).join("/");
    const { size } = await stat(file);
    written.push({ name, bytes: size, sha256: await writer.file(`attachments/${name}`, file, size) });
  }
  return written.sort((a, b) => (a.name < b.name ? -1 : 1));
}

class Writer {
  readonly #gzip = createGzip({ level: 4 });
  readonly #file: ReturnType<typeof createWriteStream>;
  readonly #path: string;
  readonly #seconds: number;
  readonly #done: Promise<void>;

  constructor(file: string, nowMs: number) {
    this.#path = file;
    this.#seconds = Math.floor(nowMs / 1000);
    this.#file = createWriteStream(file, { mode: 0o600 }); // it holds what the database holds: its owner's eyes only
    this.#done = finished(this.#gzip.pipe(this.#file));
    this.#done.catch(() => undefined);
    this.#file.on("error", (error) => this.#gzip.destroy(error));
  }

  async #write(bytes: Buffer) {
    if (bytes.length > 0 && !this.#gzip.write(bytes)) await Promise.race([once(this.#gzip, "drain"), this.#done]);
    if (this.#gzip.errored) throw this.#gzip.errored;
  }

  async member(name: string, content: Buffer) {
    await this.#write(header({ name, size: content.length }, this.#seconds));
    await this.#write(content);
    await this.#write(padding(content.length));
  }

  async file(name: string, from: string, size: number): Promise<string> {
    const hash = createHash("sha256");
    await this.#write(header({ name, size }, this.#seconds));
    let read = 0;
    for await (const chunk of createReadStream(from) as AsyncIterable<Buffer>) {
      read += chunk.length;
      hash.update(chunk);
      await this.#write(chunk);
    }
    if (read !== size) throw new Error(`${from} changed while it was read`);
    await this.#write(padding(size));
    return hash.digest("hex");
  }

  async end() {
    await this.#write(ending());
    this.#gzip.end();
    await this.#done;
    const written = await open(this.#path, "r+");
    await written.sync();
    await written.close();
  }
}
