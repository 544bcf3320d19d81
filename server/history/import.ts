// Loading histories: a file becomes orders with their events and clocks, in one transaction or not at all.
import type { HistoryCase } from "@bihuan/core/history/case.ts";
import { type Mapping, matcher } from "@bihuan/core/history/mapping.ts";
import { stateTimes } from "@bihuan/core/history/state-hours.ts";
import { civilDate, type Zone, zoneOf } from "@bihuan/core/history/zone.ts";
import { systemActor as system } from "@bihuan/core/flow/event.ts";
import { isRefusal, type Refusal, refuse } from "@bihuan/core/refusal.ts";
import path from "node:path";
import { atCommandLine } from "../identity/access-log/commands.ts";
import { forgetTree } from "../identity/organisation/tree.ts";
import type { Tx } from "../platform/database.ts";
import type { Platform } from "../platform/platform.ts";
import { importOrders } from "../work-order/commands/import-orders.ts";
import { caseBatches, type Reading, type RejectedLine } from "./case-batches.ts";
import { ImportedUnits, importNode } from "./imported-units.ts";
import { importedOrder } from "./imported-order.ts";
import { FileRefused, openSource, type SourceFile } from "./source-file.ts";
import { closeRun, keepCases, openRun, rowsLoadedBefore } from "./store.ts";

export type ImportCommand = {
  readonly file: string;
  readonly mapping: Mapping;
  /** The mapping's own name where null. */
  readonly name: string | null;
  /** Code of the node below which the file's units are created; the root where null. */
  readonly below: string | null;
  /** Reads and reports, and keeps nothing. */
  readonly dryRun: boolean;
};

export type Progress = { readonly phase: "checking" | "loading"; readonly share: number; readonly cases: number };

export type ImportResult = {
  readonly name: string;
  /** Null where nothing was kept. */
  readonly importId: number | null;
  readonly fileSha256: string;
  /** Rows below the header. */
  readonly rows: number;
  readonly casesLoaded: number;
  /** Cases this file had brought before. */
  readonly casesKnown: number;
  readonly closedBeforeOpened: number;
  readonly unitsCreated: number;
  readonly rejected: readonly RejectedLine[];
};

// Thrown to undo a transaction whose result is known all the same.
class Undone extends Error {}

/**
 * Loads a file. Out: what became of its rows, or why nothing could be loaded. Rows loaded by an earlier run of the same file
 * are left as they are; rows it had rejected are tried again. Where every row is rejected, nothing is kept.
 */
export async function importHistories(
  platform: Platform,
  command: ImportCommand,
  onProgress: (progress: Progress) => void = () => undefined,
): Promise<ImportResult | Refusal> {
  let outcome: ImportResult | Refusal | null = null;
  try {
    const source = await openSource(command.file, (share) => onProgress({ phase: "checking", share, cases: 0 }));
    return await platform.db.transaction(async (tx) => {
      outcome = await load(tx, platform, command, source, onProgress);
      if (isRefusal(outcome) || outcome.importId === null) throw new Undone();
      return outcome;
    });
  } catch (error) {
    if (error instanceof Undone && outcome !== null) return outcome;
    if (error instanceof FileRefused) return error.refusal;
    throw error;
  } finally {
    forgetTree(platform.db);
  }
}

