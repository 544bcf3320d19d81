// The routes of my work and the unit's work: they connect the contract with queries and commands.
import type { deskWorkOperations } from "@bihuan/contract/desk-work.ts";
import { compileZone } from "@bihuan/core/calendar/zone.ts";
import { laneEnds } from "@bihuan/core/desk/work/lanes.ts";
import type { OrganisationTree } from "@bihuan/core/identity/organisation.ts";
import { can, nodesFor, type Scope, unitsReach } from "@bihuan/core/identity/scope.ts";
import { isRefusal, type Refusal, refuse } from "@bihuan/core/refusal.ts";
import type { Handlers } from "../../platform/http/operations.ts";
import type { Platform } from "../../platform/platform.ts";
import { instant, instantOrNull } from "../../platform/sql.ts";
import type { ListRow } from "../../work-order/queries/page.ts";
import { orderPorts } from "../../work-order/ports.ts";
import { unitRef } from "../../work-order/views/units.ts";
import { besideOrders, ordersById, staffNames } from "./beside.ts";
import { readSetting, saveSetting, seeOrder } from "./commands.ts";
import { type Branch, myBranches, type Narrowing, waitingBranches } from "./reach.ts";
import { staffingAt } from "./staffing.ts";
import { countTasks, pageOfTasks, readTaskCursor, writeTaskCursor } from "./tasks.ts";
import { unitWork } from "./unit-work.ts";
import { orderRow, taskView } from "./view.ts";
import { dayOf, MOST_VISITS, visitsOf } from "./visits.ts";

const staffOf = (scope: Scope): number | null => (scope.principal.kind === "staff" ? scope.principal.id : null);

// Who took a demand in, or had it, and has since left for another unit, reads no more of it than anybody there.
const mayRead = (tree: OrganisationTree, scope: Scope, order: ListRow, ...units: readonly number[]): boolean =>
  [order.unit_id, order.desk_unit_id, ...units].some((unitId) => can(scope, tree, "order.read", unitId));

/** The unit asked about, within the reader's reach: his own where none is named. */
function nodeAsked(tree: OrganisationTree, scope: Scope, unitId: number | undefined): number | Refusal {
  const nodes = nodesFor(scope, tree, "order.read");
  const within = (unit: number): boolean => nodes.some((node) => tree.isWithin(unit, node));
  if (unitId !== undefined) return tree.unit(unitId) && within(unitId) ? unitId : refuse("work-order.unit-unknown", { unitId });
  return within(scope.homeUnitId) ? scope.homeUnitId : (nodes[0] ?? scope.homeUnitId);
}

