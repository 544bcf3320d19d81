import type { Config } from "./config.ts";
import type { Database } from "./database.ts";
import type { Jobs } from "./jobs/enqueue.ts";
import type { Live } from "./live/publish.ts";
import type { Log } from "./log.ts";
import type { TimeSource } from "./time.ts";

/** What every slice of the server receives: the outside world, made once in the composition root. */
export type Platform = {
  readonly config: Config;
  readonly db: Database;
  readonly time: TimeSource;
  readonly log: Log;
  /** Tells the browsers what changed, from inside the transaction that changes it. */
  readonly live: Live;
  /** Enqueues side effects inside the transaction that causes them. */
  readonly jobs: Jobs;
};
