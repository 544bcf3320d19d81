// The process tracking table (业扩流程跟踪表): one line for each connection, with every node as its clocks say.
import type { ConnectionFilter, ConnectionRow } from "@bihuan/contract/connection.ts";
import { ageDays } from "@bihuan/core/connection/ageing.ts";
import { trackedSlots, type TrackedNode, trackNode } from "@bihuan/core/connection/tracking.ts";
import type { Clock } from "@bihuan/core/clock/types.ts";
import type { OrganisationTree } from "@bihuan/core/identity/organisation.ts";
import type { Scope } from "@bihuan/core/identity/scope.ts";
import type { OrderId } from "@bihuan/core/order-id.ts";
import type { z } from "zod";
import type { Queryable } from "../platform/database.ts";
import { instantOrNull } from "../platform/sql.ts";
import { pageByDue } from "../work-order/queries/list-queries.ts";
import { pageByIntake } from "../work-order/queries/page.ts";
import type { Cursor, ListRow } from "../work-order/queries/page.ts";
import { isLive, readClocks } from "../work-order/store/clock-store.ts";
import { keyOf } from "../work-order/store/event-store.ts";
import { contactHidden } from "../work-order/views/personal.ts";
import { rowView } from "../work-order/views/view.ts";
import { hallsWithin, type Milestones, milestonesOf, trackingCondition } from "./queries.ts";

export type TrackingSort = "due" | "intake";

/** One page of the table: the connections of the halls within reach. Out: at most `limit` lines with their orders' list rows. */
export async function trackPage(
  db: Queryable,
  reader: { readonly scope: Scope; readonly tree: OrganisationTree; readonly nowMs: number },
  filter: ConnectionFilter,
  page: {
    readonly sort: TrackingSort;
    readonly after: Cursor | null;
    readonly limit: number;
    readonly permission: "order.read" | "order.export";
  },
): Promise<{ readonly row: ListRow; readonly view: z.input<typeof ConnectionRow> }[]> {
  const { scope, tree, nowMs } = reader;
  const condition = trackingCondition(hallsWithin(scope, tree, filter.unitId, page.permission), filter, nowMs);
  const read = page.sort === "due" ? pageByDue : pageByIntake;
  const rows = await read(db, condition, page.after, page.limit);
  const details = await detailsOf(
    db,
    rows.map((row) => row.order_id),
  );
  return rows.map((row) => {
    const hidden = contactHidden(scope, tree, { identity: row.identity, deskUnitId: row.desk_unit_id });
    return { row, view: lineOf(row, rowView(row, tree, hidden), details.get(row.order_id) ?? none, nowMs) };
  });
}

type Details = { readonly clocks: readonly Clock[]; readonly milestones: Milestones | null };
const none: Details = { clocks: [], milestones: null };

// Two queries for each region on the page, however many lines it has.
async function detailsOf(db: Queryable, orderIds: readonly OrderId[]): Promise<Map<OrderId, Details>> {
  const byRegion = Map.groupBy(orderIds, (orderId) => keyOf(orderId).regionId);
  const details = new Map<OrderId, Details>();
  for (const [regionId, ids] of byRegion) {
    const months = [...new Set(ids.map((id) => keyOf(id).intakeMonth))];
    const clocks = Map.groupBy(await readClocks(db, regionId, ids), ({ orderId }) => orderId);
    const milestones = new Map((await milestonesOf(db, regionId, ids, months)).map((one) => [one.orderId, one]));
    for (const id of ids)
      details.set(id, { clocks: (clocks.get(id) ?? []).map(({ clock }) => clock), milestones: milestones.get(id) ?? null });
  }
  return details;
}

function lineOf(
  row: ListRow,
  order: ReturnType<typeof rowView>,
  { clocks, milestones }: Details,
  nowMs: number,
): z.input<typeof ConnectionRow> {
  const missing = clocks.filter((clock) => clock.slot === "missing-document" && isLive(clock));
  const due = missing.flatMap(({ dueAtMs }) => (dueAtMs === null ? [] : [dueAtMs]));
  return {
    ...order,
    wantedOn: milestones?.wantedOn ?? null,
    missingDocuments: new Set(missing.map(({ subject }) => subject)).size,
    missingDueAt: due.length === 0 ? null : instantOrNull(Math.min(...due)),
    contractSignedAt: instantOrNull(milestones?.contractSignedAtMs),
    ageDays: Math.max(0, ageDays(row.intake_at, milestones?.energisedAtMs ?? row.closed_at ?? nowMs)),
    nodes: Object.fromEntries(trackedSlots.map((slot) => [slot, nodeView(trackNode(clocks, slot, nowMs))])),
  };
}

const nodeView = ({ state, dueAtMs, actualAtMs, rounds }: TrackedNode) => ({
  state,
  dueAt: instantOrNull(dueAtMs),
  actualAt: instantOrNull(actualAtMs),
  rounds,
});
