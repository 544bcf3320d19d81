// What a person is asked to do next on an order, and by when: the actions the server allows, sorted by the clocks they stop.
import type { FlowView } from "@bihuan/contract/flow.ts";
import type { AllowedAction, ClockView, OrderView } from "@bihuan/contract/work-order.ts";
import { stops } from "@bihuan/core/flow/tasks/next-action.ts";
import { readForm } from "../../../ui/schema-form-model.ts";

/** An action and the tightest running clock that it is the usual way to stop; null where it stops none. */
export type Offer<A, C> = { readonly action: A; readonly clock: C | null };

type Timed = Pick<ClockView, "slot" | "status" | "limitKind" | "dueAt">;
type Offered = Pick<AllowedAction, "key" | "tone">;
type Drawn = {
  readonly actions: readonly Pick<FlowView["actions"][number], "key" | "outcomes">[];
  readonly slots: readonly Pick<FlowView["slots"][number], "key" | "until">[];
};

/** Promises that can be missed come before averages, those before clocks that stand; the earliest due first. */
function tighter(a: Timed | null, b: Timed | null): number {
  const rank = (clock: Timed | null): number =>
    clock === null ? 3 : clock.status === "paused" ? 2 : clock.limitKind === "max" ? 0 : 1;
  const due = (clock: Timed | null): number => (clock?.dueAt ? Date.parse(clock.dueAt) : Number.POSITIVE_INFINITY);
  // Two that have no due time stand as they came.
  return rank(a) - rank(b) || (due(a) === due(b) ? 0 : due(a) - due(b));
}

/**
 * In: what the reader may do, the order's clocks, the flow as drawn (null while it is not read yet). Out: `next`, what the flow or
 * a running clock asks for, the tightest first; `others`, the rest, what ends the order last. A slot names its usual stop first.
 */
export function whatNext<A extends Offered, C extends Timed>(
  actions: readonly A[],
  clocks: readonly C[],
  flow: Drawn | null,
): { readonly next: readonly Offer<A, C>[]; readonly others: readonly A[] } {
  const live = clocks.filter(({ status }) => status === "running" || status === "paused");
  const clockOf = (key: string): C | null => {
    const drawn = flow?.actions.find((one) => one.key === key);
    const stopped = flow?.slots.filter((slot) => drawn && stops(drawn, slot)).map((slot) => slot.key);
    return live.filter(({ slot }) => stopped?.includes(slot)).sort(tighter)[0] ?? null;
  };
  const offers = actions.map((action) => ({ action, clock: clockOf(action.key) }));
  const isNext = ({ action, clock }: Offer<A, C>): boolean =>
    action.tone === "primary" || (action.tone === "normal" && clock !== null);
  return {
    next: offers.filter(isNext).sort((a, b) => tighter(a.clock, b.clock)),
    others: offers
      .filter((offer) => !isNext(offer))
      .map(({ action }) => action)
      .sort((a, b) => Number(a.tone === "danger") - Number(b.tone === "danger")),
  };
}

/** Whether an action asks for nothing that must be filled in: then one stroke does it. */
export const asksNothing = ({ form }: Pick<AllowedAction, "form">): boolean => readForm(form).every(({ required }) => !required);

/** The unit an order is meant for, where nobody has had it yet: given at intake, and not by a unit that sent it back. */
export function proposedUnit(events: OrderView["events"]): number | null {
  const unitId = events.find(({ type }) => type === "intake")?.data["targetUnitId"];
  const wasReturned = events.some(({ type }) => type === "return" || type === "return-disputed");
  return typeof unitId === "number" && !wasReturned ? unitId : null;
}

/** What a form starts with, from what is known of the order. In: the order and the action's key. */
export function startOf(
  order: Pick<OrderView, "events" | "episode" | "handlingUnit" | "unit" | "requests">,
  action: string,
): Readonly<Record<string, unknown>> {
  const only = order.requests.length === 1 ? order.requests[0] : undefined;
  const contact = order.events.findLast(({ type, episode }) => type === "contact" && episode === order.episode);
  switch (action) {
    case "dispatch":
      return given("unitId", proposedUnit(order.events));
    case "reply":
      return {
        responsibleUnitId: (order.handlingUnit ?? order.unit).unitId,
        ...(contact ? { contacted: true, ...given("contactedAt", contact.data["contactedAt"]) } : {}),
      };
    case "decide":
      return given("requestSeq", only?.seq);
    default:
      return {};
  }
}

const given = (name: string, value: unknown): Record<string, unknown> =>
  value === undefined || value === null ? {} : { [name]: value };
