// Rulebooks on a real database: shipped, drafted, dry-run, published, and the open orders bound to them.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { CalendarYearEntry } from "@bihuan/contract/calendar.ts";
import type { RulebookChange } from "@bihuan/contract/clock.ts";
import { isRefusal } from "@bihuan/core/refusal.ts";
import { calendarState } from "../calendar/queries.ts";
import { currentTree, forgetTree } from "../identity/organisation/tree.ts";
import { sql } from "../platform/sql.ts";
import { testDatabase } from "../platform/testing/database.ts";
import { testPlatform } from "../platform/testing/server.ts";
import { manualTime } from "../platform/time.ts";
import { createDraft, publishDraft, tokenOf } from "./draft/drafts.ts";
import { DRY_RUN_JOB, REBIND_JOB } from "./job-names.ts";
import { clockJobs, rebindOrders, runDryRun } from "./jobs.ts";
import { currentVersion, draftRow, packHistory, rulebookRow, rulebookState } from "./queries.ts";
import { rulebooksOf } from "./rulebooks.ts";
import { ensureShippedRules } from "./shipped.ts";
import { type FakeOrders, fakeOrders } from "./testing/fake-orders.ts";
import { sampleBusiness } from "./testing/sample-business.ts";
import { verifyRulebooks } from "./verify.ts";

const shanghai = (text: string): number => Date.parse(`${text.replace(" ", "T")}:00+08:00`);
const NOW = shanghai("2026-03-04 12:00"); // a Wednesday
const time = manualTime(NOW);

const db = await testDatabase();
const platform = testPlatform(db, time);
await ensureShippedRules(platform, sampleBusiness);
const commandLine = { scope: null };
let orders: FakeOrders;

const parts = () => ({ platform, world: { ...sampleBusiness, openOrders: orders } });
const freshOrders = () => {
  orders = fakeOrders(sampleBusiness, (versions) => rulebooksOf(db).of(db, versions));
};

async function dryRun(changes: readonly RulebookChange[]) {
  const baseVersion = await currentVersion(db);
  const draftId = await createDraft(platform, sampleBusiness, await currentTree(platform), commandLine, { baseVersion, changes });
  assert.ok(!isRefusal(draftId), JSON.stringify(draftId));
  await runDryRun(parts(), draftId);
  const draft = await draftRow(db, draftId);
  assert.ok(draft?.result);
  return { draftId, draft, result: draft.result };
}

async function refusalOf(changes: readonly RulebookChange[], baseVersion?: number): Promise<string> {
  const base = baseVersion ?? (await currentVersion(db));
  const draft = await createDraft(platform, sampleBusiness, await currentTree(platform), commandLine, {
    baseVersion: base,
    changes,
  });
  assert.ok(isRefusal(draft), "it should have been refused");
  return draft.refused;
}

async function publish(draftId: string, token?: string) {
  const draft = await draftRow(db, draftId);
  return publishDraft(platform, await currentTree(platform), commandLine, {
    draftId,
    token: token ?? (draft && tokenOf(draft)) ?? "",
    note: "test",
  });
}

async function publishChanges(changes: readonly RulebookChange[]): Promise<number> {
  const { draftId } = await dryRun(changes);
  const version = await publish(draftId);
  assert.ok(typeof version === "number", JSON.stringify(version));
  return version;
}

const houseYaml = async (change: (yaml: string) => string): Promise<RulebookChange> => {
  const house = (await rulebookState(db, await currentVersion(db))).packs.find(({ key }) => key === "house");
  assert.ok(house);
  return { kind: "save-pack", yaml: change(house.yaml), baseVersion: house.version };
};
const dispatchMinutes = (minutes: number) =>
  houseYaml((yaml) => yaml.replace(/slot: dispatch, amount: \d+/, `slot: dispatch, amount: ${minutes}`));

const facts = { areaClass: "URBAN", identity: "NAMED", origin: "HOTLINE_95598", urgency: "GENERAL", organisationPath: [1] };
const complaintFacts = { ...facts, flow: "complaint" };

