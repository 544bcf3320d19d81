// Accounts by what a person remembers of them, always within the units the caller reaches.
import type { CustomerFilter } from "@bihuan/contract/customer.ts";
import type { CustomerCategory, Importance, SpecialNeedKind, Voltage } from "@bihuan/core/customer/codes.ts";
import type { CustomerId } from "@bihuan/core/customer/customer.ts";
import type { AreaClass } from "@bihuan/core/identity/organisation.ts";
import type { Database, Queryable } from "../../platform/database.ts";
import { type SearchTerm, searchCondition, searchRank } from "../../platform/search-text.ts";
import { empty, join, raw, type Sql, sql } from "../../platform/sql.ts";
import { fileFilters } from "../file/filters.ts";
import { isCustomerHimself } from "../store.ts";

/** More accounts than this fit: they are not ranked, the first that are found are shown and the person is asked to say more. */
const MOST_RANKED = 1000;

/** Where a page ended: rank (0 without a text), region, account number. */
export type Place = { readonly rank: number; readonly regionId: number; readonly accountNo: string };

export type AccountFound = {
  readonly regionId: number;
  readonly rank: number;
  readonly customerId: CustomerId;
  readonly accountNo: string;
  readonly customerName: string | null;
  readonly importance: Importance;
  readonly category: CustomerCategory;
  readonly voltage: Voltage | null;
  readonly areaClass: AreaClass;
  readonly transformerArea: { readonly code: string; readonly name: string } | null;
  readonly unitId: number;
  readonly address: string | null;
  readonly coordinates: { readonly longitude: number; readonly latitude: number } | null;
  readonly phone: string | null;
  readonly specialNeeds: readonly SpecialNeedKind[];
  readonly customerNo: string | null;
  /** Everybody who can be called about the customer, where the search asked for them; else empty. */
  readonly contacts: readonly Reachable[];
};
export type Reachable = { readonly name: string | null; readonly phone: string };

export type AccountSearch = {
  readonly terms: readonly SearchTerm[];
  readonly filter: CustomerFilter;
  /** Conditions on `a.unit_id` and `a.region_id`: the caller's reach, and the unit asked for. */
  readonly within: Sql;
  readonly after: Place | null;
  readonly limit: number;
  /** Civil date special needs have to be valid on. */
  readonly today: string;
  readonly withContacts?: boolean;
};

const details = sql`
  a.region_id "regionId", a.customer_id::text "customerId", a.account_no "accountNo", c.name "customerName", c.importance,
  c.customer_no "customerNo",
  a.category, a.voltage, a.area_class "areaClass", a.unit_id "unitId", a.address,
  case when t.code is null then null else json_build_object('code', t.code, 'name', t.name) end "transformerArea",
  case when a.longitude is null then null
    else json_build_object('longitude', a.longitude, 'latitude', a.latitude) end coordinates`;

const valid = (today: string): Sql =>
  sql`n.region_id = a.region_id and n.customer_id = a.customer_id
    and coalesce(n.valid_from <= ${today}::date, true) and coalesce(n.valid_to >= ${today}::date, true)`;

const filtered = ({ filter, within, today }: AccountSearch): Sql[] => [
  within,
  sql`c.erased_at is null`,
  ...(filter.category ? [sql`a.category = ${filter.category}`] : []),
  ...(filter.areaClass ? [sql`a.area_class = ${filter.areaClass}`] : []),
  ...(filter.transformerAreaCode ? [sql`a.transformer_area_code = ${filter.transformerAreaCode}`] : []),
  ...(filter.importance ? [sql`c.importance = ${filter.importance}`] : []),
  ...(filter.specialNeed
    ? [sql`exists (select from special_need n where ${valid(today)} and n.kind = ${filter.specialNeed})`]
    : []),
  ...fileFilters(filter, today),
];

const contacts = sql`
  coalesce((select json_agg(json_build_object('name', k.name, 'phone', k.phone) order by k.contact_no) from customer_contact k
    where k.region_id = a."regionId" and k.customer_id = a."customerId"::bigint), '[]')`;

/** Of a page's rows: the number that was searched for, else the customer's own, else the first contact's; and the needs. */
function withPeople(search: AccountSearch, page: Sql): Sql {
  const numbers = search.terms.filter((term) => /^\d{4,}$/.test(term.contains)).map((term) => `%${term.contains}%`);
  const searched = numbers.length > 0 ? sql`p.phone like any(${numbers}) desc,` : empty;
  return sql`
    select a.*,
      (select p.phone from customer_contact p where p.region_id = a."regionId" and p.customer_id = a."customerId"::bigint
        order by ${searched} ${raw(isCustomerHimself("p", 'a."customerName"'))} desc, p.contact_no limit 1) phone,
      array(select n.kind from special_need n
        where n.region_id = a."regionId" and n.customer_id = a."customerId"::bigint
          and coalesce(n.valid_from <= ${search.today}::date, true) and coalesce(n.valid_to >= ${search.today}::date, true)
        order by n.kind) "specialNeeds",
      ${search.withContacts ? contacts : sql`'[]'::json`} contacts
    from (${page}) a order by a.rank, a."regionId", a."accountNo"`;
}

