// The engine: what may be done now, and what it adds to the history. Pure; the server gives it the world and keeps what it says.
import type { z } from "zod";
import { isRefusal, refuse, type Refusal } from "../refusal.ts";
import type { Action, ActionContext, Flow } from "./definition.ts";
import { type NewEvent, object, text } from "./event.ts";
import { isOpen, type OrderState } from "./state.ts";

/** A form that its schema does not accept. The schema and the input go with it, so that whoever answers can say why in the reader's language. */
export type InvalidForm = {
  readonly refused: "work-order.form-invalid";
  readonly facts: Record<string, never>;
  readonly schema: z.ZodType;
  readonly input: unknown;
  /** Where the form stands in the request. */
  readonly at: string;
};

const unitsAsked = (action: Action, state: OrderState): readonly number[] => {
  switch (action.at ?? "responsible") {
    case "responsible":
      return [state.unitId];
    case "desk":
      return [state.deskUnitId];
    case "assisting":
      return state.consultations.filter((one) => !one.answered).map((one) => one.unitId);
    case "participant":
      return [state.unitId, ...state.unitIds];
  }
};

/** Whether the actor holds one of the action's roles where it asks for it. The system itself may do what the system does. */
const mayAct = (action: Action, state: OrderState, context: ActionContext): boolean =>
  context.actor.kind === "system" ||
  unitsAsked(action, state).some((unitId) => {
    const roles = context.rolesOver(unitId);
    return action.by.some((role) => roles.has(role));
  });

const stands = (action: Action, state: OrderState): Refusal | null => {
  if (action.from === "archived") return state.status === "ARCHIVED" ? null : refuse("work-order.not-archived");
  if (!isOpen(state)) return refuse("work-order.closed", { status: state.status });
  if (state.suspension && action.whileSuspended !== true) return refuse("work-order.suspended");
  if (action.from !== "open" && !action.from.includes(state.step ?? ""))
    return refuse("work-order.wrong-step", { action: action.key, step: state.step });
  return null;
};

/** Why an action cannot be taken now, or null where it can. The reasons come in this order: unknown, forbidden, out of place, out of order. */
export function refusalOf(flow: Flow, state: OrderState, actionKey: string, context: ActionContext): Refusal | null {
  const action = Object.hasOwn(flow.actions, actionKey) ? flow.actions[actionKey] : undefined;
  if (!action) return refuse("work-order.action-unknown", { action: actionKey });
  if (!mayAct(action, state, context)) return refuse("work-order.not-yours", { action: actionKey });
  return stands(action, state) ?? action.offered?.(state, context) ?? null;
}

/** The actions the actor may take now, in the flow's order. */
export const allowedActions = (flow: Flow, state: OrderState, context: ActionContext): readonly Action[] =>
  Object.values(flow.actions).filter((action) => refusalOf(flow, state, action.key, context) === null);

// These say that there is nothing to do, not that a rule forbids doing it.
const nothingToDo: ReadonlySet<string> = new Set([
  "work-order.not-suspended",
  "work-order.nothing-urged",
  "work-order.nothing-requested",
  "work-order.not-consulted",
]);

/** The actions of the actor's role and the order's step that a rule forbids just now, with what forbids them; in the flow's order. */
export const withheldActions = (
  flow: Flow,
  state: OrderState,
  context: ActionContext,
): readonly { readonly action: Action; readonly refusal: Refusal }[] =>
  Object.values(flow.actions).flatMap((action) => {
    if (!mayAct(action, state, context) || stands(action, state)) return [];
    const refusal = action.offered?.(state, context) ?? null;
    const isIdle = refusal && (nothingToDo.has(refusal.refused) || action.idle?.includes(refusal.refused));
    return refusal && !isIdle ? [{ action, refusal }] : [];
  });

/** What an action asks of an order, and how it is offered. */
export const askedOf = (action: Action, state: OrderState): Pick<Action, "form" | "tone"> => action.asked?.(state) ?? action;

/**
 * Decides an action. In: the form as it came. Out: the events it adds, at least one; or a refusal, and then nothing is changed.
 */
export function decide(
  flow: Flow,
  state: OrderState,
  actionKey: string,
  form: unknown,
  context: ActionContext,
): Refusal | InvalidForm | readonly NewEvent[] {
  const refusal = refusalOf(flow, state, actionKey, context);
  if (refusal) return refusal;
  const action = flow.actions[actionKey] as Action;
  const asked = askedOf(action, state).form;
  const parsed = asked.safeParse(form ?? {});
  if (!parsed.success) return invalidForm(asked, form ?? {}, "form");
  const result = action.decide({ state, flow, value: parsed.data, context });
  if (isRefusal(result)) return result;
  if (result.length === 0) throw new Error(`action ${actionKey} of ${flow.id} decided nothing`);
  return standing(flow, state, result, context);
}

// Says in the events themselves where the order comes to stand still by itself and where it goes on, so that a later edition of
// the flow never changes what an old history counts.
function standing(flow: Flow, state: OrderState, events: readonly NewEvent[], context: ActionContext): readonly NewEvent[] {
  let stands = flow.steps[state.step ?? ""]?.stands;
  let [current, step] = [flow, state.step];
  return events.map((event) => {
    const flowId = event.type === "reclassify" ? text(object(event.data, "facts") ?? {}, "flow") : null;
    if (flowId !== null) current = context.flows.get(flowId);
    if (event.step !== undefined) step = event.step;
    const next = current.steps[step ?? ""]?.stands;
    if (next === stands) return event;
    const data = {
      ...event.data,
      ...(stands === undefined ? {} : { goesOn: true }),
      ...(next === undefined ? {} : { stands: next }),
    };
    stands = next;
    return { ...event, data };
  });
}

/** Says that an input is not what its form's schema asks for. */
export const invalidForm = (schema: z.ZodType, input: unknown, at: string): InvalidForm => ({
  refused: "work-order.form-invalid",
  facts: {},
  schema,
  input,
  at,
});
