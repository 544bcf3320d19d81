// What the slice does by itself: ends suspensions at their approved end, signs finished days, keeps partitions and tallies ready.
import { isRefusal } from "@bihuan/core/refusal.ts";
import { z } from "zod";
import type { JobHandlers } from "../platform/jobs/runner.ts";
import { sweepOrphans } from "../platform/files/store.ts";
import type { Platform } from "../platform/platform.ts";
import { UNIT_MOVED_JOB } from "../identity/organisation/commands.ts";
import { namedEvidence } from "../customer/file/evidence.ts";
import { namedArticleFiles } from "../knowledge/queries.ts";
import { actOnOrder } from "./commands/act.ts";
import { namedFiles } from "./commands/attachments.ts";
import { signDay } from "./audit/digest.ts";
import { signingKey } from "./audit/digest-keys.ts";
import { compactTally } from "./queries/list-queries.ts";
import { ensureMonths, monthsAround } from "./store/months.ts";
import { followUnit } from "./commands/unit-moved.ts";
import { orderPorts } from "./ports.ts";
import { pruneReceipts } from "./store/receipt.ts";
import { actingSystem, type OrderPorts } from "./world.ts";

const UnitMovedPayload = z.object({ unitId: z.int() });
const ResumePayload = z.object({ orderId: z.string(), seq: z.number() });
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const MONTHS_AHEAD = 3;
const DAYS_BACK = 7; // a server that was down for a week still signs every day

const DAILY = "work-order.daily";
const COMPACT = "work-order.compact-tally";
const COMPACT_EVERY_MS = 60_000;

/** Makes what intake needs, and plans what the slice does by itself. Call it at every start; it plans once. */
export async function prepareWorkOrders({ db, jobs, time }: Platform): Promise<void> {
  const nowMs = time.nowMs();
  await ensureMonths(db, monthsAround(nowMs, MONTHS_AHEAD));
  await jobs.addJob(db, DAILY, {}, { key: DAILY, afterMs: 60_000 });
  await jobs.addJob(db, COMPACT, {}, { key: COMPACT, afterMs: COMPACT_EVERY_MS });
}

export function workOrderJobs(platform: Platform, ports: OrderPorts = orderPorts(platform)): JobHandlers {
  return {
    "work-order.resume": async (payload) => {
      const { orderId, seq } = ResumePayload.parse(payload);
      const tree = await ports.tree();
      const result = await actOnOrder(platform, ports, actingSystem(tree.root.unitId), {
        orderId,
        action: "resume",
        version: null,
        form: {},
        key: `resume:${orderId}:${seq}`,
        // A suspension that began since has an end of its own.
        stillMeant: ({ suspension }) => suspension?.seq === seq,
      });
      // Somebody resumed or closed it before: nothing is left to do.
      if (isRefusal(result) && !["work-order.not-suspended", "work-order.closed"].includes(result.refused))
        throw new Error(`resume of ${orderId} refused: ${result.refused}`);
    },
    [UNIT_MOVED_JOB]: async (payload) => {
      await followUnit(platform.db, UnitMovedPayload.parse(payload).unitId);
    },
    [DAILY]: async () => {
      const nowMs = platform.time.nowMs();
      await ensureMonths(platform.db, monthsAround(nowMs, MONTHS_AHEAD));
      const key = signingKey(platform.config.dataFolder);
      // A day is signed an hour after it ended: what another process recorded at its end is committed by then.
      for (let back = DAYS_BACK; back >= 1; back--)
        await signDay(platform.db, key, new Date(nowMs - HOUR_MS - back * DAY_MS).toISOString().slice(0, 10), nowMs);
      await pruneReceipts(platform.db, nowMs);
      const named = async (hashes: readonly string[]) =>
        (await namedFiles(platform.db, hashes))
          .union(await namedArticleFiles(platform.db, hashes))
          .union(await namedEvidence(platform.db, hashes));
      await sweepOrphans(platform.config.attachmentFolder, named, nowMs);
      await platform.jobs.addJob(platform.db, DAILY, {}, { key: DAILY, afterMs: DAY_MS });
    },
    [COMPACT]: async () => {
      await compactTally(platform.db);
      await platform.jobs.addJob(platform.db, COMPACT, {}, { key: COMPACT, afterMs: COMPACT_EVERY_MS });
    },
  };
}
