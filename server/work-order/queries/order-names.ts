import { parseOrderId } from "@bihuan/core/order-id.ts";
import type { Queryable } from "../../platform/database.ts";
import { sql } from "../../platform/sql.ts";

/** Whether an order names a customer. In: the order's number as it was typed, and the ids the customer goes by. */
export async function orderNames(on: Queryable, orderId: string, customerIds: readonly string[]): Promise<boolean> {
  const parts = parseOrderId(orderId);
  if (!parts) return false;
  const found = await on.maybe(sql`
    select 1 from work_order where region_id = ${parts.regionId} and intake_month = ${parts.intakeMonth} and order_id = ${orderId}
      and customer_id = any(${customerIds}::bigint[])`);
  return found !== null;
}
