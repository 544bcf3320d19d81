// Intake: a demand becomes an order. Demands that arrive together share one transaction and one commit: with many agents at
// once the database syncs once for all of them, and each still gets its own answer only after it is durable.
import { compileZone, toLocalMs } from "@bihuan/core/calendar/zone.ts";
import { formatCivilDate } from "@bihuan/core/calendar/civil-date.ts";
import type { Rulebook } from "@bihuan/core/clock/rules/rulebook.ts";
import type { Clock } from "@bihuan/core/clock/types.ts";
import { canonicalJson } from "@bihuan/core/canonical.ts";
import type { InvalidForm } from "@bihuan/core/flow/engine.ts";
import { type IntakeForm, openOrder } from "@bihuan/core/flow/intake.ts";
import type { NewEvent } from "@bihuan/core/flow/event.ts";
import { applyEvent, type OrderState } from "@bihuan/core/flow/state.ts";
import { flows } from "@bihuan/core/flows.ts";
import type { OrganisationTree } from "@bihuan/core/identity/organisation.ts";
import { rolesAt } from "@bihuan/core/identity/scope.ts";
import { makeOrderId, type OrderId } from "@bihuan/core/order-id.ts";
import { isRefusal, refuse, type Refusal } from "@bihuan/core/refusal.ts";
import type { IntakeCustomer } from "../../customer/intake.ts";
import type { Tx } from "../../platform/database.ts";
import type { Platform } from "../../platform/platform.ts";
import { instant, sql } from "../../platform/sql.ts";
import { sha256 } from "../store/chain.ts";
import { insertClocks } from "../store/clock-store.ts";
import { contactOf, insertContacts } from "../store/contact.ts";
import { chainEvents, insertEvents, type StoredEvent } from "../store/event-store.ts";
import { customerNamed, withCustomer } from "./named-customer.ts";
import { changedMessage } from "./in-hand.ts";
import { ensureMonths } from "../store/months.ts";
import { keyOfCaller } from "../store/receipt.ts";
import { insertOrderUnits, insertProjections, type Projected, tally } from "../store/projection.ts";
import { insertTasks, orderTasks } from "../store/tasks.ts";
import { type Acting, clocksOf, type OrderPorts, organisationOf } from "../world.ts";

export type IntakeCommand = {
  readonly key: string;
  readonly flow: string;
  readonly subtype?: string | null | undefined;
  readonly deskUnitId: number;
  readonly form: unknown;
  readonly details?: unknown;
};

export type TakenIn = { readonly orderId: OrderId; readonly version: number; readonly repeated: boolean };
export type Opened = {
  readonly regionId: number;
  readonly event: NewEvent;
  readonly form: IntakeForm;
  readonly clocks: readonly Clock[];
  readonly state: OrderState;
  readonly rulebook: Rulebook;
};

const MOST_TOGETHER = 64; // more lengthens the wait of the first without saving much
const AT_ONCE = 2; // one batch writes while the other waits for its commit

/** The local date at an instant, `YYYY-MM-DD`. */
export const localDate = (zone: string, atMs: number): string =>
  formatCivilDate(Math.floor(toLocalMs(compileZone(zone), atMs) / 86_400_000));

/**
 * Decides an intake without keeping it: the order as it would stand, with the clocks that would run. In: the command, who
 * takes in, the instant, the rulebook in force, and the customer it names.
 */
export function openIntake(
  acting: Acting,
  command: IntakeCommand,
  world: { nowMs: number; tree: OrganisationTree; rulebook: Rulebook; customer: IntakeCustomer | null },
): Opened | Refusal | InvalidForm {
  const { nowMs, tree, rulebook } = world;
  const flow = flows.all.find((one) => one.id === command.flow);
  if (!flow) return refuse("work-order.flow-unknown", { flow: command.flow });
  const regionId = tree.unit(command.deskUnitId)?.regionId;
  if (regionId === undefined) return refuse("work-order.unit-unknown", { unitId: command.deskUnitId });
  const completed = withCustomer(command.form, world.customer);
  if (isRefusal(completed)) return completed;
  const opened = openOrder(
    flow,
    { subtype: command.subtype ?? null, form: completed.form, details: command.details },
    {
      nowMs,
      actor: acting.actor,
      organisation: organisationOf(tree),
      rolesOver: (unitId) => rolesAt(acting.scope, tree, unitId),
      deskUnitId: command.deskUnitId,
      rulebookVersion: rulebook.version,
    },
  );
  if (isRefusal(opened)) return opened;
  const event = { ...opened.event, seq: 1, atMs: nowMs, actor: acting.actor, actingUnitId: acting.actingUnitId };
  return {
    regionId,
    event: opened.event,
    form: opened.form,
    clocks: clocksOf([event], () => rulebook),
    state: applyEvent(null, event),
    rulebook,
  };
}

