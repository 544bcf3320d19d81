// Callers' numbers are personal: they go with the customer, with the order, or when their time is over. That there was a call stays.
import { type CustomerId, regionOfCustomer } from "@bihuan/core/customer/customer.ts";
import type { OrderId } from "@bihuan/core/order-id.ts";
import { sameCustomer } from "../customer/queries.ts";
import type { JobHandlers } from "../platform/jobs/runner.ts";
import type { Queryable } from "../platform/database.ts";
import type { Platform } from "../platform/platform.ts";
import { instant, sql } from "../platform/sql.ts";
import type { KeptBeside } from "../work-order/commands/erase.ts";

/**
 * Erases the numbers of a customer's calls: those known to be his, and those from a number of his file that nobody was known by. Comes
 * before the file itself is erased, in the same transaction. Out: how many.
 */
const eraseCallsOf = (tx: Queryable, customerId: CustomerId): Promise<number> =>
  tx.run(sql`
    update call c set phone = null
    where c.phone is not null and (c.customer_id = any(${sameCustomer(customerId)}) or (c.customer_id is null and c.phone in (
      select p.phone from customer_contact p
      where p.region_id = ${regionOfCustomer(customerId)} and p.customer_id = any(${sameCustomer(customerId)}))))`);

/** Erases the numbers of the calls an order was taken in during. */
const eraseCallsOfOrder = (tx: Queryable, orderId: OrderId): Promise<number> =>
  tx.run(sql`
    update call c set phone = null from call_order o
    where o.order_id = ${orderId} and c.region_id = o.region_id and c.call_no = o.call_no and c.phone is not null`);

/** What calls keep about a customer or an order, for whoever erases those. */
export const callsBeside: KeptBeside = { eraseCustomer: eraseCallsOf, eraseOrder: eraseCallsOfOrder };

const DAILY = "call.daily";
const DAY_MS = 86_400_000;
/** Longer than any complaint about a call is followed; nobody needs a caller's number afterwards. */
const NUMBERS_KEPT_MS = 730 * DAY_MS;

/** Sees to it that numbers go when their time is over: call it at every start, it plans once. */
export const planCallJobs = ({ db, jobs }: Platform): Promise<void> =>
  jobs.addJob(db, DAILY, {}, { key: DAILY, afterMs: 60_000 });

export const callJobs = ({ db, jobs, time }: Platform): JobHandlers => ({
  async [DAILY]() {
    await db.run(
      sql`update call set phone = null where phone is not null and started_at < ${instant(time.nowMs() - NUMBERS_KEPT_MS)}`,
    );
    await jobs.addJob(db, DAILY, {}, { key: DAILY, afterMs: DAY_MS });
  },
});
