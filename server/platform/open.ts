import type { Config } from "./config.ts";
import { type Database, openDatabase } from "./database.ts";
import { startEmbeddedPostgres } from "./postgres/embedded.ts";
import { jobs } from "./jobs/enqueue.ts";
import { live } from "./live/publish.ts";
import type { Log } from "./log.ts";
import { migrate } from "./migrate.ts";
import type { Platform } from "./platform.ts";
import type { TimeSource } from "./time.ts";

/** Puts the outside world together around an open database. */
export const platformOn = (parts: { config: Config; db: Database; time: TimeSource; log: Log }): Platform => ({
  ...parts,
  live,
  jobs,
});

/**
 * Opens the configured database (DATABASE_URL, else the embedded one, started or joined), brings it to the newest schema
 * (unless it is wanted `asFound`) and makes the platform. The caller closes it, last.
 */
export async function openPlatform(
  config: Config,
  parts: { time: TimeSource; log: Log; poolSize?: number; asFound?: boolean },
): Promise<{ platform: Platform; migrated: string[]; close(): Promise<void> }> {
  const { log } = parts;
  const embedded = config.databaseUrl ? null : await startEmbeddedPostgres({ folder: config.dataFolder });
  const url = config.databaseUrl ?? embedded?.url ?? "";
  const db = openDatabase(url, {
    poolSize: parts.poolSize ?? config.poolSize,
    onError: (error) => log.warn({ err: error }, "an idle database connection was lost"),
  });
  const close = async () => {
    await db.close();
    await embedded?.stop();
  };
  try {
    const migrated = parts.asFound ? [] : await migrate(db);
    return { platform: platformOn({ config, db, time: parts.time, log }), migrated, close };
  } catch (error) {
    await close();
    throw error;
  }
}