/** A customer was erased while a demand that names him was taken in. */
class CustomerGone extends Error {
  override readonly name = "CustomerGone";
  readonly facts: { readonly customerId: string };
  constructor(customerId: string) {
    super(`customer ${customerId} is gone`);
    this.facts = { customerId };
  }
}

type Asked = {
  readonly command: IntakeCommand;
  readonly acting: Acting;
  resolve(result: TakenIn | Refusal | InvalidForm): void;
  reject(error: unknown): void;
};
type Waiting = Asked & { readonly opened: Opened; readonly requestHash: Buffer; readonly nowMs: number };

export type Intake = { takeIn(acting: Acting, command: IntakeCommand): Promise<TakenIn | Refusal | InvalidForm> };

/** The door of intake for one server process. */
export function createIntake(platform: Platform, ports: OrderPorts): Intake {
  let asked: Asked[] = [];
  let running = 0;
  const months = new Set<number>();

  function pump() {
    while (running < AT_ONCE && asked.length > 0) {
      const batch = asked.slice(0, MOST_TOGETHER);
      asked = asked.slice(MOST_TOGETHER);
      running++;
      void decideTogether(batch).finally(() => {
        running--;
        pump();
      });
    }
  }

  async function decideTogether(batch: readonly Asked[]) {
    try {
      const [tree, rulebook] = await Promise.all([ports.tree(), ports.currentRulebook(platform.db)]);
      const nowMs = platform.time.nowMs();
      const customers = await ports.customersForIntake(platform.db, tree, batch.map(customerNamed));
      const waiting = batch.flatMap((one, index): Waiting[] => {
        const opened = openIntake(one.acting, one.command, { nowMs, tree, rulebook, customer: customers[index] ?? null });
        if (!isRefusal(opened)) return [{ ...one, opened, requestHash: hashOf(one.command), nowMs }];
        one.resolve(opened);
        return [];
      });
      if (waiting.length > 0) await keepTogether(waiting, tree);
    } catch (error) {
      for (const one of batch) one.reject(error);
    }
  }

  async function keepTogether(batch: readonly Waiting[], tree: OrganisationTree): Promise<void> {
    try {
      await readyMonths(
        platform,
        months,
        batch.map((one) => Number(localDate(tree.zoneOf(one.command.deskUnitId), one.nowMs).slice(0, 7).replace("-", ""))),
      );
      const results = await platform.db.transaction((tx) => keepBatch(tx, platform, ports, tree, batch), { pipelined: true });
      for (const [index, one] of batch.entries()) one.resolve(results[index] as TakenIn | Refusal);
    } catch (error) {
      // One demand that cannot be kept must not take the others with it: each is tried alone once.
      if (batch.length === 1 && error instanceof CustomerGone)
        batch[0]?.resolve(refuse("work-order.customer-unknown", error.facts));
      else if (batch.length === 1) batch[0]?.reject(error);
      else for (const one of batch) await keepTogether([one], tree);
    }
  }

  return {
    takeIn: (acting, command) =>
      new Promise((resolve, reject) => {
        asked.push({ command: { ...command, key: keyOfCaller(acting.actor, command.key) }, acting, resolve, reject });
        // Demands that arrive in the same turn of the event loop go together.
        setImmediate(pump);
      }),
  };
}

const hashOf = (command: IntakeCommand) =>
  sha256(canonicalJson([command.flow, command.subtype ?? null, command.deskUnitId, command.form, command.details ?? {}]));

async function readyMonths(platform: Platform, known: Set<number>, months: readonly number[]) {
  const missing = months.filter((month) => !known.has(month));
  if (missing.length === 0) return;
  await ensureMonths(platform.db, missing);
  for (const month of missing) known.add(month);
}

async function keepBatch(
  tx: Tx,
  platform: Platform,
  ports: OrderPorts,
  tree: OrganisationTree,
  batch: readonly Waiting[],
): Promise<(TakenIn | Refusal)[]> {
  const numbers = await tx.prepared<{ n: string }>(
    "order_numbers",
    "select nextval('order_number') as n from generate_series(1, $1::int)",
    [batch.length],
  );
  const ids = batch.map((one, index) =>
    makeOrderId(one.opened.regionId, localDate(tree.zoneOf(one.command.deskUnitId), one.nowMs), Number(numbers[index]?.n)),
  );
  const claimed = await claimKeys(tx, batch, ids);
  const fresh = batch.flatMap((one, index) =>
    claimed.has(ids[index] as string) ? [{ ...one, orderId: ids[index] as OrderId }] : [],
  );
  await keepFresh(tx, platform, ports, tree, fresh);
  const repeats = await readRepeats(
    tx,
    batch.filter((_, index) => !claimed.has(ids[index] as string)),
  );
  return batch.map((one, index): TakenIn | Refusal => {
    const orderId = ids[index] as string;
    if (claimed.has(orderId)) return { orderId, version: 1, repeated: false };
    const known = repeats.get(`${one.opened.regionId}|${one.command.key}`);
    if (!known || !known.request_hash.equals(one.requestHash)) return refuse("request.idempotency-key-reused");
    return { orderId: known.order_id, version: known.seq, repeated: true };
  });
}

