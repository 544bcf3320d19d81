import { can, type Scope } from "@bihuan/core/identity/scope.ts";
import { type OrderId, parseOrderId } from "@bihuan/core/order-id.ts";
import { refuse, type Refusal } from "@bihuan/core/refusal.ts";
import { actorOf, recordAccess } from "../../identity/access-log/commands.ts";
import type { Platform } from "../../platform/platform.ts";
import { sql } from "../../platform/sql.ts";
import { keyOf } from "../store/event-store.ts";
import { takeInHand } from "./in-hand.ts";
import { contactHidden } from "../views/personal.ts";
import { maySee, type OrderPorts } from "../world.ts";

type Unmasked = { contactName: string | null; contactPhone: string | null; address: string | null; accountNo: string | null };

/** Tells an order's personal data in full, and records who saw them and why, in one transaction: nothing is seen unrecorded. */
export async function unmaskOrder(
  platform: Platform,
  ports: OrderPorts,
  scope: Scope,
  orderId: OrderId,
  reason: string,
  address: string,
): Promise<Unmasked | Refusal> {
  if (!parseOrderId(orderId)) return refuse("work-order.not-found", { orderId });
  const tree = await ports.tree();
  const { regionId, intakeMonth } = keyOf(orderId);
  return platform.db.transaction(async (tx) => {
    const order = (await takeInHand(tx, ports, [orderId])).get(orderId);
    if (!order || !maySee(scope, tree, order.state)) return refuse("work-order.not-found", { orderId });
    if (!order.state.unitIds.some((unitId) => can(scope, tree, "personal-data.unmask", unitId)))
      return refuse("permission.missing", { permission: "personal-data.unmask" });
    if (contactHidden(scope, tree, { identity: order.state.facts.identity ?? "NAMED", deskUnitId: order.state.deskUnitId }))
      return refuse("work-order.identity-confidential");
    await recordAccess(tx, platform.time.nowMs(), actorOf(scope, address), {
      action: "PERSONAL_DATA_UNMASKED",
      recordKind: "order",
      recordId: orderId,
      field: "contact",
      reason,
    });
    const row = await tx.maybe<Unmasked>(sql`
      select name as "contactName", phone as "contactPhone", address, account_no as "accountNo" from order_contact
      where region_id = ${regionId} and intake_month = ${intakeMonth} and order_id = ${orderId}`);
    return row ?? { contactName: null, contactPhone: null, address: null, accountNo: null };
  });
}
