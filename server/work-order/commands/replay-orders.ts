// The door for a past that obeyed these flows: demands and deeds of a stretch of time, decided one by one by the same engine at their
// own instants, and written set-wise. What comes out is what would stand there if people had done it then: events in chains, clocks,
// projection. Recorded by the replay, as their `recorded_at` says; nobody is told of them as news, and no key is kept for them.
import { setImmediate as immediate } from "node:timers/promises";
import type { Rulebook } from "@bihuan/core/clock/rules/rulebook.ts";
import type { Clock } from "@bihuan/core/clock/types.ts";
import { decide } from "@bihuan/core/flow/engine.ts";
import type { OrderEvent } from "@bihuan/core/flow/event.ts";
import type { IntakeForm } from "@bihuan/core/flow/intake.ts";
import { applyEvent, type OrderState } from "@bihuan/core/flow/state.ts";
import { flows } from "@bihuan/core/flows.ts";
import type { OrganisationTree } from "@bihuan/core/identity/organisation.ts";
import { makeOrderId, type OrderId } from "@bihuan/core/order-id.ts";
import { isRefusal, type Refusal } from "@bihuan/core/refusal.ts";
import type { IntakeCustomer } from "../../customer/intake.ts";
import type { Tx } from "../../platform/database.ts";
import type { Platform } from "../../platform/platform.ts";
import { insertClocks } from "../store/clock-store.ts";
import { contactOf, insertContacts } from "../store/contact.ts";
import { chainEvents, insertEvents, keyOf, type StoredEvent } from "../store/event-store.ts";
import { ensureMonths } from "../store/months.ts";
import { insertOrderUnits, insertProjections, type Projected, tally } from "../store/projection.ts";
import { insertTasks, orderTasks } from "../store/tasks.ts";
import { type Acting, clocksOf, contextOf, type OrderPorts } from "../world.ts";
import { customerNamed } from "./named-customer.ts";
import { localDate, openIntake, type IntakeCommand } from "./take-in.ts";
import { enqueueTimers } from "./timers.ts";

export type PastDeed = { readonly acting: Acting; readonly action: string; readonly form: unknown; readonly atMs: number };

/** One order's past. `next` is asked again after every deed, with the order as it stands then; null where nothing more was done. */
export type Past = {
  readonly acting: Acting;
  readonly atMs: number;
  readonly command: Omit<IntakeCommand, "key">;
  next(state: OrderState, events: readonly OrderEvent[]): PastDeed | null;
};

/** A deed of the past that the engine refuses: the story that is being replayed is wrong, and nothing of it is kept. */
export class PastRefused extends Error {
  override readonly name = "PastRefused";
  readonly refusal: Refusal;
  constructor(refusal: Refusal, what: string) {
    super(`${what}: ${refusal.refused} ${JSON.stringify(refusal.facts)}`);
    this.refusal = refusal;
  }
}

type Replayed = {
  readonly orderId: OrderId;
  readonly form: IntakeForm;
  readonly state: OrderState;
  readonly clocks: readonly Clock[];
  readonly stored: readonly StoredEvent[];
};
type World = {
  readonly tree: OrganisationTree;
  readonly rulebook: Rulebook;
  readonly untilMs: number;
  readonly recordedAtMs: number;
};

// No order has that many: a story that goes round in circles must not fill the disk.
const MOST_EVENTS = 400;

/** Replays one order up to the world's last instant. Errors: {@link PastRefused}. */
function replay(orderId: OrderId, past: Past, customer: IntakeCustomer | null, world: World): Replayed {
  const { tree, rulebook, untilMs, recordedAtMs } = world;
  const opened = openIntake(past.acting, { ...past.command, key: "" }, { nowMs: past.atMs, tree, rulebook, customer });
  if (isRefusal(opened)) throw new PastRefused(opened, `intake of ${past.command.flow}`);
  const recording = ({ actor, actingUnitId }: Acting, atMs: number) => ({ atMs, recordedAtMs, actor, actingUnitId });
  const stored = chainEvents(orderId, { seq: 0, hash: null }, [opened.event], recording(past.acting, past.atMs));
  const events = stored.map(({ event }) => event);
  let { state } = opened;
  for (let deed = past.next(state, events); deed !== null; deed = past.next(state, events)) {
    const last = stored.at(-1) as StoredEvent;
    const nowMs = Math.max(deed.atMs, last.event.atMs);
    if (nowMs > untilMs) break;
    const { deskUnitId } = state;
    const context = contextOf({ self: orderId, acting: deed.acting, tree, rulebook, deskUnitId, nowMs, related: new Map() });
    const decided = decide(flows.get(state.flow, state.flowVersion), state, deed.action, deed.form, context);
    if (isRefusal(decided)) throw new PastRefused(decided, `${deed.action} at ${state.flow} ${state.step ?? "closed"}`);
    for (const one of chainEvents(orderId, { seq: last.event.seq, hash: last.hash }, decided, recording(deed.acting, nowMs))) {
      stored.push(one);
      events.push(one.event);
      state = applyEvent(state, one.event);
    }
    if (stored.length > MOST_EVENTS) throw new Error(`the past of ${orderId} goes on and on: ${deed.action}`);
  }
  return { orderId, form: opened.form, state, clocks: clocksOf(events, () => rulebook), stored };
}

