// Taking over articles from the command line: checked first, all or nothing, waiting for approval afterwards.
import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { PassThrough, Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { after, test } from "node:test";
import { parseArgs } from "node:util";
import { testUnits } from "../../identity/testing/people.ts";
import { sql } from "../../platform/sql.ts";
import { testDatabase } from "../../platform/testing/database.ts";
import { testPlatform } from "../../platform/testing/server.ts";
import { manualTime } from "../../platform/time.ts";
import { CommandError } from "../command.ts";
import { commands } from "../commands.ts";

const db = await testDatabase();
const platform = testPlatform(db, manualTime("2026-06-08T02:00:00Z"));
const units = await testUnits(platform);
const folder = await mkdtemp(path.join(tmpdir(), "bihuan-articles-"));
after(() => rm(folder, { recursive: true, force: true }));
const samples = path.join(import.meta.dirname, "../../../docs/examples/knowledge");

async function bihuan(format: "text" | "json", ...words: string[]) {
  const command = commands.find((each) => each.path.join(" ") === "knowledge import");
  assert.ok(command && command.database !== false);
  const { values, positionals } = parseArgs({ args: words, options: { ...command.options }, allowPositionals: true });
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const [told, said] = [text(stdout), text(stderr)];
  const io = { stdin: Readable.from([]), stdout, stderr, format, language: "en", resolve: (file: string) => file } as const;
  const run = command.run({ platform, ...io, options: values as never, positionals });
  const code = await run.catch((error: unknown) => {
    if (!(error instanceof CommandError)) throw error;
    stderr.write(error.text.en);
    return error.exitCode;
  });
  stdout.end();
  stderr.end();
  return { code, out: await told, err: await said };
}
const articles = async () =>
  (await db.one<{ n: number }>(sql`select count(*)::int n from article_version where state = 'SUBMITTED'`)).n;

test("a file with a fault is told line by line, and nothing is taken over", async () => {
  const wrong = path.join(folder, "wrong.yaml");
  await writeFile(
    wrong,
    "articles:\n  - key: a1\n    kind: QUESTION\n    title: { zh: 题 }\n    answer: { zh: 答 }\n    links: [{ flow: nowhere }]\n",
  );
  const { code, err } = await bihuan("text", wrong, path.join(samples, "faults.yaml"));
  assert.equal(code, 1);
  assert.match(err, /wrong\.yaml:6 articles\.0\.links\.0 there is no business, subtype or step nowhere/);
  assert.equal(await articles(), 0);
  assert.match((await bihuan("text", path.join(folder, "absent.yaml"))).err, /cannot read/);
  const twice = path.join(samples, "faults.yaml");
  assert.match((await bihuan("text", twice, twice)).err, /stands in another file as well/);
});

test("--check reads and takes over nothing; without it a unit has them to approve, and a second time nothing changes", async () => {
  const files = ["questions.yaml", "handbooks.yaml", "faults.yaml"].map((name) => path.join(samples, name));
  assert.match((await bihuan("text", "--check", ...files)).out, /^\d+ articles, nothing wrong\n$/);
  assert.equal(await articles(), 0);
  const first = await bihuan("json", "--unit", "A", ...files);
  assert.equal(first.code, 0);
  const { created } = JSON.parse(first.out) as { created: string[] };
  assert.ok(created.includes("fault-call") && created.length === (await articles()));
  const issuers = await db.rows<{ unitId: number }>(sql`select distinct unit_id "unitId" from article`);
  assert.deepEqual(issuers, [{ unitId: units["A"] }]);
  assert.match(
    (await bihuan("text", "--unit", "A", ...files)).out,
    new RegExp(`0 created, 0 new versions, ${created.length} unchanged`),
  );
  assert.match((await bihuan("text", "--unit", "NOWHERE", ...files)).err, /identity\.unit-unknown/);
});
