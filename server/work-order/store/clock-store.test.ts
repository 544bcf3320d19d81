import assert from "node:assert/strict";
import { test } from "node:test";
import { people, units } from "@bihuan/core/flow/testing/world.ts";
import { testDatabase } from "../../platform/testing/database.ts";
import { sql } from "../../platform/sql.ts";
import { openDesk, seedOrganisation } from "../testing/desk.ts";

const db = await testDatabase();
await seedOrganisation(db);
const desk = await openDesk(db);

type Kept = { clock_no: number; slot: string; written: string };
const live = (orderId: string) =>
  db.rows<Kept>(sql`select clock_no, slot, xmin::text as written from clock where order_id = ${orderId} order by clock_no`);
const ended = (orderId: string) =>
  db.rows<{ slot: string }>(sql`select distinct slot from clock_history where order_id = ${orderId} order by slot`);

test("an action that moves no clock writes none", async () => {
  const { orderId } = await desk.takeIn();
  const before = await live(orderId);
  assert.ok(before.length > 0);
  await desk.act(people.dispatcher, orderId, "note", { note: "来电补充：单元门禁密码 1234" });
  assert.deepEqual(await live(orderId), before);
});

test("an action writes the clocks that it starts and stops, and leaves the others as they were", async () => {
  const { orderId } = await desk.takeIn();
  const before = await live(orderId);
  await desk.act(people.dispatcher, orderId, "dispatch", { unitId: units.station });
  const after = await live(orderId);
  const untouched = after.filter(({ written }) => before.some((clock) => clock.written === written));
  assert.deepEqual(
    untouched.map(({ clock_no }) => clock_no),
    before.filter(({ slot }) => slot !== "dispatch").map(({ clock_no }) => clock_no),
  );
  assert.ok(after.length > untouched.length, "accepting is timed from now on");
  assert.deepEqual(await ended(orderId), [{ slot: "dispatch" }]);
});

test("each urge starts a clock of its own beside those that run", async () => {
  const { orderId } = await desk.takeIn();
  const numbers = async () => (await live(orderId)).map(({ clock_no }) => clock_no);
  const before = await numbers();
  await desk.act(people.agent, orderId, "urge", { by: "CUSTOMER", note: "客户再次来电" });
  const urged = await numbers();
  assert.deepEqual(urged.slice(0, before.length), before);
  assert.ok(urged.length > before.length);
  assert.equal(new Set(urged).size, urged.length);
});
