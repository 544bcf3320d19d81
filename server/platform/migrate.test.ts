import assert from "node:assert/strict";
import { test } from "node:test";
import { openDatabase } from "./database.ts";
import { migrate, migrations } from "./migrate.ts";
import { schemaDump } from "./schema-dump.ts";
import { sql } from "./sql.ts";
import { testDatabase } from "./testing/database.ts";

test("three processes that start together on an empty database migrate it once", async () => {
  const db = await testDatabase({ empty: true });
  const doors = [1, 2, 3].map(() => openDatabase(db.url, { poolSize: 3 }));
  const applied = await Promise.all(doors.map((door) => migrate(door)));
  assert.equal(applied.filter((names) => names.length > 0).length, 1, "one migrates, the others wait and find nothing to do");
  const names = (await migrations()).map(({ name }) => name);
  assert.deepEqual(
    applied.flat().filter((name) => name.endsWith(".sql")),
    names,
  );
  assert.deepEqual(await migrate(db), []);
  const migrated = await testDatabase();
  assert.equal(await schemaDump(db), await schemaDump(migrated));
  await Promise.all(doors.map((door) => door.close()));
});

test("a database of a newer version is left alone", async () => {
  const db = await testDatabase();
  await db.run(sql`insert into schema_migration (name) values ('9999_from_the_future.sql')`);
  await assert.rejects(migrate(db), /newer version.*9999_from_the_future/);
});
