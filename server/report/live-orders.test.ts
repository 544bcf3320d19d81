import assert from "node:assert/strict";
import { test } from "node:test";
import type { ReportQuery } from "@bihuan/contract/report.ts";
import { people, units } from "@bihuan/core/flow/testing/world.ts";
import { isRefusal } from "@bihuan/core/refusal.ts";
import { testDatabase } from "../platform/testing/database.ts";
import { openDesk, seedOrganisation } from "../work-order/testing/desk.ts";
import { everything } from "./queries.ts";
import { selectCases } from "./selection.ts";
import { timeliness } from "./timeliness.ts";

const { dispatcher, handler, reviewer, verifier } = people;
const db = await testDatabase();
await seedOrganisation(db);

test("orders of this system are late where any of their maxima was missed, open ones at the instant of the report", async () => {
  const desk = await openDesk(db);
  const report = async (query: ReportQuery) => {
    const selection = await selectCases(db, query, desk.time.nowMs(), everything);
    assert.ok(!isRefusal(selection));
    return timeliness(db, selection);
  };
  const inTime = await desk.takeIn();
  await desk.act(dispatcher, inTime.orderId, "dispatch", { unitId: units.station });
  await desk.act(handler, inTime.orderId, "accept");
  const now = () => new Date(desk.time.nowMs()).toISOString();
  await desk.act(handler, inTime.orderId, "arrive", { arrivedAt: now() });
  await desk.act(handler, inTime.orderId, "restore", { restoredAt: now(), kind: "LV_FAULT", work: "更换保险" });
  const reply = {
    contacted: false,
    responsibleUnitId: units.station,
    cause: "EQUIPMENT",
    facts: "保险烧断",
    causeText: "过负荷",
    measures: "更换",
  };
  await desk.act(handler, inTime.orderId, "reply", reply);
  await desk.act(reviewer, inTime.orderId, "review-reply", { approved: true });
  await desk.act(verifier, inTime.orderId, "callback", { result: "REACHED", satisfaction: "SATISFIED" });
  await desk.takeIn();

  const [all] = await report({});
  assert.deepEqual([all?.total, all?.closed, all?.closedOnTime, all?.openWithinLimit, all?.openOverdue], [2, 1, 1, 1, 0]);
  assert.ok((all?.medianHours ?? 0) > 0);
  const [later] = await report({ asOf: "2027-01-01" });
  assert.deepEqual([later?.openWithinLimit, later?.openOverdue], [0, 1]);
  assert.deepEqual(
    (await report({ by: "type,channel,month" })).map((row) => [row.group, row.total]),
    [[{ type: "fault-repair", channel: "HOTLINE_95598", month: "2026-03" }, 2]],
  );
  assert.ok((await report({ by: "unit" })).some((row) => row.group === "客户服务中心"));
});
