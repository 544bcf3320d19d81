import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Rulebook } from "@bihuan/core/clock/rules/rulebook.ts";
import { integration, people, rulebook, units } from "@bihuan/core/flow/testing/world.ts";
import { reached, remoteReply } from "@bihuan/core/flow/testing/stories.ts";
import { isRefusal } from "@bihuan/core/refusal.ts";
import { manualTime } from "../../platform/time.ts";
import { testPlatform } from "../../platform/testing/server.ts";
import { sql } from "../../platform/sql.ts";
import { testDatabase } from "../../platform/testing/database.ts";
import { audit } from "../audit/audit.ts";
import { openDesk, scopeOf, seedOrganisation } from "../testing/desk.ts";
import { actingAs, type OrderPorts } from "../world.ts";
import { actOnOrder } from "./act.ts";

const db = await testDatabase();
await seedOrganisation(db);
const desk = await openDesk(db);
const { agent, dispatcher, handler, otherHandler, reviewer, verifier, manager } = people;
const clean = async () => assert.deepEqual((await audit(db, desk.ports)).violations, []);

/** A fault that has been reviewed: its customer is called next. */
async function answered(form: object = {}) {
  const { orderId } = await desk.takeIn("fault-repair", { form });
  await desk.act(dispatcher, orderId, "dispatch", { unitId: units.station });
  await desk.act(handler, orderId, "accept");
  await desk.act(handler, orderId, "reply", remoteReply);
  await desk.act(reviewer, orderId, "review-reply", { approved: true });
  return orderId;
}

describe("an action sent again", () => {
  test("is answered with what it did, not with what others did since", async () => {
    const { orderId } = await desk.takeIn();
    const once = () => desk.act(dispatcher, orderId, "dispatch", { unitId: units.station }, { version: 1, key: "again-1" });
    const first = await once();
    await desk.act(handler, orderId, "accept");
    const second = await once();
    assert.deepEqual([second.repeated, second.version, second.state], [true, first.version, first.state]);
  });

  test("with its key for another order is refused, one after the other or at once", async () => {
    const [one, two] = [(await desk.takeIn()).orderId, (await desk.takeIn()).orderId];
    const note = (orderId: string, key: string) => desk.act(agent, orderId, "note", { note: "核实" }, { key });
    await note(one, "one-key-two-orders");
    await assert.rejects(note(two, "one-key-two-orders"), /idempotency-key-reused/);
    const outcomes = await Promise.allSettled([note(one, "at-once"), note(two, "at-once")]);
    assert.deepEqual(outcomes.map(({ status }) => status).sort(), ["fulfilled", "rejected"]);
    await clean();
  });

  test("ten times at once is done once", async () => {
    const { orderId } = await desk.takeIn();
    const results = await Promise.all(
      Array.from({ length: 10 }, () => desk.act(agent, orderId, "note", { note: "一次" }, { key: "ten-notes" })),
    );
    assert.equal(results.filter(({ repeated }) => !repeated).length, 1);
    assert.deepEqual(new Set(results.map(({ version }) => version)), new Set([2]));
  });

  test("with the key of an intake is refused", async () => {
    const { orderId } = await desk.takeIn("fault-repair", { key: "intake-key" });
    await assert.rejects(desk.act(agent, orderId, "note", { note: "x" }, { key: "intake-key" }), /idempotency-key-reused/);
  });
});

