import assert from "node:assert/strict";
import { after, describe, test } from "node:test";
import type { TaskRow } from "@bihuan/contract/desk-work.ts";
import type { Role } from "@bihuan/core/identity/roles.ts";
import { business } from "../../business.ts";
import { ensureShippedRules } from "../../clock/shipped.ts";
import { forgetSessions } from "../../identity/memory.ts";
import { type Caller, signedIn, testUnits, withApiKey } from "../../identity/testing/people.ts";
import { sql } from "../../platform/sql.ts";
import { testDatabase } from "../../platform/testing/database.ts";
import { testPlatform, testServer } from "../../platform/testing/server.ts";
import { manualTime } from "../../platform/time.ts";
import { access, slices } from "../../routes.ts";
import { audit } from "../../work-order/audit/audit.ts";
import { prepareWorkOrders } from "../../work-order/jobs.ts";
import { orderPorts } from "../../work-order/ports.ts";

const db = await testDatabase();
const time = manualTime("2026-06-15T02:00:00Z"); // Monday 10:00 in Shanghai
const platform = testPlatform(db, time);
const units = await testUnits(platform);
await ensureShippedRules(platform, business);
await prepareWorkOrders(platform);
const server = await testServer({ platform, slices, access: access(platform) });
after(() => server.close());
const at = (code: string) => units[code] as number;
const person = (name: string, ...grants: [Role, string][]) =>
  signedIn(
    platform,
    grants.map(([role, unit]) => [role, at(unit)] as const),
    { name },
  );

const agent = await person("受理员", ["AGENT", "A1"]);
const dispatcher = await person("调度员", ["DISPATCHER", "A1"]);
const handler = await person("处理人", ["HANDLER", "A11"]);
const colleague = await person("同事", ["HANDLER", "A11"]);
const crew = await person("抢修工", ["HANDLER", "A12"]);
const reviewer = await person("审核人", ["REVIEWER", "A1"]);
const verifier = await person("回访人", ["VERIFIER", "A1"]);
const manager = await person("市主管", ["MANAGER", "A"]);
const provincial = await person("省主管", ["MANAGER", "P"]);

let keys = 0;
async function call<Body>(caller: Caller, method: "GET" | "POST" | "PUT", url: string, body?: object): Promise<Body> {
  const response = await server.app.inject({
    method,
    url: `/api${url}`,
    headers: { ...caller.headers, "idempotency-key": `key-${++keys}` },
    ...(body === undefined ? {} : { payload: body }),
  });
  const answer = response.json<Body & { code?: string }>();
  if (response.statusCode >= 300) throw new Error(`${response.statusCode} ${answer.code}`);
  return answer;
}

async function takeIn(title: string, { flow = "inquiry", details = {}, form = {}, subtype = null as string | null } = {}) {
  const { orderId } = await call<{ orderId: string }>(agent, "POST", "/orders", {
    flow,
    subtype,
    deskUnitId: at("A1"),
    form: { origin: "HOTLINE_95598", areaClass: "URBAN", title, contactName: "王小明", contactPhone: "13800138000", ...form },
    details,
  });
  return orderId;
}
const read = (orderId: string) => call<{ version: number; requests: { seq: number }[] }>(manager, "GET", `/orders/${orderId}`);
async function act(caller: Caller, orderId: string, action: string, form: object = {}) {
  const { version } = await read(orderId);
  await call(caller, "POST", `/orders/${orderId}/actions/${action}`, { version, form });
}

type Page = { tasks: TaskRow[]; next: string | null; nowUntil: string; todayUntil: string };
const tasks = (caller: Caller, filter: object = {}) =>
  call<Page>(caller, "POST", "/desk/tasks/search", { limit: 100, ...filter });
const mine = async (caller: Caller, filter: object = {}) =>
  (await tasks(caller, filter)).tasks.map(({ order, kind, action }) => [order.title, kind, action?.key ?? null]);
const row = async (caller: Caller, title: string, filter: object = {}) =>
  (await tasks(caller, filter)).tasks.find(({ order }) => order.title === title);
const sees = async (caller: Caller, title: string, filter: object = {}) => (await row(caller, title, filter)) !== undefined;

const reply = {
  contacted: false,
  responsibleUnitId: at("A11"),
  cause: "NO_FAULT",
  facts: "已说明",
  causeText: "无",
  measures: "已答复",
};

