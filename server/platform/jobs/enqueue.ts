// Side effects that follow a change: enqueued by SQL in the transaction that causes them, run at least once after it.
import type { Queryable } from "../database.ts";
import { instantOrNull, sql } from "../sql.ts";

export type JobRequest = {
  /** `slice.verb-noun`, the name its handler is registered under. */
  readonly name: string;
  /** Ids only: the handler reads the rest. */
  readonly payload: Readonly<Record<string, unknown>>;
  /** Not before this instant; at once where absent. */
  readonly runAtMs?: number;
  /** A later request with the same key replaces this one while it waits. */
  readonly key?: string;
  /** Jobs of one queue run one after another. */
  readonly queue?: string;
  readonly maxAttempts?: number;
};

export type Jobs = {
  /** Enqueues one job in the caller's transaction. */
  addJob(
    tx: Queryable,
    name: string,
    payload: JobRequest["payload"],
    options?: Omit<JobRequest, "name" | "payload">,
  ): Promise<void>;
  /** Enqueues many in one statement. */
  addJobs(tx: Queryable, requests: readonly JobRequest[]): Promise<void>;
};

export const jobs: Jobs = {
  addJob: (tx, name, payload, options = {}) => jobs.addJobs(tx, [{ name, payload, ...options }]),
  async addJobs(tx, requests) {
    if (requests.length === 0) return;
    const specs = requests.map((request) => ({
      identifier: request.name,
      payload: request.payload,
      queue_name: request.queue ?? null,
      run_at: instantOrNull(request.runAtMs),
      max_attempts: request.maxAttempts ?? null,
      job_key: request.key ?? null,
    }));
    await tx.run(sql`
      select 1 from graphile_worker.add_jobs((
        select array_agg(spec) from json_populate_recordset(null::graphile_worker.job_spec, ${JSON.stringify(specs)}::json) spec
      ))`);
  },
};
