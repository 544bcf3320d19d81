// Changes of the organisation. Each is one transaction under one lock: two people who edit the tree do it one after the other,
// and every check sees the tree it changes.
import {
  createRefusal,
  deactivateRefusal,
  kindRefusal,
  moveRefusal,
  regionOfNew,
  zoneRefusal,
} from "@bihuan/core/identity/organisation-change.ts";
import type { AreaClass, OrganisationTree, Unit, UnitKind } from "@bihuan/core/identity/organisation.ts";
import { isRefusal, type Refusal, refuse } from "@bihuan/core/refusal.ts";
import type { Tx } from "../../platform/database.ts";
import type { Platform } from "../../platform/platform.ts";
import { instant, raw, sql } from "../../platform/sql.ts";
import { type AccessRecord, recordAccess } from "../access-log/commands.ts";
import { allOrNothing } from "../all-or-nothing.ts";
import { type Editor, outside } from "../editor.ts";
import { activeStaffAt, rootIsPlaceholder } from "./queries.ts";
import { forgetTree, loadTree } from "./tree.ts";

/** Name of the job that rewrites what hangs on a moved unit's path; the work-order slice handles it. */
export const UNIT_MOVED_JOB = "organisation.unit-moved";

const TREE_LOCK = 7236_0002;

/** Makes other changes of the organisation wait until the caller's transaction has ended. */
export const lockOrganisation = (tx: Tx): Promise<number> => tx.run(sql`select pg_advisory_xact_lock(${TREE_LOCK})`);

/**
 * Runs one change of the tree: lock, read, `change`, record, tell. `change` returns a refusal (everything is undone) or the
 * records for the access log. Out: the refusal, or the new tree.
 */
export async function changeOrganisation(
  platform: Platform,
  editor: Editor,
  change: (tx: Tx, tree: OrganisationTree, nowMs: number) => Promise<Refusal | readonly AccessRecord[]>,
): Promise<Refusal | OrganisationTree> {
  const tree = await allOrNothing(platform.db, async (tx) => {
    await lockOrganisation(tx);
    const nowMs = platform.time.nowMs();
    const result = await change(tx, await loadTree(tx), nowMs);
    if (isRefusal(result)) return result;
    await recordAccess(tx, nowMs, editor.actor, result);
    await platform.live.publish(tx, [{ type: "organisation.changed" }]);
    return loadTree(tx);
  });
  forgetTree(platform.db);
  return tree;
}

const mayEdit = (editor: Editor, tree: OrganisationTree, unitId: number): Refusal | null =>
  outside(editor, tree, "organisation.edit", unitId);

/** The unit to be changed: it exists, is the editor's, and nobody changed it meanwhile. */
function editable(editor: Editor, tree: OrganisationTree, unitId: number, version: number): Unit | Refusal {
  const unit = tree.unit(unitId);
  if (!unit) return refuse("identity.unit-unknown", { unit: unitId });
  return (
    mayEdit(editor, tree, unitId) ??
    (unit.version === version ? unit : refuse("identity.version-conflict", { version: unit.version }))
  );
}

const changed = (unitId: number, what: string, facts: AccessRecord["facts"] = {}): AccessRecord => ({
  action: "ORGANISATION_CHANGED",
  recordKind: "unit",
  recordId: unitId,
  facts: { change: what, ...facts },
});

async function update(
  tx: Tx,
  unitId: number,
  nowMs: number,
  values: Partial<Pick<Unit, "code" | "name" | "kind" | "parentId" | "zone" | "areaClass" | "active" | "regionId">>,
): Promise<void> {
  const columns = {
    code: "code",
    name: "name",
    kind: "kind",
    parentId: "parent_id",
    zone: "zone",
    areaClass: "area_class",
    active: "active",
    regionId: "region_id",
  } as const;
  const given = Object.entries(values).filter(([, value]) => value !== undefined);
  const json = Object.fromEntries(given.map(([key, value]) => [columns[key as keyof typeof columns], value]));
  const set = Object.keys(json)
    .map((column) => `${column} = given.${column}`)
    .join(", ");
  await tx.run(sql`
    update unit set ${raw(set ? `${set}, ` : "")} version = unit.version + 1, changed_at = ${instant(nowMs)}
    from json_populate_record(null::unit, ${JSON.stringify(json)}::json) given where unit.unit_id = ${unitId}`);
}

/** Names the root of a fresh installation. Errors: it has its name already (`identity.organisation-set-up`). */
export const setUpOrganisation = (
  platform: Platform,
  editor: Editor,
  root: { code: string; name: string; kind: UnitKind; zone: string; areaClass: AreaClass | null },
) =>
  changeOrganisation(platform, editor, async (tx, tree, nowMs) => {
    const refused = mayEdit(editor, tree, tree.root.unitId) ?? zoneRefusal(root.zone);
    if (refused) return refused;
    if (tree.size > 1 || !(await rootIsPlaceholder(tx))) return refuse("identity.organisation-set-up");
    await update(tx, tree.root.unitId, nowMs, root);
    await tx.run(sql`update unit set placeholder = false where unit_id = ${tree.root.unitId}`);
    return [changed(tree.root.unitId, "set-up", { code: root.code, kind: root.kind })];
  });

