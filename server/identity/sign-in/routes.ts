import type { accessOperations, SessionView } from "@bihuan/contract/identity-access.ts";
import { can } from "@bihuan/core/identity/scope.ts";
import { isRefusal, refuse } from "@bihuan/core/refusal.ts";
import type { FastifyReply, FastifyRequest } from "fastify";
import type { z } from "zod";
import type { Handlers, Session } from "../../platform/http/operations.ts";
import type { Platform } from "../../platform/platform.ts";
import { instant } from "../../platform/sql.ts";
import { actorOf, recordAccess } from "../access-log/commands.ts";
import { sessionNumber } from "../authenticator.ts";
import { editorOf } from "../editor.ts";
import { forgetSessions } from "../memory.ts";
import { currentTree } from "../organisation/tree.ts";
import { policyOf } from "../policy.ts";
import { revokeStaffSessions, unlockStaff } from "../staff/entry.ts";
import { staffById } from "../staff/queries.ts";
import { lockedAddresses, unlock } from "./attempts.ts";
import { changePassword, type Client, endSessions, signIn } from "./commands.ts";
import { currentSession } from "./current-session.ts";
import { type SessionListRow, sessionsOf } from "./queries.ts";
import { cookieName, cookieOptions } from "./tokens.ts";

type SessionRoutes = Pick<
  Handlers<typeof accessOperations>,
  | "signIn"
  | "currentSession"
  | "signOut"
  | "changePassword"
  | "listOwnSessions"
  | "revokeOwnSession"
  | "listStaffSessions"
  | "revokeStaffSessions"
  | "unlockStaff"
  | "listLockedAddresses"
  | "unlockAddress"
>;

const clientOf = (request: FastifyRequest): Client => ({ address: request.ip, userAgent: request.headers["user-agent"] ?? null });

const sessionView = (row: SessionListRow, current: Session | null): z.input<typeof SessionView> => ({
  sessionId: row.sessionId,
  createdAt: instant(row.createdAtMs),
  lastSeenAt: instant(row.lastSeenAtMs),
  expiresAt: instant(row.expiresAtMs),
  address: row.address,
  userAgent: row.userAgent,
  current: current?.via === "cookie" && sessionNumber(current) === row.sessionId,
});

export const signInRoutes = (platform: Platform): SessionRoutes => {
  const { db, time } = platform;
  const { secure, idleMs } = policyOf(platform);
  const cookie = cookieName(secure);
  const enter = async (reply: FastifyReply, token: string) => {
    reply.setCookie(cookie, token, cookieOptions(secure));
    return (await currentSession(platform, token)) ?? refuse("identity.session-ended");
  };

  return {
    async signIn({ body, request, reply }) {
      const result = await signIn(platform, body, clientOf(request));
      return isRefusal(result) ? result : enter(reply, result.token);
    },
    async currentSession({ request }) {
      return (await currentSession(platform, request.cookies[cookie] ?? "")) ?? refuse("request.not-found");
    },
    async signOut({ session, scope, request, reply }) {
      reply.clearCookie(cookie, cookieOptions(secure));
      if (session.via !== "cookie") return undefined;
      const nowMs = time.nowMs();
      await db.transaction(async (tx) => {
        await endSessions(platform, tx, scope.principal.id, nowMs, scope.principal.id, { only: sessionNumber(session) });
        await recordAccess(tx, nowMs, actorOf(scope, request.ip), { action: "SIGN_OUT" });
      });
      forgetSessions(db);
      return undefined;
    },
    async changePassword({ session, scope, body, request, reply }) {
      const person = session.via === "cookie" ? await staffById(db, scope.principal.id, time.nowMs()) : null;
      if (!person) return refuse("request.not-found");
      const result = await changePassword(platform, person.staffId, person.account, body, clientOf(request));
      return isRefusal(result) ? result : enter(reply, result.token);
    },
    async listOwnSessions({ session, scope }) {
      const rows = session.via === "cookie" ? await sessionsOf(db, scope.principal.id, time.nowMs(), idleMs) : [];
      return { sessions: rows.map((row) => sessionView(row, session)) };
    },
    async revokeOwnSession({ session, scope, params, request }) {
      if (session.via !== "cookie") return refuse("request.not-found");
      const nowMs = time.nowMs();
      const ended = await db.transaction(async (tx) => {
        const count = await endSessions(platform, tx, scope.principal.id, nowMs, scope.principal.id, { only: params.sessionId });
        if (count > 0)
          await recordAccess(tx, nowMs, actorOf(scope, request.ip), {
            action: "SESSION_REVOKED",
            recordKind: "staff",
            recordId: scope.principal.id,
          });
        return count;
      });
      forgetSessions(db);
      return ended > 0 ? undefined : refuse("request.not-found");
    },
    async listStaffSessions({ scope, params }) {
      const nowMs = time.nowMs();
      const [tree, person] = await Promise.all([currentTree(platform), staffById(db, params.staffId, nowMs)]);
      if (!person || !can(scope, tree, "session.revoke", person.homeUnitId)) return refuse("request.not-found");
      const rows = await sessionsOf(db, params.staffId, nowMs, idleMs);
      return { sessions: rows.map((row) => sessionView(row, null)) };
    },
    async revokeStaffSessions({ scope, params, query, request }) {
      const ended = await revokeStaffSessions(platform, editorOf(scope, request.ip), params.staffId, query.sessionId ?? null);
      return isRefusal(ended) ? ended : { revoked: ended };
    },
    async unlockStaff({ scope, params, request }) {
      return (await unlockStaff(platform, editorOf(scope, request.ip), params.staffId)) ?? undefined;
    },
    async listLockedAddresses({ scope }) {
      const tree = await currentTree(platform);
      const addresses = await lockedAddresses(db, time.nowMs());
      return {
        addresses: addresses.map(({ lockedUntilMs, ...row }) => ({ ...row, lockedUntil: instant(lockedUntilMs) })),
        mayUnlock: can(scope, tree, "account.unlock", tree.root.unitId),
      };
    },
    async unlockAddress({ scope, body, request }) {
      const tree = await currentTree(platform);
      if (!can(scope, tree, "account.unlock", tree.root.unitId))
        return refuse("identity.outside-scope", { unit: tree.root.unitId });
      const nowMs = time.nowMs();
      return db.transaction(async (tx) => {
        if (!(await unlock(tx, "address", body.address))) return refuse("request.not-found");
        await recordAccess(tx, nowMs, actorOf(scope, request.ip), {
          action: "UNLOCKED",
          recordKind: "address",
          recordId: body.address,
        });
        return undefined;
      });
    },
  };
};
