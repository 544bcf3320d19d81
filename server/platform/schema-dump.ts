// The schema as the database itself describes it, one definition after the other, in an order that never changes: the
// reviewer sees what a migration does as a difference of this text.
import type { Queryable } from "./database.ts";
import { raw, sql } from "./sql.ts";

type Described = { readonly kind: string; readonly name: string; readonly text: string };

/** Describes schema `public` as SQL text: extensions, types, sequences, tables with their columns and constraints, indexes, views, functions, triggers. */
export async function schemaDump(db: Queryable): Promise<string> {
  const parts = await Promise.all([extensions(db), types(db), sequences(db), functions(db), tables(db), views(db)]);
  const header =
    "-- The schema after all migrations, written by `npm run check -- --write`. Not run by anything: read it as a map.\n";
  return `${header}\n${parts
    .flat()
    .map(({ text }) => text.trimEnd())
    .join("\n\n")}\n`;
}

// What an extension brings is the extension's.
const own = (catalog: "pg_type" | "pg_proc" | "pg_class", oid: string) =>
  raw(`not exists (select from pg_depend d where d.classid = '${catalog}'::regclass and d.objid = ${oid} and d.deptype = 'e')`);

const extensions = (db: Queryable) =>
  db.rows<Described>(sql`
    select 'extension' as kind, extname as name, 'create extension ' || quote_ident(extname) || ';' as text
    from pg_extension where extname <> 'plpgsql' order by extname collate "C"`);

const types = (db: Queryable) =>
  db.rows<Described>(sql`
    select 'type' as kind, t.typname as name,
      case t.typtype
        when 'e' then 'create type ' || quote_ident(t.typname) || ' as enum ('
          || (select string_agg(quote_literal(enumlabel), ', ' order by enumsortorder) from pg_enum where enumtypid = t.oid) || ');'
        when 'd' then 'create domain ' || quote_ident(t.typname) || ' as ' || format_type(t.typbasetype, t.typtypmod)
          || coalesce((select string_agg(' ' || pg_get_constraintdef(c.oid), '' order by c.conname collate "C") from pg_constraint c where c.contypid = t.oid and c.contype = 'c'), '') || ';'
        else 'create type ' || quote_ident(t.typname) || ' as ('
          || (select string_agg(quote_ident(a.attname) || ' ' || format_type(a.atttypid, a.atttypmod), ', ' order by a.attnum)
              from pg_attribute a where a.attrelid = t.typrelid and a.attnum > 0 and not a.attisdropped) || ');'
      end as text
    from pg_type t left join pg_class c on c.oid = t.typrelid
    where t.typnamespace = 'public'::regnamespace and (t.typtype in ('e', 'd') or (t.typtype = 'c' and c.relkind = 'c')) and ${own("pg_type", "t.oid")}
    order by t.typname collate "C"`);

const sequences = (db: Queryable) =>
  db.rows<Described>(sql`
    select 'sequence' as kind, c.relname as name,
      'create sequence ' || quote_ident(c.relname) || ' as ' || format_type(s.seqtypid, null)
        || case when s.seqstart <> 1 then ' start ' || s.seqstart else '' end
        || case when s.seqincrement <> 1 then ' increment ' || s.seqincrement else '' end
        || case when s.seqcache <> 1 then ' cache ' || s.seqcache else '' end
        || case when s.seqcycle then ' cycle' else '' end || ';' as text
    from pg_class c join pg_sequence s on s.seqrelid = c.oid
    where c.relnamespace = 'public'::regnamespace
      and not exists (select from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype in ('i', 'a', 'e'))
    order by c.relname collate "C"`);

const functions = (db: Queryable) =>
  db.rows<Described>(sql`
    select 'function' as kind, p.proname as name, rtrim(pg_get_functiondef(p.oid)) || ';' as text
    from pg_proc p
    where p.pronamespace = 'public'::regnamespace and p.prokind in ('f', 'p') and ${own("pg_proc", "p.oid")}
    order by p.proname collate "C", pg_get_function_identity_arguments(p.oid) collate "C"`);