describe("what somebody has to do", () => {
  test("an order goes from one person's work to the next one's, step by step", async () => {
    const orderId = await takeIn("流转");
    assert.deepEqual(await mine(dispatcher), [["流转", "dispatch", "dispatch"]]);
    assert.deepEqual([await mine(handler), await mine(agent), await mine(reviewer)], [[], [], []]);

    await act(dispatcher, orderId, "dispatch", { unitId: at("A11") });
    assert.deepEqual(await mine(dispatcher), []);
    assert.deepEqual(await mine(handler), [["流转", "accept", "accept"]]);
    assert.deepEqual(await mine(colleague), [["流转", "accept", "accept"]]);
    assert.deepEqual(await mine(crew), []);

    await act(handler, orderId, "accept");
    assert.equal((await row(handler, "流转"))?.because, "holding");
    assert.deepEqual(await mine(colleague), [], "whoever accepted it has it");

    await act(handler, orderId, "reply", reply);
    assert.deepEqual([await mine(handler), await mine(reviewer)], [[], [["流转", "review", "review-reply"]]]);
    assert.deepEqual(await mine(manager), [], "the city's manager need not, where the county has a reviewer");

    await act(reviewer, orderId, "review-reply", { approved: true });
    assert.deepEqual(await mine(verifier), [["流转", "callback", "callback"]]);
    await act(verifier, orderId, "callback", { result: "REACHED", satisfaction: "SATISFIED" });
    assert.deepEqual(await mine(verifier), []);
    assert.deepEqual((await audit(db, orderPorts(platform))).violations, []);
  });

  test("names and addresses are masked", async () => {
    await takeIn("打码", { form: { address: "解放路 12 号 3 栋" } });
    const order = (await row(dispatcher, "打码"))?.order;
    assert.equal(order?.contactName?.includes("小明"), false);
    assert.equal(order?.address?.includes("3 栋"), false);
  });

  test("the earliest due comes first, lane by lane, and pages follow one another without gap or repeat", async () => {
    for (let n = 0; n < 7; n++) {
      await takeIn(`排序 ${n}`, { flow: n % 2 ? "inquiry" : "fault-repair" });
      time.advanceMs(60_000);
    }
    const whole = await tasks(dispatcher);
    const dues = whole.tasks.map(({ dueAt }) => (dueAt === null ? Infinity : Date.parse(dueAt)));
    assert.deepEqual(
      dues,
      dues.toSorted((a, b) => a - b),
    );
    const paged: string[] = [];
    for (let after: string | null = null; ; ) {
      const page: Page = await tasks(dispatcher, { limit: 2, ...(after ? { after } : {}) });
      paged.push(...page.tasks.map(({ order }) => order.orderId));
      after = page.next;
      if (after === null) break;
    }
    assert.deepEqual(
      paged,
      whole.tasks.map(({ order }) => order.orderId),
    );
    const lanes = await Promise.all(["now", "today", "later"].map(async (lane) => (await tasks(dispatcher, { lane })).tasks));
    assert.deepEqual(
      lanes.flat().map(({ order }) => order.orderId),
      paged,
    );
    const counts = await call<Record<string, { count: number }>>(dispatcher, "POST", "/desk/tasks/count", {});
    assert.deepEqual(
      [counts["now"]?.count, counts["today"]?.count, counts["later"]?.count],
      lanes.map(({ length }) => length),
    );
  });

  test("filters narrow by business, by kind of task and by unit; a place that is none is refused", async () => {
    assert.ok((await tasks(dispatcher, { flow: "fault-repair" })).tasks.every(({ order }) => order.flow === "fault-repair"));
    assert.deepEqual(await mine(dispatcher, { kind: "review" }), []);
    assert.deepEqual(await mine(dispatcher, { unitId: at("A2") }), []);
    await assert.rejects(tasks(dispatcher, { unitId: 999_999 }), /work-order.unit-unknown/);
    await assert.rejects(tasks(dispatcher, { after: "nowhere" }), /work-order.cursor-invalid/);
  });

  test("an urge is answered by whoever has the order, when it is due first", async () => {
    const orderId = await takeIn("被催", { flow: "complaint", subtype: "SERVICE" });
    await act(dispatcher, orderId, "grade", { grade: "GENERAL" });
    await act(dispatcher, orderId, "dispatch", { unitId: at("A11") });
    await act(handler, orderId, "accept");
    await act(agent, orderId, "urge", { by: "CUSTOMER" });
    const task = await row(handler, "被催");
    assert.deepEqual([task?.dueSlot === "urge", task?.action?.key === "answer-urge"], [true, true]);
  });

  test("who handled it does not have its callback to do", async () => {
    const both = await person("两职", ["HANDLER", "A11"], ["VERIFIER", "A1"]);
    const orderId = await takeIn("自办");
    await act(dispatcher, orderId, "dispatch", { unitId: at("A11") });
    await act(both, orderId, "accept");
    await act(both, orderId, "reply", reply);
    await act(reviewer, orderId, "review-reply", { approved: true });
    assert.deepEqual([await sees(both, "自办"), await sees(verifier, "自办")], [false, true]);
  });

  test("where all who would review it worked on it, the level above does", async () => {
    const all = await person("办了又审", ["HANDLER", "A2"], ["REVIEWER", "A2"], ["AGENT", "A2"], ["DISPATCHER", "A2"]);
    const { orderId } = await call<{ orderId: string }>(all, "POST", "/orders", {
      flow: "inquiry",
      deskUnitId: at("A2"),
      form: { origin: "HOTLINE_95598", areaClass: "URBAN", title: "自办自审", contactPhone: "13800138000" },
    });
    await act(all, orderId, "dispatch", { unitId: at("A2") });
    await act(all, orderId, "accept");
    await act(all, orderId, "reply", { ...reply, responsibleUnitId: at("A2") });
    assert.deepEqual(
      [await sees(all, "自办自审"), await sees(manager, "自办自审"), await sees(provincial, "自办自审")],
      [false, true, false],
    );
    await act(manager, orderId, "review-reply", { approved: true });
  });

  test("a callback that reached nobody says from when on it may be tried again", async () => {
    const orderId = await takeIn("未接通");
    await act(dispatcher, orderId, "dispatch", { unitId: at("A11") });
    await act(handler, orderId, "accept");
    await act(handler, orderId, "reply", reply);
    await act(reviewer, orderId, "review-reply", { approved: true });
    assert.equal((await row(verifier, "未接通"))?.tryAgainAt, null);
    await act(verifier, orderId, "callback", { result: "NOT_REACHED" });
    const again = Date.parse((await row(verifier, "未接通"))?.tryAgainAt ?? "");
    assert.ok(again > time.nowMs() && again < time.nowMs() + 86_400_000);
  });

  test("an integration has no work of its own, and what its roles may do is listed", async () => {
    const key = await withApiKey(platform, [["DISPATCHER", at("A1")]]);
    assert.ok((await tasks(key)).tasks.every(({ kind, because }) => kind !== "handle" && because === "unit"));
  });
});