export type NewUnit = {
  readonly code: string;
  readonly name: string;
  readonly kind: UnitKind;
  readonly parentId: number;
  readonly zone: string | null;
  readonly areaClass: AreaClass | null;
  readonly regionId?: number | undefined;
};

/** Creates a unit below a parent that is the editor's. */
export const createUnit = (platform: Platform, editor: Editor, unit: NewUnit) =>
  changeOrganisation(platform, editor, async (tx, tree, nowMs) => {
    if (!tree.unit(unit.parentId)) return refuse("identity.unit-unknown", { unit: unit.parentId });
    const refused = mayEdit(editor, tree, unit.parentId) ?? createRefusal(tree, unit) ?? zoneRefusal(unit.zone);
    if (refused) return refused;
    const regionId = regionOfNew(tree, unit);
    if (isRefusal(regionId)) return regionId;
    const unitId = await insertUnit(tx, nowMs, { ...unit, regionId });
    return [changed(unitId, "created", { code: unit.code, parent: unit.parentId })];
  });

/** Inserts a unit that was checked. Out: its id. */
export const insertUnit = async (
  tx: Tx,
  nowMs: number,
  unit: Omit<NewUnit, "regionId"> & { regionId: number },
): Promise<number> =>
  (
    await tx.one<{ unitId: number }>(sql`
      insert into unit (code, name, kind, parent_id, region_id, zone, area_class, created_at, changed_at)
      values (${unit.code}, ${unit.name}, ${unit.kind}, ${unit.parentId}, ${unit.regionId}, ${unit.zone}, ${unit.areaClass},
        ${instant(nowMs)}, ${instant(nowMs)})
      returning unit_id as "unitId"`)
  ).unitId;

/** Changes a standing unit that was checked, bringing it back where it was inactive. */
export const applyUnit = (
  tx: Tx,
  nowMs: number,
  unitId: number,
  values: Omit<NewUnit, "parentId" | "regionId"> & { parentId: number | null; regionId: number },
) => update(tx, unitId, nowMs, { ...values, active: true });

/** Renames a unit, changes its kind or what it hands down. */
export const updateUnit = (
  platform: Platform,
  editor: Editor,
  unitId: number,
  version: number,
  values: {
    code?: string | undefined;
    name?: string | undefined;
    kind?: UnitKind | undefined;
    zone?: string | null | undefined;
    areaClass?: AreaClass | null | undefined;
  },
) =>
  changeOrganisation(platform, editor, async (tx, tree, nowMs) => {
    const unit = editable(editor, tree, unitId, version);
    if (isRefusal(unit)) return unit;
    const other = values.code === undefined ? null : tree.byCode(values.code);
    if (other && other.unitId !== unitId) return refuse("identity.unit-code-taken", { code: other.code });
    const refused = zoneRefusal(values.zone) ?? (values.kind === undefined ? null : kindRefusal(tree, unitId, values.kind));
    if (refused) return refused;
    const given = Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
    await update(tx, unitId, nowMs, given);
    return [changed(unitId, "changed", given as AccessRecord["facts"])];
  });

/** Moves a unit and everything below it. What carries the unit's path is rewritten by a job in the same transaction. */
export const moveUnit = (platform: Platform, editor: Editor, unitId: number, version: number, parentId: number) =>
  changeOrganisation(platform, editor, async (tx, tree, nowMs) => {
    const unit = editable(editor, tree, unitId, version);
    if (isRefusal(unit)) return unit;
    if (!tree.unit(parentId)) return refuse("identity.unit-unknown", { unit: parentId });
    const refused = mayEdit(editor, tree, parentId) ?? moveRefusal(tree, unitId, parentId);
    if (refused) return refused;
    await update(tx, unitId, nowMs, { parentId });
    await announceMove(platform, tx, unitId);
    return [changed(unitId, "moved", { from: unit.parentId, to: parentId })];
  });

/** Has everything that carries the path of a moved unit rewritten after the commit. */
export const announceMove = (platform: Platform, tx: Tx, unitId: number): Promise<void> =>
  platform.jobs.addJob(tx, UNIT_MOVED_JOB, { unitId });

/** Takes a unit out of use: nothing active below it, nobody at home there. */
export const deactivateUnit = (platform: Platform, editor: Editor, unitId: number, version: number) =>
  changeOrganisation(platform, editor, async (tx, tree, nowMs) => {
    const unit = editable(editor, tree, unitId, version);
    if (isRefusal(unit)) return unit;
    const refused = deactivateRefusal(tree, unitId, await activeStaffAt(tx, unitId));
    if (refused) return refused;
    await update(tx, unitId, nowMs, { active: false });
    return [changed(unitId, "deactivated")];
  });

/** Brings a unit back into use. Errors: its parent is inactive (`identity.unit-unknown` names the parent). */
export const reactivateUnit = (platform: Platform, editor: Editor, unitId: number, version: number) =>
  changeOrganisation(platform, editor, async (tx, tree, nowMs) => {
    const unit = editable(editor, tree, unitId, version);
    if (isRefusal(unit)) return unit;
    const parent = unit.parentId === null ? null : tree.unit(unit.parentId);
    if (parent && !parent.active) return refuse("identity.unit-unknown", { unit: parent.unitId });
    await update(tx, unitId, nowMs, { active: true });
    return [changed(unitId, "reactivated")];
  });
