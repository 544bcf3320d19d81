// Erasing a customer, and what else is done at the command line: each leaves its entry in the access log.
import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { PassThrough, Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { after, describe, test } from "node:test";
import { parseArgs } from "node:util";
import { intakeForm, people, units } from "@bihuan/core/flow/testing/world.ts";
import { isRefusal } from "@bihuan/core/refusal.ts";
import { business } from "../../business.ts";
import { ensureShippedRules } from "../../clock/shipped.ts";
import { importer } from "../../customer/testing/file.ts";
import { sql } from "../../platform/sql.ts";
import { testDatabase } from "../../platform/testing/database.ts";
import { testPlatform } from "../../platform/testing/server.ts";
import { manualTime } from "../../platform/time.ts";
import { audit } from "../../work-order/audit/audit.ts";
import { actOnOrder } from "../../work-order/commands/act.ts";
import { createIntake } from "../../work-order/commands/take-in.ts";
import { orderPorts } from "../../work-order/ports.ts";
import { ensureMonths, monthsAround } from "../../work-order/store/months.ts";
import { scopeOf, seedOrganisation } from "../../work-order/testing/desk.ts";
import { actingAs } from "../../work-order/world.ts";
import { CommandError } from "../command.ts";
import { commands } from "../commands.ts";

const folder = await mkdtemp(path.join(tmpdir(), "bihuan-erase-"));
after(() => rm(folder, { recursive: true, force: true }));
const time = manualTime("2026-03-20T02:00:00Z");
const db = await testDatabase();
const bare = testPlatform(db, time);
const platform = { ...bare, config: { ...bare.config, dataFolder: folder, attachmentFolder: path.join(folder, "attachments") } };
await seedOrganisation(db);
await ensureShippedRules(platform, business);
await ensureMonths(db, monthsAround(time.nowMs(), 2));
const ports = orderPorts(platform);
const intake = createIntake(platform, ports);
const load = await importer(platform);
await load(
  "户号,户名,用电类别,单位编码,区域类别,地址,联系电话\n10001,张三,居民,U4,城区,解放路1号,13800000001\n10002,李四,居民,U4,城区,解放路2号,\n",
);
const idOf = async (accountNo: string) =>
  (await db.one<{ id: string }>(sql`select customer_id::text id from customer_account where account_no = ${accountNo}`)).id;

let keys = 0;
async function takeIn(customerId: string): Promise<string> {
  const { contactName: _, contactPhone: __, ...form } = intakeForm;
  const taken = await intake.takeIn(actingAs(scopeOf(people.agent)), {
    key: `in-${++keys}`,
    flow: "fault-repair",
    deskUnitId: units.centre,
    form: { ...form, customerId },
  });
  assert.ok(!isRefusal(taken), JSON.stringify(taken));
  return taken.orderId;
}
const withdraw = (orderId: string) =>
  actOnOrder(platform, ports, actingAs(scopeOf(people.agent)), {
    orderId,
    action: "withdraw",
    form: { confirmed: true, reason: "撤回" },
    version: null,
    key: `act-${++keys}`,
  });

async function bihuan(...words: string[]) {
  const command = commands.find((each) => each.path.every((word, index) => words[index] === word));
  assert.ok(command && command.database !== false);
  const { values, positionals } = parseArgs({
    args: words.slice(command.path.length),
    options: { ...command.options },
    allowPositionals: true,
  });
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const told = text(stdout);
  stderr.resume();
  const io = {
    stdin: Readable.from([]),
    stdout,
    stderr,
    format: "text",
    language: "zh",
    resolve: (file: string) => path.resolve(folder, file),
  } as const;
  try {
    const code = await command.run({ ...io, platform, options: values as never, positionals });
    stdout.end();
    return { code, out: await told };
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    return { code: error.exitCode, out: error.text.zh };
  }
}
const logged = () =>
  db.rows<{ action: string; name: string; kind: string; id: string | null; reason: string | null; facts: object }>(sql`
    select action, principal_name as name, record_kind as kind, record_id as id, reason, facts from access_log order by access_id`);

describe("a customer is erased", () => {
  test("not without a reason, not while an order is open, not where there is nobody", async () => {
    const customerId = await idOf("10001");
    const orderId = await takeIn(customerId);
    assert.equal((await bihuan("customer", "erase", customerId)).code, 2);
    const open = await bihuan("customer", "erase", customerId, "--reason", "客户要求删除");
    assert.equal(open.code, 1);
    assert.match(open.out, new RegExp(`该客户还有 1 张在途工单.*\n.*${orderId}`));
    assert.match(
      (await bihuan("customer", "erase", "1019999999999", "--reason", "客户要求删除")).out,
      /没有找到客户 1019999999999/,
    );
    assert.match((await bihuan("customer", "erase", "王", "--reason", "客户要求删除")).out, /没有找到客户 王/);
    await withdraw(orderId);
  });

  test("and his closed orders keep what was said in them, unless they are erased with him", async () => {
    const customerId = await idOf("10001");
    const contacts = () => db.rows<{ name: string | null }>(sql`select name from order_contact where account_no = '10001'`);
    const kept = await bihuan("customer", "erase", customerId, "--reason", "客户要求删除");
    assert.deepEqual([kept.code, /另有 1 张已办结工单/.test(kept.out)], [0, true]);
    assert.deepEqual(await contacts(), [{ name: "张三" }]);
    assert.match((await bihuan("customer", "erase", customerId, "--reason", "客户要求删除")).out, /已删除/);
    await assert.rejects(takeIn(customerId), /customer-unknown/);
  });

  test("with his orders, and the audit finds nothing missing", async () => {
    const customerId = await idOf("10002");
    const orderId = await takeIn(customerId);
    await withdraw(orderId);
    const { code, out } = await bihuan("customer", "erase", customerId, "--with-orders", "--reason", "客户要求删除");
    assert.deepEqual([code, out], [0, `已清除客户 ${customerId} 的个人信息，工单 1 张\n`]);
    const left = await db.rows(sql`select name, address, account_no from order_contact where order_id = ${orderId}`);
    assert.deepEqual(left, [{ name: null, address: null, account_no: null }]);
    assert.deepEqual((await audit(db, ports)).violations, []);
    assert.deepEqual(
      (await logged())
        .filter(({ action }) => action === "PERSONAL_DATA_ERASED")
        .slice(1)
        .map(({ kind, id, reason }) => [kind, id, reason]),
      [
        ["customer", customerId, "客户要求删除"],
        ["order", orderId, "客户要求删除"],
      ],
    );
  });
});

test("signing and exporting digests and taking a backup are in the access log, by whom and of what", async () => {
  const before = (await logged()).length;
  time.set("2026-03-21T02:00:00Z");
  assert.equal((await bihuan("digest", "sign", "--day", "2026-03-20")).code, 0);
  assert.equal((await bihuan("digest", "export", "--from", "2026-03-20", "--to", "2026-03-20")).code, 0);
  assert.equal((await bihuan("backup", "all.tar.gz")).code, 0);
  assert.deepEqual(
    (await logged()).slice(before).map(({ action, name, kind, id, facts }) => [action, name, kind, id, facts]),
    [
      ["DIGEST_SIGNED", "command line", "digest", "2026-03-20", { digests: 1 }],
      ["DIGEST_EXPORTED", "command line", "digest", null, { from: "2026-03-20", to: "2026-03-20", digests: 1 }],
      ["BACKED_UP", "command line", "backup", null, { file: path.join(folder, "all.tar.gz") }],
    ],
  );
});
