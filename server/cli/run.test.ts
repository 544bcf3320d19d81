import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { Readable, Writable } from "node:stream";
import { test } from "node:test";
import { sql } from "../platform/sql.ts";
import { testDatabase } from "../platform/testing/database.ts";
import { CommandError, type Command, defineCommand } from "./command.ts";
import { commands } from "./commands.ts";
import { runCommandLine } from "./run.ts";

const db = await testDatabase();

const greet = defineCommand({
  path: ["greet", "person"],
  summary: { zh: "问候", en: "Greet somebody" },
  options: {
    times: { type: "string", value: "N", default: "1", description: { zh: "次数", en: "How often" } },
    loud: { type: "boolean", description: { zh: "大声", en: "Loudly" } },
  },
  positionals: [{ name: "NAME", description: { zh: "姓名", en: "Who" } }],
  async run({ platform, positionals, options, format, stdout, stderr }) {
    if (positionals[0] === "nobody") throw new CommandError({ zh: "没有这个人", en: "There is nobody of that name" });
    if (positionals[0] === "trouble") throw new Error("the wires are down");
    const { answer } = await platform.db.one<{ answer: number }>(sql`select ${options.times}::int as answer`);
    stderr.write("progress\n");
    stdout.write(
      format === "json" ? `${JSON.stringify({ answer, loud: options.loud ?? false })}\n` : `${positionals[0]} × ${answer}\n`,
    );
    return 0;
  },
});
const without = defineCommand({
  path: ["greet"],
  summary: { zh: "不用数据库", en: "Needs no database" },
  database: false,
  run: async ({ resolve, stdout }) => (stdout.write(resolve("a.csv")), 0),
});

async function call(
  words: string[],
  { environment = {}, known = [greet, without] }: { environment?: Record<string, string>; known?: readonly Command[] } = {},
) {
  const written = { stdout: "", stderr: "" };
  const sink = (name: keyof typeof written) =>
    new Writable({ write: (chunk: Buffer, _, done) => ((written[name] += chunk.toString()), done()) });
  const code = await runCommandLine({
    arguments: words,
    environment: { DATABASE_URL: db.url, BIHUAN_POOL_SIZE: "2", ...environment },
    folder: "/somewhere",
    home: "/home",
    commands: known,
    stdin: Readable.from([]),
    stdout: sink("stdout"),
    stderr: sink("stderr"),
  });
  return { code, ...written };
}

test("with --format json there is JSON on standard output and nothing else", async () => {
  const { code, stdout, stderr } = await call(["greet", "person", "Wang", "--times", "3", "--loud", "--format", "json"]);
  assert.equal(code, 0);
  assert.deepEqual(JSON.parse(stdout), { answer: 3, loud: true });
  assert.equal(stderr, "progress\n");
});

for (const { words, code, says } of [
  { words: ["greet", "person"], code: 2, says: /Missing NAME/ },
  { words: ["greet", "person", "a", "b"], code: 2, says: /Unexpected argument: b/ },
  { words: ["greet", "person", "a", "--volume", "9"], code: 2, says: /--volume/ },
  { words: ["greet", "person", "a", "--format", "xml"], code: 2, says: /text or json/ },
  { words: ["dance"], code: 2, says: /No such command: dance/ },
  { words: ["greet", "person", "nobody"], code: 1, says: /^There is nobody of that name\n$/ },
  { words: ["greet", "person", "trouble"], code: 70, says: /the wires are down/ },
])
  test(`bihuan ${words.join(" ")}: exit code ${code}, told on standard error`, async () => {
    const answer = await call(words);
    assert.equal(answer.code, code);
    assert.match(answer.stderr, says);
    assert.equal(answer.stdout, "");
  });

test("texts are in the language of the environment, or the one asked for", async () => {
  assert.match((await call(["greet", "person", "nobody"], { environment: { LANG: "zh_CN.UTF-8" } })).stderr, /没有这个人/);
  assert.match((await call(["greet", "person", "nobody", "--lang", "zh"])).stderr, /没有这个人/);
  for (const words of [["--help", "--lang", "zh"], ["--lang=zh"], ["dance", "--lang", "zh"]]) {
    const { stdout, stderr } = await call(words);
    assert.match(stdout + stderr, /用法/, words.join(" "));
  }
});

test("a file that is not there is told by its name", async () => {
  const read = defineCommand({
    path: ["read"],
    summary: { zh: "读", en: "Read" },
    database: false,
    positionals: [{ name: "FILE", description: { zh: "文件", en: "File" } }],
    run: async ({ resolve, positionals, stdout }) => (stdout.write(await readFile(resolve(positionals[0] ?? ""), "utf8")), 0),
  });
  const { code, stdout, stderr } = await call(["read", "nothing.csv"], { known: [read] });
  assert.deepEqual([code, stdout, stderr], [1, "", "/somewhere/nothing.csv: no such file or folder\n"]);
  assert.match((await call(["read", "nothing.csv", "--lang", "zh"], { known: [read] })).stderr, /没有这个文件或目录/);
});

test("a wrong setting is named before anything is done", async () => {
  const { code, stderr } = await call(["greet", "person", "Wang"], { environment: { PORT: "many" } });
  assert.equal(code, 2);
  assert.equal(stderr, "PORT: expected a whole number from 0 to 65535\n");
  const asked = await call(["greet", "person", "Wang", "--lang", "zh"], { environment: { PORT: "many" } });
  assert.equal(asked.stderr, "PORT：应为 0 至 65535 的整数\n");
});

test("a file argument starts where the person stands", async () => {
  assert.equal((await call(["greet"], { environment: { DATABASE_URL: "" } })).stdout, "/somewhere/a.csv");
});

test("every command has help in both languages, and its own words", async () => {
  const paths = commands.map(({ path }) => path.join(" "));
  assert.equal(new Set(paths).size, paths.length);
  for (const command of commands)
    for (const [lang, usage] of [
      ["zh", "用法"],
      ["en", "Usage"],
    ] as const) {
      const { code, stdout } = await call([...command.path, "--help", "--lang", lang], { known: commands });
      assert.equal(code, 0, command.path.join(" "));
      assert.ok(stdout.startsWith(`${command.summary[lang]}\n`) && stdout.includes(usage), stdout);
    }
  const { code, stdout } = await call([], { known: commands });
  assert.equal(code, 0);
  for (const path of paths) assert.ok(stdout.includes(path), path);
});

test("a wrong option is told in the reader's language", async () => {
  const told = async (...words: string[]) => (await call(["greet", "person", "Wang", ...words])).stderr.split("\n")[0];
  assert.equal(await told("--tims", "3", "--lang", "zh"), "没有选项 --tims");
  assert.equal(await told("--tims", "3", "--lang", "en"), "Unknown option --tims");
  assert.equal(await told("--lang", "zh", "--times"), "选项 --times 缺少值");
  assert.equal(await told("--lang", "zh", "--times", "-3"), "选项 --times 缺少值；值以“-”开头时写成 --times=值");
  assert.equal(await told("--lang", "zh", "--loud=yes"), "选项 --loud 后面不带值");
});
