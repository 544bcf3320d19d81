import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { people, units } from "@bihuan/core/flow/testing/world.ts";
import { sql } from "../platform/sql.ts";
import { testDatabase } from "../platform/testing/database.ts";
import { audit } from "./audit/audit.ts";
import { actOnOrder } from "./commands/act.ts";
import { followUnit } from "./commands/unit-moved.ts";
import { forgetTree } from "../identity/organisation/tree.ts";
import { compactTally, tallyGroups } from "./queries/list-queries.ts";
import { workOrderJobs } from "./jobs.ts";
import { openDesk, seedOrganisation } from "./testing/desk.ts";
import { actingSystem } from "./world.ts";

const db = await testDatabase();
await seedOrganisation(db);
const { dispatcher, handler, manager } = people;

describe("what orders do by themselves", () => {
  test("a suspension is planned to end at its approved end, and ends once", async () => {
    const desk = await openDesk(db, "2026-03-20T02:00:00Z");
    const { orderId } = await desk.takeIn();
    await desk.act(dispatcher, orderId, "dispatch", { unitId: units.station });
    await desk.act(handler, orderId, "accept");
    const until = "2026-03-21T02:00:00.000Z";
    const asked = await desk.act(handler, orderId, "request-suspension", { reason: "CUSTOMER_WORKS", until, note: "客户施工" });
    const suspended = await desk.act(manager, orderId, "decide", { requestSeq: asked.version, approved: true });
    assert.equal(suspended.state.status, "SUSPENDED");
    const [job] = await db.rows<{ run_at: number }>(
      sql`select run_at from graphile_worker.jobs where task_identifier = 'work-order.resume'`,
    );
    assert.equal(job?.run_at, Date.parse(until));
    desk.time.set(until);
    const tree = await desk.ports.tree();
    const resume = () =>
      actOnOrder(desk.platform, desk.ports, actingSystem(tree.root.unitId), {
        orderId,
        action: "resume",
        version: null,
        form: {},
        key: `resume:${orderId}`,
      });
    const first = await resume();
    assert.ok("state" in first && first.state.status === "OPEN");
    const again = await resume();
    assert.ok("repeated" in again && again.repeated, "the job may run twice");
    assert.deepEqual((await audit(db, desk.ports)).violations, []);
  });

  test("the end of an earlier suspension, come late, does not end the one that began since", async () => {
    const desk = await openDesk(db, "2026-03-24T02:00:00Z");
    const { orderId } = await desk.takeIn();
    await desk.act(dispatcher, orderId, "dispatch", { unitId: units.station });
    await desk.act(handler, orderId, "accept");
    const suspend = async (until: string) => {
      const asked = await desk.act(handler, orderId, "request-suspension", { reason: "MATERIAL", until, note: "待料" });
      return desk.act(manager, orderId, "decide", { requestSeq: asked.version, approved: true });
    };
    const first = await suspend("2026-03-24T12:00:00Z");
    await desk.act(handler, orderId, "resume");
    const second = await suspend("2026-03-26T02:00:00Z");
    desk.time.set("2026-03-24T12:00:00Z");
    const jobs = workOrderJobs(desk.platform, desk.ports);
    const resume = jobs["work-order.resume"];
    assert.ok(resume);
    await resume({ orderId, seq: first.state.suspension?.seq }, {} as never);
    const status = () => db.one(sql`select status from work_order where order_id = ${orderId}`);
    assert.deepEqual(await status(), { status: "SUSPENDED" });
    await resume({ orderId, seq: second.state.suspension?.seq }, {} as never);
    assert.deepEqual(await status(), { status: "OPEN" });
  });

  test("adding up the tally changes no count, whoever writes meanwhile", async () => {
    const desk = await openDesk(db, "2026-03-22T02:00:00Z");
    const tree = await desk.ports.tree();
    await Promise.all([...Array.from({ length: 20 }, () => desk.takeIn()), compactTally(db), compactTally(db)]);
    const before = await tallyGroups(db, tree, [tree.root.unitId]);
    await compactTally(db);
    assert.deepEqual(await tallyGroups(db, tree, [tree.root.unitId]), before);
    assert.deepEqual((await audit(db, desk.ports)).violations, []);
  });

  test("when a unit is moved its orders follow, so that rights and lists do", async () => {
    const desk = await openDesk(db, "2026-03-23T02:00:00Z");
    const { orderId } = await desk.takeIn();
    await desk.act(dispatcher, orderId, "dispatch", { unitId: units.crew });
    const path = () => db.one(sql`select unit2, unit3, unit4 from work_order where order_id = ${orderId}`);
    assert.deepEqual(await path(), { unit2: units.city, unit3: units.station, unit4: units.crew });
    await db.run(sql`update unit set parent_id = ${units.otherStation} where unit_id = ${units.crew}`);
    assert.equal(await followUnit(db, units.crew), 1);
    assert.deepEqual(await path(), { unit2: units.city, unit3: units.otherStation, unit4: units.crew });
    assert.equal(await followUnit(db, units.crew), 0, "the job may run twice");
    forgetTree(db);
    assert.deepEqual((await audit(db, desk.ports)).violations, []);
  });
});
