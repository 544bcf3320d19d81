import { rulebooksOf } from "../clock/rulebooks.ts";
import { customersForIntake, holdCustomers } from "../customer/intake.ts";
import { currentTree } from "../identity/organisation/tree.ts";
import type { Platform } from "../platform/platform.ts";
import type { OrderPorts } from "./world.ts";

/** What the slice needs of identity, clock and customer, from their own queries. */
export function orderPorts(platform: Platform): OrderPorts {
  const books = rulebooksOf(platform.db);
  return {
    tree: () => currentTree(platform),
    currentRulebook: (db) => books.current(db),
    rulebooks: (db, versions) => books.of(db, versions),
    customersForIntake,
    holdCustomers,
  };
}
