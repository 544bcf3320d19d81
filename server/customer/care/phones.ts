// The telephone numbers printed on cards: of a unit, and of a manager at work.
import type { OrganisationTree } from "@bihuan/core/identity/organisation.ts";
import { can } from "@bihuan/core/identity/scope.ts";
import { type Refusal, refuse } from "@bihuan/core/refusal.ts";
import { type Actor, recordAccess } from "../../identity/access-log/commands.ts";
import { staffById } from "../../identity/staff/queries.ts";
import type { Queryable } from "../../platform/database.ts";
import type { Platform } from "../../platform/platform.ts";
import { instant, sql } from "../../platform/sql.ts";
import type { Editor } from "../reach.ts";

export type PhoneHolder = { readonly holder: "unit" | "staff"; readonly holderId: number };

/** Enters a number, or takes it off (null). Whoever manages customers at the unit, or at the person's unit, may. */
export function savePhone(
  platform: Platform,
  { scope, tree }: Editor,
  actor: Actor,
  { holder, holderId }: PhoneHolder,
  phone: string | null,
): Promise<{ readonly phone: string | null } | Refusal> {
  return platform.db.transaction(async (tx) => {
    const nowMs = platform.time.nowMs();
    const unitId = holder === "unit" ? tree.unit(holderId)?.unitId : (await staffById(tx, holderId, nowMs))?.homeUnitId;
    if (unitId === undefined) return refuse(holder === "unit" ? "customer.unit-unknown" : "customer.staff-unknown");
    if (!can(scope, tree, "customer.manage", unitId)) return refuse("permission.missing", { permission: "customer.manage" });
    const kind = holder.toUpperCase();
    await (phone === null
      ? tx.run(sql`delete from service_phone where holder = ${kind} and holder_id = ${holderId}`)
      : tx.run(sql`
          insert into service_phone (holder, holder_id, phone, changed_at) values (${kind}, ${holderId}, ${phone}, ${instant(nowMs)})
          on conflict (holder, holder_id) do update set phone = excluded.phone, changed_at = excluded.changed_at`));
    await recordAccess(tx, nowMs, actor, {
      action: "CONFIGURATION_CHANGED",
      recordKind: holder,
      recordId: holderId,
      field: "service-phone",
    });
    return { phone };
  });
}

/** The numbers entered for units, by unit. */
export async function unitPhones(on: Queryable): Promise<ReadonlyMap<number, string>> {
  const rows = await on.rows<{ unitId: number; phone: string }>(sql`
    select holder_id "unitId", phone from service_phone where holder = 'UNIT' order by holder_id`);
  return new Map(rows.map(({ unitId, phone }) => [unitId, phone]));
}

/** The number of a unit, or of the nearest one above it that has one. */
export const phoneOf = (tree: OrganisationTree, phones: ReadonlyMap<number, string>, unitId: number): string | null =>
  tree
    .ancestors(unitId)
    .map((id) => phones.get(id))
    .find((phone) => phone !== undefined) ?? null;
