// A cluster on disk. It appears under its name only when it is complete: a killed initdb leaves nothing that looks like one.
import { existsSync } from "node:fs";
import { chown, link, mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { openFolder } from "./binaries.ts";
import { runAsServer, SHARED_FOLDER, serverCan, serverUid } from "./user.ts";

/**
 * `base` holds `cluster/` (PostgreSQL's own), `secret` (its password), `log`, and `port` (the one it had last). It is
 * `postgres/` in the data folder, or where the file `postgres.location` there points to.
 */
export type Cluster = { readonly base: string; readonly secret: string };

export const clusterFolder = (base: string) => path.join(base, "cluster");

/**
 * Finds the data folder's cluster, making it first where there is none; safe when several processes do so together. Where
 * PostgreSQL's uid cannot enter the data folder (a closed home directory), the cluster is made below /var/lib/bihuan and
 * the data folder points to it. Not `durable`: for a cluster that is thrown away.
 */
export async function cluster(dataFolder: string, binaries: string, { durable = true } = {}): Promise<Cluster> {
  await mkdir(dataFolder, { recursive: true });
  const found = (await located(dataFolder)) ?? (await make(dataFolder, binaries, durable));
  return { base: found, secret: (await readFile(path.join(found, "secret"), "utf8")).trim() };
}

const pointer = (dataFolder: string) => path.join(dataFolder, "postgres.location");

async function located(dataFolder: string): Promise<string | null> {
  const own = path.join(dataFolder, "postgres");
  if (existsSync(own)) return own;
  const elsewhere = await readFile(pointer(dataFolder), "utf8").catch(() => null);
  if (elsewhere === null) return null;
  const base = elsewhere.trim();
  if (!existsSync(clusterFolder(base))) throw new Error(`${pointer(dataFolder)} points to ${base}, where no database is`);
  return base;
}

async function make(dataFolder: string, binaries: string, durable: boolean): Promise<string> {
  const mark = `making-${process.pid}-${crypto.randomUUID().slice(0, 8)}`;
  const here = path.join(dataFolder, `postgres.${mark}`);
  await openFolder(here);
  if (serverUid === null || serverCan("test", ["-x", here])) {
    await initialise(here, binaries, durable);
    await rename(here, path.join(dataFolder, "postgres")).catch(() => rm(here, { recursive: true, force: true })); // another process was faster
  } else {
    await rm(here, { recursive: true, force: true });
    const there = path.join(SHARED_FOLDER, "clusters", crypto.randomUUID());
    await openFolder(SHARED_FOLDER);
    await openFolder(path.dirname(there));
    await openFolder(there);
    if (!serverCan("test", ["-x", there]))
      throw new Error(
        `uid ${serverUid}, which PostgreSQL runs as, can enter neither ${dataFolder} nor ${SHARED_FOLDER}: set BIHUAN_DATA to an open folder, or DATABASE_URL`,
      );
    await initialise(there, binaries, durable);
    await writeFile(`${pointer(dataFolder)}.${mark}`, `${there}\n`);
    await link(`${pointer(dataFolder)}.${mark}`, pointer(dataFolder)).catch(() => rm(there, { recursive: true, force: true }));
    await rm(`${pointer(dataFolder)}.${mark}`, { force: true });
  }
  await removeLeftovers(dataFolder);
  const made = await located(dataFolder);
  if (!made) throw new Error(`no database could be made in ${dataFolder}`);
  return made;
}

async function initialise(base: string, binaries: string, durable: boolean) {
  const folder = clusterFolder(base);
  const secretFile = path.join(base, "secret");
  await mkdir(folder, { mode: 0o700 });
  await writeFile(secretFile, `${crypto.randomUUID()}\n`, { mode: 0o600 });
  if (serverUid !== null) for (const mine of [folder, secretFile]) await chown(mine, serverUid, serverUid);
  const settings = ["--username=bihuan", "--auth=scram-sha-256", `--pwfile=${secretFile}`, "--encoding=UTF8"];
  const locale = ["--locale=C.UTF-8", "--locale-provider=icu", "--icu-locale=zh"]; // pinyin order; trigrams of Chinese need a UTF-8 ctype
  await runAsServer(path.join(binaries, "bin/initdb"), ["-D", folder, ...settings, ...locale, ...(durable ? [] : ["--no-sync"])]);
  if (serverUid !== null) await chown(secretFile, 0, 0);
}

// Half-made clusters of processes that were killed; those of processes still alive are left to them.
async function removeLeftovers(dataFolder: string) {
  for (const name of await readdir(dataFolder)) {
    const pid = /^postgres\.making-(\d+)-/.exec(name)?.[1];
    if (pid && Number(pid) !== process.pid && !alive(Number(pid)))
      await rm(path.join(dataFolder, name), { recursive: true, force: true });
  }
}

export function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
