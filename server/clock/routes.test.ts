// Calendars, packs and rulebooks over HTTP: who may read and change what, and the way from a draft to a published rulebook.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { calendarOperations, type CalendarYear } from "@bihuan/contract/calendar.ts";
import { clockOperations, type PackSummary, type RulebookDifference, type RulebookDraft } from "@bihuan/contract/clock.ts";
import { calendarRoutes } from "../calendar/routes.ts";
import { authenticator } from "../identity/authenticator.ts";
import { callerOf } from "../identity/testing/http.ts";
import { signedIn, testUnits } from "../identity/testing/people.ts";
import { sql } from "../platform/sql.ts";
import { testDatabase } from "../platform/testing/database.ts";
import { testPlatform, testServer } from "../platform/testing/server.ts";
import { manualTime } from "../platform/time.ts";
import { slice } from "../routes.ts";
import { runDryRun } from "./jobs.ts";
import { clockRoutes } from "./routes.ts";
import { rulebooksOf } from "./rulebooks.ts";
import { ensureShippedRules } from "./shipped.ts";
import { fakeOrders } from "./testing/fake-orders.ts";
import { sampleBusiness } from "./testing/sample-business.ts";

const NOW = Date.parse("2026-03-04T12:00:00+08:00");
const db = await testDatabase();
const platform = testPlatform(db, manualTime(NOW));
const units = await testUnits(platform);
const unit = (code: string): number => units[code] as number;
await ensureShippedRules(platform, sampleBusiness);
const orders = fakeOrders(sampleBusiness, (versions) => rulebooksOf(db).of(db, versions));
const server = await testServer({
  platform,
  slices: [slice(calendarOperations, calendarRoutes), slice(clockOperations, clockRoutes(sampleBusiness))],
  access: authenticator(platform),
});
after(() => server.close());
const call = callerOf(server);

const administrator = await signedIn(platform, [["SYSTEM_ADMIN", unit("P")]], { name: "甲管理员" });
const cityAdministrator = await signedIn(platform, [["SYSTEM_ADMIN", unit("A")]]);
const agent = await signedIn(platform, [["AGENT", unit("A")]]);
const auditor = await signedIn(platform, [["AUDIT_ADMIN", unit("P")]]);

type Draft = RulebookDraft;
const current = async (): Promise<number> =>
  ((await call(administrator, "GET", "/rulebooks/current")).body as { version: number }).version;
async function draft(caller: typeof administrator, ...changes: object[]): Promise<Draft> {
  const made = await call(caller, "POST", "/rulebook-drafts", { baseVersion: await current(), changes });
  assert.equal(made.status, 200, JSON.stringify(made.body));
  const { draftId } = made.body as Draft;
  await runDryRun({ platform, world: { ...sampleBusiness, openOrders: orders } }, draftId);
  return (await call(caller, "GET", `/rulebook-drafts/${draftId}`)).body;
}
const publish = (caller: typeof administrator, { draftId, token }: Draft, note = "试行") =>
  call(caller, "POST", `/rulebook-drafts/${draftId}/publish`, { token: token ?? "-", note });

test("packs are listed with what is verified, where they are adopted and since when they hold", async () => {
  const { packs } = (await call(agent, "GET", "/rule-packs")).body as { packs: PackSummary[] };
  assert.deepEqual(
    packs.map(({ key, origin, ruleCount, unverifiedCount, validFrom, validTo, adoptedAt }) => [
      key,
      origin,
      ruleCount,
      unverifiedCount,
      validFrom,
      validTo,
      adoptedAt.map(({ unitName }) => unitName).join(),
    ]),
    [
      ["house", "shipped", 48, 48, null, null, "P"],
      ["province-example", "shipped", 9, 2, null, null, ""],
      ["regulation", "shipped", 27, 12, "1996-10-08", null, "P"],
      ["southern-grid-2017", "shipped", 18, 3, "2017-01-01", null, ""],
      ["state-grid-2011", "shipped", 26, 1, "2010-01-01", "2021-12-31", "P"],
      ["state-grid-2022", "shipped", 66, 34, "2022-01-01", null, "P"],
    ],
  );
});

