// The search index of orders made anew: what older orders are found by follows what new ones are.
import { isDeepStrictEqual } from "node:util";
import type { OrderId } from "@bihuan/core/order-id.ts";
import type { Database } from "../../platform/database.ts";
import { sql } from "../../platform/sql.ts";
import { orderIndex } from "../store/search-tokens.ts";

type Row = {
  regionId: number;
  intakeMonth: number;
  orderId: OrderId;
  title: string;
  name: string | null;
  phone: string | null;
  address: string | null;
  accountNo: string | null;
  customerId: string | null;
  transformerArea: string | null;
  tokens: string[];
  searchText: string;
};
export type Reindexed = { readonly read: number; readonly changed: number };

const BATCH = 1000;

/**
 * Makes the search index of every order as an intake of today would. Batch by batch in the order of the key, each in a statement of
 * its own: the server goes on meanwhile, and what was interrupted is begun again at no cost but reading. What was erased is left
 * out, also where it is erased meanwhile. Out: how many orders were read, and how many had another index before.
 */
export async function reindexOrders(db: Database, onProgress: (done: Reindexed) => void = () => {}): Promise<Reindexed> {
  let done: Reindexed = { read: 0, changed: 0 };
  for (let after: Row | undefined; ; ) {
    const rows = await readBatch(db, after);
    after = rows.at(-1);
    if (after === undefined) return done;
    done = { read: done.read + rows.length, changed: done.changed + (await writeBatch(db, rows)) };
    onProgress(done);
  }
}

const readBatch = (db: Database, after: Row | undefined): Promise<Row[]> =>
  db.rows<Row>(sql`
    select c.region_id "regionId", c.intake_month "intakeMonth", c.order_id::text "orderId", c.title, c.name, c.phone, c.address,
      c.account_no "accountNo", w.customer_id::text "customerId", w.transformer_area "transformerArea", c.tokens,
      c.search_text "searchText"
    from order_contact c join work_order w using (region_id, intake_month, order_id)
    where (c.region_id, c.intake_month, c.order_id) > (${after?.regionId ?? 0}, ${after?.intakeMonth ?? 0}, ${after?.orderId ?? "0"}::bigint)
      and c.search_text <> ''
    order by c.region_id, c.intake_month, c.order_id limit ${BATCH}`);

async function writeBatch(db: Database, rows: readonly Row[]): Promise<number> {
  const stale = rows.flatMap((row) => {
    const { tokens, text } = orderIndex(row.orderId, row);
    return text === row.searchText && isDeepStrictEqual(tokens.toSorted(), row.tokens.toSorted()) ? [] : [{ row, tokens, text }];
  });
  if (stale.length === 0) return 0;
  return db.run(sql`
    update order_contact c set tokens = string_to_array(n.tokens, E'\\x01'), search_text = n.text
    from unnest(${stale.map(({ row }) => row.regionId)}::smallint[], ${stale.map(({ row }) => row.intakeMonth)}::int[],
      ${stale.map(({ row }) => row.orderId)}::bigint[], ${stale.map(({ tokens }) => tokens.join("\x01"))}::text[],
      ${stale.map(({ text }) => text)}::text[]) n (region_id, intake_month, order_id, tokens, text)
    where c.region_id = n.region_id and c.intake_month = n.intake_month and c.order_id = n.order_id and c.search_text <> ''`);
}
