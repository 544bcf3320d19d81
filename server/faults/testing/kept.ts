// Holds a database against what clients were told: everything acknowledged is there, once.
import assert from "node:assert/strict";
import type { Caller } from "../../identity/testing/people.ts";
import type { Database } from "../../platform/database.ts";
import { sql } from "../../platform/sql.ts";
import { type Deed, send, type Told } from "./load.ts";

/**
 * Sends everything again that was ever sent, by its key: what had been acknowledged is answered as it was, what had been left
 * open is settled now; and then the orders and notes kept are those, each once, and no others. In: demands and notes only, sent by one agent; `besides`: orders
 * that were made otherwise.
 */
export async function assertKeptOnce(
  db: Database,
  { address, agent }: { address: string; agent: Caller },
  { told, asked }: { told: Told; asked: readonly Deed[] },
  besides: readonly string[] = [],
): Promise<void> {
  const answered = new Map<string, string>();
  for (const deed of asked) {
    const again = await send(address, agent, deed);
    assert.equal(again?.status, 200, `${deed.key}: ${JSON.stringify(again)}`);
    const known = told.orders.get(deed.key) ?? told.actions.get(deed.key);
    const said = told.actions.has(deed.key) ? `${again.orderId} ${again.version}` : again.orderId;
    if (known !== undefined) assert.deepEqual([said, again.repeated], [known, true], deed.key);
    answered.set(deed.key, again.orderId ?? "");
  }
  const count = (deeds: readonly Deed[]) => new Set(deeds.map(({ key }) => key)).size;
  const intakes = asked.filter(({ path }) => path === "/orders");
  const orders = new Set(intakes.map(({ key }) => answered.get(key) ?? ""));
  assert.equal(orders.size, count(intakes), "each key has an order of its own");
  const kept = await db.rows<{ id: string; notes: number }>(sql`
    select o.order_id as id, count(e.seq)::int as notes from work_order o
    left join order_event e on e.region_id = o.region_id and e.intake_month = o.intake_month and e.order_id = o.order_id and e.type = 'note'
    group by o.order_id`);
  assert.deepEqual(kept.map(({ id }) => id).sort(), [...orders, ...besides].sort());
  assert.equal(
    kept.reduce((sum, { notes }) => sum + notes, 0),
    count(asked) - count(intakes),
    "each note stands once",
  );
}
