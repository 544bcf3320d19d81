import type { ImportResult } from "@bihuan/contract/identity-organisation.ts";
import { problem } from "@bihuan/core/identity/import-file.ts";
import { type OrganisationPlan, planOrganisationImport } from "@bihuan/core/identity/organisation-import.ts";
import type { OrganisationTree } from "@bihuan/core/identity/organisation.ts";
import { isRefusal, refuse } from "@bihuan/core/refusal.ts";
import type { Tx } from "../../platform/database.ts";
import type { Platform } from "../../platform/platform.ts";
import { sql } from "../../platform/sql.ts";
import { readTable } from "../import-table.ts";
import { type Editor, holdsAt } from "../editor.ts";
import { announceMove, applyUnit, changeOrganisation, insertUnit } from "./commands.ts";
import { rootIsPlaceholder } from "./queries.ts";

const nothing = { applied: false, created: 0, changed: 0, unchanged: 0, problems: [] };

/**
 * Imports the organisation from CSV text. Out: what was created and changed, or every problem with its line and then nothing
 * was done. A dry run checks and counts only.
 */
export async function importOrganisation(
  platform: Platform,
  editor: Editor,
  csv: string,
  dryRun: boolean,
): Promise<ImportResult> {
  const file = readTable(csv);
  if ("problems" in file) return { ...nothing, problems: file.problems };
  let result: ImportResult = nothing;
  const outcome = await changeOrganisation(platform, editor, async (tx, tree, nowMs) => {
    const planned = planOrganisationImport(tree, await rootIsPlaceholder(tx), file.header, file.rows);
    const problems = "problems" in planned ? planned.problems : outsideScope(editor, tree, planned.plan);
    if (problems.length > 0 || !("plan" in planned)) {
      result = { ...nothing, problems };
      return refuse("identity.import-has-problems", { count: problems.length });
    }
    const { create, change, unchanged } = planned.plan;
    result = { applied: !dryRun, created: create.length, changed: change.length, unchanged, problems: [] };
    if (dryRun) return refuse("identity.import-has-problems", { count: 0 });
    await apply(platform, tx, tree, planned.plan, nowMs);
    const facts = { kind: "organisation", created: create.length, changed: change.length };
    return [{ action: "DATA_IMPORTED", recordKind: "organisation", facts }];
  });
  return isRefusal(outcome) ? { ...result, applied: false } : result;
}

/** Rows that touch a unit, or hang a new one below a unit, that is not the editor's. */
function outsideScope(editor: Editor, tree: OrganisationTree, plan: OrganisationPlan) {
  const mine = (unitId: number) => holdsAt(editor, tree, "organisation.edit", unitId);
  const standing = new Map(plan.change.map((unit) => [unit.code, unit.unitId as number]));
  const parentOf = (code: string | null) => (code === null ? undefined : (standing.get(code) ?? tree.byCode(code)?.unitId));
  return [...plan.create, ...plan.change]
    .filter((unit) => {
      if (unit.unitId !== null && !mine(unit.unitId)) return true;
      const parent = parentOf(unit.parentCode);
      return (unit.unitId === null || unit.moved) && parent !== undefined && !mine(parent);
    })
    .map((unit) => problem(unit.line, null, "超出您的管理范围", "outside the units you are responsible for"));
}

async function apply(platform: Platform, tx: Tx, tree: OrganisationTree, plan: OrganisationPlan, nowMs: number): Promise<void> {
  const ids = new Map(tree.units.map((unit) => [unit.code, unit.unitId]));
  for (const unit of plan.change) ids.set(unit.code, unit.unitId as number);
  for (const unit of plan.create)
    ids.set(unit.code, await insertUnit(tx, nowMs, { ...unit, parentId: ids.get(unit.parentCode as string) as number }));
  for (const unit of plan.change) {
    const parentId = unit.parentCode === null ? null : (ids.get(unit.parentCode) as number);
    const { code, name, kind, zone, areaClass, regionId } = unit;
    await applyUnit(tx, nowMs, unit.unitId as number, { code, name, kind, zone, areaClass, regionId, parentId });
    if (parentId === null) await tx.run(sql`update unit set placeholder = false where unit_id = ${unit.unitId}`);
    if (unit.moved) await announceMove(platform, tx, unit.unitId as number);
  }
}
