import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { people, units } from "@bihuan/core/flow/testing/world.ts";
import type { Role } from "@bihuan/core/identity/roles.ts";
import { sql } from "../../platform/sql.ts";
import { testDatabase } from "../../platform/testing/database.ts";
import { openDesk, seedOrganisation } from "../../work-order/testing/desk.ts";
import { staffingAt } from "./staffing.ts";
import { unitWork } from "./unit-work.ts";
import { dayOf, visitsOf } from "./visits.ts";
import { forgetSeen } from "./commands.ts";

const { dispatcher, handler, manager } = people;
const db = await testDatabase();
await seedOrganisation(db);
const desk = await openDesk(db);
const tree = await desk.ports.tree();
const HOUR = 3_600_000;
const byText = (a: readonly unknown[], b: readonly unknown[]): number => (String(a) < String(b) ? -1 : 1);
const grant = (staffId: number, role: Role, unitId: number) =>
  db.run(sql`insert into role_grant (staff_id, role, unit_id, valid_from, granted_at)
    values (${staffId}, ${role}, ${unitId}, '2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z')`);
const owed = async (node: number) => {
  const nowMs = desk.time.nowMs();
  return unitWork(db, tree, await staffingAt(db, nowMs), node, nowMs);
};

describe("what a unit owes", () => {
  test("is told by unit below, by step and by person, with what is unaccepted and overdue", async () => {
    const first = await desk.takeIn();
    await desk.act(dispatcher, first.orderId, "dispatch", { unitId: units.station });
    await desk.act(handler, first.orderId, "accept");
    const second = await desk.takeIn();
    await desk.act(dispatcher, second.orderId, "dispatch", { unitId: units.station });
    await desk.takeIn();
    const work = await owed(units.city);
    assert.deepEqual(work.total, { open: 3, unaccepted: 1, overdue: 0 });
    const station = work.units.find(({ unitId }) => unitId === units.station);
    assert.deepEqual([station?.open, station?.unaccepted, station?.own], [2, 1, false]);
    assert.deepEqual(work.steps.map(({ step, kind, count }) => [step, kind, count]).toSorted(byText), [
      ["accepting", "accept", 1],
      ["dispatching", "dispatch", 1],
      ["travelling", "handle", 1],
    ]);
    assert.deepEqual(work.people?.map(({ staff_id, open }) => [staff_id, open]).toSorted(byText), [
      [null, 2],
      [handler.id, 1],
    ]);
    desk.time.advanceMs(25 * HOUR);
    assert.equal((await owed(units.city)).total.overdue, 3);
    assert.equal((await owed(units.station)).total.overdue, 2);
    assert.equal((await owed(units.province)).total.open, 3);
  });

  test("what nobody may do is told until somebody may, at the unit or above", async () => {
    const kinds = async () => (await owed(units.city)).nobody.map(({ kind, unitId }) => [kind, unitId]);
    assert.deepEqual((await kinds()).toSorted(byText), [
      ["accept", units.station],
      ["dispatch", units.centre],
      ["handle", units.station],
    ]);
    await grant(dispatcher.id, "DISPATCHER", units.city);
    await grant(handler.id, "HANDLER", units.crew);
    assert.deepEqual((await kinds()).toSorted(byText), [
      ["accept", units.station],
      ["handle", units.station],
    ]);
    await grant(handler.id, "HANDLER", units.station);
    assert.deepEqual(await kinds(), []);
    await db.run(sql`update staff set active = false where staff_id = ${dispatcher.id}`);
    assert.deepEqual(await kinds(), [["dispatch", units.centre]], "who has left does nothing");
    await db.run(sql`update staff set active = true where staff_id = ${dispatcher.id}`);
    await db.run(sql`update role_grant set valid_to = '2026-02-01T00:00:00Z' where staff_id = ${dispatcher.id}`);
    assert.deepEqual(await kinds(), [["dispatch", units.centre]], "nor whose role has ended");
  });
});

describe("the visits of a day", () => {
  const zone = "Asia/Shanghai";
  const visits = (day: string, unitIds: number[] | null = null, staffId: number | null = null) =>
    visitsOf(db, { day, zone, nowMs: desk.time.nowMs(), units: unitIds, staffId });
  const request = async (appointmentAt: string) => {
    const { orderId } = (await desk.intake.takeIn(
      {
        scope: {
          principal: { kind: "staff", id: people.agent.id, name: "agent" },
          homeUnitId: 3,
          grants: [{ role: "AGENT", unitId: 2 }],
        },
        actor: { kind: "staff", id: people.agent.id },
        actingUnitId: 3,
      },
      {
        key: `visit-${appointmentAt}-${Math.abs(desk.time.nowMs())}`,
        flow: "service-request",
        subtype: "METER_TEST",
        deskUnitId: units.centre,
        form: { origin: "HOTLINE_95598", areaClass: "URBAN", title: "校表", contactPhone: "13800138000", targetUnitId: 4 },
        details: { appointmentAt },
      },
    )) as { orderId: string };
    desk.time.advanceMs(60_000);
    await desk.act(dispatcher, orderId, "dispatch", { unitId: units.station });
    await desk.act(handler, orderId, "accept");
    return orderId;
  };

  test("stand in their order, by the day of the unit's zone; two of one person at one time collide", async () => {
    const day = dayOf(zone, desk.time.nowMs() + 24 * HOUR);
    const noon = await request(`${day}T12:00:00+08:00`);
    const soon = await request(`${day}T12:20:00+08:00`);
    const late = await request(`${day}T23:30:00+08:00`);
    const found = await visits(day);
    assert.deepEqual(
      found.map(({ orderId, conflicts, missed }) => [orderId, conflicts, missed]),
      [
        [noon, [soon], false],
        [soon, [noon], false],
        [late, [], false],
      ],
    );
    assert.equal((await visits(dayOf(zone, desk.time.nowMs()))).length, 0);
    assert.deepEqual((await visits(day, [units.otherStation])).length, 0);
    assert.deepEqual((await visits(day, [units.otherStation], handler.id)).length, 3, "one's own, wherever it is");
  });

  test("one that was kept is gone; one that was not stays in sight", async () => {
    const day = dayOf(zone, desk.time.nowMs() + 24 * HOUR);
    const [noon] = await visits(day);
    desk.time.advanceMs(36 * HOUR);
    await desk.act(handler, noon?.orderId ?? "", "arrive", { arrivedAt: new Date(desk.time.nowMs()).toISOString() });
    const today = dayOf(zone, desk.time.nowMs());
    const left = await visits(today);
    assert.equal(
      left.some(({ orderId }) => orderId === noon?.orderId),
      false,
    );
    assert.ok(left.length > 0 && left.every(({ missed, atMs }) => missed === atMs < desk.time.nowMs()));
  });
});

test("what was looked at a quarter ago is forgotten", async () => {
  const nowMs = desk.time.nowMs();
  const at = (days: number) => new Date(nowMs - days * 24 * HOUR).toISOString();
  await db.run(sql`insert into desk_seen values (101, ${manager.id}, 1, 1, ${at(91)}), (101, ${manager.id}, 2, 1, ${at(89)})`);
  assert.equal(await forgetSeen(db, nowMs), 1);
});
