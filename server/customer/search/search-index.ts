// What an account is found by: its number and address, its customer's name, everybody who can be called about it.
import { isDeepStrictEqual } from "node:util";
import { withoutExtension } from "@bihuan/core/customer/phone.ts";
import type { Queryable } from "../../platform/database.ts";
import { forgivingIndexOf, type SearchField, type SearchIndex } from "../../platform/search-text.ts";
import { sql } from "../../platform/sql.ts";

export type SearchedAccount = {
  readonly accountNo: string;
  readonly address: string | null;
  readonly customerName: string | null;
  readonly customerNo: string | null;
  readonly contacts: readonly { readonly name: string | null; readonly phone: string }[];
};

export const accountSearchIndex = (account: SearchedAccount): SearchIndex =>
  forgivingIndexOf([
    ...(account.customerName === null ? [] : [{ kind: "name", value: account.customerName } satisfies SearchField]),
    { kind: "number", value: account.accountNo },
    ...(account.address === null ? [] : [{ kind: "address", value: account.address } satisfies SearchField]),
    ...(account.customerNo === null ? [] : [{ kind: "number", value: account.customerNo } satisfies SearchField]),
    ...account.contacts.flatMap((contact): SearchField[] => [
      { kind: "number", value: withoutExtension(contact.phone) },
      ...(contact.name === null ? [] : [{ kind: "name", value: contact.name } satisfies SearchField]),
    ]),
  ]);

const BATCH = 2000;

/**
 * Makes the search columns anew for every account of the given customers, from what is stored now; rows that are right already
 * are not written. In: customer ids of one region. Out: how many accounts changed.
 */
export async function refreshSearchIndex(tx: Queryable, regionId: number, customerIds: readonly string[]): Promise<number> {
  let written = 0;
  for (let from = 0; from < customerIds.length; from += BATCH) {
    const accounts = await tx.rows<SearchedAccount & { searchText: string; searchTokens: string[] }>(sql`
      select a.account_no "accountNo", a.address, c.name "customerName", c.customer_no "customerNo", a.search_text "searchText",
        a.search_tokens "searchTokens",
        coalesce((select json_agg(json_build_object('name', p.name, 'phone', p.phone) order by p.contact_no)
          from customer_contact p where p.region_id = a.region_id and p.customer_id = a.customer_id), '[]') contacts
      from customer_account a join customer c using (region_id, customer_id)
      where a.region_id = ${regionId} and a.customer_id = any(${customerIds.slice(from, from + BATCH)}::bigint[])`);
    const stale = accounts.flatMap((account) => {
      const index = accountSearchIndex(account);
      const same = index.text === account.searchText && isDeepStrictEqual(index.tokens, account.searchTokens);
      return same ? [] : [{ accountNo: account.accountNo, ...index }];
    });
    if (stale.length === 0) continue;
    written += await tx.run(sql`
      update customer_account a set search_tokens = fresh.tokens, search_text = fresh.text
      from (select x.account_no, x.text, array(select json_array_elements_text(x.tokens)) tokens
        from json_to_recordset(${JSON.stringify(
          stale.map(({ accountNo, text, tokens }) => ({ account_no: accountNo, text, tokens })),
        )}::json) x(account_no text, text text, tokens json)) fresh
      where a.region_id = ${regionId} and a.account_no = fresh.account_no`);
  }
  return written;
}
