// One action on one order, one transaction: claim the key, lock, decide, add the events, move what hangs on it.
import { mirrorsOf } from "@bihuan/core/flow/actions/merging.ts";
import { decide, type InvalidForm } from "@bihuan/core/flow/engine.ts";
import { canonicalJson } from "@bihuan/core/canonical.ts";
import { type NewEvent, systemActor } from "@bihuan/core/flow/event.ts";
import { plainEvent } from "@bihuan/core/flow/outcome.ts";
import { foldOrder, isOpen, type OrderState } from "@bihuan/core/flow/state.ts";
import { flows } from "@bihuan/core/flows.ts";
import type { OrganisationTree } from "@bihuan/core/identity/organisation.ts";
import { type OrderId, parseOrderId } from "@bihuan/core/order-id.ts";
import { isRefusal, refuse, type Refusal } from "@bihuan/core/refusal.ts";
import type { Tx } from "../../platform/database.ts";
import type { Platform } from "../../platform/platform.ts";
import { sha256 } from "../store/chain.ts";
import type { Recording } from "../store/event-store.ts";
import { addEvents, familyOf, type OrderInHand, takeInHand } from "./in-hand.ts";
import { enqueueTimers } from "./timers.ts";
import { claimReceipt, readReceipt } from "../store/receipt.ts";
import { type Acting, contextOf, maySee, type OrderPorts } from "../world.ts";

export type Command = {
  readonly orderId: OrderId;
  readonly action: string;
  /** The version the decision was taken on; null for the system, which decides on what it finds. */
  readonly version: number | null;
  readonly form: unknown;
  readonly key: string;
  /** Asked of the order as it is found, before anything is decided: whether a timer still means what it was set for. */
  readonly stillMeant?: (state: OrderState) => boolean;
};

export type Acted = {
  readonly orderId: OrderId;
  readonly version: number;
  readonly state: OrderState;
  readonly repeated: boolean;
};

/** A refusal inside the transaction: thrown to roll it back, answered as what it is. */
class Refused extends Error {
  readonly refusal: Refusal | InvalidForm;
  constructor(refusal: Refusal | InvalidForm) {
    super(refusal.refused);
    this.refusal = refusal;
  }
}

/**
 * Acts on an order. Out: the order's new version, or a refusal that changed nothing. The same key sent again answers what the
 * first one did. Errors: only what should not happen (a lost database, a broken history).
 */
export async function actOnOrder(
  platform: Platform,
  ports: OrderPorts,
  acting: Acting,
  command: Command,
): Promise<Acted | Refusal | InvalidForm> {
  if (!parseOrderId(command.orderId)) return refuse("work-order.not-found", { orderId: command.orderId });
  const tree = await ports.tree();
  try {
    return await platform.db.transaction((tx) => actInside(tx, platform, ports, tree, acting, command), { pipelined: true });
  } catch (error) {
    if (error instanceof Refused) return error.refusal;
    throw error;
  }
}

/** The orders a form names. */
const named = (form: unknown): OrderId[] => {
  const value = (form ?? {}) as Record<string, unknown>;
  return ["masterId", "orderId"].flatMap((field) =>
    typeof value[field] === "string" && parseOrderId(value[field]) ? [value[field]] : [],
  );
};

