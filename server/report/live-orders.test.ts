import assert from "node:assert/strict";
import { test } from "node:test";
import type { ReportQuery } from "@bihuan/contract/report.ts";
import { people, units } from "@bihuan/core/flow/testing/world.ts";
import { isRefusal } from "@bihuan/core/refusal.ts";
import { business } from "../business.ts";
import { ensureShippedRules } from "../clock/shipped.ts";
import { sql } from "../platform/sql.ts";
import { testDatabase } from "../platform/testing/database.ts";
import { orderPorts } from "../work-order/ports.ts";
import { openDesk, REGION, seedOrganisation } from "../work-order/testing/desk.ts";
import { everything, type Reach } from "./queries.ts";
import { reportOf } from "./report.ts";
import { selectCases } from "./selection.ts";
import { timeliness } from "./timeliness.ts";

const { dispatcher, handler, reviewer, verifier } = people;
const db = await testDatabase();
await seedOrganisation(db);
// The rules the product comes with: statutory, promised and internal limits of one stretch.
const desk = await openDesk(db, "2026-03-20T02:00:00Z", (platform) => {
  const { currentRulebook, rulebooks } = orderPorts(platform);
  return { currentRulebook, rulebooks };
});
await ensureShippedRules(desk.platform, business);

const select = async (query: ReportQuery, reach: Reach = everything) => {
  const selection = await selectCases(db, query, desk.time.nowMs(), reach);
  assert.ok(!isRefusal(selection));
  return selection;
};
const report = async (query: ReportQuery, reach?: Reach) => timeliness(db, await select(query, reach));
const now = () => new Date(desk.time.nowMs()).toISOString();

// Handled by the station from end to end, each step within its limit.
const inTime = await desk.takeIn();
await desk.act(dispatcher, inTime.orderId, "dispatch", { unitId: units.station });
await desk.act(handler, inTime.orderId, "accept");
await desk.act(handler, inTime.orderId, "arrive", { arrivedAt: now() });
await desk.act(handler, inTime.orderId, "restore", { restoredAt: now(), kind: "LV_FAULT", work: "更换保险" });
await desk.act(handler, inTime.orderId, "reply", {
  contacted: false,
  responsibleUnitId: units.station,
  cause: "EQUIPMENT",
  facts: "保险烧断",
  causeText: "过负荷",
  measures: "更换",
});
await desk.act(reviewer, inTime.orderId, "review-reply", { approved: true });
await desk.act(verifier, inTime.orderId, "callback", { result: "REACHED", satisfaction: "SATISFIED" });
// Dispatched after ten minutes instead of two: nothing that was promised to the customer is over.
const slow = await desk.takeIn();
desk.time.advanceMs(9 * 60_000);
await desk.act(dispatcher, slow.orderId, "dispatch", { unitId: units.station });
// Just taken in.
await desk.takeIn();

test("the law's and promised limits make an order late, at the instant of the report; internal ones are counted apart", async () => {
  const [all] = await report({});
  assert.deepEqual(
    [all?.total, all?.closed, all?.closedOnTime, all?.openWithinLimit, all?.openOverdue, all?.internalMissed],
    [3, 1, 1, 2, 0, 1],
  );
  assert.ok((all?.medianHours ?? 0) > 0);
  const [later] = await report({ asOf: "2027-01-01" });
  assert.deepEqual([later?.openWithinLimit, later?.openOverdue, later?.closedOnTime], [0, 2, 1]);
});

test("an order belongs to the unit that handled it, although it went back to the desk; undispatched to the one that has it", async () => {
  const closed = await db.one<{ unitId: number }>(
    sql`select unit_id "unitId" from work_order where order_id = ${inTime.orderId}`,
  );
  assert.equal(closed.unitId, units.centre, "after the reply the desk has it");
  assert.deepEqual(
    (await report({ by: "unit" })).map((row) => [row.group, row.total, row.closed, row.onTimeRate]),
    [
      ["城东供电所", 2, 1, 1],
      ["客户服务中心", 1, 0, null],
    ],
  );
});

test("a station sees what it handled, and nobody else's", async () => {
  const at = (unit: number): Reach => ({
    within: (unitId) => sql`${unitId} = ${unit}`,
    reached: { units: [unit], regions: [REGION] },
  });
  assert.deepEqual(
    (await report({}, at(units.station))).map((row) => [row.total, row.closedOnTime]),
    [[2, 1]],
  );
  assert.equal((await report({}, at(units.centre)))[0]?.total, 1);
  assert.equal((await report({}, at(units.otherStation)))[0]?.total ?? 0, 0);
});

test("programs read codes, people read words", async () => {
  assert.deepEqual(
    (await report({ by: "type,channel,month" })).map((row) => [row.group, row.total]),
    [[{ type: "fault-repair", channel: "HOTLINE_95598", month: "2026-03" }, 3]],
  );
  const table = (await reportOf(db, "timeliness", await select({ by: "type,channel" }))).table("zh");
  assert.deepEqual([table.header.at(-1), table.rows[0]?.slice(0, 3)], ["超内部时限", ["故障报修", "95598 热线", 3]]);
});

test("what was withdrawn before it was sent anywhere is the desk's, whoever was proposed for it", async () => {
  const { orderId } = await desk.takeIn();
  await desk.act(people.agent, orderId, "withdraw", { confirmed: true, reason: "客户撤回" });
  assert.deepEqual(
    (await report({ by: "unit" })).map((row) => [row.group, row.total, row.closed]),
    [
      ["城东供电所", 2, 1],
      ["客户服务中心", 2, 1],
    ],
  );
});
