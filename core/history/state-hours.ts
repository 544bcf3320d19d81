// How long a case stood in each state, and how long of that it waited for somebody else.
import type { CaseStep } from "./case.ts";

export type StateTime = { readonly state: string; readonly pause: boolean; readonly events: number; readonly ms: number };
export type StateTimes = {
  /** In the order in which the states first occur. */
  readonly states: readonly StateTime[];
  /** From the earliest to the latest step. */
  readonly throughputMs: number;
  readonly pausedMs: number;
  /** Steps into a pause whose end the file shows, however short it was. */
  readonly pauses: number;
};

/**
 * Credits the time from each step to the next one in the file's order to the state of the earlier one. A step back in time
 * counts 0, the last step credits nothing. In: at least one step, and which states are pauses. Out: milliseconds.
 */
export function stateTimes(steps: readonly CaseStep[], isPause: (state: string) => boolean): StateTimes {
  const states = new Map<string, { state: string; pause: boolean; events: number; ms: number }>();
  let pauses = 0;
  let [earliest, latest] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  steps.forEach((step, index) => {
    const next = steps[index + 1];
    const ms = next ? Math.max(0, next.atMs - step.atMs) : 0;
    let time = states.get(step.state);
    if (!time) states.set(step.state, (time = { state: step.state, pause: isPause(step.state), events: 0, ms: 0 }));
    time.events++;
    time.ms += ms;
    if (time.pause && next) pauses++;
    earliest = Math.min(earliest, step.atMs);
    latest = Math.max(latest, step.atMs);
  });
  const all = [...states.values()];
  const pausedMs = all.reduce((sum, state) => sum + (state.pause ? state.ms : 0), 0);
  return { states: all, throughputMs: latest - earliest, pausedMs, pauses };
}
