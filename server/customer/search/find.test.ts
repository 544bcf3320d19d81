import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Because } from "@bihuan/contract/customer-found.ts";
import type { Role } from "@bihuan/core/identity/roles.ts";
import type { Scope } from "@bihuan/core/identity/scope.ts";
import { currentTree } from "../../identity/organisation/tree.ts";
import { testUnits } from "../../identity/testing/people.ts";
import { sql } from "../../platform/sql.ts";
import { testDatabase } from "../../platform/testing/database.ts";
import { testPlatform } from "../../platform/testing/server.ts";
import { manualTime } from "../../platform/time.ts";
import { csv, importer } from "../testing/file.ts";
import { accountsByPhone, findAccounts } from "./find.ts";
import { reindexCustomers } from "./reindex.ts";
import { unitOfAddress } from "./responsible.ts";

const platform = testPlatform(await testDatabase(), manualTime("2026-03-02T01:00:00Z"));
const { db, time } = platform;
const units = await testUnits(platform);
const load = await importer(platform);
const { refused } = await load(
  csv(
    ["户号", "户名", "用电类别", "单位编码", "地址", "联系电话", "联系人"],
    ["4301020000017", "王小明", "居民", "A11", "城东市滨河路12号3栋501室", "13800138000", ""],
    ["4301020000024", "李秀英", "居民", "A11", "城东市解放路8号", "13800138024", "张伟 13900139001 家属"],
    ["4301020000031", "张伟", "居民", "A11", "南庄镇柳堤村5组12号", "13700137031", ""],
    ["4301020000048", "张伟", "居民", "A11", "南庄镇柳堤村5组13号", "13700137048", ""],
    ["4301020000055", "红星机械厂", "高压单电源", "A12", "工业大道1号", "", "赵工 0731-88886666转8 电气联系人"],
    ["4301020000062", "刘梅", "居民", "A11", "南庄镇柳堤村6组2号", "84440062", ""],
    ["4302020000019", "王小明", "居民", "B1", "城北市滨河路12号", "13800138000", ""],
  ),
  { mapping: { defaults: { areaClass: "URBAN" } } },
);
assert.deepEqual(refused, []);

const scopeAt = (code: string, role: Role = "AGENT"): Scope => ({
  principal: { kind: "staff", id: 1, name: code },
  homeUnitId: units[code] as number,
  grants: [{ role, unitId: units[code] as number }],
});
const find = async (text: string, scope = scopeAt("A"), limit = 8) =>
  findAccounts(db, { scope, tree: await currentTree(platform) }, text, limit, time.nowMs());
const numbers = async (text: string, scope?: Scope) => (await find(text, scope)).rows.map((row) => row.accountNo.slice(-2));

type Why = readonly [part: Because["part"], how: Because["how"]];
const cases: [text: string, found: string[], why: Why, what: string][] = [
  ["4301020000017", ["17"], ["account-no", "whole"], "an account number"],
  ["138 0013 8000", ["17"], ["phone", "whole"], "a telephone number in groups"],
  ["0731-88886666", ["55"], ["phone", "whole"], "a switchboard without its extension"],
  ["0731-84440062", ["62"], ["phone", "whole"], "a landline with its area code, on file without it"],
  ["38024", ["24"], ["phone", "piece"], "the end of a number"],
  ["小明", ["17"], ["name", "piece"], "a piece of a name"],
  ["lxy", ["24"], ["name", "initials"], "pinyin initials"],
  ["lixiuying", ["24"], ["name", "pinyin"], "full pinyin"],
  ["wanxiaomin", ["17"], ["name", "sounds"], "pinyin as it is heard"],
  ["滨河路12号", ["17"], ["address", "piece"], "a part of an address"],
  ["4301020000071", ["17", "31"], ["account-no", "swapped"], "two digits swapped"],
  ["430102000017", ["17"], ["account-no", "missing"], "a digit left out"],
  ["13800138900", ["17"], ["phone", "wrong"], "a wrong digit"],
  ["00138900", ["17"], ["phone", "wrong"], "a wrong digit in a number's end"],
  ["汪晓铭", ["17"], ["name", "sounds"], "a name by its sound"],
  ["牛美", ["62"], ["name", "sounds"], "a name an ear for l and n confuses"],
  ["李修英", ["24"], ["name", "sounds"], "one character that sounds right"],
  ["李香英", ["24"], ["name", "wrong"], "one that does not"],
  ["秀李英", ["24"], ["name", "swapped"], "neighbours swapped"],
  ["李英", ["24"], ["name", "missing"], "a character left out"],
  ["宾和路12号", ["17"], ["address", "sounds"], "a street by its sound"],
  ["滨江路12号", ["17"], ["address", "wrong"], "a street with a wrong character"],
  ["红新机械厂", ["55"], ["name", "sounds"], "a company by its sound"],
];
for (const [text, found, [part, how], what] of cases)
  test(`${what} (${text}) finds the customer and says why`, async () => {
    const { rows } = await find(text);
    assert.deepEqual(
      rows.map((row) => row.accountNo.slice(-2)),
      found,
    );
    assert.deepEqual(
      rows[0]?.because.map((one) => [one.part, one.how]),
      [[part, how]],
    );
  });

