// initdb and postgres refuse to run as root: there they run as the unprivileged uid `nobody`.
import { type SpawnOptions, spawn, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";

const NOBODY = 65534;

/** The uid PostgreSQL runs as where this process is root; null where it runs as we do. */
export const serverUid: number | null = process.getuid?.() === 0 ? NOBODY : null;

/** Where root keeps what that uid must reach, when the project or its data lie below a closed directory. */
export const SHARED_FOLDER = "/var/lib/bihuan";

const environment = () => ({ PATH: process.env["PATH"] ?? "/usr/bin:/bin", LC_ALL: "C.UTF-8", TZ: "UTC" });

/** Spawn options for a PostgreSQL program: its uid, a clean environment, the root folder (its own may be closed to it). */
export const asServer = (options: SpawnOptions = {}): SpawnOptions => ({
  cwd: "/",
  env: environment(),
  ...(serverUid === null ? {} : { uid: serverUid, gid: serverUid }),
  ...options,
});

const setpriv = ["/usr/bin/setpriv", "/bin/setpriv"].find((file) => existsSync(file));

/** Makes a command end (as by Ctrl-C: a fast, clean shutdown) with the process that starts it, where the system can do that. */
export const endingWithParent = (command: string, given: readonly string[]): [string, string[]] =>
  setpriv ? [setpriv, ["--pdeathsig", "INT", command, ...given]] : [command, [...given]];

/** Whether PostgreSQL's uid can do this. In: a command that succeeds where it can. */
export const serverCan = (command: string, given: readonly string[]): boolean =>
  spawnSync(command, given, { ...asServer(), stdio: "ignore" } as object).status === 0;

/** Runs a program of PostgreSQL to its end. Errors: its last words. */
export const runAsServer = (command: string, given: readonly string[]): Promise<void> =>
  new Promise((resolve, reject) => {
    const child = spawn(command, given, asServer({ stdio: ["ignore", "pipe", "pipe"] }));
    let output = "";
    for (const stream of [child.stdout, child.stderr]) stream?.on("data", (chunk: Buffer) => (output += chunk.toString()));
    child.on("error", reject);
    child.on("close", (code, signal) =>
      code === 0 ? resolve() : reject(new Error(`${command} failed (${code ?? signal}): ${output.slice(-2000)}`)),
    );
  });
