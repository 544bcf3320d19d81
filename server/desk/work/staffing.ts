// Where somebody holds which role just now: whose work a task is depends on who else is there.
import type { Staffing } from "@bihuan/core/desk/work/reach.ts";
import type { Role } from "@bihuan/core/identity/roles.ts";
import type { Queryable } from "../../platform/database.ts";
import { instant, sql } from "../../platform/sql.ts";

/** The units at which active staff hold each role at an instant. */
export async function staffingAt(db: Queryable, nowMs: number): Promise<Staffing> {
  const rows = await db.rows<{ role: Role; unit_ids: number[] }>(sql`
    select g.role, array_agg(distinct g.unit_id) as unit_ids
    from role_grant g join staff s on s.staff_id = g.staff_id and s.active
    where g.valid_from <= ${instant(nowMs)} and (g.valid_to is null or g.valid_to > ${instant(nowMs)})
    group by g.role`);
  return new Map(rows.map(({ role, unit_ids }) => [role, new Set(unit_ids)]));
}
