// What a unit owes: how much is open, unaccepted and overdue, in which step, below which unit, in whose hands, and what nobody may do.
import { nearestStaffed, type Staffing } from "@bihuan/core/desk/work/reach.ts";
import { kindOfStep, taskKinds, type TaskKind } from "@bihuan/core/flow/tasks/task.ts";
import { flows } from "@bihuan/core/flows.ts";
import type { OrganisationTree } from "@bihuan/core/identity/organisation.ts";
import type { Queryable } from "../../platform/database.ts";
import { instant, type Sql, sql } from "../../platform/sql.ts";

type Tally = { unit_id: number; flow: string; step: string | null; status: string; n: number };

/** Overdue tasks are counted so far, and people's shares told of so many orders: beyond, one chooses a unit below. */
export const MOST_OVERDUE = 20_000;
export const MOST_FOR_PEOPLE = 5_000;

// Of everything nothing need be asked; of one city its column stands in the index.
function placeOf(tree: OrganisationTree, nodeId: number): Sql {
  if (nodeId === tree.root.unitId) return sql`true`;
  const units = tree.descendants(nodeId);
  const city = tree.path(nodeId)[1];
  return city === nodeId ? sql`t.unit2 = ${city} and t.unit_id = any(${units}::int[])` : sql`t.unit_id = any(${units}::int[])`;
}

function openByUnit(db: Queryable, tree: OrganisationTree, nodeId: number): Promise<Tally[]> {
  const place =
    nodeId === tree.root.unitId
      ? sql`true`
      : sql`region_id = any(${tree.regionsWithin(nodeId)}::smallint[]) and unit_id = any(${tree.descendants(nodeId)}::int[])`;
  return db.rows<Tally>(sql`
    select unit_id, flow, step, status, sum(n)::int as n from order_tally
    where ${place} and status in ('OPEN', 'SUSPENDED') group by unit_id, flow, step, status having sum(n) <> 0`);
}

const overdueByUnit = (db: Queryable, tree: OrganisationTree, nodeId: number, nowMs: number) =>
  db.rows<{ unit_id: number; n: number }>(sql`
    select unit_id, count(*)::int as n from (
      select t.unit_id from order_task t
      where t.kind = any(${Object.keys(taskKinds)}::text[]) and t.due_at < ${instant(nowMs)} and t.seq = 0 and ${placeOf(tree, nodeId)}
      limit ${MOST_OVERDUE + 1}) late
    group by unit_id`);

type PersonRow = { staff_id: number | null; name: string | null; open: number; overdue: number; first_due_at: number | null };

const shares = (db: Queryable, tree: OrganisationTree, nodeId: number, nowMs: number): Promise<PersonRow[]> =>
  db.rows<PersonRow>(sql`
    with own as (
      select t.holder_id, t.due_at from order_task t where t.seq = 0 and t.unit_id = any(${tree.descendants(nodeId)}::int[]))
    select o.holder_id as staff_id, s.name, count(*)::int as open, count(*) filter (where o.due_at < ${instant(nowMs)})::int as overdue,
      nullif(min(o.due_at), 'infinity') as first_due_at
    from own o left join staff s on s.staff_id = o.holder_id
    group by o.holder_id, s.name order by overdue desc, open desc, s.name limit 200`);

type Owed = { open: number; unaccepted: number; overdue: number };
const nothing = (): Owed => ({ open: 0, unaccepted: 0, overdue: 0 });

export type UnitWork = {
  readonly total: Owed;
  readonly overdueMore: boolean;
  readonly units: readonly (Owed & { readonly unitId: number; readonly own: boolean })[];
  readonly steps: readonly { readonly flow: string; readonly step: string; readonly kind: TaskKind; readonly count: number }[];
  readonly people: readonly PersonRow[] | null;
  readonly nobody: readonly { readonly unitId: number; readonly kind: TaskKind; readonly count: number }[];
};

/** What a node and all below it owe. In: the organisation, who holds which role, the node, now (epoch ms). */
export async function unitWork(
  db: Queryable,
  tree: OrganisationTree,
  staffing: Staffing,
  nodeId: number,
  nowMs: number,
): Promise<UnitWork> {
  const tallies = await openByUnit(db, tree, nodeId);
  const late = await overdueByUnit(db, tree, nodeId, nowMs);
  const open = tallies.reduce((sum, { n }) => sum + n, 0);
  // The unit right below the node that an order lies in or under; the node itself for its own.
  const depth = tree.depthOf(nodeId);
  const branchOf = (unitId: number): number => tree.path(unitId)[depth] ?? nodeId;
  const branches = new Map<number, Owed>(
    [nodeId, ...tree.children(nodeId).map(({ unitId }) => unitId)].map((id) => [id, nothing()]),
  );
  const at = (unitId: number): Owed => {
    const branch = branchOf(unitId);
    const owed = branches.get(branch) ?? nothing();
    branches.set(branch, owed);
    return owed;
  };
  for (const { unit_id, step, n } of tallies) {
    at(unit_id).open += n;
    if (step === "accepting") at(unit_id).unaccepted += n;
  }
  for (const { unit_id, n } of late) at(unit_id).overdue += n;
  const units = [...branches]
    .map(([unitId, owed]) => ({ unitId, own: unitId === nodeId, ...owed }))
    .filter(({ own, open: count, overdue }) => !own || count > 0 || overdue > 0);
  const counted = late.reduce((sum, { n }) => sum + n, 0);
  const total = units.reduce<Owed>(
    (sum, one) => ({
      open: sum.open + one.open,
      unaccepted: sum.unaccepted + one.unaccepted,
      overdue: sum.overdue + one.overdue,
    }),
    nothing(),
  );
  return {
    total,
    overdueMore: counted > MOST_OVERDUE,
    units,
    steps: stepsOf(tallies),
    people: open > MOST_FOR_PEOPLE ? null : await shares(db, tree, nodeId, nowMs),
    nobody: doneByNobody(tree, staffing, tallies),
  };
}

const kindAt = ({ flow, step, status }: Tally): TaskKind | null =>
  step === null ? null : status === "SUSPENDED" ? "suspended" : kindOfStep(flows.get(flow), step);

function stepsOf(tallies: readonly Tally[]): UnitWork["steps"] {
  const sums = new Map<string, UnitWork["steps"][number]>();
  for (const tally of tallies) {
    const { flow, step, n } = tally;
    if (step === null) continue;
    const name = `${flow} ${step}`;
    sums.set(name, { flow, step, kind: kindOfStep(flows.get(flow), step), count: (sums.get(name)?.count ?? 0) + n });
  }
  return [...sums.values()].filter(({ count }) => count > 0).sort((a, b) => b.count - a.count);
}

// An order waits unseen where its step is owed by roles that nobody holds, at its unit or above.
function doneByNobody(tree: OrganisationTree, staffing: Staffing, tallies: readonly Tally[]): UnitWork["nobody"] {
  const sums = new Map<string, UnitWork["nobody"][number]>();
  for (const tally of tallies) {
    const kind = kindAt(tally);
    if (kind === null || taskKinds[kind].by.length === 0 || nearestStaffed(tree, staffing, kind, tally.unit_id) !== null)
      continue;
    const name = `${tally.unit_id} ${kind}`;
    sums.set(name, { unitId: tally.unit_id, kind, count: (sums.get(name)?.count ?? 0) + tally.n });
  }
  return [...sums.values()]
    .filter(({ count }) => count > 0)
    .sort((a, b) => b.count - a.count)
    .slice(0, 50);
}
