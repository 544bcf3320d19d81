// Where accounts belong: each to the unit its transformer area names, else to the one chosen, all in one region, all within
// the editor's reach.
import type { OrganisationTree } from "@bihuan/core/identity/organisation.ts";
import { regionsReached } from "@bihuan/core/identity/scope.ts";
import { isRefusal, type Refusal, refuse } from "@bihuan/core/refusal.ts";
import type { Queryable } from "../../platform/database.ts";
import { sql } from "../../platform/sql.ts";
import type { Editor } from "../reach.ts";

export type ToPlace = {
  readonly accountNo: string;
  readonly transformerAreaCode: string | null;
  readonly unitId?: number | undefined;
};
export type Placement = { readonly regionId: number; readonly unitOf: ReadonlyMap<string, number> };

type Area = { regionId: number; code: string; unitId: number };

/**
 * Places accounts. In: who edits, the accounts, and the region of a file that stands already. Out: the region and the responsible unit
 * of each account number; or why they cannot stand so. Whether the editor reaches the units is asked by the caller.
 */
export async function placeAccounts(
  on: Queryable,
  editor: Editor,
  accounts: readonly ToPlace[],
  fixedRegionId: number | null,
): Promise<Placement | Refusal> {
  const { scope, tree } = editor;
  const regions = fixedRegionId === null ? regionsReached(scope, tree, "customer.edit") : [fixedRegionId];
  const codes = accounts.flatMap((account) => account.transformerAreaCode ?? []);
  const areas = await on.rows<Area>(sql`
    select region_id "regionId", code, unit_id "unitId" from transformer_area
    where region_id = any(${regions}::smallint[]) and code = any(${codes}::text[])`);
  const unitOf = new Map<string, number>();
  const found = new Set<number>();
  for (const account of accounts) {
    const unitId = placeOne(tree, account, areas);
    if (isRefusal(unitId)) return unitId;
    unitOf.set(account.accountNo, unitId);
    found.add(tree.unit(unitId)?.regionId as number);
  }
  const [regionId] = found;
  if (regionId === undefined || found.size > 1 || (fixedRegionId !== null && regionId !== fixedRegionId))
    return refuse("customer.units-in-several-regions");
  return { regionId, unitOf };
}

function placeOne(tree: OrganisationTree, account: ToPlace, areas: readonly Area[]): number | Refusal {
  const { accountNo, transformerAreaCode: code, unitId } = account;
  const chosen = unitId === undefined ? null : tree.unit(unitId);
  if (unitId !== undefined && !chosen?.active) return refuse("customer.unit-unknown", { unitId });
  if (code === null) return chosen ? chosen.unitId : refuse("customer.unit-missing", { accountNo });
  // Codes are given city by city: with a unit chosen, only its city's area is meant.
  const [area, another] = areas.filter((one) => one.code === code && (!chosen || one.regionId === chosen.regionId));
  if (!area) return refuse("customer.transformer-area-unknown", { code });
  if (another) return refuse("customer.unit-missing", { accountNo });
  if (chosen && chosen.unitId !== area.unitId)
    return refuse("customer.area-of-another-unit", { code, unit: tree.unit(area.unitId)?.name ?? String(area.unitId) });
  return area.unitId;
}