async function load(
  tx: Tx,
  platform: Platform,
  command: ImportCommand,
  source: SourceFile,
  onProgress: (progress: Progress) => void,
): Promise<ImportResult | Refusal> {
  const { mapping, dryRun } = command;
  const nowMs = platform.time.nowMs();
  const name = command.name ?? mapping.name;
  const known = await rowsLoadedBefore(tx, source.sha256);
  const { tree, node } = await importNode(tx, command.below);
  if (!node) return refuse("import.node-unknown", { code: command.below });
  const units = new ImportedUnits(tree, node, atCommandLine, nowMs);
  const importId = await openRun(tx, {
    name,
    kind: mapping.kind,
    fileName: path.basename(source.path),
    sha256: source.sha256,
    mapping,
    zone: mapping.zone,
    belowUnitId: node.unitId,
    regionId: node.regionId,
    actor: system,
    startedAtMs: nowMs,
  });
  const reading: Reading = { readBytes: 0, rows: 0, rejected: [] };
  let [casesLoaded, casesKnown, closedBeforeOpened] = [0, 0, 0];
  for await (const batch of ahead(caseBatches(source, mapping, reading))) {
    const fresh = batch.filter((one) => !known.has(one.row));
    const refused = await units.ensure(
      tx,
      fresh.map((one) => one.unit),
    );
    if (refused) return refused;
    if (!dryRun) await keep(tx, { importId, regionId: node.regionId, mapping, units, nowMs }, fresh);
    casesLoaded += fresh.length;
    casesKnown += batch.length - fresh.length;
    closedBeforeOpened += batch.filter((one) => one.closedAtMs !== null && one.closedAtMs < one.openedAtMs).length;
    onProgress({ phase: "loading", share: shareOf(reading, source, casesLoaded + casesKnown), cases: casesLoaded + casesKnown });
  }
  const { rows, rejected } = reading;
  const keptNothing = dryRun || casesLoaded + casesKnown === 0;
  if (!keptNothing)
    await closeRun(tx, importId, {
      finishedAtMs: platform.time.nowMs(),
      rows,
      casesLoaded,
      casesKnown,
      rejected: rejected.length,
    });
  if (units.created > 0) await platform.live.publish(tx, [{ type: "organisation.changed" }]);
  return {
    name,
    importId: keptNothing ? null : importId,
    fileSha256: source.sha256.toString("hex"),
    rows,
    casesLoaded,
    casesKnown,
    closedBeforeOpened,
    unitsCreated: units.created,
    rejected: rejected.toSorted((a, b) => a.row - b.row),
  };
}

// Reads the next batch while the database writes this one.
async function* ahead<T>(batches: AsyncGenerator<T>): AsyncGenerator<T> {
  try {
    let next = batches.next();
    // Whoever awaits it hears of a failure; until then it must not count as unhandled.
    next.catch(() => undefined);
    for (let batch = await next; !batch.done; batch = await next) {
      next = batches.next();
      next.catch(() => undefined);
      yield batch.value;
    }
  } finally {
    await batches.return(undefined).catch(() => undefined);
  }
}

// A step log is read to its end before its first case is written: there the cases tell how far it is.
const shareOf = (reading: Reading, source: SourceFile, done: number): number =>
  reading.cases === undefined ? reading.readBytes / Math.max(1, source.sizeBytes) : done / Math.max(1, reading.cases);

type Run = {
  readonly importId: number;
  readonly regionId: number;
  readonly mapping: Mapping;
  readonly units: ImportedUnits;
  readonly nowMs: number;
};

async function keep(tx: Tx, { importId, regionId, mapping, units, nowMs }: Run, cases: readonly HistoryCase[]): Promise<void> {
  const zone = zoneOf(mapping.zone) as Zone;
  const isPause = matcher(mapping.kind === "ticket-events" ? mapping.pause : []);
  const prepared = cases.map((history) => ({
    history,
    unitId: units.of(history.unit),
    intakeDate: civilDate(zone.toWall(history.openedAtMs)),
    times: history.steps.length > 0 ? stateTimes(history.steps, isPause) : null,
  }));
  const ids = await importOrders(tx, units.tree, {
    regionId,
    importId: String(importId),
    actor: system,
    recordedAtMs: nowMs,
    orders: prepared.map(({ history, unitId, intakeDate }) => importedOrder(history, { unitId, intakeDate, isPause })),
  });
  await keepCases(
    tx,
    importId,
    prepared.map((one, index) => ({ ...one, orderId: ids[index] as string, openedMonth: one.intakeDate.slice(0, 7) })),
  );
}
