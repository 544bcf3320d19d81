// What was promised on the average, over the population: under the rules the product comes with, and one in working days.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { RulebookDefinition } from "@bihuan/core/clock/rules/rulebook.ts";
import { people, units } from "@bihuan/core/flow/testing/world.ts";
import { isRefusal } from "@bihuan/core/refusal.ts";
import { business } from "../business.ts";
import { ensureShippedRules } from "../clock/shipped.ts";
import { sql } from "../platform/sql.ts";
import { testDatabase } from "../platform/testing/database.ts";
import { orderPorts } from "../work-order/ports.ts";
import { openDesk, REGION, seedOrganisation } from "../work-order/testing/desk.ts";
import { averages } from "./averages.ts";
import { everything, type Reach } from "./queries.ts";
import { reportOf } from "./report.ts";
import { selectCases } from "./selection.ts";

const { dispatcher, handler, otherHandler } = people;
const db = await testDatabase();
await seedOrganisation(db);
const desk = await openDesk(db, "2026-03-20T02:00:00Z", (platform) => {
  const { currentRulebook, rulebooks } = orderPorts(platform);
  return { currentRulebook, rulebooks };
});
await ensureShippedRules(desk.platform, business);

const select = async (by = "", reach: Reach = everything) => {
  const selection = await selectCases(db, { by }, desk.time.nowMs(), reach);
  assert.ok(!isRefusal(selection));
  return selection;
};
const now = () => new Date(desk.time.nowMs()).toISOString();
/** A fault of a station's, reached so many minutes after the call; three of them pass in any case. */
async function fault(person: typeof handler | typeof otherHandler, unitId: number, minutes: number): Promise<string> {
  const { orderId } = await desk.takeIn("fault-repair", { form: { targetUnitId: unitId } });
  await desk.act(dispatcher, orderId, "dispatch", { unitId });
  await desk.act(person, orderId, "accept");
  desk.time.advanceMs((minutes - 3) * 60_000);
  await desk.act(person, orderId, "arrive", { arrivedAt: now() });
  return orderId;
}
const first = await fault(handler, units.station, 30);
await fault(handler, units.station, 66);
await fault(otherHandler, units.otherStation, 20);
// Nobody went there: that is no arrival, and no part of the average.
const remote = await desk.takeIn();
await desk.act(dispatcher, remote.orderId, "dispatch", { unitId: units.station });
await desk.act(handler, remote.orderId, "accept");
await desk.act(handler, remote.orderId, "reply", {
  notOnSite: "GUIDED_BY_PHONE",
  contacted: false,
  responsibleUnitId: units.station,
  cause: "CUSTOMER_SIDE",
  facts: "空开跳闸",
  causeText: "客户内部",
  measures: "电话指导合闸",
});

const figures = async (by = "", reach?: Reach) =>
  (await averages(db, await select(by, reach))).map(({ group, rule, cases, above, mean, met }) => [
    group,
    rule,
    cases,
    above,
    mean,
    met,
  ]);

test("an average judges all of them together, though one took longer; who did not arrive is no part of it", async () => {
  assert.deepEqual(await figures(), [[null, "arrival-urban", 3, 1, 38.67, true]]);
  assert.deepEqual(await figures("unit"), [
    ["城东供电所", "arrival-urban", 2, 1, 48, false],
    ["城西供电所", "arrival-urban", 1, 0, 20, true],
  ]);
  const [row] = await averages(db, await select());
  assert.deepEqual(
    [row?.pack, row?.slot, row?.authority, row?.amount, row?.unit, row?.limit.zh],
    ["state-grid-2022", "arrival", "promise", 45, "minute", "45 分钟"],
  );
});

test("a station's average is made of its own orders", async () => {
  const station: Reach = {
    within: (unitId) => sql`${unitId} = ${units.otherStation}`,
    reached: { units: [units.otherStation], regions: [REGION] },
  };
  assert.deepEqual(await figures("", station), [[null, "arrival-urban", 1, 0, 20, true]]);
});

test("people read the rule, what it allows and what was taken", async () => {
  const { header, rows } = (await reportOf(db, "averages", await select("type"))).table("zh");
  assert.deepEqual(header.slice(0, 3), ["类型", "规则", "依据类别"]);
  assert.deepEqual(rows, [["故障报修", "到达现场（城区，平均）", "承诺", "45 分钟", "38.67 分钟", 3, 1, "达标"]]);
});

test("what stood still is left out, once however many suspensions there were at the time", async () => {
  // The shipped averages stand still for nothing; a pack of one's own may, and its clocks are kept like this.
  await db.run(sql`
    insert into clock_history select * from jsonb_populate_record(null::clock_history, (
      select to_jsonb(h) || jsonb_build_object('clock_no', 99, 'pauses', (
        select jsonb_agg(jsonb_build_object('fromMs', began + a * 60000, 'toMs', began + b * 60000, 'reason', 'WEATHER', 'stopsClock', stops))
        from (values (5, 15, true), (10, 20, true), (20, 28, false)) p (a, b, stops),
          (select (extract(epoch from h.started_at) * 1000)::bigint began) s))
      from clock_history h where order_id = ${first}::bigint and slot = 'arrival' and limit_kind = 'average'))`);
  assert.deepEqual(await figures("unit"), [
    ["城东供电所", "arrival-urban", 3, 1, 37, true],
    ["城西供电所", "arrival-urban", 1, 0, 20, true],
  ]);
  await db.run(sql`delete from clock_history where clock_no = 99`);
});

test("an average in working days counts working days", async () => {
  const { definition } = await db.one<{ definition: RulebookDefinition }>(sql`select definition from rulebook where version = 1`);
  const packs = definition.packs.map((pack) =>
    pack.key === "state-grid-2022"
      ? { ...pack, rules: pack.rules.map((rule) => (rule.key === "complaint-answer" ? { ...rule, limitKind: "average" } : rule)) }
      : pack,
  );
  await db.run(sql`
    insert into rulebook (version, definition, calendar, pack_versions, changes, hash, note, published_at)
    select 2, ${JSON.stringify({ ...definition, version: 2, packs })}::jsonb, calendar, pack_versions, changes, hash, 'x', now()
    from rulebook where version = 1`);
  // Friday 20 March 2026; withdrawn on Tuesday: Monday and Tuesday were worked.
  const { orderId } = await desk.takeIn("complaint", { subtype: "SERVICE" });
  desk.time.set("2026-03-24T03:00:00Z");
  await desk.act(people.agent, orderId, "withdraw", { confirmed: true, reason: "客户撤回" });
  assert.deepEqual(
    (await averages(db, await select("type")))
      .filter(({ rule }) => rule === "complaint-answer")
      .map(({ group, mean, unit, met }) => [group, mean, unit, met]),
    [["complaint", 2, "workingDay", true]],
  );
});
