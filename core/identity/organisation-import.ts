// An organisation from a file: checked as a whole against the tree that stands, planned, and applied by the caller in one
// transaction or not at all. Units that the file does not name stay as they are.
import { type ImportProblem, type ImportRow, problem, readColumns } from "./import-file.ts";
import { freeRegion, mayStandBelow, takenRegions } from "./organisation-change.ts";
import { organisationColumns, readUnitRow, type UnitDraft } from "./organisation-import-rows.ts";
import { MAX_DEPTH, type OrganisationTree, type Unit, unitKindTitles } from "./organisation.ts";

/** A unit as it is to be. `unitId` null: to be created. Listed parents first; `parentCode` null for the root. */
export type PlannedUnit = Pick<Unit, "code" | "name" | "kind" | "zone" | "areaClass" | "regionId"> & {
  readonly unitId: number | null;
  readonly parentCode: string | null;
  readonly line: number;
  /** Whether a standing unit is moved below another parent. */
  readonly moved: boolean;
};
export type OrganisationPlan = {
  readonly create: readonly PlannedUnit[];
  readonly change: readonly PlannedUnit[];
  readonly unchanged: number;
};

/**
 * Plans an import. In: the tree, whether its root is still the placeholder of the first start (the file's root then takes
 * its place), the header and the rows. Out: the plan, or every problem found.
 */
export function planOrganisationImport(
  tree: OrganisationTree,
  placeholder: boolean,
  header: readonly string[],
  rows: readonly ImportRow[],
): { problems: ImportProblem[] } | { plan: OrganisationPlan } {
  const columns = readColumns(header, organisationColumns);
  if (columns.problems.length > 0) return { problems: columns.problems };
  if (rows.length === 0) return { problems: [problem(0, null, "文件中没有数据行", "the file has no rows")] };
  const problems: ImportProblem[] = [];
  const drafts = new Map<string, UnitDraft>();
  const unread = new Set<string>();
  for (const row of rows) {
    const draft = readUnitRow(row, columns.cell, problems);
    if (!draft) {
      unread.add(columns.cell(row, "code") ?? "");
      continue;
    }
    const earlier = drafts.get(draft.code);
    if (earlier)
      problems.push(
        problem(row.line, "code", `编码与第 ${earlier.line} 行重复`, `the code stands on line ${earlier.line} already`),
      );
    else {
      const standing = draft.parentCode === null && placeholder ? tree.root : tree.byCode(draft.code);
      // A column that is absent says nothing; an empty cell says "inherit".
      const areaClass = columns.has("area_class") ? draft.areaClass : (standing?.areaClass ?? null);
      const zone = columns.has("zone") ? draft.zone : (standing?.zone ?? null);
      drafts.set(draft.code, { ...draft, areaClass, zone, standing });
    }
  }
  checkRoots(tree, placeholder, drafts, problems);
  const misplaced: ImportProblem[] = [];
  const ordered = checkPlaces(tree, drafts, unread, misplaced);
  problems.push(...misplaced);
  const regions = problems.length > 0 ? new Map<string, number>() : assignRegions(tree, placeholder, ordered, problems);
  if (problems.length > 0) return { problems: problems.sort((a, b) => a.line - b.line) };

  const planned = ordered.map((draft): PlannedUnit => {
    const { line, code, name, kind, zone, areaClass, parentCode, standing } = draft;
    const parent = parentCode === null ? null : (drafts.get(parentCode)?.standing ?? tree.byCode(parentCode));
    const moved = standing !== null && standing.parentId !== (parent?.unitId ?? null);
    return {
      unitId: standing?.unitId ?? null,
      code,
      name,
      kind,
      zone,
      areaClass,
      parentCode,
      regionId: regions.get(code) as number,
      line,
      moved,
    };
  });
  const change = planned.filter((unit) => unit.unitId !== null && (unit.moved || differs(unit, tree.unit(unit.unitId) as Unit)));
  const create = planned.filter((unit) => unit.unitId === null);
  return { plan: { create, change, unchanged: planned.length - create.length - change.length } };
}

