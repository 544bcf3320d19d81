import { EventEmitter } from "node:events";
import { Logger, type Runner, run, type Task, type WorkerEvents } from "graphile-worker";
import { type Database, openPool } from "../database.ts";
import type { Log } from "../log.ts";
import { sql } from "../sql.ts";

/** Does one job. It may be run again after a crash, so it must do no harm twice; a rejection is tried again later. */
export type JobHandler = (payload: unknown, job: { readonly id: string; readonly attempt: number }) => Promise<void>;
export type JobHandlers = Readonly<Record<string, JobHandler>>;

export type JobRunner = { done(): number; failed(): number; stop(): Promise<void> };

const RESTART_WAIT_MS = 1000;
const ORPHAN_CHECK_MS = 30_000;

/**
 * Runs jobs in this process until stopped; stopping waits for those that run and gives back those fetched ahead. When the
 * database goes away it starts again once it is back. Jobs held by a process that died are freed within a minute by any
 * other process (by itself, graphile-worker waits four hours).
 */
export async function startJobRunner(parts: {
  db: Database;
  handlers: JobHandlers;
  concurrency: number;
  log: Log;
  orphanCheckMs?: number;
}): Promise<JobRunner> {
  const { db, handlers, concurrency, log } = parts;
  if (concurrency === 0 || Object.keys(handlers).length === 0)
    return { done: () => 0, failed: () => 0, stop: async () => undefined };
  const count = { done: 0, failed: 0 };
  const events = new EventEmitter() as WorkerEvents;
  events.on("job:success", () => count.done++);
  events.on("job:error", ({ job, error }) => {
    count.failed++;
    log.warn({ err: error, jobId: job.id, task: job.task_identifier, attempt: job.attempts }, "a job failed");
  });

  let stopping = false;
  let wake = () => undefined as void;
  let current: Pool | null = await startPool(db, handlers, concurrency, log, events);
  const ended = (async () => {
    while (!stopping) {
      await current?.ended;
      current = null;
      if (stopping) return;
      await new Promise<void>((resolve) => {
        wake = resolve;
        setTimeout(resolve, RESTART_WAIT_MS);
      });
      if (stopping) return;
      current = await startPool(db, handlers, concurrency, log, events).catch((error: unknown) => {
        log.warn({ err: error }, "jobs could not start, trying again");
        return null;
      });
    }
  })();
  const orphans = setInterval(() => void freeOrphans(db).catch(() => undefined), parts.orphanCheckMs ?? ORPHAN_CHECK_MS);
  orphans.unref();
  return {
    done: () => count.done,
    failed: () => count.failed,
    async stop() {
      stopping = true;
      clearInterval(orphans);
      wake();
      await current?.stop();
      await ended;
    },
  };
}

type Pool = { readonly ended: Promise<void>; stop(): Promise<void> };

// One run of graphile-worker. Beside its own connections it holds one whose application name is the worker pool's id: as
// long as it is there, the jobs locked under that id have an owner.
async function startPool(
  db: Database,
  handlers: JobHandlers,
  concurrency: number,
  log: Log,
  events: WorkerEvents,
): Promise<Pool> {
  const taskList = Object.fromEntries(
    Object.entries(handlers).map(([name, handler]): [string, Task] => [
      name,
      (payload, { job }) => handler(payload, { id: job.id, attempt: job.attempts }),
    ]),
  );
  const sign = await db.connect();
  let held = true;
  sign.once("end", () => (held = false));
  const pool = openPool({ connectionString: db.url, max: concurrency + 2, application_name: "bihuan-jobs" }, () => undefined);
  let runner: Runner | null = null;
  const created = new Promise<string>((resolve) => events.once("pool:create", ({ workerPool }) => resolve(workerPool.id)));
  try {
    runner = await run({
      pgPool: pool,
      taskList,
      concurrency,
      events,
      noHandleSignals: true,
      logger: new Logger(() => (level, message) => {
        if (level === "error") log.warn({ worker: message }, "jobs");
      }),
      preset: {
        worker: {
          localQueue: { size: concurrency * 25 },
          completeJobBatchDelay: 0,
          failJobBatchDelay: 0,
        },
      },
    });
    await sign.query("select set_config('application_name', $1, false)", [await created]);
  } catch (error) {
    await runner?.stop().catch(() => undefined);
    await Promise.allSettled([sign.end(), pool.end()]);
    throw error;
  }
  const running = runner;
  const stop = () => running.stop().catch(() => undefined);
  const lost = () => void stop();
  sign.on("end", lost);
  if (!held) lost();
  const ended = running.promise
    .catch((error: unknown) => log.warn({ err: error }, "jobs stopped"))
    .then(async () => {
      sign.off("end", lost);
      await Promise.allSettled([sign.end(), pool.end()]);
    });
  return {
    ended,
    async stop() {
      await stop();
      await ended;
    },
  };
}

/** Gives jobs back whose owner's connection is gone. Out: nothing; safe to run in several processes. */
export async function freeOrphans(db: Database): Promise<void> {
  await db.run(sql`
    select graphile_worker.force_unlock_workers(array_agg(distinct locked_by))
    from graphile_worker._private_jobs
    where locked_at < now() - interval '10 seconds'
      and not exists (select from pg_stat_activity where application_name = locked_by)
    having count(*) > 0`);
}
