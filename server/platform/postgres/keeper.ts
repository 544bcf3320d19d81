// A process of its own that keeps PostgreSQL running for as long as any process uses it: whoever started it may leave
// first. Its arguments: the cluster's folder, the programs' folder.
import type { ChildProcess } from "node:child_process";
import { existsSync, openSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import type pg from "pg";
import { systemTime } from "../time.ts";
import { type Cluster, clusterFolder } from "./cluster.ts";
import { address, clearStalePid, ensureDatabase, firstConnection, freePort, lastPort, running, start } from "./postmaster.ts";

/** A user that closes notifies this channel, so that the last one need not wait for PostgreSQL to stop. */
export const LEAVING = "bihuan_leaving";
const LOOK_MS = 500;
const UNUSED_MS = 2000; // a user that was killed says nothing: this long after its connections vanished, PostgreSQL stops
const NEVER_USED_MS = 5000;
const LASTING_MS = 60_000;
const MOST_CRASHES = 5; // in a row, each within LASTING_MS

/** Runs until nobody uses the cluster any more (0), another keeper has it (0), or it will not stay up (1). */
export async function keep(cluster: Cluster, binaries: string): Promise<number> {
  const log = openSync(path.join(cluster.base, "log"), "a");
  const portFile = path.join(cluster.base, "port");
  let server: ChildProcess | null = null;
  let told = false;
  process.on("SIGINT", () => undefined); // Ctrl-C is meant for the programs that use it
  process.on("SIGTERM", () => {
    told = true;
    server?.kill("SIGINT");
  });
  // The port it had before, if possible: after a crash its users connect there again. The file stays whatever happens, since an
  // attempt may fail while what is left of the server before lingers, and the next keeper asks for the port too.
  const port = await freePort(await lastPort(cluster));
  for (let crashes = 0; crashes < MOST_CRASHES; ) {
    await clearStalePid(cluster);
    if (told || !existsSync(clusterFolder(cluster.base)) || (await running(cluster))) return 0;
    const startedAtMs = systemTime.nowMs();
    const child = start(cluster, binaries, { port, log });
    server = child;
    const exited = new Promise<"exited">((resolve) => child.on("close", () => resolve("exited")));
    const ended = () => child.exitCode !== null || child.signalCode !== null;
    const setUp = await firstConnection(address(cluster, port, "postgres"), ended);
    if (setUp) await ensureDatabase(setUp);
    await setUp?.end();
    const client = await firstConnection(address(cluster, port, "bihuan"), ended);
    if (client) {
      await client.query(`listen ${LEAVING}`);
      await writeFile(portFile, String(port)); // from here on it may be joined
      const outcome = await Promise.race([exited, unused(client)]);
      await client.end().catch(() => undefined);
      if (outcome === "unused") {
        child.kill("SIGINT"); // PostgreSQL's fast shutdown
        await exited;
        return 0;
      }
    }
    await exited;
    crashes = systemTime.nowMs() - startedAtMs > LASTING_MS ? 1 : crashes + 1;
    await new Promise((resolve) => setTimeout(resolve, 50 * 2 ** crashes));
  }
  return 1;
}

// Resolves when no other connection is left, never where the server goes down first.
function unused(client: pg.Client): Promise<"unused"> {
  return new Promise((resolve) => {
    let lastUsedAtMs = systemTime.nowMs() + NEVER_USED_MS - UNUSED_MS;
    let leftAtMs = 0;
    let timer: NodeJS.Timeout;
    const look = async () => {
      clearTimeout(timer);
      const { rows } = await client.query<{ users: number }>(
        "select count(*)::int as users from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid()",
      );
      const nowMs = systemTime.nowMs();
      const leaving = nowMs - leftAtMs < UNUSED_MS;
      if (rows[0]?.users) lastUsedAtMs = nowMs;
      else if (leaving || nowMs - lastUsedAtMs >= UNUSED_MS) return resolve("unused");
      timer = setTimeout(watch, leaving ? 20 : LOOK_MS);
    };
    const watch = () => void look().catch(() => undefined);
    client.on("notification", () => {
      leftAtMs = systemTime.nowMs();
      watch();
    });
    watch();
  });
}

if (import.meta.main) {
  const [base, binaries] = process.argv.slice(2);
  if (!base || !binaries) throw new Error("usage: keeper.ts CLUSTER PROGRAMS");
  const secret = (await readFile(path.join(base, "secret"), "utf8")).trim();
  process.exitCode = await keep({ base, secret }, binaries);
}