const views = (db: Queryable) =>
  db.rows<Described>(sql`
    select 'view' as kind, c.relname as name,
      'create ' || case c.relkind when 'm' then 'materialized view ' else 'view ' end || quote_ident(c.relname) || E' as\n' || pg_get_viewdef(c.oid, true) as text
    from pg_class c
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('v', 'm') and ${own("pg_class", "c.oid")}
    order by c.relname collate "C"`);

// A table with all that belongs to it. Not-null constraints are rows of pg_constraint from PostgreSQL 18 on: they are
// written with their columns, so that every version gives the same text. A partition is written as that and nothing else.
const tables = (db: Queryable) =>
  db.rows<Described>(sql`
    with of_table as (
      select c.oid, c.relname, c.relkind, c.relispartition, c.relpersistence, c.reloptions,
        (select i.inhparent::regclass::text from pg_inherits i where i.inhrelid = c.oid) as parent,
        (select string_agg('  ' || line, E',\n' order by part, position, line collate "C") from (
            select 1 as part, a.attnum as position,
              quote_ident(a.attname) || ' ' || format_type(a.atttypid, a.atttypmod)
                || case when a.attcollation <> t.typcollation then ' collate ' || quote_ident(l.collname) else '' end
                || case when a.attgenerated <> '' then ' generated always as (' || pg_get_expr(d.adbin, d.adrelid) || case a.attgenerated when 's' then ') stored' else ') virtual' end
                        when d.oid is not null then ' default ' || pg_get_expr(d.adbin, d.adrelid) else '' end
                || case a.attidentity when 'a' then ' generated always as identity' when 'd' then ' generated by default as identity' else '' end
                || case when a.attnotnull then ' not null' else '' end as line
            from pg_attribute a
            join pg_type t on t.oid = a.atttypid
            left join pg_collation l on l.oid = a.attcollation
            left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
            where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
            union all
            select case k.contype when 'p' then 2 when 'u' then 3 when 'x' then 4 when 'c' then 5 else 6 end, 0,
              'constraint ' || quote_ident(k.conname) || ' ' || pg_get_constraintdef(k.oid, true)
            from pg_constraint k where k.conrelid = c.oid and k.contype in ('p', 'u', 'x', 'c', 'f')
          ) lines) as body,
        (select string_agg(pg_get_indexdef(i.indexrelid) || ';', E'\n' order by x.relname collate "C")
          from pg_index i join pg_class x on x.oid = i.indexrelid
          where i.indrelid = c.oid and not exists (select from pg_constraint k where k.conindid = i.indexrelid and k.contype in ('p', 'u', 'x'))) as indexes,
        (select string_agg(pg_get_triggerdef(g.oid) || ';', E'\n' order by g.tgname collate "C") from pg_trigger g where g.tgrelid = c.oid and not g.tgisinternal) as triggers,
        (select string_agg(comment, E'\n' order by position) from (
            select 0 as position, 'comment on table ' || quote_ident(c.relname) || ' is ' || quote_literal(obj_description(c.oid, 'pg_class')) || ';' as comment
            union all
            select a.attnum, 'comment on column ' || quote_ident(c.relname) || '.' || quote_ident(a.attname) || ' is ' || quote_literal(col_description(c.oid, a.attnum)) || ';'
            from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
          ) comments) as comments
      from pg_class c
      where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and ${own("pg_class", "c.oid")}
    )
    select 'table' as kind, relname as name,
      case when relispartition
        then 'create table ' || quote_ident(relname) || ' partition of ' || parent || ' ' || pg_get_expr((select relpartbound from pg_class where oid = t.oid), oid) || ';'
        else concat_ws(E'\n',
          'create ' || case relpersistence when 'u' then 'unlogged ' else '' end || 'table ' || quote_ident(relname) || E' (\n' || body || E'\n)'
            || case relkind when 'p' then ' partition by ' || pg_get_partkeydef(oid) else '' end
            || coalesce(' with (' || array_to_string(reloptions, ', ') || ')', '') || ';',
          indexes, triggers, comments)
      end as text
    from of_table t order by relname collate "C"`);
