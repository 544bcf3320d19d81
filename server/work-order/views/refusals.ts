// Refusals as people read them: with the names of units beside their numbers.
import type { OrganisationTree } from "@bihuan/core/identity/organisation.ts";
import type { Refusal } from "@bihuan/core/refusal.ts";
import { refusalTexts } from "../../platform/http/problem.ts";
import { instantOrNull } from "../../platform/sql.ts";

/** The refusal with the name of the unit it speaks of; the number stands for a unit that does not exist. */
export function namingUnits(refusal: Refusal, tree: OrganisationTree): Refusal {
  const { unitId } = refusal.facts;
  if (typeof unitId !== "number") return refusal;
  return { ...refusal, facts: { ...refusal.facts, unit: tree.unit(unitId)?.name ?? String(unitId) } };
}

/** A refusal told before anybody tries: its words, and from when on time alone lifts it. */
export function refusalView(refusal: Refusal, tree: OrganisationTree) {
  const { nextAtMs } = refusal.facts;
  return {
    code: refusal.refused,
    ...refusalTexts(namingUnits(refusal, tree)),
    untilAt: instantOrNull(typeof nextAtMs === "number" ? nextAtMs : null),
  };
}
