// What one person does to one order: read it, see that it still stands as it was when this was planned, act on it.
import { workOrderOperations } from "@bihuan/contract/work-order.ts";
import type { OrderView } from "@bihuan/contract/work-order.ts";
import type { County } from "../county/county.ts";
import { VISITORS_CREW } from "../county/staff.ts";
import { nextDeed } from "../people/next.ts";
import type { Case, Deed, Pace } from "../people/plan.ts";
import { type Random, randomOf } from "../random.ts";
import type { Office } from "./office.ts";
import { caseOf } from "./reading.ts";

const PATIENCE_MS = 5 * 60_000;
const deskActions = new Set(["dispatch", "review-reply", "callback", "archive", "grade", "decide"]);

export type Planned = { readonly deed: Deed; readonly version: number };

/**
 * What is going to be done about an order. A visitor is given time: what comes to his crew waits twenty minutes for him, and every
 * fourth order at the desks five, or less where it would be late by then; what a visitor has accepted is left to him.
 */
export function planFor(county: County, view: OrderView, pace: Pace, nowMs: number): Planned | null {
  const one = caseOf(county, view);
  const deed = nextDeed(one, pace, true);
  if (!deed || deed.by === "system") return null;
  const { by } = deed;
  const { holderId } = one.state;
  if (by.role === "HANDLER" && holderId !== null && !county.employee(holderId)) return null;
  return { deed: { ...deed, atMs: Math.max(deed.atMs, earliest(one, deed, nowMs)) }, version: view.version };
}

function earliest(one: Case, { by, action }: Deed, nowMs: number): number {
  const random = randomOf(one.county.seed, one.key, one.state.version, "wait");
  // What was left lying before the simulation began is not all taken up in the same second.
  const left = one.lastAtMs < nowMs - PATIENCE_MS ? nowMs + random.next() * 2 * PATIENCE_MS : 0;
  return Math.max(left, one.lastAtMs + patienceFor(one, by !== "system" && by.unit === VISITORS_CREW, action, random));
}

// A crew's order is worth waiting for; at the desks nobody waits until it is late.
function patienceFor(one: Case, crews: boolean, action: string, random: Random): number {
  if (crews) return action === "accept" ? 4 * PATIENCE_MS : PATIENCE_MS;
  if (!deskActions.has(action) || !random.chance(0.25)) return 0;
  const leftMs = (one.dueAtMs ?? Number.POSITIVE_INFINITY) - one.lastAtMs;
  return leftMs > 0 ? Math.min(PATIENCE_MS, 0.7 * leftMs) : PATIENCE_MS;
}

/** Does what was planned. Out: the order as it stands then; null where somebody else was faster and it has to be planned anew. */
export async function carryOut(
  office: Office,
  orderId: string,
  { deed, version }: Planned,
  nowMs: number,
): Promise<OrderView | null> {
  if (deed.by === "system") return null;
  const person = office.as(deed.by.account);
  const read = () => person.call(workOrderOperations.readOrder, { params: { orderId } });
  if ((await read()).version !== version) return null;
  await person.call(workOrderOperations.act, {
    params: { orderId, action: deed.action },
    body: { version, form: { ...deed.form(nowMs) } },
    idempotencyKey: `sim-${orderId}-${version}-${deed.action}`,
  });
  return read();
}
