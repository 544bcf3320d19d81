import assert from "node:assert/strict";
import { test } from "node:test";
import type { z } from "zod";
import type { AccessEntry } from "@bihuan/contract/identity-access.ts";
import { instant, sql } from "../../platform/sql.ts";
import { loadConfig } from "../../platform/config.ts";
import { identityOffice } from "../testing/office.ts";
import { type Caller, signedIn } from "../testing/people.ts";
import { type Actor, pruneAccessLog, recordAccess, recordUnmasking, systemActor } from "./commands.ts";

type Page = { entries: z.output<typeof AccessEntry>[]; next: string | null };
const { db, time, platform, call, id } = await identityOffice("2026-09-15T00:00:00Z");

const auditor = await signedIn(platform, [["AUDIT_ADMIN", id("P")]]);
const cityAuditor = await signedIn(platform, [["AUDIT_ADMIN", id("A")]]);
const actor = (unit: string | null): Actor => ({
  kind: "staff",
  id: 4711,
  name: "王芳",
  unitId: unit === null ? null : id(unit),
  address: "10.0.0.1",
});
const read = async (by: Caller, query = ""): Promise<Page> => (await call(by, "GET", `/access-log?${query}`)).body;

test("an auditor reads what the people of the unit and below did, a city's nothing of another's", async () => {
  await recordAccess(db, time.nowMs(), actor("A1"), { action: "EXPORTED", recordKind: "order", facts: { rows: 12 } });
  await recordAccess(db, time.nowMs(), actor("B1"), { action: "EXPORTED", recordKind: "order" });
  await recordAccess(db, time.nowMs(), systemActor("job"), { action: "EXPORTED" });
  assert.equal((await read(auditor, "action=EXPORTED")).entries.length, 3);
  const mine = await read(cityAuditor, "action=EXPORTED");
  assert.deepEqual(
    mine.entries.map((entry) => [entry.unitId, entry.facts]),
    [[id("A1"), { rows: 12 }]],
  );
});

test("unmasking needs a reason and leaves one entry for each field, with it", async () => {
  const seen = { recordKind: "customer", recordId: 88, fields: ["phone", "address"] };
  const before = (await read(auditor, "recordKind=customer")).entries.length;
  const refused = await recordUnmasking(db, time.nowMs(), actor("A1"), { ...seen, reason: " x " });
  assert.equal(refused?.refused, "identity.reason-required");
  assert.equal((await read(auditor, "recordKind=customer")).entries.length, before);
  assert.equal(await recordUnmasking(db, time.nowMs(), actor("A1"), { ...seen, reason: "回访前核对地址" }), null);
  const { entries } = await read(auditor, "recordKind=customer&recordId=88");
  assert.deepEqual(
    entries.map((entry) => [entry.action, entry.field, entry.reason]),
    [
      ["PERSONAL_DATA_UNMASKED", "address", "回访前核对地址"],
      ["PERSONAL_DATA_UNMASKED", "phone", "回访前核对地址"],
    ],
  );
});

test("pages follow one another without gap or repetition, even among entries of one instant", async () => {
  await recordAccess(
    db,
    time.nowMs(),
    actor("A2"),
    Array.from({ length: 25 }, (_, index) => ({
      action: "ATTACHMENT_DOWNLOADED" as const,
      recordKind: "attachment",
      recordId: index,
    })),
  );
  const seen: string[] = [];
  let cursor: string | null = null;
  do {
    const page: Page = await read(auditor, `action=ATTACHMENT_DOWNLOADED&limit=7${cursor ? `&cursor=${cursor}` : ""}`);
    seen.push(...page.entries.map((entry) => entry.recordId as string));
    cursor = page.next;
  } while (cursor);
  assert.deepEqual(
    seen,
    Array.from({ length: 25 }, (_, index) => String(24 - index)),
  );
});

test("entries are found by time, account and record; reading the log is itself recorded", async () => {
  const person = await signedIn(platform, [["HANDLER", id("A1")]], { account: "qian.er", name: "钱二" });
  await recordAccess(db, time.nowMs(), { ...actor("A1"), id: person.id, name: "钱二" }, { action: "SIGN_IN" });
  const found = (await read(auditor, "account=Qian.Er&action=SIGN_IN")).entries;
  assert.deepEqual(
    found.map((entry) => [entry.principalName, entry.account]),
    [["钱二", "qian.er"]],
  );
  const at = instant(time.nowMs());
  assert.equal((await read(auditor, `account=qian.er&action=SIGN_IN&from=${at}`)).entries.length, 1);
  assert.equal((await read(auditor, `account=qian.er&action=SIGN_IN&to=${at}`)).entries.length, 0);
  assert.deepEqual((await read(auditor, "from=0000-01-01T00:00:00Z&limit=1")).entries.length, 1, "no year breaks it");
  assert.deepEqual((await read(auditor, "to=9999-12-31T23:59:59-23:59&limit=1")).entries.length, 1);
  const readings = (await read(auditor, `action=ACCESS_LOG_READ&principalId=${auditor.id}`)).entries;
  assert.ok(readings.length > 3);
});

test("an entry names the person or unit it is about", async () => {
  const person = await signedIn(platform, [["HANDLER", id("A1")]], { account: "sun.san", name: "孙三" });
  const about = (recordKind: string, recordId: number | string) => ({ action: "UNLOCKED" as const, recordKind, recordId });
  const records = [about("staff", person.id), about("unit", id("A1")), about("address", "10.0.0.1"), about("staff", 4_711_000)];
  await recordAccess(db, time.nowMs(), actor("P"), records);
  const [unit] = await db.rows<{ name: string }>(sql`select name from unit where unit_id = ${id("A1")}`);
  const { entries } = await read(auditor, "action=UNLOCKED");
  assert.deepEqual(entries.map(({ recordName }) => recordName).toReversed(), ["孙三 sun.san", unit?.name, null, null]);
});

test("entries can be neither altered nor removed nor truncated", async () => {
  await assert.rejects(db.run(sql`update access_log set reason = 'x'`), /append-only/);
  await assert.rejects(db.run(sql`delete from access_log`), /append-only/);
  await assert.rejects(db.run(sql`truncate access_log`), /append-only/);
});

test("entries are kept for the months configured, at least six, and pruning says what it removed", async () => {
  const at = (text: string) => Date.parse(text);
  await recordAccess(db, at("2026-03-14T23:59:59.999Z"), actor("A1"), { action: "SIGN_OUT", recordId: "old" });
  await recordAccess(db, at("2026-03-15T00:00:00Z"), actor("B1"), { action: "SIGN_OUT", recordId: "kept" });
  await assert.rejects(pruneAccessLog(db, time.nowMs(), 5), RangeError);
  assert.throws(() => loadConfig({ BIHUAN_ACCESS_LOG_MONTHS: "5" }, "/"), /BIHUAN_ACCESS_LOG_MONTHS/);
  assert.equal(await pruneAccessLog(db, time.nowMs(), 6), 1);
  assert.deepEqual(
    (await read(auditor, "action=SIGN_OUT")).entries.map((entry) => entry.recordId),
    ["kept"],
  );
  const [told] = (await read(auditor, "action=ACCESS_LOG_PRUNED")).entries;
  assert.deepEqual(told?.facts, { entries: 1, keepMonths: 6 });
});
