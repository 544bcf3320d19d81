import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { test } from "node:test";
import { raw, sql } from "../platform/sql.ts";
import { testDatabase } from "../platform/testing/database.ts";
import { audit } from "../work-order/audit/audit.ts";
import { openDesk } from "../work-order/testing/desk.ts";
import { bihuanJson } from "./testing/command-line.ts";

const ROWS = 30_000;
const db = await testDatabase({ poolSize: 4 });

test("an import killed in the middle leaves nothing behind, and run again it brings everything", async (context) => {
  const folder = await mkdtemp(path.join(tmpdir(), "bihuan-killed-"));
  context.after(() => rm(folder, { recursive: true, force: true }));
  const file = path.join(folder, "requests.csv");
  const mapping = path.join(folder, "mapping.yaml");
  const rows = Array.from(
    { length: ROWS },
    (_, index) => `${index},所${index % 7},2024-03-01 08:00,2024-03-02 08:00,2024-03-01 ${10 + (index % 10)}:00\n`,
  );
  await writeFile(file, `No,Dept,Opened,Due,Closed\n${rows.join("")}`);
  await writeFile(
    mapping,
    "kind: service-requests\nname: killed\nzone: Asia/Shanghai\ntime: YYYY-MM-DD HH:mm\ncolumns: { id: No, unit: Dept, opened: Opened, due: Due, closed: Closed }\n",
  );
  const words = ["import", "service-requests", file, "--mapping", mapping];
  const main = path.join(import.meta.dirname, "../cli/main.ts");
  const child = spawn(process.execPath, [main, ...words, "--lang", "en"], {
    env: { PATH: process.env["PATH"], DATABASE_URL: db.url },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const exit = once(child, "exit");
  let said = "";
  let result = "";
  child.stdout.on("data", (chunk: Buffer) => (result += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => {
    said += chunk.toString();
    // Several batches are written by then, and many are still to come.
    if (/loading \d+ % +[46],000/.test(said)) child.kill("SIGKILL");
  });
  assert.deepEqual(await exit, [null, "SIGKILL"], said);
  assert.equal(result, "");

  const tables = ["import_run", "imported_case", "work_order", "order_event", "clock_history"];
  for (const table of tables)
    assert.equal((await db.one<{ n: number }>(sql`select count(*)::int n from ${raw(table)}`)).n, 0, table);
  assert.equal((await db.one<{ n: number }>(sql`select count(*)::int n from unit`)).n, 1);

  const again = await bihuanJson<{ casesLoaded: number; casesKnown: number; rejected: unknown[] }>(db, ...words);
  assert.deepEqual([again.casesLoaded, again.casesKnown, again.rejected], [ROWS, 0, []]);
  const [report] = await bihuanJson<{ total: number; closedOnTime: number }[]>(db, "report", "timeliness", "--import", "killed");
  assert.deepEqual([report?.total, report?.closedOnTime], [ROWS, ROWS]);
  const { ports } = await openDesk(db);
  assert.deepEqual((await audit(db, ports)).violations, []);
});
