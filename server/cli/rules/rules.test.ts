// Rules and calendars from the command line, on real orders: what the dry run counts is what publishing does.
import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { PassThrough, Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { after, test } from "node:test";
import { parseArgs } from "node:util";
import type { DryRunResult } from "@bihuan/contract/clock.ts";
import { intakeForm, people, units } from "@bihuan/core/flow/testing/world.ts";
import { isRefusal } from "@bihuan/core/refusal.ts";
import { business } from "../../business.ts";
import { rebindOrders } from "../../clock/jobs.ts";
import { ensureShippedRules } from "../../clock/shipped.ts";
import { clockWorld } from "../../clock-world.ts";
import { sql } from "../../platform/sql.ts";
import { testDatabase } from "../../platform/testing/database.ts";
import { testPlatform } from "../../platform/testing/server.ts";
import { manualTime } from "../../platform/time.ts";
import { actOnOrder } from "../../work-order/commands/act.ts";
import { createIntake } from "../../work-order/commands/take-in.ts";
import { orderPorts } from "../../work-order/ports.ts";
import { ensureMonths, monthsAround } from "../../work-order/store/months.ts";
import { scopeOf, seedOrganisation } from "../../work-order/testing/desk.ts";
import { actingAs } from "../../work-order/world.ts";
import { CommandError } from "../command.ts";
import { commands } from "../commands.ts";

const time = manualTime("2026-03-20T02:00:00Z"); // a Friday, 10:00 in Shanghai
const db = await testDatabase();
const platform = testPlatform(db, time);
await seedOrganisation(db);
await ensureShippedRules(platform, business);
await ensureMonths(db, monthsAround(time.nowMs(), 2));
const ports = orderPorts(platform);
const intake = createIntake(platform, ports);
const folder = await mkdtemp(path.join(tmpdir(), "bihuan-rules-"));
after(() => rm(folder, { recursive: true, force: true }));

let keys = 0;
async function takeIn(flow: string): Promise<string> {
  const result = await intake.takeIn(actingAs(scopeOf(people.agent)), {
    key: `in-${++keys}`,
    flow,
    subtype: flow === "complaint" ? "SERVICE" : null,
    deskUnitId: units.centre,
    form: intakeForm,
  });
  assert.ok(!isRefusal(result) && "orderId" in result, JSON.stringify(result));
  return result.orderId;
}
async function act(person: Parameters<typeof scopeOf>[0], orderId: string, action: string, form: unknown): Promise<void> {
  const result = await actOnOrder(platform, ports, actingAs(scopeOf(person)), {
    orderId,
    action,
    form,
    version: null,
    key: `act-${++keys}`,
  });
  assert.ok(!isRefusal(result), JSON.stringify(result));
}

const forPrograms = { format: "json", language: "en" } as const;
const forPeople = { format: "text", language: "zh" } as const;
const bihuan = (...words: string[]) => run(words, forPrograms);
async function run(words: string[], speaking: typeof forPrograms | typeof forPeople): Promise<{ code: number; out: string }> {
  const command = commands.find((each) => each.path.every((word, index) => words[index] === word));
  assert.ok(command && command.database !== false);
  const { values, positionals } = parseArgs({
    args: words.slice(command.path.length),
    options: { ...command.options },
    allowPositionals: true,
  });
  const stdout = new PassThrough();
  const told = text(stdout);
  const call = { platform, stdin: Readable.from([]), stdout, stderr: new PassThrough(), ...speaking } as const;
  let code: number;
  try {
    code = await command.run({ ...call, resolve: (file) => path.join(folder, file), options: values as never, positionals });
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    stdout.write(error.text[speaking.language]);
    code = error.exitCode;
  }
  stdout.end();
  return { code, out: await told };
}
type Outcome = { dryRun: DryRunResult; publishedVersion: number | null };
async function changed(...words: string[]): Promise<Outcome> {
  const { code, out } = await bihuan(...words);
  assert.equal(code, 0, out);
  return JSON.parse(out) as Outcome;
}

const dueOf = async (orderId: string, slot: string, authority: string) =>
  await db.maybe<{ dueAt: number | null; version: number; provisional: boolean }>(
    sql`select due_at as "dueAt", rulebook_version as version, provisional from clock where order_id = ${orderId} and slot = ${slot} and authority = ${authority}`,
  );
const shown = (atMs: number | null | undefined) =>
  atMs == null ? "-" : new Date(atMs + 8 * 3_600_000).toISOString().slice(0, 16).replace("T", " ");

test("the dry run over real orders counts what publishing then does to them", async () => {
  const complaints = [await takeIn("complaint"), await takeIn("complaint")];
  const [first, second] = complaints as [string, string];
  await takeIn("fault-repair");
  await act(people.dispatcher, first, "grade", { grade: "GENERAL" });
  await act(people.dispatcher, first, "dispatch", { unitId: units.station });
  await act(people.handler, first, "accept", {});
  time.advanceMs(3_600_000);

  const { out } = await bihuan("rules", "export", "state-grid-2022");
  const pack = JSON.parse(out) as { key: string };
  assert.equal(pack.key, "state-grid-2022");
  const { yaml } = await db.one<{ yaml: string }>(
    sql`select yaml from rule_pack where pack_key = 'state-grid-2022' order by version desc limit 1`,
  );
  // Handling of a complaint in 2 working days instead of 4, its first contact within half an hour.
  const edited = yaml
    .replace(/(key: complaint-handling\n(?:.*\n){3}\s+amount: )4/, "$12")
    .replace(/(key: complaint-first-contact\n(?:.*\n){4}.*amount: )24\n(\s+unit: )hour/, "$130\n$2minute");
  assert.notEqual(edited, yaml);
  await writeFile(path.join(folder, "edited.yaml"), edited);

  const shownFirst = await changed("rules", "save", "edited.yaml");
  assert.equal(shownFirst.publishedVersion, null);
  // The second complaint is overdue already: nobody has graded it within half an hour.
  const { ordersChecked, moved, becomeOverdue, byFlow } = shownFirst.dryRun;
  assert.deepEqual([ordersChecked, moved, becomeOverdue, byFlow.map(({ flow }) => flow)], [3, 2, 1, ["complaint"]]);
  assert.equal(shown((await dueOf(first, "handling", "internal"))?.dueAt), "2026-03-27 00:00", "nothing has moved yet");

  const { publishedVersion, dryRun } = await changed("rules", "save", "edited.yaml", "--publish", "--note", "收紧投诉时限");
  assert.deepEqual([publishedVersion, dryRun.moved], [2, moved]);
  const logged = await db.rows<{ name: string; version: string; reason: string; facts: { zh: string; en: string } }>(sql`
    select principal_name as name, record_id as version, reason, facts from access_log where action = 'RULEBOOK_PUBLISHED'`);
  assert.deepEqual(
    logged.map(({ name, version, reason }) => [name, version, reason]),
    [["command line", "2", "收紧投诉时限"]],
    "the dry run alone is no publication, nor is what came with the product",
  );
  assert.ok(logged[0]?.facts.zh && logged[0].facts.en, "what was changed, in both languages");
  const parts = { platform, world: clockWorld(platform) };
  assert.equal(await rebindOrders(parts, 2), moved);
  assert.equal(shown((await dueOf(first, "handling", "internal"))?.dueAt), "2026-03-25 00:00");
  assert.equal(shown((await dueOf(second, "first-contact", "promise"))?.dueAt), "2026-03-20 10:30");
  const bound = await db.rows<{ flow: string; version: number; events: number }>(sql`
    select flow, rulebook_version as version, (select count(*)::int from order_event e where e.order_id = w.order_id and e.type = 'rebind') as events
    from work_order w order by order_id`);
  assert.deepEqual(
    bound.map(({ flow, version, events }) => `${flow} ${version} ${events}`),
    ["complaint 2 1", "complaint 2 1", "fault-repair 1 0"],
  );
  assert.equal(await rebindOrders(parts, 2), 0);
});

test("a newly announced year makes provisional deadlines of real orders firm", async () => {
  time.set("2026-12-29T02:00:00Z");
  await ensureMonths(db, monthsAround(time.nowMs(), 2));
  const order = await takeIn("complaint");
  const before = await dueOf(order, "answer", "promise");
  assert.deepEqual([shown(before?.dueAt), before?.provisional], ["2027-01-06 00:00", true]);
  await writeFile(
    path.join(folder, "2027.yaml"),
    `year: 2027
notice: { reference: 测试用的安排 }
off:
  - { from: 2027-01-01, to: 2027-01-03, name: 元旦 }
  - { from: 2027-02-05, to: 2027-02-11, name: 春节 }
  - { date: 2027-04-05, name: 清明节 }
  - { from: 2027-05-01, to: 2027-05-05, name: 劳动节 }
  - { date: 2027-06-09, name: { zh: 端午节, en: Dragon Boat Festival } }
  - { date: 2027-09-15, name: 中秋节 }
  - { from: 2027-10-01, to: 2027-10-06, name: 国庆节 }
makeUp:
  - { date: 2027-02-14, name: 春节 }
  - { date: 2027-05-08, name: 劳动节 }
  - { date: 2027-10-09, name: 国庆节 }
`,
  );
  const { publishedVersion, dryRun } = await changed("calendar", "enter-year", "2027.yaml", "--publish");
  assert.ok(publishedVersion !== null && dryRun.moved >= 1);
  await rebindOrders({ platform, world: clockWorld(platform) }, publishedVersion);
  const after = await dueOf(order, "answer", "promise");
  assert.deepEqual([shown(after?.dueAt), after?.provisional, after?.version], ["2027-01-07 00:00", false, publishedVersion]);
});

test("a wrong file is told in a line, and nothing is saved", async () => {
  await writeFile(path.join(folder, "bad.yaml"), "year: 2028\noff: [{ date: 2028-13-01, name: 元旦 }]\n");
  const bad = await bihuan("calendar", "enter-year", "bad.yaml");
  assert.equal(bad.code, 1);
  assert.match(bad.out, /^The year's file is wrong:\n  off.0.date: /);
  await writeFile(
    path.join(folder, "short.yaml"),
    "year: 2028\nnotice: { reference: x }\noff: [{ date: 2028-01-01, name: 元旦 }]\n",
  );
  const short = await bihuan("calendar", "enter-year", "short.yaml");
  assert.match(short.out, /calendar\.year-invalid/);
  await writeFile(path.join(folder, "pack.yaml"), "key: own\ntitle: { zh: 自有, en: Own }\nrules: [{ key: A }]\n");
  assert.equal((await bihuan("rules", "check", "pack.yaml")).code, 1);
  assert.match((await bihuan("rules", "save", "pack.yaml")).out, /clock\.pack-invalid/);
  assert.match((await bihuan("rules", "adopt", "no-such-pack", "ROOT")).out, /request\.not-found/);
});

test("what is told at the terminal is in its language and in the zone of the wall", async () => {
  const told = async (...words: string[]) => (await run(words, forPeople)).out;
  const history = await told("rules", "history");
  assert.match(history, /^2  2026-03-20 1\d:\d\d {2}/m);
  assert.doesNotMatch(history, /\dZ/);
  const differences = await told("rules", "differences", "2");
  assert.match(differences, /^变更 规则 state-grid-2022\//m);
  assert.match(differences, /^ {4}数值：24 → 30$/m);
  assert.match(differences, /^ {4}计量单位：小时 → 分钟$/m);
  const { code } = await db.one<{ code: string }>(sql`select code from unit where parent_id is null`);
  const refusal = await told("rules", "drop", "house", code);
  assert.match(refusal, /变更后“[\p{Script=Han}]+”的“[\p{Script=Han}]+”将没有任何时限/u);
});

test("packs, history and differences are told", async () => {
  const packs = JSON.parse((await bihuan("rules", "list")).out) as { key: string; origin: string; version: number }[];
  assert.deepEqual(packs.map(({ key, origin, version }) => `${key} ${origin} ${version}`).at(-1), "state-grid-2022 edited 2");
  const history = JSON.parse((await bihuan("rules", "history")).out) as { version: number; note: string }[];
  assert.deepEqual(
    history.map(({ version, note }) => [version, note]),
    [
      [3, "录入 2027 年节假日安排"],
      [2, "收紧投诉时限"],
      [1, "随产品提供的规则与日历 / Rules and calendar that came with the product"],
    ],
  );
  const differences = JSON.parse((await bihuan("rules", "differences", "2")).out) as { what: string; kind: string }[];
  assert.deepEqual(
    differences.map(({ kind, what }) => `${kind} ${what}`),
    ["CHANGED state-grid-2022/complaint-first-contact", "CHANGED state-grid-2022/complaint-handling"],
  );
  const calendar = JSON.parse((await bihuan("calendar", "list")).out) as { years: unknown[] };
  assert.equal(calendar.years.length, 21);
});
