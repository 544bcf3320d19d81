import assert from "node:assert/strict";
import { test } from "node:test";
import { testUnits } from "../../identity/testing/people.ts";
import { sql } from "../../platform/sql.ts";
import { testDatabase } from "../../platform/testing/database.ts";
import { testPlatform } from "../../platform/testing/server.ts";
import { manualTime } from "../../platform/time.ts";
import { arrearsOf } from "../arrears.ts";
import { csv, importer } from "../testing/file.ts";

const time = manualTime("2026-03-02T01:00:00Z");
const platform = testPlatform(await testDatabase(), time);
await testUnits(platform);
const load = await importer(platform);
const headings = ["户号", "户名", "用电类别", "单位编码", "欠费", "欠费起始", "欠费金额"];
const row = (accountNo: string, ...cells: [string, string, string]) => [accountNo, "王小明", "居民", "A11", ...cells];
const bring = (...rows: string[][]) => load(csv(headings, ...rows), { mapping: { defaults: { areaClass: "URBAN" } } });
const owed = async (accountNo: string) => {
  const { id } = await platform.db.one<{ id: string }>(sql`
    select customer_id::text id from customer_account where account_no = ${accountNo}`);
  return (await arrearsOf(platform.db, id)).map(({ since, arrearsFen, asOfMs }) => [since, arrearsFen, asOfMs]);
};

test("arrears come with the file, are as old as it, stay where a later file says nothing, and go when they are settled", async () => {
  const first = time.nowMs();
  const { refused } = await bring(
    row("10001", "是", "2026-02-01", "123.45"),
    row("10002", "", "", ""),
    row("10003", "88.00", "", ""),
  );
  assert.deepEqual(refused, []);
  assert.deepEqual(await owed("10001"), [["2026-02-01", 12345, first]]);
  assert.deepEqual(await owed("10002"), []);
  assert.deepEqual(await owed("10003"), [[null, 8800, first]]);

  time.advanceMs(86_400_000);
  const { accountsChanged, accountsUnchanged } = await bring(row("10001", "是", "", "200"), row("10003", "", "", ""));
  assert.deepEqual([accountsChanged, accountsUnchanged], [1, 1]);
  assert.deepEqual(await owed("10001"), [["2026-02-01", 20_000, first + 86_400_000]], "it owes since then, and more");
  assert.deepEqual(await owed("10003"), [[null, 8800, first]]);

  await bring(row("10001", "否", "", ""), row("10003", "0", "", ""));
  assert.deepEqual([await owed("10001"), await owed("10003")], [[], []]);
});

test("the same file brought again changes nothing but the age of the figure", async () => {
  await bring(row("10004", "是", "2026-02-01", "10"));
  time.advanceMs(86_400_000);
  const { accountsChanged } = await bring(row("10004", "是", "2026-02-01", "10"));
  assert.equal(accountsChanged, 0);
  assert.deepEqual(await owed("10004"), [["2026-02-01", 1000, time.nowMs()]]);
});

test("a cell that is no amount and no date is left out with a remark, and the customer is kept", async () => {
  const { remarks, accountsCreated } = await bring(row("10005", "大约", "上月", "很多"));
  assert.equal(accountsCreated, 1);
  assert.deepEqual(remarks.map(({ column }) => String(column)).toSorted(), ["arrears", "arrearsSince", "arrearsYuan"]);
});
