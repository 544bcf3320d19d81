// What an order has waiting in time, set in the transaction that causes it.
import type { OrderState } from "@bihuan/core/flow/state.ts";
import type { OrderId } from "@bihuan/core/order-id.ts";
import type { Tx } from "../../platform/database.ts";
import type { Platform } from "../../platform/platform.ts";
import type { StoredEvent } from "../store/event-store.ts";

/** A suspension ends by itself at its approved end; the job finds it resumed already where somebody was earlier. */
export async function enqueueTimers(
  tx: Tx,
  platform: Pick<Platform, "jobs">,
  after: { readonly orderId: OrderId; readonly state: OrderState; readonly stored: readonly StoredEvent[] },
): Promise<void> {
  const { suspension } = after.state;
  if (!suspension || !after.stored.some(({ event }) => event.seq === suspension.seq)) return;
  // An order merged under a master goes on with it.
  if (after.state.step === "merged") return;
  await platform.jobs.addJob(
    tx,
    "work-order.resume",
    { orderId: after.orderId, seq: suspension.seq },
    { runAtMs: suspension.untilMs, key: `work-order.resume:${after.orderId}` },
  );
}
