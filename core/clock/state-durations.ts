// How long an order stood in each of its states, from a plain log of states.

/**
 * Time spent in each state. The time to the next event is credited to the state of the earlier one; a step back in time counts
 * 0; the last event credits nothing. In: events in the order of their log. Out: milliseconds by state, first seen first.
 */
export function stateDurations<State extends string>(
  events: readonly { readonly state: State; readonly atMs: number }[],
): ReadonlyMap<State, number> {
  const durations = new Map<State, number>();
  for (const [index, { state, atMs }] of events.entries()) {
    const next = events[index + 1];
    const passedMs = next === undefined ? 0 : Math.max(0, next.atMs - atMs);
    durations.set(state, (durations.get(state) ?? 0) + passedMs);
  }
  return durations;
}
