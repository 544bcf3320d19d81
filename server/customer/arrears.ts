// What the billing system said last of an account: owed, since when, how much. Written by the import alone.
import { type CustomerId, regionOfCustomer } from "@bihuan/core/customer/customer.ts";
import type { Queryable } from "../platform/database.ts";
import { sql } from "../platform/sql.ts";

export type ArrearsRecord = {
  readonly accountNo: string;
  /** Civil date; null where the file did not say. */
  readonly since: string | null;
  readonly arrearsFen: number | null;
  /** When it was imported. */
  readonly asOfMs: number;
};

/** The accounts of a customer for which something is owed. */
export const arrearsOf = (db: Queryable, customerId: CustomerId): Promise<ArrearsRecord[]> =>
  db.rows(sql`
    select account_no "accountNo", arrears_since "since", arrears_fen::float8 "arrearsFen", arrears_as_of "asOfMs"
    from customer_account
    where region_id = ${regionOfCustomer(customerId)} and customer_id = ${customerId} and arrears_as_of is not null`);
