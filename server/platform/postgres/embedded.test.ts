import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { test } from "node:test";
import pg from "pg";
import { alive } from "./cluster.ts";
import { startEmbeddedPostgres } from "./embedded.ts";
import { sql } from "../sql.ts";
import { testDatabase } from "../testing/database.ts";
import { until } from "../testing/until.ts";

const ask = async (url: string, statement: string): Promise<unknown> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query<{ answer: unknown }>(statement);
  await client.end();
  return rows[0]?.answer;
};

async function folderIn(parent: string, closed = false): Promise<string> {
  const folder = await mkdtemp(path.join(parent, "bihuan-embedded-"));
  await chmod(folder, closed ? 0o700 : 0o755);
  return folder;
}

const pidOf = async (folder: string): Promise<number> =>
  Number((await readFile(path.join(folder, "postgres/cluster/postmaster.pid"), "utf8")).split("\n")[0]);

test("the embedded PostgreSQL sorts Chinese by pinyin and finds Chinese by trigram", async () => {
  const db = await testDatabase();
  const rows = await db.rows<{ name: string }>(sql`select name from unnest(array['张','李','王','阿']) name order by name`);
  assert.deepEqual(
    rows.map((row) => row.name),
    ["阿", "李", "王", "张"],
  );
  const { found } = await db.one<{ found: boolean }>(sql`select show_trgm('供电所') <> '{}' as found`);
  assert.ok(found);
});

test("two that start on a fresh folder share one server, which stops with the last of them", async () => {
  const folder = await folderIn(tmpdir());
  // What a killed initdb leaves behind is not taken for a cluster, and is cleared away.
  await mkdir(path.join(folder, "postgres.making-4194304-dead/cluster"), { recursive: true });
  const [first, second] = await Promise.all([startEmbeddedPostgres({ folder }), startEmbeddedPostgres({ folder })]);
  assert.equal(first.url, second.url);
  await first.stop();
  assert.equal(await ask(second.url, "select 7 as answer"), 7);
  const pid = await pidOf(folder);
  await second.stop();
  await until(() => !alive(pid)); // its pid file goes a moment before the process does
  assert.deepEqual(await readdir(folder), ["postgres"]);

  // A pid file left behind whose number now belongs to another program does not keep it from starting.
  await writeFile(path.join(folder, "postgres/cluster/postmaster.pid"), `${process.pid}\n/nowhere\n0\n5432\n\n\n\nready   \n`);
  const third = await startEmbeddedPostgres({ folder });
  assert.equal(third.url, first.url);
  await third.stop();
  await rm(folder, { recursive: true });
});

test("a server that is killed is started again on the same port, with what was committed", async () => {
  const folder = await folderIn(tmpdir());
  const server = await startEmbeddedPostgres({ folder });
  await ask(server.url, "create table kept as select 42 as answer");
  const pid = await pidOf(folder);
  process.kill(pid, "SIGKILL");
  await until(async () => (await ask(server.url, "select answer from kept").catch(() => null)) === 42);
  assert.notEqual(await pidOf(folder), pid);
  await server.stop();
  await rm(folder, { recursive: true });
});

test("it comes back on its port also where what is left of it lingers and keeps the first attempts from starting", async () => {
  const folder = await folderIn(tmpdir());
  const server = await startEmbeddedPostgres({ folder });
  const client = new pg.Client({ connectionString: server.url });
  client.on("error", () => undefined);
  await client.connect();
  const { rows } = await client.query<{ pid: number }>("select pg_backend_pid() as pid");
  const lingering = rows[0]?.pid as number;
  process.kill(lingering, "SIGSTOP"); // as one that waits for a slow disk: it does not see that its parent is gone
  process.kill(await pidOf(folder), "SIGKILL");
  const log = () => readFile(path.join(folder, "postgres/log"), "utf8");
  await until(async () => (await log()).split("is still in use").length > 2);
  process.kill(lingering, "SIGCONT");
  await until(async () => (await ask(server.url, "select 1 as answer").catch(() => null)) === 1, 30_000);
  await client.end().catch(() => undefined);
  await server.stop();
  await rm(folder, { recursive: true });
});

test("a user that is killed takes the server down with it, and leaves what was committed", async () => {
  const folder = await folderIn(tmpdir());
  const module = path.join(import.meta.dirname, "embedded.ts");
  const script = `import(${JSON.stringify(module)}).then(async (m) => console.log((await m.startEmbeddedPostgres({ folder: process.argv[1] })).url))`;
  const user = spawn(process.execPath, ["-e", script, folder], { stdio: ["ignore", "pipe", "inherit"] });
  const url = await new Promise<string>((resolve) =>
    user.stdout.once("data", (chunk: Buffer) => resolve(chunk.toString().trim())),
  );
  await ask(url, "create table kept as select 42 as answer");
  user.kill("SIGKILL");
  await until(() => !existsSync(path.join(folder, "postgres/cluster/postmaster.pid")));
  const server = await startEmbeddedPostgres({ folder });
  assert.equal(await ask(server.url, "select answer from kept"), 42);
  await server.stop();
  await rm(folder, { recursive: true });
});

test("below a closed directory the cluster lives where PostgreSQL's user can reach it", {
  skip: process.getuid?.() !== 0 && "only root runs it as another user",
}, async () => {
  const closed = await folderIn(tmpdir(), true);
  const folder = path.join(closed, "data");
  const first = await startEmbeddedPostgres({ folder });
  await ask(first.url, "create table kept as select 42 as answer");
  await first.stop();
  const again = await startEmbeddedPostgres({ folder });
  assert.equal(await ask(again.url, "select answer from kept"), 42);
  await again.stop();
  const elsewhere = (await readFile(path.join(folder, "postgres.location"), "utf8")).trim();
  await rm(elsewhere, { recursive: true });
  await rm(closed, { recursive: true });
});
