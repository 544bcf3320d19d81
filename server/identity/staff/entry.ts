// What lets people in the first time or after they forgot: issued by security administrators, shown once, changed at sign-in.
import type { IssuedPassword } from "@bihuan/contract/identity-staff.ts";
import { isRefusal, type Refusal, refuse } from "@bihuan/core/refusal.ts";
import type { z } from "zod";
import type { Tx } from "../../platform/database.ts";
import type { Platform } from "../../platform/platform.ts";
import { instant } from "../../platform/sql.ts";
import { recordAccess } from "../access-log/commands.ts";
import { type Editor, holdsAt, outside, staffIdOf } from "../editor.ts";
import { forgetSessions } from "../memory.ts";
import { currentTree } from "../organisation/tree.ts";
import { policyOf } from "../policy.ts";
import { unlock } from "../sign-in/attempts.ts";
import { endSessions, setPassword } from "../sign-in/commands.ts";
import { hashPassword, oneTimePassword } from "../sign-in/passwords.ts";
import { staffById, staffByIds, type StaffRow } from "./queries.ts";

type Issued = z.input<typeof IssuedPassword>;

/**
 * Issues one-time passwords, to all of the people or to none. Their sessions end and their locks are taken away. Out: the
 * passwords, which are known nowhere else.
 */
export async function issuePasswords(
  platform: Platform,
  editor: Editor,
  staffIds: readonly number[],
): Promise<Issued[] | Refusal> {
  const tree = await currentTree(platform);
  const nowMs = platform.time.nowMs();
  const people = await staffByIds(platform.db, [...new Set(staffIds)], nowMs);
  const issueRefusal = (person: StaffRow): Refusal | null => {
    if (!holdsAt(editor, tree, "staff.read", person.homeUnitId)) return refuse("request.not-found");
    if (staffIdOf(editor) === person.staffId) return refuse("identity.not-to-oneself");
    if (!person.active) return refuse("identity.staff-inactive");
    return outside(editor, tree, "password.issue", person.homeUnitId);
  };
  for (const staffId of staffIds) {
    const person = people.find((each) => each.staffId === staffId);
    const refused = person ? issueRefusal(person) : refuse("request.not-found");
    if (refused) return refused;
  }
  const expiresAtMs = nowMs + policyOf(platform).oneTimePasswordMs;
  const issued = await Promise.all(
    people.map(async (person) => {
      const password = oneTimePassword();
      return { person, password, hash: await hashPassword(password) };
    }),
  );
  await platform.db.transaction(async (tx) => {
    for (const { person, hash } of issued) {
      await setPassword(tx, person.staffId, hash, nowMs, expiresAtMs);
      await endSessions(platform, tx, person.staffId, nowMs, staffIdOf(editor));
      await unlock(tx, "account", person.account);
    }
    await recordAccess(
      tx,
      nowMs,
      editor.actor,
      issued.map(({ person }) => ({ action: "PASSWORD_ISSUED", recordKind: "staff", recordId: person.staffId })),
    );
  });
  forgetSessions(platform.db);
  return issued.map(({ person, password }) => ({
    staffId: person.staffId,
    account: person.account,
    name: person.name,
    oneTimePassword: password,
    expiresAt: instant(expiresAtMs),
  }));
}

/** A person the editor may see and, by the permission, act on; otherwise why not. */
async function reachable(
  platform: Platform,
  tx: Tx,
  editor: Editor,
  staffId: number,
  permission: "account.unlock" | "session.revoke",
  nowMs: number,
): Promise<StaffRow | Refusal> {
  const tree = await currentTree(platform);
  const person = await staffById(tx, staffId, nowMs);
  return person && holdsAt(editor, tree, permission, person.homeUnitId) ? person : refuse("request.not-found");
}

/** Takes away the lock of a person's account. */
export async function unlockStaff(platform: Platform, editor: Editor, staffId: number): Promise<Refusal | null> {
  const nowMs = platform.time.nowMs();
  return platform.db.transaction(async (tx) => {
    const person = await reachable(platform, tx, editor, staffId, "account.unlock", nowMs);
    if (isRefusal(person)) return person;
    if (staffIdOf(editor) === staffId) return refuse("identity.not-to-oneself");
    if (await unlock(tx, "account", person.account))
      await recordAccess(tx, nowMs, editor.actor, { action: "UNLOCKED", recordKind: "staff", recordId: staffId });
    return null;
  });
}

/** Ends a person's sessions, all or one. Out: how many ended. */
export async function revokeStaffSessions(
  platform: Platform,
  editor: Editor,
  staffId: number,
  sessionId: number | null,
): Promise<number | Refusal> {
  const nowMs = platform.time.nowMs();
  const result = await platform.db.transaction(async (tx) => {
    const person = await reachable(platform, tx, editor, staffId, "session.revoke", nowMs);
    if (isRefusal(person)) return person;
    const ended = await endSessions(
      platform,
      tx,
      staffId,
      nowMs,
      staffIdOf(editor),
      sessionId === null ? {} : { only: sessionId },
    );
    if (ended > 0)
      await recordAccess(tx, nowMs, editor.actor, {
        action: "SESSION_REVOKED",
        recordKind: "staff",
        recordId: staffId,
        facts: { sessions: ended },
      });
    return ended;
  });
  forgetSessions(platform.db);
  return result;
}