describe("what only resembles", () => {
  test("is looked for where little fits exactly, and says so", async () => {
    const { rows } = await find("李秀英");
    assert.deepEqual(
      rows.map(({ tolerant }) => tolerant),
      [false],
    );
    assert.equal((await find("汪晓铭")).rows[0]?.tolerant, true);
  });

  test("is never shown beside a whole number that fits", async () => {
    assert.deepEqual(await numbers("4301020000024"), ["24"]);
  });

  test("is another house for no one", async () => assert.deepEqual(await numbers("滨河路13号"), []));

  test("is forgiven in one word of several, the others being as they are", async () => {
    assert.deepEqual(await numbers("汪晓铭 滨河"), ["17"]);
    assert.deepEqual(await numbers("汪晓铭 解放"), []);
  });
});

describe("namesakes", () => {
  test("are told apart by the ends of their names and addresses, and by nothing more", async () => {
    const { rows } = await find("zw");
    assert.deepEqual(
      rows.filter(({ customerName }) => customerName.startsWith("张")).map(({ customerName, apart }) => [customerName, apart]),
      [
        ["张*", { name: "*伟", address: "…5组12号" }],
        ["张*", { name: "*伟", address: "…5组13号" }],
      ],
    );
    assert.deepEqual(
      (await find("张伟 柳堤")).rows.map(({ apart }) => apart?.name),
      ["张伟", "张伟"],
      "what was typed is no secret",
    );
    assert.equal((await find("4301020000031")).rows[0]?.apart, null, "alone it needs no telling apart");
  });

  test("stay alike for who may not see personal data", async () => {
    const { rows } = await find("zw", scopeAt("A", "ANALYST"));
    assert.ok(rows.length > 1 && rows.every(({ apart }) => apart === null));
  });

  test("are counted where not all are shown", async () => {
    const { rows, more, moreAtLeast } = await find("柳堤村", scopeAt("A"), 2);
    assert.deepEqual([rows.length, more, moreAtLeast], [2, 1, false]);
  });

  test("whoever typed the whole name sees it as he typed it", async () => {
    assert.deepEqual(
      (await find("李秀英")).rows.map(({ customerName }) => customerName),
      ["李秀英"],
    );
    assert.deepEqual(
      (await find("秀英")).rows.map(({ customerName }) => customerName),
      ["李**"],
    );
  });
});

test("nobody finds what he does not reach, by whatever slip", async () => {
  assert.deepEqual(await numbers("4302020000091", scopeAt("A")), []);
  assert.deepEqual(await numbers("4302020000091", scopeAt("B")), ["19"]);
});

describe("a caller's number", () => {
  const by = async (phone: string, code = "A") =>
    (await accountsByPhone(db, { scope: scopeAt(code), tree: await currentTree(platform) }, phone, 10, time.nowMs())).rows;
  test("leads to everybody within reach who has it", async () => {
    assert.deepEqual(
      (await by("13800138000")).map(({ accountNo }) => accountNo.slice(-2)),
      ["17"],
    );
    assert.equal((await by("13800138000", "P")).length, 2);
    assert.deepEqual(await by("13800138001"), []);
  });
  test("is a switchboard's without the extension behind it", async () =>
    assert.deepEqual(
      (await by("073188886666")).map(({ accountNo }) => accountNo.slice(-2)),
      ["55"],
    ));
});

test("customers on file before are found by what is new once they are indexed anew, and nothing right is written", async () => {
  await db.run(
    sql`update customer_account set search_tokens = '{王}', search_text = '|王小明|' where account_no = '4301020000017'`,
  );
  assert.deepEqual(await numbers("汪晓铭"), []);
  assert.deepEqual(await reindexCustomers(db), { read: 7, changed: 1 });
  assert.deepEqual(await numbers("汪晓铭"), ["17"]);
  assert.equal((await reindexCustomers(db)).changed, 0);
});

test("an address answers by the unit of the accounts there, where they are of one", async () => {
  assert.deepEqual(await unitOfAddress(db, 101, "南庄镇柳堤村5组"), { unitId: units["A11"], places: "南庄镇柳堤村" });
  assert.equal(await unitOfAddress(db, 101, "滨河路12号"), null, "one account says nothing");
  assert.equal(await unitOfAddress(db, 101, "没有这条路"), null);
});
