// Keys for integrations: a name, a unit, roles at units, an end. The secret is shown once and known here by its hash.
import { roleForKeys } from "@bihuan/core/identity/roles.ts";
import type { Grant } from "@bihuan/core/identity/scope.ts";
import { type Refusal, refuse } from "@bihuan/core/refusal.ts";
import type { Database } from "../../platform/database.ts";
import { sessionChanged } from "../../platform/live/publish.ts";
import type { Platform } from "../../platform/platform.ts";
import { instant, sql } from "../../platform/sql.ts";
import { type Actor, recordAccess } from "../access-log/commands.ts";
import { type Editor, outside, staffIdOf } from "../editor.ts";
import { forgetSessions, IDENTITY_CHANGED } from "../memory.ts";
import { currentTree } from "../organisation/tree.ts";
import { API_KEY_PREFIX, hashToken, newToken } from "../sign-in/tokens.ts";
import { type ApiKey, apiKeysWithin } from "./queries.ts";

const VISIBLE_CHARACTERS = API_KEY_PREFIX.length + 6;
const LONGEST_MS = 3 * 366 * 86_400_000;
/** A key in steady use leaves one entry in so long. */
const RECORDED_EVERY_MS = 600_000;

export type NewApiKey = {
  readonly name: string;
  readonly unitId: number;
  readonly grants: readonly Grant[];
  readonly expiresAtMs: number;
};

/** Creates a key within the caller's units. Out: its id and, this once, its secret. */
export async function createApiKey(
  platform: Platform,
  editor: Editor,
  key: NewApiKey,
): Promise<{ apiKeyId: number; secret: string } | Refusal> {
  const tree = await currentTree(platform);
  const nowMs = platform.time.nowMs();
  for (const unitId of [key.unitId, ...key.grants.map((grant) => grant.unitId)]) {
    if (!tree.unit(unitId)?.active) return refuse("identity.unit-unknown", { unit: unitId });
    const refused = outside(editor, tree, "api-key.manage", unitId);
    if (refused) return refused;
  }
  const administrator = key.grants.find((grant) => !roleForKeys(grant.role));
  if (administrator) return refuse("identity.role-not-for-keys", { role: administrator.role });
  if (!(key.expiresAtMs > nowMs && key.expiresAtMs <= nowMs + LONGEST_MS)) return refuse("identity.grant-period");
  const secret = API_KEY_PREFIX + newToken();
  return platform.db.transaction(async (tx) => {
    const { apiKeyId } = await tx.one<{ apiKeyId: number }>(sql`
      insert into api_key (name, prefix, token_hash, unit_id, created_by, created_at, expires_at)
      values (${key.name}, ${secret.slice(0, VISIBLE_CHARACTERS)}, ${hashToken(secret)}, ${key.unitId},
        ${staffIdOf(editor)}, ${instant(nowMs)}, ${instant(key.expiresAtMs)})
      returning api_key_id as "apiKeyId"`);
    await tx.run(sql`
      insert into api_key_grant (api_key_id, role, unit_id)
      select distinct ${apiKeyId}::int, role, unit_id from unnest(${key.grants.map((grant) => grant.role)}::text[],
        ${key.grants.map((grant) => grant.unitId)}::int[]) as given (role, unit_id)`);
    await recordAccess(tx, nowMs, editor.actor, {
      action: "API_KEY_CREATED",
      recordKind: "api-key",
      recordId: apiKeyId,
      facts: {
        name: key.name,
        grants: key.grants.map((grant) => `${grant.role}@${grant.unitId}`).join(" "),
        expiresAt: instant(key.expiresAtMs),
      },
    });
    return { apiKeyId, secret };
  });
}

/** Revokes a key at once. Errors: it is not one of the caller's (`request.not-found`). */
export async function revokeApiKey(platform: Platform, editor: Editor, apiKeyId: number): Promise<Refusal | null> {
  const tree = await currentTree(platform);
  const nowMs = platform.time.nowMs();
  const result = await platform.db.transaction(async (tx) => {
    const [key] = await apiKeysWithin(tx, editor.scope, tree, apiKeyId);
    if (!key) return refuse("request.not-found");
    const revoked = await tx.run(sql`
      update api_key set revoked_at = ${instant(nowMs)}, revoked_by = ${staffIdOf(editor)}
      where api_key_id = ${apiKeyId} and revoked_at is null`);
    if (revoked > 0) {
      await recordAccess(tx, nowMs, editor.actor, {
        action: "API_KEY_REVOKED",
        recordKind: "api-key",
        recordId: apiKeyId,
        facts: { name: key.name },
      });
      await platform.live.publish(tx, [IDENTITY_CHANGED, sessionChanged(`k${apiKeyId}`)]);
    }
    return null;
  });
  forgetSessions(platform.db);
  return result;
}

/** Notes that a key was used, or tried after its end: at most one entry in ten minutes, whichever process is asked. */
export async function useApiKey(db: Database, key: ApiKey, holds: boolean, address: string, nowMs: number): Promise<void> {
  const noted = await db.run(sql`
    update api_key set last_used_at = case when ${holds} then ${instant(nowMs)}::timestamptz else last_used_at end,
      last_refused_at = case when ${holds} then last_refused_at else ${instant(nowMs)}::timestamptz end
    where api_key_id = ${key.apiKeyId}
      and coalesce(case when ${holds} then last_used_at else last_refused_at end, '-infinity') <= ${instant(nowMs - RECORDED_EVERY_MS)}`);
  if (noted === 0) return;
  const actor: Actor = { kind: "api-key", id: key.apiKeyId, name: key.name, unitId: key.unitId, address };
  await recordAccess(db, nowMs, actor, {
    action: holds ? "API_KEY_USED" : "API_KEY_REFUSED",
    recordKind: "api-key",
    recordId: key.apiKeyId,
  });
}
