// Sessions, API keys, lockouts and the access log.
import { Role } from "@bihuan/core/identity/roles.ts";
import { z } from "zod";
import { Id, Line } from "./identity-organisation.ts";
import { Account, Cursor, PageSize } from "./identity-staff.ts";
import { defineOperation } from "./operation.ts";
import { Permission } from "./permissions.ts";
import { Instant } from "./text.ts";

const tag = "identity";

/** Who is signed in and what they reach: the web builds its menus from `permissions`. */
export const CurrentSession = z
  .object({
    staffId: z.int(),
    account: z.string(),
    name: z.string(),
    homeUnitId: z.int(),
    homeUnitName: z.string(),
    zone: z.string().describe("Display zone of the home unit"),
    mustChangePassword: z.boolean(),
    passwordChangeReason: z.enum(["ONE_TIME", "EXPIRED"]).nullable(),
    grants: z.array(z.object({ role: Role, unitId: z.int(), unitName: z.string() })),
    permissions: z.array(
      z.object({ permission: Permission, nodes: z.array(z.int()).describe("Topmost units where it is held") }),
    ),
    organisationPlaceholder: z.boolean().describe("True until the root unit is set up"),
    expiresAt: Instant.describe("Absolute end of the session"),
    idleMinutes: z.int().describe("It ends after so many minutes without a request"),
  })
  .meta({ id: "CurrentSession" });
export type CurrentSession = z.infer<typeof CurrentSession>;

export const SessionView = z
  .object({
    sessionId: z.int(),
    createdAt: Instant,
    lastSeenAt: Instant,
    expiresAt: Instant,
    address: z.string(),
    userAgent: z.string().nullable(),
    current: z.boolean(),
  })
  .meta({ id: "Session" });

export const ApiKeyView = z
  .object({
    apiKeyId: z.int(),
    name: z.string(),
    prefix: z.string().describe("The key's first characters, to recognise it by"),
    unitId: z.int(),
    unitName: z.string(),
    grants: z.array(z.object({ role: Role, unitId: z.int(), unitName: z.string() })),
    createdBy: z.string().nullable(),
    createdAt: Instant,
    expiresAt: Instant,
    revokedAt: Instant.nullable(),
    lastUsedAt: Instant.nullable(),
    state: z.enum(["ACTIVE", "EXPIRED", "REVOKED"]),
  })
  .meta({ id: "ApiKey" });

export const accessActions = [
  "SIGN_IN",
  "SIGN_IN_FAILED",
  "SIGN_IN_LOCKED",
  "SIGN_OUT",
  "PASSWORD_CHANGED",
  "PASSWORD_ISSUED",
  "SESSION_REVOKED",
  "UNLOCKED",
  "ROLE_GRANTED",
  "ROLE_WITHDRAWN",
  "API_KEY_CREATED",
  "API_KEY_REVOKED",
  "API_KEY_USED",
  "API_KEY_REFUSED",
  "STAFF_CREATED",
  "STAFF_CHANGED",
  "ORGANISATION_CHANGED",
  "CONFIGURATION_CHANGED",
  "RULEBOOK_PUBLISHED",
  "CUSTOMER_CREATED",
  "CUSTOMER_CHANGED",
  "TRANSFORMER_AREA_CHANGED",
  "PERSONAL_DATA_ERASED",
  "PERSONAL_DATA_UNMASKED",
  "EXPORTED",
  "ATTACHMENT_DOWNLOADED",
  "DATA_IMPORTED",
  "DIGEST_SIGNED",
  "DIGEST_EXPORTED",
  "DIGEST_KEY_TRUSTED",
  "BACKED_UP",
  "RESTORED",
  "ACCESS_LOG_READ",
  "ACCESS_LOG_PRUNED",
] as const;
export const AccessAction = z.enum(accessActions);
export type AccessAction = z.infer<typeof AccessAction>;

export const AccessEntry = z
  .object({
    accessId: z.string(),
    at: Instant,
    action: AccessAction,
    principalKind: z.enum(["staff", "api-key", "system", "unknown"]),
    principalId: z.int().nullable(),
    principalName: z.string().describe("The person's or key's name; of an unknown account the first two characters only"),
    account: z.string().nullable().describe("Of a person"),
    unitId: z.int().nullable(),
    address: z.string().nullable(),
    recordKind: z.string().nullable().describe("Such as staff, unit, customer, order, attachment"),
    recordId: z.string().nullable(),
    recordName: z.string().nullable().describe("Of a person, a unit or a key: what it is called now"),
    field: z.string().nullable(),
    reason: z.string().nullable(),
    facts: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
  })
  .meta({ id: "AccessEntry" });

const NewPassword = z.string().min(1).max(1000);

