// Which slots two rulebooks limit differently, and whether one order is among those they treat differently.
import { codedFacts, courseOf } from "@bihuan/core/clock/rules/rule.ts";
import { calendarIdFor, type CompiledRule, type Rulebook, selectRules } from "@bihuan/core/clock/rules/rulebook.ts";
import type { ClockSlot, OrderFacts } from "@bihuan/core/clock/types.ts";
import { mayMove } from "./calendars-differ.ts";
import type { LiveClock, OpenOrder } from "./open-orders.ts";

const course = ({ rule }: CompiledRule): string => courseOf(rule);

/** Its course, with everything that decides for which orders it is selected. */
const courseAndReach = (compiled: CompiledRule): string =>
  JSON.stringify([
    course(compiled),
    compiled.pack,
    compiled.priority,
    compiled.rule.key,
    compiled.rule.flows,
    compiled.rule.when,
    compiled.adoptedBy,
    compiled.rule.validFrom,
    compiled.rule.validTo,
  ]);

/** Instants at which a rule of the slot begins or ends to hold, ascending, from the beginning of time: two starts between the same turns obey the same rules. */
type Turns = readonly number[];

/** The turns of a slot whose rules differ; null where they do not. */
function turnsOf(a: readonly CompiledRule[], b: readonly CompiledRule[]): Turns | null {
  const ofA = new Set(a.map(courseAndReach));
  const ofB = new Set(b.map(courseAndReach));
  if (ofA.size === ofB.size && [...ofA].every((rule) => ofB.has(rule))) return null;
  const turns = new Set([...a, ...b].flatMap(({ validFromMs, validToMs }) => [validFromMs, validToMs]));
  return [Number.NEGATIVE_INFINITY, ...[...turns].filter(Number.isFinite).sort((x, y) => x - y)];
}

/** Compares two rulebooks once, then tells of any order whether it has to be folded anew. */
export type Comparison = {
  /** Slots whose rules differ. */
  readonly slots: ReadonlySet<string>;
  /** False is certain: no clock of the order comes out differently. */
  mayAffect(order: OpenOrder): boolean;
};

const factsKey = (facts: OrderFacts): string =>
  `${facts.flow}|${codedFacts.map((fact) => facts[fact] ?? "").join("|")}|${facts.organisationPath.join(",")}`;

const hasOwnEvents = ({ rule }: CompiledRule): boolean => rule.from !== null || rule.until !== null;

export function compareRulebooks(a: Rulebook, b: Rulebook, slotsOf: (flow: string) => readonly ClockSlot[]): Comparison {
  const differing = new Map<string, Turns>();
  for (const slot of new Set([...a.rulesBySlot.keys(), ...b.rulesBySlot.keys()])) {
    const turns = turnsOf(a.rulesBySlot.get(slot) ?? [], b.rulesBySlot.get(slot) ?? []);
    if (turns) differing.set(slot, turns);
  }
  const kept = new Map<string, boolean>();
  const keep = (name: string, find: () => boolean): boolean => {
    const found = kept.get(name);
    if (found !== undefined) return found;
    const value = find();
    kept.set(name, value);
    return value;
  };

  const selectsOtherwise = (facts: OrderFacts, key: string, slot: string, turns: Turns, startedAtMs: number) => {
    const era = turns.findLastIndex((turn) => turn <= startedAtMs);
    return keep(`${slot}|${era}|${key}`, () => {
      const courses = (rulebook: Rulebook) => selectRules(rulebook, facts, slot, startedAtMs).map(course).join();
      return courses(a) !== courses(b);
    });
  };
  // What no live clock shows: a stretch that is open without any limit and gets one, and rules that count from events of their own.
  const mayStart = (facts: OrderFacts, key: string, slot: string, turns: Turns) =>
    keep(`${slot}|start|${key}`, () =>
      turns.some((turn) => {
        const [before, after] = [selectRules(a, facts, slot, turn), selectRules(b, facts, slot, turn)];
        const own = (rules: readonly CompiledRule[]) => rules.filter(hasOwnEvents).map(course).join();
        return own(before) !== own(after) || (before.every(hasOwnEvents) && !after.every(hasOwnEvents));
      }),
    );
  const calendarMoves = (clock: LiveClock, facts: OrderFacts): boolean => {
    if (clock.calendar === null) return false;
    const before = a.calendars.get(clock.calendar);
    const id = calendarIdFor(b, clock.calendar.split("@")[0] as string, facts.organisationPath);
    const after = id === null ? undefined : b.calendars.get(id);
    return before === undefined || after === undefined || mayMove(clock, before, after);
  };

  return {
    slots: new Set(differing.keys()),
    mayAffect({ flow, facts, clocks }) {
      if (clocks.some((clock) => calendarMoves(clock, facts))) return true;
      if (differing.size === 0) return false;
      const key = factsKey(facts);
      for (const { key: slot, limit } of slotsOf(flow)) {
        const turns = limit === "rule" ? differing.get(slot) : undefined;
        if (turns === undefined) continue;
        if (mayStart(facts, key, slot, turns)) return true;
        for (const clock of clocks)
          if (clock.slot === slot && selectsOtherwise(facts, key, slot, turns, clock.startedAtMs)) return true;
      }
      return false;
    },
  };
}
