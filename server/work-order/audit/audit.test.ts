import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { people, units } from "@bihuan/core/flow/testing/world.ts";
import { raw, sql } from "../../platform/sql.ts";
import { testDatabase } from "../../platform/testing/database.ts";
import { erasePersonalData } from "../commands/erase.ts";
import { openDesk, seedOrganisation } from "../testing/desk.ts";
import { audit, auditIn } from "./audit.ts";

const db = await testDatabase();
await seedOrganisation(db);
const desk = await openDesk(db);
const { orderId } = await desk.takeIn();
const { orderId: child } = await desk.takeIn();
await desk.act(people.dispatcher, child, "merge", { masterId: orderId });
await desk.act(people.dispatcher, orderId, "dispatch", { unitId: units.station });

const stray = "1012026032000099999";
const tampering: readonly [string, string, RegExp][] = [
  [
    "a participant that was removed",
    `delete from order_unit where unit_id = ${units.station}`,
    /unit 4 took part and is not kept/,
  ],
  [
    "a participant that was slipped in",
    `insert into order_unit select region_id, ${units.otherStation}, order_id, intake_month from work_order where order_id = ${orderId}`,
    /unit 5 is kept as a participant and was none/,
  ],
  ["a contact that was removed", `delete from order_contact where order_id = ${orderId}`, /its contact is gone/],
  [
    "a clock of an order that is not there",
    `insert into clock_history select (json_populate_record(c, '{"order_id": ${stray}, "status": "met"}')).* from clock c limit 1`,
    /rows in clock_history without an order/,
  ],
  [
    "a contact of an order that is not there",
    `insert into order_contact (region_id, intake_month, order_id, title) values (101, 202603, ${stray}, 'x')`,
    /rows in order_contact without an order/,
  ],
  [
    "personal data put beside an event that had none",
    `insert into order_private select region_id, intake_month, order_id, 2, salt, data from order_private where order_id = ${orderId}`,
    /personal data of event 2 that no event answers for/,
  ],
  [
    "a repeat left under a master that was closed behind its back",
    `update work_order set status = 'ARCHIVED', step = null where order_id = ${orderId}`,
    /waits under \d+, which is not open/,
  ],
  ["a wrong way up the organisation", `update work_order set unit2 = ${units.province}`, /unit2 is 1, the fold says 2/],
];

describe("the audit looks beside the histories too", () => {
  test("and finds nothing where nothing was done", async () => {
    assert.deepEqual((await audit(db, desk.ports)).violations, []);
  });
  for (const [what, statement, found] of tampering)
    test(`${what} shows`, async () => {
      const undo = new Error("undo");
      await assert.rejects(
        db.transaction(async (tx) => {
          await tx.run(sql`${raw(statement)}`);
          const { violations } = await auditIn(tx, desk.ports);
          assert.match(violations.map((violation) => violation.detail).join("\n"), found);
          throw undo;
        }),
        undo,
      );
    });

  test("an erasure is no tampering: what remains is whole", async () => {
    await erasePersonalData(desk.platform, orderId, "客户要求删除");
    assert.deepEqual((await audit(db, desk.ports)).violations, []);
  });
});
