// PostgreSQL itself goes down under load, with everything it had not written yet, and comes back: what was acknowledged is
// there, what could not be done was refused as such, and the servers go on by themselves.
import assert from "node:assert/strict";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { test, type TestContext } from "node:test";
import { openDatabase } from "../platform/database.ts";
import { migrate } from "../platform/migrate.ts";
import { startEmbeddedPostgres } from "../platform/postgres/embedded.ts";
import { binaries } from "../platform/postgres/binaries.ts";
import { type Cluster, cluster } from "../platform/postgres/cluster.ts";
import { address, clearStalePid, ensureDatabase, firstConnection, freePort, start } from "../platform/postgres/postmaster.ts";
import { testPlatform } from "../platform/testing/server.ts";
import { until } from "../platform/testing/until.ts";
import { systemTime } from "../platform/time.ts";
import { assertKeptOnce } from "./testing/kept.ts";
import { demand, send } from "./testing/load.ts";
import { assertAuditClean, startServerProcess } from "./testing/process.ts";
import { openTab } from "./testing/stream.ts";
import { openOffice, workers } from "./testing/office.ts";

async function folderOf(context: TestContext): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), "bihuan-killed-database-"));
  await chmod(folder, 0o755);
  context.after(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** A durable PostgreSQL that is started and ended by hand. */
async function ownPostgres(folder: string) {
  const programs = await binaries();
  const home: Cluster = await cluster(folder, programs);
  const port = await freePort(null);
  let server: ChildProcess | null = null;
  const end = async (signal: "SIGKILL" | "SIGINT") => {
    if (!server) return;
    server.kill(signal);
    await once(server, "close"); // its pipe closes with the last of its processes
    server = null;
  };
  return {
    url: address(home, port, "bihuan"),
    end,
    async start() {
      await clearStalePid(home);
      const child = start(home, programs, { port, log: "pipe" });
      server = child;
      for (const stream of [child.stdout, child.stderr]) stream?.resume();
      const client = await firstConnection(address(home, port, "postgres"), () => child.exitCode !== null);
      assert.ok(client, "PostgreSQL did not start");
      await ensureDatabase(client);
      await client.end();
    },
  };
}

test("killed or stopped under load: 503 meanwhile, then everything as before, and nothing acknowledged is lost", async (context) => {
  const postgres = await ownPostgres(await folderOf(context));
  context.after(() => postgres.end("SIGINT"));
  await postgres.start();
  const db = openDatabase(postgres.url, { poolSize: 2 });
  context.after(() => db.close());
  await migrate(db);
  const office = await openOffice(testPlatform(db, systemTime));
  const server = await startServerProcess({ DATABASE_URL: postgres.url });
  context.after(() => server.kill());
  const asked = async (page: string) => (await fetch(server.address + page)).status;
  const tab = await openTab(server.address, office.agent.headers);
  context.after(tab.close);
  const heard = (type: string, id: string | null = null) =>
    tab.events.filter((event) => event.type === type && event.id === id).length;
  const agents = workers(context, office, () => server.address);
  for (const signal of ["SIGKILL", "SIGINT"] as const) {
    const resets = heard("reset");
    await agents.more(10);
    await postgres.end(signal);
    const refused = agents.told.refused.length;
    await until(() => agents.told.refused.length > refused + 10);
    assert.deepEqual([await asked("/healthz"), await asked("/readyz")], [200, 503]);
    await postgres.start();
    await agents.more(10);
    await until(() => heard("reset") > resets);
  }
  await agents.stop();
  assert.deepEqual([...new Set(agents.told.refused.map(({ status, code }) => `${status} ${code}`))], ["503 server.unavailable"]);
  assert.equal(await asked("/readyz"), 200);
  await assertKeptOnce(db, { address: server.address, agent: office.agent }, agents);
  const last = await send(server.address, office.agent, demand(office.units, "after all"));
  await until(() => heard("order.changed", last?.orderId) === 1);
  await assertAuditClean({ DATABASE_URL: postgres.url });
  assert.equal(await server.stop(), 0);
});

test("the embedded one is started again by itself, on the same port, and people hardly notice", async (context) => {
  const folder = await folderOf(context);
  const embedded = await startEmbeddedPostgres({ folder });
  const db = openDatabase(embedded.url, { poolSize: 2 });
  context.after(async () => {
    await db.close();
    await embedded.stop();
  });
  await migrate(db);
  const office = await openOffice(testPlatform(db, systemTime));
  const server = await startServerProcess({ BIHUAN_DATA: folder });
  context.after(() => server.kill());
  const agents = workers(context, office, () => server.address);
  await agents.more(10);
  const [pid] = (await readFile(path.join(folder, "postgres/cluster/postmaster.pid"), "utf8")).split("\n");
  process.kill(Number(pid), "SIGKILL");
  await agents.more(10);
  await agents.stop();
  assert.ok(agents.told.refused.every(({ status, code }) => status === 503 && code === "server.unavailable"));
  await assertKeptOnce(db, { address: server.address, agent: office.agent }, agents);
  await assertAuditClean({ BIHUAN_DATA: folder });
  assert.equal(await server.stop(), 0);
});
