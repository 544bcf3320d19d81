// What is suggested is learnt from orders: each counts once, under the category it has at last, and what was erased counts no more.
import assert from "node:assert/strict";
import { beforeEach, describe, test } from "node:test";
import { FEWEST_ORDERS } from "@bihuan/core/desk/suggestion/model.ts";
import { people } from "@bihuan/core/flow/testing/world.ts";
import { sql } from "../../platform/sql.ts";
import { testDatabase } from "../../platform/testing/database.ts";
import { erasePersonalData, ORDER_ERASED_JOB } from "../../work-order/commands/erase.ts";
import { openDesk, REGION, seedOrganisation } from "../../work-order/testing/desk.ts";
import { suggestionJobs } from "./jobs.ts";
import { learn, lessonOf, relearn } from "./learn.ts";
import { measureSuggestions } from "./measure.ts";

const db = await testDatabase();
await seedOrganisation(db);
const desk = await openDesk(db);
const { platform, time } = desk;

beforeEach(async () => {
  await db.run(sql`truncate suggestion_progress, suggestion_lesson, suggestion_count`);
  await db.run(sql`truncate work_order, order_contact, order_private, order_unit, order_event, clock, clock_history`);
});

const say = async (title: string, flow = "fault-repair", subtype: string | null = null, form: object = {}) => {
  time.advanceMs(1000);
  return (await desk.takeIn(flow, { subtype, form: { title, description: "", ...form } })).orderId;
};
async function relabel(orderId: string, flow: string, subtype: string) {
  const asked = await desk.act(people.agent, orderId, "request-reclassification", { flow, subtype, reason: "定性有误" });
  const requestSeq = asked.state.requests.at(-1)?.seq;
  await desk.act(people.manager, orderId, "decide", { requestSeq, approved: true });
}
/** Every count, as `word flow/subtype orders`; the orders themselves under the empty word. */
const counts = async () =>
  (
    await db.rows<{ line: string }>(sql`
      select word || ' ' || flow || '/' || subtype || ' ' || orders as line from suggestion_count order by word, flow, subtype`)
  ).map(({ line }) => line);
const lessons = () => db.rows(sql`select * from suggestion_lesson order by order_id`);
const of = async (word: string) => (await counts()).filter((line) => line.startsWith(`${word} `));

