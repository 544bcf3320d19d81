// Orders that may be the same matter, told at intake so that progress is told instead of a second order opened.
import type { OrderHint } from "@bihuan/contract/work-order.ts";
import { maskText } from "@bihuan/core/identity/masking.ts";
import type { OrganisationTree } from "@bihuan/core/identity/organisation.ts";
import { can, type Scope } from "@bihuan/core/identity/scope.ts";
import type { z } from "zod";
import type { Queryable } from "../../platform/database.ts";
import { instant, instantOrNull, sql } from "../../platform/sql.ts";
import { monthsBetween, ZONES_APART_MS } from "../store/months.ts";
import { type Matter, matterKeys } from "../store/search-tokens.ts";
import { contactHidden } from "../views/personal.ts";
import { unitRef } from "../views/units.ts";

type Row = {
  order_id: string;
  flow: string;
  status: z.infer<typeof OrderHint>["status"];
  step: string | null;
  title: string;
  unit_id: number;
  intake_at: number;
  due_at: number | null;
  identity: string;
  desk_unit_id: number;
  tokens: string[];
};

const MOST = 20;

/** In: what is known about the caller, and how far to look back. Out: newest first; why each is shown; nothing of orders elsewhere but that they exist. */
export async function findHints(
  db: Queryable,
  scope: Scope,
  tree: OrganisationTree,
  matter: Matter & { regionId: number; sinceMs: number; nowMs: number },
): Promise<z.input<typeof OrderHint>[]> {
  const keys = matterKeys(matter);
  if (keys.length === 0) return [];
  const months = monthsBetween(matter.sinceMs - ZONES_APART_MS, matter.nowMs + ZONES_APART_MS);
  const rows = await db.rows<Row>(sql`
    select w.order_id, w.flow, w.status, w.step, c.title, w.unit_id, w.intake_at, w.due_at, w.identity, w.desk_unit_id, c.tokens
    from order_contact c
    join work_order w on w.region_id = c.region_id and w.intake_month = c.intake_month and w.order_id = c.order_id
    where c.region_id = ${matter.regionId} and c.intake_month = any(${months}::int[])
      and c.tokens && ${keys.map(({ token }) => token)}::text[]
      and w.import_id is null and w.intake_at >= ${instant(matter.sinceMs)}
    order by (w.status in ('OPEN', 'SUSPENDED')) desc, w.intake_at desc limit ${MOST}`);
  // A confidential or anonymous demand is not told to agents of other desks: that somebody complained is itself the secret.
  const told = rows.filter((row) => !contactHidden(scope, tree, { identity: row.identity, deskUnitId: row.desk_unit_id }));
  return told.map((row) => {
    const open = can(scope, tree, "order.read", row.unit_id);
    return {
      orderId: row.order_id,
      flow: row.flow,
      status: row.status,
      step: row.step,
      title: open ? maskText(row.title) : "",
      unit: unitRef(tree, row.unit_id),
      intakeAt: instant(row.intake_at),
      dueAt: instantOrNull(row.due_at),
      because: keys.filter(({ token }) => row.tokens.includes(token)).map(({ because }) => because),
      open,
    };
  });
}
