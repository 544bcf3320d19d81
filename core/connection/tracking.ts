// One line of the process tracking table (业扩流程跟踪表): when each node is due, when it was done, how it stands.
import type { Clock } from "../clock/types.ts";
import { nodes, WHOLE } from "./process/stretches.ts";

/** The columns of the table: visits and nodes in the order of the process, then the whole. */
export const trackedSlots = ["on-site", ...nodes, WHOLE] as const;
export type TrackedSlot = (typeof trackedSlots)[number];

/**
 * How a node stands. NONE: it has not begun, or is not needed. OVERDUE runs past its limit; MISSED is over and was late, in this
 * round or an earlier one.
 */
export const nodeStates = ["NONE", "RUNNING", "OVERDUE", "PAUSED", "MET", "MISSED"] as const;
export type NodeState = (typeof nodeStates)[number];

export type TrackedNode = {
  readonly state: NodeState;
  /** By the tightest limit of the last round; null while it waits for the customer. */
  readonly dueAtMs: number | null;
  /** When the last round was over. */
  readonly actualAtMs: number | null;
  /** How often it was begun: an inspection that found something is repeated. */
  readonly rounds: number;
};

/** Another label's clock, or one whose matter did not take place: neither in time nor late. */
const unjudged: ReadonlySet<Clock["status"]> = new Set(["superseded", "lapsed"]);

const empty: TrackedNode = { state: "NONE", dueAtMs: null, actualAtMs: null, rounds: 0 };

/** A node from the clocks of its slot. Only maxima judge; an average is a target. */
export function trackNode(clocks: readonly Clock[], slot: string, nowMs: number): TrackedNode {
  const own = clocks.filter((clock) => clock.slot === slot && clock.limitKind === "max" && !unjudged.has(clock.status));
  const last = own.reduce<Clock | null>(
    (latest, clock) => (latest && latest.startedAtMs > clock.startedAtMs ? latest : clock),
    null,
  );
  if (!last) return empty;
  const round = own.filter((clock) => clock.startedAtMs === last.startedAtMs);
  const due = round.flatMap(({ dueAtMs }) => (dueAtMs === null ? [] : [dueAtMs]));
  const dueAtMs = due.length === 0 ? null : Math.min(...due);
  const actualAtMs = round.reduce<number | null>((at, { stoppedAtMs }) => stoppedAtMs ?? at, null);
  const rounds = new Set(own.map(({ startedAtMs }) => startedAtMs)).size;
  const missed = own.some(({ status }) => status === "missed");
  return { state: stateOf(round, dueAtMs, missed, nowMs), dueAtMs, actualAtMs, rounds };
}

function stateOf(round: readonly Clock[], dueAtMs: number | null, missed: boolean, nowMs: number): NodeState {
  if (round.some(({ status }) => status === "running")) return dueAtMs !== null && dueAtMs < nowMs ? "OVERDUE" : "RUNNING";
  if (round.some(({ status }) => status === "paused")) return "PAUSED";
  return missed ? "MISSED" : "MET";
}
