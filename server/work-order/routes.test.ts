import assert from "node:assert/strict";
import { after, describe, test } from "node:test";
import { business } from "../business.ts";
import { ensureShippedRules } from "../clock/shipped.ts";
import { type Caller, signedIn, testUnits } from "../identity/testing/people.ts";
import { instant, sql } from "../platform/sql.ts";
import { testDatabase } from "../platform/testing/database.ts";
import { testPlatform, testServer } from "../platform/testing/server.ts";
import { manualTime } from "../platform/time.ts";
import { access, slices } from "../routes.ts";
import { audit } from "./audit/audit.ts";
import { prepareWorkOrders } from "./jobs.ts";
import { orderPorts } from "./ports.ts";

const db = await testDatabase();
const time = manualTime("2026-03-20T02:00:00Z");
const platform = testPlatform(db, time);
const units = await testUnits(platform);
await ensureShippedRules(platform, business);
await prepareWorkOrders(platform);
const server = await testServer({ platform, slices, access: access(platform) });
after(() => server.close());
const at = (code: string) => units[code] as number;

const agent = await signedIn(platform, [["AGENT", at("A1")]], { account: "agent" });
const dispatcher = await signedIn(platform, [["DISPATCHER", at("A1")]], { account: "dispatcher" });
const handler = await signedIn(platform, [["HANDLER", at("A11")]], { account: "handler" });
const reviewer = await signedIn(platform, [["REVIEWER", at("A1")]], { account: "reviewer" });
const verifier = await signedIn(platform, [["VERIFIER", at("A1")]], { account: "verifier" });
const elsewhere = await signedIn(platform, [["MANAGER", at("B1")]], { account: "elsewhere" });

let keys = 0;
async function call(caller: Caller, method: "GET" | "POST", url: string, body?: unknown) {
  const response = await server.app.inject({
    method,
    url: `/api${url}`,
    headers: { ...caller.headers, "idempotency-key": `key-${++keys}`, "accept-language": "en" },
    ...(body === undefined ? {} : { payload: body as object }),
  });
  const type = response.headers["content-type"] ?? "";
  return { status: response.statusCode, body: type.includes("json") ? response.json() : response.body };
}
const intake = (form: object = {}) => ({
  flow: "fault-repair",
  deskUnitId: at("A1"),
  form: {
    origin: "HOTLINE_95598",
    areaClass: "URBAN",
    title: "全楼停电",
    contactName: "王小明",
    contactPhone: "13812345678",
    address: "城东市解放路12号3栋501",
    accountNo: "3301000001",
    targetUnitId: at("A11"),
    ...form,
  },
});
const takeIn = async (form?: object): Promise<string> => (await call(agent, "POST", "/orders", intake(form))).body.orderId;

async function act(caller: Caller, orderId: string, action: string, form: object = {}) {
  time.advanceMs(60_000);
  const reader = await call(agent, "GET", `/orders/${orderId}`);
  return call(caller, "POST", `/orders/${orderId}/actions/${action}`, { version: reader.body.version, form });
}

