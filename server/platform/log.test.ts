import assert from "node:assert/strict";
import { test } from "node:test";
import { createLog } from "./log.ts";
import { sql } from "./sql.ts";
import { testDatabase } from "./testing/database.ts";

const written = () => {
  const lines: string[] = [];
  return { lines, log: createLog("info", { write: (line: string) => void lines.push(line) }) };
};

test("a record that slips into a log line leaves its personal fields behind", () => {
  const { lines, log } = written();
  log.info(
    {
      orderId: "1010202603200000001",
      phone: "13812345678",
      customer: { name: "王小明", address: "解放路", id: 7 },
      order: { contact: { phone: "13812345678" } },
    },
    "order taken in",
  );
  const line = JSON.parse(lines[0] ?? "") as Record<string, unknown>;
  assert.equal(line["orderId"], "1010202603200000001");
  assert.deepEqual(line["customer"], { name: "[removed]", address: "[removed]", id: 7 });
  assert.ok(!lines[0]?.includes("13812345678"));
  assert.match(String(line["time"]), /^\d{4}-\d\d-\d\dT/);
});

test("an error of the database is logged without the values it quotes", async () => {
  const db = await testDatabase();
  await db.run(sql`create table person (phone text primary key)`);
  await db.run(sql`insert into person values ('13812345678')`);
  for (const statement of [sql`insert into person values ('13812345678')`, sql`select '13812345678王'::int`]) {
    const error: unknown = await db.run(statement).catch((reason: unknown) => reason);
    const { lines, log } = written();
    log.error({ err: error }, "a request failed");
    assert.match(lines[0] ?? "", /"code":"2/);
    assert.ok(!lines[0]?.includes("13812345678"), lines[0]);
  }
});
