// Where somebody holds which role just now: whose work a task is depends on who else is there.
import type { Staffing } from "@bihuan/core/desk/work/reach.ts";
import type { Role } from "@bihuan/core/identity/roles.ts";
import type { Queryable } from "../../platform/database.ts";
import { instant, sql } from "../../platform/sql.ts";

/** The active staff who hold each role at each unit at an instant. */
export async function staffingAt(db: Queryable, nowMs: number): Promise<Staffing> {
  const rows = await db.rows<{ role: Role; unit_id: number; staff: number[] }>(sql`
    select g.role, g.unit_id, array_agg(distinct g.staff_id) as staff
    from role_grant g join staff s on s.staff_id = g.staff_id and s.active
    where g.valid_from <= ${instant(nowMs)} and (g.valid_to is null or g.valid_to > ${instant(nowMs)})
    group by g.role, g.unit_id`);
  return new Map(
    [...Map.groupBy(rows, ({ role }) => role)].map(([role, own]) => [
      role,
      new Map(own.map(({ unit_id, staff }) => [unit_id, staff])),
    ]),
  );
}