describe("learning", () => {
  test("an order counts once, however often it is read", async () => {
    await say("家里没电");
    await say("整栋楼停电");
    assert.equal((await learn(platform)).learnt, 2);
    const first = await counts();
    assert.ok(first.includes(" fault-repair/ 2") && first.includes("没电 fault-repair/ 1"), first.join("\n"));
    assert.equal((await learn(platform)).learnt, 0);
    await say("路灯不亮");
    assert.equal((await learn(platform)).learnt, 1);
    assert.deepEqual(await of(""), [" fault-repair/ 3"]);
  });

  test("a reclassified order teaches the category it has at last, and no other", async () => {
    const order = await say("电表不准", "service-request", "OTHER");
    await say("电表不走", "service-request", "METER_ABNORMAL");
    await learn(platform);
    assert.deepEqual(await of("不准"), ["不准 service-request/OTHER 1"]);
    await relabel(order, "service-request", "METER_TEST");
    assert.equal((await learn(platform)).learnt, 1);
    assert.deepEqual(await of("不准"), ["不准 service-request/METER_TEST 1"]);
    assert.deepEqual(await of(""), [" service-request/METER_ABNORMAL 1", " service-request/METER_TEST 1"]);
  });

  test("an erased order teaches nothing any more", async () => {
    const order = await say("变压器冒烟");
    await say("变压器起火");
    await learn(platform);
    await erasePersonalData(platform, order, "客户要求删除");
    const job = await db.one<{ payload: unknown }>(sql`
      select payload from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
      where t.identifier = ${ORDER_ERASED_JOB}`);
    const forget = suggestionJobs(platform)[ORDER_ERASED_JOB];
    await forget?.(job.payload, { id: "1", attempt: 1 });
    await forget?.(job.payload, { id: "1", attempt: 2 });
    assert.deepEqual(await of(""), [" fault-repair/ 1"]);
    assert.deepEqual(await of("冒烟"), []);
    assert.equal((await lessons()).length, 1);
    await say("表箱烧了");
    assert.equal((await learn(platform)).learnt, 1);
  });

  test("nothing that leads to the caller is kept", async () => {
    await say("李秀英家里没电", "fault-repair", null, {
      description: "李秀英住在柳堤镇南庄村，电话 13800138000，户号 3201004471，请派人抢修",
      contactName: "李秀英",
      contactPhone: "13800138000",
      address: "柳堤镇南庄村12号",
      accountNo: "3201004471",
    });
    await learn(platform);
    const kept = JSON.stringify([await counts(), await lessons()]);
    for (const own of ["李秀英", "秀英", "柳堤", "南庄", "1380", "3201004471"]) assert.ok(!kept.includes(own), own);
    assert.ok(kept.includes("抢修"));
  });

  test("learnt anew from the orders, the counts are what they were", async () => {
    const orders = [
      await say("家里没电，跳闸"),
      await say("电费交清，要求复电", "service-request", "RECONNECT_AFTER_ARREARS"),
      await say("咨询阶梯电价", "inquiry"),
    ];
    await learn(platform);
    await relabel(orders[2] as string, "suggestion", "TARIFF");
    for (let n = 0; n < FEWEST_ORDERS; n++) await say(`停电没有通知，第${n}次投诉`, "complaint", "OUTAGE");
    await learn(platform);
    await erasePersonalData(platform, orders[0] as string, "客户要求删除");
    await suggestionJobs(platform)[ORDER_ERASED_JOB]?.({ orderId: orders[0] }, { id: "1", attempt: 1 });
    const kept = [await counts(), await lessons()];
    assert.equal(await relearn(platform), orders.length - 1 + FEWEST_ORDERS);
    assert.deepEqual([await counts(), await lessons()], kept);
    await say("路灯不亮");
    assert.equal((await learn(platform)).learnt, 1, "it goes on from there");
  });

  test("a first reading that was broken off begins again and counts nothing twice", async () => {
    await say("家里没电");
    await say("整栋楼停电");
    await learn(platform);
    const whole = await counts();
    await db.run(sql`update suggestion_progress set read_to = null, read_month = 0, read_order = 0 where region_id = ${REGION}`);
    assert.equal((await learn(platform)).learnt, 0);
    assert.deepEqual(await counts(), whole);
  });

  test("piece by piece, it comes to the same as at once, with what is taken in and reclassified meanwhile", async () => {
    const orders: string[] = [];
    for (let n = 0; n < 230; n++) orders.push(await say(`电表不准 ${n}`, "service-request", "OTHER"));
    assert.deepEqual(await learn(platform, 100), { learnt: 200, more: true });
    await relabel(orders[0] as string, "service-request", "METER_TEST");
    orders.push(await say("路灯不亮"));
    assert.deepEqual(await learn(platform, 100), { learnt: 31, more: false });
    let learnt = 0;
    for (let more = true; more; ) {
      const done = await learn(platform, 100);
      learnt += done.learnt;
      more = done.more;
    }
    assert.equal(learnt, 1, "the reclassified one");
    const piecemeal = [await counts(), await lessons()];
    await relearn(platform);
    assert.deepEqual([await counts(), await lessons()], piecemeal);
    assert.deepEqual(await of(""), [" fault-repair/ 1", " service-request/METER_TEST 1", " service-request/OTHER 229"]);
  });

  test("what was recorded earlier and committed later is learnt as well, however much it is", async () => {
    await say("家里没电");
    await learn(platform);
    const late: string[] = [];
    for (let n = 0; n < 260; n++) late.push(await say(`电表不准 ${n}`, "service-request", "OTHER"));
    // A long import: others were read past it before it was committed.
    await db.run(sql`
      update suggestion_progress set read_to = read_to + interval '9 minutes' where region_id = ${REGION}`);
    time.advanceMs(9 * 60_000);
    await say("路灯不亮");
    assert.equal((await learn(platform)).learnt, 261);
    assert.deepEqual(await learn(platform), { learnt: 0, more: false });
    assert.equal((await lessons()).length, 262);
  });

  test("suggestions are judged by the newest orders, which are taken out of what was learnt", async () => {
    for (let n = 0; n < 12; n++) await say(`风机叶片结冰 ${n}`, "praise");
    for (let n = 0; n < 4; n++) await say(`家里没电跳闸 ${n}`);
    await learn(platform);
    const before = await counts();
    const judged = await measureSuggestions(platform, 5);
    assert.deepEqual([judged.texts, judged.first, judged.right, judged.commonest], [5, 1, 1, 0.2]);
    const all = await measureSuggestions(platform, 100);
    assert.deepEqual([all.texts, all.first], [16, 0.25], "of what nothing is left, only the built-in phrases know");
    assert.deepEqual(await counts(), before);
  });

  test("the history of another system is no lesson", () => {
    const order = { intakeMonth: 202603, orderId: "1", recordedAtMs: 0, flow: "imported-history", subtype: "停电" };
    const said = { title: "停电", description: null, name: null, phone: null, address: null, accountNo: null };
    assert.equal(lessonOf({ ...order, ...said }), null);
    assert.equal(lessonOf({ ...order, ...said, flow: "inquiry", subtype: null })?.category.flow, "inquiry");
  });
});
