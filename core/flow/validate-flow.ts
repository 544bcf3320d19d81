import { mirrored } from "./actions/merging.ts";
import type { ClockSlot } from "../clock/types.ts";
import { CLOSED, type Flow, type Outcome } from "./definition.ts";

// A reopening starts afresh, and a merged order is moved by its master's events.
const movesFrom = (flow: Flow, step: string): readonly Outcome[] => [
  ...Object.values(flow.actions)
    .filter((action) => action.from === "open" || (action.from !== "archived" && action.from.includes(step)))
    .flatMap((action) => action.outcomes),
  ...(step === "merged" ? Object.entries(mirrored).map(([type, to]) => ({ type, ...(to === undefined ? {} : { to }) })) : []),
  ...(step === "reviewing" ? [{ type: "waive-callback", to: "archiving" }] : []),
];

// What a move says beside what it is (signals.ts): it comes to stand still by itself, or goes on.
function standing(flow: Flow, from: string, to: string): readonly string[] {
  const [before, now] = [flow.steps[from]?.stands, flow.steps[to]?.stands];
  return before === now ? [] : [...(before === undefined ? [] : ["go-on"]), ...(now === undefined ? [] : ["stand-still"])];
}

/**
 * A position of the walk. `running`: a bit for each slot whose clock runs. `place`: the last step in which the matter was worked
 * on, where accepting goes on from there. Both steps are positions among the flow's steps.
 */
type Position = { readonly step: number; readonly running: number; readonly place: number };
const NOWHERE = 63;
/** Slots and steps that one number can tell apart. */
const MOST_SLOTS = 31;
const MOST_STEPS = 60;
const nameOf = ({ step, running, place }: Position): number => (running * 64 + step) * 64 + place;
const CLOSE = -1;

/** What a move does: which clocks it stops and starts, and where it leads. */
type Move = {
  readonly stops: number;
  readonly starts: number;
  readonly fresh: boolean;
  readonly accepts: boolean;
  readonly to: number;
};

const endsOf = ({ until, lapsesOn }: ClockSlot): readonly string[] => [...until, ...Object.keys(lapsesOn ?? {})];

// What a clock lapses on has to be able to happen, and must not be what fulfils it.
const lapseFaults = ({ key, until, lapsesOn }: ClockSlot, types: ReadonlySet<string>): readonly string[] =>
  Object.keys(lapsesOn ?? {}).flatMap((type) => [
    ...(types.has(type) ? [] : [`clock ${key} lapses on ${type}, which never happens`]),
    ...(until.includes(type) ? [`clock ${key} both stops and lapses on ${type}`] : []),
  ]);

/**
 * Walks every position a flow can reach (step and running clocks) and lists what is wrong with it: a step nobody reaches, a
 * position without a way to the close, without a running clock, a clock that cannot stop, an outcome leading nowhere.
 */
export function validateFlow(flow: Flow): string[] {
  if (flow.closedElsewhere) return [];
  const faults = new Set<string>();
  const slots = flow.slots.filter((slot) => !slot.perSubject && slot.key !== "suspension");
  const keys = Object.keys(flow.steps);
  if (slots.length > MOST_SLOTS || keys.length > MOST_STEPS) return [`more than ${MOST_SLOTS} clocks or ${MOST_STEPS} steps`];
  const bits = (has: (slot: (typeof slots)[number]) => boolean) =>
    slots.reduce((mask, slot, index) => (has(slot) ? mask | (1 << index) : mask), 0);
  const stopsBy = (type: string) => bits((slot) => endsOf(slot).includes(type));
  const startsBy = (type: string) => bits((slot) => slot.from.includes(type));
  const opening = startsBy("open");

  // Many actions of a step do the same as far as its clocks are concerned, and most do nothing: each effect is walked once.
  const movesOf = (step: string): readonly Move[] => {
    const moves = new Map<string, Move>();
    for (const outcome of movesFrom(flow, step)) {
      const to = outcome.to ?? step;
      if (to !== CLOSED && !keys.includes(to)) {
        faults.add(`${outcome.type} leads to ${to}, which is no step`);
        continue;
      }
      const types = [outcome.type, ...(to === CLOSED ? [] : standing(flow, step, to))];
      const [stops, starts] = types.reduce(
        ([stopped, started], type) => [stopped | stopsBy(type), (started & ~stopsBy(type)) | startsBy(type)],
        [0, 0],
      );
      const move: Move = {
        stops,
        starts,
        fresh: outcome.type === "reopen",
        accepts: outcome.type === "accept",
        to: to === CLOSED ? CLOSE : keys.indexOf(to),
      };
      moves.set(Object.values(move).join(), move);
    }
    return [...moves.values()];
  };
  const moves = keys.map(movesOf);
  const keepsPlace = keys.map((step) => flow.keepsPlace && flow.steps[step]?.at === "handling" && step !== "accepting");

  const start: Position = { step: keys.indexOf(flow.initial), running: opening | startsBy("intake"), place: NOWHERE };
  const reached = new Map<number, Position>([[nameOf(start), start]]);
  const cameFrom = new Map<number, number[]>();
  let stopped = 0;
  const queue = [start];
  for (let position = queue.pop(); position; position = queue.pop()) {
    const here = nameOf(position);
    if (position.running === 0) faults.add(`no clock runs in step ${keys[position.step]}`);
    for (const move of moves[position.step] ?? []) {
      const to = move.accepts && position.place !== NOWHERE ? position.place : move.to;
      const running = to === CLOSE ? 0 : (((move.fresh ? opening : position.running) & ~move.stops) | move.starts) >>> 0;
      stopped |= position.running & (move.stops | ~running);
      let there = CLOSE;
      if (to !== CLOSE) {
        const next: Position = { step: to, running, place: keepsPlace[to] ? to : position.place };
        there = nameOf(next);
        if (!reached.has(there)) {
          reached.set(there, next);
          queue.push(next);
        }
      }
      const known = cameFrom.get(there);
      if (known) known.push(here);
      else cameFrom.set(there, [here]);
    }
  }

  const seen = new Set([...reached.values()].map(({ step }) => step));
  for (const [index, step] of keys.entries()) if (!seen.has(index)) faults.add(`step ${step} is never reached`);
  const closable = backFrom(CLOSE, cameFrom);
  for (const [name, { step }] of reached) if (!closable.has(name)) faults.add(`no way to the close from ${keys[step]}`);
  const types = new Set(Object.values(flow.actions).flatMap((action) => action.outcomes.map((outcome) => outcome.type)));
  for (const type of ["open", "intake", "waive-callback", "mirror", "stand-still", "go-on", "missing", "supplied", "contacted"])
    types.add(type);
  for (const slot of flow.slots) {
    if (!slot.from.some((type) => types.has(type))) faults.add(`clock ${slot.key} never starts`);
    if (!slot.until.some((type) => types.has(type))) faults.add(`clock ${slot.key} never stops`);
    for (const fault of lapseFaults(slot, types)) faults.add(fault);
  }
  for (const [index, slot] of slots.entries()) if ((stopped & (1 << index)) === 0) faults.add(`clock ${slot.key} cannot stop`);
  return [...faults];
}

// The positions from which a path leads to the close, found backwards from it.
function backFrom(end: number, cameFrom: ReadonlyMap<number, readonly number[]>): ReadonlySet<number> {
  const found = new Set([end]);
  const queue = [end];
  for (let name = queue.pop(); name !== undefined; name = queue.pop())
    for (const before of cameFrom.get(name) ?? [])
      if (!found.has(before)) {
        found.add(before);
        queue.push(before);
      }
  return found;
}
