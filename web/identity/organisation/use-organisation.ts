import { identityOperations, type UnitView } from "@bihuan/contract/identity.ts";
import { useMemo } from "react";
import { useOperation } from "../../platform/query.ts";
import { type UnitNode, unitTree } from "./unit-tree.ts";

const none: readonly UnitView[] = [];

/** The organisation this person may see. It changes rarely and is kept for five minutes. */
export function useOrganisation() {
  const query = useOperation(identityOperations.readOrganisation, {}, { staleMs: 300_000 });
  const units = query.data?.units ?? none;
  const tree: UnitNode[] = useMemo(() => unitTree(units), [units]);
  return { query, units, tree };
}
