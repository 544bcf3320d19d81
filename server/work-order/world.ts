// The world an order is decided in: the organisation, the rulebook it is bound to, the flows, who acts.
import { compileZone, toLocalMs } from "@bihuan/core/calendar/zone.ts";
import { foldClocks } from "@bihuan/core/clock/folding/fold.ts";
import type { Rulebook } from "@bihuan/core/clock/rules/rulebook.ts";
import type { Clock } from "@bihuan/core/clock/types.ts";
import type { ActionContext } from "@bihuan/core/flow/definition.ts";
import { type Actor, type OrderEvent, systemActor } from "@bihuan/core/flow/event.ts";
import { signalsOf } from "@bihuan/core/flow/signals.ts";
import type { OrderState } from "@bihuan/core/flow/state.ts";
import { flows } from "@bihuan/core/flows.ts";
import type { OrganisationTree } from "@bihuan/core/identity/organisation.ts";
import { can, rolesAt, type Scope } from "@bihuan/core/identity/scope.ts";
import type { OrderId } from "@bihuan/core/order-id.ts";
import type { IntakeCustomer, Named } from "../customer/intake.ts";
import type { Queryable } from "../platform/database.ts";

/** What the slice needs from those before it. */
export type OrderPorts = {
  /** The organisation as it stands; cached by the identity slice. */
  tree(): Promise<OrganisationTree>;
  /** The rulebook new orders are bound to. */
  currentRulebook(db: Queryable): Promise<Rulebook>;
  /** Rulebooks by version; they never change, so they are cached for good. */
  rulebooks(db: Queryable, versions: readonly number[]): Promise<(version: number) => Rulebook>;
  /** The customers that demands name, in their order; null where there is none within reach. */
  customersForIntake(db: Queryable, tree: OrganisationTree, asked: readonly Named[]): Promise<readonly (IntakeCustomer | null)[]>;
  /** Keeps customers from being erased until the transaction ends; false where one already was. */
  holdCustomers(tx: Queryable, customerIds: readonly string[]): Promise<boolean>;
};

/** Who acts: a person or integration within a scope, or the system itself. */
export type Acting = { readonly scope: Scope; readonly actor: Actor; readonly actingUnitId: number | null };

/** The person or integration of a scope, acting for its home unit. */
export const actingAs = (scope: Scope): Acting => ({
  scope,
  actor: { kind: scope.principal.kind, id: scope.principal.id },
  actingUnitId: scope.homeUnitId,
});

/** The system, when a timer is due. It reads the whole tree, because nothing is decided for a person. */
export const actingSystem = (rootUnitId: number): Acting => ({
  scope: { principal: { kind: "staff", id: 0, name: "system" }, homeUnitId: rootUnitId, grants: [] },
  actor: systemActor,
  actingUnitId: null,
});

/** The rulebook versions a history was bound to. */
export const versionsIn = (events: readonly OrderEvent[]): number[] => [
  ...new Set(
    events.flatMap((event) => (typeof event.data["rulebookVersion"] === "number" ? [event.data["rulebookVersion"]] : [])),
  ),
];

/** Folds the clocks of a history. */
export const clocksOf = (events: readonly OrderEvent[], rulebookOf: (version: number) => Rulebook): readonly Clock[] =>
  foldClocks({ slotsOf: (flow) => flows.get(flow).slots, rulebookOf }, signalsOf(events));

/** Everything an action may ask about. */
export function contextOf(input: {
  readonly self: OrderId;
  readonly acting: Acting;
  readonly tree: OrganisationTree;
  /** In force now, also where the order's clocks still run by an earlier one: how often and when to call is a matter of today. */
  readonly rulebook: Rulebook;
  readonly deskUnitId: number;
  readonly nowMs: number;
  readonly related: ReadonlyMap<OrderId, OrderState>;
}): ActionContext {
  const { tree, acting } = input;
  return {
    self: input.self,
    nowMs: input.nowMs,
    actor: acting.actor,
    actingUnitId: acting.actingUnitId,
    rolesOver: (unitId) => rolesAt(acting.scope, tree, unitId),
    organisation: organisationOf(tree),
    flows,
    related: (orderId) => input.related.get(orderId) ?? null,
    policies: input.rulebook.policies,
    minuteOfDay: (atMs) => Math.floor((toLocalMs(compileZone(tree.zoneOf(input.deskUnitId)), atMs) % 86_400_000) / 60_000),
  };
}

export const organisationOf = (tree: OrganisationTree): ActionContext["organisation"] => ({
  isActive: (unitId) => tree.unit(unitId)?.active ?? false,
  parentOf: (unitId) => tree.unit(unitId)?.parentId ?? null,
  pathOf: (unitId) => tree.ancestors(unitId),
  regionOf: (unitId) => tree.unit(unitId)?.regionId ?? 0,
  kindOf: (unitId) => tree.unit(unitId)?.kind ?? "",
});

/** Whether a person may see an order: it lies, or took part, within the reach of his reading. */
export const maySee = (scope: Scope, tree: OrganisationTree, state: Pick<OrderState, "unitId" | "unitIds">): boolean =>
  can(scope, tree, "order.read", state.unitId) || state.unitIds.some((unitId) => can(scope, tree, "order.read", unitId));
