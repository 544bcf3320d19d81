// Staff accounts: system administrators say who exists; what lets people in stands in grants.ts and entry.ts.
import { administratorRoles } from "@bihuan/core/identity/roles.ts";
import { type Refusal, refuse } from "@bihuan/core/refusal.ts";
import { sqlState, type Tx } from "../../platform/database.ts";
import { sessionChanged } from "../../platform/live/publish.ts";
import type { Platform } from "../../platform/platform.ts";
import { instant, sql } from "../../platform/sql.ts";
import { recordAccess } from "../access-log/commands.ts";
import { allOrNothing } from "../all-or-nothing.ts";
import { type Editor, holdsAt, outside, staffIdOf } from "../editor.ts";
import { forgetSessions, IDENTITY_CHANGED } from "../memory.ts";
import { currentTree } from "../organisation/tree.ts";
import { endSessions } from "../sign-in/commands.ts";
import { grantsOf, heldByAnother, staffById, type StaffRow } from "./queries.ts";

const UNIQUE_VIOLATION = "23505";

/** Tells every process and the person's own open pages that their rights are others now. */
export async function announceRights(platform: Platform, tx: Tx, staffId: number): Promise<void> {
  const sessions = await tx.rows<{ sessionId: number }>(sql`
    select session_id as "sessionId" from session
    where staff_id = ${staffId} and revoked_at is null and expires_at > ${instant(platform.time.nowMs())}`);
  await platform.live.publish(tx, [IDENTITY_CHANGED, ...sessions.map(({ sessionId }) => sessionChanged(`s${sessionId}`))]);
}

/**
 * Creates a person. Without a role and a password nobody can do anything with it. In: the person, and what else belongs to the
 * same transaction. Out: the new id.
 */
export async function createStaff(
  platform: Platform,
  editor: Editor,
  person: { account: string; name: string; homeUnitId: number },
  also: (tx: Tx, staffId: number, nowMs: number) => Promise<Refusal | null> = async () => null,
): Promise<{ staffId: number } | Refusal> {
  const tree = await currentTree(platform);
  if (!tree.unit(person.homeUnitId)?.active) return refuse("identity.unit-unknown", { unit: person.homeUnitId });
  const refused = outside(editor, tree, "staff.edit", person.homeUnitId);
  if (refused) return refused;
  const nowMs = platform.time.nowMs();
  try {
    return await allOrNothing(platform.db, async (tx) => {
      const staffId = await insertStaff(tx, person, nowMs);
      const facts = { account: person.account };
      await recordAccess(tx, nowMs, editor.actor, { action: "STAFF_CREATED", recordKind: "staff", recordId: staffId, facts });
      return (await also(tx, staffId, nowMs)) ?? { staffId };
    });
  } catch (error) {
    if (sqlState(error) === UNIQUE_VIOLATION) return refuse("identity.account-taken", { account: person.account });
    throw error;
  }
}

/** Inserts a person that was checked. Out: the id. */
export const insertStaff = async (
  tx: Tx,
  person: { account: string; name: string; homeUnitId: number },
  nowMs: number,
): Promise<number> =>
  (
    await tx.one<{ staffId: number }>(sql`
      insert into staff (account, name, home_unit_id, created_at, changed_at)
      values (${person.account.normalize("NFKC")}, ${person.name}, ${person.homeUnitId}, ${instant(nowMs)}, ${instant(nowMs)})
      returning staff_id as "staffId"`)
  ).staffId;

/** Changes that were checked; the version moves on. */
export async function applyStaff(
  tx: Tx,
  staffId: number,
  values: { name?: string | undefined; homeUnitId?: number | undefined; active?: boolean },
  nowMs: number,
): Promise<void> {
  await tx.run(sql`
    update staff set name = coalesce(${values.name ?? null}, name), home_unit_id = coalesce(${values.homeUnitId ?? null}, home_unit_id),
      active = coalesce(${values.active ?? null}, active), version = version + 1, changed_at = ${instant(nowMs)}
    where staff_id = ${staffId}`);
}

/** One person changed in one transaction, the row locked: found, within the editor's units, unchanged meanwhile. */
async function changeStaff(
  platform: Platform,
  editor: Editor,
  staffId: number,
  version: number | null,
  what: string,
  change: (tx: Tx, person: StaffRow, nowMs: number) => Promise<Refusal | null>,
): Promise<Refusal | null> {
  const tree = await currentTree(platform);
  const nowMs = platform.time.nowMs();
  const refusal = await platform.db.transaction(async (tx) => {
    await tx.run(sql`select from staff where staff_id = ${staffId} for update`);
    const person = await staffById(tx, staffId, nowMs);
    if (!person || !holdsAt(editor, tree, "staff.read", person.homeUnitId)) return refuse("request.not-found");
    const refused =
      outside(editor, tree, "staff.edit", person.homeUnitId) ??
      (version !== null && person.version !== version
        ? refuse("identity.version-conflict", { version: person.version })
        : null) ??
      (await change(tx, person, nowMs));
    if (refused) return refused;
    await recordAccess(tx, nowMs, editor.actor, {
      action: "STAFF_CHANGED",
      recordKind: "staff",
      recordId: staffId,
      facts: { change: what, account: person.account },
    });
    await announceRights(platform, tx, staffId);
    return null;
  });
  forgetSessions(platform.db);
  return refusal;
}

/** Renames a person or gives them another home unit, which must be the editor's too. */
export const updateStaff = (
  platform: Platform,
  editor: Editor,
  staffId: number,
  version: number | null,
  values: { name?: string | undefined; homeUnitId?: number | undefined },
) =>
  changeStaff(platform, editor, staffId, version, "changed", async (tx, _person, nowMs) => {
    if (values.homeUnitId !== undefined) {
      const tree = await currentTree(platform);
      if (!tree.unit(values.homeUnitId)?.active) return refuse("identity.unit-unknown", { unit: values.homeUnitId });
      const refused = outside(editor, tree, "staff.edit", values.homeUnitId);
      if (refused) return refused;
    }
    await applyStaff(tx, staffId, values, nowMs);
    return null;
  });

/** Takes a person's account out of use; every session of theirs ends. The last administrator of a kind at the root stays. */
export const deactivateStaff = (platform: Platform, editor: Editor, staffId: number, version: number | null) =>
  changeStaff(platform, editor, staffId, version, "deactivated", async (tx, _person, nowMs) => {
    if (staffIdOf(editor) === staffId) return refuse("identity.not-to-oneself");
    const { root } = await currentTree(platform);
    await tx.run(sql`lock table role_grant in share row exclusive mode`);
    for (const grant of await grantsOf(tx, staffId, nowMs)) {
      const administers = administratorRoles.find((role) => role === grant.role);
      if (administers && grant.unitId === root.unitId && !(await heldByAnother(tx, administers, root.unitId, staffId, nowMs)))
        return refuse("identity.last-administrator", { role: administers });
    }
    await applyStaff(tx, staffId, { active: false }, nowMs);
    await endSessions(platform, tx, staffId, nowMs, staffIdOf(editor));
    return null;
  });

/** Brings a person's account back into use, with the grants that still hold. */
export const reactivateStaff = (platform: Platform, editor: Editor, staffId: number, version: number | null) =>
  changeStaff(platform, editor, staffId, version, "reactivated", async (tx, person, nowMs) => {
    const tree = await currentTree(platform);
    if (!tree.unit(person.homeUnitId)?.active) return refuse("identity.unit-unknown", { unit: person.homeUnitId });
    await applyStaff(tx, staffId, { active: true }, nowMs);
    return null;
  });
