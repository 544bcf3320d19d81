// A server of its own for a benchmark: a fresh data folder, one county, an agent with an API key, and a client that costs little.
import { spawn } from "node:child_process";
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { connect, type Socket } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { loadConfig } from "@bihuan/server/platform/config.ts";
import { createLog } from "@bihuan/server/platform/log.ts";
import { openPlatform } from "@bihuan/server/platform/open.ts";
import type { Platform } from "@bihuan/server/platform/platform.ts";
import { systemTime } from "@bihuan/server/platform/time.ts";
import { testUnits, withApiKey } from "@bihuan/server/identity/testing/people.ts";
import { prepare } from "@bihuan/server/prepare.ts";

const home = path.join(import.meta.dirname, "..");

/** Opens a platform on a fresh data folder that is removed afterwards. The database is durable, as in service. */
export async function onFreshPlatform<T>(work: (platform: Platform, folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(path.join(tmpdir(), "bihuan-bench-"));
  await chmod(folder, 0o755);
  const environment = { BIHUAN_DATA: folder, BIHUAN_LOG_LEVEL: "silent" };
  const { platform, close } = await openPlatform(loadConfig(environment, home), { time: systemTime, log: createLog("silent") });
  try {
    return await work(platform, folder);
  } finally {
    await close();
    await rm(folder, { recursive: true, force: true });
  }
}

/** One county and an agent with a key who may take in and dispatch there. */
export async function furnishCounty(platform: Platform) {
  const units = await testUnits(platform);
  await prepare(platform);
  const agent = await withApiKey(platform, [
    ["AGENT", units["A1"] as number],
    ["DISPATCHER", units["A1"] as number],
  ]);
  return { units, agent };
}

/** Starts the server's process on a data folder. Out: its port and how to stop it. */
export async function startServerProcess(
  folder: string,
  environment: Record<string, string> = {},
): Promise<{ port: number; pid: number; stop(): Promise<void> }> {
  const child = spawn(process.execPath, [path.join(home, "server/main.ts")], {
    env: { PATH: process.env["PATH"], BIHUAN_DATA: folder, PORT: "0", BIHUAN_LOG_LEVEL: "warn", ...environment },
    stdio: ["ignore", "pipe", "inherit"],
  });
  // A benchmark that fails leaves no server behind.
  const kill = () => void child.kill("SIGKILL");
  process.once("exit", kill);
  child.once("exit", () => process.off("exit", kill));
  const port = await new Promise<number>((resolve, reject) => {
    let text = "";
    child.stdout.on("data", (chunk: Buffer) => {
      text += chunk.toString();
      const found = /:(\d+)\s/.exec(/http:\/\/\S+\s/.exec(text)?.[0] ?? "");
      if (found) resolve(Number(found[1]));
    });
    child.once("exit", (code) => reject(new Error(`the server ended with ${code}`)));
  });
  return {
    port,
    pid: child.pid as number,
    stop: () =>
      new Promise((resolve) => {
        child.once("exit", () => resolve());
        child.kill("SIGTERM");
      }),
  };
}

export type Answer = { readonly status: number; readonly body: string };
export type Connection = {
  send(method: string, url: string, headers: Readonly<Record<string, string>>, body: string): Promise<Answer>;
  close(): void;
};

/** One keep-alive connection, one request at a time. Understands answers with a content-length, which ours have. */
export async function openConnection(port: number): Promise<Connection> {
  const socket: Socket = connect(port, "127.0.0.1");
  socket.setNoDelay(true);
  await new Promise<void>((resolve, reject) => {
    socket.once("connect", resolve);
    socket.once("error", reject);
  });
  let received = Buffer.alloc(0);
  let waiting: { resolve(answer: Answer): void; reject(error: Error): void } | null = null;
  socket.on("data", (chunk) => {
    received = received.length === 0 ? chunk : Buffer.concat([received, chunk]);
    const end = received.indexOf("\r\n\r\n");
    if (end < 0 || !waiting) return;
    const head = received.subarray(0, end).toString("latin1");
    const length = Number(/content-length: (\d+)/i.exec(head)?.[1] ?? 0);
    if (received.length < end + 4 + length) return;
    const answer = { status: Number(head.slice(9, 12)), body: received.subarray(end + 4, end + 4 + length).toString() };
    received = received.subarray(end + 4 + length);
    const { resolve } = waiting;
    waiting = null;
    resolve(answer);
  });
  socket.on("error", (error) => waiting?.reject(error));
  socket.on("close", () => waiting?.reject(new Error("the connection was closed")));
  return {
    send: (method, url, headers, body) =>
      new Promise((resolve, reject) => {
        waiting = { resolve, reject };
        const lines = Object.entries(headers)
          .map(([name, value]) => `${name}: ${value}\r\n`)
          .join("");
        socket.write(
          `${method} ${url} HTTP/1.1\r\nhost: 127.0.0.1\r\n${lines}content-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
        );
      }),
    close: () => socket.destroy(),
  };
}

/** Percentile by nearest rank. */
export const percentile = (values: readonly number[], share: number): number => {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
};
