import assert from "node:assert/strict";
import { test } from "node:test";
import { people, units } from "@bihuan/core/flow/testing/world.ts";
import { isRefusal } from "@bihuan/core/refusal.ts";
import { customerSummary } from "../../customer/queries.ts";
import { instant, sql } from "../../platform/sql.ts";
import { testDatabase } from "../../platform/testing/database.ts";
import { audit } from "../audit/audit.ts";
import { eraseCustomerData } from "../commands/erase.ts";
import { openDesk, REGION, scopeOf, seedOrganisation } from "../testing/desk.ts";
import { conditionOf } from "./list-queries.ts";
import { orderNames } from "./order-names.ts";
import { pageByIntake } from "./page.ts";

const db = await testDatabase();
await seedOrganisation(db);
const desk = await openDesk(db);
const [survivor, merged, other] = ["1010000000001", "1010000000002", "1010000000003"] as const;
const at = instant(desk.time.nowMs());
for (const id of [survivor, merged, other])
  await db.run(sql`
    insert into customer (region_id, customer_id, name, importance, created_at, changed_at)
    values (${REGION}, ${id}, '王小明', 'ORDINARY', ${at}, ${at})`);
await db.run(sql`
  insert into customer_account (region_id, account_no, customer_id, unit_id, category, area_class)
  values (${REGION}, '4301010000001', ${survivor}, ${units.station}, 'RESIDENT', 'URBAN')`);

test("orders taken in before a merge belong to the file that stays, found by either id, told and erased with it", async () => {
  const { orderId } = await desk.takeIn("inquiry", { form: { customerId: merged, contactName: "王小明" } });
  await db.run(sql`update customer set merged_into = ${survivor} where customer_id = ${merged}`);
  await db.run(sql`
    insert into customer_merge (region_id, merged_id, merge_no, survivor_id, survivor_version, reason, merged_at)
    values (${REGION}, ${merged}, 1, ${survivor}, 2, '同一客户', ${at})`);
  const tree = await desk.ports.tree();
  const orders = async (customerId: string) => {
    const condition = conditionOf(scopeOf(people.agent), tree, { state: "all", customerId }, desk.time.nowMs());
    return (await pageByIntake(db, condition, null, 10)).map((row) => row.order_id);
  };
  assert.deepEqual([await orders(survivor), await orders(merged), await orders(other)], [[orderId], [orderId], []]);
  assert.equal((await customerSummary(db, merged, null))?.customerId, survivor, "the order shows the file that stays");
  assert.deepEqual(
    [
      await orderNames(db, orderId, [survivor, merged]),
      await orderNames(db, orderId, [other]),
      await orderNames(db, "x", [merged]),
    ],
    [true, false, false],
  );
  const erase = (customerId: string) =>
    eraseCustomerData(desk.platform, customerId, { reason: "客户要求删除", withOrders: true });
  const open = await erase(survivor);
  assert.ok(isRefusal(open) && open.refused === "customer.orders-open", "an open order of the merged file keeps both");
  const byOld = await erase(merged);
  assert.ok(isRefusal(byOld) && byOld.refused === "customer.merged");
  await db.run(sql`update work_order set status = 'ARCHIVED' where order_id = ${orderId}`);
  assert.deepEqual(await erase(survivor), { customerId: survivor, orders: 1, ordersKept: 0 });
  const left = await db.rows(sql`
    select c.name, o.name contact from customer c left join order_contact o on o.order_id = ${orderId} where c.customer_id = ${merged}`);
  assert.deepEqual(left, [{ name: null, contact: null }]);
  const { violations } = await audit(db, desk.ports);
  assert.deepEqual(
    violations.filter(({ invariant }) => invariant === "customer"),
    [],
  );
});