const differs = (planned: PlannedUnit, unit: Unit): boolean =>
  (["code", "name", "kind", "zone", "areaClass", "regionId"] as const).some((field) => planned[field] !== unit[field]) ||
  !unit.active;

function checkRoots(
  tree: OrganisationTree,
  placeholder: boolean,
  drafts: ReadonlyMap<string, UnitDraft>,
  problems: ImportProblem[],
): void {
  const roots = [...drafts.values()].filter((draft) => draft.parentCode === null);
  for (const extra of roots.slice(1))
    problems.push(
      problem(extra.line, "parent_code", `第 ${roots[0]?.line} 行已是根单位`, `line ${roots[0]?.line} is the root already`),
    );
  const root = roots[0];
  if (root && !placeholder && root.code !== tree.root.code)
    problems.push(
      problem(
        root.line,
        "parent_code",
        `根单位已是 ${tree.root.code}，请填写上级编码`,
        `the root is ${tree.root.code}: give a parent code`,
      ),
    );
  const standing = drafts.get(tree.root.code);
  if (standing && standing.parentCode !== null)
    problems.push(problem(standing.line, "parent_code", "根单位不能有上级", "the root has no parent"));
}

/**
 * Parents exist, kinds fit, no cycle, not too deep. `unread` are codes of rows with problems of their own: what stands below
 * them is judged when they are mended. Out: the drafts, parents first.
 */
function checkPlaces(
  tree: OrganisationTree,
  drafts: ReadonlyMap<string, UnitDraft>,
  unread: ReadonlySet<string>,
  problems: ImportProblem[],
): UnitDraft[] {
  const renamed = new Map(
    [...drafts.values()].flatMap((draft) => (draft.standing ? [[draft.standing.unitId, draft.code] as const] : [])),
  );
  const codeOf = (unitId: number | null): string | null =>
    unitId === null ? null : (renamed.get(unitId) ?? tree.unit(unitId)?.code ?? null);
  const parentOf = (code: string): string | null => {
    const draft = drafts.get(code);
    return draft ? draft.parentCode : codeOf(tree.byCode(code)?.parentId ?? null);
  };
  const depths = new Map<string, number>();
  const ordered: UnitDraft[] = [];
  for (const draft of drafts.values()) {
    const { parentCode } = draft;
    if (parentCode === null || unread.has(parentCode)) continue;
    const parent = drafts.get(parentCode) ?? tree.byCode(parentCode);
    if (!parent || ("active" in parent && !parent.active))
      problems.push(
        problem(draft.line, "parent_code", `上级 ${parentCode} 不存在或已停用`, `there is no active unit ${parentCode}`),
      );
    else if (!mayStandBelow(draft.kind, parent.kind))
      problems.push(
        problem(
          draft.line,
          "kind",
          `${unitKindTitles[draft.kind].zh}不能设在${unitKindTitles[parent.kind].zh}之下`,
          `a ${draft.kind} cannot stand below a ${parent.kind}`,
        ),
      );
  }
  // A standing child the file does not name must still fit below its changed parent.
  for (const unit of tree.units) {
    const draft = drafts.get(codeOf(unit.parentId) ?? "");
    if (draft && unit.active && !drafts.has(unit.code) && !mayStandBelow(unit.kind, draft.kind))
      problems.push(
        problem(
          draft.line,
          "kind",
          `下级 ${unit.code}（${unitKindTitles[unit.kind].zh}）不能设在${unitKindTitles[draft.kind].zh}之下`,
          `${unit.code} below it is a ${unit.kind}`,
        ),
      );
  }
  if (problems.length > 0) return [];
  const depthOf = (code: string): number | null => {
    const chain = new Set<string>();
    let above: string | null = code;
    while (above !== null && !depths.has(above)) {
      if (chain.has(above)) return null;
      chain.add(above);
      above = parentOf(above);
    }
    let depth = above === null ? 0 : (depths.get(above) as number);
    for (const step of [...chain].reverse()) {
      depths.set(step, ++depth);
      const draft = drafts.get(step);
      if (draft) ordered.push(draft);
    }
    return depths.get(code) ?? null;
  };
  for (const draft of drafts.values())
    if (depthOf(draft.code) === null)
      problems.push(problem(draft.line, "parent_code", "上下级成环", "the unit would stand below itself"));
  if (problems.length > 0) return [];
  const deepest = new Map<string, number>();
  for (const code of [...tree.units.map((unit) => codeOf(unit.unitId) as string), ...drafts.keys()]) {
    const depth = depthOf(code) ?? 0;
    if (depth <= MAX_DEPTH) continue;
    let blamed: string | null = code;
    while (blamed !== null && !drafts.has(blamed)) blamed = parentOf(blamed);
    if (blamed !== null) deepest.set(blamed, depth);
  }
  for (const code of deepest.keys())
    problems.push(
      problem(
        drafts.get(code)?.line ?? 0,
        "parent_code",
        `组织最多 ${MAX_DEPTH} 级`,
        `the organisation has at most ${MAX_DEPTH} levels`,
      ),
    );
  return ordered;
}