const tables = sql`
  from customer_account a join customer c on c.region_id = a.region_id and c.customer_id = a.customer_id
  left join transformer_area t on t.region_id = a.region_id and t.code = a.transformer_area_code`;

// A fence: what is searched for is found by its index before anything else is asked. Left to itself the planner takes a hundred
// tokens for common ones, and walks a whole region in the hope of soon having enough.
const foundFirst = (condition: Sql): Sql => sql`(select * from customer_account a where ${condition} offset 0) a`;

/** One page of all accounts, by region and account number. */
export const listAccounts = (on: Queryable, search: AccountSearch): Promise<AccountFound[]> =>
  on.rows(
    withPeople(
      search,
      sql`select 0 rank, ${details} ${tables}
        where ${join(filtered(search), " and ")}
          and ${search.after ? sql`(a.region_id, a.account_no) > (${search.after.regionId}, ${search.after.accountNo})` : sql`true`}
        order by a.region_id, a.account_no limit ${search.limit}`,
    ),
  );

/**
 * Runs searches in one reading transaction, which begins with the first of them: what matters at a busy desk is journeys to the
 * database, not statements. Pairs of characters go together far more often than the planner believes: left to itself it would read the
 * whole table in the hope of soon having enough. By the index the cost is bounded by what really fits.
 */
export const searching = <Result>(db: Database, work: (tx: Queryable) => Promise<Result>): Promise<Result> =>
  db.transaction(
    async (tx) => {
      const set = tx.run(sql`select set_config('enable_seqscan', 'off', true), set_config('jit', 'off', true)`);
      set.catch(() => undefined); // told when it is awaited
      const result = await work(tx);
      await set;
      return result;
    },
    { readOnly: true, pipelined: true },
  );

/**
 * One page of the accounts that fit the terms (at least one), the best first. Out: the rows, how many fit, and whether so many do that
 * only some were ranked. Call it within {@link searching}.
 */
export async function accountsFitting(
  tx: Queryable,
  search: AccountSearch,
): Promise<{ rows: AccountFound[]; found: number; tooMany: boolean }> {
  const { after } = search;
  const rows = await tx.rows<AccountFound & { found: number }>(
    withPeople(
      search,
      sql`
        with found as materialized (
          select a.*, ${searchRank(search.terms, "a.")} rank
          from ${foundFirst(searchCondition(search.terms, "a."))}
          join customer c on c.region_id = a.region_id and c.customer_id = a.customer_id
          where ${join(filtered(search), " and ")}
          limit ${MOST_RANKED + 1}),
        page as (
          select * from found a
          where ${after ? sql`(a.rank, a.region_id, a.account_no) > (${after.rank}, ${after.regionId}, ${after.accountNo})` : sql`true`}
          order by a.rank, a.region_id, a.account_no limit ${search.limit})
        select a.rank, ${details}, (select count(*)::int from found) found
        from page a join customer c on c.region_id = a.region_id and c.customer_id = a.customer_id
        left join transformer_area t on t.region_id = a.region_id and t.code = a.transformer_area_code`,
    ),
  );
  const found = rows[0]?.found ?? 0;
  return { rows, found: Math.min(found, MOST_RANKED), tooMany: found > MOST_RANKED };
}

/** The same by itself. */
export const searchAccounts = (
  db: Database,
  search: AccountSearch,
): Promise<{ rows: AccountFound[]; found: number; tooMany: boolean }> => searching(db, (tx) => accountsFitting(tx, search));

export type AccountKey = { readonly regionId: number; readonly accountNo: string };

/** These accounts, in their order, as a search shows them; those out of reach or erased are left out. */
export const accountsAt = (on: Queryable, search: AccountSearch, keys: readonly AccountKey[]): Promise<AccountFound[]> =>
  on.rows(
    withPeople(
      search,
      sql`select k.place rank, ${details} ${tables}
        join unnest(${keys.map((key) => key.regionId)}::smallint[], ${keys.map((key) => key.accountNo)}::text[])
          with ordinality k (region_id, account_no, place) on k.region_id = a.region_id and k.account_no = a.account_no
        where ${join(filtered(search), " and ")}`,
    ),
  );

export type Candidate = AccountKey & { readonly text: string };

/** Rows that a condition calls candidates, in no order: whoever asks judges them by their text. Call it within {@link searching}. */
export const candidateAccounts = (tx: Queryable, search: AccountSearch, condition: Sql, most: number): Promise<Candidate[]> =>
  tx.rows(sql`
    select a.region_id "regionId", a.account_no "accountNo", a.search_text "text"
    from ${foundFirst(condition)} join customer c on c.region_id = a.region_id and c.customer_id = a.customer_id
    where ${join(filtered(search), " and ")} limit ${most}`);
