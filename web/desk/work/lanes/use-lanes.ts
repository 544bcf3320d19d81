// The tasks of the three lanes: read lane by lane, and placed by the clock of this moment, so that a task moves up when its time comes
// and not only when somebody acts.
import { deskWorkOperations, type TaskRow } from "@bihuan/contract/desk-work.ts";
import { workOrderOperations } from "@bihuan/contract/work-order.ts";
import { compileZone } from "@bihuan/core/calendar/zone.ts";
import { type Lane, laneEnds, laneOf } from "@bihuan/core/desk/work/lanes.ts";
import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useMemo, useRef } from "react";
import { useLive } from "../../../platform/live.ts";
import { useOperation, useOperationPages } from "../../../platform/query.ts";
import { readAgain } from "../../../platform/read-again.ts";
import { useNow } from "../../../platform/ticker.ts";
import { useZone } from "../../../ui/time.tsx";
import type { KeptFilter } from "../search.ts";

export type View = "mine" | "waiting";

/** One task among all. */
export const taskKey = ({ order, seq, unit }: Pick<TaskRow, "order" | "seq" | "unit">): string =>
  `${order.orderId}/${seq}/${unit.unitId}`;

const due = ({ dueAt }: Pick<TaskRow, "dueAt">): number => (dueAt === null ? Number.POSITIVE_INFINITY : Date.parse(dueAt));

/** Each task once, the earliest due first. */
export function inOrder(tasks: readonly TaskRow[]): TaskRow[] {
  const known = new Map(tasks.map((task) => [taskKey(task), task]));
  return [...known.values()].sort((a, b) => {
    const [one, other] = [due(a), due(b)];
    return one === other ? (a.order.orderId < b.order.orderId ? -1 : 1) : one - other;
  });
}

function useLane(view: View, filter: KeptFilter, lane: Lane) {
  const { unit, ...rest } = filter;
  const body = { view, lane, ...rest, ...(unit === undefined ? {} : { unitId: unit }) };
  return useOperationPages(
    deskWorkOperations.listTasks,
    body,
    (after) => ({ body: { ...body, limit: 30, ...(after ? { after } : {}) } }),
    ({ next }) => next,
  );
}
export type LaneQuery = ReturnType<typeof useLane>;

/** The lanes of a view. Out: the tasks of each, how to read on, and how many there are. */
export function useLanes(view: View, filter: KeptFilter) {
  const queries = {
    now: useLane(view, filter, "now"),
    today: useLane(view, filter, "today"),
    later: useLane(view, filter, "later"),
  };
  const { unit, ...rest } = filter;
  const counts = useOperation(
    deskWorkOperations.countTasks,
    { body: { view, ...rest, ...(unit === undefined ? {} : { unitId: unit }) } },
    { keepPrevious: true },
  );
  const zone = useZone();
  const now = useNow(10_000);
  const [first, second, third] = [queries.now.data, queries.today.data, queries.later.data];
  const tasks = useMemo(
    () => inOrder([first, second, third].flatMap((data) => data?.pages.flatMap((page) => page.tasks) ?? [])),
    [first, second, third],
  );
  const lanes = useMemo(() => {
    const ends = laneEnds(now, compileZone(zone));
    const byLane = Map.groupBy(tasks, (task) => laneOf(task.dueAt === null ? null : Date.parse(task.dueAt), ends));
    return { now: byLane.get("now") ?? [], today: byLane.get("today") ?? [], later: byLane.get("later") ?? [] };
  }, [tasks, now, zone]);
  const all = Object.values(queries);
  return {
    tasks,
    lanes,
    queries,
    counts: counts.data,
    isPending: all.some((query) => query.data === undefined && !query.error),
    error: all.find(({ error }) => error)?.error ?? null,
    retry: () => {
      for (const query of all) void query.refetch();
    },
  };
}

const readings = [
  deskWorkOperations.listTasks,
  deskWorkOperations.countTasks,
  deskWorkOperations.unitWork,
  deskWorkOperations.listVisits,
];

/** Reads everything of the desk again. */
export function useReadWorkAgain(): () => void {
  const client = useQueryClient();
  return useCallback(() => {
    readAgain(client, readings);
  }, [client]);
}

/** Reads again when orders changed: once a second at most, however many did. */
export function useWorkKeptFresh(): void {
  const client = useQueryClient();
  const again = useReadWorkAgain();
  const waiting = useRef<ReturnType<typeof setTimeout> | null>(null);
  useLive((change) => {
    if (change !== "everything" && !change.type.startsWith("order.")) return;
    // An order that was looked at before is read again when it is opened next.
    if (change !== "everything" && change.id !== null)
      readAgain(client, [workOrderOperations.readOrder], { params: { orderId: change.id } });
    waiting.current ??= setTimeout(() => {
      waiting.current = null;
      again();
    }, 1_000);
  });
}
