// The organisation: read by everyone who works, edited by system administrators within their node.
import { AreaClass, UnitKind } from "@bihuan/core/identity/organisation.ts";
import { z } from "zod";
import { defineOperation } from "./operation.ts";
import { Bilingual, Whole } from "./text.ts";

const tag = "identity";
/** A database id in a path or query. */
export const Id = z.coerce.number<number | string>().int().min(1).max(2_147_483_647);
/** Text for one line: trimmed, no control characters, and never the start of a spreadsheet formula. */
export const Line = (maximum: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(maximum)
    .regex(/^[^\p{Cc}=+\-@][^\p{Cc}]*$/u);

export const UnitCode = Line(40);
export const Zone = z.string().max(64).describe("IANA name, such as Asia/Shanghai");

export const UnitView = z
  .object({
    unitId: z.int(),
    code: z.string(),
    name: z.string(),
    kind: UnitKind,
    parentId: z.int().nullable(),
    depth: z.int().describe("1 for the root"),
    regionId: z.int(),
    zone: z.string().nullable().describe("Set here; null inherits"),
    effectiveZone: z.string(),
    areaClass: AreaClass.nullable().describe("Set here; null inherits"),
    effectiveAreaClass: AreaClass.nullable(),
    active: z.boolean(),
    version: z.int(),
    mayEdit: z.boolean().describe("Whether the caller may change it and add units below it"),
  })
  .meta({ id: "Unit" });
export type UnitView = z.infer<typeof UnitView>;

/** One thing wrong with an imported file. `line` counts from 1, the header being line 1; 0 stands for the file as a whole. */
export const ImportProblem = z
  .object({ line: z.int().min(0), column: z.string().nullable(), reason: Bilingual })
  .meta({ id: "ImportProblem" });
export type ImportProblem = z.infer<typeof ImportProblem>;

/** A file's text (UTF-8; the browser decodes GB 18030 beforehand) and whether only to check it. */
export const CsvUpload = z.object({ csv: z.string().min(1).max(8_000_000), dryRun: z.boolean().default(false) });
export const ImportResult = z
  .object({
    applied: z.boolean().describe("False for a dry run and where there were problems: then nothing was changed"),
    created: z.int(),
    changed: z.int(),
    unchanged: z.int(),
    problems: z.array(ImportProblem),
  })
  .meta({ id: "ImportResult" });
export type ImportResult = z.infer<typeof ImportResult>;

const params = z.object({ unitId: Id });
const changeErrors = ["identity.outside-scope", "identity.version-conflict", "identity.unit-unknown"] as const;

export const organisationOperations = {
  readOrganisation: defineOperation({
    method: "GET",
    path: "/organisation",
    tag,
    access: "organisation.read",
    summary: { zh: "组织机构树", en: "The organisation tree" },
    response: z.object({
      units: z.array(UnitView).describe("Parents before children"),
      placeholder: z.boolean().describe("True until the root is set up"),
    }),
  }),
  setUpOrganisation: defineOperation({
    method: "POST",
    path: "/organisation/set-up",
    tag,
    access: "organisation.edit",
    summary: { zh: "初始化根单位", en: "Name the root unit (first run)" },
    body: z.object({
      code: UnitCode,
      name: Line(80),
      kind: z.enum(["PROVINCE", "CITY", "COUNTY"]),
      zone: Zone.default("Asia/Shanghai"),
      areaClass: AreaClass.nullable().default(null),
    }),
    response: UnitView,
    errors: ["identity.outside-scope", "identity.organisation-set-up", "identity.zone-unknown"],
  }),
  createUnit: defineOperation({
    method: "POST",
    path: "/units",
    tag,
    access: "organisation.edit",
    summary: { zh: "新建单位", en: "Create a unit" },
    body: z.object({
      code: UnitCode,
      name: Line(80),
      kind: UnitKind,
      parentId: Id,
      zone: Zone.nullable().default(null),
      areaClass: AreaClass.nullable().default(null),
      regionId: z.int().min(100).max(921).optional().describe("For a city only; the next free number where absent"),
    }),
    response: UnitView,
    errors: [
      "identity.outside-scope",
      "identity.unit-unknown",
      "identity.unit-code-taken",
      "identity.unit-kind-order",
      "identity.unit-too-deep",
      "identity.unit-region-taken",
      "identity.zone-unknown",
    ],
  }),
  updateUnit: defineOperation({
    method: "PATCH",
    path: "/units/:unitId",
    tag,
    access: "organisation.edit",
    summary: { zh: "修改单位", en: "Rename a unit or change its settings" },
    params,
    body: z.object({
      version: Whole,
      code: UnitCode.optional(),
      name: Line(80).optional(),
      kind: UnitKind.optional().describe(
        "What stands above and below must still fit; a city keeps its region number and its kind",
      ),
      zone: Zone.nullable().optional(),
      areaClass: AreaClass.nullable().optional(),
    }),
    response: UnitView,
    errors: [
      ...changeErrors,
      "identity.unit-code-taken",
      "identity.unit-kind-order",
      "identity.unit-region-fixed",
      "identity.zone-unknown",
    ],
  }),
  moveUnit: defineOperation({
    method: "POST",
    path: "/units/:unitId/move",
    tag,
    access: "organisation.edit",
    summary: { zh: "移动单位", en: "Move a unit below another parent" },
    params,
    body: z.object({ version: Whole, parentId: Id }),
    response: UnitView,
    errors: [
      ...changeErrors,
      "identity.unit-cycle",
      "identity.unit-kind-order",
      "identity.unit-too-deep",
      "identity.unit-region-fixed",
      "identity.unit-root-fixed",
    ],
  }),
  deactivateUnit: defineOperation({
    method: "POST",
    path: "/units/:unitId/deactivate",
    tag,
    access: "organisation.edit",
    summary: { zh: "停用单位", en: "Deactivate a unit" },
    params,
    body: z.object({ version: Whole }),
    response: UnitView,
    errors: [...changeErrors, "identity.unit-in-use", "identity.unit-root-fixed"],
  }),
  reactivateUnit: defineOperation({
    method: "POST",
    path: "/units/:unitId/reactivate",
    tag,
    access: "organisation.edit",
    summary: { zh: "启用单位", en: "Reactivate a unit" },
    params,
    body: z.object({ version: Whole }),
    response: UnitView,
    errors: [...changeErrors],
  }),
  importOrganisation: defineOperation({
    method: "POST",
    path: "/organisation/import",
    tag,
    access: "organisation.edit",
    summary: { zh: "导入组织机构（CSV）", en: "Import the organisation (CSV)" },
    body: CsvUpload,
    response: ImportResult,
    errors: ["identity.outside-scope"],
  }),
  exportOrganisation: defineOperation({
    method: "GET",
    path: "/organisation/export",
    tag,
    access: "organisation.edit",
    summary: { zh: "导出组织机构（CSV）", en: "Export the organisation (CSV)" },
    produces: "text/csv; charset=utf-8",
  }),
};