const BATCH = 300;
// After so many decisions the batch before is given the chance to send its next statement.
const BREATH = 20;

function* inBatches<T>(items: Iterable<T>): Generator<T[]> {
  let batch: T[] = [];
  for (const item of items) {
    batch.push(item);
    if (batch.length < BATCH) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

/**
 * Replays the past of orders up to an instant, in the caller's transaction; those that are not closed by then stand open, with their
 * clocks running. Every order is bound to the rulebook in force now. Orders cannot name one another (no merging, no links). The
 * database writes one batch while the next is being decided. In: the pasts, the last instant (epoch ms), and who hears how many are
 * done. Out: how many orders, and how many of them are open. Errors: {@link PastRefused}; then the transaction must not be committed.
 */
export async function replayOrders(
  tx: Tx,
  platform: Pick<Platform, "jobs" | "time">,
  ports: OrderPorts,
  pasts: Iterable<Past>,
  { untilMs, onProgress = () => undefined }: { readonly untilMs: number; readonly onProgress?: (orders: number) => void },
): Promise<{ orders: number; open: number }> {
  const [tree, rulebook] = [await ports.tree(), await ports.currentRulebook(tx)];
  const world: World = { tree, rulebook, untilMs, recordedAtMs: platform.time.nowMs() };
  const done = { orders: 0, open: 0 };
  let writing: Promise<void> = Promise.resolve();
  try {
    for (const batch of inBatches(pasts)) {
      const customers = await ports.customersForIntake(tx, tree, batch.map(customerNamed));
      const numbers = await tx.prepared<{ n: string }>(
        "order_numbers",
        "select nextval('order_number') as n from generate_series(1, $1::int)",
        [batch.length],
      );
      const replayed: Replayed[] = [];
      for (const [index, past] of batch.entries()) {
        const regionId = tree.unit(past.command.deskUnitId)?.regionId ?? 0;
        const orderId = makeOrderId(
          regionId,
          localDate(tree.zoneOf(past.command.deskUnitId), past.atMs),
          Number(numbers[index]?.n),
        );
        replayed.push(replay(orderId, past, customers[index] ?? null, world));
        if (index % BREATH === BREATH - 1) await immediate();
      }
      await writing;
      writing = keep(tx, platform, ports, world, replayed);
      writing.catch(() => undefined); // told where it is awaited
      done.orders += batch.length;
      done.open += replayed.filter(({ state }) => state.closedAtMs === null).length;
      onProgress(done.orders);
    }
  } finally {
    await writing;
  }
  return done;
}

async function keep(
  tx: Tx,
  platform: Pick<Platform, "jobs">,
  ports: OrderPorts,
  { tree, recordedAtMs }: World,
  replayed: readonly Replayed[],
): Promise<void> {
  await ensureMonths(
    tx,
    replayed.map(({ orderId }) => keyOf(orderId).intakeMonth),
  );
  const projected = replayed.map(
    ({ orderId, state, clocks, stored, form }): Projected => ({
      orderId,
      state,
      clocks,
      intakeAtMs: (stored[0] as StoredEvent).event.atMs,
      changedAtMs: recordedAtMs,
      headHash: (stored.at(-1) as StoredEvent).hash,
      transformerArea: form.transformerArea ?? null,
      importId: null,
    }),
  );
  const clocks = replayed.flatMap((one) => one.clocks.map((clock) => ({ orderId: one.orderId, clock })));
  await tx.together([
    () =>
      ports.holdCustomers(
        tx,
        replayed.flatMap(({ state }) => state.customerId ?? []),
      ),
    () => insertProjections(tx, tree, projected),
    () =>
      insertTasks(
        tx,
        tree,
        replayed.flatMap((one) => orderTasks({ ...one, events: one.stored.map(({ event }) => event) })),
      ),
    () =>
      insertEvents(
        tx,
        replayed.flatMap(({ stored }) => stored),
      ),
    () => insertClocks(tx, clocks),
    () =>
      insertContacts(
        tx,
        replayed.map(({ orderId, form }) => ({ orderId, contact: contactOf(form) })),
      ),
    () =>
      insertOrderUnits(
        tx,
        replayed.flatMap(({ orderId, state }) => state.unitIds.map((unitId) => ({ orderId, unitId }))),
      ),
    () =>
      tally(
        tx,
        replayed.map(({ orderId, state }) => ({ regionId: keyOf(orderId).regionId, from: null, to: state })),
      ),
  ]);
  for (const one of replayed) await enqueueTimers(tx, platform, one);
}
