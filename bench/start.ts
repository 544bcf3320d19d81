// From `node server/main.ts` to the first answer, on a fresh data folder and on a used one; beside a bare PostgreSQL doing
// what it must in that time: initdb and a start, or a start.
import { spawn } from "node:child_process";
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { binaries } from "@bihuan/server/platform/postgres/binaries.ts";
import { cluster } from "@bihuan/server/platform/postgres/cluster.ts";
import { address, firstConnection, freePort, start } from "@bihuan/server/platform/postgres/postmaster.ts";
import { type Bench, median, type Row } from "./row.ts";

const ROUNDS = 3;
const program = path.join(import.meta.dirname, "../server/main.ts");

async function inFreshFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(path.join(tmpdir(), "bihuan-start-"));
  await chmod(folder, 0o755); // as a data folder in an open place is
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Seconds until the server says it is ready; it is stopped again. */
async function serverStart(folder: string): Promise<number> {
  const port = await freePort(null);
  const startedAt = performance.now();
  const env = {
    PATH: process.env["PATH"],
    NODE_COMPILE_CACHE: process.env["NODE_COMPILE_CACHE"],
    BIHUAN_DATA: folder,
    PORT: String(port),
    BIHUAN_LOG_LEVEL: "warn",
  };
  const server = spawn(process.execPath, [program], { env, stdio: ["ignore", "ignore", "inherit"] });
  const ended = new Promise<void>((resolve) => server.once("exit", () => resolve()));
  for (;;) {
    const ready = await fetch(`http://127.0.0.1:${port}/readyz`).then(
      ({ ok }) => ok,
      () => false,
    );
    if (ready) break;
    if (server.exitCode !== null) throw new Error(`the server ended with ${server.exitCode}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  const seconds = (performance.now() - startedAt) / 1000;
  server.kill("SIGTERM");
  await ended;
  return seconds;
}

/** Seconds of a bare PostgreSQL on the folder, from nothing to its first connection. */
async function bareStart(folder: string): Promise<number> {
  const programs = await binaries();
  const startedAt = performance.now();
  const home = await cluster(folder, programs);
  const port = await freePort(null);
  const child = start(home, programs, { port, log: "pipe" });
  const client = await firstConnection(address(home, port, "postgres"), () => child.exitCode !== null);
  const seconds = (performance.now() - startedAt) / 1000;
  await client?.end();
  child.kill("SIGINT");
  await new Promise((resolve) => child.once("close", resolve));
  return seconds;
}

async function run(): Promise<readonly Row[]> {
  const rounds: { fresh: number; later: number; bareFresh: number; bareLater: number }[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const [fresh, later] = await inFreshFolder(async (folder) => [await serverStart(folder), await serverStart(folder)] as const);
    const [bareFresh, bareLater] = await inFreshFolder(
      async (folder) => [await bareStart(folder), await bareStart(folder)] as const,
    );
    rounds.push({ fresh, later, bareFresh, bareLater });
  }
  const row = (name: string, value: number, floor: number, target: number): Row => ({
    name,
    value,
    unit: "s",
    floor,
    ratio: value / floor,
    target,
    met: value <= target,
  });
  return [
    row(
      "first start on a fresh data folder, beside initdb and a bare start",
      median(rounds.map(({ fresh }) => fresh)),
      median(rounds.map(({ bareFresh }) => bareFresh)),
      5,
    ),
    row(
      "later start, beside a bare start",
      median(rounds.map(({ later }) => later)),
      median(rounds.map(({ bareLater }) => bareLater)),
      2,
    ),
  ];
}

export default {
  name: "start",
  summary: { zh: "首次启动与再次启动的时间", en: "First start on a fresh data folder, and later starts" },
  run,
} satisfies Bench;
