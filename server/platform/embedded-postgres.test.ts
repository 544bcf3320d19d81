import assert from "node:assert/strict";
import { test } from "node:test";
import { sql } from "./sql.ts";
import { testDatabase } from "./testing/database.ts";

test("the embedded PostgreSQL sorts Chinese by pinyin and finds Chinese by trigram", async () => {
  const db = await testDatabase();
  const rows = await db.rows<{ name: string }>(sql`select name from unnest(array['张','李','王','阿']) name order by name`);
  assert.deepEqual(
    rows.map((row) => row.name),
    ["阿", "李", "王", "张"],
  );
});
