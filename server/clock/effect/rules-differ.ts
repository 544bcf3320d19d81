// Which slots two rulebooks limit differently, and whether one order is among those they treat differently.
import { codedFacts, meetsConditions } from "@bihuan/core/clock/rule.ts";
import { calendarIdFor, type CompiledRule, type Rulebook, selectRules } from "@bihuan/core/clock/rulebook.ts";
import type { ClockSlot, OrderFacts } from "@bihuan/core/clock/types.ts";
import { mayMove } from "./calendars-differ.ts";
import type { LiveClock, OpenOrder } from "./open-orders.ts";

/** Everything of a rule that a clock's course depends on. */
const course = ({ rule }: CompiledRule): string =>
  JSON.stringify([
    rule.authority,
    rule.from,
    rule.until,
    rule.amount,
    rule.unit,
    rule.limitKind,
    rule.calendar,
    rule.dayEnd,
    rule.afterHours,
    rule.pausedBy,
    rule.extendable,
  ]);

/** The same, with everything that decides for which orders it is selected. */
const courseAndReach = (compiled: CompiledRule): string =>
  JSON.stringify([
    course(compiled),
    compiled.pack,
    compiled.rule.key,
    compiled.rule.flows,
    compiled.rule.when,
    compiled.adoptedBy,
    compiled.rule.validFrom,
    compiled.rule.validTo,
  ]);

type SlotDifference = {
  /** Rules on one side only that start or stop their clock by events of their own. */
  readonly ownEvents: readonly CompiledRule[];
  /** Instants at which a rule of the slot begins or ends to hold, ascending. */
  readonly turns: readonly number[];
};

function differenceOf(a: readonly CompiledRule[], b: readonly CompiledRule[]): SlotDifference | null {
  const ofA = new Map(a.map((rule) => [courseAndReach(rule), rule]));
  const ofB = new Map(b.map((rule) => [courseAndReach(rule), rule]));
  const onOneSide = [...ofA, ...ofB].filter(([name]) => ofA.has(name) !== ofB.has(name)).map(([, rule]) => rule);
  if (onOneSide.length === 0) return null;
  const turns = new Set([...a, ...b].flatMap(({ validFromMs, validToMs }) => [validFromMs, validToMs]));
  return {
    ownEvents: onOneSide.filter(({ rule }) => rule.from !== null || rule.until !== null),
    turns: [...turns].filter(Number.isFinite).sort((x, y) => x - y),
  };
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

const isAdopted = ({ adoptedBy }: CompiledRule, { organisationPath }: OrderFacts): boolean =>
  adoptedBy.some((unitId) => organisationPath.includes(unitId));
const isAlwaysValid = ({ validFromMs, validToMs }: CompiledRule): boolean =>
  validFromMs === Number.NEGATIVE_INFINITY && validToMs === Number.POSITIVE_INFINITY;

export function compareRulebooks(a: Rulebook, b: Rulebook, slotsOf: (flow: string) => readonly ClockSlot[]): Comparison {
  const differences = new Map<string, SlotDifference>();
  for (const slot of new Set([...a.rulesBySlot.keys(), ...b.rulesBySlot.keys()])) {
    const difference = differenceOf(a.rulesBySlot.get(slot) ?? [], b.rulesBySlot.get(slot) ?? []);
    if (difference) differences.set(slot, difference);
  }
  const kept = new Map<string, boolean>();
  const keep = (name: string, find: () => boolean): boolean => {
    const found = kept.get(name);
    if (found !== undefined) return found;
    const value = find();
    kept.set(name, value);
    return value;
  };

  // A stretch obeys the rules that hold when it starts, so within two turns every start selects the same ones.
  const selectsOtherwise = (facts: OrderFacts, key: string, slot: string, { turns }: SlotDifference, startedAtMs: number) => {
    const era = turns.findLastIndex((turn) => turn <= startedAtMs);
    return keep(`${slot}|${era}|${key}`, () => {
      const courses = (rulebook: Rulebook) => selectRules(rulebook, facts, slot, startedAtMs).map(course).join();
      return courses(a) !== courses(b);
    });
  };
  // What no live clock shows: a slot that had no limit gets one, or a rule counts from events of its own.
  const mayStart = (facts: OrderFacts, key: string, slot: string, { ownEvents }: SlotDifference) =>
    keep(`${slot}|start|${key}`, () => {
      const reaches = (rule: CompiledRule) => isAdopted(rule, facts) && meetsConditions(rule.rule, facts);
      if (ownEvents.some(reaches)) return true;
      const covered = (a.rulesBySlot.get(slot) ?? []).some((rule) => isAlwaysValid(rule) && reaches(rule));
      return !covered && (b.rulesBySlot.get(slot) ?? []).some(reaches);
    });
  const calendarMoves = (clock: LiveClock, facts: OrderFacts): boolean => {
    if (clock.calendar === null) return false;
    const before = a.calendars.get(clock.calendar);
    const id = calendarIdFor(b, clock.calendar.split("@")[0] as string, facts.organisationPath);
    const after = id === null ? undefined : b.calendars.get(id);
    return before === undefined || after === undefined || mayMove(clock, before, after);
  };

  return {
    slots: new Set(differences.keys()),
    mayAffect({ flow, facts, clocks }) {
      if (clocks.some((clock) => calendarMoves(clock, facts))) return true;
      if (differences.size === 0) return false;
      const key = factsKey(facts);
      for (const { key: slot, limit } of slotsOf(flow)) {
        const difference = limit === "rule" ? differences.get(slot) : undefined;
        if (difference === undefined) continue;
        if (mayStart(facts, key, slot, difference)) return true;
        for (const clock of clocks)
          if (clock.slot === slot && selectsOtherwise(facts, key, slot, difference, clock.startedAtMs)) return true;
      }
      return false;
    },
  };
}