describe("who acts", () => {
  test("a key that handled an order does not verify it, though a person has its number", async () => {
    const { orderId } = await desk.takeIn();
    await desk.act(dispatcher, orderId, "dispatch", { unitId: units.station });
    await desk.act(integration, orderId, "accept");
    await desk.act(integration, orderId, "reply", remoteReply);
    await desk.act(reviewer, orderId, "review-reply", { approved: true });
    await assert.rejects(desk.act(integration, orderId, "callback", reached("SATISFIED")), /verifier-is-handler/);
    assert.equal((await desk.act(verifier, orderId, "callback", reached("SATISFIED"))).state.status, "ARCHIVED");
    await clean();
  });

  test("an order that the reader cannot see does not exist: neither to act on, nor to link or merge", async () => {
    const { orderId } = await desk.takeIn();
    const { orderId: own } = await desk.takeIn();
    await desk.act(dispatcher, own, "dispatch", { unitId: units.otherStation });
    await assert.rejects(desk.act(otherHandler, orderId, "note", { note: "x" }), /work-order.not-found/);
    await assert.rejects(desk.act(otherHandler, own, "link", { orderId, kind: "RELATED" }), /work-order.not-found/);
    await assert.rejects(
      desk.act(otherHandler, own, "link", { orderId: "1012026032099999999", kind: "RELATED" }),
      /work-order.not-found/,
      "and an order that is not there looks the same",
    );
  });

  test("who left, or lost his role, acts no more; his order stays with its unit, and a colleague goes on", async () => {
    const { orderId } = await desk.takeIn();
    await desk.act(dispatcher, orderId, "dispatch", { unitId: units.station });
    await desk.act(handler, orderId, "accept");
    await assert.rejects(desk.act({ ...handler, roles: {} }, orderId, "reply", remoteReply), /not-found/);
    const colleague = { id: 14, home: units.station, roles: { HANDLER: units.station } };
    assert.equal((await desk.act(colleague, orderId, "reply", remoteReply)).state.step, "reviewing");
  });

  test("a unit that was closed is given nothing new; what it has is led on from above", async () => {
    const { orderId } = await desk.takeIn();
    await desk.act(dispatcher, orderId, "dispatch", { unitId: units.crew });
    await db.run(sql`update unit set active = false where unit_id = ${units.crew}`);
    const { forgetTree } = await import("../../identity/organisation/tree.ts");
    forgetTree(db);
    const { orderId: other } = await desk.takeIn();
    await assert.rejects(desk.act(dispatcher, other, "dispatch", { unitId: units.crew }), /unit-unknown/);
    assert.equal(
      (await desk.act(manager, orderId, "transfer", { unitId: units.station, reason: "班组撤销" })).state.unitId,
      units.station,
    );
    await db.run(sql`update unit set active = true where unit_id = ${units.crew}`);
    forgetTree(db);
    await clean();
  });
});

describe("time", () => {
  test("a server whose clock is behind goes on from the last event: no history runs backwards", async () => {
    const { orderId } = await desk.takeIn();
    await desk.act(dispatcher, orderId, "dispatch", { unitId: units.station });
    const behind = testPlatform(db, manualTime(desk.time.nowMs() - 3_600_000));
    const result = await actOnOrder(behind, desk.ports, actingAs(scopeOf(handler)), {
      orderId,
      action: "accept",
      version: 2,
      form: {},
      key: "behind",
    });
    assert.ok(!isRefusal(result));
    const times = await db.rows<{ at: number; recorded_at: number }>(
      sql`select at, recorded_at from order_event where order_id = ${orderId} order by seq`,
    );
    assert.deepEqual(
      times.map(({ at }) => at),
      times.map(({ at }) => at).toSorted((a, b) => a - b),
    );
    assert.equal(times[2]?.at, times[1]?.at);
    await clean();
  });

  test("a customer who was not reached is left in peace after a reopening too", async () => {
    const orderId = await answered();
    for (let attempt = 0; attempt < 3; attempt++) {
      desk.time.set(new Date(Date.parse("2026-03-21T02:00:00Z") + attempt * 2 * 3_600_000).toISOString());
      await desk.act(verifier, orderId, "callback", { result: "NOT_REACHED" });
      desk.time.advanceMs(-60_000);
    }
    await desk.act(verifier, orderId, "archive");
    await desk.act(agent, orderId, "reopen", { reason: "CUSTOMER_AGAIN", note: "再次来电" });
    await desk.act(dispatcher, orderId, "dispatch", { unitId: units.station });
    await desk.act(handler, orderId, "accept");
    await desk.act(handler, orderId, "reply", remoteReply);
    await desk.act(reviewer, orderId, "review-reply", { approved: true });
    await assert.rejects(desk.act(verifier, orderId, "callback", reached("SATISFIED")), /callback-too-soon/);
    await clean();
  });
});

describe("how often and when a customer is called", () => {
  test("is a matter of the rulebook in force, also on an order whose clocks still run by an earlier one", async () => {
    const orderId = await answered();
    desk.time.set("2026-06-01T14:00:00Z"); // 22:00 in Shanghai
    const later: Rulebook = {
      ...rulebook,
      version: rulebook.version + 1,
      policies: { ...rulebook.policies, callback: { ...rulebook.policies.callback, nightFrom: "23:00", nightTo: "06:00" } },
    };
    const under = (inForce: Rulebook): OrderPorts => ({
      ...desk.ports,
      currentRulebook: async () => inForce,
      rulebooks: async () => (version) => (version === later.version ? later : rulebook),
    });
    const attempt = (ports: OrderPorts) =>
      actOnOrder(desk.platform, ports, actingAs(scopeOf(verifier)), {
        orderId,
        action: "callback",
        form: reached("SATISFIED"),
        version: null,
        key: crypto.randomUUID(),
      });
    const refused = await attempt(under(rulebook));
    assert.ok(isRefusal(refused));
    assert.equal(refused.refused, "work-order.callback-at-night");
    const done = await attempt(under(later));
    assert.ok(!isRefusal(done), JSON.stringify(done));
    assert.equal(done.state.rulebookVersion, later.version);
  });
});
