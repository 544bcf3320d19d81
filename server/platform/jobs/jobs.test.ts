import assert from "node:assert/strict";
import { test } from "node:test";
import { freeOrphans, type JobHandlers, startJobRunner } from "./runner.ts";
import { jobs } from "./enqueue.ts";
import { createLog } from "../log.ts";
import { sql } from "../sql.ts";
import { testDatabase } from "../testing/database.ts";
import { until } from "../testing/until.ts";

const db = await testDatabase();
const log = createLog("silent");
const waiting = async () =>
  (await db.one<{ count: number }>(sql`select count(*)::int as count from graphile_worker._private_jobs`)).count;

async function withRunner(handlers: JobHandlers, work: () => Promise<void>) {
  const runner = await startJobRunner({ db, handlers, concurrency: 2, log });
  await work().finally(() => runner.stop());
}

test("a job is done when its transaction commits, and never when it does not", async () => {
  const done: unknown[] = [];
  await withRunner({ "notice.send": async (payload) => void done.push(payload) }, async () => {
    await assert.rejects(
      db.transaction(async (tx) => {
        await jobs.addJob(tx, "notice.send", { orderId: "lost" });
        throw new Error("rolled back");
      }),
    );
    await db.transaction((tx) => jobs.addJob(tx, "notice.send", { orderId: "1" }));
    await db.transaction((tx) =>
      jobs.addJobs(
        tx,
        [2, 3].map((number) => ({ name: "notice.send", payload: { orderId: String(number) } })),
      ),
    );
    await until(() => done.length === 3);
  });
  assert.deepEqual(done, [{ orderId: "1" }, { orderId: "2" }, { orderId: "3" }]);
});

test("a job that fails is tried again, and a later one with the same key replaces one that waits", async () => {
  const attempts: number[] = [];
  const seen: unknown[] = [];
  const handlers: JobHandlers = {
    "notice.fail": async (_, { attempt }) => {
      attempts.push(attempt);
      throw new Error("not now");
    },
    "notice.digest": async (payload) => void seen.push(payload),
  };
  await jobs.addJob(db, "notice.digest", { until: 1 }, { key: "digest" });
  await jobs.addJob(db, "notice.digest", { until: 2 }, { key: "digest" });
  await jobs.addJob(db, "notice.fail", {}, { maxAttempts: 3 });
  await withRunner(handlers, () => until(() => seen.length === 1 && attempts.length === 1));
  assert.deepEqual(seen, [{ until: 2 }]);
  const left = await db.one<{ attempts: number; later: boolean }>(
    sql`select attempts, run_at > now() as later from graphile_worker._private_jobs`,
  );
  assert.deepEqual(left, { attempts: 1, later: true });
  await db.run(sql`delete from graphile_worker._private_jobs`);
});

test("stopping waits for the job that runs", async () => {
  let release = () => undefined as void;
  const held = new Promise<void>((resolve) => (release = resolve));
  let started = false;
  let finished = false;
  const runner = await startJobRunner({
    db,
    concurrency: 1,
    log,
    handlers: {
      "notice.slow": async () => {
        started = true;
        await held;
        finished = true;
      },
    },
  });
  await jobs.addJob(db, "notice.slow", {});
  await until(() => started);
  const stopped = runner.stop();
  release();
  await stopped;
  assert.equal(finished, true);
  assert.equal(await waiting(), 0);
});

test("jobs of a process that died are given back; those of a living one are not", async () => {
  await jobs.addJobs(
    db,
    ["dead", "alive"].map((name) => ({ name: `notice.${name}`, payload: {} })),
  );
  const living = await db.connect();
  await living.query("set application_name = 'pool-alive'");
  await db.run(sql`
    update graphile_worker._private_jobs j set locked_at = now() - interval '1 minute', locked_by = 'pool-' || substr(t.identifier, 8)
    from graphile_worker._private_tasks t where t.id = j.task_id`);
  await freeOrphans(db);
  await freeOrphans(db);
  const rows = await db.rows<{ name: string; held: boolean }>(sql`
    select t.identifier as name, j.locked_by is not null as held from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id order by 1`);
  assert.deepEqual(rows, [
    { name: "notice.alive", held: true },
    { name: "notice.dead", held: false },
  ]);
  await living.end();
  await db.run(sql`delete from graphile_worker._private_jobs`);
});

test("when its connections are cut, it starts again and goes on", async () => {
  const done: unknown[] = [];
  await withRunner({ "notice.send": async (payload) => void done.push(payload) }, async () => {
    await db.rows(
      sql`select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() and application_name <> 'bihuan'`,
    );
    await jobs.addJob(db, "notice.send", { orderId: "after" });
    await until(() => done.length === 1);
  });
});
