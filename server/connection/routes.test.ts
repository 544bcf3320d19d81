import assert from "node:assert/strict";
import { after, describe, test } from "node:test";
import type { ConnectionCompliance, ConnectionPlan, ConnectionRow } from "@bihuan/contract/connection.ts";
import { extractText, getDocumentProxy } from "unpdf";
import { business } from "../business.ts";
import { ensureShippedRules } from "../clock/shipped.ts";
import { type Caller, testUnits, withApiKey } from "../identity/testing/people.ts";
import { sql } from "../platform/sql.ts";
import { testDatabase } from "../platform/testing/database.ts";
import { testPlatform, testServer } from "../platform/testing/server.ts";
import { manualTime } from "../platform/time.ts";
import { access, slices } from "../routes.ts";
import { audit } from "../work-order/audit/audit.ts";
import { prepareWorkOrders } from "../work-order/jobs.ts";
import { orderPorts } from "../work-order/ports.ts";

const db = await testDatabase();
const time = manualTime("2026-03-02T02:00:00Z"); // Monday 10:00 in Shanghai
const platform = testPlatform(db, time);
const units = await testUnits(platform);
await ensureShippedRules(platform, business);
await prepareWorkOrders(platform);
const server = await testServer({ platform, slices, access: access(platform) });
after(() => server.close());
const at = (code: string) => units[code] as number;
const DAY = 86_400_000;

// Months pass here, and no session lasts that long: everybody works by a key.
const clerk = await withApiKey(platform, [["AGENT", at("A1")]]);
const dispatcher = await withApiKey(platform, [["DISPATCHER", at("A1")]]);
const engineer = await withApiKey(platform, [["HANDLER", at("A11")]]);
const reviewer = await withApiKey(platform, [["REVIEWER", at("A1")]]);
const verifier = await withApiKey(platform, [["VERIFIER", at("A1")]]);
const manager = await withApiKey(platform, [["MANAGER", at("A")]]);
const neighbour = await withApiKey(platform, [["AGENT", at("A2")]]);
const neighbours = await withApiKey(platform, [["MANAGER", at("A2")]]);
await db.run(sql`update api_key set expires_at = '2031-01-01T00:00:00Z'`);

let keys = 0;
async function call(caller: Caller, method: "GET" | "POST", url: string, body?: unknown, language = "zh") {
  const response = await server.app.inject({
    method,
    url: `/api${url}`,
    headers: { ...caller.headers, "idempotency-key": `key-${++keys}`, "accept-language": language },
    ...(body === undefined ? {} : { payload: body as object }),
  });
  const type = response.headers["content-type"] ?? "";
  return { status: response.statusCode, body: type.includes("json") ? response.json() : response.body, raw: response.rawPayload };
}
async function read<Body>(caller: Caller, url: string): Promise<Body> {
  const answer = await call(caller, "GET", url);
  assert.equal(answer.status, 200, JSON.stringify(answer.body));
  return answer.body as Body;
}

async function apply(
  flow: string,
  { details = {}, form = {}, subtype = "NEW", by = clerk, deskUnitId = at("A1") } = {},
): Promise<string> {
  const answer = await call(by, "POST", "/orders", {
    flow: `connection-${flow}`,
    subtype,
    deskUnitId,
    form: {
      origin: "BUSINESS_HALL",
      areaClass: "URBAN",
      title: "用电报装",
      contactName: "王小明",
      address: "解放路12号3栋501",
      ...form,
    },
    details,
  });
  assert.equal(answer.status, 200, JSON.stringify(answer.body));
  return answer.body.orderId;
}

async function act(caller: Caller, orderId: string, action: string, form: object = {}, afterDays = 0) {
  time.advanceMs(60_000 + afterDays * DAY);
  const { version } = await read<{ version: number }>(manager, `/orders/${orderId}`);
  const answer = await call(caller, "POST", `/orders/${orderId}/actions/${action}`, { version, form });
  assert.equal(answer.status, 200, `${action}: ${JSON.stringify(answer.body)}`);
}
const now = () => new Date(time.nowMs()).toISOString();
const reply = {
  contacted: false,
  responsibleUnitId: at("A11"),
  cause: "NO_FAULT",
  facts: "已送电",
  causeText: "无",
  measures: "归档",
};

