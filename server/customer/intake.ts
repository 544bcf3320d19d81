// What an intake takes over from the customer's file: read for a whole batch of demands in one round trip.
import type { CustomerCategory, Voltage } from "@bihuan/core/customer/codes.ts";
import { type CustomerId, regionOfCustomer, tidy } from "@bihuan/core/customer/customer.ts";
import type { OrganisationTree } from "@bihuan/core/identity/organisation.ts";
import { regionsReached, type Scope } from "@bihuan/core/identity/scope.ts";
import type { Queryable } from "../platform/database.ts";
import { reaches } from "./reach.ts";
import { isCustomerHimself } from "./store.ts";

/** Who asks, and what the demand names: the customer, or only an account number as it was typed. */
export type Named = {
  readonly scope: Scope;
  readonly customerId?: CustomerId | undefined;
  readonly accountNo?: string | undefined;
};

/** A customer as an intake takes it over. Everything about one account is null where it is not certain which account is meant. */
export type IntakeCustomer = {
  readonly customerId: CustomerId;
  /** Of the contacts the customer himself, else the first; by name where it has one, otherwise the customer. */
  readonly contactName: string;
  readonly phone: string | null;
  readonly account: IntakeAccount | null;
};
export type IntakeAccount = {
  readonly accountNo: string;
  readonly address: string | null;
  readonly transformerAreaCode: string | null;
  readonly category: CustomerCategory;
  readonly voltage: Voltage | null;
};

type File = Omit<IntakeCustomer, "account"> & {
  /** Ids that lead here since their files were merged. */
  readonly aliases: readonly CustomerId[];
  readonly unitIds: readonly number[];
  readonly accountCount: number;
  /** Those whose number was typed; and the first, which stands for the customer where it is the only one. */
  readonly accounts: readonly IntakeAccount[];
};

const normal = (accountNo: string) => tidy(accountNo).toUpperCase();

const query = `
  with named as (
    select k.region_id, coalesce(k.merged_into, k.customer_id) customer_id
    from unnest($1::smallint[], $2::bigint[]) as n (region_id, customer_id) join customer k using (region_id, customer_id)
    union
    select region_id, customer_id from customer_account where region_id = any($3::smallint[]) and account_no = any($4::text[])
  )
  select c.customer_id::text "customerId",
    array(select m.customer_id::text from customer m where m.region_id = c.region_id and m.merged_into = c.customer_id) aliases,
    coalesce(p.name, c.name) "contactName", p.phone,
    array(select distinct a.unit_id from customer_account a
      where a.region_id = c.region_id and a.customer_id = c.customer_id) "unitIds",
    (select count(*)::int from customer_account a where a.region_id = c.region_id and a.customer_id = c.customer_id) "accountCount",
    coalesce((select json_agg(x) from (
      select a.account_no "accountNo", a.address, a.transformer_area_code "transformerAreaCode", a.category, a.voltage
      from customer_account a where a.region_id = c.region_id and a.customer_id = c.customer_id
      order by (a.account_no = any($4)) desc, a.account_no limit greatest(1, cardinality($4::text[]))) x), '[]') accounts
  from named n
  join customer c on c.region_id = n.region_id and c.customer_id = n.customer_id
  left join lateral (
    select k.name, k.phone from customer_contact k where k.region_id = c.region_id and k.customer_id = c.customer_id
    order by ${isCustomerHimself("k", "c.name")} desc, k.contact_no limit 1) p on true
  where c.erased_at is null`;

/**
 * The customers that demands name, each within its caller's reach. A customer that was chosen is found by its id; where none was,
 * an account number finds its customer if exactly one within reach has it. Out, in the order asked: the customer, or null where
 * there is none, it was erased, or the caller does not reach it. No round trip where nothing is named.
 */
export async function customersForIntake(
  on: Queryable,
  tree: OrganisationTree,
  asked: readonly Named[],
): Promise<readonly (IntakeCustomer | null)[]> {
  const ids = [...new Set(asked.flatMap(({ customerId }) => customerId ?? []))].filter((id) => /^[1-9]\d{12}$/.test(id));
  const numbers = [...new Set(asked.flatMap(({ accountNo }) => (accountNo ? [normal(accountNo)] : [])))];
  if (ids.length === 0 && numbers.length === 0) return asked.map(() => null);
  const searching = asked.filter(({ customerId, accountNo }) => customerId === undefined && accountNo);
  const regions = new Set(searching.flatMap(({ scope }) => regionsReached(scope, tree, "customer.read")));
  const files = await on.prepared<File>("customer.for-intake", query, [ids.map(regionOfCustomer), ids, [...regions], numbers]);
  return asked.map(({ scope, customerId, accountNo }) => {
    const typed = accountNo ? normal(accountNo) : null;
    const found = files.filter(
      (file) =>
        (customerId === undefined
          ? typed !== null && file.accounts.some((account) => account.accountNo === typed)
          : file.customerId === customerId || file.aliases.includes(customerId)) &&
        reaches({ scope, tree }, { accounts: file.unitIds.map((unitId) => ({ unitId })) }, "customer.read"),
    );
    return found.length === 1 ? meant(found[0] as File, typed) : null;
  });
}

// With several accounts and none named, no address is better than that of another place.
function meant({ customerId, contactName, phone, accounts, accountCount }: File, typed: string | null): IntakeCustomer {
  const account =
    typed !== null ? accounts.find(({ accountNo }) => accountNo === typed) : accountCount === 1 ? accounts[0] : undefined;
  return { customerId, contactName, phone, account: account ?? null };
}

/**
 * Keeps customers from being erased until the transaction that names them ends. Out: whether all of them are still there.
 * Whoever erases locks the file first and looks for open orders then.
 */
export async function holdCustomers(tx: Queryable, customerIds: readonly CustomerId[]): Promise<boolean> {
  const ids = [...new Set(customerIds)];
  if (ids.length === 0) return true;
  const held = await tx.prepared(
    "customer.hold",
    `select 1 from customer
     where (region_id, customer_id) in (select * from unnest($1::smallint[], $2::bigint[])) and erased_at is null
     order by region_id, customer_id for key share`,
    [ids.map(regionOfCustomer), ids],
  );
  return held.length === ids.length;
}
