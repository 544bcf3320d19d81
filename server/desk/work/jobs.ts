// What the desk does by itself: once a day it forgets what was looked at long ago.
import type { JobHandlers } from "../../platform/jobs/runner.ts";
import type { Platform } from "../../platform/platform.ts";
import { forgetSeen } from "./commands.ts";

const FORGET_JOB = "desk.forget-seen";
const DAY_MS = 86_400_000;

/** Sees to it that the daily forgetting is planned: call it at every start, it plans once. */
export const planDeskJobs = ({ db, jobs }: Platform): Promise<void> =>
  jobs.addJob(db, FORGET_JOB, {}, { key: FORGET_JOB, afterMs: 60_000 });

export const deskJobs = (platform: Platform): JobHandlers => ({
  async [FORGET_JOB]() {
    const { db, jobs, time } = platform;
    await forgetSeen(db, time.nowMs());
    await jobs.addJob(db, FORGET_JOB, {}, { key: FORGET_JOB, afterMs: DAY_MS });
  },
});
