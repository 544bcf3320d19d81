import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { PassThrough, Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { after, test } from "node:test";
import { parseArgs } from "node:util";
import { sql } from "../../platform/sql.ts";
import { testDatabase } from "../../platform/testing/database.ts";
import { testPlatform } from "../../platform/testing/server.ts";
import { manualTime } from "../../platform/time.ts";
import { CommandError } from "../command.ts";
import { commands } from "../commands.ts";

const db = await testDatabase();
const platform = testPlatform(db, manualTime("2026-03-02T00:00:00Z"));
const folder = await mkdtemp(path.join(tmpdir(), "bihuan-cli-"));
after(() => rm(folder, { recursive: true, force: true }));

type Outcome = { code: number; out: string; err: string };

/** Runs a command line on the test database. */
async function bihuan(...words: string[]): Promise<Outcome> {
  const format = words.includes("--json") ? "json" : "text";
  const line = words.filter((word) => word !== "--json");
  const command = commands.find((each) => each.path.every((word, index) => line[index] === word));
  assert.ok(command && command.database !== false, line.join(" "));
  const { values, positionals } = parseArgs({
    args: line.slice(command.path.length),
    options: { ...command.options },
    allowPositionals: true,
  });
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const told = Promise.all([text(stdout), text(stderr)]);
  let code = 0;
  try {
    code = await command.run({
      platform,
      stdin: Readable.from([]),
      stdout,
      stderr,
      format,
      language: "en",
      resolve: (file) => path.join(folder, file),
      options: values as never,
      positionals,
    });
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    stderr.write(error.text.en);
    code = error.exitCode;
  }
  stdout.end();
  stderr.end();
  const [out, err] = await told;
  return { code, out, err };
}
const count = async (table: "staff" | "unit") =>
  (
    await db.one<{ count: number }>(
      table === "staff" ? sql`select count(*)::int as count from staff` : sql`select count(*)::int as count from unit`,
    )
  ).count;

test("an organisation in the encoding of Chinese spreadsheets is imported, a wrong one is told line by line", async () => {
  // 编码,名称,类型,上级编码 / Z,浙江,省公司, / H,杭州,地市公司,Z in GB 18030
  const gb = Buffer.from(
    "b1e0c2eb2cc3fbb3c62cc0e0d0cd2cc9cfbcb6b1e0c2eb0d0a5a2cd5e3bdad2ccaa1b9abcbbe2c0d0a482cbabcd6dd2cb5d8cad0b9abcbbe2c5a0d0a",
    "hex",
  );
  await writeFile(path.join(folder, "gb.csv"), gb);
  assert.deepEqual(await bihuan("organisation", "import", "gb.csv", "--dry-run"), {
    code: 0,
    out: "1 created, 1 changed, 0 unchanged (nothing was saved)\n",
    err: "",
  });
  assert.equal((await bihuan("organisation", "import", "gb.csv")).out, "1 created, 1 changed, 0 unchanged\n");
  assert.equal(
    (await bihuan("organisation", "list")).out,
    "code  name  kind  region\nZ  浙江  Province company  100\n  H  杭州  City company  101\n",
  );
  await writeFile(path.join(folder, "bad.csv"), "code,name,kind,parent_code\nA,甲,COUNTY,X\nB,乙,KINGDOM,H\n");
  const bad = await bihuan("organisation", "import", "bad.csv");
  assert.equal(bad.code, 1);
  assert.match(bad.err, /^line 2, parent_code: .*\nline 3, kind: /);
  const json = JSON.parse((await bihuan("organisation", "import", "bad.csv", "--json")).out) as { problems: unknown[] };
  assert.equal(json.problems.length, 2);
  assert.equal(await count("unit"), 2);
});

test("a person is created with roles and a one-time password in one line, or not at all", async () => {
  const made = await bihuan(
    "staff",
    "create",
    "li.wei",
    "--name",
    "李伟",
    "--unit",
    "H",
    "--grant",
    "handler@H",
    "--grant",
    "AGENT@H",
  );
  assert.match(made.out, /^li\.wei {2}[a-z2-9]{4}-[a-z2-9]{4}-[a-z2-9]{4} {2}valid until 2026-03-09 08:00\n$/);
  assert.equal((await bihuan("staff", "list")).out, "li.wei  李伟  H  HANDLER@H AGENT@H  one-time password\n");
  const before = await count("staff");
  for (const [args, code, told] of [
    [["x.y", "--unit", "H", "--grant", "HANDLER@H", "--grant", "SYSTEM_ADMIN@H"], 1, /identity\.roles-must-be-separate/],
    [["x.y", "--unit", "NOWHERE"], 1, /identity\.unit-unknown/],
    [["x.y", "--unit", "H", "--grant", "KING@H"], 2, /expected ROLE@UNIT\. Roles: AGENT Agent, DISPATCHER /],
    [["x.y"], 2, /--unit is missing/],
    [["LI.WEI", "--unit", "H"], 1, /identity\.account-taken/],
  ] as const) {
    const refused = await bihuan("staff", "create", ...args);
    assert.equal(refused.code, code, args.join(" "));
    assert.match(refused.err, told);
  }
  assert.equal(await count("staff"), before);
});

test("people and their grants come from files; passwords are issued, accounts unlocked", async () => {
  await writeFile(path.join(folder, "staff.csv"), "account,name,unit_code\nsun.qi,孙琪,H\nwu.jiu,吴久,H\n");
  await writeFile(path.join(folder, "grants.csv"), "account,role,unit_code\nsun.qi,服务调度,H\n");
  assert.equal((await bihuan("staff", "import", "staff.csv")).out, "2 created, 0 changed, 0 unchanged\n");
  assert.equal((await bihuan("staff", "import", "--grants", "grants.csv")).out, "1 created, 0 changed, 0 unchanged\n");
  assert.equal((await bihuan("staff", "grant", "wu.jiu", "VERIFIER@H", "ANALYST@Z")).code, 0);
  assert.equal((await bihuan("staff", "grant", "wu.jiu", "VERIFIER@H")).code, 1);
  const issued = JSON.parse((await bihuan("staff", "reset-password", "sun.qi", "WU.jiu", "--json")).out) as { account: string }[];
  assert.deepEqual(
    issued.map((each) => each.account),
    ["sun.qi", "wu.jiu"],
  );
  assert.equal((await bihuan("staff", "unlock", "sun.qi")).code, 0);
  assert.match((await bihuan("staff", "unlock", "nobody")).err, /there is no account nobody/);
});

test("an API key is made, listed without its secret, and revoked", async () => {
  const made = JSON.parse((await bihuan("api-key", "create", "12345", "--unit", "H", "--grant", "AGENT@H", "--json")).out) as {
    apiKeyId: number;
    secret: string;
  };
  const list = (await bihuan("api-key", "list")).out;
  assert.match(list, /AGENT@H {2}valid until 2027-03-02 08:00/);
  assert.equal(list.includes(made.secret), false);
  assert.equal((await bihuan("api-key", "revoke", String(made.apiKeyId))).code, 0);
  assert.equal((await bihuan("api-key", "revoke", "99999")).code, 1);
  assert.equal((await bihuan("api-key", "create", "x", "--unit", "H", "--grant", "AUDIT_ADMIN@H")).code, 1);
  assert.equal((await bihuan("api-key", "create", "x", "--unit", "H")).code, 2);
});

test("what is done at the command line stands in the access log too", async () => {
  const rows = await db.rows<{ action: string }>(sql`
    select distinct action from access_log where principal_kind = 'system' and principal_name = 'command line' order by 1`);
  assert.deepEqual(
    rows.map((row) => row.action),
    ["API_KEY_CREATED", "API_KEY_REVOKED", "DATA_IMPORTED", "PASSWORD_ISSUED", "ROLE_GRANTED", "STAFF_CREATED"],
  );
});
