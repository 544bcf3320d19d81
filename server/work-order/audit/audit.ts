// The audit of a live database: folds every order and compares it with what is kept. It finds; it never repairs.
import { canonicalJson } from "@bihuan/core/canonical.ts";
import { closingConditions } from "@bihuan/core/flow/actions/closing.ts";
import type { OrderEvent } from "@bihuan/core/flow/event.ts";
import type { JsonObject } from "@bihuan/core/flow/form.ts";
import { applyEvent, hasHandled, isOpen, type OrderState } from "@bihuan/core/flow/state.ts";
import { flows } from "@bihuan/core/flows.ts";
import type { Clock } from "@bihuan/core/clock/types.ts";
import type { OrderId } from "@bihuan/core/order-id.ts";
import { customerFaults } from "../../customer/merge/audit.ts";
import type { Database, Queryable } from "../../platform/database.ts";
import { instant, sql } from "../../platform/sql.ts";
import { eventHash, personalDigest } from "../store/chain.ts";
import { isLive, readClocks } from "../store/clock-store.ts";
import { eventOfRow, type EventRow, readEventsOf } from "../store/event-store.ts";
import { verifyRulebooks } from "../../clock/verify.ts";
import { verifyDigests } from "./digest.ts";
import { projectedValues } from "../store/projection.ts";
import { type OrderTask, orderTasks, readTasks } from "../store/tasks.ts";
import { readBeside, readDigested } from "./beside.ts";
import { strays } from "./strays.ts";
import { clocksOf, type OrderPorts, versionsIn } from "../world.ts";

/** One thing that is not as it must be. `invariant` is its number in the design, or the kind of projection that differs. */
export type Violation = { readonly orderId: OrderId | null; readonly invariant: string; readonly detail: string };
export type AuditResult = {
  readonly orders: number;
  readonly events: number;
  readonly digests: number;
  readonly violations: readonly Violation[];
};

type Kept = Record<string, unknown> & {
  region_id: number;
  intake_month: number;
  order_id: string;
  head_hash: Buffer;
  import_id: string | null;
};
const BATCH = 500;

export type AuditOptions = {
  /** Hears how many orders are done. */
  readonly onProgress?: (orders: number) => void;
  /** The keys whose signatures of digests count; without, any key does. */
  readonly trusted?: ReadonlySet<string> | null;
};

/**
 * Audits all orders. Out: what it read and every violation. The whole runs in one
 * snapshot, so that work going on beside it cannot look like a fault.
 */
export const audit = (db: Database, ports: OrderPorts, options: AuditOptions = {}): Promise<AuditResult> =>
  db.transaction((tx) => auditIn(tx, ports, options), { isolation: "repeatable read", readOnly: true });

/** The audit of what a transaction sees. */
export async function auditIn(
  tx: Queryable,
  ports: OrderPorts,
  { onProgress = () => undefined, trusted = null }: AuditOptions = {},
): Promise<AuditResult> {
  const violations: Violation[] = [];
  let orders = 0;
  let events = 0;
  let after: OrderId = "0";
  for (;;) {
    const kept: Kept[] = await tx.rows<Kept>(
      sql`select * from work_order where order_id > ${after}::bigint order by order_id limit ${BATCH}`,
    );
    if (kept.length === 0) break;
    events += await auditBatch(tx, ports, kept, violations);
    orders += kept.length;
    after = (kept.at(-1) as Kept).order_id;
    onProgress(orders);
  }
  violations.push(...(await strays(tx)));
  for (const detail of await customerFaults(tx)) violations.push({ orderId: null, invariant: "customer", detail });
  for (const { version, kind } of await verifyRulebooks(tx))
    violations.push({ orderId: null, invariant: "4", detail: `rulebook ${version} is not what was published (${kind})` });
  const digests = await verifyDigests(tx, trusted);
  violations.push(...digests.violations);
  return { orders, events, digests: digests.checked, violations };
}

