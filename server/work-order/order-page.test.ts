// What the order page tells beside the order itself: what may not be done just now, whom it is about, what a suspension would stop.
import assert from "node:assert/strict";
import { after, describe, test } from "node:test";
import type {
  ClockExplanation,
  ClockView,
  OrderCustomer,
  SuspensionReason,
  WithheldAction,
} from "@bihuan/contract/work-order.ts";
import { business } from "../business.ts";
import { ensureShippedRules } from "../clock/shipped.ts";
import { type Caller, signedIn, testUnits } from "../identity/testing/people.ts";
import { testDatabase } from "../platform/testing/database.ts";
import { testPlatform, testServer } from "../platform/testing/server.ts";
import { manualTime } from "../platform/time.ts";
import { access, slices } from "../routes.ts";
import { prepareWorkOrders } from "./jobs.ts";

const db = await testDatabase();
const time = manualTime("2026-03-20T02:00:00Z");
const platform = testPlatform(db, time);
const units = await testUnits(platform);
const at = (code: string) => units[code] as number;
await ensureShippedRules(platform, business);
await prepareWorkOrders(platform);
const server = await testServer({ platform, slices, access: access(platform) });
after(() => server.close());

const agent = await signedIn(platform, [["AGENT", at("A")]], { account: "agent" });
const dispatcher = await signedIn(platform, [["DISPATCHER", at("A1")]], { account: "dispatcher" });
const handler = await signedIn(platform, [["HANDLER", at("A11")]], { account: "handler" });
const reviewer = await signedIn(platform, [["REVIEWER", at("A1")]], { account: "reviewer" });

let keys = 0;
async function call(caller: Caller, method: "GET" | "POST", url: string, body?: object) {
  const response = await server.app.inject({
    method,
    url: `/api${url}`,
    headers: { ...caller.headers, "idempotency-key": `key-${++keys}` },
    ...(body && { payload: body }),
  });
  return { status: response.statusCode, body: response.json() };
}
const form = { origin: "HOTLINE_95598", areaClass: "URBAN", title: "全楼停电", targetUnitId: at("A11") };
async function takeIn(more: object = {}, flow = "fault-repair"): Promise<string> {
  const { status, body } = await call(agent, "POST", "/orders", { flow, deskUnitId: at("A1"), form: { ...form, ...more } });
  assert.equal(status, 200, JSON.stringify(body));
  return body.orderId;
}
const read = async (caller: Caller, orderId: string) => (await call(caller, "GET", `/orders/${orderId}`)).body;
async function act(caller: Caller, orderId: string, action: string, values: object = {}) {
  time.advanceMs(60_000);
  const { version } = await read(agent, orderId);
  return call(caller, "POST", `/orders/${orderId}/actions/${action}`, { version, form: values });
}
const toCrew = async (orderId: string) => {
  await act(dispatcher, orderId, "dispatch", { unitId: at("A11") });
  await act(handler, orderId, "accept");
  return orderId;
};
const withheld = async (caller: Caller, orderId: string): Promise<WithheldAction[]> => (await read(caller, orderId)).withheld;
const reply = {
  contacted: false,
  responsibleUnitId: at("A11"),
  cause: "EQUIPMENT",
  facts: "保险烧断",
  causeText: "过负荷",
  measures: "更换保险",
  notOnSite: "GUIDED_BY_PHONE",
};

describe("an action of the reader's that a rule forbids just now", () => {
  test("is told with the rule, and who it waits for by name", async () => {
    const orderId = await toCrew(await takeIn());
    assert.deepEqual(await withheld(handler, orderId), []);
    await act(handler, orderId, "consult", { unitIds: [at("A12")], question: "请核实" });
    const [told] = await withheld(handler, orderId);
    assert.deepEqual([told?.key, told?.title.zh, told?.refusal.code], ["reply", "回单", "work-order.consultation-open"]);
    assert.match(told?.refusal.titles.zh ?? "", /^协办单位 A12 尚未反馈$/);
    assert.equal(told?.refusal.untilAt, null);
    const { body } = await act(handler, orderId, "reply", reply);
    assert.deepEqual(body.titles, told?.refusal.titles, "trying says the same");
  });
});

