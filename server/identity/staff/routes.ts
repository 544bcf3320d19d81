import type { staffOperations, StaffDetail, StaffView } from "@bihuan/contract/identity-staff.ts";
import type { OrganisationTree } from "@bihuan/core/identity/organisation.ts";
import { can, type Scope } from "@bihuan/core/identity/scope.ts";
import { isRefusal, type Refusal, refuse } from "@bihuan/core/refusal.ts";
import type { z } from "zod";
import type { Handlers } from "../../platform/http/operations.ts";
import type { Platform } from "../../platform/platform.ts";
import { instant, instantOrNull } from "../../platform/sql.ts";
import { editorOf } from "../editor.ts";
import { currentTree } from "../organisation/tree.ts";
import { createStaff, deactivateStaff, reactivateStaff, updateStaff } from "./commands.ts";
import { issuePasswords } from "./entry.ts";
import { grantRoles, withdrawGrant } from "./grants.ts";
import { importGrants, importStaff } from "./import.ts";
import { grantsOf, staffById, staffPage, type StaffRow } from "./queries.ts";

const nameOf = (tree: OrganisationTree, unitId: number): string => tree.unit(unitId)?.name ?? "";

function staffView(
  tree: OrganisationTree,
  { lockedUntilMs, lastSignInAtMs, roles, ...row }: StaffRow,
): z.input<typeof StaffView> {
  return {
    ...row,
    homeUnitName: nameOf(tree, row.homeUnitId),
    lockedUntil: instantOrNull(lockedUntilMs),
    lastSignInAt: instantOrNull(lastSignInAtMs),
    roles: roles.map((grant) => ({ ...grant, unitName: nameOf(tree, grant.unitId) })),
  };
}

export const staffRoutes = (platform: Platform): Handlers<typeof staffOperations> => {
  const { db, time } = platform;

  /** A person as this caller sees them, with what the caller may do to them. */
  const detail = async (scope: Scope, staffId: number): Promise<z.input<typeof StaffDetail> | Refusal> => {
    const tree = await currentTree(platform);
    const nowMs = time.nowMs();
    const row = await staffById(db, staffId, nowMs);
    if (!row || !can(scope, tree, "staff.read", row.homeUnitId)) return refuse("request.not-found");
    const oneself = scope.principal.kind === "staff" && scope.principal.id === staffId;
    const may = (permission: Parameters<typeof can>[2]) => can(scope, tree, permission, row.homeUnitId);
    const grants = await grantsOf(db, staffId, nowMs);
    return {
      ...staffView(tree, row),
      grants: grants.map(({ validFromMs, validToMs, grantedAtMs, ...grant }) => ({
        ...grant,
        unitName: nameOf(tree, grant.unitId),
        validFrom: instant(validFromMs),
        validTo: instantOrNull(validToMs),
        grantedAt: instant(grantedAtMs),
        valid: validFromMs <= nowMs,
        mayWithdraw: !oneself && may("role.grant") && can(scope, tree, "role.grant", grant.unitId),
      })),
      may: {
        edit: may("staff.edit"),
        grant: !oneself && may("role.grant"),
        issuePassword: !oneself && may("password.issue"),
        unlock: !oneself && may("account.unlock"),
        revokeSessions: may("session.revoke"),
      },
    };
  };
  const answer = async (scope: Scope, staffId: number, change: Promise<Refusal | null>) =>
    (await change) ?? detail(scope, staffId);

  return {
    async listStaff({ scope, query }) {
      const tree = await currentTree(platform);
      const active = query.active === undefined ? undefined : query.active === "true";
      const { rows, next } = await staffPage(db, scope, tree, { ...query, active }, time.nowMs());
      return { staff: rows.map((row) => staffView(tree, row)), next };
    },
    readStaff: ({ scope, params }) => detail(scope, params.staffId),
    async createStaff({ scope, body, request }) {
      const created = await createStaff(platform, editorOf(scope, request.ip), body);
      return isRefusal(created) ? created : detail(scope, created.staffId);
    },
    updateStaff: ({ scope, params: { staffId }, body: { version, ...values }, request }) =>
      answer(scope, staffId, updateStaff(platform, editorOf(scope, request.ip), staffId, version, values)),
    deactivateStaff: ({ scope, params: { staffId }, body, request }) =>
      answer(scope, staffId, deactivateStaff(platform, editorOf(scope, request.ip), staffId, body.version)),
    reactivateStaff: ({ scope, params: { staffId }, body, request }) =>
      answer(scope, staffId, reactivateStaff(platform, editorOf(scope, request.ip), staffId, body.version)),
    importStaff: ({ scope, body, request }) => importStaff(platform, editorOf(scope, request.ip), body.csv, body.dryRun),
    grantRole: ({ scope, params: { staffId }, body, request }) =>
      answer(
        scope,
        staffId,
        grantRoles(platform, editorOf(scope, request.ip), staffId, [
          {
            role: body.role,
            unitId: body.unitId,
            fromMs: body.validFrom === undefined ? null : Date.parse(body.validFrom),
            toMs: body.validTo === null ? null : Date.parse(body.validTo),
          },
        ]),
      ),
    withdrawGrant: ({ scope, params: { staffId, grantId }, request }) =>
      answer(scope, staffId, withdrawGrant(platform, editorOf(scope, request.ip), staffId, grantId)),
    importGrants: ({ scope, body, request }) => importGrants(platform, editorOf(scope, request.ip), body.csv, body.dryRun),
    async issuePasswords({ scope, body, request }) {
      const issued = await issuePasswords(platform, editorOf(scope, request.ip), body.staffIds);
      return isRefusal(issued) ? issued : { issued };
    },
  };
};
