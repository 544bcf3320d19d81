import { mirrored } from "./actions/merging.ts";
import { CLOSED, type Flow } from "./definition.ts";

type Position = { step: string; running: ReadonlySet<string> };

// A reopening starts afresh, and a merged order is moved by its master's events.
const moves = (flow: Flow, step: string) => [
  ...Object.values(flow.actions)
    .filter((action) => action.from === "open" || (action.from !== "archived" && action.from.includes(step)))
    .flatMap((action) => action.outcomes),
  ...(step === "merged" ? Object.entries(mirrored).map(([type, to]) => ({ type, to })) : []),
  ...(step === "reviewing" ? [{ type: "waive-callback", to: "archiving" }] : []),
];

/**
 * Walks every position a flow can reach (step and running clocks) and lists what is wrong with it: a step nobody reaches, a
 * position without a way to the close, without a running clock, a clock that cannot stop, an outcome leading nowhere.
 */
export function validateFlow(flow: Flow): string[] {
  if (flow.closedElsewhere) return [];
  const faults = new Set<string>();
  const slots = flow.slots.filter((slot) => !slot.perSubject && slot.key !== "suspension");
  const after = (running: ReadonlySet<string>, type: string): ReadonlySet<string> => {
    const next = new Set(running);
    for (const slot of slots) if (slot.until.includes(type)) next.delete(slot.key);
    for (const slot of slots) if (slot.from.includes(type)) next.add(slot.key);
    return next;
  };
  const name = (position: Position) => `${position.step}|${[...position.running].sort().join(",")}`;
  const start: Position = { step: flow.initial, running: after(new Set(), "open") };
  const seen = new Map<string, Position>([[name(start), start]]);
  const next = new Map<string, Set<string>>();
  const stopped = new Set<string>();
  const queue = [start];
  for (let position = queue.pop(); position; position = queue.pop()) {
    const here = name(position);
    const exits = new Set<string>();
    next.set(here, exits);
    if (position.running.size === 0) faults.add(`no clock runs in step ${position.step}`);
    for (const outcome of moves(flow, position.step)) {
      const to = outcome.to ?? position.step;
      if (to === CLOSED) {
        for (const slot of position.running) stopped.add(slot);
        exits.add(CLOSED);
        continue;
      }
      if (!(to in flow.steps)) {
        faults.add(`${outcome.type} leads to ${to}, which is no step`);
        continue;
      }
      const running = outcome.type === "reopen" ? after(new Set(), "open") : after(position.running, outcome.type);
      for (const slot of position.running)
        if (!running.has(slot) || slots.find((one) => one.key === slot)?.until.includes(outcome.type)) stopped.add(slot);
      const there: Position = { step: to, running };
      exits.add(name(there));
      if (!seen.has(name(there))) {
        seen.set(name(there), there);
        queue.push(there);
      }
    }
  }
  const reached = new Set([...seen.values()].map((position) => position.step));
  for (const step of Object.keys(flow.steps)) if (!reached.has(step)) faults.add(`step ${step} is never reached`);
  for (const here of unclosable(next)) faults.add(`no way to the close from ${here.split("|")[0]}`);
  const types = new Set(Object.values(flow.actions).flatMap((action) => action.outcomes.map((outcome) => outcome.type)));
  for (const type of ["open", "waive-callback", "mirror"]) types.add(type);
  for (const slot of flow.slots) {
    if (!slot.from.some((type) => types.has(type))) faults.add(`clock ${slot.key} never starts`);
    if (!slot.until.some((type) => types.has(type))) faults.add(`clock ${slot.key} never stops`);
  }
  for (const slot of slots) if (!stopped.has(slot.key)) faults.add(`clock ${slot.key} cannot stop`);
  return [...faults];
}

// Positions from which no path leads to the close, found backwards from it.
function unclosable(next: ReadonlyMap<string, ReadonlySet<string>>): string[] {
  const good = new Set<string>([CLOSED]);
  for (let grown = true; grown; ) {
    grown = false;
    for (const [here, exits] of next)
      if (!good.has(here) && [...exits].some((exit) => good.has(exit))) {
        good.add(here);
        grown = true;
      }
  }
  return [...next.keys()].filter((here) => !good.has(here));
}
