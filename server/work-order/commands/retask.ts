// The tasks of open orders made anew: for orders that were taken in before tasks were kept.
import { canonicalJson } from "@bihuan/core/canonical.ts";
import type { OrderId } from "@bihuan/core/order-id.ts";
import type { Platform } from "../../platform/platform.ts";
import { sql } from "../../platform/sql.ts";
import { orderTasks, readTasks, insertTasks } from "../store/tasks.ts";
import type { OrderPorts } from "../world.ts";
import { takeInHand } from "./in-hand.ts";

const BATCH = 200;
export type Retasked = { readonly read: number; readonly changed: number };

/**
 * Brings the tasks of every open order to what its events say. Batch by batch, each in a transaction that holds its orders: the
 * server goes on meanwhile, and what was interrupted is begun again at no cost but reading. Out: how many orders were read, and how
 * many had other tasks before.
 */
export async function retaskOrders(
  platform: Pick<Platform, "db">,
  ports: OrderPorts,
  onProgress: (done: Retasked) => void = () => {},
): Promise<Retasked> {
  const tree = await ports.tree();
  let done: Retasked = { read: 0, changed: 0 };
  for (let after: OrderId = "0"; ; ) {
    const ids = await openOrders(platform.db, after);
    const last = ids.at(-1);
    if (last === undefined) return done;
    after = last;
    const changed = await platform.db.transaction(async (tx) => {
      const held = await takeInHand(tx, ports, ids);
      const kept = Map.groupBy(await readTasks(tx, ids), ({ orderId }) => orderId);
      const wrong = [...held.values()].filter(
        (order) => canonicalJson(sorted(orderTasks(order))) !== canonicalJson(sorted(kept.get(order.orderId) ?? [])),
      );
      const wrongIds = wrong.map(({ orderId }) => orderId);
      await tx.run(sql`delete from order_task where order_id = any(${wrongIds}::bigint[])`);
      await insertTasks(tx, tree, wrong.flatMap(orderTasks));
      return wrong.length;
    });
    done = { read: done.read + ids.length, changed: done.changed + changed };
    onProgress(done);
  }
}

type Rows = readonly { readonly task: { readonly seq: number; readonly unitId: number } }[];
/** Tasks in the order in which they are kept. */
export const sorted = <T extends Rows[number]>(rows: readonly T[]): T[] =>
  rows.toSorted((a, b) => a.task.seq - b.task.seq || a.task.unitId - b.task.unitId);

async function openOrders(db: Platform["db"], after: OrderId): Promise<OrderId[]> {
  const rows = await db.rows<{ order_id: OrderId }>(sql`
    select order_id from work_order
    where status in ('OPEN', 'SUSPENDED') and import_id is null and order_id > ${after}::bigint
    order by order_id limit ${BATCH}`);
  return rows.map(({ order_id }) => order_id);
}