export const accessOperations = {
  signIn: defineOperation({
    method: "POST",
    path: "/session",
    tag,
    access: "public",
    summary: { zh: "登录", en: "Sign in" },
    body: z.object({ account: z.string().min(1).max(100), password: z.string().min(1).max(1000) }),
    response: CurrentSession,
    errors: ["identity.sign-in-failed", "identity.locked", "identity.one-time-password-expired"],
  }),
  currentSession: defineOperation({
    method: "GET",
    path: "/session",
    tag,
    access: "signed-in",
    summary: { zh: "当前会话", en: "Who is signed in" },
    response: CurrentSession,
    errors: ["request.not-found"],
  }),
  signOut: defineOperation({
    method: "DELETE",
    path: "/session",
    tag,
    access: "signed-in",
    summary: { zh: "退出登录", en: "Sign out" },
  }),
  changePassword: defineOperation({
    method: "POST",
    path: "/session/password",
    tag,
    access: "signed-in",
    summary: { zh: "修改密码", en: "Change one's password; other sessions end" },
    body: z.object({ currentPassword: NewPassword, newPassword: NewPassword }),
    response: CurrentSession,
    errors: [
      "request.not-found",
      "identity.locked",
      "identity.password-wrong",
      "identity.password-too-short",
      "identity.password-too-long",
      "identity.password-too-plain",
      "identity.password-common",
      "identity.password-reused",
    ],
  }),
  listOwnSessions: defineOperation({
    method: "GET",
    path: "/session/all",
    tag,
    access: "signed-in",
    summary: { zh: "本人的全部会话", en: "One's own sessions" },
    response: z.object({ sessions: z.array(SessionView) }),
  }),
  revokeOwnSession: defineOperation({
    method: "DELETE",
    path: "/session/all/:sessionId",
    tag,
    access: "signed-in",
    summary: { zh: "注销本人的一个会话", en: "End one of one's own sessions" },
    params: z.object({ sessionId: Id }),
    errors: ["request.not-found"],
  }),
  listStaffSessions: defineOperation({
    method: "GET",
    path: "/staff/:staffId/sessions",
    tag,
    access: "session.revoke",
    summary: { zh: "人员的会话", en: "A person's sessions" },
    params: z.object({ staffId: Id }),
    response: z.object({ sessions: z.array(SessionView) }),
    errors: ["request.not-found"],
  }),
  revokeStaffSessions: defineOperation({
    method: "DELETE",
    path: "/staff/:staffId/sessions",
    tag,
    access: "session.revoke",
    summary: { zh: "注销人员的会话", en: "End a person's sessions, all or one" },
    params: z.object({ staffId: Id }),
    query: z.object({ sessionId: Id.optional() }),
    response: z.object({ revoked: z.int() }),
    errors: ["request.not-found"],
  }),
  unlockStaff: defineOperation({
    method: "POST",
    path: "/staff/:staffId/unlock",
    tag,
    access: "account.unlock",
    summary: { zh: "解锁账号", en: "Unlock an account" },
    params: z.object({ staffId: Id }),
    errors: ["request.not-found", "identity.not-to-oneself"],
  }),
  listLockedAddresses: defineOperation({
    method: "GET",
    path: "/locked-addresses",
    tag,
    access: "account.unlock",
    summary: { zh: "被锁定的网络地址", en: "Locked network addresses" },
    response: z.object({
      addresses: z.array(z.object({ address: z.string(), failures: z.int(), lockedUntil: Instant })),
      mayUnlock: z.boolean(),
    }),
  }),
  unlockAddress: defineOperation({
    method: "POST",
    path: "/locked-addresses/unlock",
    tag,
    access: "account.unlock",
    summary: { zh: "解锁网络地址", en: "Unlock a network address" },
    body: z.object({ address: z.string().min(1).max(64) }),
    errors: ["request.not-found", "identity.outside-scope"],
  }),
  listApiKeys: defineOperation({
    method: "GET",
    path: "/api-keys",
    tag,
    access: "api-key.manage",
    summary: { zh: "接口密钥列表", en: "List API keys" },
    response: z.object({ apiKeys: z.array(ApiKeyView) }),
  }),
  createApiKey: defineOperation({
    method: "POST",
    path: "/api-keys",
    tag,
    access: "api-key.manage",
    summary: { zh: "新建接口密钥", en: "Create an API key" },
    body: z.object({
      name: Line(60),
      unitId: Id.describe("The unit the integration belongs to"),
      grants: z
        .array(z.object({ role: Role, unitId: Id }))
        .min(1)
        .max(20),
      expiresAt: Instant,
    }),
    response: z.object({ apiKey: ApiKeyView, secret: z.string().describe("Shown this once") }),
    errors: ["identity.outside-scope", "identity.unit-unknown", "identity.role-not-for-keys", "identity.grant-period"],
  }),
  revokeApiKey: defineOperation({
    method: "POST",
    path: "/api-keys/:apiKeyId/revoke",
    tag,
    access: "api-key.manage",
    summary: { zh: "注销接口密钥", en: "Revoke an API key" },
    params: z.object({ apiKeyId: Id }),
    response: ApiKeyView,
    errors: ["request.not-found"],
  }),
  readAccessLog: defineOperation({
    method: "GET",
    path: "/access-log",
    tag,
    access: "access-log.read",
    summary: { zh: "访问日志", en: "Read the access log, newest first" },
    query: z.object({
      from: Instant.optional(),
      to: Instant.optional(),
      action: AccessAction.optional(),
      account: Account.optional(),
      principalId: Id.optional().describe("Staff id, or API key id together with `principalKind`"),
      principalKind: z.enum(["staff", "api-key", "system", "unknown"]).optional(),
      recordKind: z.string().max(40).optional(),
      recordId: z.string().max(60).optional(),
      cursor: Cursor.optional(),
      limit: PageSize,
    }),
    response: z.object({ entries: z.array(AccessEntry), next: z.string().nullable() }),
  }),
};
