import type { OrderCustomer } from "@bihuan/contract/work-order.ts";
import type { OrganisationTree } from "@bihuan/core/identity/organisation.ts";
import type { Scope } from "@bihuan/core/identity/scope.ts";
import type { z } from "zod";
import type { CustomerSummary } from "../../customer/queries.ts";
import { reaches } from "../../customer/reach.ts";
import { maskCustomerName, todayAt, validOn } from "../../customer/view.ts";
import { unitRef } from "./units.ts";

/**
 * The customer of an order for who works on it. Needs and importance go with the order, since a crew of another station must know
 * them too; the name and the way into the file only where the file lies within reach.
 */
export function orderCustomer(
  summary: CustomerSummary,
  scope: Scope,
  tree: OrganisationTree,
  nowMs: number,
): z.input<typeof OrderCustomer> {
  const { account } = summary;
  const open = reaches({ scope, tree }, { accounts: summary.unitIds.map((unitId) => ({ unitId })) }, "customer.read");
  const today = account ? todayAt(tree, account.unitId, nowMs) : null;
  return {
    customerId: summary.customerId,
    name: open && summary.name !== null ? maskCustomerName(summary.name, summary.categories) : null,
    importance: summary.importance,
    specialNeeds: summary.specialNeeds.filter((need) => today !== null && validOn(need, today)).map(({ kind }) => kind),
    manager: summary.manager,
    account: account && {
      accountNo: account.accountNo,
      category: account.category,
      voltage: account.voltage,
      areaClass: account.areaClass,
      transformerArea: account.transformerArea,
      unit: unitRef(tree, account.unitId),
    },
    erased: summary.erased,
    open,
  };
}