async function auditBatch(tx: Queryable, ports: OrderPorts, kept: readonly Kept[], violations: Violation[]): Promise<number> {
  const ids = kept.map((row) => row.order_id);
  const histories = await readEventsOf(tx, ids);
  const personal = await readDigested(tx, ids);
  const beside = await readBeside(tx, ids);
  const clocks = new Map<OrderId, Clock[]>();
  for (const region of new Set(kept.map((row) => row.region_id)))
    for (const { orderId, clock } of await readClocks(
      tx,
      region,
      kept.filter((row) => row.region_id === region).map((row) => row.order_id),
    ))
      clocks.set(orderId, [...(clocks.get(orderId) ?? []), clock]);
  const tasks = Map.groupBy(await readTasks(tx, ids), ({ orderId }) => orderId);
  const versions = [...new Set([...histories.values()].flatMap((rows) => versionsIn(rows.map(eventOfRow))))];
  const rulebookOf = await ports.rulebooks(tx, versions);
  const tree = await ports.tree();
  let count = 0;
  for (const row of kept) {
    const rows = histories.get(row.order_id) ?? [];
    count += rows.length;
    const find = (invariant: string, detail: string) => violations.push({ orderId: row.order_id, invariant, detail });
    if (rows.length === 0) {
      find("2", "no events: the history is gone");
      continue;
    }
    auditChain(row, rows, personal, find);
    if (!beside.contacts.has(row.order_id)) find("projection", "its contact is gone: an erased one leaves an empty row");
    try {
      const events = rows.map(eventOfRow);
      const folded = foldWithChecks(events, find);
      const foldedClocks = clocksOf(events, rulebookOf);
      auditState(folded, foldedClocks, find);
      compareClocks(foldedClocks, clocks.get(row.order_id) ?? [], find);
      compareTasks(
        orderTasks({ orderId: row.order_id, state: folded, clocks: foldedClocks, events }),
        tasks.get(row.order_id) ?? [],
        find,
      );
      if (row.import_id === null) compareUnits(folded.unitIds, beside.units.get(row.order_id) ?? [], find);
      const projected = projectedValues(
        {
          orderId: row.order_id,
          state: folded,
          clocks: foldedClocks,
          intakeAtMs: (events[0] as OrderEvent).atMs,
          changedAtMs: (rows.at(-1) as EventRow).recorded_at,
          headHash: (rows.at(-1) as EventRow).hash,
          transformerArea: (events[0]?.data["transformerArea"] as string | undefined) ?? null,
          importId: row.import_id,
        },
        tree,
      );
      for (const [name, value] of Object.entries(projected))
        if (!same(row[name], value)) find("projection", `${name} is ${String(row[name])}, the fold says ${String(value)}`);
    } catch (error) {
      find("fold", error instanceof Error ? error.message : String(error));
    }
  }
  return count;
}

const same = (kept: unknown, folded: unknown): boolean => {
  if (Buffer.isBuffer(kept)) return Buffer.isBuffer(folded) && kept.equals(folded);
  if (typeof kept === "number" && typeof folded === "string") return instant(kept) === folded;
  if (typeof kept === "object" && kept !== null) return canonicalJson(kept) === folded;
  return canonicalJson(kept ?? null) === canonicalJson(folded ?? null);
};

// Invariant 2: numbered without gaps, each hash over its event and the one before, personal data as they were given.
function auditChain(
  row: Kept,
  rows: readonly EventRow[],
  personal: ReadonlyMap<string, { salt: Buffer; data: JsonObject }>,
  find: (invariant: string, detail: string) => void,
) {
  let previous: Buffer | null = null;
  for (const [index, event] of rows.entries()) {
    if (event.seq !== index + 1) find("2", `event ${index + 1} is numbered ${event.seq}`);
    if (!(previous === null ? event.previous_hash === null : event.previous_hash?.equals(previous)))
      find("2", `event ${event.seq} does not follow the one before it`);
    const hash = eventHash(row.order_id, eventOfRow(event), event.recorded_at, event.personal_digest, event.previous_hash);
    if (!hash.equals(event.hash)) find("2", `event ${event.seq} was changed after it was written`);
    const beside = personal.get(`${row.order_id}|${event.seq}`);
    if (beside && !(event.personal_digest && personalDigest(beside.salt, beside.data).equals(event.personal_digest)))
      find("2", `personal data of event ${event.seq} were changed`);
    previous = event.hash;
  }
  if (!previous?.equals(row.head_hash)) find("2", "the head is not the last event");
}

