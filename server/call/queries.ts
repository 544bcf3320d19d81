// Calls as they stand: one by its number, somebody's own, a customer's.
import { type CustomerId, regionOfCustomer } from "@bihuan/core/customer/customer.ts";
import type { OrganisationTree } from "@bihuan/core/identity/organisation.ts";
import type { OrderId } from "@bihuan/core/order-id.ts";
import { type Editor, withinReach } from "../customer/reach.ts";
import { idsOfCustomers } from "../customer/same-customers.ts";
import type { Queryable } from "../platform/database.ts";
import { instant, join, type Sql, sql } from "../platform/sql.ts";

export type CallRecord = {
  readonly regionId: number;
  readonly callNo: string;
  readonly staffId: number;
  readonly staffName: string;
  readonly unitId: number;
  readonly phone: string | null;
  readonly queue: string | null;
  readonly customerId: CustomerId | null;
  readonly startedAtMs: number;
  readonly endedAtMs: number | null;
  readonly talkSeconds: number | null;
  readonly orderIds: readonly OrderId[];
};

/** Where a page of calls ended. */
export type CallPlace = { readonly startedAtMs: number; readonly callNo: string };

const calls = (condition: Sql, order: Sql, limit: number): Sql => sql`
  select c.region_id "regionId", c.call_no "callNo", c.staff_id "staffId", s.name "staffName", c.unit_id "unitId", c.phone, c.queue,
    c.customer_id::text "customerId", c.started_at "startedAtMs", c.ended_at "endedAtMs", c.talk_seconds "talkSeconds",
    array(select o.order_id::text from call_order o where o.region_id = c.region_id and o.call_no = c.call_no order by o.order_id) "orderIds"
  from call c join staff s using (staff_id)
  where ${condition} order by ${order} limit ${limit}`;

const newest = sql`c.started_at desc, c.call_no desc`;

/** Calls of a number, in any region: two telephone systems may count alike. */
export const callsByNumber = (db: Queryable, tree: OrganisationTree, callNo: string): Promise<CallRecord[]> =>
  db.rows(
    calls(sql`c.region_id = any(${tree.regionsWithin(tree.root.unitId)}::smallint[]) and c.call_no = ${callNo}`, newest, 20),
  );

const OWN = 10;
const DAY_MS = 86_400_000;

/** Somebody's own calls of the past day, those going on first. */
export const ownCalls = (db: Queryable, staffId: number, nowMs: number): Promise<CallRecord[]> =>
  db.rows(
    calls(
      sql`c.staff_id = ${staffId} and c.started_at > ${instant(nowMs - DAY_MS)}`,
      sql`(c.ended_at is null) desc, ${newest}`,
      OWN,
    ),
  );

/** Calls of a customer, the newest first. In: every id the customer goes by, where the last page ended, how many. */
export const callsOfCustomer = (
  db: Queryable,
  customerIds: readonly CustomerId[],
  after: CallPlace | null,
  limit: number,
): Promise<CallRecord[]> =>
  db.rows(
    calls(
      join(
        [
          sql`c.customer_id = any(${customerIds}::bigint[])`,
          ...(after ? [sql`(c.started_at, c.call_no) < (${instant(after.startedAtMs)}, ${after.callNo})`] : []),
        ],
        " and ",
      ),
      newest,
      limit,
    ),
  );

/** When each of these customers called last. */
export const lastCalls = (
  db: Queryable,
  customerIds: readonly CustomerId[],
): Promise<{ customerId: CustomerId; lastAtMs: number }[]> =>
  db.rows(sql`
    select k.survivor_id::text "customerId", max(c.started_at) "lastAtMs"
    from ${idsOfCustomers(customerIds)} k join call c on c.customer_id = k.customer_id group by k.survivor_id`);

/** Of these customers, those whose file the caller reaches. */
export async function customersReached(
  db: Queryable,
  editor: Editor,
  customerIds: readonly CustomerId[],
): Promise<Set<CustomerId>> {
  if (customerIds.length === 0) return new Set();
  const rows = await db.rows<{ customerId: CustomerId }>(sql`
    select distinct k.customer_id::text "customerId"
    from unnest(${customerIds.map(regionOfCustomer)}::smallint[], ${customerIds}::bigint[]) k (region_id, customer_id)
    join customer f on f.region_id = k.region_id and f.customer_id = k.customer_id
    join customer_account a on a.region_id = k.region_id and a.customer_id = coalesce(f.merged_into, f.customer_id)
    where ${withinReach(editor, ["customer.read"], undefined)}`);
  return new Set(rows.map((row) => row.customerId));
}

export type Agent = { readonly staffId: number; readonly name: string; readonly unitId: number; readonly regionId: number };

/** Who a telephone system means: by sign-in account, or by the extension somebody has signed on to. Several, where cities count alike. */
export const agentsNamed = (
  db: Queryable,
  named: { readonly account: string } | { readonly extension: string },
): Promise<Agent[]> =>
  db.rows(sql`
    select s.staff_id "staffId", s.name, s.home_unit_id "unitId", u.region_id "regionId"
    from staff s join unit u on u.unit_id = s.home_unit_id
    where s.active and ${
      "account" in named
        ? sql`lower(s.account) = lower(${named.account})`
        : sql`s.staff_id in (select e.staff_id from call_extension e where e.extension = ${named.extension})`
    }`);

/** The extension somebody sits at. */
export const extensionOf = async (db: Queryable, staffId: number): Promise<string | null> =>
  (await db.maybe<{ extension: string }>(sql`select extension from call_extension where staff_id = ${staffId}`))?.extension ??
  null;