describe("several units on one order", () => {
  test("the assisting unit sees its own clock; the lead sees what it waits for; who asked sees where it waits", async () => {
    const orderId = await takeIn("协办", { flow: "fault-repair" });
    await act(dispatcher, orderId, "dispatch", { unitId: at("A11") });
    await act(handler, orderId, "accept");
    await act(handler, orderId, "consult", { unitIds: [at("A12")], question: "请核实线路" });
    const asked = await row(crew, "协办");
    assert.deepEqual(
      [asked?.kind, asked?.action?.key, asked?.unit.unitId, asked?.dueSlot],
      ["consult", "answer-consultation", at("A12"), "consultation"],
    );
    assert.equal(asked?.askedBy?.name, "处理人");
    const lead = await row(handler, "协办");
    assert.deepEqual([lead?.waitsFor.consultations, lead?.dueSlot], [1, "arrival"]);
    assert.equal((await row(handler, "协办", { view: "waiting" }))?.unit.unitId, at("A12"));
    await act(crew, orderId, "answer-consultation", { answer: "线路正常" });
    assert.deepEqual([await sees(crew, "协办"), await sees(handler, "协办", { view: "waiting" })], [false, false]);
  });

  test("a request waits for the nearest who may decide, and never for who asked", async () => {
    const orderId = await takeIn("延期", { flow: "complaint", subtype: "SERVICE" });
    await act(dispatcher, orderId, "grade", { grade: "GENERAL" });
    await act(dispatcher, orderId, "dispatch", { unitId: at("A11") });
    await act(handler, orderId, "accept");
    const until = new Date(time.nowMs() + 86_400_000).toISOString();
    await act(handler, orderId, "request-suspension", { reason: "CUSTOMER_WORKS", until, note: "客户改造" });
    const asked = await row(manager, "延期");
    assert.deepEqual([asked?.kind, asked?.action?.key, asked?.askedBy?.name], ["decide", "decide", "处理人"]);
    assert.equal(await sees(provincial, "延期"), false, "the city has a manager of its own");
    assert.equal((await row(handler, "延期", { view: "waiting" }))?.kind, "decide");
    const { requests } = await read(orderId);
    await act(manager, orderId, "decide", { requestSeq: requests[0]?.seq, approved: true });
    assert.equal(await sees(handler, "延期"), false, "nothing is to be done while it is suspended");
    assert.equal((await row(handler, "延期", { view: "waiting" }))?.kind, "suspended");
  });
});