test("a fresh installation gets its packs, its calendars and rulebook 1, once", async () => {
  await ensureShippedRules(platform, sampleBusiness);
  assert.equal(await currentVersion(db), 1);
  const packs = await packHistory(db);
  assert.deepEqual(
    packs.map(({ key, version, origin }) => `${key} ${version} ${origin}`),
    [
      "house 1 shipped",
      "province-example 1 shipped",
      "regulation 1 shipped",
      "southern-grid-2017 1 shipped",
      "state-grid-2011 1 shipped",
      "state-grid-2022 1 shipped",
    ],
  );
  const state = await calendarState(db);
  assert.deepEqual([state.years.length, state.layers.length], [20, 1]);
  assert.deepEqual((await rulebookState(db, 1)).calendar, state);
});

test("several processes that start together make one rulebook", async () => {
  await Promise.all([1, 2, 3].map(() => ensureShippedRules(platform, sampleBusiness)));
  const { count } = await db.one<{ count: number }>(sql`select count(*)::int as count from rulebook`);
  assert.equal(count, 1);
});

test("the dry run counts exactly what publishing then does", async () => {
  freshOrders();
  const version = await currentVersion(db);
  // Waiting for dispatch since 5, 15 and 60 minutes (the last is overdue by 20), one dispatched already, one fault repair.
  for (const minutes of [5, 15, 60])
    orders.open({ unitId: 1, facts: complaintFacts, rulebookVersion: version, openedAtMs: NOW - minutes * 60_000 });
  orders.open({
    unitId: 1,
    facts: complaintFacts,
    rulebookVersion: version,
    openedAtMs: NOW - 600_000,
    steps: [["dispatch", NOW - 300_000]],
  });
  orders.open({ unitId: 1, facts: { ...facts, flow: "fault-repair" }, rulebookVersion: version, openedAtMs: NOW - 60_000 });
  const change = await dispatchMinutes(10);
  // State Grid's own rules limit the dispatch of both flows, so the house's change reaches nobody yet.
  assert.equal((await dryRun([change])).result.moved, 0);

  const drop: RulebookChange = { kind: "drop-pack", key: "state-grid-2022", unitId: 1 };
  const { draftId, result } = await dryRun([change, drop]);
  assert.deepEqual(
    [result.ordersChecked, result.moved, result.becomeOverdue, result.noLongerOverdue],
    [5, 5, 1, 0],
    "all five lose a promise or an internal limit; the one of 15 minutes ago has missed its 10 minutes",
  );
  assert.deepEqual(result.byFlow.map(({ flow, moved }) => `${flow} ${moved}`).toSorted(), ["complaint 4", "fault-repair 1"]);
  assert.ok(result.examples.some(({ effect, slot }) => effect === "BECOMES_OVERDUE" && slot === "dispatch"));
  assert.ok(result.clocksRemoved > 0);

  const published = await publish(draftId);
  assert.equal(published, version + 1);
  assert.equal(await rebindOrders(parts(), version + 1), result.moved);
  assert.equal((await rulebookRow(db, version + 1))?.rebound, result.moved);
  assert.equal(await rebindOrders(parts(), version + 1), 0, "a second time binds nobody");
  await publishChanges([{ kind: "adopt-pack", key: "state-grid-2022", unitId: 1 }]);
});

test("orders that no changed rule concerns are passed by without reading their histories", async () => {
  freshOrders();
  const version = await currentVersion(db);
  const waiting = orders.open({
    unitId: 1,
    facts: { ...facts, flow: "fault-repair", areaClass: null },
    rulebookVersion: version,
    openedAtMs: NOW,
  });
  for (let n = 0; n < 50; n++)
    orders.open({ unitId: 1, facts: complaintFacts, rulebookVersion: version, openedAtMs: NOW, steps: [["contact", NOW]] });
  const change = await houseYaml((yaml) => yaml.replace("slot: arrival, amount: 120, <<", "slot: arrival, amount: 100, <<"));
  const { result } = await dryRun([change]);
  assert.equal(result.moved, 1);
  assert.deepEqual([...orders.read], [waiting]);
});

