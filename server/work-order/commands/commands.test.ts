import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { people, units } from "@bihuan/core/flow/testing/world.ts";
import { raw, sql } from "../../platform/sql.ts";
import { testDatabase } from "../../platform/testing/database.ts";
import { audit, auditIn } from "../audit/audit.ts";
import { openDesk, seedOrganisation } from "../testing/desk.ts";

const { dispatcher, handler, reviewer, verifier, manager } = people;
const reply = {
  contacted: false,
  responsibleUnitId: 4,
  cause: "EQUIPMENT",
  facts: "保险烧断",
  causeText: "过负荷",
  measures: "更换保险",
};

const db = await testDatabase();
await seedOrganisation(db);

describe("commands on orders", async () => {
  const desk = await openDesk(db);

  test("a fault is taken in, repaired, verified and archived, and the audit is clean", async () => {
    const { orderId } = await desk.takeIn();
    assert.match(orderId, /^10120260320\d{8}$/);
    await desk.act(dispatcher, orderId, "dispatch", { unitId: units.station });
    await desk.act(handler, orderId, "accept");
    await desk.act(handler, orderId, "arrive", { arrivedAt: new Date(desk.time.nowMs()).toISOString() });
    await desk.act(handler, orderId, "restore", {
      restoredAt: new Date(desk.time.nowMs()).toISOString(),
      kind: "LV_FAULT",
      work: "更换保险",
    });
    await desk.act(handler, orderId, "reply", reply);
    await desk.act(reviewer, orderId, "review-reply", { approved: true });
    const archived = await desk.act(verifier, orderId, "callback", { result: "REACHED", satisfaction: "SATISFIED" });
    assert.equal(archived.state.status, "ARCHIVED");
    const row = await db.one<{ status: string; step: string | null; version: number; due_at: number | null; missed: number }>(
      sql`select status, step, version, due_at, missed from work_order where order_id = ${orderId}`,
    );
    assert.deepEqual(row, { status: "ARCHIVED", step: null, version: 9, due_at: null, missed: 0 });
    const { n } = await db.one<{ n: number }>(sql`select count(*)::int as n from clock where order_id = ${orderId}`);
    assert.equal(n, 0, "no running clock is left");
    assert.deepEqual((await audit(db, desk.ports)).violations, []);
  });

  test("the same intake sent ten times yields one order", async () => {
    const results = await Promise.all(Array.from({ length: 10 }, () => desk.takeIn("fault-repair", { key: "ten-times" })));
    assert.equal(new Set(results.map((result) => result.orderId)).size, 1);
    assert.equal(results.filter((result) => !result.repeated).length, 1);
  });

  test("a key that was used for another demand is refused, and the first demand is kept", async () => {
    const first = await desk.takeIn("fault-repair", { key: "one-key" });
    await assert.rejects(desk.takeIn("complaint", { key: "one-key", subtype: "SERVICE" }), /idempotency-key-reused/);
    const { n } = await db.one<{ n: number }>(sql`select count(*)::int as n from work_order where order_id = ${first.orderId}`);
    assert.equal(n, 1);
  });

  test("of two people acting on one version, one wins and the other is told", async () => {
    const { orderId } = await desk.takeIn();
    const outcomes = await Promise.allSettled([
      desk.act(dispatcher, orderId, "dispatch", { unitId: units.station }, { version: 1 }),
      desk.act(dispatcher, orderId, "dispatch", { unitId: units.otherStation }, { version: 1 }),
    ]);
    assert.deepEqual(outcomes.map((outcome) => outcome.status).sort(), ["fulfilled", "rejected"]);
    const lost = outcomes.find((outcome) => outcome.status === "rejected");
    assert.match(String(lost?.reason), /version-conflict/);
  });

  test("the same action sent twice is done once", async () => {
    const { orderId } = await desk.takeIn();
    const command = () =>
      desk.act(dispatcher, orderId, "dispatch", { unitId: units.station }, { version: 1, key: "dispatch-once" });
    const [first, second] = [await command(), await command()];
    assert.deepEqual([first.repeated, second.repeated], [false, true]);
    assert.equal(second.version, 2);
  });

  test("a key is its caller's own: two that use the same one do not meet, and none reads what the other did", async () => {
    const [person, system] = [people.agent, { ...people.agent, kind: "api-key" as const }];
    const taken = [
      await desk.takeIn("fault-repair", { key: "case-1", person }),
      await desk.takeIn("fault-repair", { key: "case-1", person: system }),
    ];
    assert.deepEqual(
      taken.map(({ repeated }) => repeated),
      [false, false],
    );
    assert.notEqual(taken[0]?.orderId, taken[1]?.orderId);
    assert.equal((await desk.takeIn("fault-repair", { key: "case-1", person })).orderId, taken[0]?.orderId);
    const orderId = taken[0]?.orderId ?? "";
    for (const who of [person, system])
      assert.equal((await desk.act(who, orderId, "note", { note: "x" }, { key: "note-1" })).repeated, false);
    assert.equal((await desk.act(system, orderId, "note", { note: "x" }, { key: "note-1" })).repeated, true);
  });

  test("a refusal changes nothing", async () => {
    const { orderId } = await desk.takeIn();
    const count = () =>
      db.one<{ n: number }>(
        sql`select (select count(*) from order_event)::int + (select count(*) from command_receipt)::int as n`,
      );
    const earlier = await count();
    await assert.rejects(desk.act(handler, orderId, "accept"), /not-found|not-yours/);
    await assert.rejects(desk.act(dispatcher, orderId, "dispatch", { unitId: 999 }), /unit-unknown/);
    await assert.rejects(desk.act(dispatcher, orderId, "accept"), /not-yours/);
    assert.deepEqual(await count(), earlier);
  });

  test("repeats under a master are moved by it, and each keeps its own callback", async () => {
    const master = (await desk.takeIn()).orderId;
    const child = (await desk.takeIn("fault-repair", { form: { contactPhone: "13900139000" } })).orderId;
    await desk.act(dispatcher, child, "merge", { masterId: master });
    await desk.act(dispatcher, master, "dispatch", { unitId: units.station });
    await desk.act(handler, master, "accept");
    await desk.act(handler, master, "reply", { ...reply, notOnSite: "SAME_FAULT" });
    await desk.act(reviewer, master, "review-reply", { approved: true });
    const steps = await db.rows<{ step: string }>(
      sql`select step from work_order where order_id in (${master}, ${child}) order by order_id`,
    );
    assert.deepEqual(steps, [{ step: "callback" }, { step: "callback" }]);
    assert.equal(
      (await desk.act(verifier, master, "callback", { result: "REACHED", satisfaction: "SATISFIED" })).state.status,
      "ARCHIVED",
    );
    assert.equal(
      (await desk.act(verifier, child, "callback", { result: "REACHED", satisfaction: "DISSATISFIED" })).state.step,
      "dispatching",
    );
    assert.deepEqual((await audit(db, desk.ports)).violations, []);
  });

  test("when a master is terminated its repeats go back to be dispatched", async () => {
    const master = (await desk.takeIn()).orderId;
    const child = (await desk.takeIn()).orderId;
    await desk.act(dispatcher, child, "merge", { masterId: master });
    await desk.act(dispatcher, master, "request-termination", { reason: "INVALID", note: "误报" });
    const { state } = await desk.act(manager, master, "note", { note: "核实" });
    await desk.act(manager, master, "decide", { requestSeq: state.requests[0]?.seq, approved: true });
    const row = await db.one<{ step: string; master_id: string | null }>(
      sql`select step, master_id from work_order where order_id = ${child}`,
    );
    assert.deepEqual(row, { step: "dispatching", master_id: null });
    assert.deepEqual((await audit(db, desk.ports)).violations, []);
  });

  test("personal data stay outside the chain: erased, the order still folds and the chain is valid", async () => {
    const { orderId } = await desk.takeIn();
    const { data } = await db.one<{ data: object }>(sql`select data from order_event where order_id = ${orderId} and seq = 1`);
    assert.doesNotMatch(JSON.stringify(data), /13800138000|王小明/);
    await db.run(sql`delete from order_private where order_id = ${orderId}`);
    await db.run(
      sql`update order_contact set name = null, phone = null, address = null, account_no = null, tokens = '{}', search_text = '' where order_id = ${orderId}`,
    );
    assert.deepEqual((await audit(db, desk.ports)).violations, []);
  });
});