type Journey = readonly (readonly [Caller, string, object | (() => object), days?: number])[];
async function bring(orderId: string, journey: Journey) {
  for (const [caller, action, form, days] of journey)
    await act(caller, orderId, action, typeof form === "function" ? form() : form, days);
}
const toPlan = (plan: object = {}, days = 1): Journey => [
  [dispatcher, "dispatch", { unitId: at("A11") }],
  [engineer, "accept", {}],
  [engineer, "survey", () => ({ surveyedAt: now(), findings: "具备供电条件" })],
  [engineer, "reply-plan", { plan: "10 千伏单电源", ...plan }, days],
];
const toArchive: Journey = [
  [engineer, "install-meter", () => ({ installedAt: now(), meterNo: "E-1" })],
  [engineer, "energise", () => ({ energisedAt: now() })],
  [engineer, "reply", reply],
  [reviewer, "review-reply", { approved: true }],
  [verifier, "callback", { result: "REACHED", satisfaction: "SATISFIED" }],
];
const sign: Journey[number] = [clerk, "sign-contract", () => ({ signedAt: now(), contractNo: "GD-2026-1" })];

const rowOf = async (orderId: string, query = "state=all") => {
  const { connections } = await read<{ connections: ConnectionRow[] }>(clerk, `/connections?${query}`);
  return connections.find((row) => row.orderId === orderId);
};
const nodes = (row: ConnectionRow | undefined) =>
  Object.entries(row?.nodes ?? {}).flatMap(([slot, { state }]) => (state === "NONE" ? [] : [`${slot} ${state}`]));

describe("a high-voltage connection from application to energising", () => {
  test("is followed by its hall node by node, keeps its limits, and leaves a sound history", async () => {
    const orderId = await apply("hv-single", {
      details: { load: "IMPORTANT", missing: ["PROPERTY"], wantedOn: "2026-06-30", customerWorksDays: 40, capacityKva: 630 },
    });
    const opened = await rowOf(orderId);
    assert.deepEqual(nodes(opened), ["on-site RUNNING", "plan-reply RUNNING", "whole-process RUNNING"]);
    assert.equal(opened?.nodes["plan-reply"]?.dueAt, "2026-03-16T16:00:00.000Z", "ten working days after Monday, 24:00");
    assert.equal(opened?.nodes["whole-process"]?.dueAt, "2026-04-01T16:00:00.000Z", "the promise of 22 working days");
    assert.deepEqual([opened?.missingDocuments, opened?.wantedOn], [1, "2026-06-30"]);

    await bring(orderId, toPlan());
    assert.deepEqual(nodes(await rowOf(orderId)), ["on-site MET", "plan-reply MET", "whole-process PAUSED"]);
    await bring(orderId, [
      [clerk, "supply-documents", { documents: ["PROPERTY"] }],
      sign,
      [clerk, "submit-design", {}, 10],
      [engineer, "review-design", { passed: true }, 1],
      [clerk, "request-mid-inspection", {}, 14],
      [engineer, "inspect-midway", { stage: "CONCEALED", passed: true }, 1],
      [clerk, "report-completion", {}, 21],
      [engineer, "inspect", { stage: "DOCUMENTS", passed: true }, 1],
      [engineer, "inspect", { stage: "PRIMARY", passed: false, kinds: ["EQUIPMENT"], findings: "耐压试验报告缺失" }],
    ]);
    const failed = await rowOf(orderId);
    assert.deepEqual([failed?.step, failed?.missingDocuments], ["customer-works", 0]);
    await bring(orderId, [
      [clerk, "report-completion", {}, 3],
      [engineer, "inspect", { stage: "PRIMARY", passed: true, rectified: true }],
      [engineer, "inspect", { stage: "SECONDARY", passed: true }],
      [engineer, "inspect", { stage: "METERING", passed: true }],
      ...toArchive,
    ]);
    const done = await rowOf(orderId, "state=closed");
    assert.equal(done?.status, "ARCHIVED");
    assert.deepEqual(nodes(done), [
      "on-site MET",
      "plan-reply MET",
      "design-review MET",
      "mid-inspection MET",
      "completion-inspection MET",
      "energising MET",
      "whole-process MET",
    ]);
    assert.equal(done?.nodes["completion-inspection"]?.rounds, 2);
    assert.ok((done?.ageDays ?? 0) >= 51, "the age counts every day, the customer's own too");
    assert.deepEqual((await audit(db, orderPorts(platform))).violations, []);
  });

  test("its plan is scheduled backwards from the wanted date, and the critical step is named", async () => {
    const orderId = await apply("hv-dual", { details: { wantedOn: "2026-12-31", customerWorksDays: 60 } });
    const before = await read<ConnectionPlan>(clerk, `/connections/${orderId}/plan`);
    assert.deepEqual(
      before.schedule?.tasks.map(({ key, days, unit, critical }) => [key, days, unit, critical]),
      [
        ["plan-reply", 20, "workingDay", true],
        ["customer-works", 60, "calendarDay", true],
        ["completion-inspection", 3, "workingDay", true],
        ["contract", 1, "workingDay", false],
        ["energising", 3, "workingDay", true],
      ],
    );
    assert.equal(before.schedule?.critical, "plan-reply");
    assert.ok((before.schedule?.slackDays ?? 0) > 0);
    const energising = before.schedule?.tasks.at(-1);
    assert.deepEqual([energising?.latestOn, energising?.latestStartOn], ["2026-12-31", "2026-12-28"]);
    await bring(orderId, toPlan());
    const after = await read<ConnectionPlan>(clerk, `/connections/${orderId}/plan`);
    assert.equal(after.schedule?.critical, "customer-works");
    assert.equal(after.schedule?.tasks[0]?.doneOn, after.today);
  });

  test("a wanted date nobody can count to leaves the plan open", async () => {
    const orderId = await apply("hv-dual", { details: { wantedOn: "2950-01-01" } });
    const plan = await read<ConnectionPlan>(clerk, `/connections/${orderId}/plan`);
    assert.deepEqual([plan.wantedOn, plan.schedule], ["2950-01-01", null]);
  });

  test("what is no connection has no plan and no sheet", async () => {
    const answer = await call(clerk, "POST", "/orders", {
      flow: "inquiry",
      deskUnitId: at("A1"),
      form: { origin: "BUSINESS_HALL", areaClass: "URBAN", title: "咨询" },
    });
    for (const what of ["plan", "notice"])
      assert.equal(
        (await call(clerk, "GET", `/connections/${answer.body.orderId}/${what}`)).body.code,
        "connection.not-a-connection",
      );
  });
});

