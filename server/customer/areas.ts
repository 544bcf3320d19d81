// Transformer areas: the smallest piece of the network a customer knows, and the unit that answers for it.
import type { Queryable } from "../platform/database.ts";
import { type Sql, sql } from "../platform/sql.ts";

export type AreaRecord = {
  readonly regionId: number;
  readonly code: string;
  readonly name: string;
  readonly unitId: number;
  readonly version: number;
  readonly accounts: number;
};
export type AreaPlace = { readonly regionId: number; readonly code: string };

const escaped = (text: string) => text.replace(/[\\%_]/g, "\\$&");

/** One page by region and code. In: conditions on `t.unit_id` and `t.region_id`, part of the code or the name, where to go on. */
export function listAreas(
  on: Queryable,
  within: Sql,
  text: string | undefined,
  after: AreaPlace | null,
  limit: number,
): Promise<AreaRecord[]> {
  const part = text === undefined ? null : `%${escaped(text)}%`;
  return on.rows(sql`
    select t.region_id "regionId", t.code, t.name, t.unit_id "unitId", t.version,
      (select count(*)::int from customer_account a where a.region_id = t.region_id and a.transformer_area_code = t.code) accounts
    from transformer_area t
    where ${within} and ${part === null ? sql`true` : sql`(t.code ilike ${part} or t.name ilike ${part})`}
      and ${after ? sql`(t.region_id, t.code) > (${after.regionId}, ${after.code})` : sql`true`}
    order by t.region_id, t.code limit ${limit}`);
}
