import assert from "node:assert/strict";
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { test } from "node:test";
import { gunzipSync, gzipSync } from "node:zlib";
import { people } from "@bihuan/core/flow/testing/world.ts";
import { backup } from "../../platform/archive/backup.ts";
import { restore } from "../../platform/archive/restore.ts";
import { jobs } from "../../platform/jobs/enqueue.ts";
import { schemaDump } from "../../platform/schema-dump.ts";
import { raw, sql } from "../../platform/sql.ts";
import { testDatabase } from "../../platform/testing/database.ts";
import { audit } from "../../work-order/audit/audit.ts";
import { openDesk, seedOrganisation } from "../../work-order/testing/desk.ts";
import type { Database } from "../../platform/database.ts";

const folder = await mkdtemp(path.join(tmpdir(), "bihuan-backup-"));
test.after(() => rm(folder, { recursive: true, force: true }));
const db = await testDatabase();
await seedOrganisation(db);
const desk = await openDesk(db);
const orders = await Promise.all(Array.from({ length: 20 }, () => desk.takeIn()));
for (const { orderId } of orders.slice(0, 5))
  await desk.act(people.agent, orderId, "note", { note: "客户来电,\t制表\n换行 \\N" });
await jobs.addJob(db, "notice.send", { orderId: "1" });
const attachmentFolder = path.join(folder, "attachments");
await mkdir(path.join(attachmentFolder, "2026"), { recursive: true });
await writeFile(path.join(attachmentFolder, "2026", `${"长".repeat(30)}.bin`), Buffer.alloc(100_000, 7));
await writeFile(path.join(attachmentFolder, "empty"), "");

const file = path.join(folder, "backup.tar.gz");
const taken = await backup({ db, file, attachmentFolder, product: "test", nowMs: desk.time.nowMs() });

// Everything there is, to be compared: rows as text, in the order of their text.
async function everything(of: Database) {
  const tables = await of.rows<{ name: string }>(sql`
    select c.oid::regclass::text as name from pg_class c where c.relkind in ('r', 'p') and not c.relispartition
      and c.relnamespace in ('public'::regnamespace, 'graphile_worker'::regnamespace) and c.relname not in ('schema_migration', 'migrations') order by 1`);
  const content: Record<string, unknown> = {};
  for (const { name } of tables)
    content[name] = (await of.rows(sql`select t::text as row from ${raw(name)} t order by 1`)).map(
      (row) => (row as { row: string }).row,
    );
  const sequences = await of.rows(
    sql`select schemaname, sequencename, last_value from pg_sequences where schemaname in ('public', 'graphile_worker') order by 1, 2`,
  );
  return { content, sequences, schema: await schemaDump(of) };
}

test("a backup comes back whole: rows, sequences, triggers, references, attachments; and the audit finds nothing", async () => {
  const target = await testDatabase({ empty: true });
  const restoredFolder = path.join(folder, "restored");
  const totals = await restore({ db: target, file, attachmentFolder: restoredFolder });
  assert.deepEqual(totals, taken);
  assert.deepEqual(await everything(target), await everything(db));
  assert.deepEqual(
    (await readdir(restoredFolder, { recursive: true })).sort(),
    (await readdir(attachmentFolder, { recursive: true })).sort(),
  );
  assert.equal((await readFile(path.join(restoredFolder, "2026", `${"长".repeat(30)}.bin`))).length, 100_000);
  const result = await audit(target, desk.ports);
  assert.equal(result.orders, 20);
  assert.deepEqual(result.violations, []);
  await assert.rejects(target.run(sql`update order_event set seq = seq`), /append-only/);
});