test("what is saved is what was shown: another token, or another rulebook in between, publishes nothing", async () => {
  freshOrders();
  const version = await currentVersion(db);
  const first = await dryRun([await dispatchMinutes(21)]);
  const second = await dryRun([await dispatchMinutes(22)]);
  const wrong = await publish(first.draftId, tokenOf(second.draft) ?? "");
  assert.ok(isRefusal(wrong) && wrong.refused === "clock.draft-token-wrong");

  const results = await Promise.all([publish(first.draftId), publish(second.draftId)]);
  assert.deepEqual(
    results.filter((result) => typeof result === "number"),
    [version + 1],
  );
  const refused = results.find(isRefusal);
  assert.deepEqual([refused?.refused, refused?.facts["currentVersion"]], ["clock.rulebook-changed", version + 1]);
  assert.equal(await currentVersion(db), version + 1);
  assert.equal(await refusalOf([await dispatchMinutes(23)], version), "clock.rulebook-changed");
  const again = await publish(first.draftId);
  assert.ok(isRefusal(again));
});

test("an edited pack stays in force when the product brings a newer text", async () => {
  const state = await rulebookState(db, await currentVersion(db));
  const edited = state.packs.find(({ key }) => key === "house");
  assert.equal(edited?.origin, "edited");
  await db.run(sql`insert into rule_pack (pack_key, version, origin, yaml, document, saved_at)
    select pack_key, 99, 'shipped', yaml || ' ', document, saved_at from rule_pack where pack_key = 'house' and version = 1`);
  await ensureShippedRules(platform, sampleBusiness);
  const after = await rulebookState(db, await currentVersion(db));
  assert.equal(after.packs.find(({ key }) => key === "house")?.version, edited?.version);
  assert.equal(await refusalOf([{ kind: "take-shipped-pack", key: "regulation" }]), "clock.pack-not-shipped");
  await publishChanges([{ kind: "take-shipped-pack", key: "house" }]);
  assert.equal((await rulebookState(db, await currentVersion(db))).packs.find(({ key }) => key === "house")?.version, 99);
});

test("changes that cannot stand are refused, and nothing is saved", async () => {
  const before = await currentVersion(db);
  assert.equal(await refusalOf([await houseYaml((yaml) => yaml.replace("amount: 20", "amount: -1"))]), "clock.pack-invalid");
  assert.equal(await refusalOf([{ kind: "save-pack", yaml: "key: [", baseVersion: null }]), "clock.pack-invalid");
  const stale = await dispatchMinutes(44);
  assert.equal(await refusalOf([{ ...stale, baseVersion: 1 } as RulebookChange]), "clock.pack-changed");
  assert.equal(await refusalOf([await houseYaml((yaml) => yaml)]), "clock.nothing-changes");
  assert.equal(await refusalOf([{ kind: "adopt-pack", key: "house", unitId: 1 }]), "clock.pack-adopted-already");
  assert.equal(await refusalOf([{ kind: "adopt-pack", key: "house", unitId: 4711 }]), "request.not-found");
  assert.equal(await refusalOf([{ kind: "drop-pack", key: "province-example", unitId: 1 }]), "clock.pack-not-adopted");
  assert.equal(await refusalOf([{ kind: "drop-pack", key: "house", unitId: 1 }]), "clock.slot-without-limit");
  assert.equal(
    await refusalOf([
      {
        kind: "calendar-hours",
        unitId: null,
        hours: [{ from: "14:00", to: "12:00" }],
        week: [true, true, true, true, true, false, false],
      },
    ]),
    "calendar.hours-invalid",
  );
  assert.equal(await refusalOf([{ kind: "calendar-hours", unitId: null, hours: null, week: null }]), "calendar.hours-invalid");
  assert.equal(await refusalOf([{ kind: "calendar-year", entry: { ...year2027, makeUp: [] } }]), "calendar.year-invalid");
  assert.equal(await currentVersion(db), before);
});

const dates = (...lists: string[]) =>
  lists.flatMap((list) => list.split(" ")).map((date) => ({ date, name: { zh: "节日", en: "Holiday" } }));
