// Three server processes on one database: they begin together, share the work, and the work goes on when one is killed.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { live } from "../platform/live/publish.ts";
import { sql } from "../platform/sql.ts";
import { testDatabase } from "../platform/testing/database.ts";
import { testPlatform } from "../platform/testing/server.ts";
import { until } from "../platform/testing/until.ts";
import { systemTime } from "../platform/time.ts";
import { assertKeptOnce } from "./testing/kept.ts";
import { action, demand, send } from "./testing/load.ts";
import { type Office, openOffice, resumptions, suspendedOrder, workers } from "./testing/office.ts";
import { assertAuditClean, type ServerProcess, startServerProcess } from "./testing/process.ts";
import { openTab } from "./testing/stream.ts";

const db = await testDatabase({ empty: true, poolSize: 4 });

describe("three servers on one database", () => {
  let servers: readonly ServerProcess[];
  let office: Office;
  const at = (number: number) => servers[number % servers.length]?.address ?? "";
  const places = [0, 1, 2];
  const made: string[] = [];

  before(async () => {
    servers = await Promise.all(places.map(() => startServerProcess({ DATABASE_URL: db.url, BIHUAN_POOL_SIZE: "4" })));
    office = await openOffice(testPlatform(db, systemTime));
    await live.publish(db, [{ type: "organisation.changed" }]);
  });
  after(() => Promise.all(servers.map((server) => server.kill())));

  test("begin on an empty one together: migrated once, one rulebook, one set of first passwords", async () => {
    const { applied, names } = await db.one<{ applied: number; names: number }>(
      sql`select count(*)::int as applied, count(distinct name)::int as names from schema_migration`,
    );
    assert.ok(applied > 5 && applied === names);
    const passwords = servers.filter(({ told }) => told.includes("one-time passwords"));
    assert.equal(passwords.length, 1);
    for (const account of ["admin", "security", "audit"])
      assert.match(passwords[0]?.told ?? "", new RegExp(`^  ${account} `, "m"));
    assert.deepEqual(await db.rows(sql`select version from rulebook`), [{ version: 1 }]);
  });

  test("one key sent to all of them at once, ten times, is one order", async () => {
    const deed = demand(office.units, "everywhere");
    const answers = await Promise.all(Array.from({ length: 10 }, (_, number) => send(at(number), office.agent, deed)));
    assert.deepEqual(
      answers.map((answer) => answer?.status),
      answers.map(() => 200),
    );
    assert.equal(new Set(answers.map((answer) => answer?.orderId)).size, 1);
    assert.equal(answers.filter((answer) => answer?.repeated === false).length, 1);
    made.push(answers[0]?.orderId ?? "");
  });

  test("of three people who act on one order at three servers, one wins and the others are told", async () => {
    const taken = await send(at(0), office.agent, demand(office.units, "fought over"));
    const orderId = taken?.orderId ?? "";
    made.push(orderId);
    const answers = await Promise.all(
      places.map((place) =>
        send(at(place), office.agent, action(orderId, 1, "dispatch", { unitId: office.units["A11"] }, `dispatch at ${place}`)),
      ),
    );
    const said = answers.map((answer) => `${answer?.status} ${answer?.code ?? ""}`.trim());
    assert.deepEqual(said.toSorted(), ["200", "409 work-order.version-conflict", "409 work-order.version-conflict"]);
    const { version } = await db.one<{ version: number }>(sql`select version from work_order where order_id = ${orderId}`);
    assert.equal(version, 2);
  });

  test("what happens at one is heard at the others, and a page that changes servers is told to read again", async (context) => {
    const tabs = await Promise.all(places.map((place) => openTab(at(place), office.agent.headers)));
    for (const tab of tabs) context.after(tab.close);
    const taken = await send(at(1), office.agent, demand(office.units, "heard everywhere"));
    made.push(taken?.orderId ?? "");
    for (const { events } of tabs)
      await until(() => events.some(({ type, id }) => type === "order.changed" && id === taken?.orderId));
    const moved = await openTab(at(2), office.agent.headers, tabs[0]?.lastEventId() ?? null);
    context.after(moved.close);
    await until(() => moved.events.some(({ type }) => type === "reset"));
  });

  test("a job is done by one of them", async () => {
    const ends = systemTime.nowMs() + 2500;
    const names = Array.from({ length: 6 }, (_, number) => `suspended ${number}`);
    const suspended = await Promise.all(names.map((name, number) => suspendedOrder(at(number), office, name, ends)));
    made.push(...suspended);
    await until(async () => (await resumptions(db, suspended)).length === suspended.length);
    await until(async () => !(await db.maybe(sql`select from graphile_worker.jobs where task_identifier = 'work-order.resume'`)));
    assert.ok((await resumptions(db, suspended)).every(({ times, by }) => times === 1 && by.join() === "system"));
  });

  test("one is killed under load: clients that ask again with their key are served by the others, and nothing is lost or doubled", async (context) => {
    const away = new Set<number>();
    // A balancer that knows who is there: whoever was at the lost one turns to the next.
    const served = (number: number) => at(away.has(number % 3) ? number + 1 : number);
    const agents = workers(context, office, served);
    await agents.more(20);
    await servers[1]?.kill();
    away.add(1);
    await agents.more(20);
    await agents.stop();
    assert.deepEqual(agents.told.refused, []);
    await assertKeptOnce(db, { address: at(2), agent: office.agent }, agents, made);
    await assertAuditClean({ DATABASE_URL: db.url });
    for (const place of [0, 2]) assert.equal(await servers[place]?.stop(), 0);
  });
});