export function deskWorkRoutes(platform: Platform): Handlers<typeof deskWorkOperations> {
  const { db, time } = platform;
  const ports = orderPorts(platform);

  async function branchesFor(
    tree: OrganisationTree,
    scope: Scope,
    nowMs: number,
    { view, ...narrowing }: Narrowing & { readonly view: "mine" | "waiting" },
  ): Promise<Branch[] | Refusal> {
    const { unitId } = narrowing;
    if (unitId !== undefined && !tree.unit(unitId)) return refuse("work-order.unit-unknown", { unitId });
    const staffing = await staffingAt(db, nowMs);
    return (view === "mine" ? myBranches : waitingBranches)(tree, staffing, scope, narrowing);
  }

  return {
    async listTasks({ body, scope }) {
      const after = body.after === undefined ? null : readTaskCursor(body.after);
      if (body.after !== undefined && after === null) return refuse("work-order.cursor-invalid");
      const tree = await ports.tree();
      const nowMs = time.nowMs();
      const ends = laneEnds(nowMs, compileZone(tree.zoneOf(scope.homeUnitId)));
      const branches = await branchesFor(tree, scope, nowMs, body);
      if (isRefusal(branches)) return branches;
      const found = await pageOfTasks(db, branches, { lane: body.lane, ends, after, limit: body.limit + 1 });
      const page = found.slice(0, body.limit);
      const last = found.length > body.limit ? page.at(-1) : undefined;
      const ids = page.map(({ order_id }) => order_id);
      const [orders, beside, names, { policies }] = await Promise.all([
        ordersById(db, ids),
        besideOrders(db, ids, staffOf(scope)),
        staffNames(
          db,
          page.map(({ asked_by }) => asked_by),
        ),
        ports.currentRulebook(db),
      ]);
      const reader = { scope, tree, nowMs, policies };
      return {
        tasks: page.flatMap((task) => {
          const order = orders.get(task.order_id);
          return order && mayRead(tree, scope, order, task.unit_id)
            ? [taskView(reader, body.view, task, order, beside.get(task.order_id) ?? null, names)]
            : [];
        }),
        next: last ? writeTaskCursor(last) : null,
        nowUntil: instant(ends.nowUntilMs),
        todayUntil: instant(ends.todayUntilMs),
        serverTime: instant(nowMs),
      };
    },

    async countTasks({ body, scope }) {
      const tree = await ports.tree();
      const nowMs = time.nowMs();
      const branches = await branchesFor(tree, scope, nowMs, body);
      if (isRefusal(branches)) return branches;
      return countTasks(db, branches, laneEnds(nowMs, compileZone(tree.zoneOf(scope.homeUnitId))));
    },

    async unitWork({ query, scope }) {
      const tree = await ports.tree();
      const nodeId = nodeAsked(tree, scope, query.unitId);
      if (isRefusal(nodeId)) return nodeId;
      const nowMs = time.nowMs();
      const work = await unitWork(db, tree, await staffingAt(db, nowMs), nodeId, nowMs);
      const nodes = nodesFor(scope, tree, "order.read");
      const parentId = tree.unit(nodeId)?.parentId ?? null;
      return {
        unit: unitRef(tree, nodeId),
        nodes: nodes.map((unitId) => unitRef(tree, unitId)),
        parent: parentId !== null && nodes.some((node) => tree.isWithin(parentId, node)) ? unitRef(tree, parentId) : null,
        total: work.total,
        overdueMore: work.overdueMore,
        units: work.units.map(({ unitId, ...owed }) => ({ unit: unitRef(tree, unitId), ...owed })),
        steps: [...work.steps],
        people:
          work.people?.map((row) => ({
            staff: row.staff_id === null ? null : { staffId: row.staff_id, name: row.name ?? String(row.staff_id) },
            open: row.open,
            overdue: row.overdue,
            firstDueAt: instantOrNull(row.first_due_at),
          })) ?? null,
        nobody: work.nobody.map(({ unitId, ...rest }) => ({ unit: unitRef(tree, unitId), ...rest })),
        serverTime: instant(nowMs),
      };
    },

    async listVisits({ query, scope }) {
      const tree = await ports.tree();
      const nowMs = time.nowMs();
      const zone = tree.zoneOf(scope.homeUnitId);
      const day = query.day ?? dayOf(zone, nowMs);
      const node = query.unitId === undefined ? null : nodeAsked(tree, scope, query.unitId);
      if (isRefusal(node)) return node;
      const units = node === null ? unitsReach(scope, tree, "order.read") : tree.descendants(node);
      const me = staffOf(scope);
      const found = await visitsOf(db, {
        day,
        zone,
        nowMs,
        units: units.length === tree.size ? null : units,
        staffId: node === null ? me : null,
      });
      const shown = found.slice(0, MOST_VISITS);
      const orders = await ordersById(
        db,
        shown.map(({ orderId }) => orderId),
      );
      return {
        day,
        visits: shown.flatMap(({ orderId, atMs, holderId, missed, conflicts }) => {
          const order = orders.get(orderId);
          const mine = me !== null && holderId === me;
          return order && mayRead(tree, scope, order)
            ? [{ order: orderRow({ scope, tree }, order), at: instant(atMs), missed, mine, conflicts: [...conflicts] }]
            : [];
        }),
        more: found.length > MOST_VISITS,
        serverTime: instant(nowMs),
      };
    },

    async seeOrder({ params, body, scope }) {
      return seeOrder(db, await ports.tree(), scope, params.orderId, body.version, time.nowMs());
    },

    readSetting: async ({ params, scope }) => ({ value: await readSetting(db, scope, params.name) }),

    async saveSetting({ params, body, scope }) {
      const kept = await saveSetting(db, scope, params.name, body.value, time.nowMs());
      return isRefusal(kept) ? kept : { value: kept };
    },
  };
}
