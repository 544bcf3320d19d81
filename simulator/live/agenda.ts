// What is going to happen and when: the earliest first, of one order one thing at a time.

export type Entry<T> = { readonly atMs: number; readonly key: string; readonly what: T };

export type Agenda<T> = {
  /** Puts something on the agenda, in the place of what stood there under its key. Instants are whole milliseconds. */
  put(entry: Entry<T>): void;
  drop(key: string): void;
  /** The earliest entry; of several at one instant the one with the smaller key. */
  first(): Entry<T> | null;
  readonly size: number;
};

/** An empty agenda. */
export function agenda<T>(): Agenda<T> {
  const entries = new Map<string, Entry<T>>();
  let earliest: Entry<T> | null = null;
  const before = (a: Entry<T>, b: Entry<T>) => a.atMs < b.atMs || (a.atMs === b.atMs && a.key < b.key);
  return {
    put(asked) {
      const entry = { ...asked, atMs: Math.ceil(asked.atMs) };
      if (earliest?.key === entry.key) earliest = null;
      else if (earliest && before(entry, earliest)) earliest = entry;
      entries.set(entry.key, entry);
    },
    drop(key) {
      entries.delete(key);
      if (earliest?.key === key) earliest = null;
    },
    first() {
      // Some hundred entries: looking through them costs less than keeping them in order.
      if (!earliest) for (const entry of entries.values()) if (!earliest || before(entry, earliest)) earliest = entry;
      return earliest;
    },
    get size() {
      return entries.size;
    },
  };
}
