import { createHash, type Hash } from "node:crypto";
import { once } from "node:events";
import { createReadStream, existsSync } from "node:fs";
import { mkdir, open, readdir, rename, rm, rmdir } from "node:fs/promises";
import path from "node:path";
import { finished } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import { from as copyFrom } from "pg-copy-streams";
import type { z } from "zod";
import type { Database, Queryable, Tx } from "../database.ts";
import { migrate } from "../migrate.ts";
import { raw, sql } from "../sql.ts";
import { Manifest, migrationsOf, type Table, Totals } from "./content.ts";
import { type Member, members } from "./tar.ts";

export type RestoreParts = {
  readonly db: Database;
  readonly attachmentFolder: string;
  readonly file: string;
  readonly onTable?: (name: string, rows: number) => void;
};

/** Why a backup cannot be restored here; the database is as it was. */
export class RestoreError extends Error {
  override name = "RestoreError";
  readonly reason: "not-empty" | "attachments-present" | "damaged" | "other-version";
  constructor(reason: RestoreError["reason"], message: string) {
    super(message);
    this.reason = reason;
  }
}

const UNFINISHED = "restore_unfinished";

/**
 * Brings a backup back into an empty database and an empty attachment folder. Everything or nothing: all rows come in one
 * transaction, which is committed only when every count and checksum agrees. A restore that was killed can be started
 * again. Errors: RestoreError.
 */
export async function restore(parts: RestoreParts): Promise<Totals> {
  const { db, file, attachmentFolder } = parts;
  await requireEmpty(db);
  if (existsSync(attachmentFolder) && (await readdir(attachmentFolder)).length > 0)
    throw new RestoreError("attachments-present", `${attachmentFolder} is not empty`);
  const source = createReadStream(file);
  const unpacked = source.pipe(createGunzip());
  source.on("error", (error) => unpacked.destroy(error));
  unpacked.on("error", () => undefined); // told by whoever reads it
  const incoming = `${attachmentFolder}.restoring`;
  await rm(incoming, { recursive: true, force: true });
  try {
    await db.run(sql`create table if not exists ${raw(UNFINISHED)} ()`);
    await migrate(db);
    const totals = await load(members(unpacked), { ...parts, incoming });
    return totals;
  } catch (error) {
    await wipe(db);
    await rm(incoming, { recursive: true, force: true });
    throw error instanceof RestoreError || !isDamage(error) ? error : new RestoreError("damaged", error.message);
  } finally {
    source.destroy();
  }
}

// zlib's own errors, and those of the tar reader.
const isDamage = (error: unknown): error is Error =>
  error instanceof Error &&
  (("code" in error && String(error.code).startsWith("Z_")) || error.message.startsWith("the archive "));

async function requireEmpty(db: Database) {
  const { unfinished, relations } = await db.one<{ unfinished: boolean; relations: number }>(sql`
    select to_regclass(${`public.${UNFINISHED}`}) is not null as unfinished,
      (select count(*)::int from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where n.nspname in ('public', 'graphile_worker') and c.relkind in ('r', 'p', 'v', 'm', 'S')
          and not exists (select from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')) as relations`);
  if (unfinished) await wipe(db);
  else if (relations > 0) throw new RestoreError("not-empty", "the database is not empty");
}

// Only ever called on a database that was empty when the restore began.
const wipe = (db: Database) =>
  db.transaction(async (tx) => {
    await tx.run(sql`drop schema if exists graphile_worker cascade`);
    await tx.run(sql`drop schema public cascade`);
    await tx.run(sql`create schema public`);
  });

type Incoming = Member & { content(): AsyncGenerator<Buffer> };

