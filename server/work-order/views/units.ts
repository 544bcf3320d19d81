import type { OrganisationTree } from "@bihuan/core/identity/organisation.ts";

/** A unit by its name; by its number where it is no longer known. */
export const unitRef = (tree: OrganisationTree, unitId: number) => ({ unitId, name: tree.unit(unitId)?.name ?? String(unitId) });
