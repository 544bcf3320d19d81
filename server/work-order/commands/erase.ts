// Erasure of personal data (Personal Information Protection Law, art. 47): of one order, or of a customer and the orders about him.
import type { CustomerId } from "@bihuan/core/customer/customer.ts";
import { unmaskReasonRefusal } from "@bihuan/core/identity/masking.ts";
import { type OrderId, parseOrderId } from "@bihuan/core/order-id.ts";
import { refuse, type Refusal } from "@bihuan/core/refusal.ts";
import { eraseCustomer, holdForErasure } from "../../customer/editing/erase.ts";
import { sameCustomer } from "../../customer/queries.ts";
import { atCommandLine, recordAccess } from "../../identity/access-log/commands.ts";
import type { Tx } from "../../platform/database.ts";
import type { Platform } from "../../platform/platform.ts";
import { sql } from "../../platform/sql.ts";
import { keyOf } from "../store/event-store.ts";

/** Enqueued with the erasure of an order: whoever keeps something made of its texts takes it back. */
export const ORDER_ERASED_JOB = "work-order.personal-data-erased";

const tellErased = (platform: Platform, tx: Tx, orderIds: readonly OrderId[]) =>
  platform.jobs.addJobs(
    tx,
    orderIds.map((orderId) => ({ name: ORDER_ERASED_JOB, payload: { orderId } })),
  );

/** What slices above this one keep about a customer or an order: erased in the same transaction, before the file or the order itself. */
export type KeptBeside = {
  eraseCustomer?(tx: Tx, customerId: CustomerId): Promise<unknown>;
  eraseOrder?(tx: Tx, orderId: OrderId): Promise<unknown>;
};

/**
 * Erases who an order is about: the contact, what it is found by, and the personal data beside its events with their salts.
 * What was decided, when and by whom stays, and the chain stays valid. Out: how many pieces were erased; a refusal for an
 * unknown order or a missing reason.
 */
export async function erasePersonalData(
  platform: Platform,
  orderId: OrderId,
  reason: string,
  beside: readonly KeptBeside[] = [],
): Promise<{ erased: number } | Refusal> {
  const noReason = unmaskReasonRefusal(reason);
  if (noReason) return noReason;
  if (!parseOrderId(orderId)) return refuse("work-order.not-found", { orderId });
  return platform.db.transaction(async (tx) => {
    const erased = await eraseOrder(tx, orderId, beside);
    if (erased === null) return refuse("work-order.not-found", { orderId });
    await tellErased(platform, tx, [orderId]);
    await recordAccess(tx, platform.time.nowMs(), atCommandLine, {
      action: "PERSONAL_DATA_ERASED",
      recordKind: "order",
      recordId: orderId,
      reason,
    });
    return { erased };
  });
}

async function eraseOrder(tx: Tx, orderId: OrderId, beside: readonly KeptBeside[]): Promise<number | null> {
  const { regionId, intakeMonth } = keyOf(orderId);
  const cleared = await tx.run(sql`
    update order_contact set title = '', description = null, name = null, phone = null, address = null, account_no = null, tokens = '{}', search_text = ''
    where region_id = ${regionId} and intake_month = ${intakeMonth} and order_id = ${orderId}`);
  if (cleared === 0) return null;
  for (const kept of beside) await kept.eraseOrder?.(tx, orderId);
  const erased = await tx.run(
    sql`delete from order_private where region_id = ${regionId} and intake_month = ${intakeMonth} and order_id = ${orderId}`,
  );
  return erased + cleared;
}

export type ErasedCustomer = { readonly customerId: CustomerId; readonly orders: number; readonly ordersKept: number };

/**
 * Erases a customer's file and, where asked to, the personal data of the orders about him. Out: how many orders were erased, and
 * how many still hold what was said in them. Errors: nobody of that id, erased before, no reason, an order is still open.
 */
export async function eraseCustomerData(
  platform: Platform,
  customerId: CustomerId,
  { reason, withOrders }: { readonly reason: string; readonly withOrders: boolean },
  beside: readonly KeptBeside[] = [],
): Promise<ErasedCustomer | Refusal> {
  const noReason = unmaskReasonRefusal(reason);
  if (noReason) return noReason;
  const nowMs = platform.time.nowMs();
  return platform.db.transaction(async (tx) => {
    // First the file: an intake that names him waits now, and finds him gone afterwards.
    const refused = await holdForErasure(tx, customerId);
    if (refused) return refused;
    const orders = await tx.rows<{ orderId: OrderId; open: boolean }>(sql`
      select order_id::text "orderId", status in ('OPEN', 'SUSPENDED') as open from work_order
      where customer_id = any(${sameCustomer(customerId)}) order by order_id`);
    const open = orders.filter((order) => order.open);
    if (open[0]) return refuse("customer.orders-open", { orders: open.length, orderId: open[0].orderId });
    for (const kept of beside) await kept.eraseCustomer?.(tx, customerId);
    await eraseCustomer(tx, customerId, nowMs);
    if (withOrders) for (const { orderId } of orders) await eraseOrder(tx, orderId, beside);
    const erased = withOrders ? orders.map(({ orderId }) => orderId) : [];
    await tellErased(platform, tx, erased);
    await recordAccess(tx, nowMs, atCommandLine, [
      { action: "PERSONAL_DATA_ERASED", recordKind: "customer", recordId: customerId, reason, facts: { orders: erased.length } },
      ...erased.map((recordId) => ({ action: "PERSONAL_DATA_ERASED" as const, recordKind: "order", recordId, reason })),
    ]);
    return { customerId, orders: erased.length, ordersKept: orders.length - erased.length };
  });
}