describe("a clock tells who had the order and how it ended", () => {
  type Told = Pick<ClockExplanation, "slot" | "authority" | "spans" | "ended" | "lines">;
  const arrivals = async (orderId: string): Promise<Told[]> =>
    (await call(agent, "GET", `/orders/${orderId}/explanations`)).body.explanations.filter(
      ({ slot }: Told) => slot === "arrival",
    );
  const unitsOf = ({ spans }: Told) => spans.map(({ unit }) => unit?.unitId);

  test("span by span, from the desk to the crew", async () => {
    const told = await arrivals(await toCrew(await takeIn()));
    assert.ok(told.length > 0);
    for (const one of told) {
      assert.deepEqual(unitsOf(one), [at("A1"), at("A11")], one.authority);
      assert.equal(one.spans[0]?.amount, 1);
      assert.equal(one.ended, null);
    }
  });

  test("a reply without arrival ends it there, without a verdict, in the chip and in words", async () => {
    const orderId = await toCrew(await takeIn());
    const offered = (await read(handler, orderId)).actions.filter(({ tone }: { tone: string }) => tone === "primary");
    assert.deepEqual(
      offered.map(({ key }: { key: string }) => key),
      ["arrive"],
    );
    const { notOnSite: _, ...unsaid } = reply;
    const refused = await act(handler, orderId, "reply", unsaid);
    assert.deepEqual([refused.status, refused.body.errors[0].path], [400, "form.notOnSite"]);
    await act(handler, orderId, "reply", reply);
    for (const one of await arrivals(orderId)) {
      assert.deepEqual(unitsOf(one), [at("A1"), at("A11")]);
      assert.deepEqual(one.ended, {
        at: one.spans.at(-1)?.to,
        by: { zh: "回单", en: "Reply" },
        verdict: { zh: "未到现场即回单（不计）", en: "replied without going there (not counted)" },
      });
      assert.ok(one.lines.zh.some((line) => /^结束：.*，回单，未到现场即回单（不计）$/.test(line)));
    }
    const { clocks, missed } = await read(agent, orderId);
    const states = clocks.filter(({ slot }: Told) => slot === "arrival");
    assert.ok(states.every((one: ClockView) => one.status === "lapsed" && one.lapse?.zh === "未到现场即回单"));
    assert.equal(missed, 0);
  });
});

describe("a refusal speaks the reader's words", () => {
  test("a field by its label, in both languages", async () => {
    const orderId = await toCrew(await takeIn());
    const { body } = await act(handler, orderId, "arrive", { arrivedAt: "2026-12-31T00:00:00Z" });
    assert.deepEqual(body.titles, { zh: "到达时间晚于当前时间", en: "“Arrived at” lies in the future" });
    assert.equal(body.facts.field, "arrivedAt", "for programs the field keeps its name");
  });

  test("a unit by its name", async () => {
    const orderId = await takeIn();
    const { body } = await act(dispatcher, orderId, "dispatch", { unitId: 999_999 });
    assert.equal(body.titles.zh, "单位 999999 不存在或已停用");
    const preview = await call(agent, "POST", "/orders/preview", {
      flow: "fault-repair",
      deskUnitId: at("A1"),
      form: { ...form, targetUnitId: at("B1") },
    });
    assert.equal(preview.body.facts.unit, "B1");
  });
});

describe("an intake while it is being written", () => {
  const preview = (flow: string, written: object, more: object = {}) =>
    call(agent, "POST", "/orders/preview", { flow, deskUnitId: at("A1"), form: written, ...more });
  const lacking = async (...asked: Parameters<typeof preview>) => {
    const { status, body } = await preview(...asked);
    assert.equal(status, 200, JSON.stringify(body));
    return [body.unit.name, body.clocks.length, body.missing.map(({ path }: { path: string }) => path)];
  };

  test("is no error: it is told what is known and what is missing", async () => {
    assert.deepEqual(await lacking("fault-repair", {}), ["A1", 0, ["form.origin", "form.areaClass", "form.title"]]);
    const { areaClass: _, ...noArea } = form;
    assert.deepEqual(await lacking("fault-repair", noArea), ["A11", 0, ["form.areaClass"]]);
    assert.deepEqual(await lacking("complaint", form), ["A11", 0, ["subtype"]]);
    const { body } = await preview("fault-repair", form);
    assert.deepEqual([body.missing, body.clocks.length > 0], [[], true]);
  });

  test("is refused where no further answer mends it", async () => {
    const wrong = await preview("fault-repair", { ...form, title: "", areaClass: "MOON" });
    assert.equal(wrong.body.code, "work-order.form-invalid");
    assert.equal((await preview("complaint", { ...form, title: "" }, { subtype: "NONE" })).status >= 400, true);
    const nobody = await call(handler, "POST", "/orders/preview", { flow: "fault-repair", deskUnitId: at("A1"), form: {} });
    assert.equal(nobody.body.code, "permission.missing");
  });

  test("a choice that is none is told by the words of the choices", async () => {
    const { body } = await call(agent, "POST", "/orders", {
      flow: "fault-repair",
      deskUnitId: at("A1"),
      form: { ...form, areaClass: "MOON", title: " " },
    });
    const said = body.errors.map(({ path, messages }: { path: string; messages: object }) => [path, messages]);
    assert.deepEqual(said, [
      [
        "form.areaClass",
        { zh: "地区类别：请选城区、农村或特殊边远地区", en: "Area class: choose Urban, Rural or Special remote" },
      ],
      ["form.title", { zh: "标题：请填写", en: "Title is missing" }],
    ]);
  });
});