async function actInside(
  tx: Tx,
  platform: Platform,
  ports: OrderPorts,
  tree: OrganisationTree,
  acting: Acting,
  command: Command,
): Promise<Acted> {
  const { orderId, action, form } = command;
  const requestHash = sha256(canonicalJson([orderId, action, command.version, form ?? {}]));
  const inHand = await takeInHand(tx, ports, [orderId, ...named(form), ...(await familyOf(tx, orderId))]);
  const order = inHand.get(orderId);
  if (!order || (acting.actor.kind !== "system" && !maySee(acting.scope, tree, order.state)))
    throw new Refused(refuse("work-order.not-found", { orderId }));
  const receipt = await readReceipt(tx, orderId, acting.actor, command.key);
  if (receipt) {
    if (!receipt.requestHash.equals(requestHash)) throw new Refused(refuse("request.idempotency-key-reused"));
    // What the first one did, not what others did since.
    return { orderId, version: receipt.seq, state: foldOrder(order.events.slice(0, receipt.seq)), repeated: true };
  }
  if (command.version !== null && command.version !== order.state.version)
    throw new Refused(refuse("work-order.version-conflict", { version: command.version, current: order.state.version }));

  if (command.stillMeant?.(order.state) === false) throw new Refused(refuse("work-order.not-suspended"));

  const nowMs = Math.max(platform.time.nowMs(), order.events.at(-1)?.atMs ?? 0);
  const related = new Map(
    [...inHand]
      .filter(([id, one]) => id !== orderId && maySee(acting.scope, tree, one.state))
      .map(([id, one]) => [id, one.state]),
  );
  const inForce = await ports.currentRulebook(tx);
  const context = contextOf({
    self: orderId,
    acting,
    tree,
    rulebook: inForce,
    deskUnitId: order.state.deskUnitId,
    nowMs,
    related,
  });
  const decided = decide(flows.get(order.state.flow, order.state.flowVersion), order.state, action, form, context);
  if (isRefusal(decided)) throw new Refused(decided);
  const recording: Recording = { atMs: nowMs, recordedAtMs: nowMs, actor: acting.actor, actingUnitId: acting.actingUnitId };
  const bound = await bindTo(inForce.version, tx, platform, ports, tree, order, recording);
  const after = await addEvents(tx, platform, ports, tree, bound, decided, recording);
  await moveWhatHangsOnIt(tx, platform, ports, tree, inHand, order, after, recording);
  await enqueueTimers(tx, platform, after);
  if (!(await claimReceipt(tx, orderId, acting.actor, command.key, requestHash, after.state.version, nowMs)))
    throw new Refused(refuse("request.idempotency-key-reused"));
  return { orderId, version: after.state.version, state: after.state, repeated: false };
}

// What starts from here on obeys the rules of today: an order whose running clocks a new rulebook did not move is bound to it
// when somebody next acts on it.
async function bindTo(
  version: number,
  tx: Tx,
  platform: Platform,
  ports: OrderPorts,
  tree: OrganisationTree,
  order: OrderInHand,
  recording: Recording,
): Promise<OrderInHand> {
  if (version <= order.state.rulebookVersion) return order;
  const bySystem = { ...recording, actor: systemActor, actingUnitId: null };
  return addEvents(tx, platform, ports, tree, order, [plainEvent("rebind", { rulebookVersion: version })], bySystem);
}

type After = Awaited<ReturnType<typeof addEvents>>;

// A master moves the orders merged under it; merging and releasing are written on both sides.
async function moveWhatHangsOnIt(
  tx: Tx,
  platform: Platform,
  ports: OrderPorts,
  tree: OrganisationTree,
  inHand: ReadonlyMap<OrderId, OrderInHand>,
  before: OrderInHand,
  after: After,
  recording: Recording,
) {
  // Each history runs forward by itself, also where another server's clock was ahead when it last wrote to it.
  const write = (order: OrderInHand, events: readonly NewEvent[]) => {
    const atMs = Math.max(recording.atMs, order.events.at(-1)?.atMs ?? 0);
    return addEvents(tx, platform, ports, tree, order, events, { ...recording, atMs, recordedAtMs: atMs });
  };
  const inHandOrTaken = async (orderIds: readonly OrderId[]) => {
    const missing = orderIds.filter((id) => !inHand.has(id));
    return new Map([...inHand, ...(missing.length === 0 ? [] : await takeInHand(tx, ports, missing))]);
  };
  if (before.state.masterId === null && after.state.masterId !== null) {
    const master = inHand.get(after.state.masterId);
    if (master) await write(master, [plainEvent("child-merged", { childId: before.orderId })]);
  }
  const left =
    before.state.masterId !== null && (after.state.masterId === null || !isOpen(after.state)) ? before.state.masterId : null;
  if (left !== null) {
    const master = (await inHandOrTaken([left])).get(left);
    if (master?.state.childIds.includes(before.orderId))
      await write(master, [plainEvent("child-released", { childId: before.orderId })]);
  }
  if (before.state.childIds.length === 0) return;
  // One that was merged after the family was read and before it was locked is taken now: nobody can join any more.
  const known = before.state.childIds.every((childId) => inHand.has(childId));
  const family = known ? inHand : await inHandOrTaken(await familyOf(tx, before.orderId));
  for (const childId of before.state.childIds) {
    const child = family.get(childId);
    if (!child || child.state.masterId !== before.orderId || child.state.step !== "merged" || !isOpen(child.state)) continue;
    const flow = flows.get(child.state.flow, child.state.flowVersion);
    const mirrored = mirrorsOf(
      after.stored.map(({ event }) => event),
      before.orderId,
      after.state,
      child.state,
      flow,
    );
    if (mirrored.length > 0) await write(child, mirrored);
  }
}
