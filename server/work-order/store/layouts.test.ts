import assert from "node:assert/strict";
import { test } from "node:test";
import type { RowLayout } from "../../platform/rows.ts";
import { sql } from "../../platform/sql.ts";
import { testDatabase } from "../../platform/testing/database.ts";
import { endedClockRows, liveClockRows } from "./clock-store.ts";
import { contactRows } from "./contact.ts";
import { eventRows, personalRows } from "./event-store.ts";
import { projectionRows } from "./projection.ts";
import { taskRows } from "./tasks.ts";

const db = await testDatabase();
const layouts: readonly RowLayout<never>[] = [
  projectionRows,
  eventRows,
  personalRows,
  contactRows,
  liveClockRows,
  endedClockRows,
  taskRows,
];

for (const { table, columns } of layouts)
  test(`rows of ${table} name every column, in the table's order`, async () => {
    const there = await db.rows<{ name: string }>(sql`
      select attname as name from pg_attribute
      where attrelid = ${table}::regclass and attnum > 0 and not attisdropped order by attnum`);
    assert.deepEqual(
      columns.map(([name]) => name),
      there.map(({ name }) => name),
    );
  });