/** Each city and the root has a region of its own; every other unit that of its parent. A standing unit keeps what it has. */
function assignRegions(
  tree: OrganisationTree,
  placeholder: boolean,
  ordered: readonly UnitDraft[],
  problems: ImportProblem[],
): Map<string, number> {
  const taken = takenRegions(tree);
  const assigned = new Map<string, number>(tree.units.map((unit) => [unit.code, unit.regionId]));
  const ownsRegion = (draft: UnitDraft) => draft.kind === "CITY" || draft.parentCode === null;
  const takesOver = (draft: UnitDraft) => placeholder && draft.parentCode === null;
  if (ordered.some(takesOver) && tree.size === 1) taken.delete(tree.root.regionId);
  // Numbers that are asked for go before numbers that are given out.
  for (const draft of ordered) {
    if (draft.region === null || !ownsRegion(draft) || (draft.standing && !takesOver(draft))) continue;
    if (taken.has(draft.region))
      problems.push(problem(draft.line, "region", `地市号 ${draft.region} 已被占用`, `region ${draft.region} is taken`));
    taken.add(draft.region);
  }
  for (const draft of ordered) {
    const inherited = draft.parentCode === null ? tree.root.regionId : (assigned.get(draft.parentCode) as number);
    let region = inherited;
    if (ownsRegion(draft)) {
      const kept = takesOver(draft) && tree.size === 1 ? (draft.region ?? undefined) : draft.standing?.regionId;
      const next = kept ?? draft.region ?? freeRegion(taken);
      if (next === null) problems.push(problem(draft.line, "region", "地市号已用完", "no region number is left"));
      region = next ?? inherited;
      taken.add(region);
    }
    if (draft.region !== null && draft.region !== region)
      problems.push(problem(draft.line, "region", `地市号应为 ${region}`, `the region of this unit is ${region}`));
    const standing = draft.standing?.parentId == null ? null : draft.standing;
    if (standing && (standing.kind === "CITY") !== ownsRegion(draft))
      problems.push(
        problem(
          draft.line,
          "kind",
          "已有单位不能改为或改自地市，地市号会改变",
          "a standing unit neither becomes nor ceases to be a city: its region would change",
        ),
      );
    else if (standing && standing.regionId !== region)
      problems.push(
        problem(
          draft.line,
          "parent_code",
          `单位须留在地市 ${standing.regionId} 内`,
          `the unit must stay in region ${standing.regionId}`,
        ),
      );
    assigned.set(draft.code, region);
  }
  return assigned;
}
