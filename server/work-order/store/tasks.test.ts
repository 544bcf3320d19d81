import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { people, units } from "@bihuan/core/flow/testing/world.ts";
import { sql } from "../../platform/sql.ts";
import { testDatabase } from "../../platform/testing/database.ts";
import { audit } from "../audit/audit.ts";
import { retaskOrders } from "../commands/retask.ts";
import { followUnit } from "../commands/unit-moved.ts";
import { openDesk, seedOrganisation } from "../testing/desk.ts";
import { readTasks } from "./tasks.ts";

const { dispatcher, handler, otherHandler, manager } = people;
const db = await testDatabase();
await seedOrganisation(db);
const desk = await openDesk(db);
const kept = async (orderId: string) => (await readTasks(db, [orderId])).map(({ task }) => [task.kind, task.unitId]);

describe("the tasks that are kept of an order", () => {
  test("follow it from unit to unit, with what is asked of others beside it, until it is closed", async () => {
    const { orderId } = await desk.takeIn();
    assert.deepEqual(await kept(orderId), [["dispatch", units.centre]]);
    await desk.act(dispatcher, orderId, "dispatch", { unitId: units.station });
    assert.deepEqual(await kept(orderId), [["accept", units.station]]);
    await desk.act(handler, orderId, "accept");
    await desk.act(handler, orderId, "consult", { unitIds: [units.otherStation, units.crew], question: "请核实" });
    assert.deepEqual(await kept(orderId), [
      ["handle", units.station],
      ["consult", units.otherStation],
      ["consult", units.crew],
    ]);
    await desk.act(otherHandler, orderId, "answer-consultation", { answer: "正常" });
    assert.deepEqual(await kept(orderId), [
      ["handle", units.station],
      ["consult", units.crew],
    ]);
    const requested = await desk.act(handler, orderId, "request-termination", { reason: "INVALID", note: "重复" });
    await desk.act(manager, orderId, "decide", { requestSeq: requested.version, approved: true });
    assert.deepEqual(await kept(orderId), []);
    assert.deepEqual((await audit(db, desk.ports)).violations, []);
  });

  test("go with their unit when it is moved in the organisation", async () => {
    const { orderId } = await desk.takeIn();
    const city = () => db.one<{ unit2: number }>(sql`select unit2 from order_task where order_id = ${orderId}`);
    assert.equal((await city()).unit2, units.city);
    await db.run(sql`update order_task set unit2 = ${units.province} where order_id = ${orderId}`);
    await followUnit(db, units.centre);
    assert.equal((await city()).unit2, units.city);
  });

  test("the audit finds one that is missing, one that is wrong and one too many; making them anew mends all three", async () => {
    const ids = await Promise.all([1, 2, 3].map(async () => (await desk.takeIn()).orderId));
    const [missing = "", wrong = "", strange = ""] = ids;
    await db.run(sql`delete from order_task where order_id = ${missing}`);
    await db.run(sql`update order_task set kind = 'archive' where order_id = ${wrong}`);
    await db.run(sql`
      insert into order_task (region_id, intake_month, order_id, seq, unit_id, flow, kind, kept_out, due_at)
      select region_id, intake_month, order_id, 9, unit_id, flow, 'consult', '{}', 'infinity' from order_task where order_id = ${strange}`);
    const found = async () => (await audit(db, desk.ports)).violations.map(({ orderId }) => orderId ?? "").sort();
    assert.deepEqual(await found(), [...ids].sort());
    assert.equal((await retaskOrders({ db }, desk.ports)).changed, 3);
    assert.deepEqual(await found(), []);
    assert.equal((await retaskOrders({ db }, desk.ports)).changed, 0);
  });
});
