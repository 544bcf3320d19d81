// What changed, told to every server process in the transaction that changed it (PostgreSQL NOTIFY): nobody hears of what
// was rolled back, and nobody reads before it is committed.
import type { Queryable } from "../database.ts";
import { sql } from "../sql.ts";

/** Names what changed, never its content: the page reads it again under its own scope. */
export type LiveMessage = {
  /** `slice.what-happened`, such as `order.changed`. */
  readonly type: string;
  readonly id?: string;
  readonly version?: number;
  /** Units concerned; only people whose scope reaches one of them hear of it. Absent: everybody signed in. */
  readonly units?: readonly number[];
  /** Only this staff member hears of it. */
  readonly staffId?: number;
};

/** The session with this id ended or changed its rights: its streams are closed, and its browser signs in or connects anew. */
export const sessionChanged = (sessionId: string): LiveMessage => ({ type: "session.changed", id: sessionId });

export type Live = {
  /** Publishes with the transaction: browsers hear of it after the commit, or never. */
  publish(tx: Queryable, messages: readonly LiveMessage[]): Promise<void>;
};

export const CHANNEL = "bihuan_live";
const MOST_BYTES = 7900; // NOTIFY refuses payloads of 8000 bytes and more
const MOST_UNITS = 500;

/** Packs messages into NOTIFY payloads, each a JSON array below the limit; a message for very many units becomes several. */
export function payloads(messages: readonly LiveMessage[]): string[] {
  const parts = messages.flatMap((message) => {
    const units = message.units;
    if (!units || units.length <= MOST_UNITS) return [message];
    return Array.from({ length: Math.ceil(units.length / MOST_UNITS) }, (_, index) => ({
      ...message,
      units: units.slice(index * MOST_UNITS, (index + 1) * MOST_UNITS),
    }));
  });
  const batches: string[] = [];
  let batch = "";
  let bytes = 0;
  for (const part of parts) {
    const text = JSON.stringify(part);
    const size = Buffer.byteLength(text);
    if (size > MOST_BYTES - 2)
      throw new Error(`live message ${part.type} is too large: it names what changed, it does not carry it`);
    if (batch && bytes + size + 3 > MOST_BYTES) {
      batches.push(`[${batch}]`);
      batch = "";
      bytes = 0;
    }
    batch += batch ? `,${text}` : text;
    bytes += size + 1;
  }
  if (batch) batches.push(`[${batch}]`);
  return batches;
}

export const live: Live = {
  async publish(tx, messages) {
    if (messages.length === 0) return;
    await tx.run(sql`select pg_notify(${CHANNEL}, payload) from unnest(${payloads(messages)}::text[]) payload`);
  },
};
