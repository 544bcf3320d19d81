// Who answers for which customers (客户经理): named one by one, and handed over together when somebody leaves.
import type { CustomerId } from "@bihuan/core/customer/customer.ts";
import type { Permission } from "@bihuan/core/identity/permissions.ts";
import { roleMay } from "@bihuan/core/identity/roles.ts";
import { type Refusal, refuse } from "@bihuan/core/refusal.ts";
import { type Actor, type AccessFacts, recordAccess } from "../../identity/access-log/commands.ts";
import { staffById, type StaffRow } from "../../identity/staff/queries.ts";
import type { Queryable, Tx } from "../../platform/database.ts";
import type { Platform } from "../../platform/platform.ts";
import { instant, type Sql, sql } from "../../platform/sql.ts";
import { onCustomer } from "../editing/transaction.ts";
import { personOf } from "../file/person.ts";
import type { ManagerRecord } from "../queries.ts";
import { type Editor, withinReach } from "../reach.ts";

const READS = "customer.read" satisfies Permission;

/** Somebody at work who may read customers somewhere: others could not open the files they answer for. */
export const canAnswer = (person: StaffRow): boolean => person.active && person.roles.some(({ role }) => roleMay(role, READS));

/** A member of staff who may answer for customers, or null. */
export async function answering(on: Queryable, staffId: number, nowMs: number): Promise<StaffRow | null> {
  const person = await staffById(on, staffId, nowMs);
  return person && canAnswer(person) ? person : null;
}

/** Names a customer's manager, or nobody (null). Naming the present one again changes nothing. */
export const setManager = (
  platform: Platform,
  editor: Editor,
  actor: Actor,
  customerId: CustomerId,
  asked: { readonly version: number; readonly staffId: number | null },
): Promise<{ readonly version: number } | Refusal> => {
  const { staffId, version } = asked;
  return onCustomer(platform, editor, { customerId, permission: "customer.manage", version }, async ({ tx, key, nowMs }) => {
    if (staffId !== null && !(await answering(tx, staffId, nowMs))) return refuse("customer.staff-unknown");
    const changed = await assign(tx, sql`(${key.regionId}::smallint, ${customerId}::bigint)`, staffId, personOf(editor), nowMs);
    if (changed > 0) await told(tx, nowMs, actor, customerId, { manager: staffId });
    return {};
  });
};

const told = (tx: Tx, nowMs: number, actor: Actor, recordId: CustomerId | undefined, facts: AccessFacts) =>
  recordAccess(tx, nowMs, actor, {
    action: "CUSTOMER_CHANGED",
    recordKind: "customer",
    ...(recordId !== undefined && { recordId }),
    field: "manager",
    facts,
  });

/**
 * Gives customers to a manager, or to nobody: the present one's time ends, the next one's begins. In: the customers as rows of SQL
 * (region_id, customer_id), locked by the caller. Out: how many changed hands; who has the manager already is left alone.
 */
export async function assign(
  tx: Tx,
  customers: Sql,
  staffId: number | null,
  givenBy: number | null,
  nowMs: number,
): Promise<number> {
  const ended = await tx.rows<{ regionId: number; customerId: string }>(sql`
    update customer_manager m set until = ${instant(nowMs)}
    where m.until is null and m.staff_id is distinct from ${staffId}::int and (m.region_id, m.customer_id) in (${customers})
    returning m.region_id "regionId", m.customer_id::text "customerId"`);
  if (staffId === null) return ended.length;
  return tx.run(sql`
    insert into customer_manager (region_id, customer_id, manager_no, staff_id, since, given_by)
    select c.region_id, c.customer_id,
      coalesce((select max(k.manager_no) from customer_manager k where k.region_id = c.region_id and k.customer_id = c.customer_id), 0) + 1,
      ${staffId}, ${instant(nowMs)}, ${givenBy}
    from customer c
    where (c.region_id, c.customer_id) in (${customers}) and c.erased_at is null and c.merged_into is null
      and not exists (select from customer_manager k
        where k.region_id = c.region_id and k.customer_id = c.customer_id and k.until is null)`);
}

