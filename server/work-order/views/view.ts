// What is told about an order: names instead of ids, personal data masked, and only the actions this reader may take.
import type { ClockView, EventView, OrderRow, OrderView } from "@bihuan/contract/work-order.ts";
import type { Rulebook } from "@bihuan/core/clock/rules/rulebook.ts";
import type { Clock } from "@bihuan/core/clock/types.ts";
import { sharePoints } from "@bihuan/core/clock/explaining/use.ts";
import { closingConditions } from "@bihuan/core/flow/actions/closing.ts";
import { type OrderEvent, text as textOf } from "@bihuan/core/flow/event.ts";
import type { JsonObject } from "@bihuan/core/flow/form.ts";
import type { OrderState } from "@bihuan/core/flow/state.ts";
import { flows } from "@bihuan/core/flows.ts";
import { maskAddress, maskName, maskPhone } from "@bihuan/core/identity/masking.ts";
import type { OrganisationTree } from "@bihuan/core/identity/organisation.ts";
import { can } from "@bihuan/core/identity/scope.ts";
import type { Bilingual } from "@bihuan/core/text.ts";
import type { z } from "zod";
import { instant, instantOrNull } from "../../platform/sql.ts";
import { isLive } from "../store/clock-store.ts";
import type { EventRow } from "../store/event-store.ts";
import type { ListRow } from "../queries/page.ts";
import type { CustomerSummary } from "../../customer/queries.ts";
import { allowedViews, suspensionViews, withheldViews } from "./actions.ts";
import { orderCustomer } from "./customer.ts";
import { lapseOf } from "./explanations.ts";
import { contactHidden, maskFreeText, maskPersonal, withoutIdentity } from "./personal.ts";
import { eventTitle, slotTitle } from "./titles.ts";
import { unitRef } from "./units.ts";
import { contextOf, type Acting } from "../world.ts";

/** An order as a line of a list. */
export const rowView = (row: ListRow, tree: OrganisationTree, hidden: boolean): z.input<typeof OrderRow> => ({
  orderId: row.order_id,
  flow: row.flow,
  subtype: row.subtype,
  status: row.status as OrderRow["status"],
  step: row.step,
  unit: unitRef(tree, row.unit_id),
  deskUnit: unitRef(tree, row.desk_unit_id),
  holder: row.holder_id === null ? null : { staffId: row.holder_id, name: row.holder_name ?? String(row.holder_id) },
  title: maskFreeText(row.title ?? "", hidden ? [row.name] : []),
  contactName: hidden || row.name === null ? null : maskName(row.name),
  address: row.address === null ? null : maskAddress(row.address),
  origin: row.origin,
  urgency: row.urgency,
  grade: row.grade,
  intakeAt: instant(row.intake_at),
  closedAt: instantOrNull(row.closed_at),
  dueAt: instantOrNull(row.due_at),
  dueFrom: instantOrNull(row.due_from),
  dueSlot: row.due_slot,
  episode: row.episode,
  urges: row.urges,
  missed: row.missed,
  missedInternal: row.missed_internal,
  masterId: row.master_id,
  version: row.version,
});

/** A clock as the screen shows it. In: the rulebook for its course, where it runs; what happened instead, where it lapsed. */
export function clockView(clock: Clock, rulebook: Rulebook | null, lapse: Bilingual | null = null): z.input<typeof ClockView> {
  return {
    episode: clock.episode,
    slot: clock.slot,
    title: slotTitle(flows.get(clock.flow), clock.slot, clock.subject),
    authority: clock.authority,
    round: clock.round,
    subject: clock.subject,
    rule: clock.rule,
    limitKind: clock.limitKind,
    amount: clock.amount,
    unit: clock.unit,
    startedAt: instant(clock.startedAtMs),
    dueAt: instantOrNull(clock.dueAtMs),
    dueBeforeExtensionAt: instantOrNull(clock.dueBeforeExtensionMs),
    status: clock.status,
    lapse,
    stoppedAt: instantOrNull(clock.stoppedAtMs),
    pauses: clock.pauses.map((pause) => ({
      from: instant(pause.fromMs),
      to: instantOrNull(pause.toMs),
      reason: pause.reason,
      stopsClock: pause.stopsClock,
    })),
    provisional: clock.provisional,
    points:
      clock.status === "running" && rulebook
        ? sharePoints(clock, rulebook).map(({ share, atMs }) => ({ share, at: instant(atMs) }))
        : [],
  };
}

export type EventNames = { readonly staff: ReadonlyMap<number, string>; readonly apiKeys: ReadonlyMap<number, string> };

export const personRef = (names: EventNames, actor: OrderEvent["actor"]) => ({
  kind: actor.kind,
  id: actor.id,
  name:
    actor.kind === "system"
      ? "系统 System"
      : ((actor.kind === "staff" ? names.staff : names.apiKeys).get(actor.id) ?? `#${actor.id}`),
});

export type OrderMaterial = {
  readonly row: ListRow & { region_id: number };
  readonly contact: { description: string | null; phone: string | null; account_no: string | null } | null;
  /** The file of the customer it names; null where it names none. */
  readonly customer: CustomerSummary | null;
  readonly rows: readonly EventRow[];
  readonly events: readonly OrderEvent[];
  readonly personal: ReadonlyMap<number, JsonObject>;
  readonly state: OrderState;
  readonly clocks: readonly Clock[];
  readonly rulebookOf: (version: number) => Rulebook;
  /** The rulebook an action would bind the order to. */
  readonly inForce: Rulebook;
  readonly names: EventNames;
};

