import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { type Person, people, units } from "@bihuan/core/flow/testing/world.ts";
import { makeOrderId } from "@bihuan/core/order-id.ts";
import { currentTree } from "../../identity/organisation/tree.ts";
import { sql } from "../../platform/sql.ts";
import { testDatabase } from "../../platform/testing/database.ts";
import { erasePersonalData } from "../commands/erase.ts";
import { reindexOrders } from "../commands/reindex.ts";
import { openDesk, REGION, scopeOf, seedOrganisation } from "../testing/desk.ts";
import { conditionOf } from "./list-queries.ts";
import type { Cursor } from "./page.ts";
import { pageFound } from "./text-search.ts";

const DAY_MS = 86_400_000;
const db = await testDatabase();
await seedOrganisation(db);
const desk = await openDesk(db, "2025-11-28T02:00:00Z");

// One order every nine days over four months; every third caller is another one.
const orders: { orderId: string; name: string }[] = [];
for (let number = 0; number < 12; number++) {
  const name = number % 3 === 2 ? "李秀英" : "王小明";
  const address = `城东市解放路${number % 2 === 0 ? 128 : 1280}号3栋501`;
  const { orderId } = await desk.takeIn("fault-repair", {
    form: { contactName: name, address, contactPhone: `1381234567${number % 10}` },
  });
  orders.unshift({ orderId, name });
  desk.time.advanceMs(9 * DAY_MS);
}
const newestFirst = (name: string) => orders.filter((order) => order.name === name).map(({ orderId }) => orderId);

const manager: Person = people.manager;
async function find(text: string, { person = manager, after = null as Cursor | null, limit = 50, several = false } = {}) {
  const tree = await currentTree(desk.platform);
  const condition = conditionOf(scopeOf(person), tree, { state: "all", text }, desk.time.nowMs());
  return pageFound(db, condition, after, limit, { tree, nodes: [several ? tree.root.unitId : units.city] });
}

describe("what a text finds", () => {
  test("comes newest first, over all months", async () => {
    assert.deepEqual(
      (await find("王小明")).map((row) => row.order_id),
      newestFirst("王小明"),
    );
  });

  const pages = [1, 2, 3, 5].flatMap((limit) => [false, true].map((several) => [limit, several] as const));
  for (const [limit, several] of pages)
    test(`comes ${limit} a page from ${several ? "several regions" : "one region"}, none twice and none left out`, async () => {
      const seen: string[] = [];
      for (let after: Cursor | null = null; ; ) {
        const rows = await find("王小明", { after, limit, several });
        seen.push(...rows.map((row) => row.order_id));
        const last = rows.at(-1);
        if (!last || rows.length < limit) break;
        after = { atMs: last.intake_at, orderId: last.order_id };
      }
      assert.deepEqual(seen, newestFirst("王小明"));
    });

  const cases: readonly (readonly [text: string, found: number])[] = [
    ["解放路128号", 6],
    ["解放路1280号", 6],
    ["解放路128", 12],
    ["5679", 1],
    ["13812345670", 2],
    ["秀英 解放路", 4],
    ["张", 0],
    ["……", 0],
  ];
  for (const [text, found] of cases) test(`"${text}" finds ${found}`, async () => assert.equal((await find(text)).length, found));

  test("is an order by its number, in one piece or as the page shows it", async () => {
    const orderId = orders[4]?.orderId ?? "";
    for (const text of [orderId, `${orderId.slice(0, 3)} ${orderId.slice(3, 11)} ${orderId.slice(11)}`])
      assert.deepEqual(
        (await find(text)).map((row) => row.order_id),
        [orderId],
      );
    assert.deepEqual(await find(makeOrderId(REGION, "2025-12-01", 77)), []);
  });

  test("stays within what a person reaches", async () => {
    assert.deepEqual(await find("王小明", { person: people.handler }), []);
    const { orderId } = orders[0] as { orderId: string };
    await desk.act(people.dispatcher, orderId, "dispatch", { unitId: units.station });
    const rows = await find(orders[0]?.name ?? "", { person: people.handler });
    assert.deepEqual(
      rows.map((row) => row.order_id),
      [orderId],
    );
  });
});

describe("what an order is about", () => {
  const subject = (title: string, more: object = {}) => desk.takeIn("fault-repair", { form: { title, ...more } });

  test("finds it: any part of its title, among its first words", async () => {
    const { orderId } = await subject("表后线烧断，家里又没电了");
    for (const text of ["表后线烧断", "没电", "家里又没电", "表后线 没电", orderId])
      assert.deepEqual(
        (await find(text)).map((row) => row.order_id),
        [orderId],
        text,
      );
    assert.deepEqual(await find("没有电"), []);
  });

  test("adds no more than thirty-odd entries to the index, however long a title is", async () => {
    const size = async (title: string) => {
      const { orderId } = await subject(title);
      return (await db.one<{ n: number }>(sql`select cardinality(tokens) n from order_contact where order_id = ${orderId}`)).n;
    };
    const long = [...Array(120).keys()].map((index) => String.fromCodePoint(0x4e00 + index)).join("");
    assert.ok((await size(long)) - (await size("。")) <= 31);
  });

  test("does not lead to a hidden caller whom the title names", async () => {
    const { orderId } = await subject("赵六举报表计", { identity: "CONFIDENTIAL" });
    assert.deepEqual(
      (await find("赵六举报", { person: people.agent })).map((row) => row.order_id),
      [orderId],
      "the desk knows him",
    );
    assert.deepEqual(await find("赵六举报", { person: people.handler }), []);
    assert.deepEqual(await find("赵六举报", { person: people.manager }), []);
  });

  test("finds older orders once the index is made anew, which goes on from where it stopped and brings back nobody erased", async () => {
    const older = await subject("变压器异响");
    const erased = await subject("变压器异响");
    const row = (orderId: string) => sql`select tokens, search_text from order_contact where order_id = ${orderId}`;
    const kept = await db.one(row(older.orderId));
    assert.equal((await reindexOrders(db)).changed, 0, "what is as it should be is left alone");
    await db.run(
      sql`update order_contact set tokens = array['a:x'], search_text = '|1|' where order_id = any(${[older.orderId]}::bigint[])`,
    );
    await erasePersonalData(desk.platform, erased.orderId, "客户要求删除");
    assert.deepEqual(await find("变压器异响"), []);
    assert.equal((await reindexOrders(db)).changed, 1);
    assert.deepEqual(await db.one(row(older.orderId)), kept);
    assert.deepEqual(
      (await find("变压器异响")).map(({ order_id }) => order_id),
      [older.orderId],
    );
  });
});
