import type { Grant, Scope } from "@bihuan/core/identity/scope.ts";
import type { OrganisationTree } from "@bihuan/core/identity/organisation.ts";
import type { Queryable } from "../../platform/database.ts";
import { instant, sql, type Sql } from "../../platform/sql.ts";
import { unitWithin } from "../scope.ts";

export type ApiKey = {
  readonly apiKeyId: number;
  readonly name: string;
  readonly unitId: number;
  readonly expiresAtMs: number;
  readonly revoked: boolean;
  readonly grants: readonly Grant[];
};

const grants = sql`coalesce((
  select json_agg(json_build_object('role', g.role, 'unitId', g.unit_id) order by g.role, g.unit_id)
  from api_key_grant g where g.api_key_id = k.api_key_id), '[]')`;

/** The key whose secret has this hash, whatever its state. */
export const apiKeyByToken = (on: Queryable, tokenHash: Buffer): Promise<ApiKey | null> =>
  on.maybe<ApiKey>(sql`
    select k.api_key_id as "apiKeyId", k.name, k.unit_id as "unitId", k.expires_at as "expiresAtMs", k.revoked_at is not null as revoked,
      ${grants} as grants
    from api_key k where k.token_hash = ${tokenHash}`);

/** Which of the keys hold at the instant. */
export const holdingApiKeys = async (on: Queryable, apiKeyIds: readonly number[], nowMs: number): Promise<number[]> =>
  apiKeyIds.length === 0
    ? []
    : (
        await on.rows<{ id: number }>(sql`
          select api_key_id as id from api_key
          where api_key_id = any(${apiKeyIds}::int[]) and revoked_at is null and expires_at > ${instant(nowMs)}`)
      ).map((row) => row.id);

export type ApiKeyRow = {
  apiKeyId: number;
  name: string;
  prefix: string;
  unitId: number;
  grants: Grant[];
  createdBy: string | null;
  createdAtMs: number;
  expiresAtMs: number;
  revokedAtMs: number | null;
  lastUsedAtMs: number | null;
};

/** The keys of the caller's units (all for the command line), newest first; one of them where its id is given. */
export const apiKeysWithin = (
  on: Queryable,
  scope: Scope | null,
  tree: OrganisationTree,
  apiKeyId: number | null = null,
): Promise<ApiKeyRow[]> => {
  const one: Sql = apiKeyId === null ? sql`true` : sql`k.api_key_id = ${apiKeyId}`;
  return on.rows<ApiKeyRow>(sql`
    select k.api_key_id as "apiKeyId", k.name, k.prefix, k.unit_id as "unitId", ${grants} as grants, s.name as "createdBy",
      k.created_at as "createdAtMs", k.expires_at as "expiresAtMs", k.revoked_at as "revokedAtMs", k.last_used_at as "lastUsedAtMs"
    from api_key k left join staff s on s.staff_id = k.created_by
    where ${scope ? unitWithin(scope, tree, "api-key.manage", sql`k.unit_id`) : sql`true`} and ${one}
    order by k.api_key_id desc limit 1000`);
};