/** An arrangement made up for the test, with thirteen days. */
const year2027: CalendarYearEntry = {
  year: 2027,
  off: dates(
    "2027-01-01 2027-02-05 2027-02-06 2027-02-07 2027-02-08 2027-02-09 2027-02-10 2027-02-11",
    "2027-04-05 2027-05-01 2027-05-02 2027-05-03 2027-05-04 2027-06-09 2027-09-15",
    "2027-10-01 2027-10-02 2027-10-03 2027-10-04 2027-10-05 2027-10-06",
  ),
  makeUp: dates("2027-02-14", "2027-10-09"),
  extraDays: 0,
  notice: { reference: "测试", urls: [], announcedOn: null },
};

test("entering the announced year makes provisional deadlines firm, and moves those it touches", async () => {
  freshOrders();
  const version = await currentVersion(db);
  time.set(shanghai("2026-12-28 12:00"));
  const openedAtMs = shanghai("2026-12-28 09:00");
  const firm = orders.open({
    unitId: 1,
    facts: complaintFacts,
    rulebookVersion: version,
    openedAtMs: shanghai("2026-12-21 09:00"),
    steps: [["contact", shanghai("2026-12-21 10:00")]],
  });
  orders.open({
    unitId: 1,
    facts: { ...facts, flow: "fault-repair" },
    rulebookVersion: version,
    openedAtMs: shanghai("2026-12-28 11:50"),
  });
  const touched = orders.open({ unitId: 1, facts: complaintFacts, rulebookVersion: version, openedAtMs });
  const { result, draftId } = await dryRun([{ kind: "calendar-year", entry: year2027 }]);
  // New Year's Day is off now: what was counted over it moves by a day, all else becomes firm.
  assert.equal(result.moved, 2);
  assert.ok(result.clocksLater >= 2);
  assert.equal(await publish(draftId), version + 1);
  const bound = await rebindOrders(parts(), version + 1);
  assert.equal(bound, 2);
  assert.ok(orders.read.has(touched) && orders.read.has(firm));
  const rulebook = await rulebooksOf(db).current(db);
  assert.equal(rulebook.version, version + 1);
  assert.equal((await calendarState(db)).years.at(-1)?.year, 2027);
  time.set(NOW);
});

test("a unit's own day off reaches that unit and no other", async () => {
  freshOrders();
  const { unitId } = await db.one<{ unitId: number }>(sql`
    insert into unit (code, name, kind, parent_id, region_id, created_at, changed_at) values ('C1', '甲市', 'CITY', 1, 101, now(), now()) returning unit_id as "unitId"`);
  forgetTree(db);
  const version = await currentVersion(db);
  const openedAtMs = shanghai("2026-03-04 10:00");
  const local = orders.open({
    unitId,
    facts: { ...complaintFacts, organisationPath: [unitId, 1] },
    rulebookVersion: version,
    openedAtMs,
  });
  orders.open({ unitId: 1, facts: complaintFacts, rulebookVersion: version, openedAtMs });
  const closed = { date: "2026-03-06", working: false, name: { zh: "台风停工", en: "Typhoon" }, hours: null };
  const { result, draftId } = await dryRun([{ kind: "calendar-dates", unitId, set: [closed], clear: [] }]);
  assert.deepEqual([result.moved, result.byUnit.map(({ unitName }) => unitName)], [1, ["甲市"]]);
  assert.deepEqual([...orders.read], [local]);
  assert.equal(typeof (await publish(draftId)), "number");
  const state = await calendarState(db);
  assert.deepEqual(
    state.layers.map((layer) => [layer.unitId, layer.overrides.length]),
    [
      [null, 0],
      [unitId, 1],
    ],
  );
  await publishChanges([{ kind: "calendar-dates", unitId, set: [], clear: ["2026-03-06"] }]);
  assert.equal((await calendarState(db)).layers.length, 1, "a layer that rules nothing any more is gone");
});

