import { isRefusal, type Refusal } from "@bihuan/core/refusal.ts";
import type { Database, Tx } from "../platform/database.ts";

class Undone extends Error {
  readonly refusal: Refusal;
  constructor(refusal: Refusal) {
    super(refusal.refused);
    this.refusal = refusal;
  }
}

/** One transaction that a refusal undoes, whatever was written before it. Out: what `work` answers. */
export async function allOrNothing<T>(db: Database, work: (tx: Tx) => Promise<T | Refusal>): Promise<T | Refusal> {
  try {
    return await db.transaction(async (tx) => {
      const result = await work(tx);
      if (isRefusal(result)) throw new Undone(result);
      return result;
    });
  } catch (error) {
    if (error instanceof Undone) return error.refusal;
    throw error;
  }
}
