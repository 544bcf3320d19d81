import assert from "node:assert/strict";
import { after, describe, test } from "node:test";
import { callOperations } from "@bihuan/contract/call.ts";
import { type DeskCard, deskIntakeOperations, type FoundAccount, type FoundOrder } from "@bihuan/contract/desk-intake.ts";
import { type ClockView, workOrderOperations } from "@bihuan/contract/work-order.ts";
import { business } from "../../business.ts";
import { callRoutes } from "../../call/routes.ts";
import { ensureShippedRules } from "../../clock/shipped.ts";
import { csv, importer } from "../../customer/testing/file.ts";
import { keptBeside } from "../../erasing.ts";
import { authenticator } from "../../identity/authenticator.ts";
import { type Caller, signedIn, testUnits, withApiKey } from "../../identity/testing/people.ts";
import { sql } from "../../platform/sql.ts";
import { testDatabase } from "../../platform/testing/database.ts";
import { testPlatform, testServer } from "../../platform/testing/server.ts";
import { manualTime } from "../../platform/time.ts";
import { slice } from "../../platform/http/operations.ts";
import { erasePersonalData } from "../../work-order/commands/erase.ts";
import { prepareWorkOrders } from "../../work-order/jobs.ts";
import { workOrderRoutes } from "../../work-order/routes.ts";
import { draftJobs } from "./drafts.ts";
import { deskIntakeRoutes } from "./routes.ts";

const db = await testDatabase();
const time = manualTime("2026-03-20T02:00:00Z");
const platform = testPlatform(db, time);
const units = await testUnits(platform);
const at = (code: string) => units[code] as number;
await ensureShippedRules(platform, business);
await prepareWorkOrders(platform);
const load = await importer(platform);
const headings = ["户号", "户名", "用电类别", "电压等级", "单位编码", "台区编号", "地址", "联系电话", "联系人", "特殊需求"];
const { refused } = await load(
  csv(
    headings,
    [
      "10001",
      "王小明",
      "居民",
      "交流220V",
      "A11",
      "T1",
      "城东市滨河路1号",
      "13800138001",
      "李芳 13900139001 家属",
      "生命支持设备",
    ],
    ["10002", "李秀英", "居民", "交流220V", "A11", "T1", "南庄镇柳堤村2号", "13800138002", "", ""],
    ["10003", "李强", "居民", "交流220V", "A11", "T1", "南庄镇柳堤村3号", "", "", ""],
    ["10004", "李娜", "居民", "交流220V", "A11", "T1", "南庄镇柳堤村4号", "", "", ""],
    ["20001", "城北居民", "居民", "交流220V", "B1", "", "人民路1号", "13800138009", "", ""],
  ),
  { mapping: { defaults: { areaClass: "URBAN" } } },
);
assert.deepEqual(refused, []);
await db.run(sql`
  update customer_account set arrears_as_of = '2026-03-19T16:00:00Z', arrears_since = '2026-02-01', arrears_fen = 12345
  where account_no = '10001'`);
const customerOf = async (accountNo: string) =>
  (await db.one<{ id: string }>(sql`select customer_id::text id from customer_account where account_no = ${accountNo}`)).id;
const wang = await customerOf("10001");
const li = await customerOf("10002");

const server = await testServer({
  platform,
  slices: [
    slice(deskIntakeOperations, deskIntakeRoutes),
    slice(callOperations, callRoutes),
    slice(workOrderOperations, workOrderRoutes),
  ],
  access: authenticator(platform),
});
after(() => server.close());
const agent = await signedIn(platform, [["AGENT", at("A")]], { account: "desk.agent" });
const colleague = await signedIn(platform, [["AGENT", at("A")]], { account: "desk.other" });
const analyst = await signedIn(platform, [["ANALYST", at("A")]]);
const dispatcher = await signedIn(platform, [["DISPATCHER", at("A")]]);
const key = await withApiKey(platform, [["AGENT", at("A")]]);

let keys = 0;
type Method = "GET" | "POST" | "PUT" | "DELETE";
type Answer<Body> = { status: number; code: string | null; body: Body };
async function send<Body = Record<string, never>>(
  caller: Caller,
  method: Method,
  url: string,
  payload?: object,
  idempotencyKey = `desk-${++keys}`,
): Promise<Answer<Body>> {
  const headers = { ...caller.headers, "idempotency-key": idempotencyKey };
  const response = await server.app.inject({ method, url: `/api${url}`, headers, ...(payload && { payload }) });
  const body = response.statusCode === 204 ? {} : response.json<{ code?: string }>();
  return { status: response.statusCode, code: response.statusCode >= 400 ? (body.code ?? null) : null, body: body as Body };
}