test("a pack is read with its rules and as the text it was written in", async () => {
  const pack = (await call(agent, "GET", "/rule-packs/house")).body as PackSummary & {
    yaml: string;
    rules: unknown[];
    versions: unknown[];
  };
  assert.equal(pack.rules.length, pack.ruleCount);
  assert.match(pack.yaml, /^# 闭环默认时限/);
  const text = await call(agent, "GET", "/rule-packs/house/yaml");
  assert.equal((text.body as { text: string }).text, pack.yaml);
  assert.equal((await call(agent, "GET", "/rule-packs/no-such-pack")).status, 404);
  assert.equal((await call(agent, "GET", "/rule-packs/house?version=77")).status, 404);
});

test("a text is checked with every problem at its place", async () => {
  const yaml = [
    "key: own",
    "title: { zh: 自有, en: Own }",
    "rules:",
    "  - key: a",
    "    title: { zh: 甲, en: A }",
    "    authority: internal",
    "    slot: dispatch",
    "    amount: 0",
    "    unit: minute",
    "    source: { document: { zh: 制度, en: Rules }, verified: true }",
    "  - key: b",
    "    title: { zh: 乙, en: B }",
    "    authority: promise",
    "    slot: answer",
    "    amount: 5",
    "    unit: workingDay",
    "    when: { areaClass: [TOWN] }",
    "    source: { document: { zh: 制度, en: Rules }, verified: true }",
  ];
  const check = async (text: string) => {
    const { problems } = (await call(agent, "POST", "/rule-packs/check", { yaml: text })).body as {
      problems: { line: number; column: number; path: string; message: { zh: string; en: string } }[];
    };
    return problems.map(({ line, column, path, message }) => `${line}:${column} ${path} ${message.en}`);
  };
  assert.deepEqual(await check(yaml.join("\n")), ["8:13 rules.0.amount Too small: expected number to be >0"]);
  assert.deepEqual(await check(yaml.join("\n").replace("amount: 0", "amount: 10")), [
    "11:5 rules.1.calendar this unit needs a calendar",
    "17:25 rules.1.when.areaClass.0 areaClass has no value TOWN",
  ]);
  assert.equal((await check("rules: [\n"))[0]?.startsWith("2:1  not valid YAML"), true);
  assert.equal((await check("a: &a [x]\nb: *a\n")).length > 0, true);
  const bomb = [
    "shared:",
    "  a0: &a0 [1, 1, 1, 1, 1, 1, 1, 1, 1, 1]",
    ...Array.from({ length: 9 }, (_, n) => `  a${n + 1}: &a${n + 1} [${Array(10).fill(`*a${n}`).join(", ")}]`),
    "key: own",
  ];
  assert.match((await check(bomb.join("\n")))[0] ?? "", /too many aliases/);
});

test("from draft to published rulebook: shown, noted, compared", async () => {
  orders.open({
    unitId: unit("A1"),
    facts: {
      flow: "complaint",
      identity: "NAMED",
      origin: "HOTLINE_95598",
      organisationPath: [unit("A1"), unit("A"), unit("P")],
    },
    rulebookVersion: 1,
    openedAtMs: NOW - 3_600_000,
  });
  const { yaml, version } = (await call(administrator, "GET", "/rule-packs/state-grid-2022")).body as {
    yaml: string;
    version: number;
  };
  const edited = yaml.replace(/(&dispatch-20 .*amount: )20/, "$190");
  const made = await draft(administrator, { kind: "save-pack", yaml: edited, baseVersion: version });
  assert.deepEqual([made.state, made.createdBy, made.result?.moved, made.result?.noLongerOverdue], ["READY", "甲管理员", 1, 1]);
  assert.deepEqual(
    made.result?.byUnit.map(({ unitName }) => unitName),
    ["A1"],
  );
  assert.deepEqual(
    made.changes.map(({ zh }) => zh),
    ["修改规则包“国家电网供电服务承诺（2022）”"],
  );

  assert.equal((await publish(administrator, { ...made, token: "0".repeat(64) })).code, "clock.draft-token-wrong");
  const published = await publish(administrator, made);
  assert.equal(published.status, 200);
  assert.deepEqual((published.body as { version: number; publishedBy: string; note: string }).publishedBy, "甲管理员");
  assert.equal((await publish(administrator, made)).code, "clock.draft-not-open");

  const differences = (await call(agent, "GET", `/rulebooks/${await current()}/differences`)).body as {
    differences: RulebookDifference[];
  };
  assert.ok(differences.differences.every(({ area, kind }) => area === "RULE" && kind === "CHANGED"));
  const dispatch = differences.differences.find(({ what }) => what === "state-grid-2022/whistleblow-dispatch");
  assert.deepEqual(dispatch?.fields, [{ field: "amount", before: "20", after: "90" }]);
  const list = (await call(agent, "GET", "/rulebooks?limit=1")).body as {
    rulebooks: { version: number; note: string }[];
    next: number;
  };
  assert.deepEqual([list.rulebooks.map(({ note }) => note), list.next], [["试行"], 2]);
  const jobs = await db.rows<{ task: string }>(sql`select task_identifier as task from graphile_worker.jobs order by id`);
  assert.deepEqual(new Set(jobs.map(({ task }) => task)), new Set(["clock.dry-run", "clock.rebind-orders"]));
});

test("a change may be made where its permission is held, and nowhere else", async () => {
  const baseVersion = await current();
  const post = (caller: typeof administrator, ...changes: object[]) =>
    call(caller, "POST", "/rulebook-drafts", { baseVersion, changes });
  const local = { kind: "adopt-pack", key: "province-example", unitId: unit("A") };
  const dates = (unitId: number | null) => ({
    kind: "calendar-dates",
    unitId,
    set: [{ date: "2026-08-01", working: false, name: { zh: "停工", en: "Closed" }, hours: null }],
    clear: [],
  });
  const cases: [typeof administrator, object, number][] = [
    [cityAdministrator, local, 200],
    [cityAdministrator, { ...local, unitId: unit("B") }, 403],
    [cityAdministrator, { ...local, unitId: unit("P") }, 403],
    [cityAdministrator, { kind: "save-pack", yaml: "key: x\ntitle: { zh: x, en: x }\nrules: []\n", baseVersion: null }, 403],
    [cityAdministrator, dates(unit("A1")), 200],
    [cityAdministrator, dates(unit("B1")), 403],
    [cityAdministrator, dates(null), 403],
    [administrator, dates(null), 200],
    [agent, local, 403],
    [auditor, local, 403],
  ];
  for (const [caller, change, status] of cases) assert.equal((await post(caller, change)).status, status, JSON.stringify(change));
  const { draftId } = (await post(administrator, dates(null))).body as Draft;
  for (const caller of [cityAdministrator, agent]) {
    assert.equal((await call(caller, "GET", `/rulebook-drafts/${draftId}`)).status, 404, "a draft shows orders of other units");
    assert.equal((await call(caller, "DELETE", `/rulebook-drafts/${draftId}`)).status, 404);
  }
  assert.equal((await call(administrator, "DELETE", `/rulebook-drafts/${draftId}`)).status, 204);
  assert.equal((await call(administrator, "DELETE", `/rulebook-drafts/${draftId}`)).code, "clock.draft-not-open");
  assert.equal((await call(null, "GET", "/rule-packs")).status, 401);
  assert.equal((await call(auditor, "GET", "/rule-packs")).status, 403);
});

test("an adoption at a city is published by its own administrator and outruns other drafts", async () => {
  const adopted = await draft(cityAdministrator, { kind: "adopt-pack", key: "province-example", unitId: unit("A") });
  const other = await draft(administrator, {
    kind: "calendar-hours",
    unitId: unit("B"),
    hours: [{ from: "09:00", to: "17:00" }],
    week: null,
  });
  assert.equal((await publish(cityAdministrator, adopted)).status, 200);
  assert.equal((await publish(administrator, other)).code, "clock.rulebook-changed");
  const outrun = (await call(administrator, "GET", `/rulebook-drafts/${other.draftId}`)).body as Draft;
  assert.equal(outrun.state, "OUTDATED");
  const { packs } = (await call(agent, "GET", "/rule-packs")).body as { packs: PackSummary[] };
  assert.deepEqual(packs.find(({ key }) => key === "province-example")?.adoptedAt, [{ unitId: unit("A"), unitName: "A" }]);
});

test("the year is shown day by day as it holds at a unit", async () => {
  const published = await draft(
    administrator,
    {
      kind: "calendar-dates",
      unitId: unit("A"),
      set: [{ date: "2026-03-18", working: false, name: { zh: "州庆", en: "Local holiday" }, hours: null }],
      clear: [],
    },
    { kind: "calendar-hours", unitId: unit("A1"), hours: [{ from: "09:00", to: "12:00" }], week: null },
  );
  assert.equal((await publish(administrator, published)).status, 200);
  const year = async (query: string, number = 2026) =>
    (await call(agent, "GET", `/calendar-years/${number}${query}`)).body as CalendarYear;
  const day = (view: CalendarYear, date: string) => {
    const found = view.days.find((one) => one.date === date);
    return `${found?.kind} ${found?.name?.zh ?? "-"} ${found?.hours.map(({ from, to }) => `${from}-${to}`).join("+")} ${found?.layer}`;
  };
  const national = await year("");
  assert.deepEqual(
    [national.announced, national.days.length, national.workingDays, national.layers],
    [true, 365, 248, ["official", "national"]],
  );
  const local = await year(`?unitId=${unit("A11")}`);
  const rows: [string, string, string][] = [
    ["2026-02-14", "MAKE_UP 春节 08:30-12:00+13:30-17:30 official", "MAKE_UP 春节 09:00-12:00 official"],
    ["2026-02-16", "HOLIDAY 春节  official", "HOLIDAY 春节  official"],
    ["2026-03-07", "WEEKEND -  national", "WEEKEND -  national"],
    ["2026-03-17", "WORKING - 08:30-12:00+13:30-17:30 national", "WORKING - 09:00-12:00 national"],
    ["2026-03-18", "WORKING - 08:30-12:00+13:30-17:30 national", `OVERRIDE_OFF 州庆  unit-${unit("A")}`],
  ];
  for (const [date, everywhere, here] of rows) {
    assert.equal(day(national, date), everywhere);
    assert.equal(day(local, date), here);
  }
  const unannounced = await year("", 2027);
  assert.deepEqual([unannounced.announced, unannounced.days.every(({ provisional }) => provisional)], [false, true]);
  assert.equal(
    national.days.some(({ provisional }) => provisional),
    false,
  );
  assert.equal(
    (await call(agent, "GET", `/calendar-years/2026?unitId=${unit("B")}`)).status,
    404,
    "another city's calendar is not the agent's",
  );
});

test("layers are listed and read with their dates and the announced years", async () => {
  const { layers } = (await call(administrator, "GET", "/calendars")).body as {
    layers: { key: string; announcedUntil: number | null; overrideCount: number; updatedBy: string | null }[];
  };
  assert.deepEqual(
    layers.map(({ key, announcedUntil, overrideCount, updatedBy }) => [key, announcedUntil, overrideCount, updatedBy]),
    [
      ["national", 2026, 0, null],
      [`unit-${unit("A")}`, null, 1, "甲管理员"],
      [`unit-${unit("A1")}`, null, 0, "甲管理员"],
    ],
  );
  const national = (await call(agent, "GET", "/calendars/national")).body as {
    years: { year: number; offDays: number; makeUpDays: number }[];
  };
  assert.deepEqual(national.years.at(-1)?.year, 2026);
  assert.deepEqual([national.years.at(-1)?.offDays, national.years.at(-1)?.makeUpDays], [33, 6]);
  assert.equal((await call(agent, "GET", "/calendars/unit-999")).status, 404);
});

test("a year to be entered is checked before anything is saved", async () => {
  const entry = {
    year: 2027,
    off: [{ date: "2027-01-01", name: { zh: "元旦", en: "New Year's Day" } }],
    makeUp: [],
    notice: { reference: "通知", urls: [], announcedOn: null },
  };
  const { problems } = (await call(administrator, "POST", "/calendar-years/check", entry)).body as {
    problems: { place: string }[];
  };
  assert.ok(problems.length > 3);
  assert.equal((await call(agent, "POST", "/calendar-years/check", entry)).status, 403);
  const refused = await call(administrator, "POST", "/rulebook-drafts", {
    baseVersion: await current(),
    changes: [{ kind: "calendar-year", entry }],
  });
  assert.equal(refused.code, "calendar.year-invalid");
});