// Invariant 6: the key is claimed before anything else; of several claims of one key, in one batch or in many, one wins.
async function claimKeys(tx: Tx, batch: readonly Waiting[], ids: readonly OrderId[]): Promise<Set<OrderId>> {
  const rows = await tx.prepared<{ order_id: OrderId }>(
    "claim_keys",
    `insert into command_receipt (region_id, key, request_hash, order_id, seq, recorded_at)
     select r, k, h, o, 1, t from unnest($1::smallint[], $2::text[], $3::bytea[], $4::bigint[], $5::timestamptz[]) as c(r, k, h, o, t)
     order by r, k on conflict do nothing returning order_id`,
    [
      batch.map((one) => one.opened.regionId),
      batch.map((one) => one.command.key),
      batch.map((one) => `\\x${one.requestHash.toString("hex")}`),
      ids,
      batch.map((one) => instant(one.nowMs)),
    ],
  );
  return new Set(rows.map((row) => row.order_id));
}

async function readRepeats(tx: Tx, repeats: readonly Waiting[]) {
  const rows =
    repeats.length === 0
      ? []
      : await tx.rows<{ region_id: number; key: string; order_id: string; seq: number; request_hash: Buffer }>(sql`
          select region_id, key, order_id, seq, request_hash from command_receipt
          where (region_id, key) in (select * from unnest(${repeats.map((one) => one.opened.regionId)}::smallint[], ${repeats.map((one) => one.command.key)}::text[]))`);
  return new Map(rows.map((row) => [`${row.region_id}|${row.key}`, row]));
}

type Fresh = Waiting & { readonly orderId: OrderId };

async function keepFresh(tx: Tx, platform: Platform, ports: OrderPorts, tree: OrganisationTree, fresh: readonly Fresh[]) {
  if (fresh.length === 0) return;
  const stored = fresh.map(
    (one) =>
      chainEvents(one.orderId, { seq: 0, hash: null }, [one.opened.event], {
        atMs: one.nowMs,
        recordedAtMs: one.nowMs,
        actor: one.acting.actor,
        actingUnitId: one.acting.actingUnitId,
      })[0] as StoredEvent,
  );
  const projected = fresh.map(
    (one, index): Projected => ({
      orderId: one.orderId,
      state: one.opened.state,
      clocks: one.opened.clocks,
      intakeAtMs: one.nowMs,
      changedAtMs: one.nowMs,
      headHash: (stored[index] as StoredEvent).hash,
      transformerArea: one.opened.form.transformerArea ?? null,
      importId: null,
    }),
  );
  const customerIds = fresh.flatMap((one) => one.opened.state.customerId ?? []);
  await tx.together([
    async () => {
      if (!(await ports.holdCustomers(tx, customerIds))) throw new CustomerGone(customerIds[0] ?? "");
    },
    () => insertProjections(tx, tree, projected),
    () =>
      insertTasks(
        tx,
        tree,
        projected.flatMap(({ orderId, state, clocks }, index) =>
          orderTasks({ orderId, state, clocks, events: [(stored[index] as StoredEvent).event] }),
        ),
      ),
    () => insertEvents(tx, stored),
    () =>
      insertContacts(
        tx,
        fresh.map((one) => ({ orderId: one.orderId, contact: contactOf(one.opened.form) })),
      ),
    () =>
      insertOrderUnits(
        tx,
        fresh.flatMap((one) => one.opened.state.unitIds.map((unitId) => ({ orderId: one.orderId, unitId }))),
      ),
    () =>
      insertClocks(
        tx,
        fresh.flatMap((one) => one.opened.clocks.map((clock) => ({ orderId: one.orderId, clock }))),
      ),
    () =>
      tally(
        tx,
        fresh.map((one) => ({ regionId: one.opened.regionId, from: null, to: one.opened.state })),
      ),
    () =>
      platform.live.publish(
        tx,
        fresh.map((one) => changedMessage(one.orderId, one.opened.state)),
      ),
  ]);
}