type Preview = {
  unit: { unitId: number };
  because: string;
  evidence: string | null;
  clocks: ClockView[];
  missing: { path: string }[];
};
type TakenIn = { orderId: string; unit: { unitId: number }; repeated: boolean };
const intake = (form: object, more: object = {}) => ({
  flow: "fault-repair",
  deskUnitId: at("A"),
  form: { origin: "HOTLINE_95598", title: "家里没电", ...form },
  ...more,
});
const preview = async (form: object, more: object = {}) =>
  (await send<Preview>(agent, "POST", "/desk/preview", intake(form, more))).body;
const takeIn = (form: object, more: object = {}, idempotencyKey?: string) =>
  send<TakenIn>(agent, "POST", "/desk/orders", intake(form, more), idempotencyKey);
const card = async (customerId: string, query = "", caller = agent) =>
  (await send<DeskCard>(caller, "GET", `/desk/customers/${customerId}${query}`)).body;
const contactOf = (orderId: string) =>
  db.one<{ name: string | null; phone: string | null; accountNo: string | null }>(
    sql`select name, phone, account_no "accountNo" from order_contact where order_id = ${orderId}`,
  );
const report = (callNo: string, from: string | null) =>
  send(key, "POST", "/calls", { callNo, from, agent: { account: "desk.agent" }, startedAt: "2026-03-20T01:59:00Z" });

describe("looking ahead", () => {
  test("tells the unit of the account, why, and the clocks with their due times; the area class is the account's", async () => {
    const seen = await preview({ customerId: wang });
    assert.deepEqual([seen.unit.unitId, seen.because, seen.evidence, seen.missing], [at("A11"), "account", "10001", []]);
    assert.ok(seen.clocks.some(({ slot, dueAt }) => slot === "arrival" && dueAt !== null));
  });

  test("goes by what was said of the place before where the customer lives", async () => {
    const byAddress = await preview({ customerId: wang, address: "南庄镇柳堤村东头", areaClass: "RURAL" });
    assert.deepEqual([byAddress.unit.unitId, byAddress.because, byAddress.evidence], [at("A11"), "address", "南庄镇柳堤村"]);
    const byArea = await preview({ transformerArea: "T1", areaClass: "URBAN" });
    assert.deepEqual([byArea.unit.unitId, byArea.because, byArea.evidence], [at("A11"), "transformer-area", "T1"]);
  });

  test("answers with the desk where nothing is known, with the unit that was chosen where one was", async () => {
    const unknown = await preview({ address: "不知道什么地方" });
    assert.deepEqual([unknown.unit.unitId, unknown.because, unknown.evidence], [at("A"), "desk", null]);
    assert.deepEqual(
      unknown.missing.map(({ path }) => path),
      ["form.areaClass"],
    );
    assert.equal((await preview({ customerId: wang, targetUnitId: at("A2") })).because, "chosen");
  });

  test("does not send a confidential caller's demand to where he lives", async () => {
    const { because, missing } = await preview({ customerId: wang, identity: "CONFIDENTIAL" });
    assert.equal(because, "desk");
    assert.deepEqual(
      missing.map(({ path }) => path),
      ["form.areaClass"],
      "nor is his place classed for him",
    );
  });
});

