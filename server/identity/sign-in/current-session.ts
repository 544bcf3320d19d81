import type { CurrentSession } from "@bihuan/contract/identity-access.ts";
import { permissions } from "@bihuan/core/identity/permissions.ts";
import { nodesFor, type Scope } from "@bihuan/core/identity/scope.ts";
import type { z } from "zod";
import type { Platform } from "../../platform/platform.ts";
import { instant } from "../../platform/sql.ts";
import { rootIsPlaceholder } from "../organisation/queries.ts";
import { currentTree } from "../organisation/tree.ts";
import { policyOf } from "../policy.ts";
import { sessionByToken } from "./queries.ts";
import { hashToken } from "./tokens.ts";

/** What the browser learns about its session: who, where, which permissions at which nodes. Null where the token is no session. */
export async function currentSession(platform: Platform, token: string): Promise<z.input<typeof CurrentSession> | null> {
  const { db, time } = platform;
  const nowMs = time.nowMs();
  const { idleMs, passwordMs } = policyOf(platform);
  const [row, tree, organisationPlaceholder] = await Promise.all([
    sessionByToken(db, hashToken(token), nowMs),
    currentTree(platform),
    rootIsPlaceholder(db),
  ]);
  if (!row) return null;
  const expired = passwordMs !== null && row.passwordSetAtMs !== null && nowMs - row.passwordSetAtMs >= passwordMs;
  const passwordChangeReason = row.oneTime ? "ONE_TIME" : expired ? "EXPIRED" : null;
  const valid = row.grants.filter((grant) => grant.fromMs <= nowMs);
  const scope: Scope = {
    principal: { kind: "staff", id: row.staffId, name: row.name },
    homeUnitId: row.homeUnitId,
    grants: valid,
  };
  return {
    staffId: row.staffId,
    account: row.account,
    name: row.name,
    homeUnitId: row.homeUnitId,
    homeUnitName: tree.unit(row.homeUnitId)?.name ?? "",
    zone: tree.zoneOf(row.homeUnitId),
    mustChangePassword: passwordChangeReason !== null,
    passwordChangeReason,
    grants: valid.map(({ role, unitId }) => ({ role, unitId, unitName: tree.unit(unitId)?.name ?? "" })),
    permissions: permissions
      .map((permission) => ({ permission, nodes: nodesFor(scope, tree, permission) }))
      .filter(({ nodes }) => nodes.length > 0),
    organisationPlaceholder,
    expiresAt: instant(row.expiresAtMs),
    idleMinutes: Math.round(idleMs / 60_000),
  };
}
