// bihuan staff grant | reset-password | unlock: what lets people in, for whoever has the machine: the way back when the last
// security administrator has forgotten the password.
import { isRefusal } from "@bihuan/core/refusal.ts";
import { commandLine } from "../../identity/editor.ts";
import { issuePasswords, unlockStaff } from "../../identity/staff/entry.ts";
import { grantRoles } from "../../identity/staff/grants.ts";
import { defineCommand } from "../command.ts";
import { grantOf, roleHelp, staffOfAccount, tellPasswords } from "./identity-output.ts";
import { refused } from "../refused.ts";

const account = { name: "ACCOUNT", description: { zh: "账号", en: "Account" } } as const;

export const staffGrant = defineCommand({
  path: ["staff", "grant"],
  summary: { zh: "授予角色", en: "Grant roles" },
  details: {
    zh: `角色及于该单位及其全部下级。${roleHelp.zh}`,
    en: `A role reaches its unit and everything below. ${roleHelp.en}`,
  },
  positionals: [
    account,
    { name: "ROLE@UNIT", many: true, description: { zh: "角色@单位编码", en: "Role and code of the unit" } },
  ],
  async run({ platform, positionals: [name = "", ...texts] }) {
    const staffId = await staffOfAccount(platform, name);
    const grants = await Promise.all(texts.map((text) => grantOf(platform, text)));
    const refusal = await grantRoles(platform, commandLine, staffId, grants);
    if (refusal) throw refused(refusal);
    return 0;
  },
});

export const staffResetPassword = defineCommand({
  path: ["staff", "reset-password"],
  summary: { zh: "发放一次性密码", en: "Issue one-time passwords" },
  positionals: [{ ...account, many: true }],
  async run(call) {
    const staffIds = await Promise.all(call.positionals.map((name) => staffOfAccount(call.platform, name)));
    const issued = await issuePasswords(call.platform, commandLine, staffIds);
    if (isRefusal(issued)) throw refused(issued);
    await tellPasswords(call, issued);
    return 0;
  },
});

export const staffUnlock = defineCommand({
  path: ["staff", "unlock"],
  summary: { zh: "解锁账号", en: "Unlock an account" },
  positionals: [account],
  async run({ platform, positionals }) {
    const refusal = await unlockStaff(platform, commandLine, await staffOfAccount(platform, positionals[0] as string));
    if (refusal) throw refused(refusal);
    return 0;
  },
});
