// The product as it is run: processes of its own, which can be killed.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { endingWithParent } from "../../platform/postgres/user.ts";

export type ServerProcess = {
  readonly address: string;
  readonly pid: number;
  /** Everything it wrote to standard output: the first accounts, its address. */
  readonly told: string;
  /** As by `kill -9`: no farewell of any kind. Resolves when it is gone. */
  kill(): Promise<void>;
  /** Asks it to stop. Out: its exit code. */
  stop(): Promise<number | null>;
};

const server = path.join(import.meta.dirname, "../../main.ts");
const commandLine = path.join(import.meta.dirname, "../../cli/main.ts");

// Only what is said here: nothing of the environment the tests run in but where programs and compiled sources are.
const environment = (given: Readonly<Record<string, string>>) => ({
  PATH: process.env["PATH"] ?? "",
  ...(process.env["NODE_COMPILE_CACHE"] ? { NODE_COMPILE_CACHE: process.env["NODE_COMPILE_CACHE"] } : {}),
  BIHUAN_LOG_LEVEL: "error",
  ...given,
});

/**
 * Starts a server process on any free port and waits until it tells its address. It ends with this process at the latest.
 * In: its environment. Errors: what it wrote to standard error where it ended instead.
 */
export async function startServerProcess(given: Readonly<Record<string, string>>): Promise<ServerProcess> {
  const [command, words] = endingWithParent(process.execPath, [server]);
  const env = environment({ PORT: "0", BIHUAN_POOL_SIZE: "5", BIHUAN_JOB_CONCURRENCY: "2", ...given });
  const child = spawn(command, words, { env, stdio: ["ignore", "pipe", "pipe"] });
  const gone = once(child, "exit") as Promise<[number | null, NodeJS.Signals | null]>;
  let told = "";
  let complaints = "";
  child.stderr.on("data", (chunk: Buffer) => (complaints = (complaints + chunk.toString()).slice(-4000)));
  const address = await new Promise<string>((resolve, reject) => {
    child.stdout.on("data", (chunk: Buffer) => {
      told += chunk.toString();
      const found = /^闭环 Bihuan {2}(http\S+)$/m.exec(told)?.[1];
      if (found) resolve(found);
    });
    child.once("error", reject);
    void gone.then(([code, signal]) => reject(new Error(`the server ended (${code ?? signal}): ${told}${complaints}`)));
  });
  return {
    address,
    pid: child.pid ?? 0,
    get told() {
      return told;
    },
    async kill() {
      child.kill("SIGKILL");
      await gone;
    },
    async stop() {
      child.kill("SIGTERM");
      return (await gone)[0];
    },
  };
}

/** Runs one command of the command line to its end. Out: its exit code, and what it wrote. */
export async function runBihuan(
  given: Readonly<Record<string, string>>,
  ...words: string[]
): Promise<{ code: number | null; stdout: string; stderr: string }> {
  const child = spawn(process.execPath, [commandLine, ...words], { env: environment(given), stdio: ["ignore", "pipe", "pipe"] });
  let stdout = "";
  let stderr = "";
  child.stdout.on("data", (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
  const [code] = (await once(child, "close")) as [number | null];
  return { code, stdout, stderr };
}

/** Asks `bihuan audit` for the database of an environment. */
export async function assertAuditClean(given: Readonly<Record<string, string>>): Promise<void> {
  const { code, stdout, stderr } = await runBihuan(given, "audit", "--lang", "en");
  assert.deepEqual([code, stderr], [0, ""], stdout);
}