describe("taking in", () => {
  test("does what was seen: the unit is proposed, the customer's data are the file's", async () => {
    const { body } = await takeIn({ customerId: wang });
    assert.deepEqual([body.unit.unitId, body.repeated], [at("A11"), false]);
    assert.deepEqual(await contactOf(body.orderId), { name: "王小明", phone: "13800138001", accountNo: "10001" });
    const { targetUnitId } = await db.one<{ targetUnitId: number }>(sql`
      select (data ->> 'targetUnitId')::int "targetUnitId" from order_event where order_id = ${body.orderId} and seq = 1`);
    assert.equal(targetUnitId, at("A11"));
  });

  test("takes name and number of the contact that was chosen, and of no other", async () => {
    const { contacts } = await card(wang);
    const fang = contacts.find(({ phone }) => phone.endsWith("9001"));
    const { body } = await takeIn({ customerId: wang, contactId: fang?.contactId });
    assert.deepEqual(await contactOf(body.orderId), { name: "李芳", phone: "13900139001", accountNo: "10001" });
    assert.equal((await takeIn({ customerId: wang, contactId: 99 })).code, "work-order.contact-unknown");
    assert.equal((await takeIn({ contactId: 1, areaClass: "URBAN" })).code, "work-order.contact-unknown");
  });

  test("takes the number that called where none was said, and ties the call to the order", async () => {
    await report("in-1", "13900139001");
    const { body } = await takeIn({ customerId: wang }, { callNo: "in-1" });
    assert.deepEqual(await contactOf(body.orderId), { name: "李芳", phone: "13900139001", accountNo: "10001" });
    assert.deepEqual((await send<{ orderIds: string[] }>(agent, "GET", "/calls/in-1")).body.orderIds, [body.orderId]);
    await report("in-2", "13712340000");
    const said = await takeIn({ customerId: wang, contactPhone: "13700000000" }, { callNo: "in-2" });
    assert.equal((await contactOf(said.body.orderId)).phone, "13700000000");
    assert.equal((await takeIn({ customerId: wang }, { callNo: "nobody" })).code, "call.not-found");
  });

  test("keeps an anonymous caller apart from his call", async () => {
    await report("in-3", "13712340003");
    const { body } = await takeIn({ identity: "ANONYMOUS", areaClass: "URBAN" }, { callNo: "in-3" });
    assert.deepEqual(await contactOf(body.orderId), { name: null, phone: null, accountNo: null });
    assert.deepEqual((await send<{ orderIds: string[] }>(agent, "GET", "/calls/in-3")).body.orderIds, []);
  });

  test("sent again does nothing twice, and lets the draft go", async () => {
    const draft = { content: { title: "没电" } };
    await send(agent, "PUT", "/desk/drafts/draft-00001", draft);
    await report("in-4", "13800138002");
    const once = await takeIn({ customerId: li }, { callNo: "in-4", draftId: "draft-00001" }, "the-same");
    const again = await takeIn({ customerId: li }, { callNo: "in-4", draftId: "draft-00001" }, "the-same");
    assert.deepEqual([again.body.orderId, again.body.repeated], [once.body.orderId, true]);
    assert.deepEqual((await send<{ drafts: unknown[] }>(agent, "GET", "/desk/drafts")).body.drafts, []);
  });

  test("an order's erasure takes the number of its call with it", async () => {
    await report("in-5", "13712340005");
    const { body } = await takeIn({ areaClass: "URBAN" }, { callNo: "in-5" });
    assert.equal((await contactOf(body.orderId)).phone, "13712340005");
    await erasePersonalData(platform, body.orderId, "客户要求删除", keptBeside);
    const { phone } = await db.one<{ phone: string | null }>(sql`select phone from call where call_no = 'in-5'`);
    assert.equal(phone, null);
  });
});

describe("the card", () => {
  test("tells everything about a customer in one answer, masked", async () => {
    const told = await card(wang, "?callNo=in-1");
    assert.deepEqual([told.name, told.accountNo, told.importance], ["王**", "10001", "ORDINARY"]);
    assert.deepEqual(told.accounts[0]?.arrears, { since: "2026-02-01", arrearsFen: 12345, asOf: "2026-03-19T16:00:00.000Z" });
    assert.equal(told.accounts[0]?.address, "城东市滨河路***");
    assert.deepEqual(
      told.specialNeeds.map(({ kind }) => kind),
      ["LIFE_SUPPORT"],
    );
    assert.deepEqual(
      told.contacts.map(({ name, phone, calling }) => [name, phone, calling]),
      [
        ["李*", "139****9001", true],
        [null, "138****8001", false],
      ],
    );
    assert.deepEqual(told.outages, []);
    assert.deepEqual(told.actions, { edit: true, unmask: true, intake: true });
  });

  test("tells the progress of each open order to be read aloud, and whether it may be urged", async () => {
    const told = await card(wang);
    assert.ok(told.openOrders.length > 0);
    const [first] = told.openOrders;
    assert.match(first?.progress.zh ?? "", /^您今天10:00提出的故障报修，/);
    assert.ok(first?.clocks.every(({ status }) => status === "running" || status === "paused"));
    assert.equal(first?.urgeRefused, null);
    const { orderId, version } = first?.order ?? { orderId: "", version: 0 };
    const urged = await send(agent, "POST", `/orders/${orderId}/actions/urge`, { version, form: { by: "CUSTOMER" } });
    assert.equal(urged.status, 200);
    assert.notEqual((await card(wang, "", analyst)).openOrders[0]?.urgeRefused, null);
  });

  test("tells the last five contacts, orders and calls together, the newest first", async () => {
    const { contactsBefore } = await card(wang);
    assert.equal(contactsBefore.length, 5);
    assert.deepEqual(
      contactsBefore.map((one) => Date.parse(one.at)),
      contactsBefore.map((one) => Date.parse(one.at)).toSorted((a, b) => b - a),
    );
    assert.ok(new Set((await card(li)).contactsBefore.map(({ kind }) => kind)).size === 2);
  });

  test("hints at what may be the same matter, beyond the customer's own open orders", async () => {
    await takeIn({ address: "南庄镇柳堤村3号", areaClass: "RURAL", title: "整村停电", transformerArea: "T1" });
    const { hints, openOrders, hintsWithinDays } = await card(await customerOf("10003"));
    assert.ok(hintsWithinDays > 0 && openOrders.length === 0);
    assert.ok(hints.some(({ because }) => because.includes("address")));
  });

  test("says nothing of a hidden caller's orders to who may not know him", async () => {
    const nina = await customerOf("10004");
    const { body } = await takeIn({ customerId: nina, identity: "CONFIDENTIAL", areaClass: "URBAN" });
    assert.deepEqual(
      (await card(nina)).openOrders.map(({ order }) => order.orderId),
      [body.orderId],
    );
    const outsider = await card(nina, "", analyst);
    assert.deepEqual([outsider.openOrders, outsider.contactsBefore], [[], []]);
    assert.ok(outsider.hints.every(({ orderId }) => orderId !== body.orderId));
  });

  test("is nobody's who does not reach the customer", async () => {
    assert.equal((await send(agent, "GET", `/desk/customers/${await customerOf("20001")}`)).code, "request.not-found");
  });
});