export type HandOver = {
  readonly from:
    | { readonly by: "manager"; readonly staffId: number }
    | { readonly by: "transformer-area"; readonly regionId: number; readonly code: string }
    | { readonly by: "unassigned"; readonly unitId: number };
  readonly toStaffId: number | null;
};

/** Hands customers over, all whose files the caller manages. Out: how many changed hands. */
export function handOver(
  platform: Platform,
  editor: Editor,
  actor: Actor,
  { from, toStaffId }: HandOver,
): Promise<{ readonly customers: number } | Refusal> {
  return platform.db.transaction(async (tx) => {
    const nowMs = platform.time.nowMs();
    if (toStaffId !== null && !(await answering(tx, toStaffId, nowMs))) return refuse("customer.staff-unknown");
    const reach = withinReach(editor, ["customer.manage"], from.by === "unassigned" ? from.unitId : undefined);
    const present = sql`select m.staff_id from customer_manager m
      where m.region_id = c.region_id and m.customer_id = c.customer_id and m.until is null`;
    const which =
      from.by === "manager"
        ? sql`(${present}) = ${from.staffId}`
        : from.by === "transformer-area"
          ? sql`true`
          : sql`not exists (${present})`;
    const account =
      from.by === "transformer-area"
        ? sql`a.region_id = ${from.regionId} and a.transformer_area_code = ${from.code} and ${reach}`
        : reach;
    // Locked, so that nobody names a manager in between; in their order, so that two who do this at once wait for one another.
    const found = await tx.rows<{ regionId: number; customerId: string }>(sql`
      select c.region_id "regionId", c.customer_id::text "customerId" from customer c
      where c.erased_at is null and c.merged_into is null and ${which}
        and (c.region_id, c.customer_id) in (select a.region_id, a.customer_id from customer_account a where ${account})
      order by c.region_id, c.customer_id for update`);
    const rows = sql`select * from unnest(${found.map((row) => row.regionId)}::smallint[], ${found.map((row) => row.customerId)}::bigint[])`;
    const customers = await assign(tx, rows, toStaffId, personOf(editor), nowMs);
    if (customers > 0) await told(tx, nowMs, actor, undefined, { ...from, to: toStaffId, customers });
    return { customers };
  });
}

export type ManagerSummary = ManagerRecord & {
  readonly account: string;
  readonly unitId: number;
  readonly customers: number;
};

/** Managers with how many customers each has among the accounts a condition on `a` leaves, and how many customers have none. */
export async function managersOf(
  on: Queryable,
  within: Sql,
): Promise<{ readonly managers: ManagerSummary[]; readonly unassigned: number }> {
  const rows = await on.rows<{ staffId: number | null; customers: number }>(sql`
    select m.staff_id "staffId", count(*)::int customers
    from (select distinct a.region_id, a.customer_id from customer_account a where ${within}) c
    join customer k on k.region_id = c.region_id and k.customer_id = c.customer_id and k.erased_at is null
    left join customer_manager m on m.region_id = c.region_id and m.customer_id = c.customer_id and m.until is null
    group by m.staff_id`);
  const counts = new Map(rows.map(({ staffId, customers }) => [staffId, customers]));
  const people = await on.rows<Omit<ManagerSummary, "customers">>(sql`
    select s.staff_id "staffId", s.name, s.active, f.phone, s.account, s.home_unit_id "unitId"
    from staff s left join service_phone f on f.holder = 'STAFF' and f.holder_id = s.staff_id
    where s.staff_id = any(${[...counts.keys()].filter((id) => id !== null)}::int[]) order by s.active, s.account`);
  return {
    managers: people.map((person) => ({ ...person, customers: counts.get(person.staffId) ?? 0 })),
    unassigned: counts.get(null) ?? 0,
  };
}
