// Each filter of the list, one by one and over HTTP's own query: what it finds, and what the counts say of it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { people, units } from "@bihuan/core/flow/testing/world.ts";
import { business } from "../../business.ts";
import { ensureShippedRules } from "../../clock/shipped.ts";
import { sql } from "../../platform/sql.ts";
import { testDatabase } from "../../platform/testing/database.ts";
import { orderPorts } from "../ports.ts";
import { openDesk, scopeOf, seedOrganisation } from "../testing/desk.ts";
import { conditionOf, countUpTo, type Filter, MOST_COUNTED, pageByDue } from "./list-queries.ts";
import { pageByIntake } from "./page.ts";

const { agent, dispatcher, handler, manager, otherHandler } = people;
const db = await testDatabase();
await seedOrganisation(db);
const desk = await openDesk(db, "2026-03-20T02:00:00Z", (platform) => {
  const { currentRulebook, rulebooks } = orderPorts(platform);
  return { currentRulebook, rulebooks };
});
await ensureShippedRules(desk.platform, business);

const names = new Map<string, string>();
async function order(name: string, flow = "fault-repair", subtype: string | null = null): Promise<string> {
  const { orderId } = await desk.takeIn(flow, { subtype });
  names.set(orderId, name);
  return orderId;
}
const dispatchTo = (orderId: string, unitId: number) => desk.act(dispatcher, orderId, "dispatch", { unitId });

// One minute passes with every action. The limit for dispatching is two, for accepting three, for arriving 45 and by law 60.
const late = await order("late");
await dispatchTo(late, units.station);
await desk.act(handler, late, "accept");
desk.time.advanceMs(90 * 60_000);
await desk.act(handler, late, "arrive", { arrivedAt: new Date(desk.time.nowMs()).toISOString() });
const slow = await order("slow");
desk.time.advanceMs(4 * 60_000);
await dispatchTo(slow, units.otherStation);
await desk.act(otherHandler, slow, "accept");
const suspended = await order("suspended");
await dispatchTo(suspended, units.station);
await desk.act(handler, suspended, "accept");
const until = new Date(desk.time.nowMs() + 86_400_000).toISOString();
await desk.act(handler, suspended, "request-suspension", { reason: "CUSTOMER_WORKS", until, note: "待客户" });
await desk.act(manager, suspended, "decide", { requestSeq: 4, approved: true });
await order("inquiry", "inquiry");
const withdrawn = await order("withdrawn", "inquiry");
await desk.act(agent, withdrawn, "withdraw", { confirmed: true, reason: "客户撤回" });
const fresh = await order("fresh");

const tree = await desk.ports.tree();
const condition = (filter: Partial<Filter>, person: Parameters<typeof scopeOf>[0] = manager, nowMs = desk.time.nowMs()) =>
  conditionOf(scopeOf(person), tree, { state: "all", ...filter }, nowMs);
const found = async (...asked: Parameters<typeof condition>): Promise<string[]> => {
  const where = condition(...asked);
  const rows = await pageByIntake(db, where, null, 50);
  assert.equal(await countUpTo(db, where), rows.length, "what is counted is what is listed");
  assert.deepEqual(
    (await pageByDue(db, where, null, 50)).map(({ order_id }) => order_id).toSorted(),
    rows.map(({ order_id }) => order_id).toSorted(),
    "in whatever order",
  );
  return rows.map(({ order_id }) => names.get(order_id) ?? order_id).toSorted();
};

const everything = ["fresh", "inquiry", "late", "slow", "suspended", "withdrawn"];

for (const [what, filter, expected] of [
  ["nothing asked for finds all", {}, everything],
  ["in flight, suspended ones among them", { state: "open" }, ["fresh", "inquiry", "late", "slow", "suspended"]],
  ["closed", { state: "closed" }, ["withdrawn"]],
  ["by flow", { flow: "inquiry" }, ["inquiry", "withdrawn"]],
  ["by step", { step: "repairing" }, ["late"]],
  ["by flow and step", { flow: "fault-repair", step: "dispatching" }, ["fresh"]],
  ["by status", { status: "SUSPENDED" }, ["suspended"]],
  ["suspended by the clock's state", { clock: "suspended" }, ["suspended"]],
  ["what missed a limit of the law or of a promise", { clock: "missed" }, ["late"]],
  ["what missed a limit of the house", { clock: "missed-internal" }, ["late", "slow"]],
  ["by a unit and all below it", { unitId: units.station }, ["late", "suspended"]],
  ["by the city above them all", { unitId: units.city }, everything],
  ["by a unit that once had it", { tookPartUnitId: units.otherStation }, ["slow"]],
  ["by nobody's hands", { holder: "nobody", state: "open" }, ["fresh", "inquiry"]],
] as const satisfies readonly (readonly [string, Partial<Filter>, readonly string[]])[])
  test(`the list, ${what}`, async () => {
    assert.deepEqual(await found(filter), expected);
  });

test("the list, by the person who asks", async () => {
  assert.deepEqual(await found({ holder: "me" }, handler), ["late", "suspended"]);
  assert.deepEqual(await found({ holder: "me" }, otherHandler), ["slow"]);
  assert.deepEqual(await found({ holderId: otherHandler.id }, manager), ["slow"]);
});

test("the list, by what is overdue, running, or due within a time: overdue from the instant after the due one", async () => {
  const { due } = await db.one<{ due: number }>(sql`select due_at as due from work_order where order_id = ${fresh}`);
  assert.equal(due, desk.time.nowMs() + 2 * 60_000);
  const ask = (filter: Partial<Filter>, nowMs: number) =>
    found({ flow: "fault-repair", step: "dispatching", ...filter }, manager, nowMs);
  assert.deepEqual([await ask({ clock: "running" }, due), await ask({ clock: "overdue" }, due)], [["fresh"], []]);
  assert.deepEqual([await ask({ clock: "running" }, due + 1), await ask({ clock: "overdue" }, due + 1)], [[], ["fresh"]]);
  assert.deepEqual(await ask({ dueWithinMinutes: 1 }, desk.time.nowMs()), []);
  assert.deepEqual(await ask({ dueWithinMinutes: 2 }, desk.time.nowMs()), ["fresh"]);
  assert.deepEqual(await ask({ dueWithinMinutes: 2 }, due + 1), [], "what is overdue is not due any more");
});

test("a count beyond the first thousand stops there and says that there are more", async () => {
  const closed = condition({ state: "closed" });
  const copies = (many: number) => sql`
    insert into work_order select (jsonb_populate_record(o, jsonb_build_object('order_id', o.order_id + 1000000 + n))).*
    from work_order o, generate_series(1, ${many}) n where o.order_id = ${withdrawn}`;
  await db.run(copies(MOST_COUNTED - 1));
  assert.equal(await countUpTo(db, closed), MOST_COUNTED);
  await db.run(sql`
    insert into work_order select (jsonb_populate_record(o, jsonb_build_object('order_id', o.order_id + 9000000 + n))).*
    from work_order o, generate_series(1, 500) n where o.order_id = ${withdrawn}`);
  assert.equal(await countUpTo(db, closed), MOST_COUNTED + 1, "one more stands for all the rest");
});
