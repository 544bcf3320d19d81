import type pg from "pg";
import type { Database } from "../database.ts";
import type { Log } from "../log.ts";

const FIRST_WAIT_MS = 100;
const LONGEST_WAIT_MS = 10_000;
const PROBE_MS = 15_000; // a connection that died silently (a pulled cable) is noticed within two probes

export type Listener = { /** Whether notifications arrive at the moment. */ listening(): boolean; close(): Promise<void> };

/**
 * Listens on one channel for as long as the process lives, over a connection of its own. When the connection is lost it
 * connects again, waiting twice as long each time; `onGap` is called once listening works again, since what was sent
 * between is lost.
 */
export async function listen(
  db: Database,
  channel: string,
  on: { payload(text: string): void; gap(): void; log: Log; probeMs?: number },
): Promise<Listener> {
  let client: pg.Client | null = null;
  let closed = false;
  let waiting: { timer: NodeJS.Timeout; wake(): void } | null = null;
  let probe: NodeJS.Timeout | null = null;

  const connect = async () => {
    const fresh = await db.connect();
    let answered = true;
    const lost = () => {
      if (client !== fresh) return;
      client = null;
      if (probe) clearInterval(probe);
      void fresh.end().catch(() => undefined);
      if (!closed) void reconnect();
    };
    fresh.on("error", lost);
    fresh.on("end", lost);
    fresh.on("notification", (message) => on.payload(message.payload ?? ""));
    try {
      await fresh.query(`listen ${channel}`);
    } catch (error) {
      await fresh.end().catch(() => undefined);
      throw error;
    }
    if (closed) return fresh.end();
    client = fresh;
    probe = setInterval(() => {
      if (!answered) return lost();
      answered = false;
      fresh.query("select 1").then(
        () => (answered = true),
        () => undefined,
      );
    }, on.probeMs ?? PROBE_MS);
    probe.unref();
  };

  const reconnect = async () => {
    on.log.warn("live events: the database connection was lost, connecting again");
    for (let wait = FIRST_WAIT_MS; !closed; wait = Math.min(wait * 2, LONGEST_WAIT_MS)) {
      try {
        await connect();
        if (closed) return;
        on.log.info("live events: listening again");
        return on.gap();
      } catch {
        await new Promise<void>((wake) => {
          waiting = { timer: setTimeout(wake, wait), wake };
        });
      }
    }
  };

  await connect();
  return {
    listening: () => client !== null,
    async close() {
      closed = true;
      if (probe) clearInterval(probe);
      if (waiting) {
        clearTimeout(waiting.timer);
        waiting.wake();
      }
      const open = client;
      client = null;
      await open?.end().catch(() => undefined);
    },
  };
}
