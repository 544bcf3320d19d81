// Open orders of a customer, with what is told of them and whether they may be urged.
import type { OpenOrder } from "@bihuan/contract/desk-intake.ts";
import { compileZone } from "@bihuan/core/calendar/zone.ts";
import { suspensionReasons } from "@bihuan/core/flow/actions/suspension.ts";
import { refusalOf } from "@bihuan/core/flow/engine.ts";
import { flows } from "@bihuan/core/flows.ts";
import type { OrganisationTree } from "@bihuan/core/identity/organisation.ts";
import { can } from "@bihuan/core/identity/scope.ts";
import { progressText } from "@bihuan/core/desk/intake/progress.ts";
import { refuse } from "@bihuan/core/refusal.ts";
import type { Bilingual } from "@bihuan/core/text.ts";
import type { z } from "zod";
import type { Editor } from "../../customer/reach.ts";
import type { CustomerId } from "@bihuan/core/customer/customer.ts";
import type { Platform } from "../../platform/platform.ts";
import { conditionOf } from "../../work-order/queries/list-queries.ts";
import { pageByIntake } from "../../work-order/queries/page.ts";
import { readOrder } from "../../work-order/queries/read-order.ts";
import { isLive } from "../../work-order/store/clock-store.ts";
import { contactHidden } from "../../work-order/views/personal.ts";
import { refusalView } from "../../work-order/views/refusals.ts";
import { slotTitle } from "../../work-order/views/titles.ts";
import { clockView, type OrderMaterial, rowView } from "../../work-order/views/view.ts";
import { actingAs, contextOf, type OrderPorts } from "../../work-order/world.ts";

const MOST_TOLD = 5;
const MOST_COUNTED = 100;

/** Out: up to five in full, the newest first, and how many more there are. Orders of hidden callers only for who may know them. */
export async function openOrders(
  { db, time }: Platform,
  ports: OrderPorts,
  editor: Editor,
  customerId: CustomerId,
): Promise<{ orders: z.input<typeof OpenOrder>[]; more: number }> {
  const { scope, tree } = editor;
  const nowMs = time.nowMs();
  const rows = await pageByIntake(db, conditionOf(scope, tree, { state: "open", customerId }, nowMs), null, MOST_COUNTED);
  const read = await Promise.all(rows.slice(0, MOST_TOLD).map((row) => readOrder(db, ports, tree, scope, row.order_id)));
  const orders = read.flatMap((material) => (material ? [openOrder(material, editor, nowMs)] : []));
  return { orders, more: Math.max(0, rows.length - MOST_TOLD) };
}

function openOrder(material: OrderMaterial, editor: Editor, nowMs: number): z.input<typeof OpenOrder> {
  const { row, clocks, rulebookOf } = material;
  const { scope, tree } = editor;
  return {
    order: rowView(row, tree, contactHidden(scope, tree, { identity: row.identity, deskUnitId: row.desk_unit_id })),
    clocks: clocks
      .filter(isLive)
      .sort((a, b) => (a.dueAtMs ?? Number.POSITIVE_INFINITY) - (b.dueAtMs ?? Number.POSITIVE_INFINITY))
      .map((clock) => clockView(clock, clock.rule ? rulebookOf(clock.rule.rulebookVersion) : null)),
    progress: progressOf(material, tree, nowMs),
    urgeRefused: urgeRefused(material, editor, nowMs),
  };
}

function progressOf({ row, state, clocks }: OrderMaterial, tree: OrganisationTree, nowMs: number): Bilingual {
  const flow = flows.get(state.flow);
  const name = (unitId: number) => tree.unit(unitId)?.name ?? String(unitId);
  const { suspension, handlingUnitId } = state;
  return progressText(
    {
      flow: flow.id,
      flowTitle: flow.title,
      step: state.step,
      stepTitle: flow.steps[state.step ?? ""]?.title ?? code(state.step ?? ""),
      unit: name(state.unitId),
      handlingUnit: handlingUnitId === null ? null : name(handlingUnitId),
      takenInAtMs: row.intake_at,
      suspension: suspension && { reason: reasons[suspension.reason] ?? code(suspension.reason), untilMs: suspension.untilMs },
      clocks,
    },
    (slot) => slotTitle(flow, slot),
    compileZone(tree.zoneOf(state.deskUnitId)),
    nowMs,
  );
}

const code = (text: string): Bilingual => ({ zh: text, en: text });
const reasons: Readonly<Record<string, Bilingual>> = suspensionReasons;

/** Why this reader may not urge, in words; null where he may. */
function urgeRefused({ row, state, inForce }: OrderMaterial, { scope, tree }: Editor, nowMs: number) {
  const context = contextOf({
    self: row.order_id,
    acting: actingAs(scope),
    tree,
    rulebook: inForce,
    deskUnitId: state.deskUnitId,
    nowMs,
    related: new Map(),
  });
  const may = state.unitIds.some((unitId) => can(scope, tree, "order.act", unitId));
  const refusal = may
    ? refusalOf(flows.get(state.flow, state.flowVersion), state, "urge", context)
    : refuse("permission.missing", { permission: "order.act" });
  return refusal && refusalView(refusal, tree).titles;
}