describe("orders over HTTP", () => {
  test("a fault goes from intake to archive, and every answer keeps its contract", async () => {
    const orderId = await takeIn();
    const read = await call(dispatcher, "GET", `/orders/${orderId}`);
    assert.equal(read.status, 200);
    assert.deepEqual(
      [read.body.contactName, read.body.contactPhone, read.body.address],
      ["王**", "138****5678", "城东市解放路***"],
    );
    const steps: [Caller, string, object][] = [
      [dispatcher, "dispatch", { unitId: at("A11") }],
      [handler, "accept", {}],
      [handler, "arrive", { arrivedAt: new Date(time.nowMs()).toISOString() }],
      [handler, "restore", { restoredAt: new Date(time.nowMs()).toISOString(), kind: "LV_FAULT", work: "更换保险" }],
      [
        handler,
        "reply",
        { contacted: false, responsibleUnitId: at("A11"), cause: "EQUIPMENT", facts: "f", causeText: "c", measures: "m" },
      ],
      [reviewer, "review-reply", { approved: true }],
      [verifier, "callback", { result: "REACHED", satisfaction: "SATISFIED" }],
    ];
    for (const [caller, action, form] of steps) {
      const acted = await act(caller, orderId, action, form);
      assert.equal(acted.status, 200, `${action}: ${JSON.stringify(acted.body)}`);
    }
    const archived = await call(agent, "GET", `/orders/${orderId}`);
    assert.equal(archived.body.status, "ARCHIVED");
    const explained = await call(agent, "GET", `/orders/${orderId}/explanations`);
    assert.ok(explained.body.explanations.every((one: { lines: { zh: string[] } }) => one.lines.zh.length > 2));
    assert.deepEqual((await audit(db, orderPorts(platform))).violations, []);
  });

  test("the order tells each reader only the actions that are his", async () => {
    const orderId = await takeIn();
    const actions = async (caller: Caller) =>
      (await call(caller, "GET", `/orders/${orderId}`)).body.actions.map((action: { key: string }) => action.key);
    assert.ok((await actions(dispatcher)).includes("dispatch"));
    assert.ok(!(await actions(agent)).includes("dispatch"));
    assert.ok((await actions(agent)).includes("urge"));
    assert.ok(!(await actions(reviewer)).includes("accept"));
  });

  test("an order of another county does not exist for its neighbours", async () => {
    const orderId = await takeIn();
    for (const path of [`/orders/${orderId}`, `/orders/${orderId}/explanations`])
      assert.equal((await call(elsewhere, "GET", path)).status, 404);
    assert.equal(
      (await call(elsewhere, "POST", `/orders/${orderId}/actions/note`, { version: 1, form: { note: "x" } })).status,
      404,
    );
    assert.equal((await call(elsewhere, "POST", `/orders/${orderId}/unmask`, { reason: "想看一看" })).status, 404);
    const list = await call(elsewhere, "POST", "/orders/search", { state: "all" });
    assert.deepEqual(list.body.orders, []);
  });

  test("a form's faults are told field by field, in both languages, and nothing is kept", async () => {
    const bad = await call(agent, "POST", "/orders", intake({ origin: "NOWHERE", title: "" }));
    assert.equal(bad.status, 400);
    assert.equal(bad.body.code, "work-order.form-invalid");
    assert.deepEqual(bad.body.errors.map((error: { path: string }) => error.path).sort(), ["form.origin", "form.title"]);
    assert.ok(
      bad.body.errors.every(
        (error: { messages: { zh: string; en: string } }) => error.messages.zh !== "" && error.messages.en !== "",
      ),
    );
  });

  test("two pages of a list hold every order once, earliest due first", async () => {
    for (let count = 0; count < 5; count++) await takeIn({ title: `第${count}单` });
    const seen: { orderId: string; dueAt: string }[] = [];
    let after: string | undefined;
    do {
      const page = await call(dispatcher, "POST", "/orders/search", { limit: 3, ...(after ? { after } : {}) });
      assert.equal(page.status, 200, JSON.stringify(page.body));
      seen.push(...page.body.orders);
      after = page.body.next ?? undefined;
    } while (after);
    assert.equal(new Set(seen.map((order) => order.orderId)).size, seen.length);
    assert.deepEqual(
      seen.map((order) => order.dueAt),
      seen.map((order) => order.dueAt).toSorted(),
    );
    const counted = await call(dispatcher, "POST", "/orders/count", {});
    assert.equal(counted.body.count, seen.length);
  });

  test("orders are found by name, part of an address, phone, account and number", async () => {
    const orderId = await takeIn({
      contactName: "欧阳靖",
      contactPhone: "13998765432",
      address: "城东市梧桐巷8号",
      accountNo: "3301777888",
    });
    const parts = [orderId.slice(0, 3), orderId.slice(3, 11), orderId.slice(11)];
    const numbers = [orderId, orderId.slice(-8), parts.join(" "), parts.join("-"), ` ${parts.join(" ")} `];
    for (const text of ["欧阳", "靖", "梧桐巷", "梧桐", "13998765432", "5432", "3301777888", ...numbers]) {
      const found = await call(agent, "POST", "/orders/search", { text, state: "all", sort: "intake" });
      assert.ok(
        found.body.orders.some((order: { orderId: string }) => order.orderId === orderId),
        `not found by ${text}`,
      );
    }
    const none = await call(agent, "POST", "/orders/search", { text: "查无此人", state: "all" });
    assert.deepEqual(none.body.orders, []);
  });

  test("the same caller, account, address or transformer area is hinted at, with the reason", async () => {
    const orderId = await takeIn({
      contactPhone: "13700001111",
      address: "城东市南庄3号",
      accountNo: "3309999999",
      transformerArea: "T-001",
    });
    const hints = async (matter: object) =>
      (await call(agent, "POST", "/orders/hints", { deskUnitId: at("A1"), ...matter })).body.hints;
    for (const [matter, because] of [
      [{ phone: "137-0000-1111" }, "phone"],
      [{ address: "南庄3号" }, "address"],
      [{ accountNo: "3309999999" }, "account"],
      [{ transformerArea: "T-001" }, "transformer-area"],
    ] as const) {
      const [hint] = await hints(matter);
      assert.equal(hint?.orderId, orderId, because);
      assert.deepEqual(hint.because, [because]);
    }
    assert.deepEqual(await hints({ phone: "13700002222" }), []);
    // As far back as the policies in force look, unless somebody asks for another time.
    const taken = (agoMs: number) =>
      db.run(sql`update work_order set intake_at = ${instant(time.nowMs() - agoMs)} where order_id = ${orderId}`);
    const policyMs = 30 * 86_400_000;
    await taken(policyMs);
    assert.equal((await hints({ phone: "13700001111" }))[0]?.orderId, orderId);
    await taken(policyMs + 1);
    assert.deepEqual(await hints({ phone: "13700001111" }), []);
    assert.equal((await hints({ phone: "13700001111", withinDays: 31 }))[0]?.orderId, orderId);
    await taken(0);
  });

  test("before taking in, the agent sees the unit and the clocks that will run", async () => {
    const preview = await call(agent, "POST", "/orders/preview", intake());
    assert.equal(preview.status, 200, JSON.stringify(preview.body));
    assert.equal(preview.body.unit.unitId, at("A11"));
    const slots = preview.body.clocks.map((clock: { slot: string }) => clock.slot);
    for (const slot of ["dispatch", "arrival", "answer"]) assert.ok(slots.includes(slot), slot);
  });

  test("unmasking needs a reason, tells everything, and is recorded", async () => {
    const orderId = await takeIn();
    assert.equal((await call(agent, "POST", `/orders/${orderId}/unmask`, { reason: "" })).status, 400);
    const full = await call(agent, "POST", `/orders/${orderId}/unmask`, { reason: "联系客户确认地址" });
    assert.equal(full.body.contactPhone, "13812345678");
    const { rows } = await db.pool.query("select record_id, reason from access_log where action = 'PERSONAL_DATA_UNMASKED'");
    assert.ok(
      rows.some((row: { record_id: string; reason: string }) => row.record_id === orderId && row.reason === "联系客户确认地址"),
    );
  });

  test("a confidential caller stays hidden from those who handle the demand", async () => {
    const response = await call(agent, "POST", "/orders", { ...intake({ identity: "CONFIDENTIAL" }), flow: "whistleblow" });
    const { orderId } = response.body;
    await act(dispatcher, orderId, "dispatch", { unitId: at("A11") });
    const seen = await call(handler, "GET", `/orders/${orderId}`);
    assert.equal(seen.body.contactHidden, true);
    assert.deepEqual(
      [seen.body.contactName, seen.body.contactPhone, seen.body.accountNo, seen.body.mayUnmask],
      [null, null, null, false],
    );
    assert.doesNotMatch(JSON.stringify(seen.body), /王|1381234/);
    assert.equal((await call(handler, "POST", `/orders/${orderId}/unmask`, { reason: "需要联系客户" })).status, 403);
    assert.equal((await call(agent, "GET", `/orders/${orderId}`)).body.contactHidden, false);
  });

  test("a stale version is a clear conflict that names both versions", async () => {
    const orderId = await takeIn();
    await act(dispatcher, orderId, "dispatch", { unitId: at("A11") });
    const stale = await call(handler, "POST", `/orders/${orderId}/actions/accept`, { version: 1, form: {} });
    assert.equal(stale.status, 409);
    assert.deepEqual([stale.body.code, stale.body.facts], ["work-order.version-conflict", { version: 1, current: 2 }]);
  });

  test("an export cannot act as a formula, and is recorded", async () => {
    const manager = await signedIn(platform, [["MANAGER", at("A")]]);
    await takeIn({ title: '=HYPERLINK("http://x","y")' });
    const exported = await call(manager, "GET", "/orders/export?state=all");
    assert.equal(exported.status, 200);
    assert.match(exported.body, /'=HYPERLINK/);
    assert.match(exported.body, /,In flight,.*,Hotline 95598,/, "in words, not in codes");
    assert.doesNotMatch(exported.body, /(^|,)=/m);
    const { rowCount } = await db.pool.query("select 1 from access_log where action = 'EXPORTED' and record_kind = 'order'");
    assert.ok(rowCount);
  });
});