describe("the tracking table", () => {
  test("is a hall's own: neighbours see theirs, the city sees both", async () => {
    const ours = await apply("resident");
    const theirs = await apply("resident", { by: neighbour, deskUnitId: at("A2") });
    const seenBy = async (caller: Caller, query = "") => {
      const { connections } = await read<{ connections: ConnectionRow[] }>(caller, `/connections?sort=intake&limit=200${query}`);
      const ids = new Set(connections.map(({ orderId }) => orderId));
      return [ids.has(ours), ids.has(theirs)];
    };
    assert.deepEqual(await seenBy(clerk), [true, false]);
    assert.deepEqual(await seenBy(neighbour), [false, true]);
    assert.deepEqual(await seenBy(manager), [true, true]);
    assert.deepEqual(await seenBy(manager, `&unitId=${at("A2")}`), [false, true]);
    assert.deepEqual(await seenBy(clerk, `&unitId=${at("A2")}`), [false, false]);
  });

  test("is read page by page, by kind and by what is late", async () => {
    const late = await apply("charging", { subtype: "RESIDENT" });
    time.advanceMs(20 * DAY);
    const fresh = await apply("charging", { subtype: "LOW_VOLTAGE" });
    const list = async (query: string) =>
      await read<{ connections: ConnectionRow[]; next: string | null }>(clerk, `/connections?flow=connection-charging${query}`);
    assert.deepEqual(
      (await list("")).connections.map(({ orderId }) => orderId),
      [late, fresh],
    );
    assert.deepEqual(
      (await list("&only=late")).connections.map(({ orderId }) => orderId),
      [late],
    );
    assert.deepEqual((await list("&state=closed")).connections, []);
    const first = await list("&limit=1");
    const second = await list(`&limit=1&after=${first.next}`);
    assert.deepEqual(
      [first, second].map(({ connections }) => connections[0]?.orderId),
      [late, fresh],
    );
    assert.equal(second.next, null);
    assert.equal((await call(clerk, "GET", "/connections?after=x")).body.code, "work-order.cursor-invalid");
  });

  test("as a spreadsheet: the same lines in words, recorded before the first leaves", async () => {
    const orderId = await apply("low-voltage", { details: { missing: ["PROPERTY", "AUTHORISATION"] } });
    const answer = await call(manager, "GET", "/connections/export?flow=connection-low-voltage");
    const [head, ...lines] = (answer.body as string).trimEnd().split("\r\n");
    assert.match(head ?? "", /^\uFEFF工单号,业务类型,.*供电方案答复 应完成,供电方案答复 实完成,供电方案答复 状态/);
    const line = lines.find((one) => one.startsWith(orderId.replace(/^(\d{3})(\d{8})(\d{8})$/, "$1-$2-$3")));
    assert.match(line ?? "", /低压非居民业扩报装,新装,用电报装,A1,A1,待派单,/);
    assert.match(line ?? "", /,2,,.*24:00,,进行中/);
    const inEnglish = await call(manager, "GET", "/connections/export", undefined, "en");
    assert.match(inEnglish.body as string, /Reply of the supply plan due/);
    const { n } = await db.one<{ n: number }>(
      sql`select count(*)::int as n from access_log where action = 'EXPORTED' and record_kind = 'order' and facts ->> 'table' = 'connections'`,
    );
    assert.equal(n, 2);
    assert.equal((await call(clerk, "GET", "/connections/export")).body.code, "permission.missing");
  });
});

