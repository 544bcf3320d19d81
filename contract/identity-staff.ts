// Staff accounts (system administrators), and what lets people in: roles and passwords (security administrators).
import { Role } from "@bihuan/core/identity/roles.ts";
import { z } from "zod";
import { CsvUpload, Id, ImportResult, Line } from "./identity-organisation.ts";
import { defineOperation } from "./operation.ts";
import { Instant, Whole } from "./text.ts";

const tag = "identity";

/** What a person types to sign in: letters, digits, dots, dashes, underscores or Chinese characters; case does not count. */
export const Account = z
  .string()
  .trim()
  .min(2)
  .max(40)
  .regex(/^[\p{L}\p{N}][\p{L}\p{N}._-]*$/u);
export const Cursor = z.string().max(200).describe("From `next` of the page before");
export const PageSize = z.coerce.number<number | string>().int().min(1).max(200).default(50);

export const GrantView = z
  .object({
    grantId: z.int(),
    role: Role,
    unitId: z.int(),
    unitName: z.string(),
    validFrom: Instant,
    validTo: Instant.nullable(),
    valid: z.boolean().describe("Whether it counts now"),
    grantedBy: z.string().nullable().describe("Null for those of the first run and the command line"),
    grantedAt: Instant,
    mayWithdraw: z.boolean(),
  })
  .meta({ id: "Grant" });

export const StaffView = z
  .object({
    staffId: z.int(),
    account: z.string(),
    name: z.string(),
    homeUnitId: z.int(),
    homeUnitName: z.string(),
    active: z.boolean(),
    passwordState: z
      .enum(["NONE", "ONE_TIME", "OWN"])
      .describe("No password issued yet; a one-time password to be changed; their own"),
    lockedUntil: Instant.nullable(),
    lastSignInAt: Instant.nullable(),
    roles: z.array(z.object({ role: Role, unitId: z.int(), unitName: z.string() })).describe("Valid now"),
    version: z.int(),
  })
  .meta({ id: "Staff" });
export type StaffView = z.infer<typeof StaffView>;

export const StaffDetail = StaffView.extend({
  grants: z.array(GrantView),
  may: z.object({
    edit: z.boolean(),
    grant: z.boolean(),
    issuePassword: z.boolean(),
    unlock: z.boolean(),
    revokeSessions: z.boolean(),
  }),
}).meta({ id: "StaffDetail" });

export const IssuedPassword = z
  .object({
    staffId: z.int(),
    account: z.string(),
    name: z.string(),
    oneTimePassword: z.string().describe("Shown this once"),
    expiresAt: Instant,
  })
  .meta({ id: "IssuedPassword" });

const params = z.object({ staffId: Id });
const changeErrors = ["request.not-found", "identity.outside-scope", "identity.version-conflict"] as const;

export const staffOperations = {
  listStaff: defineOperation({
    method: "GET",
    path: "/staff",
    tag,
    access: "staff.read",
    summary: { zh: "人员列表", en: "List staff" },
    query: z.object({
      unitId: Id.optional().describe("Home unit at or below it"),
      role: Role.optional(),
      text: z.string().trim().max(40).optional().describe("Part of the account or name"),
      active: z.enum(["true", "false"]).optional(),
      cursor: Cursor.optional(),
      limit: PageSize,
    }),
    response: z.object({ staff: z.array(StaffView), next: z.string().nullable() }),
  }),
  readStaff: defineOperation({
    method: "GET",
    path: "/staff/:staffId",
    tag,
    access: "staff.read",
    summary: { zh: "人员详情", en: "One person with grants" },
    params,
    response: StaffDetail,
    errors: ["request.not-found"],
  }),
  createStaff: defineOperation({
    method: "POST",
    path: "/staff",
    tag,
    access: "staff.edit",
    summary: { zh: "新建人员", en: "Create a staff account" },
    body: z.object({ account: Account, name: Line(40), homeUnitId: Id }),
    response: StaffDetail,
    errors: ["identity.account-taken", "identity.unit-unknown", "identity.outside-scope"],
  }),
  updateStaff: defineOperation({
    method: "PATCH",
    path: "/staff/:staffId",
    tag,
    access: "staff.edit",
    summary: { zh: "修改人员", en: "Change a staff account" },
    params,
    body: z.object({ version: Whole, name: Line(40).optional(), homeUnitId: Id.optional() }),
    response: StaffDetail,
    errors: [...changeErrors, "identity.unit-unknown"],
  }),
  deactivateStaff: defineOperation({
    method: "POST",
    path: "/staff/:staffId/deactivate",
    tag,
    access: "staff.edit",
    summary: { zh: "停用人员", en: "Deactivate a staff account" },
    params,
    body: z.object({ version: Whole }),
    response: StaffDetail,
    errors: [...changeErrors, "identity.not-to-oneself", "identity.last-administrator"],
  }),
  reactivateStaff: defineOperation({
    method: "POST",
    path: "/staff/:staffId/reactivate",
    tag,
    access: "staff.edit",
    summary: { zh: "启用人员", en: "Reactivate a staff account" },
    params,
    body: z.object({ version: Whole }),
    response: StaffDetail,
    errors: [...changeErrors],
  }),
  importStaff: defineOperation({
    method: "POST",
    path: "/staff/import",
    tag,
    access: "staff.edit",
    summary: { zh: "导入人员（CSV）", en: "Import staff (CSV: account,name,unit_code)" },
    body: CsvUpload,
    response: ImportResult,
  }),
  grantRole: defineOperation({
    method: "POST",
    path: "/staff/:staffId/grants",
    tag,
    access: "role.grant",
    summary: { zh: "授予角色", en: "Grant a role at a unit" },
    params,
    body: z.object({ role: Role, unitId: Id, validFrom: Instant.optional(), validTo: Instant.nullable().default(null) }),
    response: StaffDetail,
    errors: [
      "request.not-found",
      "identity.outside-scope",
      "identity.unit-unknown",
      "identity.staff-inactive",
      "identity.not-to-oneself",
      "identity.roles-must-be-separate",
      "identity.grant-exists",
      "identity.grant-period",
    ],
  }),
  withdrawGrant: defineOperation({
    method: "DELETE",
    path: "/staff/:staffId/grants/:grantId",
    tag,
    access: "role.grant",
    summary: { zh: "收回角色", en: "Withdraw a role" },
    params: z.object({ staffId: Id, grantId: Id }),
    response: StaffDetail,
    errors: ["request.not-found", "identity.outside-scope", "identity.not-to-oneself", "identity.last-administrator"],
  }),
  importGrants: defineOperation({
    method: "POST",
    path: "/grants/import",
    tag,
    access: "role.grant",
    summary: { zh: "导入授权（CSV）", en: "Import grants (CSV: account,role,unit_code)" },
    body: CsvUpload,
    response: ImportResult,
  }),
  issuePasswords: defineOperation({
    method: "POST",
    path: "/one-time-passwords",
    tag,
    access: "password.issue",
    summary: { zh: "发放一次性密码", en: "Issue one-time passwords" },
    body: z.object({ staffIds: z.array(Whole).min(1).max(100) }),
    response: z.object({ issued: z.array(IssuedPassword) }),
    errors: ["request.not-found", "identity.outside-scope", "identity.not-to-oneself", "identity.staff-inactive"],
  }),
};
