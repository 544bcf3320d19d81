// Counts what a dry run finds, and keeps a few examples of each kind.
import type { DryRunResult } from "@bihuan/contract/clock.ts";
import type { MoveEffect, OrderMove } from "./moves.ts";

type Moves = { moved: number; becomeOverdue: number; noLongerOverdue: number };

const MOST_UNITS = 200;
/** Examples of one effect: enough to look at, few enough to read. */
const MOST_EXAMPLES = 10;
const effects: readonly MoveEffect[] = [
  "BECOMES_OVERDUE",
  "NO_LONGER_OVERDUE",
  "EARLIER",
  "LATER",
  "ADDED",
  "REMOVED",
  "JUDGED_OTHERWISE",
];

const iso = (atMs: number | null): string | null => (atMs === null ? null : new Date(atMs).toISOString());

export type Tally = {
  add(move: OrderMove): void;
  result(
    facts: Pick<DryRunResult, "ordersChecked" | "ties"> & { asOfMs: number; unitName(unitId: number): string },
  ): DryRunResult;
};

export function createTally(): Tally {
  const total: Moves = { moved: 0, becomeOverdue: 0, noLongerOverdue: 0 };
  const byFlow = new Map<string, Moves>();
  const byUnit = new Map<number, Moves>();
  const clocks = new Map<MoveEffect, number>();
  const examples = new Map<MoveEffect, DryRunResult["examples"]>(effects.map((effect) => [effect, []]));
  let [earlier, later, added, removed, firm] = [0, 0, 0, 0, 0];

  const of = <K>(map: Map<K, Moves>, key: K): Moves => {
    let moves = map.get(key);
    if (moves === undefined) map.set(key, (moves = { moved: 0, becomeOverdue: 0, noLongerOverdue: 0 }));
    return moves;
  };

  return {
    add({ orderId, flow, unitId, moves, firm: firmNow, becomesOverdue, noLongerOverdue }) {
      firm += firmNow;
      if (moves.length === 0) return;
      for (const counts of [total, of(byFlow, flow), of(byUnit, unitId)]) {
        counts.moved++;
        if (becomesOverdue) counts.becomeOverdue++;
        if (noLongerOverdue) counts.noLongerOverdue++;
      }
      for (const { slot, authority, effect, oldDueAtMs, newDueAtMs } of moves) {
        clocks.set(effect, (clocks.get(effect) ?? 0) + 1);
        if (effect === "REMOVED") removed++;
        else if (effect === "ADDED" || (oldDueAtMs === null && effect === "BECOMES_OVERDUE")) added++;
        else if (oldDueAtMs !== null && newDueAtMs !== null && newDueAtMs < oldDueAtMs) earlier++;
        else if (oldDueAtMs !== null && newDueAtMs !== null && newDueAtMs > oldDueAtMs) later++;
        const kept = examples.get(effect);
        if (kept && kept.length < MOST_EXAMPLES)
          kept.push({ orderId, flow, unitId, slot, authority, effect, oldDueAt: iso(oldDueAtMs), newDueAt: iso(newDueAtMs) });
      }
    },
    result: ({ asOfMs, ordersChecked, ties, unitName }) => ({
      ...total,
      asOf: new Date(asOfMs).toISOString(),
      ordersChecked,
      clocksEarlier: earlier,
      clocksLater: later,
      clocksAdded: added,
      clocksRemoved: removed,
      clocksFirm: firm,
      byFlow: [...byFlow].map(([flow, moves]) => ({ flow, ...moves })).sort((a, b) => b.moved - a.moved),
      byUnit: [...byUnit]
        .map(([unitId, moves]) => ({ unitId, unitName: unitName(unitId), ...moves }))
        .sort((a, b) => b.moved - a.moved)
        .slice(0, MOST_UNITS),
      ties,
      examples: [...examples.values()].flat(),
    }),
  };
}
