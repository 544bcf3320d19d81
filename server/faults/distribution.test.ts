// What grows with work is spread by region_id: asked of the catalogue, so that no migration can forget it.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { ensureMonths } from "../work-order/store/months.ts";
import { sql } from "../platform/sql.ts";
import { testDatabase } from "../platform/testing/database.ts";

const db = await testDatabase();
await ensureMonths(db, [202603, 202604]); // partitions obey as their parents do

// Small, written by migrations only, and read before anything is distributed.
const exceptions: Readonly<Record<string, string>> = {
  schema_migration: "which migrations were applied: asked before there is a schema to distribute",
};

type Table = { name: string; reference: boolean; columns: string[]; primary: string[] | null };
const tables = await db.rows<Table>(sql`
  select c.relname as name,
    coalesce(obj_description(coalesce((select inhparent from pg_inherits where inhrelid = c.oid), c.oid), 'pg_class'), '') like 'distribution: reference%' as reference,
    (select array_agg(a.attname::text order by a.attnum) from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped) as columns,
    (select array_agg(a.attname::text order by k.place) from pg_index i, unnest(i.indkey::int[]) with ordinality k(attnum, place)
      join pg_attribute a on a.attnum = k.attnum where i.indrelid = c.oid and i.indisprimary and a.attrelid = c.oid) as primary
  from pg_class c
  where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
    and not exists (select from pg_depend d where d.objid = c.oid and d.deptype = 'e')
  order by c.relname`);
const distributed = tables.filter(({ name, reference }) => !reference && !(name in exceptions));
const names = new Set(distributed.map(({ name }) => name));

type Unique = { index: string; table: string; columns: string[] };
const uniques = await db.rows<Unique>(sql`
  select i.indexrelid::regclass::text as index, c.relname as table,
    array(select a.attname::text from unnest(i.indkey::int[]) k(attnum) join pg_attribute a on a.attnum = k.attnum and a.attrelid = c.oid) as columns
  from pg_index i join pg_class c on c.oid = i.indrelid
  where (i.indisunique or i.indisexclusion) and c.relnamespace = 'public'::regnamespace`);

type ForeignKey = { name: string; from: string; to: string; columns: string[]; target: string[] };
const foreignKeys = await db.rows<ForeignKey>(sql`
  select k.conname as name, f.relname as "from", t.relname as "to",
    array(select a.attname::text from unnest(k.conkey::int[]) n(attnum) join pg_attribute a on a.attnum = n.attnum and a.attrelid = f.oid) as columns,
    array(select a.attname::text from unnest(k.confkey::int[]) n(attnum) join pg_attribute a on a.attnum = n.attnum and a.attrelid = t.oid) as target
  from pg_constraint k join pg_class f on f.oid = k.conrelid join pg_class t on t.oid = k.confrelid
  where k.contype = 'f' and f.relnamespace = 'public'::regnamespace`);

describe("the schema distributes by region_id as it stands", () => {
  test("every table that is no reference table has region_id first in its primary key", () => {
    assert.ok(distributed.length > 15 && names.has("work_order") && names.has("order_event_202603"));
    assert.deepEqual(
      distributed.filter(({ primary }) => primary?.[0] !== "region_id").map(({ name, primary }) => [name, primary]),
      [],
    );
  });

  test("no unique index or exclusion of such a table leaves region_id out", () => {
    assert.deepEqual(
      uniques.filter(({ table, columns }) => names.has(table) && !columns.includes("region_id")),
      [],
    );
  });

  test("foreign keys between such tables carry region_id to region_id; to a reference table they may stand alone", () => {
    const wrong = foreignKeys.filter(({ from, to, columns, target }) => {
      if (!names.has(from)) return names.has(to); // a reference table must not point into what is spread
      if (!names.has(to)) return false;
      return columns.indexOf("region_id") < 0 || target[columns.indexOf("region_id")] !== "region_id";
    });
    assert.deepEqual(wrong, []);
  });

  test("region_id is a smallint that is never null, and no partition is spread by anything else than its month", async () => {
    const odd = await db.rows<{ table: string }>(sql`
      select c.relname as "table" from pg_attribute a join pg_class c on c.oid = a.attrelid
      where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and a.attname = 'region_id'
        and c.relname = any(${[...names]}::text[]) and (a.atttypid <> 'smallint'::regtype or not a.attnotnull)`);
    assert.deepEqual(odd, []);
    const partitioned = await db.rows<{ key: string }>(
      sql`select distinct pg_get_partkeydef(c.oid) as key from pg_class c where c.relkind = 'p' and c.relnamespace = 'public'::regnamespace and not c.relispartition`,
    );
    assert.deepEqual(partitioned.map(({ key }) => key).sort(), ["RANGE (intake_month)"]);
  });

  test("the exceptions exist, and the queue of jobs keeps to a schema of its own", async () => {
    for (const name of Object.keys(exceptions))
      assert.ok(
        tables.some((table) => table.name === name),
        name,
      );
    // graphile-worker's tables hold what is to be done, by the id of the job: they stay on one node, and nothing points at them.
    const schemas = await db.rows<{ schema: string }>(sql`
      select distinct n.nspname as schema from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where c.relkind in ('r', 'p') and n.nspname not in ('pg_catalog', 'information_schema') and n.nspname not like 'pg_toast%' order by 1`);
    assert.deepEqual(
      schemas.map(({ schema }) => schema),
      ["graphile_worker", "public"],
    );
    assert.ok(foreignKeys.every(({ to }) => tables.some(({ name }) => name === to)));
  });
});
