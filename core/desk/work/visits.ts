// The visits of a day, and which of them one person cannot both keep.

/** Two visits of one person that begin closer to each other than this cannot both be kept: a visit has no length of its own. */
export const VISIT_MINUTES = 30;

export type Visit = { readonly orderId: string; readonly atMs: number; readonly holderId: number | null };

/** The visits that collide with another of the same person, by order: the orders they collide with. What nobody has collides with nothing. */
export function conflictsOf(visits: readonly Visit[]): ReadonlyMap<string, readonly string[]> {
  const conflicts = new Map<string, string[]>();
  const add = (one: Visit, other: Visit) => conflicts.set(one.orderId, [...(conflicts.get(one.orderId) ?? []), other.orderId]);
  for (const own of Map.groupBy(visits, ({ holderId }) => holderId)) {
    if (own[0] === null) continue;
    const sorted = own[1].toSorted((a, b) => a.atMs - b.atMs);
    for (const [place, one] of sorted.entries())
      for (const other of sorted.slice(place + 1)) {
        if (other.atMs - one.atMs >= VISIT_MINUTES * 60_000) break;
        add(one, other);
        add(other, one);
      }
  }
  return conflicts;
}
