// The identity slice over HTTP: sign-in, organisation, staff, API keys, access log.
import type { ApiKeyView } from "@bihuan/contract/identity-access.ts";
import type { identityOperations } from "@bihuan/contract/identity.ts";
import type { OrganisationTree } from "@bihuan/core/identity/organisation.ts";
import { isRefusal, refuse } from "@bihuan/core/refusal.ts";
import type { z } from "zod";
import type { Handlers } from "../platform/http/operations.ts";
import type { Platform } from "../platform/platform.ts";
import { instant, instantOrNull } from "../platform/sql.ts";
import { actorOf, recordAccess } from "./access-log/commands.ts";
import { accessLogPage } from "./access-log/queries.ts";
import { createApiKey, revokeApiKey } from "./api-key/commands.ts";
import { type ApiKeyRow, apiKeysWithin } from "./api-key/queries.ts";
import { editorOf } from "./editor.ts";
import { organisationRoutes } from "./organisation/routes.ts";
import { currentTree } from "./organisation/tree.ts";
import { signInRoutes } from "./sign-in/routes.ts";
import { staffRoutes } from "./staff/routes.ts";

const nameOf = (tree: OrganisationTree, unitId: number): string => tree.unit(unitId)?.name ?? "";

function apiKeyView(tree: OrganisationTree, row: ApiKeyRow, nowMs: number): z.input<typeof ApiKeyView> {
  const { createdAtMs, expiresAtMs, revokedAtMs, lastUsedAtMs, grants, ...rest } = row;
  return {
    ...rest,
    unitName: nameOf(tree, row.unitId),
    grants: grants.map((grant) => ({ ...grant, unitName: nameOf(tree, grant.unitId) })),
    createdAt: instant(createdAtMs),
    expiresAt: instant(expiresAtMs),
    revokedAt: instantOrNull(revokedAtMs),
    lastUsedAt: instantOrNull(lastUsedAtMs),
    state: revokedAtMs !== null ? "REVOKED" : expiresAtMs <= nowMs ? "EXPIRED" : "ACTIVE",
  };
}

export const identityRoutes = (platform: Platform): Handlers<typeof identityOperations> => {
  const { db, time } = platform;
  return {
    ...signInRoutes(platform),
    ...organisationRoutes(platform),
    ...staffRoutes(platform),
    async listApiKeys({ scope }) {
      const tree = await currentTree(platform);
      const rows = await apiKeysWithin(db, scope, tree);
      return { apiKeys: rows.map((row) => apiKeyView(tree, row, time.nowMs())) };
    },
    async createApiKey({ scope, body, request }) {
      const { name, unitId, grants, expiresAt } = body;
      const created = await createApiKey(platform, editorOf(scope, request.ip), {
        name,
        unitId,
        grants,
        expiresAtMs: Date.parse(expiresAt),
      });
      if (isRefusal(created)) return created;
      const tree = await currentTree(platform);
      const [row] = await apiKeysWithin(db, scope, tree, created.apiKeyId);
      return { apiKey: apiKeyView(tree, row as ApiKeyRow, time.nowMs()), secret: created.secret };
    },
    async revokeApiKey({ scope, params, request }) {
      const refused = await revokeApiKey(platform, editorOf(scope, request.ip), params.apiKeyId);
      if (refused) return refused;
      const tree = await currentTree(platform);
      const [row] = await apiKeysWithin(db, scope, tree, params.apiKeyId);
      return row ? apiKeyView(tree, row, time.nowMs()) : refuse("request.not-found");
    },
    async readAccessLog({ scope, query, request }) {
      const page = await accessLogPage(db, scope, await currentTree(platform), query);
      // Reading the log is an access too; the pages that follow the first belong to the same reading.
      if (!query.cursor) {
        const facts = Object.fromEntries(
          Object.entries(query).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])),
        );
        await recordAccess(db, time.nowMs(), actorOf(scope, request.ip), { action: "ACCESS_LOG_READ", facts });
      }
      return page;
    },
  };
};
