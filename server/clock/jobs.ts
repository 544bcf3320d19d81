import { compileRulebook } from "@bihuan/core/clock/rules/rulebook.ts";
import { z } from "zod";
import { currentTree } from "../identity/organisation/tree.ts";
import type { JobHandlers } from "../platform/jobs/runner.ts";
import type { Platform } from "../platform/platform.ts";
import { failDryRun, finishDryRun, noteProgress, noteRebound } from "./commands.ts";
import { tieLines } from "./draft/tie-lines.ts";
import { createTally } from "./effect/tally.ts";
import { walkOpenOrders } from "./effect/walk.ts";
import { DRY_RUN_JOB, REBIND_JOB, REBIND_QUEUE } from "./job-names.ts";
import { currentVersion, draftProposal, draftRow } from "./queries.ts";
import { rulebooksOf } from "./rulebooks.ts";
import { type ClockWorld, slotsOfFlows } from "./world.ts";

/** Orders between two notes of the progress: several a second, few enough not to be felt. */
const PROGRESS_STEP = 20_000;
/** Orders bound in one call: one transaction each of a size that holds no lock for long. */
const REBIND_BATCH = 500;
/**
 * An intake that read the rulebook just before another was published commits after the binding has passed by. A second round
 * looks at those taken in since shortly before the publication.
 */
const SECOND_ROUND_MS = 60_000;
const LAST_ATTEMPT = 3;

type Parts = { readonly platform: Platform; readonly world: ClockWorld };

/** Runs the dry run of a draft and keeps its result. Overdue is judged at the instant it starts. */
export async function runDryRun({ platform, world }: Parts, draftId: string): Promise<void> {
  const { db } = platform;
  const rulebooks = rulebooksOf(db);
  const draft = await draftRow(db, draftId);
  if (draft?.state !== "RUNNING") return;
  const next = compileRulebook((await draftProposal(db, draftId)).definition);
  const total = await world.openOrders.estimate();
  const asOfMs = platform.time.nowMs();
  const tally = createTally();
  let [checked, noted] = [0, 0];
  const walk = {
    openOrders: world.openOrders,
    slotsOf: slotsOfFlows(world),
    rulebooks: (versions: readonly number[]) => rulebooks.of(db, versions),
    next,
    asOfMs,
  };
  for await (const stretch of walkOpenOrders(walk)) {
    checked += stretch.checked;
    for (const move of stretch.moves) tally.add(move);
    if (checked - noted < PROGRESS_STEP) continue;
    noted = checked;
    if (!(await noteProgress(db, draftId, checked, Math.max(checked, total)))) return;
  }
  const tree = await currentTree(platform);
  const result = tally.result({
    asOfMs,
    ordersChecked: checked,
    ties: tieLines(next, world, (unitId) => tree.path(unitId), asOfMs),
    unitName: (unitId) => tree.unit(unitId)?.name ?? String(unitId),
  });
  await db.transaction(async (tx) => {
    await finishDryRun(tx, draftId, result);
    await tellDrafter(platform, tx, draftId, draft.createdById);
  });
}

const tellDrafter = (
  platform: Platform,
  tx: Parameters<Platform["live"]["publish"]>[0],
  draftId: string,
  staffId: number | null,
) =>
  staffId === null ? Promise.resolve() : platform.live.publish(tx, [{ type: "rulebook-draft.changed", id: draftId, staffId }]);

/**
 * Binds the open orders that a published rulebook moves. It may be run again after a crash: orders that are bound already are
 * passed by. A rulebook that has been followed by another is left to that one. Out: how many orders it bound.
 */
export async function rebindOrders({ platform, world }: Parts, version: number, sinceMs: number | null = null): Promise<number> {
  const { db } = platform;
  const rulebooks = rulebooksOf(db);
  if ((await currentVersion(db)) !== version) {
    await noteRebound(db, version, 0, "DONE");
    return 0;
  }
  const next = (await rulebooks.of(db, [version]))(version);
  const walk = {
    openOrders: world.openOrders,
    slotsOf: slotsOfFlows(world),
    rulebooks: (versions: readonly number[]) => rulebooks.of(db, versions),
    next,
    asOfMs: platform.time.nowMs(),
    ...(sinceMs === null ? {} : { openedSinceMs: sinceMs }),
  };
  let bound = 0;
  for await (const { moves } of walkOpenOrders(walk))
    for (let at = 0; at < moves.length; at += REBIND_BATCH) {
      const ids = moves.slice(at, at + REBIND_BATCH).map(({ orderId }) => orderId);
      const added = await world.openOrders.rebind(ids, version);
      await noteRebound(db, version, added, "RUNNING");
      bound += added;
    }
  return bound;
}

const DryRunPayload = z.object({ draftId: z.uuid() });
const RebindPayload = z.object({ version: z.int(), sinceMs: z.number().nullish() });

/** The jobs of the slice. Register them with the job runner. */
export function clockJobs(platform: Platform, world: ClockWorld): JobHandlers {
  const parts = { platform, world };
  return {
    async [DRY_RUN_JOB](payload, { attempt }) {
      const { draftId } = DryRunPayload.parse(payload);
      try {
        await runDryRun(parts, draftId);
      } catch (error) {
        if (attempt >= LAST_ATTEMPT) await failDryRun(platform.db, draftId);
        throw error;
      }
    },
    async [REBIND_JOB](payload) {
      const { version, sinceMs } = RebindPayload.parse(payload);
      const startedMs = platform.time.nowMs();
      const bound = await rebindOrders(parts, version, sinceMs ?? null);
      platform.log.info({ rulebook: version, orders: bound }, "orders bound to a rulebook");
      if (sinceMs == null)
        await platform.jobs.addJob(
          platform.db,
          REBIND_JOB,
          { version, sinceMs: startedMs - SECOND_ROUND_MS },
          { queue: REBIND_QUEUE, runAtMs: startedMs + SECOND_ROUND_MS },
        );
      else await noteRebound(platform.db, version, 0, "DONE");
    },
  };
}
