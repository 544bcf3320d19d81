// One PostgreSQL cluster per test run, one database per test file, cloned from a migrated template (about 0.1 s).
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { after } from "node:test";
import { chmod } from "node:fs/promises";
import { type Database, openDatabase } from "../database.ts";
import { type EmbeddedPostgres, startVolatilePostgres } from "../postgres/embedded.ts";
import { migrate } from "../migrate.ts";
import { raw, sql } from "../sql.ts";

type Cluster = { admin: Database; server: EmbeddedPostgres; folder: string; count: number; users: number };
let cluster: Promise<Cluster> | null = null;

async function startCluster(): Promise<Cluster> {
  const folder = await mkdtemp(path.join(tmpdir(), "bihuan-test-"));
  await chmod(folder, 0o755);
  const server = await startVolatilePostgres({ folder });
  const template = openDatabase(server.url, { poolSize: 2 });
  try {
    await migrate(template);
  } catch (error) {
    await server.stop(); // or the run would never end
    throw error;
  } finally {
    await template.close();
  }
  const admin = openDatabase(server.url.replace(/\/bihuan$/, "/postgres"), { poolSize: 1 });
  return { admin, server, folder, count: 0, users: 0 };
}

/**
 * A migrated database (or an `empty` one) for the calling test file. Call it at the top level or in `before`; it is dropped, and the cluster
 * stopped with its last user, in `after`.
 */
export async function testDatabase(options: { poolSize?: number; empty?: boolean } = {}): Promise<Database> {
  cluster ??= startCluster();
  const shared = await cluster;
  shared.users++;
  const name = `test_${++shared.count}`;
  await shared.admin.run(sql`create database ${raw(name)} template ${raw(options.empty ? "template1" : "bihuan")}`);
  const db = openDatabase(shared.server.url.replace(/\/bihuan$/, `/${name}`), { poolSize: options.poolSize ?? 8 });
  after(async () => {
    await db.close();
    await shared.admin.run(sql`drop database ${raw(name)} with (force)`);
    if (--shared.users === 0) {
      cluster = null;
      await shared.admin.close();
      await shared.server.stop();
      await rm(shared.folder, { recursive: true, force: true });
    }
  });
  return db;
}