describe("the audit finds what was done behind the kernel's back", () => {
  const tampering: readonly [string, string, RegExp][] = [
    [
      "a changed event",
      "update order_event set data = data || '{\"flowVersion\": 2}' where seq = 1",
      /was changed after it was written/,
    ],
    ["a removed last event", "delete from order_event where seq = 2", /head is not the last event/],
    ["a changed projection", "update work_order set step = 'callback'", /step is callback/],
    ["a moved deadline", "update clock set due_at = due_at + interval '1 day' where slot = 'answer'", /dueAtMs/],
    ["a removed clock", "delete from clock where slot = 'answer'", /is not kept/],
    ["changed personal data", 'update order_private set data = \'{"title": "x"}\'', /personal data of event 1 were changed/],
    ["a removed order", "delete from work_order", /events without an order/],
    [
      "a miscounted tally",
      "insert into order_tally (region_id, unit_id, flow, step, status, n) select region_id, unit_id, flow, step, status, 1 from work_order",
      /kept 2, counted 1/,
    ],
    [
      "a lost acknowledged order",
      "delete from order_event; delete from work_order; delete from order_tally; delete from clock",
      /was acknowledged, its event is missing/,
    ],
  ];
  const tampered = testDatabase().then(async (db) => {
    await seedOrganisation(db);
    const desk = await openDesk(db);
    const { orderId } = await desk.takeIn();
    await desk.act(dispatcher, orderId, "dispatch", { unitId: units.station });
    return { db, desk };
  });
  test("nothing, where nothing was done", async () => {
    const { db, desk } = await tampered;
    assert.deepEqual((await audit(db, desk.ports)).violations, []);
  });
  for (const [name, statement, found] of tampering)
    test(name, async () => {
      const { db, desk } = await tampered;
      const undo = new Error("undo");
      await assert.rejects(
        db.transaction(async (tx) => {
          await tx.run(sql`alter table order_event disable trigger user`);
          for (const one of statement.split("; ")) await tx.run(sql`${raw(one)}`);
          const { violations } = await auditIn(tx, desk.ports);
          assert.match(violations.map((violation) => violation.detail).join("\n"), found);
          throw undo;
        }),
        undo,
      );
    });
});
