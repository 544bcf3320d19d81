// The organisation as every query needs it: read once, kept in the process, forgotten when somebody changes it.
import { type OrganisationTree, organisationTree, type Unit } from "@bihuan/core/identity/organisation.ts";
import type { Database, Queryable } from "../../platform/database.ts";
import { sql } from "../../platform/sql.ts";
import type { TimeSource } from "../../platform/time.ts";

/** Should a notification be lost, the tree is read again after so long. */
const KEPT_MS = 60_000;

type Kept = { tree: OrganisationTree; readAtMs: number };
// Keyed by the database, so that each platform (each test) has its own; it goes when the database does.
const kept = new WeakMap<Database, Kept>();
const reading = new WeakMap<Database, Promise<OrganisationTree>>();

/** Reads the tree as the caller's transaction sees it. */
export const loadTree = async (on: Queryable): Promise<OrganisationTree> =>
  organisationTree(
    await on.rows<Unit>(sql`
      select unit_id as "unitId", code, name, kind, parent_id as "parentId", region_id as "regionId", zone,
        area_class as "areaClass", active, version
      from unit`),
  );

/** The tree as it stands: from memory, at most a minute old should a notification have been lost. */
export async function currentTree(platform: { readonly db: Database; readonly time: TimeSource }): Promise<OrganisationTree> {
  const { db, time } = platform;
  const known = kept.get(db);
  if (known && time.nowMs() - known.readAtMs < KEPT_MS) return known.tree;
  const running = reading.get(db);
  if (running) return running;
  const readAtMs = time.nowMs();
  const read = loadTree(db).then((tree) => {
    // Only the newest reading counts: one that was forgotten meanwhile must not come back.
    if (reading.get(db) === read) kept.set(db, { tree, readAtMs });
    return tree;
  });
  reading.set(db, read);
  return read.finally(() => {
    if (reading.get(db) === read) reading.delete(db);
  });
}

/** The tree that was read last, however old, without waiting; null where none was. */
export const lastTree = (db: Database): OrganisationTree | null => kept.get(db)?.tree ?? null;

/** Reads the tree anew the next time it is asked for. Call it after the commit that changed a unit. */
export function forgetTree(db: Database): void {
  const known = kept.get(db);
  if (known) known.readAtMs = Number.NEGATIVE_INFINITY;
  reading.delete(db);
}
