// What a database holds, in one line for each table: equal before and after means that nothing was changed.
import type { Database } from "../../platform/database.ts";
import { raw, sql } from "../../platform/sql.ts";

// When somebody was last seen, or turned away, is written down whatever the answer.
const moments = ["last_seen_at", "last_used_at", "last_refused_at"];

/** A digest of each table's rows. In: tables that may grow meanwhile, such as the access log, to be left out. */
export async function fingerprint(db: Database, without: readonly string[] = []): Promise<Record<string, string>> {
  const tables = await db.rows<{ name: string }>(sql`
    select c.relname as name from pg_class c
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition and c.relname <> all(${without}::text[])
    order by 1`);
  const digests: Record<string, string> = {};
  for (const { name } of tables) {
    const { digest } = await db.one<{ digest: string }>(sql`
      select count(*) || ' ' || md5(coalesce(string_agg(line, ',' order by line), '')) as digest
      from (select (to_jsonb(t) - ${moments}::text[])::text as line from ${raw(`"${name}"`)} t) lines`);
    digests[name] = digest;
  }
  return digests;
}
