// What a process keeps in memory about its callers, so that not every request asks the database; and how it forgets.
import type { Database } from "../platform/database.ts";
import type { Session } from "../platform/http/operations.ts";
import type { LiveMessage } from "../platform/live/publish.ts";

/** A caller as found in the database, and until when that may be believed. */
export type Kept = { readonly session: Session; readonly untilMs: number };
type Memory = { kept: Map<string, Kept>; generation: number };

const MOST_KEPT = 20_000;
// Keyed by the database, so that each platform (each test) has its own.
const memories = new WeakMap<Database, Memory>();

function memoryOf(db: Database): Memory {
  let memory = memories.get(db);
  if (!memory) {
    memory = { kept: new Map(), generation: 0 };
    memories.set(db, memory);
  }
  return memory;
}

/** Asks the database about every caller anew. Call it after the commit that changed a session, a person, a grant or a key. */
export function forgetSessions(db: Database): void {
  const memory = memoryOf(db);
  memory.kept.clear();
  memory.generation++;
}

/** Tells every process to forget: publish it in the transaction of the change. */
export const IDENTITY_CHANGED: LiveMessage = { type: "identity.changed" };

/**
 * The caller kept under a key, or what `find` answers, kept when it is a caller. An answer that was asked for before something
 * was forgotten is not kept.
 */
export async function remembered<Other>(
  db: Database,
  key: string,
  nowMs: number,
  find: () => Promise<Kept | Other>,
  isKept: (found: Kept | Other) => found is Kept,
): Promise<Session | Other> {
  const memory = memoryOf(db);
  const known = memory.kept.get(key);
  if (known && nowMs < known.untilMs) return known.session;
  const { generation } = memory;
  const found = await find();
  if (!isKept(found)) return found;
  if (memory.generation === generation) {
    if (memory.kept.size >= MOST_KEPT) memory.kept.clear();
    memory.kept.set(key, found);
  }
  return found.session;
}
