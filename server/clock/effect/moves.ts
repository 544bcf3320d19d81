// What another rulebook does to one open order: its clocks folded under both and laid side by side.
import { type FoldContext, foldClocks } from "@bihuan/core/clock/folding/fold.ts";
import type { Authority, Clock, ClockSignal } from "@bihuan/core/clock/types.ts";
import type { DryRunResult } from "@bihuan/contract/clock.ts";
import type { OpenOrder } from "./open-orders.ts";

export type MoveEffect = DryRunResult["examples"][number]["effect"];

export type ClockMove = {
  readonly slot: string;
  readonly authority: Authority;
  readonly effect: MoveEffect;
  readonly oldDueAtMs: number | null;
  readonly newDueAtMs: number | null;
};

export type OrderMove = {
  readonly orderId: string;
  readonly flow: string;
  readonly unitId: number;
  readonly moves: readonly ClockMove[];
  /** Clocks that stay where they are, but whose figure was provisional and is so no more. */
  readonly firm: number;
  readonly becomesOverdue: boolean;
  readonly noLongerOverdue: boolean;
};

const isLive = ({ status }: Clock): boolean => status === "running" || status === "paused";
const dueOf = (clock: Clock | undefined): number | null => (clock ? (clock.dueAtMs ?? clock.dueIfPausedUntilMs) : null);
const isOverdue = (clock: Clock, asOfMs: number): boolean =>
  clock.limitKind === "max" && clock.dueAtMs !== null && asOfMs > clock.dueAtMs;

function effectOf(before: Clock | undefined, after: Clock | undefined, asOfMs: number): MoveEffect | null {
  if (after === undefined) return before === undefined ? null : "REMOVED";
  const wasOverdue = before !== undefined && isOverdue(before, asOfMs);
  const [oldDue, newDue] = [dueOf(before), dueOf(after)];
  const moved = before === undefined || oldDue !== newDue || before.limitKind !== after.limitKind;
  // Paused without an end there is no due instant: the limit itself is compared.
  const limited = before !== undefined && newDue === null && (before.amount !== after.amount || before.unit !== after.unit);
  if (!moved && !limited) return null;
  if (isOverdue(after, asOfMs) && !wasOverdue) return "BECOMES_OVERDUE";
  if (wasOverdue && !isOverdue(after, asOfMs)) return "NO_LONGER_OVERDUE";
  if (before === undefined) return "ADDED";
  if (oldDue === null || newDue === null || oldDue === newDue) return "JUDGED_OTHERWISE";
  return newDue < oldDue ? "EARLIER" : "LATER";
}

/**
 * Folds an order as it is and as it would be bound to `version`. In: its history as signals, and the instant overdue is judged
 * at. Out: null where nothing comes out differently, so that the order need not be bound anew.
 */
export function moveOf(
  order: Pick<OpenOrder, "orderId" | "flow" | "unitId">,
  signals: readonly ClockSignal[],
  context: Omit<FoldContext, "asOfMs">,
  version: number,
  asOfMs: number,
): OrderMove | null {
  const last = signals.at(-1);
  if (last === undefined) return null;
  const rebinding: ClockSignal = { seq: last.seq + 1, atMs: asOfMs, type: "rebind", rulebookVersion: version };
  const folding = { ...context, asOfMs };
  const before = new Map(
    foldClocks(folding, signals)
      .filter(isLive)
      .map((clock) => [clock.number, clock]),
  );
  const after = new Map(
    foldClocks(folding, [...signals, rebinding])
      .filter(isLive)
      .map((clock) => [clock.number, clock]),
  );
  const moves: ClockMove[] = [];
  let firm = 0;
  let changed = false;
  for (const number of new Set([...before.keys(), ...after.keys()])) {
    const [old, now] = [before.get(number), after.get(number)];
    const effect = effectOf(old, now, asOfMs);
    const { slot, authority } = (now ?? old) as Clock;
    if (effect) moves.push({ slot, authority, effect, oldDueAtMs: dueOf(old), newDueAtMs: dueOf(now) });
    else if (old?.provisional !== now?.provisional) {
      changed = true;
      if (old?.provisional) firm++;
    }
  }
  if (moves.length === 0 && !changed) return null;
  const overdue = (clocks: ReadonlyMap<number, Clock>) => [...clocks.values()].some((clock) => isOverdue(clock, asOfMs));
  const [wasOverdue, isNowOverdue] = [overdue(before), overdue(after)];
  return {
    orderId: order.orderId,
    flow: order.flow,
    unitId: order.unitId,
    moves,
    firm,
    becomesOverdue: !wasOverdue && isNowOverdue,
    noLongerOverdue: wasOverdue && !isNowOverdue,
  };
}
