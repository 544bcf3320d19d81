import { openRulebooks, type Rulebooks } from "../clock/rulebooks.ts";
import { knownCustomers } from "../customer/queries.ts";
import { currentTree } from "../identity/organisation/tree.ts";
import type { Database } from "../platform/database.ts";
import type { Platform } from "../platform/platform.ts";
import type { OrderPorts } from "./world.ts";

// One set of compiled rulebooks per database: they are some megabytes each and never change.
const rulebooks = new WeakMap<Database, Rulebooks>();

/** The rulebooks of a platform's database, shared by all that runs on it in this process. */
export function rulebooksOf(platform: Pick<Platform, "db">): Rulebooks {
  const known = rulebooks.get(platform.db);
  if (known) return known;
  const opened = openRulebooks();
  rulebooks.set(platform.db, opened);
  return opened;
}

/** What the slice needs of identity, clock and customer, from their own queries. */
export function orderPorts(platform: Platform): OrderPorts {
  const books = rulebooksOf(platform);
  return {
    tree: () => currentTree(platform),
    currentRulebook: (db) => books.current(db),
    rulebooks: (db, versions) => books.of(db, versions),
    knownCustomers,
  };
}
