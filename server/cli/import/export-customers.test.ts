import assert from "node:assert/strict";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { PassThrough, Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { after, test } from "node:test";
import { parseArgs } from "node:util";
import { csv, importer } from "../../customer/testing/file.ts";
import { testUnits } from "../../identity/testing/people.ts";
import { sql } from "../../platform/sql.ts";
import { testDatabase } from "../../platform/testing/database.ts";
import { testPlatform } from "../../platform/testing/server.ts";
import { manualTime } from "../../platform/time.ts";
import { type Command, CommandError } from "../command.ts";
import { customerTemplateCommand, exportCustomersCommand } from "./export-customers.ts";
import { importCustomersCommand } from "./import-customers.ts";

const platform = testPlatform(await testDatabase(), manualTime("2026-03-02T00:00:00Z"));
await testUnits(platform);
const load = await importer(platform);
const folder = await mkdtemp(path.join(tmpdir(), "bihuan-cli-export-"));
after(() => rm(folder, { recursive: true, force: true }));

async function bihuan(command: Command, ...words: string[]) {
  assert.ok(command.database !== false);
  const { values, positionals } = parseArgs({ args: words, options: { ...command.options }, allowPositionals: true });
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const told = Promise.all([text(stdout), text(stderr)]);
  let code = 0;
  try {
    code = await command.run({
      platform,
      stdin: Readable.from([]),
      stdout,
      stderr,
      format: "json",
      language: "zh",
      resolve: (file: string) => path.resolve(folder, file),
      options: values as never,
      positionals,
    });
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    stderr.write(error.text.zh);
    code = error.exitCode;
  }
  stdout.end();
  stderr.end();
  const [out, err] = await told;
  return { code, out, err };
}

await load(
  csv(
    ["户号", "户名", "用电类别", "区域类别", "联系电话", "单位编码"],
    ["4301020000017", "王小明", "居民", "城区", "13800138000", "A11"],
    ["4301020000024", "李四", "居民", "城区", "13800138024", "B1"],
  ),
);

test("customers are written masked as the extension says, or in full with a reason that is kept", async () => {
  assert.equal((await bihuan(exportCustomersCommand, "all.csv")).code, 0);
  const masked = await readFile(path.join(folder, "all.csv"), "utf8");
  assert.match(masked, /4301020000017,王\*\*,/);
  assert.match(masked, /4301020000024/);
  assert.equal((await bihuan(exportCustomersCommand, "a.csv", "--unit", "A", "--unmask-reason", "年度台账核对")).code, 0);
  const full = await readFile(path.join(folder, "a.csv"), "utf8");
  assert.match(full, /4301020000017,王小明,/);
  assert.doesNotMatch(full, /4301020000024/);
  const log = await platform.db.rows(sql`select action, principal_kind, reason from access_log order by access_id`);
  assert.deepEqual(log, [
    { action: "EXPORTED", principal_kind: "system", reason: null },
    { action: "EXPORTED", principal_kind: "system", reason: null },
    { action: "PERSONAL_DATA_UNMASKED", principal_kind: "system", reason: "年度台账核对" },
  ]);
});

test("a workbook in full is taken in again; checking it loads nothing", async () => {
  await bihuan(exportCustomersCommand, "all.xlsx", "--unmask-reason", "迁移到新系统");
  const checked = await bihuan(importCustomersCommand, "all.xlsx", "--dry-run");
  const result = JSON.parse(checked.out);
  assert.deepEqual([checked.code, result.loaded, result.rows, result.accountsUnchanged], [0, false, 2, 2], checked.err);
});

test("a template is written; other extensions, units nobody knows and thin reasons are refused", async () => {
  assert.equal((await bihuan(customerTemplateCommand, "template.xlsx")).code, 0);
  const checked = await bihuan(importCustomersCommand, "template.xlsx", "--dry-run", "--unit", "A11");
  assert.deepEqual([checked.code, JSON.parse(checked.out).accountsCreated], [0, 2]);
  assert.equal((await bihuan(exportCustomersCommand, "all.pdf")).code, 2);
  assert.equal((await bihuan(exportCustomersCommand, "all.csv", "--unit", "Q")).code, 1);
  assert.equal((await bihuan(exportCustomersCommand, "all.csv", "--unmask-reason", "看")).code, 1);
});
