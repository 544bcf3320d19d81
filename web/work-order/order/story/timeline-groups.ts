// The story of an order, newest first: events in groups of the step they happened in.

export type StoryEvent = {
  readonly seq: number;
  readonly at: string;
  readonly type: string;
  readonly step: string | null;
  readonly episode: number;
};
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

/** How an order stood once these events were over that led out of the flow. */
export type Ending = "ARCHIVED" | "TERMINATED" | "WITHDRAWN" | "ELSEWHERE";
const endings: Readonly<Record<string, Ending | undefined>> = {
  archive: "ARCHIVED",
  terminate: "TERMINATED",
  withdraw: "WITHDRAWN",
  "close-elsewhere": "ELSEWHERE",
};

/** How the group of events without a step ended the order; what happens to an archived order afterwards does not end it anew. */
export const endingOf = ({ told }: Group<StoryEvent>): Ending | null =>
  told.reduce<Ending | null>((found, { event }) => found ?? endings[event.type] ?? null, null);

/** The first groups that together tell so many events; the last of them is cut where it must be. Out: also how many are left. */
export function newestOf<E extends StoryEvent>(
  groups: readonly Group<E>[],
  most: number,
): { readonly groups: readonly Group<E>[]; readonly earlier: number } {
  const shown: Group<E>[] = [];
  let room = most;
  for (const group of groups) {
    if (room > 0) shown.push({ ...group, told: group.told.slice(0, room) });
    room -= group.told.length;
  }
  return { groups: shown, earlier: Math.max(0, -room) };
}
