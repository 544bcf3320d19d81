import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import type { Database } from "./database.ts";
import { raw, sql } from "./sql.ts";

const folder = path.join(import.meta.dirname, "../migrations");
const LOCK = 7236_0001; // advisory lock: one process migrates, the others wait and then find nothing to do
const JOBS = "graphile-worker@0.18.0"; // the job queue's schema comes from its own migrations, before ours
const OLDEST_SERVER = 150000;

export type Migration = { name: string; text: string };

/** The migrations in order. Errors: two with one number, or a name that is not `NNNN_name.sql`. */
export async function migrations(): Promise<Migration[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith(".sql")).sort();
  const numbers = new Set<string>();
  for (const name of names) {
    const number = /^(\d{4})_[a-z0-9_]+\.sql$/.exec(name)?.[1];
    if (!number) throw new Error(`migration ${name}: expected NNNN_name.sql`);
    if (numbers.has(number)) throw new Error(`migration ${name}: number ${number} is used twice`);
    numbers.add(number);
  }
  return Promise.all(names.map(async (name) => ({ name, text: await readFile(path.join(folder, name), "utf8") })));
}

/**
 * Brings the database to the newest schema. Safe when several processes start together. Out: the names it applied.
 * Errors: a PostgreSQL older than 15; a database already migrated by a newer version of the product.
 */
export async function migrate(db: Database): Promise<string[]> {
  const known = await migrations();
  const client = await db.connect();
  try {
    const { rows: version } = await client.query<{ server_version_num: string }>("show server_version_num");
    if (Number(version[0]?.server_version_num) < OLDEST_SERVER) throw new Error("Bihuan needs PostgreSQL 15 or newer");
    await client.query("select pg_advisory_lock($1)", [LOCK]);
    await client.query(
      "create table if not exists schema_migration (name text primary key, applied_at timestamptz not null default now())",
    );
    const { rows } = await client.query<{ name: string }>("select name from schema_migration");
    const applied = new Set(rows.map((row) => row.name));
    const newer = [...applied].filter((name) => name.endsWith(".sql") && !known.some((migration) => migration.name === name));
    if (newer.length > 0)
      throw new Error(`the database was migrated by a newer version of Bihuan (${newer.join(", ")}): start that version`);
    const done: string[] = [];
    if (!applied.has(JOBS)) {
      const { Logger, runMigrations } = await import("graphile-worker");
      await runMigrations({ connectionString: db.url, logger: new Logger(() => () => undefined) });
      await client.query("insert into schema_migration (name) values ($1)", [JOBS]);
      done.push(JOBS);
    }
    for (const migration of known) {
      if (applied.has(migration.name)) continue;
      await db.transaction(async (tx) => {
        await tx.run(sql`${raw(migration.text)}`);
        await tx.run(sql`insert into schema_migration (name) values (${migration.name})`);
      });
      done.push(migration.name);
    }
    return done;
  } finally {
    await client.end();
  }
}