describe("the one-time notification sheet", () => {
  const textOf = async (caller: Caller, orderId: string, language: "zh" | "en") => {
    const answer = await call(caller, "GET", `/connections/${orderId}/notice`, undefined, language);
    assert.equal(answer.status, 200, JSON.stringify(answer.body));
    const { text } = await extractText(await getDocumentProxy(new Uint8Array(answer.raw)), { mergePages: true });
    return text.replace(/\s+/g, "");
  };

  test("tells everything at once: what is missing and until when, the limits, what the customer does", async () => {
    const orderId = await apply("hv-single", {
      details: { load: "IMPORTANT", missing: ["PROPERTY", "SITE_PLAN"], capacityKva: 630, wantedOn: "2030-06-28" },
    });
    const text = await textOf(clerk, orderId, "zh");
    for (const part of [
      "业扩报装一次性告知书",
      orderId.replace(/^(\d{3})(\d{8})(\d{8})$/, "$1-$2-$3"),
      "高压单电源业扩报装·新装",
      "申请人王**",
      "630kVA",
      "您的申请已凭“居民身份证等身份证明”受理",
      "用电地址权属证明",
      "用电地址总平面图",
      "业扩全过程22个工作日国家电网供电服务“十项承诺”",
      "您属于重要用电客户",
      "可以满足您期望的2030-06-28",
      "95598",
      "12398",
      "客户签字",
      "1/1",
    ])
      assert.ok(text.includes(part.replace(/\s+/g, "")), `${part}\n${text}`);
    assert.ok(!text.includes("王小明") && !text.includes("501"), "the applicant is masked");
    assert.ok(!text.includes("10个工作日"), "internal limits are nobody else's");
    const english = await textOf(clerk, orderId, "en");
    for (const part of [
      "Service connection: one-time notice",
      "Title to the premises",
      "22 working days",
      "Nobody may name designers",
    ])
      assert.ok(english.includes(part.replace(/\s+/g, "")), part);
  });

  test("of a complete application asks for nothing, and a household's names no works", async () => {
    const text = await textOf(clerk, await apply("resident"), "zh");
    assert.ok(text.includes("申请资料已经齐全"));
    assert.ok(text.includes("业扩全过程5个工作日"));
    assert.ok(text.includes("本项业务不收取业务费"));
    assert.ok(!text.includes("受电工程由您自主选择"));
    assert.match(text, /最早可于\d{4}-\d\d-\d\d送电/);
  });

  test("hides a hidden caller from who may not know him, and its printing is recorded", async () => {
    const orderId = await apply("resident", { form: { identity: "CONFIDENTIAL", targetUnitId: at("A11") } });
    await bring(orderId, [[dispatcher, "dispatch", { unitId: at("A11") }]]);
    assert.ok(!(await textOf(engineer, orderId, "zh")).includes("申请人"));
    const { n } = await db.one<{ n: number }>(sql`
      select count(*)::int as n from access_log where action = 'EXPORTED' and record_kind = 'order' and record_id = ${orderId}`);
    assert.equal(n, 1);
  });
});