/** The order page. In: what was read, who reads it, and when. */
export function orderView(
  material: OrderMaterial,
  acting: Acting,
  tree: OrganisationTree,
  nowMs: number,
): z.input<typeof OrderView> {
  const { state, row, contact } = material;
  const flow = flows.get(state.flow, state.flowVersion);
  const hidden = contactHidden(acting.scope, tree, { identity: state.facts.identity ?? "NAMED", deskUnitId: state.deskUnitId });
  const caller = hidden ? callerOf(material) : [];
  const intake = material.events[0] as OrderEvent;
  const context = contextOf({
    self: row.order_id,
    acting,
    tree,
    rulebook: material.inForce,
    deskUnitId: state.deskUnitId,
    nowMs,
    related: new Map(),
  });
  const mayAct = state.unitIds.some((unitId) => can(acting.scope, tree, "order.act", unitId));
  return {
    ...rowView(row, tree, hidden),
    title: maskFreeText(row.title ?? "", caller),
    description: contact?.description ? maskFreeText(contact.description, caller) : null,
    contactPhone: hidden || !contact?.phone ? null : maskPhone(contact.phone),
    accountNo: hidden ? null : (contact?.account_no ?? null),
    contactHidden: hidden,
    customerId: hidden ? null : state.customerId,
    customer: hidden || !material.customer ? null : orderCustomer(material.customer, acting.scope, tree, nowMs),
    transformerArea: textOf(intake.data, "transformerArea"),
    externalNo: hidden ? null : textOf(intake.data, "externalNo"),
    identity: state.facts.identity ?? "NAMED",
    areaClass: state.facts.areaClass ?? null,
    details: { ...state.details },
    rulebookVersion: state.rulebookVersion,
    handlingUnit: state.handlingUnitId === null ? null : unitRef(tree, state.handlingUnitId),
    suspension: state.suspension && { reason: state.suspension.reason, until: instant(state.suspension.untilMs) },
    requests: state.requests.map((request) => ({
      seq: request.seq,
      kind: request.kind,
      by: personRef(material.names, request.by),
      data: request.data,
    })),
    consultations: state.consultations.map((one) => ({ seq: one.seq, unit: unitRef(tree, one.unitId), answered: one.answered })),
    children: [...state.childIds],
    links: state.links.map((one) => ({ ...one })),
    attachments: attachmentsOf(material, caller),
    closing: closingConditions(state, flow.noCallbackReasons).map((condition) => ({ ...condition })),
    clocks: material.clocks.map((clock) =>
      clockView(
        clock,
        isLive(clock) && clock.rule ? material.rulebookOf(clock.rule.rulebookVersion) : null,
        lapseOf(clock, material.events),
      ),
    ),
    events: eventViews(material, tree, hidden, caller),
    actions: mayAct ? allowedViews(flow, state, context) : [],
    withheld: mayAct ? withheldViews(flow, state, context, tree) : [],
    suspensionReasons: suspensionViews(material),
    mayUnmask: !hidden && state.unitIds.some((unitId) => can(acting.scope, tree, "personal-data.unmask", unitId)),
    serverTime: instant(nowMs),
  };
}

// What identifies the caller, to be struck out of what people wrote about the matter.
const callerOf = ({ row, contact }: OrderMaterial) => [
  row.name,
  contact?.phone ?? null,
  contact?.account_no ?? null,
  row.address,
];

function eventViews(
  material: OrderMaterial,
  tree: OrganisationTree,
  hidden: boolean,
  caller: readonly (string | null)[],
): z.input<typeof EventView>[] {
  const first = material.events[0] as OrderEvent;
  let step: string | null = first.step ?? null;
  let unitId = first.unitId ?? 0;
  let episode = 0;
  return material.events.map((event, index) => {
    const row = material.rows[index] as EventRow;
    step = event.step === undefined ? step : event.step;
    unitId = event.unitId ?? unitId;
    if (event.type === "intake" || event.type === "reopen") episode++;
    const personal = material.personal.get(event.seq);
    return {
      seq: event.seq,
      type: event.type,
      title: eventTitle(flows.get(material.state.flow), event.type),
      at: instant(event.atMs),
      actor: personRef(material.names, event.actor),
      actingUnit: event.actingUnitId === null ? null : unitRef(tree, event.actingUnitId),
      step,
      unit: unitRef(tree, unitId),
      episode: Math.max(episode, 1),
      data: hidden ? withoutIdentity(event.data) : event.data,
      personal: personal ? maskPersonal(personal, hidden, caller) : null,
      hash: row.hash.toString("hex"),
    };
  });
}

const attachmentsOf = ({ events, personal, names }: OrderMaterial, caller: readonly (string | null)[]) =>
  events
    .filter((event) => event.type === "attach")
    .map((event) => ({
      seq: event.seq,
      name: maskFreeText(textOf(personal.get(event.seq) ?? {}, "name") ?? "—", caller),
      mediaType: textOf(event.data, "mediaType") ?? "application/octet-stream",
      sizeBytes: typeof event.data["sizeBytes"] === "number" ? event.data["sizeBytes"] : 0,
      at: instant(event.atMs),
      by: personRef(names, event.actor),
    }));