test("what is taken in while it is taken is in it whole or not at all", async () => {
  const busy = path.join(folder, "busy.tar.gz");
  const meanwhile: Promise<unknown>[] = [];
  const taken = await backup({
    db,
    file: busy,
    attachmentFolder,
    product: "test",
    nowMs: desk.time.nowMs(),
    onTable: () => meanwhile.push(desk.takeIn()),
  });
  await Promise.all(meanwhile);
  assert.ok(meanwhile.length > 20, "work went on all the while");
  const target = await testDatabase({ empty: true });
  await restore({ db: target, file: busy, attachmentFolder: path.join(folder, "busy") });
  const { orders, violations } = await audit(target, desk.ports);
  assert.deepEqual([orders, violations], [20, []]);
  assert.equal(taken.tables.find(({ name }) => name === "public.work_order")?.rows, 20);
  assert.equal((await audit(db, desk.ports)).orders, 20 + meanwhile.length);
});

test("only its owner may read a backup, and an unfinished one has another name", async () => {
  assert.equal((await stat(file)).mode & 0o777, 0o600);
  const broken = path.join(folder, "broken.tar.gz");
  const unreadable = path.join(folder, "not-a-folder");
  await writeFile(unreadable, "");
  await assert.rejects(backup({ db, file: broken, attachmentFolder: unreadable, product: "test", nowMs: 0 }));
  assert.deepEqual(
    (await readdir(folder)).filter((name) => name.startsWith("broken")),
    [],
  );
  await assert.rejects(backup({ db, file, attachmentFolder, product: "test", nowMs: 0 }), /there already/);
});

test("what is not an empty database is left alone", async () => {
  const before = await everything(db);
  await assert.rejects(restore({ db, file, attachmentFolder: path.join(folder, "none") }), {
    name: "RestoreError",
    reason: "not-empty",
  });
  assert.deepEqual(await everything(db), before);
});

test("a damaged backup leaves the database empty, to be tried again", async () => {
  const target = await testDatabase({ empty: true });
  const plain = gunzipSync(await readFile(file));
  const packed = async (name: string, content: Buffer) => {
    const damaged = path.join(folder, name);
    await writeFile(damaged, content);
    return damaged;
  };
  const altered = Buffer.from(plain);
  const at = altered.indexOf("城东供电所");
  assert.ok(at > 0);
  altered[at + 2] = 0x8f; // another character in a row's text
  const whole = await readFile(file);
  for (const damaged of [
    await packed("cut.gz", whole.subarray(0, whole.length - 2000)),
    await packed("altered.gz", gzipSync(altered)),
    await packed("no-totals.gz", gzipSync(plain.subarray(0, plain.length - 50_000))),
    await packed("other.gz", gzipSync(Buffer.from("something else entirely".repeat(100)))),
    await packed("plain.gz", Buffer.from("not packed at all")),
  ]) {
    const restoredFolder = path.join(folder, "never");
    await assert.rejects(
      restore({ db: target, file: damaged, attachmentFolder: restoredFolder }),
      { name: "RestoreError", reason: "damaged" },
      damaged,
    );
    const { count } = await target.one<{ count: number }>(
      sql`select count(*)::int as count from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p', 'S')`,
    );
    assert.equal(count, 0);
    assert.equal(await stat(restoredFolder).catch(() => null), null);
  }
  // One that was killed half-way left its mark: the next try clears up and goes on.
  await target.run(sql`create table restore_unfinished ()`);
  await target.run(sql`create table half_restored (id int)`);
  await restore({ db: target, file, attachmentFolder: path.join(folder, "second") });
  assert.equal((await target.one<{ orders: number }>(sql`select count(*)::int as orders from work_order`)).orders, 20);
});

test("a backup with another schema is refused before anything is loaded", async () => {
  const other = path.join(folder, "other-version.tar.gz");
  await db.run(sql`insert into schema_migration (name) values ('9999_later.sql')`);
  await backup({ db, file: other, attachmentFolder, product: "9.9.9", nowMs: 0 });
  await db.run(sql`delete from schema_migration where name = '9999_later.sql'`);
  const target = await testDatabase({ empty: true });
  await assert.rejects(restore({ db: target, file: other, attachmentFolder: path.join(folder, "none") }), {
    reason: "other-version",
    message: /9\.9\.9.*9999_later/,
  });
});