async function load(archive: AsyncGenerator<Incoming>, parts: RestoreParts & { incoming: string }): Promise<Totals> {
  const { db } = parts;
  const manifest = await document(Manifest, "manifest.json", (await archive.next()).value as Incoming | undefined);
  const own = await migrationsOf(db);
  if (JSON.stringify(own) !== JSON.stringify(manifest.migrations))
    throw new RestoreError(
      "other-version",
      `the backup was taken by version ${manifest.product} with the schema ${lastOf(manifest.migrations)}; this version has ${lastOf(own)}`,
    );
  return db.transaction(async (tx) => {
    const foreignKeys = await openUp(tx, manifest);
    const loader = new Loader(tx, manifest, parts);
    let totals: Totals | null = null;
    try {
      for await (const member of archive) {
        if (member.name === "totals.json") totals = await document(Totals, "totals.json", member);
        else if (member.name.startsWith("tables/")) await loader.table(member);
        else if (member.name.startsWith("attachments/")) await loader.attachment(member);
      }
      await loader.endTable();
    } catch (error) {
      await loader.abandon(error as Error);
      throw error;
    }
    if (!totals) throw new RestoreError("damaged", "the archive ends before its totals");
    await compare(tx, totals, loader);
    for (const { name, last, called } of totals.sequences)
      await tx.run(sql`select setval(${name}::regclass, ${last}::bigint, ${called})`);
    await closeUp(tx, manifest, foreignKeys);
    await tx.run(sql`drop table ${raw(UNFINISHED)}`);
    await giveAttachments(parts);
    return totals;
  });
}

const lastOf = (names: readonly string[]) => names.findLast((name) => name.endsWith(".sql")) ?? "none";

async function document<T>(schema: z.ZodType<T>, name: string, member: Incoming | undefined): Promise<T> {
  if (member?.name !== name) throw new RestoreError("damaged", `expected ${name}, found ${member?.name ?? "nothing"}`);
  const chunks: Buffer[] = [];
  for await (const chunk of member.content()) chunks.push(chunk);
  const parsed = schema.safeParse(JSON.parse(Buffer.concat(chunks).toString()));
  if (!parsed.success) throw new RestoreError("damaged", `${name}: ${parsed.error.message}`);
  return parsed.data;
}

type ForeignKey = { readonly table: string; readonly name: string; readonly definition: string };

// Rows come table by table, so references and triggers rest until all are there: the references are checked when they are
// made again, and what triggers would have written comes as rows.
async function openUp(tx: Tx, manifest: Manifest): Promise<ForeignKey[]> {
  const foreignKeys = await tx.rows<ForeignKey>(sql`
    select conrelid::regclass::text as table, quote_ident(conname) as name, pg_get_constraintdef(oid) as definition
    from pg_constraint where contype = 'f' and conparentid = 0 and connamespace in ('public'::regnamespace, 'graphile_worker'::regnamespace)`);
  for (const { table, name } of foreignKeys) await tx.run(sql`alter table ${raw(table)} drop constraint ${raw(name)}`);
  for (const { name, parent, bound } of manifest.partitions)
    await tx.run(sql`create table if not exists ${raw(name)} partition of ${raw(parent)} ${raw(bound)}`);
  const known = await knownTables(tx);
  for (const { name } of manifest.tables) {
    if (!known.has(name)) throw new RestoreError("damaged", `there is no table ${name}`);
    await tx.run(sql`alter table ${raw(name)} disable trigger user`);
  }
  await tx.run(sql`truncate ${raw(manifest.tables.map(({ name }) => name).join(", "))}`);
  return foreignKeys;
}

async function closeUp(tx: Tx, manifest: Manifest, foreignKeys: readonly ForeignKey[]) {
  for (const { table, name, definition } of foreignKeys)
    await tx.run(sql`alter table ${raw(table)} add constraint ${raw(name)} ${raw(definition)}`);
  for (const { name } of manifest.tables) await tx.run(sql`alter table ${raw(name)} enable trigger user`);
  // Jobs were held by processes of another time.
  await tx.run(sql`update graphile_worker._private_jobs set locked_at = null, locked_by = null where locked_by is not null`);
  await tx.run(
    sql`update graphile_worker._private_job_queues set locked_at = null, locked_by = null where locked_by is not null`,
  );
}

