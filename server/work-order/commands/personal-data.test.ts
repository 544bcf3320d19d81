import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { people, type Person, units } from "@bihuan/core/flow/testing/world.ts";
import { sql } from "../../platform/sql.ts";
import { testDatabase } from "../../platform/testing/database.ts";
import { audit } from "../audit/audit.ts";
import { conditionOf } from "../queries/list-queries.ts";
import { pageByIntake } from "../queries/page.ts";
import { openDesk, scopeOf, seedOrganisation } from "../testing/desk.ts";
import { erasePersonalData } from "./erase.ts";
import { unmaskOrder } from "./unmask.ts";

const db = await testDatabase();
await seedOrganisation(db);
const desk = await openDesk(db);
const { agent, dispatcher, handler, otherHandler } = people;
const reason = "回拨核实地址";
const unmask = (person: Person, orderId: string, why = reason) =>
  unmaskOrder(desk.platform, desk.ports, scopeOf(person), orderId, why, "127.0.0.1");
const recorded = async (orderId: string) =>
  db.rows<{ action: string; reason: string | null }>(
    sql`select action, reason from access_log where record_id = ${orderId} order by 1`,
  );
const handled = async (form: object = {}) => {
  const { orderId } = await desk.takeIn("fault-repair", { form: { address: "解放路12号", ...form } });
  await desk.act(dispatcher, orderId, "dispatch", { unitId: units.station });
  return orderId;
};

describe("seeing personal data in full", () => {
  test("is for who handles the order, and is recorded with the reason", async () => {
    const orderId = await handled();
    assert.deepEqual(await unmask(handler, orderId), {
      contactName: "王小明",
      contactPhone: "13800138000",
      address: "解放路12号",
      accountNo: null,
    });
    assert.deepEqual(await recorded(orderId), [{ action: "PERSONAL_DATA_UNMASKED", reason }]);
  });

  test("a confidential caller stays hidden from the handler; what was refused was not seen", async () => {
    const orderId = await handled({ identity: "CONFIDENTIAL" });
    assert.deepEqual(await unmask(handler, orderId), { refused: "work-order.identity-confidential", facts: {} });
    assert.deepEqual(await recorded(orderId), []);
  });

  test("an order elsewhere, or none, is not found", async () => {
    const orderId = await handled();
    for (const id of [orderId, "1012026032099999999", "1", "x"]) {
      const result = await unmask(otherHandler, id);
      assert.equal("refused" in result && result.refused, "work-order.not-found");
    }
  });
});

describe("erasing personal data", () => {
  test("leaves what was decided, takes who it was about, and the chain stays valid", async () => {
    const orderId = await handled();
    const before = await db.one(sql`select head_hash, version from work_order where order_id = ${orderId}`);
    const erased = await erasePersonalData(desk.platform, orderId, "客户要求删除");
    assert.ok("erased" in erased && erased.erased >= 2);
    assert.deepEqual(await db.one(sql`select head_hash, version from work_order where order_id = ${orderId}`), before);
    const contact = await db.one(
      sql`select title, name, phone, address, tokens, search_text from order_contact where order_id = ${orderId}`,
    );
    assert.deepEqual(contact, { title: "", name: null, phone: null, address: null, tokens: [], search_text: "" });
    assert.deepEqual(await recorded(orderId), [{ action: "PERSONAL_DATA_ERASED", reason: "客户要求删除" }]);
    assert.deepEqual((await audit(db, desk.ports)).violations, []);
  });

  test("nobody is found by what was erased", async () => {
    const orderId = await handled({ contactPhone: "13711112222" });
    const found = async () => {
      const tree = await desk.ports.tree();
      const condition = conditionOf(scopeOf(agent), tree, { state: "all", text: "13711112222" }, desk.time.nowMs());
      return (await pageByIntake(db, condition, null, 10)).map((row) => row.order_id);
    };
    assert.deepEqual(await found(), [orderId]);
    await erasePersonalData(desk.platform, orderId, "客户要求删除");
    assert.deepEqual(await found(), []);
  });

  test("an erased order goes on: it can be handled and closed", async () => {
    const orderId = await handled();
    await erasePersonalData(desk.platform, orderId, "客户要求删除");
    assert.equal((await desk.act(handler, orderId, "accept")).state.holderId, handler.id);
  });

  test("needs a reason and an order", async () => {
    const refused = async (orderId: string, why: string) => {
      const result = await erasePersonalData(desk.platform, orderId, why);
      return "refused" in result ? result.refused : "";
    };
    assert.equal(await refused(await handled(), " "), "identity.reason-required");
    for (const id of ["1012026032099999999", "nothing"]) assert.equal(await refused(id, reason), "work-order.not-found");
  });
});
