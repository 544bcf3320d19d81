// The strip of an order: which steps of its flow it went through in this episode, how long each took, and where it was late.

export type StripEvent = { readonly seq: number; readonly at: string; readonly step: string | null; readonly episode: number };
/** A maximum that was or will be missed: its time is up between `dueAtMs` and `stoppedAtMs` (null: still). */
export type StripLate = { readonly episode: number; readonly dueAtMs: number; readonly stoppedAtMs: number | null };
export type StepTime = {
  readonly step: string;
  readonly state: "done" | "now" | "ahead";
  /** Sum of all its visits in this episode, ms. */
  readonly spentMs: number;
  readonly visits: number;
  readonly late: boolean;
  /** Beside the way: nobody comes through here who is not sent here. */
  readonly aside: boolean;
};

/** Steps that stand beside the way: shown only where the order was there. */
const aside: readonly string[] = ["arbitrating", "merged"];
/** What is merged under another order follows it up to its review, and then goes its own way again. */
const followedTo = "reviewing";

/**
 * In: the flow's steps in its order, the events of the order (any order), its late maxima, the episode, now in ms.
 * A step is late where the time of a maximum was up while the order stood in it. Steps that were passed over are left out.
 */
export function stepTimes(input: {
  readonly steps: readonly string[];
  readonly events: readonly StripEvent[];
  readonly late: readonly StripLate[];
  readonly episode: number;
  readonly nowMs: number;
}): StepTime[] {
  const events = input.events.filter(({ episode }) => episode === input.episode).sort((a, b) => a.seq - b.seq);
  const late = input.late.filter(({ episode }) => episode === input.episode);
  const visits = new Map<string, { spentMs: number; visits: number; late: boolean }>();
  let current: string | null = null;
  for (const [at, event] of events.entries()) {
    const next = events[at + 1];
    const moved = at === 0 || event.step !== events[at - 1]?.step;
    current = event.step;
    if (event.step === null) continue;
    const fromMs = Date.parse(event.at);
    const toMs = next ? Date.parse(next.at) : input.nowMs;
    const sum = visits.get(event.step) ?? { spentMs: 0, visits: 0, late: false };
    visits.set(event.step, {
      spentMs: sum.spentMs + Math.max(0, toMs - fromMs),
      visits: sum.visits + (moved ? 1 : 0),
      late: sum.late || late.some(({ dueAtMs, stoppedAtMs }) => dueAtMs < toMs && (stoppedAtMs ?? input.nowMs) > fromMs),
    });
  }
  const behind = current === null ? input.steps.length : input.steps.indexOf(current === "merged" ? followedTo : current);
  return input.steps
    .filter((step, at) => visits.has(step) || (!aside.includes(step) && at > behind))
    .map((step) => ({
      step,
      state: step === current ? "now" : visits.has(step) ? "done" : "ahead",
      aside: aside.includes(step),
      ...(visits.get(step) ?? { spentMs: 0, visits: 0, late: false }),
    }));
}
