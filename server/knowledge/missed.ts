// What was searched for and not found, by region: counted, never by whom.
import { keptWords } from "@bihuan/core/knowledge/missed.ts";
import { type Refusal, refuse } from "@bihuan/core/refusal.ts";
import type { Queryable } from "../platform/database.ts";
import { instant, sql } from "../platform/sql.ts";

export type MissedSearch = {
  readonly words: string;
  readonly times: number;
  readonly firstAtMs: number;
  readonly lastAtMs: number;
};

const MOST_SHOWN = 200;

/** Notes a search. Refused where nothing is left of it but numbers: they are not kept. */
export async function noteMissed(on: Queryable, regionId: number, typed: string, nowMs: number): Promise<Refusal | null> {
  const words = keptWords(typed);
  if (words === null) return refuse("knowledge.words-missing");
  await on.run(sql`
    insert into missed_search as m (region_id, words, times, first_at, last_at)
    values (${regionId}, ${words}, 1, ${instant(nowMs)}, ${instant(nowMs)})
    on conflict (region_id, words) do update set times = m.times + 1, last_at = excluded.last_at`);
  return null;
}

/** The words of these regions, the most often missed first. */
export const missedSearches = (on: Queryable, regions: readonly number[]): Promise<MissedSearch[]> =>
  on.rows(sql`
    select words, sum(times)::int times, min(first_at) "firstAtMs", max(last_at) "lastAtMs"
    from missed_search where region_id = any(${regions}::smallint[])
    group by words order by sum(times) desc, max(last_at) desc, words limit ${MOST_SHOWN}`);

/** Takes words off the list of these regions; they stand on it again when somebody looks for them in vain. Out: how many rows. */
export const settleMissed = (on: Queryable, regions: readonly number[], words: string): Promise<number> =>
  on.run(sql`delete from missed_search where region_id = any(${regions}::smallint[]) and words = ${words}`);
