import type { identityOperations } from "@bihuan/contract/identity.ts";
import { administrators, atWork, type Matrix, type MatrixRequest, type Position } from "./entry.ts";
import type { MatrixWorld } from "./world.ts";

const everybody = [...atWork, ...administrators];
const OLD = "2020-01-01T00:00:00Z";

/** A request about a person of the position. */
const about =
  (suffix: string, body?: object) =>
  async (world: MatrixWorld, position: Position): Promise<MatrixRequest> => ({
    path: `/staff/${await world.staffAt(position)}${suffix}`,
    ...(body ? { body } : {}),
  });
/** A request about the unit of the position. Version 999999 never is: who gets that far was let in. */
const aboutUnit =
  (suffix: string, body: object = {}) =>
  (world: MatrixWorld, position: Position): MatrixRequest => ({
    path: `/units/${world.unitAt(position)}${suffix}`,
    body: { version: 999_999, ...body },
  });
/** A file that is checked and not imported: who may import it hears of no problems. */
const dryRun = (path: string, csv: string): MatrixRequest => ({
  path,
  body: { csv, dryRun: true },
  shows: (body: { problems: unknown[] }) => body.problems.length === 0,
});

export const identityMatrix: Matrix<typeof identityOperations> = {
  signIn: {
    by: "public",
    reach: "everywhere",
    inside: ["identity.sign-in-failed", "identity.locked"],
    request: () => ({ path: "/session", body: { account: "nobody", password: "nothing" } }),
  },
  currentSession: { by: "signed-in", reach: "everywhere", request: () => ({ path: "/session" }) },
  signOut: { by: "signed-in", reach: "everywhere", spendsCaller: true, request: () => ({ path: "/session" }) },
  changePassword: {
    by: "signed-in",
    reach: "everywhere",
    inside: ["identity.password-too-short"],
    request: () => ({ path: "/session/password", body: { currentPassword: "x", newPassword: "y" } }),
  },
  listOwnSessions: { by: "signed-in", reach: "everywhere", request: () => ({ path: "/session/all" }) },
  revokeOwnSession: {
    by: "signed-in",
    reach: "everywhere",
    inside: ["request.not-found"],
    request: () => ({ path: "/session/all/2000000000" }),
  },
  listStaffSessions: { by: ["SECURITY_ADMIN"], reach: "within", outside: ["request.not-found"], request: about("/sessions") },
  revokeStaffSessions: { by: ["SECURITY_ADMIN"], reach: "within", outside: ["request.not-found"], request: about("/sessions") },
  unlockStaff: { by: ["SECURITY_ADMIN"], reach: "within", outside: ["request.not-found"], request: about("/unlock") },
  listLockedAddresses: { by: ["SECURITY_ADMIN"], reach: "everywhere", request: () => ({ path: "/locked-addresses" }) },
  unlockAddress: {
    by: ["SECURITY_ADMIN"],
    reach: "root",
    inside: ["request.not-found"],
    outside: ["identity.outside-scope"],
    request: () => ({ path: "/locked-addresses/unlock", body: { address: "192.0.2.1" } }),
  },
  listApiKeys: {
    by: ["SECURITY_ADMIN"],
    reach: "within",
    async request(world, position) {
      const id = await world.apiKeyAt(position);
      return {
        path: "/api-keys",
        shows: (body: { apiKeys: { apiKeyId: number }[] }) => body.apiKeys.some((key) => key.apiKeyId === id),
      };
    },
  },
  createApiKey: {
    by: ["SECURITY_ADMIN"],
    reach: "within",
    inside: ["identity.grant-period"],
    outside: ["identity.outside-scope"],
    request: (world, position) => ({
      path: "/api-keys",
      body: {
        name: "x",
        unitId: world.unitAt(position),
        grants: [{ role: "AGENT", unitId: world.unitAt(position) }],
        expiresAt: OLD,
      },
    }),
  },
  revokeApiKey: {
    by: ["SECURITY_ADMIN"],
    reach: "within",
    outside: ["request.not-found"],
    request: async (world, position) => ({ path: `/api-keys/${await world.apiKeyAt(position)}/revoke` }),
  },
  readAccessLog: {
    by: ["AUDIT_ADMIN"],
    reach: "within",
    async request(world, position) {
      const unitId = world.unitAt(position);
      await world.leaveTrace(position);
      return {
        path: `/access-log?action=EXPORTED&recordId=${unitId}&limit=1`,
        shows: (body: { entries: unknown[] }) => body.entries.length === 1,
      };
    },
  },
  readOrganisation: { by: everybody, reach: "everywhere", request: () => ({ path: "/organisation" }) },
  setUpOrganisation: {
    by: ["SYSTEM_ADMIN"],
    reach: "root",
    inside: ["identity.organisation-set-up"],
    outside: ["identity.outside-scope"],
    request: () => ({ path: "/organisation/set-up", body: { code: "X", name: "x", kind: "COUNTY" } }),
  },
  createUnit: {
    by: ["SYSTEM_ADMIN"],
    reach: "within",
    inside: ["identity.unit-code-taken"],
    outside: ["identity.outside-scope"],
    request: (world, position) => ({
      path: "/units",
      body: { code: "P", name: "x", kind: "CREW", parentId: world.unitAt(position) },
    }),
  },
  updateUnit: {
    by: ["SYSTEM_ADMIN"],
    reach: "within",
    inside: ["identity.version-conflict"],
    outside: ["identity.outside-scope"],
    request: aboutUnit("", { name: "x" }),
  },
  moveUnit: {
    by: ["SYSTEM_ADMIN"],
    reach: "within",
    inside: ["identity.version-conflict"],
    outside: ["identity.outside-scope"],
    request: aboutUnit("/move", { parentId: 1 }),
  },
  deactivateUnit: {
    by: ["SYSTEM_ADMIN"],
    reach: "within",
    inside: ["identity.version-conflict"],
    outside: ["identity.outside-scope"],
    request: aboutUnit("/deactivate"),
  },
  reactivateUnit: {
    by: ["SYSTEM_ADMIN"],
    reach: "within",
    inside: ["identity.version-conflict"],
    outside: ["identity.outside-scope"],
    request: aboutUnit("/reactivate"),
  },
  importOrganisation: {
    by: ["SYSTEM_ADMIN"],
    reach: "within",
    request: (world, position) =>
      dryRun("/organisation/import", `code,name,kind,parent_code\nNEW,新,CREW,${world.unitCode(position)}`),
  },
  exportOrganisation: { by: ["SYSTEM_ADMIN"], reach: "everywhere", request: () => ({ path: "/organisation/export" }) },
  listStaff: {
    by: ["DISPATCHER", "REVIEWER", "SUPERVISOR", "MANAGER", ...administrators],
    reach: "within",
    async request(world, position) {
      const id = await world.staffAt(position);
      return {
        path: `/staff?unitId=${world.unitAt(position)}&limit=200`,
        shows: (body: { staff: { staffId: number }[] }) => body.staff.some((person) => person.staffId === id),
      };
    },
  },
  readStaff: {
    by: ["DISPATCHER", "REVIEWER", "SUPERVISOR", "MANAGER", ...administrators],
    reach: "within",
    outside: ["request.not-found"],
    request: about(""),
  },
  createStaff: {
    by: ["SYSTEM_ADMIN"],
    reach: "within",
    inside: ["identity.account-taken"],
    outside: ["identity.outside-scope"],
    request: (world, position) => ({
      path: "/staff",
      body: { account: "matrix.manager", name: "x", homeUnitId: world.unitAt(position) },
    }),
  },
  updateStaff: {
    by: ["SYSTEM_ADMIN"],
    reach: "within",
    inside: ["identity.version-conflict"],
    outside: ["request.not-found"],
    request: about("", { version: 999_999, name: "x" }),
  },
  deactivateStaff: {
    by: ["SYSTEM_ADMIN"],
    reach: "within",
    inside: ["identity.version-conflict"],
    outside: ["request.not-found"],
    request: about("/deactivate", { version: 999_999 }),
  },
  reactivateStaff: {
    by: ["SYSTEM_ADMIN"],
    reach: "within",
    inside: ["identity.version-conflict"],
    outside: ["request.not-found"],
    request: about("/reactivate", { version: 999_999 }),
  },
  importStaff: {
    by: ["SYSTEM_ADMIN"],
    reach: "within",
    request: (world, position) => dryRun("/staff/import", `account,name,unit_code\nnew.person,新,${world.unitCode(position)}`),
  },
  grantRole: {
    by: ["SECURITY_ADMIN"],
    reach: "within",
    inside: ["identity.grant-period"],
    outside: ["request.not-found"],
    request: async (world, position) => ({
      path: `/staff/${await world.staffAt(position)}/grants`,
      body: { role: "HANDLER", unitId: world.unitAt(position), validTo: OLD },
    }),
  },
  withdrawGrant: {
    by: ["SECURITY_ADMIN"],
    reach: "within",
    outside: ["request.not-found"],
    async request(world, position) {
      const { staffId, grantId } = await world.grantAt(position);
      return { path: `/staff/${staffId}/grants/${grantId}` };
    },
  },
  importGrants: {
    by: ["SECURITY_ADMIN"],
    reach: "within",
    async request(world, position) {
      const account = await world.accountOf(await world.staffAt(position));
      return dryRun("/grants/import", `account,role,unit_code\n${account},HANDLER,${world.unitCode(position)}`);
    },
  },
  issuePasswords: {
    by: ["SECURITY_ADMIN"],
    reach: "within",
    outside: ["request.not-found"],
    request: async (world, position) => ({ path: "/one-time-passwords", body: { staffIds: [await world.staffAt(position)] } }),
  },
};
