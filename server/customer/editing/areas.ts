// Transformer areas: the smallest piece of the network a customer knows, and the unit that answers for it.
import { type Refusal, refuse } from "@bihuan/core/refusal.ts";
import { type Actor, recordAccess } from "../../identity/access-log/commands.ts";
import type { Queryable } from "../../platform/database.ts";
import type { Platform } from "../../platform/platform.ts";
import { instant, type Sql, sql } from "../../platform/sql.ts";
import { type Editor, mayEditAt } from "../reach.ts";
import { decided } from "./transaction.ts";

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

export type AreaChange = {
  readonly regionId: number;
  readonly code: string;
  readonly name: string;
  readonly unitId: number;
  readonly version: number;
};

/** Enters a transformer area (version 0) or changes it. Its accounts follow it to another unit. */
export function saveTransformerArea(
  platform: Platform,
  editor: Editor,
  actor: Actor,
  change: AreaChange,
): Promise<{ version: number; accountsMoved: number } | Refusal> {
  const { regionId, code, name, unitId } = change;
  return decided(platform, async (tx) => {
    const unit = editor.tree.unit(unitId);
    if (!unit?.active) return refuse("customer.unit-unknown", { unitId });
    if (unit.regionId !== regionId) return refuse("customer.unit-of-another-region");
    const known = await tx.maybe<{ unitId: number; version: number }>(sql`
      select unit_id "unitId", version from transformer_area where region_id = ${regionId} and code = ${code} for update`);
    const refused = mayEditAt(editor, unitId) ?? (known ? mayEditAt(editor, known.unitId) : null);
    if (refused) return refused;
    if ((known?.version ?? 0) !== change.version) return refuse("customer.version-stale", { version: known?.version ?? 0 });
    const nowMs = platform.time.nowMs();
    const now = instant(nowMs);
    const { version } = await tx.one<{ version: number }>(sql`
      insert into transformer_area as t (region_id, code, name, unit_id, created_at, changed_at)
      values (${regionId}, ${code}, ${name}, ${unitId}, ${now}, ${now})
      on conflict (region_id, code) do update
        set name = excluded.name, unit_id = excluded.unit_id, version = t.version + 1, changed_at = excluded.changed_at
      returning version`);
    const accountsMoved = await tx.run(sql`
      update customer_account set unit_id = ${unitId}
      where region_id = ${regionId} and transformer_area_code = ${code} and unit_id <> ${unitId}`);
    await recordAccess(tx, nowMs, actor, {
      action: "TRANSFORMER_AREA_CHANGED",
      recordKind: "transformer-area",
      recordId: `${regionId}-${code}`,
      facts: { unit: unitId, from: known?.unitId ?? null, accountsMoved },
    });
    await platform.live.publish(tx, [
      { type: "transformer-area.changed", id: `${regionId}-${code}`, version, units: [unitId, ...(known ? [known.unitId] : [])] },
    ]);
    return { version, accountsMoved };
  });
}
