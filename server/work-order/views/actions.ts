// What may be done with an order now, what a rule forbids just now, and what a suspension would stop.
import type { AllowedAction, SuspensionReason, WithheldAction } from "@bihuan/contract/work-order.ts";
import { suspensionReasons } from "@bihuan/core/flow/actions/suspension.ts";
import type { ActionContext, Flow } from "@bihuan/core/flow/definition.ts";
import { allowedActions, askedOf, withheldActions } from "@bihuan/core/flow/engine.ts";
import { formJsonSchema } from "@bihuan/core/flow/form.ts";
import { isOpen, type OrderState } from "@bihuan/core/flow/state.ts";
import { flows } from "@bihuan/core/flows.ts";
import type { OrganisationTree } from "@bihuan/core/identity/organisation.ts";
import type { z } from "zod";
import { isLive } from "../store/clock-store.ts";
import { refusalView } from "./refusals.ts";
import { slotTitle } from "./titles.ts";
import type { OrderMaterial } from "./view.ts";

export const allowedViews = (flow: Flow, state: OrderState, context: ActionContext): z.input<typeof AllowedAction>[] =>
  allowedActions(flow, state, context).map((action) => {
    const { form, tone } = askedOf(action, state);
    return { key: action.key, title: action.title, tone: tone ?? "normal", form: formJsonSchema(form) };
  });

export const withheldViews = (
  flow: Flow,
  state: OrderState,
  context: ActionContext,
  tree: OrganisationTree,
): z.input<typeof WithheldAction>[] =>
  withheldActions(flow, state, context).map(({ action, refusal }) => ({
    key: action.key,
    title: action.title,
    refusal: refusalView(refusal, tree),
  }));

/** Every reason for a suspension with the running clocks it would stop: each clock by the rule it runs by. */
export function suspensionViews({ state, clocks, rulebookOf }: OrderMaterial): z.input<typeof SuspensionReason>[] {
  if (!isOpen(state)) return [];
  const stoppable = clocks.filter(isLive).flatMap((clock) => {
    const slot = flows.get(clock.flow).slots.find(({ key }) => key === clock.slot);
    if (!clock.rule || slot?.unpausable) return [];
    const rule = rulebookOf(clock.rule.rulebookVersion).rules.get(`${clock.rule.pack}/${clock.rule.key}`);
    return rule ? [{ clock, pausedBy: rule.rule.pausedBy }] : [];
  });
  return Object.entries(suspensionReasons).map(([code, title]) => ({
    code,
    title,
    stops: stoppable
      .filter(({ pausedBy }) => pausedBy.includes("*") || pausedBy.includes(code))
      .map(({ clock }) => ({
        slot: clock.slot,
        title: slotTitle(flows.get(clock.flow), clock.slot),
        authority: clock.authority,
      })),
  }));
}
