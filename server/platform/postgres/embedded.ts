// The embedded PostgreSQL: the server's programs come from an npm package and run on a cluster below one data folder.
import { spawn } from "node:child_process";
import { open, rm, stat } from "node:fs/promises";
import path from "node:path";
import pg from "pg";
import { binaries } from "./binaries.ts";
import { type Cluster, cluster, clusterFolder } from "./cluster.ts";
import { LEAVING } from "./keeper.ts";
import { address, ensureDatabase, firstConnection, freePort, lastPort, running, start } from "./postmaster.ts";
import { systemTime } from "../time.ts";

export type EmbeddedPostgres = { readonly url: string; stop(): Promise<void> };

const HOLDER = "bihuan-holder"; // each process that uses the cluster has one such connection
const START_WITHIN_MS = 60_000; // recovery after a crash replays up to max_wal_size
const STOP_WITHIN_MS = 30_000;
const KEEPER_GONE_MS = 3000;

/**
 * Starts PostgreSQL on a data folder, making the cluster first where there is none, or joins the one that runs there. It
 * keeps running for as long as any process uses it, whoever started it, and is started again should it crash. It listens
 * on 127.0.0.1 only. Out: the URL of database `bihuan`, and a stop that waits for the shutdown where nobody else uses it.
 * Errors: no build for this platform; the server's last words where it does not start.
 */
export async function startEmbeddedPostgres(options: { folder: string }): Promise<EmbeddedPostgres> {
  const programs = await binaries();
  const home = await cluster(path.resolve(options.folder), programs);
  const { url, client } = await join(home, programs);
  let stopped = false;
  // One connection held open says "in use", also while the pool is empty. Where it is lost PostgreSQL crashed: its keeper
  // starts it again, and where the keeper is gone too, we do.
  const hold = async (held: pg.Client): Promise<pg.Client> => {
    held.once("end", () => {
      if (!stopped) holding = rejoin();
    });
    return held;
  };
  const rejoin = async (): Promise<pg.Client | null> => {
    while (!stopped) {
      const again = await join(home, programs).catch(() => null);
      if (again) return hold(again.client);
    }
    return null;
  };
  let holding: Promise<pg.Client | null> = hold(client);
  return {
    url,
    async stop() {
      stopped = true;
      const held = await holding;
      if (held) await leave(home, held);
    },
  };
}

// Connects to the cluster's server, starting a keeper where none is at work.
async function join(home: Cluster, programs: string): Promise<{ url: string; client: pg.Client }> {
  const deadlineMs = systemTime.nowMs() + START_WITHIN_MS;
  let keptSinceMs = 0;
  while (systemTime.nowMs() < deadlineMs) {
    const server = await running(home);
    if (server?.ready && server.port === (await lastPort(home))) {
      const url = address(home, server.port, "bihuan");
      const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5000, application_name: HOLDER });
      client.on("error", () => undefined);
      try {
        await client.connect();
        return { url, client };
      } catch {
        await client.end().catch(() => undefined); // starting, stopping, or the database is being made: look again
      }
    } else if (!server && systemTime.nowMs() - keptSinceMs > KEEPER_GONE_MS) {
      keptSinceMs = systemTime.nowMs();
      const words = [path.join(import.meta.dirname, "keeper.ts"), home.base, programs];
      spawn(process.execPath, words, { cwd: "/", detached: true, stdio: "ignore" }).unref();
    }
    await new Promise((resolve) => setTimeout(resolve, 15));
  }
  throw new Error(`PostgreSQL did not start on ${clusterFolder(home.base)}: ${await lastWords(home)}`);
}

async function leave(home: Cluster, holder: pg.Client): Promise<void> {
  const others = "select count(*)::int as others from pg_stat_activity where application_name = $1 and pid <> pg_backend_pid()";
  const last = await holder.query<{ others: number }>(others, [HOLDER]).then(
    ({ rows }) => rows[0]?.others === 0,
    () => true,
  );
  await holder.query(`notify ${LEAVING}`).catch(() => undefined);
  await holder.end().catch(() => undefined);
  const deadlineMs = systemTime.nowMs() + STOP_WITHIN_MS;
  while (last && systemTime.nowMs() < deadlineMs && (await running(home)))
    await new Promise((resolve) => setTimeout(resolve, 10));
}

async function lastWords(home: Cluster): Promise<string> {
  const file = path.join(home.base, "log");
  const size = await stat(file).then(
    ({ size: bytes }) => bytes,
    () => 0,
  );
  if (size === 0) return "no log";
  const log = await open(file);
  const { buffer, bytesRead } = await log.read(Buffer.alloc(2000), 0, 2000, Math.max(0, size - 2000));
  await log.close();
  return buffer.toString("utf8", 0, bytesRead);
}

/** A throw-away server for tests: no durability, and it ends with this process. `stop` removes the folder. */
export async function startVolatilePostgres(options: { folder: string }): Promise<EmbeddedPostgres> {
  const programs = await binaries();
  const home = await cluster(options.folder, programs, { durable: false });
  const port = await freePort(null);
  const child = start(home, programs, {
    port,
    log: "pipe",
    settings: { fsync: "off", synchronous_commit: "off", full_page_writes: "off", shared_buffers: "128MB" },
  });
  let words = "";
  for (const stream of [child.stdout, child.stderr])
    stream?.on("data", (chunk: Buffer) => (words = (words + chunk.toString()).slice(-4000)));
  const exited = new Promise<void>((resolve) => child.on("close", () => resolve()));
  const kill = () => void child.kill("SIGINT");
  process.once("exit", kill);
  const client = await firstConnection(address(home, port, "postgres"), () => child.exitCode !== null);
  if (!client) throw new Error(`PostgreSQL did not start: ${words}`);
  await ensureDatabase(client);
  await client.end();
  return {
    url: address(home, port, "bihuan"),
    async stop() {
      process.off("exit", kill);
      child.kill("SIGINT");
      await exited;
      await rm(options.folder, { recursive: true, force: true });
    },
  };
}
