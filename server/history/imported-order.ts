// A history as the door of orders takes it.
import type { HistoryCase } from "@bihuan/core/history/case.ts";
import type { ImportedEvent, ImportedOrder } from "../work-order/commands/import-orders.ts";

/**
 * The events of a case: opened, each step in the file's order, closed. In: the unit it belongs to, the civil date of its
 * opening in the file's zone, and which states are pauses.
 */
export function importedOrder(
  history: HistoryCase,
  { unitId, intakeDate, isPause }: { unitId: number; intakeDate: string; isPause(state: string): boolean },
): ImportedOrder {
  const opened: ImportedEvent = {
    atMs: history.openedAtMs,
    type: "opened",
    state: history.steps.length > 0 ? null : history.state,
    ...(history.dueAtMs === null ? {} : { dueAtMs: history.dueAtMs }),
  };
  const steps = history.steps.map(
    ({ atMs, state }): ImportedEvent => ({ atMs, type: "step", state, ...(isPause(state) ? { pause: state } : {}) }),
  );
  const closed: ImportedEvent[] =
    history.closedAtMs === null ? [] : [{ atMs: history.closedAtMs, type: "closed", state: history.state }];
  return {
    intakeDate,
    unitId,
    externalId: history.externalId,
    type: history.labels["type"] ?? null,
    channel: history.labels["channel"] ?? null,
    priority: history.labels["priority"] ?? null,
    events: [opened, ...steps, ...closed],
  };
}
