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
  /** Not before so long from now, by the database's clock: for what repeats. An injected time that stands still would start it again at once. */
  readonly afterMs?: number;
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
      after_ms: request.afterMs ?? null,
      max_attempts: request.maxAttempts ?? null,
      job_key: request.key ?? null,
    }));
    await tx.run(sql`
      with requests as (
        select request, (request ->> 'after_ms')::double precision as after_ms from json_array_elements(${JSON.stringify(specs)}::json) request
      ), specs as (
        select json_populate_record(null::graphile_worker.job_spec, request) as spec, after_ms from requests
      )
      select 1 from graphile_worker.add_jobs((
        select array_agg(row(
          (spec).identifier, (spec).payload, (spec).queue_name,
          coalesce((spec).run_at, now() + after_ms * interval '1 millisecond'),
          (spec).max_attempts, (spec).job_key, (spec).priority, (spec).flags)::graphile_worker.job_spec)
        from specs))`);
  },
};
