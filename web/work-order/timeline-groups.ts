// The story of an order, newest first: events in groups of the step they happened in.

export type StoryEvent = { readonly seq: number; readonly at: string; readonly step: string | null; readonly episode: number };
export type Told<E extends StoryEvent> = {
  readonly event: E /** Time since the event before it, ms; null for the first. */;
  readonly sinceMs: number | null;
};
export type Group<E extends StoryEvent> = {
  readonly step: string | null;
  readonly episode: number;
  readonly told: readonly Told<E>[];
};

/** An event belongs to the step it led to; neighbours of one step and episode stand together. */
export function tellStory<E extends StoryEvent>(events: readonly E[]): Group<E>[] {
  const sorted = [...events].sort((a, b) => b.seq - a.seq);
  const groups: { step: string | null; episode: number; told: Told<E>[] }[] = [];
  for (const [at, event] of sorted.entries()) {
    const before = sorted[at + 1];
    const told: Told<E> = { event, sinceMs: before ? Date.parse(event.at) - Date.parse(before.at) : null };
    const last = groups.at(-1);
    if (last && last.step === event.step && last.episode === event.episode) last.told.push(told);
    else groups.push({ step: event.step, episode: event.episode, told: [told] });
  }
  return groups;
}