// Invariant 3, at the instant of each archiving: its conditions were met, and nobody verified what he had handled.
function foldWithChecks(events: readonly OrderEvent[], find: (invariant: string, detail: string) => void): OrderState {
  let state: OrderState | null = null;
  for (const event of events) {
    if (state && event.type === "archive") {
      const unmet = closingConditions(state, flows.get(state.flow, state.flowVersion).noCallbackReasons).filter(
        (condition) => !condition.met,
      );
      for (const condition of unmet) find("3", `archived although not met: ${condition.key}`);
      if (hasHandled(state, event.actor)) find("3", "archived by a handler of the order");
    }
    if (state && event.type === "callback" && hasHandled(state, event.actor)) find("3", "verified by a handler of the order");
    state = applyEvent(state, event);
  }
  return state as OrderState;
}

// Invariant 1: an open order has one step, one unit and a running clock; while suspended the suspension's own clock runs.
function auditState(state: OrderState, clocks: readonly Clock[], find: (invariant: string, detail: string) => void) {
  const flow = flows.get(state.flow, state.flowVersion);
  if (flow.closedElsewhere) return;
  if (!isOpen(state)) {
    if (clocks.some(isLive)) find("1", "a clock runs although the order is closed");
    if (state.step !== null) find("1", `closed, yet in step ${state.step}`);
    return;
  }
  if (state.step === null || !(state.step in flow.steps)) find("1", `open in step ${state.step}, which its flow does not have`);
  if (!clocks.some((clock) => clock.status === "running")) find("1", "open without a running clock");
  if (state.suspension && !clocks.some((clock) => clock.slot === "suspension" && clock.status === "running"))
    find("1", "suspended without a clock of its own");
}

// Invariant 4: what is kept about a clock is what its rule, its calendar and the events give.
function compareClocks(folded: readonly Clock[], kept: readonly Clock[], find: (invariant: string, detail: string) => void) {
  const byNumber = new Map(kept.map((clock) => [clock.number, clock]));
  for (const clock of folded) {
    const beside = byNumber.get(clock.number);
    byNumber.delete(clock.number);
    if (!beside) find("4", `clock ${clock.slot} of episode ${clock.episode} (${clock.authority}) is not kept`);
    else if (canonicalJson(beside) !== canonicalJson(clock))
      find(
        "4",
        `clock ${clock.slot} of episode ${clock.episode} (${clock.authority}) differs: kept ${difference(beside, clock)}`,
      );
  }
  for (const clock of byNumber.values())
    find("4", `clock ${clock.slot} of episode ${clock.episode} (${clock.authority}) is kept, the fold knows none`);
}

const difference = (kept: Clock, folded: Clock) =>
  (Object.keys(folded) as (keyof Clock)[])
    .filter((field) => canonicalJson(kept[field]) !== canonicalJson(folded[field]))
    .map((field) => `${field} ${canonicalJson(kept[field])}, folded ${canonicalJson(folded[field])}`)
    .join("; ");

// A task too few is work that nobody sees; one too many sends somebody to an order that is not his.
function compareTasks(
  folded: readonly OrderTask[],
  kept: readonly OrderTask[],
  find: (invariant: string, detail: string) => void,
) {
  const texts = (rows: readonly OrderTask[]) => new Map(rows.map(({ task }) => [`${task.seq} of unit ${task.unitId}`, task]));
  const [should, is] = [texts(folded), texts(kept)];
  for (const [place, task] of should) {
    const beside = is.get(place);
    if (!beside) find("projection", `the task ${task.kind} (${place}) is not kept`);
    else if (canonicalJson(beside) !== canonicalJson(task))
      find("projection", `the task ${task.kind} (${place}) differs from the fold`);
  }
  for (const [place, { kind }] of is)
    if (!should.has(place)) find("projection", `a task ${kind} (${place}) is kept, the fold knows none`);
}

// The units that take part are who may see the order: one too few hides it, one too many shows it to strangers.
function compareUnits(folded: readonly number[], kept: readonly number[], find: (invariant: string, detail: string) => void) {
  for (const unitId of folded) if (!kept.includes(unitId)) find("projection", `unit ${unitId} took part and is not kept as such`);
  for (const unitId of kept)
    if (!folded.includes(unitId)) find("projection", `unit ${unitId} is kept as a participant and was none`);
}
