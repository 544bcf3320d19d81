// One PostgreSQL server process on a cluster.
import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { readFile, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { totalmem } from "node:os";
import path from "node:path";
import pg from "pg";
import { alive, type Cluster, clusterFolder } from "./cluster.ts";
import { asServer, endingWithParent } from "./user.ts";

export const address = (cluster: Cluster, port: number, database: string) =>
  `postgres://bihuan:${cluster.secret}@127.0.0.1:${port}/${database}`;

/** What postmaster.pid says: the process, its port, and whether it takes connections. Null where none runs. */
export async function running(cluster: Cluster): Promise<{ pid: number; port: number; ready: boolean } | null> {
  const file = path.join(clusterFolder(cluster.base), "postmaster.pid");
  const lines = (await readFile(file, "utf8").catch(() => "")).split("\n");
  const pid = Number(lines[0]);
  const port = Number(lines[3]);
  if (!pid || !port || !(await isPostgres(pid))) return null;
  return { pid, port, ready: lines[7]?.trim() === "ready" };
}

/** The port the keeper last made ready: the database exists there. */
export const lastPort = async (cluster: Cluster): Promise<number | null> =>
  Number(await readFile(path.join(cluster.base, "port"), "utf8").catch(() => "")) || null;

// After a restart of the machine, or in a container, the number in the file may belong to any other program by now.
async function isPostgres(pid: number): Promise<boolean> {
  if (!alive(pid)) return false;
  if (!existsSync("/proc/self/comm")) return true;
  return (await readFile(`/proc/${pid}/comm`, "utf8").catch(() => "")).trim() === "postgres";
}

/** PostgreSQL refuses to start while the number in a left-over postmaster.pid is in use, even by another program. */
export async function clearStalePid(cluster: Cluster): Promise<void> {
  const file = path.join(clusterFolder(cluster.base), "postmaster.pid");
  if (existsSync(file) && !(await running(cluster))) await rm(file, { force: true });
}

const MEBIBYTE = 1024 * 1024;
const sharedBuffers = () => `${Math.round(Math.min(1024, Math.max(64, totalmem() / MEBIBYTE / 8)))}MB`;

/** Starts the server on a port of 127.0.0.1, writing to `log` (a file descriptor, or a pipe). It ends with this process. */
export function start(
  cluster: Cluster,
  binaries: string,
  options: { port: number; log: number | "pipe"; settings?: Readonly<Record<string, string>> },
): ChildProcess {
  const settings: Record<string, string> = {
    listen_addresses: "127.0.0.1",
    port: String(options.port),
    unix_socket_directories: "",
    max_connections: "200",
    shared_buffers: sharedBuffers(),
    max_wal_size: "4GB",
    checkpoint_timeout: "15min",
    random_page_cost: "1.1",
    timezone: "UTC",
    // What people typed stays out of the log: no statements, no values of rows.
    log_min_messages: "warning",
    log_min_error_statement: "panic",
    log_error_verbosity: "terse",
    log_checkpoints: "off",
    ...options.settings,
  };
  const given = [
    "-D",
    clusterFolder(cluster.base),
    ...Object.entries(settings).flatMap(([key, value]) => ["-c", `${key}=${value}`]),
  ];
  const [command, words] = endingWithParent(path.join(binaries, "bin/postgres"), given);
  return spawn(command, words, asServer({ stdio: ["ignore", options.log, options.log] }));
}

/** A free port of 127.0.0.1: the preferred one where it is free. */
export async function freePort(preferred: number | null): Promise<number> {
  const take = (port: number) =>
    new Promise<number | null>((resolve) => {
      const probe = createServer();
      probe.once("error", () => resolve(null));
      probe.listen(port, "127.0.0.1", () => {
        const taken = probe.address() as { port: number };
        probe.close(() => resolve(taken.port));
      });
    });
  const port = (preferred && (await take(preferred))) || (await take(0));
  if (!port) throw new Error("no free port on 127.0.0.1");
  return port;
}

/** Connects as soon as the server answers. Null once `givenUp`. */
export async function firstConnection(url: string, givenUp: () => boolean): Promise<pg.Client | null> {
  for (let tries = 0; !givenUp(); tries++) {
    const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5000, application_name: "bihuan" });
    client.on("error", () => undefined);
    try {
      await client.connect();
      return client;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, tries < 100 ? 10 : 100));
    }
  }
  return null;
}

/** Makes the product's database where it is missing. */
export async function ensureDatabase(client: pg.Client): Promise<void> {
  const { rowCount } = await client.query("select 1 from pg_database where datname = 'bihuan'");
  if (!rowCount) await client.query("create database bihuan");
}
