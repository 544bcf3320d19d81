// The wire to the database is cut under load and mended: nobody is told anything untrue, and everything goes on by itself.
import assert from "node:assert/strict";
import { after, describe, test } from "node:test";
import { signedIn, testUnits } from "../identity/testing/people.ts";
import { openDatabase, type Tx } from "../platform/database.ts";
import { raw, sql } from "../platform/sql.ts";
import { testDatabase } from "../platform/testing/database.ts";
import { testPlatform } from "../platform/testing/server.ts";
import { until } from "../platform/testing/until.ts";
import { systemTime } from "../platform/time.ts";
import { startServer } from "../start.ts";
import { audit } from "../work-order/audit/audit.ts";
import { orderPorts } from "../work-order/ports.ts";
import { demand, load, send } from "./testing/load.ts";
import { layWire } from "./testing/proxy.ts";
import { openTab } from "./testing/stream.ts";

const direct = await testDatabase();
const wire = await layWire(direct.url);
const db = openDatabase(wire.url, { poolSize: 6 });
const platform = testPlatform(db, systemTime, { PORT: "0", BIHUAN_JOB_CONCURRENCY: "2" });
const units = await testUnits(platform);
const agent = await signedIn(platform, [["AGENT", units["A1"] as number]]);
const server = await startServer(platform);

const orderIds = async () =>
  (await direct.rows<{ id: string }>(sql`select order_id as id from work_order order by 1`)).map(({ id }) => id);
const ready = async () => (await fetch(`${server.address}/readyz`)).status === 200;
const jobsDone = async () =>
  Number(/^bihuan_jobs_done_total (\d+)/m.exec(await (await fetch(`${server.address}/metrics`)).text())?.[1]);

describe("the database goes away", () => {
  after(async () => {
    await server.stop();
    await db.close();
    await wire.close();
  });

  test("connections ended at any moment, again and again: some are told to come back, the process lives", async (context) => {
    let number = 0;
    const agents = load({ agents: 6, agent, address: () => server.address, next: () => demand(units, `x${number++}`) });
    context.after(agents.stop);
    const admin = openDatabase(direct.url.replace(/[^/]+$/, "postgres"), { poolSize: 1 });
    const name = new URL(direct.url).pathname.slice(1);
    for (let round = 0; round < 20; round++) {
      await admin.run(sql`select pg_terminate_backend(pid) from pg_stat_activity where datname = ${name}`);
      const orders = agents.told.orders.size;
      await until(() => agents.told.orders.size > orders + (round % 7));
    }
    await agents.stop();
    await admin.close();
    assert.deepEqual(
      agents.told.refused.filter(({ code }) => code !== "server.unavailable"),
      [],
    );
    await until(ready);
  });

  test("of statements sent together the one that failed is told, and none that follows it runs when all was taken back", async () => {
    await direct.run(sql`create table written (word text)`);
    const write = (tx: Tx, word: string) => tx.run(sql`insert into written values (${word})`);
    for (let tries = 0; tries < 10; tries++) {
      const failed = direct.transaction(
        async (tx) => {
          await tx.together([
            async () => {
              await write(tx, "before");
              await write(tx, "after");
            },
            async () => {
              await tx.run(sql`select 1 / 0`);
            },
            () => write(tx, "beside"),
          ]);
        },
        { pipelined: true },
      );
      await assert.rejects(failed, { code: "22012" });
    }
    assert.deepEqual(await direct.rows(sql`select word from written`), []);
    await direct.run(sql`drop table written`);
  });

  test("a disk that is full, and a server that only reads, are told as a moment's trouble: nothing is half-done, then it goes on", async () => {
    const before = await orderIds();
    const one = demand(units, "no room");
    const kept = () =>
      direct.one(
        sql`select (select count(*)::int from command_receipt) as receipts, (select count(*)::int from order_private) as personal`,
      );
    const earlier = await kept();
    // In the middle of an intake, after its key was claimed and its order written.
    for (const [state, table] of [
      ["53100", "order_event"],
      ["53200", "order_tally"],
      ["25006", "clock"],
    ]) {
      await direct.run(
        sql`${raw(`
        create function trouble() returns trigger language plpgsql as $$ begin raise exception 'trouble' using errcode = '${state}'; end $$;
        create trigger trouble before insert on ${table} for each row execute function trouble()`)}`,
      );
      const answer = await send(server.address, agent, one);
      assert.deepEqual([answer?.status, answer?.code], [503, "server.unavailable"], state);
      assert.deepEqual([await orderIds(), await kept()], [before, earlier], state);
      await direct.run(sql`drop function trouble cascade`);
    }
    assert.equal((await send(server.address, agent, one))?.status, 200);
    assert.equal((await orderIds()).length, before.length + 1);
  });

  test("cut and mended three times under load: 503 meanwhile, then everything as before, and not one order lost or doubled", async (context) => {
    let number = 0;
    const earlier = await orderIds();
    const tab = await openTab(server.address, agent.headers);
    context.after(tab.close);
    const agents = load({ agents: 6, agent, address: () => server.address, next: () => demand(units, number++) });
    context.after(agents.stop);
    const { told } = agents;
    for (let cuts = 1; cuts <= 3; cuts++) {
      const [before, resets] = [told.orders.size, tab.events.filter(({ type }) => type === "reset").length];
      await until(() => told.orders.size > before + 20);
      wire.cut();
      const refusedBefore = told.refused.length;
      await until(() => told.refused.length > refusedBefore + 20);
      assert.equal((await fetch(`${server.address}/healthz`)).status, 200);
      wire.mend();
      const mended = told.orders.size;
      await until(() => told.orders.size > mended + 20);
      await until(() => tab.events.filter(({ type }) => type === "reset").length > resets);
    }
    await agents.stop();
    await until(ready);
    assert.deepEqual([...new Set(told.refused.map(({ status, code }) => `${status} ${code}`))], ["503 server.unavailable"]);

    // What was refused may have been kept all the same, when the wire broke between the commit and its answer: the key tells.
    for (const { key } of told.refused) {
      const again = await send(server.address, agent, agents.asked.find((one) => one.key === key) ?? demand(units, ""));
      assert.equal(again?.status, 200);
      told.orders.set(key, again?.orderId ?? "");
    }
    assert.deepEqual([...earlier, ...told.orders.values()].sort(), await orderIds());
    assert.deepEqual((await audit(direct, orderPorts(platform))).violations, []);

    // Events and jobs go on without anybody's help.
    const heard = tab.events.length;
    const last = await send(server.address, agent, demand(units, "after all"));
    await until(() => tab.events.slice(heard).some(({ type, id }) => type === "order.changed" && id === last?.orderId));
    const done = await jobsDone();
    await platform.jobs.addJob(direct, "work-order.compact-tally", {});
    await until(async () => (await jobsDone()) > done);
  });
});
