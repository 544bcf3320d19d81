// Refusals as people read them: with the names of units beside their numbers.
import type { InvalidForm } from "@bihuan/core/flow/engine.ts";
import type { OrganisationTree } from "@bihuan/core/identity/organisation.ts";
import { type Refusal, refuse } from "@bihuan/core/refusal.ts";
import { type RefusedFields, refusalTexts } from "../../platform/http/problem.ts";
import { instantOrNull } from "../../platform/sql.ts";
import { formFaults } from "./form-faults.ts";

/** The refusal with the name of the unit it speaks of; the number stands for a unit that does not exist. */
export function namingUnits(refusal: Refusal, tree: OrganisationTree): Refusal {
  const { unitId } = refusal.facts;
  if (typeof unitId !== "number") return refusal;
  return { ...refusal, facts: { ...refusal.facts, unit: tree.unit(unitId)?.name ?? String(unitId) } };
}

/** A form's faults, field by field; any other refusal as it is, its unit by name. */
export function answered(refusal: Refusal | InvalidForm, tree: OrganisationTree): Refusal | RefusedFields {
  if (!("schema" in refusal)) return namingUnits(refusal, tree);
  return { ...refuse(refusal.refused), fields: formFaults(refusal) };
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
