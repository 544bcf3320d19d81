// What suggestions do by themselves: learn from the orders taken in, and forget those that were erased.
import { z } from "zod";
import type { JobHandlers } from "../../platform/jobs/runner.ts";
import type { Platform } from "../../platform/platform.ts";
import { ORDER_ERASED_JOB } from "../../work-order/commands/erase.ts";
import { forgetOrder, learn } from "./learn.ts";

const LEARN = "desk.learn-categories";
const LEARN_EVERY_MS = 60_000;
const FIRST_AFTER_MS = 5_000;
// A busy hour or a first reading waits for the people at work: so many orders at a time, a few percent of a processor.
const MOST_AT_ONCE = 2000;
const GO_ON_AFTER_MS = 10_000;

const ErasedPayload = z.object({ orderId: z.string() });

/** Plans the learning. Call it at every start; it plans once. */
export const planSuggestionJobs = ({ db, jobs }: Platform): Promise<void> =>
  jobs.addJob(db, LEARN, {}, { key: LEARN, afterMs: FIRST_AFTER_MS });

export const suggestionJobs = (platform: Platform): JobHandlers => ({
  [LEARN]: async () => {
    const { more } = await learn(platform, MOST_AT_ONCE);
    const afterMs = more ? GO_ON_AFTER_MS : LEARN_EVERY_MS;
    await platform.jobs.addJob(platform.db, LEARN, {}, { key: LEARN, afterMs });
  },
  [ORDER_ERASED_JOB]: (payload) => forgetOrder(platform.db, ErasedPayload.parse(payload).orderId),
});