describe("the compliance rate", () => {
  type Report = {
    from: string;
    by: string;
    weights: object;
    total: ConnectionCompliance;
    rows: (ConnectionCompliance & { group: string })[];
  };
  const report = (caller: Caller, query: string) => read<Report>(caller, `/reports/connection-compliance?${query}`);

  test("counts what was archived that day: high voltage by every node, low voltage by its whole", async () => {
    time.set("2026-09-07T01:00:00Z");
    const [good, lateNode, household, slowHousehold] = await Promise.all(
      ["hv-single", "hv-single", "resident", "resident"].map((flow) => apply(flow)),
    );
    const building: Journey = [
      sign,
      [clerk, "report-completion", {}],
      ...["DOCUMENTS", "PRIMARY", "SECONDARY", "METERING"].map((stage): Journey[number] => [
        engineer,
        "inspect",
        { stage, passed: true },
      ]),
    ];
    const small: Journey = [...toPlan({ works: "NONE" }, 0), sign, ...toArchive];
    await bring(household as string, small);
    await bring(good as string, [...toPlan({}, 0), ...building, ...toArchive]);
    time.set("2026-09-22T01:00:00Z"); // eleven working days later: past the node's ten, within the promise of the whole
    await bring(lateNode as string, [...toPlan({}, 0), ...building, ...toArchive]);
    await bring(slowHousehold as string, small);

    const days = await report(manager, "from=2026-09-01&to=2026-09-30");
    assert.deepEqual(
      days.rows.map(({ group, archived, rate, highVoltage, lowVoltage }) => [
        group,
        archived,
        rate,
        highVoltage.complying,
        lowVoltage.complying,
      ]),
      [
        ["2026-09-07", 2, 1, 1, 1],
        ["2026-09-22", 2, 0, 0, 0],
      ],
    );
    assert.deepEqual(days.weights, { highVoltage: 40, lowVoltage: 40, generationAndCharging: 20 });
    assert.deepEqual([days.total.archived, days.total.rate, days.total.highVoltage.rate], [4, 0.5, 0.5]);
    assert.equal(days.total.generationAndCharging.rate, null);
    assert.ok((days.total.lowVoltage.averageDays ?? 0) > 7);

    const halls = await report(manager, "from=2026-09-01&to=2026-09-30&by=unit");
    assert.deepEqual(
      halls.rows.map(({ group, archived }) => [group, archived]),
      [["A1", 4]],
    );
    const period = "from=2026-09-01&to=2026-09-30";
    const file = await call(manager, "GET", `/reports/connection-compliance/export?${period}`, undefined, "en");
    const lines = (file.body as string).trimEnd().split("\r\n");
    assert.match(lines[0] as string, /^\uFEFFDay,Archived,Rate,High voltage archived,/);
    assert.deepEqual(
      lines.slice(1).map((line) => line.split(",").slice(0, 3)),
      [
        ["2026-09-07", "2", "1"],
        ["2026-09-22", "2", "0"],
        ["Total 2026-09-01 – 2026-09-30", "4", "0.5"],
      ],
    );
    assert.equal((await report(neighbours, `from=2026-09-01&to=2026-09-30&unitId=${at("A1")}`)).total.archived, 0);
    assert.equal((await report(neighbours, `from=2026-09-01&to=2026-09-30&unitId=${at("A")}`)).total.archived, 0);
  });

  test("a connection reopened and archived again changes no day's rate", async () => {
    const { orderId } = await db.one<{ orderId: string }>(sql`
      select order_id::text as "orderId" from work_order where flow = 'connection-resident' and status = 'ARCHIVED' order by order_id limit 1`);
    const before = await report(manager, "from=2026-09-01&to=2026-12-31");
    time.set("2026-10-12T01:00:00Z");
    await bring(orderId, [
      [clerk, "reopen", { reason: "CUSTOMER_AGAIN", note: "电表接线松动" }],
      [dispatcher, "dispatch", { unitId: at("A11") }],
      [engineer, "accept", {}],
    ]);
    assert.deepEqual((await report(manager, "from=2026-09-01&to=2026-12-31")).rows, before.rows);
    await bring(orderId, toArchive.slice(2));
    assert.deepEqual((await report(manager, "from=2026-09-01&to=2026-12-31")).rows, before.rows);
  });

  test("a period that is too long or the wrong way round is refused", async () => {
    for (const period of ["from=2026-02-02&to=2026-02-01", "from=2024-01-01&to=2026-01-01"])
      assert.equal(
        (await call(manager, "GET", `/reports/connection-compliance?${period}`)).body.code,
        "connection.period-too-long",
      );
  });

  test("those under way are told by age", async () => {
    time.set("2026-03-02T02:00:00Z");
    const { rows } = await read<{ rows: { flow: string; open: number; buckets: Record<string, number> }[] }>(
      manager,
      "/reports/connection-ageing",
    );
    const dual = rows.find(({ flow }) => flow === "connection-hv-dual");
    assert.equal(dual?.open, 2);
    assert.equal(
      Object.values(dual?.buckets ?? {}).reduce((sum, n) => sum + n, 0),
      2,
    );
  });
});
