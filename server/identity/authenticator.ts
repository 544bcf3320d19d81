// Who calls. Every request passes here once; what is found is kept in memory for a few seconds and forgotten at once when a
// session, a grant, a person or a key changes, in whichever process that happens.
import { accessOperations } from "@bihuan/contract/identity-access.ts";
import type { Operation } from "@bihuan/contract/operation.ts";
import type { Permission } from "@bihuan/core/identity/permissions.ts";
import { can, canSomewhere, type Scope } from "@bihuan/core/identity/scope.ts";
import { isRefusal, type Refusal, refuse } from "@bihuan/core/refusal.ts";
import type { FastifyRequest } from "fastify";
import type { Access, Session } from "../platform/http/operations.ts";
import type { LiveMessage } from "../platform/live/publish.ts";
import type { Platform } from "../platform/platform.ts";
import { instant, sql } from "../platform/sql.ts";
import { useApiKey } from "./api-key/commands.ts";
import { apiKeyByToken, holdingApiKeys } from "./api-key/queries.ts";
import { forgetSessions, IDENTITY_CHANGED, type Kept, remembered } from "./memory.ts";
import { currentTree, forgetTree, lastTree } from "./organisation/tree.ts";
import { policyOf } from "./policy.ts";
import { type DatedGrant, holdingSessions, sessionByToken } from "./sign-in/queries.ts";
import { API_KEY_PREFIX, cookieName, hashToken } from "./sign-in/tokens.ts";

/** Should a notification be lost, a revoked session is noticed after so long. */
const KEPT_MS = 10_000;
const SEEN_EVERY_MS = 60_000;

/** The number in a session's id: `s12` is session 12 of a person, `k3` is API key 3. */
export const sessionNumber = (session: Session): number => Number(session.id.slice(1));

// What a person with a one-time password may do.
const whileChangeIsDue: ReadonlySet<Operation> = new Set<Operation>([
  accessOperations.currentSession,
  accessOperations.changePassword,
  accessOperations.signOut,
]);

/** The identity slice's answers to the platform: see {@link Access}. */
export function authenticator(platform: Platform): Access {
  const { db } = platform;
  return {
    async authenticate(request, operation) {
      const caller = await identify(platform, request);
      if (!caller || isRefusal(caller)) return caller;
      return caller.scope.mustChangePassword && !whileChangeIsDue.has(operation)
        ? refuse("identity.password-change-required")
        : caller;
    },
    holds: (scope: Scope, permission: Permission) => canSomewhere(scope, permission),
    async audience(session) {
      const atFirst = await currentTree(platform);
      return (message) => mayHear(session, lastTree(db) ?? atFirst, message);
    },
    async stillValid(sessions) {
      const nowMs = platform.time.nowMs();
      const numbers = (via: Session["via"]) => sessions.filter((session) => session.via === via).map(sessionNumber);
      const [people, keys] = await Promise.all([
        holdingSessions(db, numbers("cookie"), nowMs, policyOf(platform).idleMs),
        holdingApiKeys(db, numbers("api-key"), nowMs),
      ]);
      return new Set([...people.map((id) => `s${id}`), ...keys.map((id) => `k${id}`)]);
    },
    heard(message) {
      const { type } = message ?? { type: null };
      if (type === null || type === "identity.changed" || type === "session.changed") forgetSessions(db);
      if (type === null || type === "organisation.changed") {
        forgetTree(db);
        // Streams filter by the tree that was read last: read it now, so that they soon filter by the new one.
        currentTree(platform).catch((error: unknown) => platform.log.warn({ err: error }, "the organisation could not be read"));
      }
    },
  };
}

// Which permission lets somebody hear of a unit's events, by the slice that tells of them.
const hearing: Readonly<Record<string, Permission>> = { customer: "customer.read" };

