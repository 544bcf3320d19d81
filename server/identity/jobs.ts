// What identity does by itself: once a day it prunes what its time is over for.
import type { JobHandlers } from "../platform/jobs/runner.ts";
import type { Platform } from "../platform/platform.ts";
import { instant, sql } from "../platform/sql.ts";
import { pruneAccessLog } from "./access-log/commands.ts";
import { policyOf } from "./policy.ts";
import { forgetAttempts } from "./sign-in/attempts.ts";

const PRUNE_JOB = "identity.prune";
const DAY_MS = 86_400_000;
/** Ended sessions are kept for a while: when a password leaked, one asks from where it was used. */
const SESSIONS_KEPT_MS = 180 * DAY_MS;

/** Sees to it that the daily pruning is planned: call it at every start, it plans once. */
export const planIdentityJobs = ({ db, jobs }: Platform): Promise<void> =>
  jobs.addJob(db, PRUNE_JOB, {}, { key: PRUNE_JOB, afterMs: 60_000 });

export const identityJobs = (platform: Platform): JobHandlers => ({
  async [PRUNE_JOB]() {
    const { db, jobs, time, log } = platform;
    const nowMs = time.nowMs();
    const entries = await pruneAccessLog(db, nowMs, policyOf(platform).accessLogMonths);
    await forgetAttempts(db, nowMs);
    await db.run(sql`delete from session where expires_at < ${instant(nowMs - SESSIONS_KEPT_MS)}`);
    if (entries > 0) log.info({ entries }, "access log pruned");
    await jobs.addJob(db, PRUNE_JOB, {}, { key: PRUNE_JOB, afterMs: DAY_MS });
  },
});
