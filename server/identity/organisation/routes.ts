import type { organisationOperations } from "@bihuan/contract/identity-organisation.ts";
import type { OrganisationTree, Unit } from "@bihuan/core/identity/organisation.ts";
import type { Scope } from "@bihuan/core/identity/scope.ts";
import { isRefusal, type Refusal } from "@bihuan/core/refusal.ts";
import type { Handlers } from "../../platform/http/operations.ts";
import type { Platform } from "../../platform/platform.ts";
import { csvTable } from "../../platform/files/csv-line.ts";
import { editorOf } from "../editor.ts";
import { createUnit, deactivateUnit, moveUnit, reactivateUnit, setUpOrganisation, updateUnit } from "./commands.ts";
import { importOrganisation } from "./import.ts";
import { rootIsPlaceholder, unitView } from "./queries.ts";
import { currentTree } from "./tree.ts";

export const organisationRoutes = (platform: Platform): Handlers<typeof organisationOperations> => {
  const answer = async (
    scope: Scope,
    change: Promise<Refusal | OrganisationTree>,
    unitOf: (tree: OrganisationTree) => Unit | null,
  ) => {
    const tree = await change;
    return isRefusal(tree) ? tree : unitView(tree, scope, unitOf(tree) as Unit);
  };
  return {
    async readOrganisation({ scope }) {
      const tree = await currentTree(platform);
      return { units: tree.units.map((unit) => unitView(tree, scope, unit)), placeholder: await rootIsPlaceholder(platform.db) };
    },
    setUpOrganisation: ({ scope, body, request }) =>
      answer(scope, setUpOrganisation(platform, editorOf(scope, request.ip), body), (tree) => tree.root),
    createUnit: ({ scope, body, request }) =>
      answer(scope, createUnit(platform, editorOf(scope, request.ip), body), (tree) => tree.byCode(body.code)),
    updateUnit: ({ scope, params: { unitId }, body: { version, ...values }, request }) =>
      answer(scope, updateUnit(platform, editorOf(scope, request.ip), unitId, version, values), (tree) => tree.unit(unitId)),
    moveUnit: ({ scope, params: { unitId }, body, request }) =>
      answer(scope, moveUnit(platform, editorOf(scope, request.ip), unitId, body.version, body.parentId), (tree) =>
        tree.unit(unitId),
      ),
    deactivateUnit: ({ scope, params: { unitId }, body, request }) =>
      answer(scope, deactivateUnit(platform, editorOf(scope, request.ip), unitId, body.version), (tree) => tree.unit(unitId)),
    reactivateUnit: ({ scope, params: { unitId }, body, request }) =>
      answer(scope, reactivateUnit(platform, editorOf(scope, request.ip), unitId, body.version), (tree) => tree.unit(unitId)),
    importOrganisation: ({ scope, body, request }) =>
      importOrganisation(platform, editorOf(scope, request.ip), body.csv, body.dryRun),
    async exportOrganisation() {
      const { units, unit } = await currentTree(platform);
      const rows = units
        .filter((each) => each.active)
        .map(({ code, name, kind, parentId, areaClass, zone, regionId }) => [
          code,
          name,
          kind,
          parentId === null ? null : (unit(parentId)?.code ?? null),
          areaClass,
          zone,
          kind === "CITY" || parentId === null ? regionId : null,
        ]);
      return {
        body: csvTable([["code", "name", "kind", "parent_code", "area_class", "zone", "region"], ...rows]),
        fileName: "organisation.csv",
      };
    },
  };
};
