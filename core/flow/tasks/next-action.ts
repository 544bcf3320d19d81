// The action that is asked for next: the one that stops the clock due first, or else the one that moves the order on.
import type { Role } from "../../identity/roles.ts";
import type { Action, Flow } from "../definition.ts";

type Drawn = { readonly outcomes: readonly { readonly type: string }[] };
type Stopped = { readonly until: readonly string[] };

/** Whether an action is the usual way to stop a clock: a slot names its usual stop first. */
export const stops = ({ outcomes }: Drawn, { until }: Stopped): boolean =>
  until[0] !== undefined && outcomes.some(({ type }) => type === until[0]);

/**
 * What somebody does next in a step. In: the step; the slot of the clock that is due first there, null where none runs; the roles the
 * person has. Out: null where nothing in this step is done by these roles. Whether a rule forbids it just now, the order's page says.
 */
export function nextAction(flow: Flow, step: string, slot: string | null, roles: ReadonlySet<Role>): Action | null {
  const known = flow.slots.find(({ key }) => key === slot);
  const mine = Object.values(flow.actions).filter(({ at, by }) => at !== "assisting" && by.some((role) => roles.has(role)));
  const here = mine.filter(({ from }) => Array.isArray(from) && from.includes(step));
  const byClock =
    known && (here.find((action) => stops(action, known)) ?? mine.find((one) => one.from === "open" && stops(one, known)));
  return byClock ?? here.find(({ tone }) => tone === "primary") ?? here[0] ?? null;
}
