// Orders as the history of a customer: which are open, when there was one last, which of them a reader may be told of.
import type { CustomerId } from "@bihuan/core/customer/customer.ts";
import type { OrganisationTree } from "@bihuan/core/identity/organisation.ts";
import type { Scope } from "@bihuan/core/identity/scope.ts";
import type { OrderId } from "@bihuan/core/order-id.ts";
import { idsOfCustomers } from "../../customer/same-customers.ts";
import type { Queryable } from "../../platform/database.ts";
import { sql } from "../../platform/sql.ts";
import { keyOf } from "../store/event-store.ts";
import { callerTold } from "./list-queries.ts";

export type OrdersAbout = { readonly customerId: CustomerId; readonly lastAtMs: number; readonly open: number };

/** When each of these customers had an order last, and how many are open. Orders of hidden callers count only for who may know them. */
export const ordersAbout = (
  db: Queryable,
  scope: Scope,
  tree: OrganisationTree,
  customerIds: readonly CustomerId[],
): Promise<OrdersAbout[]> =>
  db.rows(sql`
    select k.survivor_id::text "customerId", max(w.intake_at) "lastAtMs",
      (count(*) filter (where w.status in ('OPEN', 'SUSPENDED')))::int open
    from ${idsOfCustomers(customerIds)} k
    join work_order w on w.region_id = k.region_id and w.customer_id = k.customer_id
    where w.import_id is null and ${callerTold(scope, tree)}
    group by k.survivor_id`);

/** Of these orders, those whose caller is no secret to the reader. */
export async function ordersTold(
  db: Queryable,
  scope: Scope,
  tree: OrganisationTree,
  orderIds: readonly OrderId[],
): Promise<ReadonlySet<OrderId>> {
  if (orderIds.length === 0) return new Set();
  const keys = orderIds.map(keyOf);
  const rows = await db.rows<{ orderId: OrderId }>(sql`
    select w.order_id::text "orderId" from work_order w
    where (w.region_id, w.intake_month, w.order_id) in (select * from unnest(
        ${keys.map((key) => key.regionId)}::smallint[], ${keys.map((key) => key.intakeMonth)}::int[], ${orderIds}::bigint[]))
      and ${callerTold(scope, tree)}`);
  return new Set(rows.map((row) => row.orderId));
}

/** Whom orders are about: the customer and the account they name. Whether a reader may be told is the asker's business. */
export const whomOrdersConcern = (
  db: Queryable,
  orderIds: readonly OrderId[],
): Promise<{ orderId: OrderId; customerId: CustomerId | null; accountNo: string | null }[]> => {
  const keys = orderIds.map(keyOf);
  return db.rows(sql`
    select w.order_id::text "orderId", w.customer_id::text "customerId", c.account_no "accountNo"
    from work_order w
    left join order_contact c on c.region_id = w.region_id and c.intake_month = w.intake_month and c.order_id = w.order_id
    where (w.region_id, w.intake_month, w.order_id) in (select * from unnest(
      ${keys.map((key) => key.regionId)}::smallint[], ${keys.map((key) => key.intakeMonth)}::int[], ${orderIds}::bigint[]))`);
};