describe("the reasons for a suspension", () => {
  test("say which running clocks each would stop, so that nobody believes that a clock stands", async () => {
    const orderId = await toCrew(await takeIn());
    const reasons: SuspensionReason[] = (await read(handler, orderId)).suspensionReasons;
    const stops = (code: string) => reasons.find((reason) => reason.code === code)?.stops;
    assert.ok((stops("CUSTOMER_WORKS")?.length ?? 0) > 0);
    assert.deepEqual(stops("MATERIAL"), [], "waiting for material stops nothing");
    await act(agent, orderId, "withdraw", { confirmed: true, reason: "客户撤回" });
    assert.deepEqual((await read(agent, orderId)).suspensionReasons, []);
  });
});

describe("the customer of an order", () => {
  const draft = (unitId: number, accountNo: string) => ({
    name: "王小明",
    customerNo: null,
    importance: "FIRST",
    accounts: [
      {
        accountNo,
        category: "RESIDENT",
        voltage: "V220",
        areaClass: "URBAN",
        transformerAreaCode: null,
        unitId,
        address: "城东市解放路12号3栋501",
        coordinates: null,
      },
    ],
    contacts: [{ name: "王小明", phone: "13812345678", relation: "HOLDER" }],
    specialNeeds: [
      { kind: "LIFE_SUPPORT", note: "呼吸机", validFrom: null, validTo: null },
      { kind: "ELDERLY", note: null, validFrom: null, validTo: "2026-03-01" },
    ],
  });
  const enter = async (unitId: number, accountNo: string): Promise<string> => {
    const { status, body } = await call(agent, "POST", "/customers", draft(unitId, accountNo));
    assert.equal(status, 200, JSON.stringify(body));
    return body.customerId;
  };
  const shown = async (caller: Caller, orderId: string): Promise<OrderCustomer | null> => (await read(caller, orderId)).customer;

  test("is known to the crew: life support first, the name masked, the way to the file", async () => {
    const customerId = await enter(at("A11"), "3301000001");
    const orderId = await toCrew(await takeIn({ customerId }));
    assert.deepEqual(await shown(handler, orderId), {
      customerId,
      name: "王**",
      importance: "FIRST",
      specialNeeds: ["LIFE_SUPPORT"],
      account: {
        accountNo: "3301000001",
        category: "RESIDENT",
        voltage: "V220",
        areaClass: "URBAN",
        transformerArea: null,
        unit: { unitId: at("A11"), name: "A11" },
      },
      manager: null,
      erased: false,
      open: true,
    });
  });

  test("of another station: its needs are told, its name and file are not", async () => {
    const customerId = await enter(at("A12"), "3301000002");
    const told = await shown(handler, await toCrew(await takeIn({ customerId })));
    assert.deepEqual([told?.specialNeeds, told?.name, told?.open], [["LIFE_SUPPORT"], null, false]);
  });

  test("who asked for confidentiality is not given away by his file", async () => {
    const customerId = await enter(at("A11"), "3301000003");
    const orderId = await takeIn({ customerId, identity: "CONFIDENTIAL" });
    const known = await read(agent, orderId);
    assert.deepEqual([known.customer?.customerId, known.contactPhone], [customerId, "138****5678"], "the desk knows");
    await act(dispatcher, orderId, "dispatch", { unitId: at("A11") });
    const told = await read(handler, orderId);
    assert.deepEqual([told.customer, told.contactName, told.address], [null, null, null]);
    const facts = told.events[0].data.facts;
    assert.deepEqual([facts.customerClass, facts.voltage], [null, null]);
  });

  test("lends the order what the caller left out: the crew finds an address, a repeat is recognised by telephone", async () => {
    const customerId = await enter(at("A11"), "3301000004");
    const orderId = await takeIn({ customerId });
    const order = await read(agent, orderId);
    assert.deepEqual(
      [order.contactName, order.contactPhone, order.accountNo, order.address],
      ["王**", "138****5678", "3301000004", "城东市解放路***"],
    );
    const { body } = await call(handler, "POST", `/orders/${await toCrew(orderId)}/unmask`, { reason: "上门抢修" });
    assert.deepEqual(body, {
      contactName: "王小明",
      contactPhone: "13812345678",
      accountNo: "3301000004",
      address: "城东市解放路12号3栋501",
    });
    const hints = await call(agent, "POST", "/orders/hints", { deskUnitId: at("A1"), phone: "138 1234 5678" });
    assert.ok(hints.body.hints.some((hint: { orderId: string }) => hint.orderId === orderId));
  });

  test("what the caller said himself stands", async () => {
    const customerId = await enter(at("A11"), "3301000005");
    const order = await read(
      agent,
      await takeIn({ customerId, contactName: "赵六", contactPhone: "13900000000", address: "东门" }),
    );
    assert.deepEqual([order.contactName, order.contactPhone, order.accountNo], ["赵*", "139****0000", "3301000005"]);
  });

  test("is found by the account number alone, and hints show who it is before anything is taken in", async () => {
    const customerId = await enter(at("A11"), "3301000006");
    const first = await takeIn({ accountNo: "3301000006" });
    assert.equal((await read(agent, first)).customerId, customerId);
    const { body } = await call(agent, "POST", "/orders/hints", { deskUnitId: at("A1"), accountNo: "3301000006" });
    assert.deepEqual([body.customer?.customerId, body.customer?.name], [customerId, "王**"]);
    const hint = body.hints.find((one: { orderId: string }) => one.orderId === first);
    assert.deepEqual(hint?.because, ["customer", "account", "phone", "address"]);
    const unknown = await takeIn({ accountNo: "3399999999" });
    assert.equal((await read(agent, unknown)).customerId, null);
  });

  test("out of the caller's reach is unknown, in the preview too", async () => {
    const customerId = await enter(at("A2"), "3301000007");
    const county = await signedIn(platform, [["AGENT", at("A1")]]);
    const body = { flow: "fault-repair", deskUnitId: at("A1"), form: { ...form, customerId } };
    for (const url of ["/orders", "/orders/preview"])
      assert.equal((await call(county, "POST", url, body)).body.code, "work-order.customer-unknown", url);
  });

  test("nobody, where none was named", async () => {
    assert.equal(await shown(agent, await takeIn()), null);
  });
});

// Last: it leaves the day on which everybody signed in.
test("a callback at night is withheld, says when the morning comes, and is offered then", async () => {
  const orderId = await toCrew(await takeIn());
  await act(handler, orderId, "reply", reply);
  await act(reviewer, orderId, "review-reply", { approved: true });
  const later = (instant: string, role: "VERIFIER" | "HANDLER") => {
    time.set(instant);
    return signedIn(platform, [[role, at(role === "HANDLER" ? "A11" : "A1")]]);
  };
  const [told] = await withheld(await later("2026-03-20T14:30:00Z", "VERIFIER"), orderId);
  assert.deepEqual(
    [told?.key, told?.refusal.titles.zh, told?.refusal.untilAt],
    ["callback", "21:00 至 08:00 不回访客户", "2026-03-21T00:00:00.000Z"],
  );
  assert.deepEqual(await withheld(await later("2026-03-20T14:30:00Z", "HANDLER"), orderId), [], "it is nobody else's business");
  const morning = await read(await later("2026-03-21T00:00:00Z", "VERIFIER"), orderId);
  assert.deepEqual(morning.withheld, []);
  assert.ok(morning.actions.some(({ key }: { key: string }) => key === "callback"));
});
