// The server's process is killed in the midst of its work, and started again: what anybody was told is true.
import assert from "node:assert/strict";
import { chmod, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { describe, test } from "node:test";
import { loadConfig } from "../platform/config.ts";
import { createLog } from "../platform/log.ts";
import { openPlatform } from "../platform/open.ts";
import { sql } from "../platform/sql.ts";
import { testDatabase } from "../platform/testing/database.ts";
import { testPlatform } from "../platform/testing/server.ts";
import { until } from "../platform/testing/until.ts";
import { systemTime } from "../platform/time.ts";
import { assertKeptOnce } from "./testing/kept.ts";
import { demand, send } from "./testing/load.ts";
import { openOffice, resumptions, suspendedOrder, workers } from "./testing/office.ts";
import { assertAuditClean, startServerProcess } from "./testing/process.ts";

/** Kills an embedded PostgreSQL with all that keeps it: what was not on the disk by then is gone. */
async function powerOff(folder: string) {
  const postmaster = Number((await readFile(path.join(folder, "postgres/cluster/postmaster.pid"), "utf8")).split("\n")[0]);
  const status = await readFile(`/proc/${postmaster}/status`, "utf8");
  process.kill(Number(/^PPid:\s*(\d+)$/m.exec(status)?.[1]), "SIGKILL");
  process.kill(postmaster, "SIGKILL");
}

describe("a server killed while people work", () => {
  test("with its embedded database, as when the power fails: nothing acknowledged is lost or doubled", async (context) => {
    const folder = await mkdtemp(path.join(tmpdir(), "bihuan-killed-server-"));
    context.after(() => rm(folder, { recursive: true, force: true }));
    await chmod(folder, 0o755);
    const environment = { BIHUAN_DATA: folder };
    const open = () => openPlatform(loadConfig(environment, "/"), { time: systemTime, log: createLog("silent"), poolSize: 2 });
    const before = await open();
    const people = await openOffice(before.platform);
    await before.close();

    let server = await startServerProcess(environment);
    context.after(() => server.kill());
    const agents = workers(context, people, () => server.address);
    await agents.more(30);
    await Promise.all([server.kill(), powerOff(folder)]);
    server = await startServerProcess(environment);
    await agents.more(30);
    await agents.stop();
    const after = await open();
    await assertKeptOnce(after.platform.db, { address: server.address, agent: people.agent }, agents);
    await after.close();
    await assertAuditClean(environment);
    assert.equal(await server.stop(), 0);
  });

  test("again and again: a client that asks again with its key loses nothing, and planned jobs are done by the next one", async (context) => {
    const db = await testDatabase({ poolSize: 4 });
    const people = await openOffice(testPlatform(db, systemTime));
    const environment = { DATABASE_URL: db.url };
    let server = await startServerProcess(environment);
    context.after(() => server.kill());
    const agents = workers(context, people, () => server.address);
    const ends = systemTime.nowMs() + 4000;
    const names = [1, 2, 3, 4, 5].map((n) => `suspended-${n}`);
    const suspended = await Promise.all(names.map((name) => suspendedOrder(server.address, people, name, ends)));
    for (let kills = 0; kills < 2; kills++) {
      await agents.more(5 + 7 * kills);
      await server.kill();
      server = await startServerProcess(environment);
    }
    await agents.more(10);
    await agents.stop();
    assert.deepEqual(agents.told.refused, []);
    await until(async () => (await resumptions(db, suspended)).length === suspended.length);
    assert.ok((await resumptions(db, suspended)).every(({ times, by }) => times === 1 && by.join() === "system"));

    await assertKeptOnce(db, { address: server.address, agent: people.agent }, agents, suspended);
    await assertAuditClean(environment);
    assert.equal(await server.stop(), 0);
  });

  test("one demand sent ten times at once, cut off by the kill, and ten times again: one order", async (context) => {
    const db = await testDatabase({ poolSize: 4 });
    const { units, agent } = await openOffice(testPlatform(db, systemTime));
    const environment = { DATABASE_URL: db.url };
    let server = await startServerProcess(environment);
    context.after(() => server.kill());
    const one = demand(units, "once");
    const tenTimes = () => Array.from({ length: 10 }, () => send(server.address, agent, one));
    const cutOff = tenTimes();
    await Promise.race(cutOff);
    await server.kill();
    server = await startServerProcess(environment);
    const answers = [...(await Promise.all(cutOff)).filter((answer) => answer !== null), ...(await Promise.all(tenTimes()))];
    assert.ok(answers.every((answer) => answer?.status === 200));
    assert.equal(new Set(answers.map((answer) => answer?.orderId)).size, 1);
    assert.ok(answers.filter((answer) => answer?.repeated === false).length <= 1);
    assert.deepEqual(await db.one(sql`select count(*)::int as orders from work_order`), { orders: 1 });
  });
});