describe("what waits for others", () => {
  test("who took a demand in sees who has it now, and not what is his own to do", async () => {
    const orderId = await takeIn("受理跟踪");
    assert.equal((await row(agent, "受理跟踪", { view: "waiting" }))?.because, "taken-in");
    await act(dispatcher, orderId, "dispatch", { unitId: at("A11") });
    await act(handler, orderId, "accept");
    assert.equal((await row(agent, "受理跟踪", { view: "waiting" }))?.order.holder?.name, "处理人");
    assert.equal((await row(agent, "受理跟踪", { view: "waiting" }))?.action, null);
    const allRound = await person("全能", ["AGENT", "A2"], ["DISPATCHER", "A2"]);
    await call(allRound, "POST", "/orders", {
      flow: "inquiry",
      deskUnitId: at("A2"),
      form: { origin: "HOTLINE_95598", areaClass: "URBAN", title: "自派", contactPhone: "13800138000" },
    });
    assert.deepEqual([await sees(allRound, "自派"), await sees(allRound, "自派", { view: "waiting" })], [true, false]);
  });
});

test("who has left for another unit no longer reads what he took in", async () => {
  const leaving = await person("调离", ["AGENT", "A2"]);
  await call(leaving, "POST", "/orders", {
    flow: "inquiry",
    deskUnitId: at("A2"),
    form: { origin: "HOTLINE_95598", areaClass: "URBAN", title: "调离前受理", contactPhone: "13800138000" },
  });
  assert.equal(await sees(leaving, "调离前受理", { view: "waiting" }), true);
  await db.run(sql`update role_grant set unit_id = ${at("B1")} where staff_id = ${leaving.id}`);
  forgetSessions(db);
  assert.equal(await sees(leaving, "调离前受理", { view: "waiting" }), false);
});

describe("what changed since one last looked", () => {
  test("an order is new until it was looked at, and then only what others did is news", async () => {
    const orderId = await takeIn("新闻", { flow: "complaint", subtype: "SERVICE" });
    await act(dispatcher, orderId, "grade", { grade: "GENERAL" });
    await act(dispatcher, orderId, "dispatch", { unitId: at("A11") });
    assert.deepEqual([(await row(handler, "新闻"))?.seen, (await row(handler, "新闻"))?.news], [false, null]);
    const { version } = await read(orderId);
    await call(handler, "POST", `/desk/orders/${orderId}/seen`, { version });
    await act(handler, orderId, "accept");
    assert.deepEqual(
      [(await row(handler, "新闻"))?.seen, (await row(handler, "新闻"))?.news],
      [true, null],
      "one's own act is no news",
    );
    await act(agent, orderId, "note", { note: "客户补充" });
    await act(agent, orderId, "urge", { by: "CUSTOMER" });
    const news = (await row(handler, "新闻"))?.news;
    assert.deepEqual([news?.count, news?.title.zh, news?.by], [2, "催办", "受理员"]);
    await call(handler, "POST", `/desk/orders/${orderId}/seen`, { version: 1 });
    assert.equal((await row(handler, "新闻"))?.news?.count, 2, "a second window with an older page takes nothing back");
    await call(handler, "POST", `/desk/orders/${orderId}/seen`, { version: 999 });
    assert.equal((await row(handler, "新闻"))?.news, null);
    await act(agent, orderId, "note", { note: "再补充" });
    assert.equal((await row(handler, "新闻"))?.news?.count, 1, "nobody has seen what had not happened yet");
  });

  test("an order out of reach is not there to be looked at", async () => {
    const orderId = await takeIn("界外");
    const far = await person("远方", ["HANDLER", "B1"]);
    await assert.rejects(call(far, "POST", `/desk/orders/${orderId}/seen`, { version: 1 }), /work-order.not-found/);
  });
});

describe("what a person chose to keep", () => {
  test("is kept for the person, changed, and forgotten", async () => {
    const url = "/desk/settings/my-work";
    assert.deepEqual(await call(handler, "GET", url), { value: null });
    await call(handler, "PUT", url, { value: '{"flow":"complaint"}' });
    assert.deepEqual(await call(handler, "GET", url), { value: '{"flow":"complaint"}' });
    assert.deepEqual(await call(colleague, "GET", url), { value: null });
    await call(handler, "PUT", url, { value: null });
    assert.deepEqual(await call(handler, "GET", url), { value: null });
  });

  test("an integration keeps nothing: desk.person-only", async () => {
    const key = await withApiKey(platform, [["HANDLER", at("A1")]]);
    await assert.rejects(call(key, "PUT", "/desk/settings/my-work", { value: "{}" }), /403 desk\.person-only/);
    assert.deepEqual(await call(key, "GET", "/desk/settings/my-work"), { value: null });
  });
});
