import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Scope } from "@bihuan/core/identity/scope.ts";
import { currentTree } from "../identity/organisation/tree.ts";
import { testUnits } from "../identity/testing/people.ts";
import { sql } from "../platform/sql.ts";
import { testDatabase } from "../platform/testing/database.ts";
import { testPlatform } from "../platform/testing/server.ts";
import { manualTime } from "../platform/time.ts";
import { eraseCustomer } from "./editing/erase.ts";
import { customersForIntake, holdCustomers, type Named } from "./intake.ts";
import { csv, importer } from "./testing/file.ts";

const platform = testPlatform(await testDatabase(), manualTime("2026-03-02T01:00:00Z"));
const { db } = platform;
const units = await testUnits(platform);
const load = await importer(platform);
const headings = ["户号", "户名", "用电类别", "单位编码", "地址", "联系电话", "客户编号", "联系人"];
const { refused } = await load(
  csv(
    headings,
    ["10001", "张三", "居民", "A11", "城东市解放路1号", "13800000001", ""],
    ["10002", "清江纺织有限公司", "高压单电源", "A11", "工业路2号", "", "C1"],
    ["10003", "清江纺织有限公司", "高压单电源", "A12", "工业路3号", "", "C1"],
    ["10004", "李四", "居民", "A11", "城东市解放路4号", "", ""],
    ["10004", "王五", "居民", "B1", "城北市人民路4号", "", ""],
    ["10005", "王小明", "居民", "A11", "城东市滨河路5号", "13800138017", "", "李芳 13900139017 家属"],
    ["10006", "陈秀英", "居民", "A11", "城东市滨河路6号", "", "", "陈伟 13700137031 家属; 陈秀英 0731-88886631"],
    ["10007", "好邻居便利店", "低压非居民", "A11", "城东市滨河路7号", "", "", "赵敏 13600136048 经办人"],
    ["20001", "城北居民", "居民", "B1", "城北市人民路1号", "", ""],
  ),
  { mapping: { defaults: { areaClass: "URBAN" } } },
);
assert.deepEqual(refused, []);

const scopeAt = (code: string): Scope => ({
  principal: { kind: "staff", id: 1, name: code },
  homeUnitId: units[code] as number,
  grants: [{ role: "AGENT", unitId: units[code] as number }],
});
const idOf = async (accountNo: string, city = 101) =>
  (
    await db.one<{ id: string }>(sql`
      select customer_id::text id from customer_account where region_id = ${city} and account_no = ${accountNo}`)
  ).id;
async function found(code: string, named: Omit<Named, "scope">) {
  const [one] = await customersForIntake(db, await currentTree(platform), [{ scope: scopeAt(code), ...named }]);
  return one && [one.contactName, one.phone, one.account?.accountNo ?? null, one.account?.address ?? null];
}
const zhang = ["张三", "13800000001", "10001", "城东市解放路1号"];

describe("the customer a demand names", () => {
  test("is found by the account number, however it was typed", async () => {
    assert.deepEqual(await found("A", { accountNo: "10001" }), zhang);
    assert.deepEqual(await found("A", { accountNo: " １０００１ " }), zhang);
    assert.equal(await found("A", { accountNo: "19999" }), null);
  });

  test("with his only account, where he was chosen without one", async () => {
    assert.deepEqual(await found("A", { customerId: await idOf("10001") }), zhang);
  });

  test("with the account that was named, of several; with none, where none was: no address is better than another's", async () => {
    const customerId = await idOf("10002");
    assert.deepEqual(await found("A", { customerId, accountNo: "10003" }), ["清江纺织有限公司", null, "10003", "工业路3号"]);
    assert.deepEqual(await found("A", { customerId }), ["清江纺织有限公司", null, null, null]);
    assert.deepEqual(await found("A", { customerId, accountNo: "10001" }), ["清江纺织有限公司", null, null, null]);
  });

  test("is nobody where two customers within reach have the number, and one where one does", async () => {
    assert.equal(await found("P", { accountNo: "10004" }), null);
    assert.equal((await found("A", { accountNo: "10004" }))?.[0], "李四");
    assert.equal((await found("B", { accountNo: "10004" }))?.[0], "王五");
  });

  test("is nobody out of reach, by number or by id: intake is no way into other cities' files", async () => {
    assert.equal(await found("A", { accountNo: "20001" }), null);
    assert.equal(await found("A", { customerId: await idOf("20001", 102) }), null);
    assert.equal((await found("P", { customerId: await idOf("20001", 102) }))?.[0], "城北居民");
  });

  test("is called by his own number, which stands before a relative's wherever the file has it", async () => {
    assert.deepEqual((await found("A", { accountNo: "10005" }))?.slice(0, 2), ["王小明", "13800138017"]);
    assert.deepEqual((await found("A", { accountNo: "10006" }))?.slice(0, 2), ["陈秀英", "073188886631"]);
    assert.deepEqual(
      (await found("A", { accountNo: "10007" }))?.slice(0, 2),
      ["赵敏", "13600136048"],
      "who has none, by the first",
    );
  });

  test("answers each of a batch by its own", async () => {
    const tree = await currentTree(platform);
    const scope = scopeAt("A");
    const customers = await customersForIntake(db, tree, [
      { scope },
      { scope, accountNo: "10004" },
      { scope: scopeAt("B"), accountNo: "10004" },
      { scope, customerId: "4711" },
      { scope, customerId: await idOf("10001"), accountNo: "10001" },
    ]);
    assert.deepEqual(
      customers.map((customer) => customer?.contactName ?? null),
      [null, "李四", "王五", null, "张三"],
    );
  });
});

test("who is named is held against erasure until the demand is kept; who was erased is nobody", async () => {
  const customerId = await idOf("10004");
  assert.ok(await holdCustomers(db, []));
  assert.ok(await holdCustomers(db, [customerId, customerId]));
  const order: string[] = [];
  let erasing: Promise<unknown> = Promise.resolve();
  await db.transaction(async (tx) => {
    assert.ok(await holdCustomers(tx, [customerId]));
    erasing = db.transaction((other) => eraseCustomer(other, customerId, platform.time.nowMs())).then(() => order.push("erased"));
    await tx.rows(sql`select pg_sleep(0.1)`);
    order.push("kept");
  });
  await erasing;
  assert.deepEqual(order, ["kept", "erased"]);
  assert.equal(await holdCustomers(db, [customerId]), false);
  assert.equal(await found("A", { customerId }), null);
  assert.equal(await found("A", { accountNo: "10004" }), null);
});
