// Ties: two rules of one authority that limit the same stretch of the same order, with nothing but dates and names to choose between them.
import { type ClockRule, codedFacts, courseOf, meetsConditions } from "./rule.ts";
import { byRank, type CompiledRule, distanceTo, type Rulebook, selectRules } from "./rulebook.ts";
import type { ClockSlot, OrderFacts } from "../types.ts";

export type Tie = {
  readonly slot: string;
  /** The rule that counts: it came into force later or, failing that, its pack's key and its own come first. */
  readonly counts: CompiledRule;
  readonly yields: CompiledRule;
  /** Of an order that both limit. */
  readonly facts: OrderFacts;
};

export type TieWorld = {
  /** The flows there are, as far as rules ask about them. */
  readonly flows: readonly {
    readonly id: string;
    readonly slots: readonly Pick<ClockSlot, "key">[];
    readonly subtypes: Readonly<Record<string, unknown>>;
  }[];
  /** A unit's path: itself first, the root last. */
  pathOf(unitId: number): readonly number[];
  /** Ties among rules that no longer hold then are nobody's concern. Epoch milliseconds. */
  readonly fromMs: number;
};

/** Every tie of a rulebook whose outcome matters: the two limit differently, and no third rule takes the place of both. */
export function tiesOf(rulebook: Rulebook, world: TieWorld): readonly Tie[] {
  const ties: Tie[] = [];
  for (const [slot, rules] of rulebook.rulesBySlot)
    for (const [index, one] of rules.entries())
      for (const other of rules.slice(index + 1)) {
        if (!standEqual(one, other)) continue;
        const [counts, yields] = byRank(one, other) < 0 ? [one, other] : [other, one];
        const facts = orderOfBoth(rulebook, slot, counts, yields, world);
        if (facts !== null) ties.push({ slot, counts, yields, facts });
      }
  return ties;
}

const standEqual = (a: CompiledRule, b: CompiledRule): boolean =>
  a.rule.authority === b.rule.authority &&
  a.priority === b.priority &&
  a.conditions === b.conditions &&
  courseOf(a.rule) !== courseOf(b.rule);

// The facts of an order for which the one counts only because it comes before the other.
function orderOfBoth(
  rulebook: Rulebook,
  slot: string,
  counts: CompiledRule,
  yields: CompiledRule,
  { flows, pathOf, fromMs }: TieWorld,
): OrderFacts | null {
  const startedAtMs = Math.max(counts.validFromMs, yields.validFromMs, fromMs);
  const both = [counts.rule, yields.rule] as const;
  const units = [...counts.adoptedBy, ...yields.adoptedBy, ...both.flatMap(({ when }) => when.unit ?? [])];
  for (const flow of flows) {
    if (!flow.slots.some(({ key }) => key === slot)) continue;
    for (const organisationPath of [...new Set(units)].map(pathOf)) {
      if (distanceTo(counts, organisationPath) !== distanceTo(yields, organisationPath)) continue;
      for (const facts of factsOfBoth(...both, { flow: flow.id, organisationPath })) {
        if (facts.subtype != null && !Object.hasOwn(flow.subtypes, facts.subtype)) continue;
        if (!both.every((rule) => meetsConditions(rule, facts)) || startedAtMs >= yields.validToMs) continue;
        if (selectRules(rulebook, facts, slot, startedAtMs).includes(counts)) return facts;
      }
    }
  }
  return null;
}

// Every combination of the values both accept; what neither asks about stays unknown.
function factsOfBoth(a: ClockRule, b: ClockRule, start: OrderFacts): readonly OrderFacts[] {
  return codedFacts.reduce<readonly OrderFacts[]>(
    (found, fact) => {
      const [ofA, ofB] = [a.when[fact], b.when[fact]];
      const values = ofA === undefined ? ofB : ofB === undefined ? ofA : ofA.filter((value) => ofB.includes(value));
      return values === undefined ? found : found.flatMap((facts) => values.map((value) => ({ ...facts, [fact]: value })));
    },
    [start],
  );
}
