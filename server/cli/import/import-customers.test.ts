import assert from "node:assert/strict";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { PassThrough, Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { after, test } from "node:test";
import { gzipSync } from "node:zlib";
import { parseArgs } from "node:util";
import { testUnits } from "../../identity/testing/people.ts";
import { sql } from "../../platform/sql.ts";
import { testDatabase } from "../../platform/testing/database.ts";
import { testPlatform } from "../../platform/testing/server.ts";
import { manualTime } from "../../platform/time.ts";
import { CommandError } from "../command.ts";
import { importCustomersCommand as command } from "./import-customers.ts";

const examples = path.join(import.meta.dirname, "../../../docs/examples");
const platform = testPlatform(await testDatabase(), manualTime("2026-03-02T00:00:00Z"));
await testUnits(platform);
const folder = await mkdtemp(path.join(tmpdir(), "bihuan-cli-customers-"));
after(() => rm(folder, { recursive: true, force: true }));

/** Runs `bihuan import customers` on the test database; `format` json unless told otherwise. */
async function bihuan(words: string[], format: "json" | "text" = "json", language: "zh" | "en" = "en") {
  assert.ok(command.database !== false);
  const { values, positionals } = parseArgs({ args: words, options: { ...command.options }, allowPositionals: true });
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const told = Promise.all([text(stdout), text(stderr)]);
  const io = {
    stdin: Readable.from([]),
    stdout,
    stderr,
    format,
    language,
    resolve: (file: string) => path.resolve(folder, file),
  };
  let code = 0;
  try {
    code = await command.run({ ...io, platform, options: values as never, positionals });
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    stderr.write(error.text[language]);
    code = error.exitCode;
  }
  stdout.end();
  stderr.end();
  const [out, err] = await told;
  return { code, out, err };
}
const write = async (name: string, content: string | Uint8Array) => {
  await writeFile(path.join(folder, name), content);
  return name;
};

test("the example file is loaded, and a second time nothing changes", async () => {
  const sample = path.join(examples, "sample-customers.csv");
  const first = await bihuan([sample, "--unit", "A11"]);
  const result = JSON.parse(first.out);
  assert.deepEqual([first.code, result.rows, result.accountsCreated, result.refused, result.remarks], [0, 6, 6, [], []]);
  assert.match(first.err, /reading 100 %  6 rows/);
  const again = JSON.parse((await bihuan([await write("packed", gzipSync(await readFile(sample))), "--unit", "A11"])).out);
  assert.deepEqual([again.accountsCreated, again.accountsChanged, again.accountsUnchanged], [0, 0, 6]);
  const entries = await platform.db.rows(sql`select action, record_kind from access_log order by access_id`);
  assert.deepEqual(
    entries,
    Array.from({ length: 2 }, () => ({ action: "DATA_IMPORTED", record_kind: "customer" })),
  );
});

test("the example mapping fits a file of another system", async () => {
  const file = await write(
    "other.csv",
    "用户编号,用户名称,用电类别,电压等级,区域类别,所属台区,管理单位,特殊需求\n5500000001,李四,城镇居民生活用电,01,2,T9,A11,居家呼吸机\n",
  );
  const { code, out } = await bihuan([file, "--mapping", path.join(examples, "customers.yaml")]);
  assert.equal(code, 0);
  assert.deepEqual(JSON.parse(out).refused, []);
  const needs = await platform.db.rows(sql`
    select n.kind, a.voltage, a.area_class from special_need n join customer_account a using (region_id, customer_id) where a.account_no = '5500000001'`);
  assert.deepEqual(needs, [{ kind: "LIFE_SUPPORT", voltage: "V220", area_class: "RURAL" }]);
});

test("refused rows are told by line, written to a file on request, and stop the whole file only with --strict", async () => {
  const file = await write(
    "bad.csv",
    "户号,户名,用电类别,区域类别\n66000001,甲,居民,城区\n66000002,,居民,城区\n66000003,丙,农业,城区\n",
  );
  const strict = await bihuan([file, "--unit", "A11", "--strict"], "text", "zh");
  assert.equal(strict.code, 1);
  assert.match(strict.out, /未导入任何内容/);
  const { code, out, err } = await bihuan([file, "--unit", "A11", "--rejects", "rejects.csv"], "text", "zh");
  assert.equal(code, 0);
  assert.match(out, /共 3 行\n新增户号 1\n新增客户 1\n未导入的行 2\n/);
  assert.match(err, /第 3 行: 户名: 缺少内容\n第 4 行: 用电类别: 不认识的取值/);
  const rejects = await readFile(path.join(folder, "rejects.csv"), "utf8");
  assert.match(
    rejects,
    /^\uFEFF户号,户名,用电类别,区域类别,行号,列,原因\r\n66000002,,居民,城区,3,户名,缺少内容\r\n66000003,丙,农业,城区,4,用电类别,/,
  );

  await write("mended.csv", rejects.replace("66000002,,", "66000002,乙,"));
  const again = await bihuan(["mended.csv", "--unit", "A11", "--rejects", "rejects.csv"], "text", "zh");
  assert.match(again.out, /共 2 行\n新增户号 1\n/, "mended, the file of rejects is loaded");
  const left = await readFile(path.join(folder, "rejects.csv"), "utf8");
  assert.match(left, /^\uFEFF户号,户名,用电类别,区域类别,行号,列,原因\r\n66000003,丙,农业,城区,3,用电类别,/);
  const none = await bihuan(["rejects.csv", "--unit", "A11"], "text", "zh");
  assert.equal(none.code, 1, "where no row could be loaded, the exit code says so");
});

const wrong: [string, string[], RegExp][] = [
  ["a file that is not there", ["nowhere.csv"], /import\.file-unreadable/],
  ["a unit that does not exist", ["bad.csv", "--unit", "X"], /identity\.unit-unknown/],
  ["a mapping that is not there", ["bad.csv", "--mapping", "nowhere.yaml"], /import\.file-unreadable/],
  ["a mapping that is no YAML", ["bad.csv", "--mapping", "broken.yaml"], /import\.mapping-invalid/],
  ["a mapping of unknown fields", ["bad.csv", "--mapping", "unknown.yaml"], /import\.mapping-invalid[\s\S]*columns/],
  ["a file without the needed columns", ["short.csv"], /lacks columns: customer_name, category/],
  ["a broken archive", ["broken.csv.gz"], /import\.file-unreadable/],
];
test("what cannot be read is refused in one line, and nothing is loaded", async (t) => {
  await write("bad.csv", "户号,户名,用电类别\n");
  await write("broken.yaml", "columns: [\n");
  await write("unknown.yaml", "columns: { hose: 裤子 }\n");
  await write("short.csv", "户号\n1\n");
  await write("broken.csv.gz", gzipSync("户号,户名,用电类别\n".repeat(9999)).subarray(0, 60));
  for (const [what, words, message] of wrong)
    await t.test(what, async () => {
      const { code, out, err } = await bihuan(words);
      assert.deepEqual([code, out], [1, ""]);
      assert.match(err, message);
    });
});

test("the progress counts rows read, and says of none that it was loaded before that is known", async () => {
  const { code, out, err } = await bihuan([path.join(examples, "sample-customers.csv")], "text", "zh");
  assert.equal(code, 1, "no row names its unit");
  assert.match(err, /读取 100 %  6 行/);
  assert.doesNotMatch(err, /导入 100/);
  assert.match(out, /未导入的行 6/);
});
