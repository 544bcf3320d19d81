import { unmaskReasonRefusal } from "@bihuan/core/identity/masking.ts";
import { type OrderId, parseOrderId } from "@bihuan/core/order-id.ts";
import { refuse, type Refusal } from "@bihuan/core/refusal.ts";
import { recordAccess, systemActor } from "../../identity/access-log/commands.ts";
import type { Platform } from "../../platform/platform.ts";
import { sql } from "../../platform/sql.ts";
import { keyOf } from "../store/event-store.ts";

/**
 * Erases who an order is about: the contact, what it is found by, and the personal data beside its events with their salts.
 * What was decided, when and by whom stays, and the chain stays valid. Out: how many pieces were erased; a refusal for an
 * unknown order or a missing reason.
 */
export async function erasePersonalData(
  platform: Platform,
  orderId: OrderId,
  reason: string,
): Promise<{ erased: number } | Refusal> {
  const noReason = unmaskReasonRefusal(reason);
  if (noReason) return noReason;
  if (!parseOrderId(orderId)) return refuse("work-order.not-found", { orderId });
  const { regionId, intakeMonth } = keyOf(orderId);
  return platform.db.transaction(async (tx) => {
    const cleared = await tx.run(sql`
      update order_contact set title = '', description = null, name = null, phone = null, address = null, account_no = null, tokens = '{}', search_text = ''
      where region_id = ${regionId} and intake_month = ${intakeMonth} and order_id = ${orderId}`);
    if (cleared === 0) return refuse("work-order.not-found", { orderId });
    const erased = await tx.run(
      sql`delete from order_private where region_id = ${regionId} and intake_month = ${intakeMonth} and order_id = ${orderId}`,
    );
    await recordAccess(tx, platform.time.nowMs(), systemActor("command line"), {
      action: "CONFIGURATION_CHANGED",
      recordKind: "order",
      recordId: orderId,
      field: "personal-data",
      reason,
    });
    return { erased: erased + cleared };
  });
}
