// How the identity commands find people and units, and tell what they did.
import type { Bilingual } from "@bihuan/contract/text.ts";
import { compileZone } from "@bihuan/core/calendar/zone.ts";
import { localInstant } from "@bihuan/core/clock/duration-text.ts";
import type { ImportResult } from "@bihuan/contract/identity-organisation.ts";
import type { IssuedPassword } from "@bihuan/contract/identity-staff.ts";
import type { Unit } from "@bihuan/core/identity/organisation.ts";
import { Role, roleDefinitions, roles } from "@bihuan/core/identity/roles.ts";
import { refuse } from "@bihuan/core/refusal.ts";
import type { z } from "zod";
import { currentTree } from "../../identity/organisation/tree.ts";
import { accountKey } from "../../identity/sign-in/attempts.ts";
import type { NewGrant } from "../../identity/staff/grants.ts";
import { staffByAccounts } from "../../identity/staff/queries.ts";
import type { Platform } from "../../platform/platform.ts";
import { CommandError, type CommandIo } from "../command.ts";
import { refused } from "../refused.ts";

/** A missing option, told as a wrong call. */
export function required(value: string | undefined, name: string): string {
  if (value === undefined) throw new CommandError({ zh: `缺少 --${name}`, en: `--${name} is missing` }, 2);
  return value;
}

/** The unit of a code. */
export async function unitOfCode(platform: Platform, code: string): Promise<Unit> {
  const unit = (await currentTree(platform)).byCode(code);
  if (!unit) throw refused(refuse("identity.unit-unknown", { unit: code }));
  return unit;
}

/** The id of an account's person. */
export async function staffOfAccount(platform: Platform, account: string): Promise<number> {
  const [person] = await staffByAccounts(platform.db, [accountKey(account)]);
  if (!person) throw new CommandError({ zh: `没有账号 ${account}`, en: `there is no account ${account}` });
  return person.staffId;
}

const listed = (language: "zh" | "en"): string =>
  roles.map((role) => `${role} ${roleDefinitions[role].title[language]}`).join(language === "zh" ? "、" : ", ");
/** The roles by their codes, for the help of commands that grant some. */
export const roleHelp: Bilingual = { zh: `角色：${listed("zh")}。`, en: `Roles: ${listed("en")}.` };

/** An instant as it is read on the root unit's wall, such as 2026-11-27 22:31. */
export async function wallTime(platform: Platform, iso: string): Promise<string> {
  const tree = await currentTree(platform);
  const { date, time } = localInstant(compileZone(tree.zoneOf(tree.root.unitId)), Date.parse(iso));
  return `${date} ${time}`;
}
/** "valid until …", as one-time passwords and keys tell it. */
export const validUntil = async (platform: Platform, language: "zh" | "en", iso: string): Promise<string> =>
  language === "zh" ? `有效至 ${await wallTime(platform, iso)}` : `valid until ${await wallTime(platform, iso)}`;

/** `ROLE@UNIT` as the options write it. */
export async function grantOf(platform: Platform, text: string): Promise<NewGrant> {
  const [name = "", code = ""] = text.split("@");
  const role = Role.safeParse(name.toUpperCase()).data;
  if (!role || !code)
    throw new CommandError(
      { zh: `${text}：应为 角色@单位编码；${roleHelp.zh}`, en: `${text}: expected ROLE@UNIT. ${roleHelp.en}` },
      2,
    );
  return { role, unitId: (await unitOfCode(platform, code)).unitId, fromMs: null, toMs: null };
}

/** Tells an import's result: problems one a line on standard error. Out: the exit code. */
export function tellImport({ stdout, stderr, format, language }: CommandIo, result: ImportResult): number {
  if (format === "json") stdout.write(`${JSON.stringify(result)}\n`);
  else {
    for (const { line, column, reason } of result.problems)
      stderr.write(
        `${language === "zh" ? `第 ${line} 行` : `line ${line}`}${column ? `, ${column}` : ""}: ${reason[language]}\n`,
      );
    const { created, changed, unchanged, applied } = result;
    const counts =
      language === "zh"
        ? `新建 ${created}，更新 ${changed}，不变 ${unchanged}`
        : `${created} created, ${changed} changed, ${unchanged} unchanged`;
    const outcome = applied ? "" : language === "zh" ? "（未保存）" : " (nothing was saved)";
    stdout.write(`${counts}${outcome}\n`);
  }
  return result.problems.length > 0 ? 1 : 0;
}

/** Tells one-time passwords, which are shown this once. */
export async function tellPasswords(
  { platform, stdout, format, language }: CommandIo & { readonly platform: Platform },
  issued: readonly z.input<typeof IssuedPassword>[],
): Promise<void> {
  if (format === "json") stdout.write(`${JSON.stringify(issued)}\n`);
  else
    for (const { account, oneTimePassword, expiresAt } of issued)
      stdout.write(`${account}  ${oneTimePassword}  ${await validUntil(platform, language, expiresAt)}\n`);
}
