// An open order always has a running clock (invariant 1), so every step of every flow must keep a limit, whatever the order's facts.
import { codedFacts } from "@bihuan/core/clock/rules/rule.ts";
import { type Rulebook, selectRules } from "@bihuan/core/clock/rules/rulebook.ts";
import type { OrderFacts } from "@bihuan/core/clock/types.ts";
import type { Business, CodedFact, FlowOutline } from "../world.ts";

export type Gap = { readonly flow: string; readonly slot: string; readonly facts: OrderFacts };

/** Nobody contacts an anonymous caller, so there is no time in which it must happen. Elsewhere every step needs its limit. */
const needsNoLimit = (slot: string, facts: OrderFacts): boolean => slot === "first-contact" && facts.identity === "ANONYMOUS";

/**
 * The steps left without any limit somewhere. In: the rulebook, the flows, the root unit, and the instants from which it must hold (now; rules
 * that begin or end later are looked at then as well). Every combination of the facts that rules ask about is tried.
 */
export function uncoveredSteps(rulebook: Rulebook, business: Business, rootUnitId: number, nowMs: number): Gap[] {
  const gaps: Gap[] = [];
  for (const flow of business.flows.filter(({ closedElsewhere }) => !closedElsewhere))
    for (const { key: slot, limit } of flow.slots) {
      if (limit === "given") continue;
      const rules = rulebook.rulesBySlot.get(slot) ?? [];
      const turns = rules.flatMap(({ validFromMs, validToMs }) => [validFromMs, validToMs]);
      const instants = new Set([nowMs, ...turns.filter((turn) => Number.isFinite(turn) && turn > nowMs)]);
      const asked = codedFacts.filter((fact) => rules.some(({ rule }) => rule.when[fact] !== undefined));
      const values = (fact: CodedFact) => [
        ...new Set([...(business.factValues[fact] ?? []), ...rules.flatMap(({ rule }) => rule.when[fact] ?? [])]),
      ];
      const gap = combinations(flow, asked, values)
        .map((facts): OrderFacts => ({ ...facts, flow: flow.id, organisationPath: [rootUnitId] }))
        .find(
          (facts) =>
            !needsNoLimit(slot, facts) && [...instants].some((atMs) => selectRules(rulebook, facts, slot, atMs).length === 0),
        );
      if (gap) gaps.push({ flow: flow.id, slot, facts: gap });
    }
  return gaps;
}

/** Intake always asks for these, so an order without them does not exist. */
const alwaysKnown: ReadonlySet<CodedFact> = new Set(["identity", "origin", "urgency"]);

type SomeFacts = Partial<Record<CodedFact, string | null>>;

function combinations(flow: FlowOutline, asked: readonly CodedFact[], valuesOf: (fact: CodedFact) => string[]): SomeFacts[] {
  return asked.reduce<SomeFacts[]>(
    (found, fact) => {
      const values = fact === "subtype" ? Object.keys(flow.subtypes) : valuesOf(fact);
      const options = alwaysKnown.has(fact) ? values : [...values, null];
      return found.flatMap((facts) => options.map((value) => ({ ...facts, [fact]: value })));
    },
    [{}],
  );
}