function mayHear(session: Session, tree: Parameters<typeof can>[1], message: LiveMessage): boolean {
  const { scope } = session;
  if (message.type === IDENTITY_CHANGED.type) return false;
  if (message.staffId !== undefined && (scope.principal.kind !== "staff" || scope.principal.id !== message.staffId)) return false;
  if (message.units === undefined) return true;
  const permission = hearing[message.type.split(".", 1)[0] as string] ?? "order.read";
  return message.units.some((unitId) => can(scope, tree, permission, unitId));
}

async function identify(platform: Platform, request: FastifyRequest): Promise<Session | Refusal | null> {
  const { authorization } = request.headers;
  if (authorization !== undefined) {
    const token = /^Bearer (\S{1,200})$/i.exec(authorization)?.[1];
    if (!token?.startsWith(API_KEY_PREFIX)) return refuse("identity.api-key-invalid");
    return find(platform, token, () => keySession(platform, token, request.ip));
  }
  const token = request.cookies[cookieName(policyOf(platform).secure)];
  return token ? find(platform, token, () => personSession(platform, token)) : null;
}

const find = (platform: Platform, token: string, ask: () => Promise<Kept | Refusal>): Promise<Session | Refusal> =>
  remembered(
    platform.db,
    hashToken(token).toString("base64"),
    platform.time.nowMs(),
    ask,
    (found): found is Kept => !isRefusal(found),
  );

/** The grants that hold now, and until when nothing about them changes by itself. */
function validGrants(grants: readonly DatedGrant[], nowMs: number): { grants: Scope["grants"]; untilMs: number } {
  const changes = grants
    .flatMap((grant) => [grant.fromMs, grant.toMs ?? Number.POSITIVE_INFINITY])
    .filter((atMs) => atMs > nowMs);
  return {
    grants: grants
      .filter((grant) => grant.fromMs <= nowMs && (grant.toMs === null || nowMs < grant.toMs))
      .map(({ role, unitId }) => ({ role, unitId })),
    untilMs: Math.min(...changes),
  };
}

async function personSession(platform: Platform, token: string): Promise<Kept | Refusal> {
  const { db, time } = platform;
  const nowMs = time.nowMs();
  const { idleMs, passwordMs } = policyOf(platform);
  const row = await sessionByToken(db, hashToken(token), nowMs);
  if (!row || row.revoked || !row.active || nowMs >= row.expiresAtMs || nowMs - row.lastSeenAtMs >= idleMs)
    return refuse("identity.session-ended");
  if (nowMs - row.lastSeenAtMs >= SEEN_EVERY_MS)
    await db.run(
      sql`update session set last_seen_at = ${instant(nowMs)} where session_id = ${row.sessionId} and revoked_at is null`,
    );
  const expired = passwordMs !== null && row.passwordSetAtMs !== null && nowMs - row.passwordSetAtMs >= passwordMs;
  const due = row.oneTime === true || expired;
  const valid = validGrants(row.grants, nowMs);
  const scope: Scope = {
    principal: { kind: "staff", id: row.staffId, name: row.name },
    homeUnitId: row.homeUnitId,
    grants: due ? [] : valid.grants,
    ...(due ? { mustChangePassword: true } : {}),
  };
  return {
    session: { id: `s${row.sessionId}`, via: "cookie", scope },
    untilMs: Math.min(nowMs + KEPT_MS, row.expiresAtMs, valid.untilMs),
  };
}

async function keySession(platform: Platform, token: string, address: string): Promise<Kept | Refusal> {
  const nowMs = platform.time.nowMs();
  const key = await apiKeyByToken(platform.db, hashToken(token));
  if (!key) return refuse("identity.api-key-invalid");
  const holds = !key.revoked && nowMs < key.expiresAtMs;
  await useApiKey(platform.db, key, holds, address, nowMs);
  if (!holds) return refuse("identity.api-key-invalid");
  const scope: Scope = {
    principal: { kind: "api-key", id: key.apiKeyId, name: key.name },
    homeUnitId: key.unitId,
    grants: key.grants,
  };
  return { session: { id: `k${key.apiKeyId}`, via: "api-key", scope }, untilMs: Math.min(nowMs + KEPT_MS, key.expiresAtMs) };
}
