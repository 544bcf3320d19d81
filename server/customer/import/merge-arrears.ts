// What a customer file says of arrears is written last: it is the billing system's word, and as old as the file.
import type { Tx } from "../../platform/database.ts";
import { instant, sql } from "../../platform/sql.ts";

/**
 * Writes the arrears of a staged chunk. Rows that say nothing leave what is known. A date since when that was known stays where the file
 * names none: it owes since then. Accounts of which something else became known are noted as touched; the age of the figure alone is
 * renewed without a note.
 */
export async function mergeArrears(tx: Tx, nowMs: number): Promise<void> {
  if (!(await tx.maybe(sql`select 1 from import_row where arrears_owed is not null limit 1`))) return;
  const now = instant(nowMs);
  await tx.run(sql`
    with said as (
      select r.region_id, r.account_no, r.arrears_owed owed, r.arrears_since since, r.arrears_fen fen
      from import_row r join import_target t using (line) where r.arrears_owed is not null),
    changed as (
      select a.region_id, a.account_no, a.customer_id,
        (a.arrears_as_of is not null) <> s.owed or (s.owed and (coalesce(s.since, a.arrears_since) is distinct from a.arrears_since
          or s.fen is distinct from a.arrears_fen)) differs
      from said s join customer_account a using (region_id, account_no)),
    written as (
      update customer_account a set
        arrears_as_of = case when s.owed then ${now}::timestamptz end,
        arrears_since = case when s.owed then coalesce(s.since, a.arrears_since) end,
        arrears_fen = case when s.owed then s.fen end
      from said s where a.region_id = s.region_id and a.account_no = s.account_no
        and (s.owed or a.arrears_as_of is not null))
    insert into import_touched select region_id, customer_id from changed where differs`);
}
