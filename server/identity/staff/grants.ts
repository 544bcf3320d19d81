// Roles at units: given and taken by security administrators, never to or from themselves.
import { administratorRoles, type Role, separationRefusal } from "@bihuan/core/identity/roles.ts";
import { type Refusal, refuse } from "@bihuan/core/refusal.ts";
import type { Tx } from "../../platform/database.ts";
import type { Platform } from "../../platform/platform.ts";
import { instant, instantOrNull, sql } from "../../platform/sql.ts";
import { recordAccess } from "../access-log/commands.ts";
import { allOrNothing } from "../all-or-nothing.ts";
import { type Editor, holdsAt, outside, staffIdOf } from "../editor.ts";
import { forgetSessions } from "../memory.ts";
import { currentTree } from "../organisation/tree.ts";
import { announceRights } from "./commands.ts";
import { grantsOf, heldByAnother, staffById } from "./queries.ts";

export type NewGrant = {
  readonly role: Role;
  readonly unitId: number /** Null: from now on. */;
  readonly fromMs: number | null /** Null: until withdrawn. */;
  readonly toMs: number | null;
};

/** A grant that begins or ends a working life away is a slip of the pen. */
const FARTHEST_MS = 50 * 366 * 86_400_000;

/** Why the grant cannot be given, or null, in the transaction that will give it. The person's row must be locked. */
export async function grantRefusal(
  platform: Platform,
  tx: Tx,
  editor: Editor,
  staffId: number,
  grant: NewGrant,
  nowMs: number,
): Promise<Refusal | null> {
  const tree = await currentTree(platform);
  const person = await staffById(tx, staffId, nowMs);
  if (!person || !holdsAt(editor, tree, "staff.read", person.homeUnitId)) return refuse("request.not-found");
  if (!person.active) return refuse("identity.staff-inactive");
  if (staffIdOf(editor) === staffId) return refuse("identity.not-to-oneself");
  if (!tree.unit(grant.unitId)?.active) return refuse("identity.unit-unknown", { unit: grant.unitId });
  const refused = outside(editor, tree, "role.grant", person.homeUnitId) ?? outside(editor, tree, "role.grant", grant.unitId);
  if (refused) return refused;
  const fromMs = grant.fromMs ?? nowMs;
  if (Math.abs(fromMs - nowMs) > FARTHEST_MS || (grant.toMs ?? nowMs) - nowMs > FARTHEST_MS)
    return refuse("identity.grant-period");
  if (grant.toMs !== null && grant.toMs <= Math.max(fromMs, nowMs)) return refuse("identity.grant-period");
  const held = await grantsOf(tx, staffId, nowMs);
  const separate = separationRefusal(
    held.map((each) => each.role),
    grant.role,
  );
  if (separate) return separate;
  const overlaps = held.some(
    (each) =>
      each.role === grant.role &&
      each.unitId === grant.unitId &&
      each.validFromMs < (grant.toMs ?? Number.POSITIVE_INFINITY) &&
      fromMs < (each.validToMs ?? Number.POSITIVE_INFINITY),
  );
  return overlaps ? refuse("identity.grant-exists") : null;
}

/** Writes a grant that was checked, and records it. */
export async function insertGrant(tx: Tx, editor: Editor, staffId: number, grant: NewGrant, nowMs: number): Promise<void> {
  await tx.run(sql`
    insert into role_grant (staff_id, role, unit_id, valid_from, valid_to, granted_by, granted_at)
    values (${staffId}, ${grant.role}, ${grant.unitId}, ${instant(grant.fromMs ?? nowMs)}, ${instantOrNull(grant.toMs)}, ${staffIdOf(editor)}, ${instant(nowMs)})`);
  await recordAccess(tx, nowMs, editor.actor, {
    action: "ROLE_GRANTED",
    recordKind: "staff",
    recordId: staffId,
    facts: { role: grant.role, unit: grant.unitId, to: instantOrNull(grant.toMs) },
  });
}

/** Gives a person roles at units, all of them or none. */
export async function grantRoles(
  platform: Platform,
  editor: Editor,
  staffId: number,
  grants: readonly NewGrant[],
): Promise<Refusal | null> {
  const nowMs = platform.time.nowMs();
  const refusal = await allOrNothing(platform.db, async (tx) => {
    await tx.run(sql`select from staff where staff_id = ${staffId} for update`);
    for (const grant of grants) {
      const refused = await grantRefusal(platform, tx, editor, staffId, grant, nowMs);
      if (refused) return refused;
      await insertGrant(tx, editor, staffId, grant, nowMs);
    }
    await announceRights(platform, tx, staffId);
    return null;
  });
  forgetSessions(platform.db);
  return refusal;
}

/** Ends a grant now. The last administrator of a kind at the root stays. */
export async function withdrawGrant(
  platform: Platform,
  editor: Editor,
  staffId: number,
  grantId: number,
): Promise<Refusal | null> {
  const tree = await currentTree(platform);
  const nowMs = platform.time.nowMs();
  const refusal = await platform.db.transaction(async (tx) => {
    await tx.run(sql`lock table role_grant in share row exclusive mode`);
    const person = await staffById(tx, staffId, nowMs);
    const grant = (await grantsOf(tx, staffId, nowMs)).find((each) => each.grantId === grantId);
    if (!person || !grant || !holdsAt(editor, tree, "staff.read", person.homeUnitId)) return refuse("request.not-found");
    if (staffIdOf(editor) === staffId) return refuse("identity.not-to-oneself");
    const refused = outside(editor, tree, "role.grant", person.homeUnitId) ?? outside(editor, tree, "role.grant", grant.unitId);
    if (refused) return refused;
    const administers = administratorRoles.find((role) => role === grant.role);
    const atRoot = grant.unitId === tree.root.unitId;
    if (administers && atRoot && person.active && !(await heldByAnother(tx, administers, grant.unitId, staffId, nowMs)))
      return refuse("identity.last-administrator", { role: administers });
    await tx.run(sql`
      update role_grant set valid_to = greatest(valid_from, ${instant(nowMs)}), withdrawn_by = ${staffIdOf(editor)}, withdrawn_at = ${instant(nowMs)}
      where grant_id = ${grantId}`);
    await recordAccess(tx, nowMs, editor.actor, {
      action: "ROLE_WITHDRAWN",
      recordKind: "staff",
      recordId: staffId,
      facts: { role: grant.role, unit: grant.unitId },
    });
    await announceRights(platform, tx, staffId);
    return null;
  });
  forgetSessions(platform.db);
  return refusal;
}
