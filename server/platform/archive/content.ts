// What a backup holds: every row of every table, the state of every sequence, every attachment.
import { z } from "zod";
import type { Queryable } from "../database.ts";
import { sql } from "../sql.ts";

export const FORMAT = 1;

// These become part of statements when a backup is restored, so a backup from elsewhere may hold nothing but names here.
const Name = z.string().regex(/^[a-z_][a-z0-9_]*\.[a-z_][a-z0-9_]*$/);
const Bound = z.string().regex(/^(DEFAULT|FOR VALUES FROM \([0-9]+\) TO \([0-9]+\))$/);

const Table = z.object({
  name: Name,
  /** Without generated columns. */
  columns: z.array(z.string().regex(/^("?)[a-z_][a-z0-9_]*\1$/)).min(1),
});
export type Table = z.infer<typeof Table>;

/** First member of the archive: what is to come, and which schema it needs. */
export const Manifest = z.object({
  format: z.literal(FORMAT),
  product: z.string(),
  takenAt: z.iso.datetime(),
  migrations: z.array(z.string()),
  tables: z.array(Table),
  partitions: z.array(z.object({ name: Name, parent: Name, bound: Bound })),
});
export type Manifest = z.infer<typeof Manifest>;

const Counted = z.object({ name: Name, rows: z.int(), bytes: z.int(), sha256: z.string() });

/** Last member: what came, to be compared after restoring. */
export const Totals = z.object({
  tables: z.array(Counted),
  sequences: z.array(z.object({ name: Name, last: z.string().regex(/^-?[0-9]+$/), called: z.boolean() })),
  attachments: z.array(z.object({ name: z.string(), bytes: z.int(), sha256: z.string() })),
});
export type Totals = z.infer<typeof Totals>;

/** Every table with rows of its own, the job queue's included; partitions are read through their parent. */
export const tables = (db: Queryable): Promise<Table[]> =>
  db.rows<Table>(sql`
    select format('%I.%I', n.nspname, c.relname) as name,
      (select array_agg(quote_ident(a.attname) order by a.attnum) from pg_attribute a
        where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '') as columns
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p') and not c.relispartition
      and (n.nspname = 'public' and c.relname <> 'schema_migration' or n.nspname = 'graphile_worker' and c.relname <> 'migrations')
    order by n.nspname collate "C", c.relname collate "C"`);

/** The partitions there are; a table is partitioned by numbers (months as yyyymm). */
export const partitions = (db: Queryable): Promise<Manifest["partitions"]> =>
  db.rows(sql`
    select format('%I.%I', n.nspname, c.relname) as name, format('%I.%I', m.nspname, p.relname) as parent, pg_get_expr(c.relpartbound, c.oid) as bound
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    join pg_inherits i on i.inhrelid = c.oid join pg_class p on p.oid = i.inhparent join pg_namespace m on m.oid = p.relnamespace
    where c.relispartition and c.relkind = 'r' and n.nspname = 'public'
    order by c.relname collate "C"`);

/** Every sequence, those of identity columns included. */
export const sequences = (db: Queryable): Promise<{ name: string }[]> =>
  db.rows(sql`
    select format('%I.%I', n.nspname, c.relname) as name
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind = 'S' and n.nspname in ('public', 'graphile_worker')
    order by n.nspname collate "C", c.relname collate "C"`);

/** The migrations a database went through. */
export const migrationsOf = async (db: Queryable): Promise<string[]> =>
  (await db.rows<{ name: string }>(sql`select name from schema_migration order by name collate "C"`)).map(({ name }) => name);