const knownTables = async (db: Queryable): Promise<Set<string>> => {
  const rows = await db.rows<{ name: string }>(sql`
    select format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p') and n.nspname in ('public', 'graphile_worker')`);
  return new Set(rows.map(({ name }) => name));
};

async function compare(tx: Tx, totals: Totals, loader: Loader) {
  for (const { name, rows, sha256 } of totals.tables) {
    const { count } = await tx.one<{ count: string }>(sql`select count(*) as count from ${raw(name)}`);
    if (Number(count) !== rows || loader.sums.get(`tables/${name}`) !== sha256)
      throw new RestoreError("damaged", `${name} is not what was backed up: ${count} of ${rows} rows`);
  }
  for (const { name, sha256 } of totals.attachments)
    if (loader.sums.get(`attachments/${name}`) !== sha256)
      throw new RestoreError("damaged", `the attachment ${name} is not what was backed up`);
}

async function giveAttachments({ attachmentFolder, incoming }: { attachmentFolder: string; incoming: string }) {
  if (!existsSync(incoming)) return;
  await rmdir(attachmentFolder).catch(() => undefined);
  await rename(incoming, attachmentFolder);
}

type CopyStream = ReturnType<typeof copyFrom>;

class Loader {
  readonly sums = new Map<string, string>();
  readonly #tx: Tx;
  readonly #tables: ReadonlyMap<string, Table>;
  readonly #parts: RestoreParts & { incoming: string };
  #current: { table: Table; stream: CopyStream; hash: Hash } | null = null;

  constructor(tx: Tx, manifest: Manifest, parts: RestoreParts & { incoming: string }) {
    this.#tx = tx;
    this.#tables = new Map(manifest.tables.map((table) => [table.name, table]));
    this.#parts = parts;
  }

  async table(member: Incoming) {
    const name = member.name.split("/")[1] ?? "";
    if (this.#current?.table.name !== name) {
      await this.endTable();
      const table = this.#tables.get(name);
      if (!table) throw new RestoreError("damaged", `the archive holds a table that it does not announce: ${name}`);
      const stream = this.#tx.client.query(copyFrom(`copy ${table.name} (${table.columns.join(", ")}) from stdin`));
      stream.on("error", () => undefined); // told by the promise that waits for its end
      this.#current = { table, stream, hash: createHash("sha256") };
    }
    const { stream, hash } = this.#current;
    for await (const chunk of member.content()) {
      hash.update(chunk);
      if (!stream.write(chunk)) await Promise.race([once(stream, "drain"), finished(stream)]);
    }
  }

  async endTable() {
    if (!this.#current) return;
    const { table, stream, hash } = this.#current;
    this.#current = null;
    stream.end();
    await finished(stream);
    this.sums.set(`tables/${table.name}`, hash.digest("hex"));
    this.#parts.onTable?.(table.name, stream.rowCount);
  }

  /** Ends a COPY that is under way: until then its connection takes no other statement, not even the rollback. */
  async abandon(reason: Error) {
    const stream = this.#current?.stream;
    this.#current = null;
    if (!stream || stream.destroyed) return;
    stream.destroy(reason);
    await finished(stream).catch(() => undefined);
  }

  async attachment(member: Incoming) {
    await this.endTable();
    const name = member.name.slice("attachments/".length);
    const file = path.join(this.#parts.incoming, name);
    if (!file.startsWith(this.#parts.incoming + path.sep))
      throw new RestoreError("damaged", `the attachment ${name} points outside the folder`);
    await mkdir(path.dirname(file), { recursive: true });
    const hash = createHash("sha256");
    const target = await open(file, "wx", 0o600);
    try {
      for await (const chunk of member.content()) {
        hash.update(chunk);
        await target.writeFile(chunk);
      }
      await target.sync();
    } finally {
      await target.close();
    }
    this.sums.set(member.name, hash.digest("hex"));
  }
}
