import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { intakeForm, people, type Person, units } from "@bihuan/core/flow/testing/world.ts";
import type { OrderState } from "@bihuan/core/flow/state.ts";
import { sql } from "../../platform/sql.ts";
import { testDatabase } from "../../platform/testing/database.ts";
import { auditIn } from "../audit/audit.ts";
import { openDesk, scopeOf, seedOrganisation } from "../testing/desk.ts";
import { actingAs } from "../world.ts";
import { type Past, PastRefused, replayOrders } from "./replay-orders.ts";

const db = await testDatabase();
await seedOrganisation(db);
const desk = await openDesk(db, "2026-03-20T02:00:00Z");
const { agent, dispatcher, handler, manager, reviewer, verifier } = people;
const MINUTE = 60_000;
const began = Date.parse("2026-03-02T02:00:00Z");
const iso = (atMs: number) => new Date(atMs).toISOString();

type Deed = readonly [person: Person, action: string, form: (atMs: number, state: OrderState) => object];
const reply = (atMs: number) => ({
  contacted: true,
  contactedAt: iso(atMs - MINUTE),
  responsibleUnitId: units.crew,
  cause: "EQUIPMENT",
  facts: "熔断器烧断",
  causeText: "老化",
  measures: "更换",
});
const repair: readonly Deed[] = [
  [dispatcher, "dispatch", () => ({ unitId: units.crew })],
  [handler, "accept", () => ({})],
  [handler, "arrive", (atMs) => ({ arrivedAt: iso(atMs) })],
  [handler, "restore", (atMs) => ({ restoredAt: iso(atMs), kind: "LV_FAULT", work: "更换熔断器" })],
  [handler, "reply", reply],
  [reviewer, "review-reply", () => ({ approved: true })],
  [verifier, "callback", () => ({ result: "REACHED", satisfaction: "SATISFIED" })],
];
const suspended: readonly Deed[] = [
  ...repair.slice(0, 3),
  [handler, "request-suspension", (atMs) => ({ reason: "MATERIAL", until: iso(atMs + 30 * 86_400_000), note: "待料" })],
  [manager, "decide", (_, state) => ({ requestSeq: state.requests[0]?.seq, approved: true })],
];

/** A fault whose deeds follow each other by ten minutes. */
function past(deeds: readonly Deed[], atMs = began): Past {
  let done = 0;
  return {
    acting: actingAs(scopeOf(agent)),
    atMs,
    command: { flow: "fault-repair", deskUnitId: units.centre, form: { ...intakeForm, title: "整户停电" } },
    next(state) {
      const deed = deeds[done];
      if (!deed) return null;
      done++;
      const [person, action, form] = deed;
      const deedAtMs = atMs + done * 10 * MINUTE;
      return { acting: actingAs(scopeOf(person)), action, atMs: deedAtMs, form: form(deedAtMs, state) };
    },
  };
}

const replay = (pasts: readonly Past[], untilMs = desk.time.nowMs()) =>
  db.transaction((tx) => replayOrders(tx, desk.platform, desk.ports, pasts, { untilMs }));
const newest = () =>
  db.one<{
    order_id: string;
    status: string;
    step: string | null;
    closed_at: number | null;
    import_id: string | null;
    version: number;
  }>(sql`select order_id::text, status, step, closed_at, import_id, version from work_order order by order_id desc limit 1`);
const violations = async () => (await auditIn(db, desk.ports)).violations;

describe("replaying a past that obeyed the flows", () => {
  test("gives the order that would stand there: closed at its own instant, under its own day's number, clean by the audit", async () => {
    assert.deepEqual(await replay([past(repair)]), { orders: 1, open: 0 });
    const order = await newest();
    assert.deepEqual([order.status, order.step, order.closed_at, order.import_id], ["ARCHIVED", null, began + 70 * MINUTE, null]);
    assert.match(order.order_id, /^10120260302/);
    assert.deepEqual(await violations(), []);
    const recorded = await db.rows<{ at: number }>(
      sql`select distinct recorded_at as at from order_event where order_id = ${order.order_id}`,
    );
    assert.deepEqual(recorded, [{ at: desk.time.nowMs() }], "what happened then was recorded now");
    const missed = await db.rows(sql`select slot from clock_history where order_id = ${order.order_id} and status = 'met'`);
    assert.ok(missed.length > 3, "its clocks ran and ended");
  });

  test("stops at the last instant: what was not done by then stands open, in lists and counts, and people go on with it", async () => {
    const atMs = desk.time.nowMs() - 25 * MINUTE;
    assert.deepEqual(await replay([past(repair, atMs)]), { orders: 1, open: 1 });
    const order = await newest();
    assert.deepEqual([order.status, order.step, order.version], ["OPEN", "travelling", 3]);
    assert.deepEqual(await violations(), []);
    const { version } = await desk.act(handler, order.order_id, "arrive", { arrivedAt: iso(desk.time.nowMs()) });
    assert.equal(version, 4);
    assert.deepEqual(await violations(), []);
  });

  test("sets the timer of a suspension that still lasts", async () => {
    await replay([past(suspended)]);
    const order = await newest();
    const wanted = await db.rows<{ status: string }>(sql`select status from work_order where status = 'SUSPENDED'`);
    assert.equal(wanted.length, 1);
    const jobs = await db.rows(sql`select 1 from graphile_worker.jobs where task_identifier = 'work-order.resume'`);
    assert.equal(jobs.length, 1, order.order_id);
    assert.deepEqual(await violations(), []);
  });

  test("that breaks a rule is refused by its name, and nothing is kept", async () => {
    const before = (await db.rows(sql`select 1 from work_order`)).length;
    const wrong: readonly Deed[] = [[handler, "dispatch", () => ({ unitId: units.crew })]];
    await assert.rejects(replay([past(repair), past(wrong)]), (error: unknown) => {
      assert.ok(error instanceof PastRefused);
      assert.equal(error.refusal.refused, "work-order.not-yours");
      return true;
    });
    assert.equal((await db.rows(sql`select 1 from work_order`)).length, before);
  });

  test("of nothing keeps nothing", async () => assert.deepEqual(await replay([]), { orders: 0, open: 0 }));
});
