// A task as it is told: its order with personal data masked, what the reader does next, why it stands there, and what is new.
import type { TaskRow } from "@bihuan/contract/desk-work.ts";
import { compileZone, toLocalMs } from "@bihuan/core/calendar/zone.ts";
import type { Policies } from "@bihuan/core/clock/rules/policies.ts";
import { callbackAllowed } from "@bihuan/core/flow/actions/callback.ts";
import { nextAction } from "@bihuan/core/flow/tasks/next-action.ts";
import type { TaskKind } from "@bihuan/core/flow/tasks/task.ts";
import { flows } from "@bihuan/core/flows.ts";
import type { OrganisationTree } from "@bihuan/core/identity/organisation.ts";
import { rolesAt, type Scope } from "@bihuan/core/identity/scope.ts";
import type { z } from "zod";
import { instant, instantOrNull } from "../../platform/sql.ts";
import type { ListRow } from "../../work-order/queries/page.ts";
import { contactHidden } from "../../work-order/views/personal.ts";
import { eventTitle } from "../../work-order/views/titles.ts";
import { unitRef } from "../../work-order/views/units.ts";
import { rowView } from "../../work-order/views/view.ts";
import type { Beside } from "./beside.ts";
import type { TaskRecord } from "./tasks.ts";

export type Reader = {
  readonly scope: Scope;
  readonly tree: OrganisationTree;
  readonly nowMs: number;
  /** Policies of the rulebook in force: how often and when a customer may be called. */
  readonly policies: Policies;
};

export const orderRow = ({ scope, tree }: Pick<Reader, "scope" | "tree">, row: ListRow) =>
  rowView(row, tree, contactHidden(scope, tree, { identity: row.identity, deskUnitId: row.desk_unit_id }));

// What is asked of somebody is answered by one action of that name; a step, by what its clock asks for.
const asked: Partial<Record<TaskKind, string>> = { decide: "decide", consult: "answer-consultation" };

function actionOf({ scope, tree }: Reader, task: TaskRecord, order: ListRow): TaskRow["action"] {
  const flow = flows.get(order.flow);
  const key = asked[task.kind];
  if (key !== undefined) {
    const action = flow.actions[key];
    return action ? { key, title: action.title } : null;
  }
  if (order.step === null || task.kind === "suspended" || task.kind === "merged") return null;
  const roles = rolesAt(scope, tree, order.unit_id).union(rolesAt(scope, tree, order.desk_unit_id));
  const action = nextAction(flow, order.step, task.due_slot, roles);
  return action && { key: action.key, title: action.title };
}

// Told only where somebody tried and has to wait; that nobody is called at night everybody knows.
function tryAgainAt({ tree, nowMs, policies }: Reader, task: TaskRecord, order: ListRow): string | null {
  if (task.kind !== "callback") return null;
  const zone = compileZone(tree.zoneOf(order.desk_unit_id));
  const refusal = callbackAllowed(
    { lastUnreachedAtMs: task.tried_at },
    { nowMs, policies, minuteOfDay: (atMs) => Math.floor((toLocalMs(zone, atMs) % 86_400_000) / 60_000) },
  );
  const nextAtMs = refusal?.facts["nextAtMs"];
  return typeof nextAtMs === "number" ? instant(nextAtMs) : null;
}

/** Why it stands in the reader's list. In: which list it is, and who reads it. */
function reasonOf(view: "mine" | "waiting", task: TaskRecord, me: number | null): TaskRow["because"] {
  if (me !== null && task.holder_id === me) return "holding";
  if (view === "mine") return "unit";
  return me !== null && task.asked_by === me ? "asked" : "taken-in";
}

/** A task as a row. In: who reads it, its order, what stands beside it, the names of those who asked. */
export function taskView(
  reader: Reader,
  view: "mine" | "waiting",
  task: TaskRecord,
  order: ListRow,
  beside: Beside | null,
  names: ReadonlyMap<number, string>,
): z.input<typeof TaskRow> {
  const { scope, tree } = reader;
  const me = scope.principal.kind === "staff" ? scope.principal.id : null;
  const own = (kind: TaskKind): number => (task.kind === kind ? 1 : 0);
  return {
    order: orderRow(reader, order),
    seq: task.seq,
    kind: task.kind,
    unit: unitRef(tree, task.unit_id),
    dueAt: instantOrNull(task.due_at),
    dueFrom: instantOrNull(task.due_from),
    dueSlot: task.due_slot,
    action: view === "mine" ? actionOf(reader, task, order) : null,
    because: reasonOf(view, task, me),
    askedBy: task.asked_by === null ? null : { staffId: task.asked_by, name: names.get(task.asked_by) ?? String(task.asked_by) },
    tryAgainAt: tryAgainAt(reader, task, order),
    visitAt: instantOrNull(task.visit_at),
    waitsFor: {
      consultations: (beside?.consultations ?? 0) - own("consult"),
      decisions: (beside?.decisions ?? 0) - own("decide"),
    },
    seen: beside?.seen !== null && beside?.seen !== undefined,
    news:
      beside && beside.news > 0 && beside.news_type !== null && beside.news_at !== null
        ? {
            count: beside.news,
            title: eventTitle(flows.get(order.flow), beside.news_type),
            at: instant(beside.news_at),
            by: beside.news_by,
          }
        : null,
  };
}