describe("the one box", () => {
  type Found = { accounts: FoundAccount[]; orders: FoundOrder[]; more: number };
  const find = async (text: string, caller = agent) => (await send<Found>(caller, "POST", "/desk/find", { text })).body;

  test("finds a customer, with what was last heard of him", async () => {
    const [row] = (await find("13800138001")).accounts;
    assert.equal(row?.customerId, wang);
    assert.ok(row && row.openOrders > 0 && row.lastContactAt !== null);
    assert.equal((await find("李娜")).accounts[0]?.openOrders, 1);
    assert.equal((await find("李娜", analyst)).accounts[0]?.openOrders, 0, "a hidden caller's order is not counted for others");
  });

  test("finds an order by its number or the part people read out, and its customer", async () => {
    const { orderId } = (await takeIn({ customerId: li })).body;
    const parts = `${orderId.slice(0, 3)} ${orderId.slice(3, 11)} ${orderId.slice(11)}`;
    for (const text of [orderId, parts, orderId.slice(-8)]) {
      const { orders } = await find(text);
      assert.deepEqual(
        orders.map(({ order, customerId, accountNo }) => [order.orderId, customerId, accountNo]),
        [[orderId, li, "10002"]],
        text,
      );
    }
  });

  test("leads from a hidden caller's order to nobody", async () => {
    const { orderId } = (await takeIn({ customerId: li, identity: "CONFIDENTIAL", areaClass: "URBAN" })).body;
    assert.equal((await find(orderId, dispatcher)).orders[0]?.customerId, li, "the desk's dispatcher knows");
    assert.equal((await find(orderId, analyst)).orders[0]?.customerId, null);
  });

  test("finds nothing for nothing", async () => {
    for (const text of ["", "  ", "!?"]) assert.deepEqual((await find(text)).accounts, []);
  });
});

describe("a draft", () => {
  const list = async (caller = agent) =>
    (await send<{ drafts: { draftId: string; content: object }[] }>(caller, "GET", "/desk/drafts")).body.drafts;
  const save = (draftId: string, content: object, caller = agent) => send(caller, "PUT", `/desk/drafts/${draftId}`, { content });

  test("is its writer's alone and survives a change of desks", async () => {
    await save("draft-00002", { title: "一" });
    await save("draft-00002", { title: "二" });
    assert.deepEqual(
      (await list()).map(({ draftId, content }) => [draftId, content]),
      [["draft-00002", { title: "二" }]],
    );
    assert.deepEqual(await list(colleague), []);
    await send(colleague, "DELETE", "/desk/drafts/draft-00002");
    assert.equal((await list()).length, 1);
    await send(agent, "DELETE", "/desk/drafts/draft-00002");
    assert.deepEqual(await list(), []);
  });

  test("is refused when it is too large, one too many, or nobody's", async () => {
    assert.equal((await save("draft-large", { text: "停".repeat(12_000) })).code, "desk.draft-too-large");
    for (let n = 0; n < 10; n++) await save(`draft-many-${n}`, {}, colleague);
    assert.equal((await save("draft-many-10", {}, colleague)).code, "desk.too-many-drafts");
    assert.equal((await save("draft-many-3", { changed: true }, colleague)).status, 200);
    for (const [method, url] of [
      ["GET", "/desk/drafts"],
      ["DELETE", "/desk/drafts/draft-00002"],
    ] as const)
      assert.equal((await send(key, method, url)).code, "desk.person-needed");
    assert.equal((await save("draft-00002", {}, key)).code, "desk.person-needed");
  });

  test("goes after a day", async () => {
    await save("draft-day", {});
    await db.run(sql`update desk_draft set expires_at = '2026-03-20T01:00:00Z' where draft_id = 'draft-day'`);
    assert.deepEqual(await list(), []);
    await draftJobs(platform)["desk.drafts-expire"]?.({}, { id: "1", attempt: 1 });
    assert.equal(await db.maybe(sql`select 1 from desk_draft where draft_id = 'draft-day'`), null);
  });
});
