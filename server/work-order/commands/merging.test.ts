import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { reached, remoteReply } from "@bihuan/core/flow/testing/stories.ts";
import { people, units } from "@bihuan/core/flow/testing/world.ts";
import { sql } from "../../platform/sql.ts";
import { testDatabase } from "../../platform/testing/database.ts";
import { audit } from "../audit/audit.ts";
import { openDesk, seedOrganisation } from "../testing/desk.ts";

const db = await testDatabase();
await seedOrganisation(db);
const desk = await openDesk(db);
const { agent, dispatcher, handler, manager, reviewer, verifier } = people;

const stand = async (orderId: string) =>
  db.one<{ step: string | null; status: string; master_id: string | null }>(
    sql`select step, status, master_id from work_order where order_id = ${orderId}`,
  );
const clean = async () => assert.deepEqual((await audit(db, desk.ports)).violations, []);

/** A master and some repeats merged under it. */
async function family(children: number, flow = "fault-repair", form: object = {}) {
  const master = (await desk.takeIn(flow)).orderId;
  const repeats: string[] = [];
  for (let count = 0; count < children; count++) {
    const { orderId } = await desk.takeIn(flow, { form });
    await desk.act(dispatcher, orderId, "merge", { masterId: master });
    repeats.push(orderId);
  }
  return { master, repeats };
}
async function answer(orderId: string) {
  await desk.act(dispatcher, orderId, "dispatch", { unitId: units.station });
  await desk.act(handler, orderId, "accept");
  await desk.act(handler, orderId, "reply", remoteReply);
  await desk.act(reviewer, orderId, "review-reply", { approved: true });
}

describe("orders merged under a master", () => {
  test("an anonymous repeat is archived without a callback when its master is answered", async () => {
    const { master, repeats } = await family(1, "fault-repair", { identity: "ANONYMOUS", contactName: "", contactPhone: "" });
    await answer(master);
    const [child] = repeats;
    assert.equal((await stand(child as string)).step, "archiving");
    assert.equal((await desk.act(verifier, child as string, "archive")).state.status, "ARCHIVED");
    await clean();
  });

  test("a master answered on the call sets the others free: nobody waits under a closed order", async () => {
    const { master, repeats } = await family(2, "inquiry");
    await desk.act(agent, master, "answer-on-call", { answer: "已告知电价" });
    for (const child of repeats) assert.deepEqual(await stand(child), { step: "dispatching", status: "OPEN", master_id: null });
    await desk.act(verifier, master, "archive");
    await clean();
  });

  test("repeats stand still with their master for everybody's reason, and only its timer ends it", async () => {
    const { master, repeats } = await family(1);
    const [child] = repeats as [string];
    const until = "2026-03-22T02:00:00Z";
    await desk.act(dispatcher, master, "dispatch", { unitId: units.station });
    await desk.act(handler, master, "accept");
    const suspend = async (reason: string) => {
      const asked = await desk.act(handler, master, "request-suspension", { reason, until, note: "说明" });
      await desk.act(manager, master, "decide", { requestSeq: asked.version, approved: true });
    };
    await suspend("CUSTOMER_APPOINTMENT");
    assert.equal((await stand(child)).status, "OPEN");
    await desk.act(handler, master, "resume");
    await suspend("EXTREME_WEATHER");
    assert.deepEqual(await stand(child), { step: "merged", status: "SUSPENDED", master_id: master });
    const late = (await desk.takeIn()).orderId;
    await desk.act(dispatcher, late, "merge", { masterId: master });
    assert.equal((await stand(late)).status, "SUSPENDED");
    const timers = await db.rows(
      sql`select 1 from graphile_worker.jobs where task_identifier = 'work-order.resume' and key like ${`%${late}`}`,
    );
    assert.equal(timers.length, 0);
    await clean();
    await desk.act(dispatcher, late, "release", { reason: "另有故障点" });
    assert.deepEqual(await stand(late), { step: "dispatching", status: "OPEN", master_id: null });
    await desk.act(handler, master, "resume");
    assert.equal((await stand(child)).status, "OPEN");
    await clean();
  });

  test("a repeat that is withdrawn leaves its master, and the master goes on without it", async () => {
    const { master, repeats } = await family(2);
    const [gone, stays] = repeats as [string, string];
    const { state } = await desk.act(agent, gone, "withdraw", { confirmed: true, reason: "已来电" });
    assert.equal(state.status, "WITHDRAWN");
    await answer(master);
    assert.deepEqual([(await stand(gone)).status, (await stand(stays)).step], ["WITHDRAWN", "callback"]);
    await clean();
  });

  test("a dissatisfied master is handled again by itself: the repeats that were answered stay with their own callers", async () => {
    const { master, repeats } = await family(1);
    await answer(master);
    await desk.act(verifier, master, "callback", reached("DISSATISFIED"));
    await answer(master);
    const [child] = repeats as [string];
    assert.equal((await stand(child)).step, "callback");
    assert.equal((await desk.act(verifier, child, "callback", reached("SATISFIED"))).state.status, "ARCHIVED");
    assert.equal((await desk.act(verifier, master, "callback", reached("SATISFIED"))).state.status, "ARCHIVED");
    await clean();
  });

  test("of two orders merged under each other at once, one becomes the master", async () => {
    const [one, two] = [(await desk.takeIn()).orderId, (await desk.takeIn()).orderId];
    const outcomes = await Promise.allSettled([
      desk.act(dispatcher, one, "merge", { masterId: two }),
      desk.act(dispatcher, two, "merge", { masterId: one }),
    ]);
    assert.deepEqual(outcomes.map(({ status }) => status).sort(), ["fulfilled", "rejected"]);
    await clean();
  });

  test("a master and its repeats acted on at once never wait for each other in a ring", async () => {
    const { master, repeats } = await family(6);
    await desk.act(dispatcher, master, "dispatch", { unitId: units.station });
    const outcomes = await Promise.allSettled([
      desk.act(handler, master, "accept"),
      ...repeats.map((child, index) =>
        index % 2 === 0
          ? desk.act(dispatcher, child, "release", { reason: "非同一故障" })
          : desk.act(agent, child, "urge", { by: "CUSTOMER" }),
      ),
      ...repeats.map((child) => desk.act(agent, child, "note", { note: "来电询问" })),
    ]);
    assert.deepEqual(
      outcomes.filter(({ status }) => status === "rejected"),
      [],
    );
    const { n } = await db.one<{ n: number }>(
      sql`select deadlocks::int as n from pg_stat_database where datname = current_database()`,
    );
    assert.equal(n, 0);
    await clean();
  });
});