test("the open orders are bound in two rounds, the second for those taken in while the first ran", async () => {
  freshOrders();
  const version = await currentVersion(db);
  const open = () => orders.open({ unitId: 1, facts: complaintFacts, rulebookVersion: version, openedAtMs: time.nowMs() });
  open();
  const published = await publishChanges([{ kind: "drop-pack", key: "state-grid-2022", unitId: 1 }]);
  const handler = clockJobs(platform, parts().world)[REBIND_JOB];
  assert.ok(handler);
  await handler({ version: published }, { id: "1", attempt: 1 });
  assert.deepEqual([(await rulebookRow(db, published))?.rebinding, (await rulebookRow(db, published))?.rebound], ["RUNNING", 1]);
  open(); // it had read the rulebook before, and was committed after the first round
  const second = await db.one<{ payload: { version: number; sinceMs: number }; runAt: number }>(sql`
    select payload, run_at as "runAt" from graphile_worker._private_jobs where payload->>'sinceMs' is not null order by id desc limit 1`);
  assert.equal(second.runAt, time.nowMs() + 60_000);
  await handler(second.payload, { id: "2", attempt: 1 });
  assert.deepEqual([(await rulebookRow(db, published))?.rebinding, (await rulebookRow(db, published))?.rebound], ["DONE", 2]);
  await publishChanges([{ kind: "adopt-pack", key: "state-grid-2022", unitId: 1 }]);
  await handler({ version: published }, { id: "3", attempt: 1 });
  assert.equal((await rulebookRow(db, published))?.rebound, 2, "a rulebook that was followed by another binds nobody any more");
});

test("a dry run that cannot read the orders fails after its last attempt, and can be discarded", async () => {
  freshOrders();
  const baseVersion = await currentVersion(db);
  const draftId = await createDraft(platform, sampleBusiness, await currentTree(platform), commandLine, {
    baseVersion,
    changes: [await dispatchMinutes(33)],
  });
  assert.ok(!isRefusal(draftId));
  const broken = { ...orders, estimate: () => Promise.reject(new Error("no orders")) };
  const handler = clockJobs(platform, { ...sampleBusiness, openOrders: broken })[DRY_RUN_JOB];
  for (const [attempt, state] of [
    [1, "RUNNING"],
    [3, "FAILED"],
  ] as const) {
    await assert.rejects(async () => handler?.({ draftId }, { id: "1", attempt }), /no orders/);
    assert.equal((await draftRow(db, draftId))?.state, state);
  }
  const refused = await publish(draftId);
  assert.ok(isRefusal(refused) && refused.refused === "clock.draft-not-ready");
});

test("the audit finds a rulebook or a calendar that was changed behind its back", async () => {
  assert.deepEqual(await verifyRulebooks(db), []);
  await db.run(sql`update calendar_day set working = not working where date = '2026-10-01'`);
  const newest = await currentVersion(db);
  assert.deepEqual(await verifyRulebooks(db), [{ version: newest, kind: "CALENDAR" }]);
  await db.run(sql`update calendar_day set working = not working where date = '2026-10-01'`);
  await db.transaction(async (tx) => {
    await tx.run(sql`alter table rulebook disable trigger rulebook_immutable`);
    await tx.run(sql`update rulebook set definition = jsonb_set(definition, '{zone}', '"UTC"') where version = 2`);
    await tx.run(sql`alter table rulebook enable trigger rulebook_immutable`);
  });
  assert.deepEqual(await verifyRulebooks(db), [{ version: 2, kind: "HASH" }]);
});

test("a published rulebook cannot be changed", async () => {
  await assert.rejects(db.run(sql`update rulebook set note = 'x' where version = 1`), /does not change/);
  await assert.rejects(db.run(sql`delete from rulebook where version = 1`), /does not change/);
});

test("a dry run names the rules that apply with equal right, and which of them would count", async () => {
  freshOrders();
  const southern = await dryRun([{ kind: "adopt-pack", key: "southern-grid-2017", unitId: 1 }]);
  const tie = southern.result.ties.find(({ en }) => en.includes("Arrival") || en.includes("Complaint"));
  assert.match(tie?.zh ?? "", /同等适用，将以前者为准/);
  assert.match(tie?.en ?? "", /apply with equal right; the first will count/);
  assert.deepEqual((await dryRun([await dispatchMinutes(23)])).result.ties, []);
});
