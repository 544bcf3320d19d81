// What a rulebook is made of while it is being changed: the packs' texts, where they are adopted, the calendars, the policies.
import type { Policies } from "@bihuan/core/clock/rules/policies.ts";
import type { RulePack } from "@bihuan/core/clock/rules/rule.ts";
import type { Adoption, RulebookDefinition } from "@bihuan/core/clock/rules/rulebook.ts";
import type { OrganisationTree } from "@bihuan/core/identity/organisation.ts";
import { type CalendarState, layersAt, NATIONAL } from "../calendar/state.ts";
import { WORK_CALENDAR } from "./pack/parse-pack.ts";
import type { Bilingual } from "@bihuan/contract/text.ts";

export type PackText = {
  readonly key: string;
  readonly version: number;
  readonly origin: "shipped" | "edited";
  readonly yaml: string;
  readonly document: RulePack;
};

/** Packs by key, in force or waiting to be adopted. */
export type RulebookState = {
  readonly packs: readonly PackText[];
  readonly adoptions: readonly Adoption[];
  readonly calendar: CalendarState;
  readonly policies: Policies;
};

/** The zone in which the days of rules' validity begin: that of the national calendar. */
export const zoneOf = (calendar: CalendarState): string =>
  calendar.layers.find(({ unitId }) => unitId === null)?.zone ?? "Asia/Shanghai";

/**
 * The snapshot a state makes. Each unit with a calendar layer of its own gets a calendar whose layers lead from the nation down to
 * it as the organisation stands now, so that moving a unit later changes no old deadline.
 */
export function definitionOf(state: RulebookState, version: number, tree: OrganisationTree): RulebookDefinition {
  const units = state.calendar.layers.flatMap(({ unitId }) => (unitId === null || !tree.unit(unitId) ? [] : [unitId]));
  return {
    version,
    zone: zoneOf(state.calendar),
    packs: state.packs.map(({ document }) => document),
    adoptions: [...state.adoptions],
    calendars: [
      { key: WORK_CALENDAR, unitId: null, layers: layersAt(state.calendar, []) },
      ...units.map((unitId) => ({
        key: WORK_CALENDAR,
        unitId,
        layers: layersAt(state.calendar, tree.path(unitId)).map((layer) => named(layer, unitId, tree)),
      })),
    ],
    policies: state.policies,
  };
}

// A layer bears the name its unit has now.
function named<L extends { key: string; title: Bilingual }>(layer: L, unitId: number, tree: OrganisationTree): L {
  const owner = tree.path(unitId).find((id) => layer.key === `unit-${id}`);
  const name = owner === undefined || layer.key === NATIONAL ? null : tree.unit(owner)?.name;
  return name == null ? layer : { ...layer, title: { zh: name, en: name } };
}

/** The versions of the packs in a state, by key. */
export const packVersions = (state: RulebookState): Record<string, number> =>
  Object.fromEntries(state.packs.map(({ key, version }) => [key, version]));
