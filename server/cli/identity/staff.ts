// bihuan staff create | import | list: who exists.
import type { Bilingual } from "@bihuan/contract/text.ts";
import { Account } from "@bihuan/contract/identity-staff.ts";
import { isRefusal } from "@bihuan/core/refusal.ts";
import { readFile } from "node:fs/promises";
import { decodeText } from "../../platform/files/csv.ts";
import { commandLine } from "../../identity/editor.ts";
import { currentTree } from "../../identity/organisation/tree.ts";
import { createStaff } from "../../identity/staff/commands.ts";
import { issuePasswords } from "../../identity/staff/entry.ts";
import { grantRefusal, insertGrant } from "../../identity/staff/grants.ts";
import { importGrants, importStaff } from "../../identity/staff/import.ts";
import { staffPage, type StaffRow } from "../../identity/staff/queries.ts";
import { CommandError, defineCommand } from "../command.ts";
import { grantOf, required, roleHelp, tellImport, tellPasswords, unitOfCode } from "./identity-output.ts";
import { refused } from "../refused.ts";

const grantOption = {
  type: "string",
  multiple: true,
  value: "ROLE@UNIT",
  description: { zh: "授予的角色，可多次给出，如 HANDLER@HZ-C1", en: "A role to grant, may be repeated, such as HANDLER@HZ-C1" },
} as const;

export const staffCreate = defineCommand({
  path: ["staff", "create"],
  summary: { zh: "新建人员、授权并发放一次性密码", en: "Create a person, grant roles, issue a one-time password" },
  details: {
    zh: `须给出 --unit；角色及于该单位及其全部下级。${roleHelp.zh}`,
    en: `--unit is required. A role reaches its unit and everything below. ${roleHelp.en}`,
  },
  positionals: [{ name: "ACCOUNT", description: { zh: "账号", en: "Account" } }],
  options: {
    name: { type: "string", value: "NAME", description: { zh: "姓名", en: "Name" } },
    unit: { type: "string", value: "CODE", description: { zh: "所属单位编码", en: "Code of the home unit" } },
    grant: grantOption,
  },
  async run(call) {
    const { platform, options } = call;
    const account = Account.safeParse(call.positionals[0]).data;
    if (!account)
      throw new CommandError(
        { zh: "账号须为 2–40 个字母、数字、汉字或 . _ -", en: "an account has 2 to 40 letters, digits or . _ -" },
        2,
      );
    const home = await unitOfCode(platform, required(options.unit, "unit"));
    const grants = await Promise.all((options.grant ?? []).map((text) => grantOf(platform, text)));
    const person = { account, name: options.name ?? account, homeUnitId: home.unitId };
    const created = await createStaff(platform, commandLine, person, async (tx, staffId, nowMs) => {
      for (const grant of grants) {
        const refusal = await grantRefusal(platform, tx, commandLine, staffId, grant, nowMs);
        if (refusal) return refusal;
        await insertGrant(tx, commandLine, staffId, grant, nowMs);
      }
      return null;
    });
    if (isRefusal(created)) throw refused(created);
    const issued = await issuePasswords(platform, commandLine, [created.staffId]);
    if (isRefusal(issued)) throw refused(issued);
    await tellPasswords(call, issued);
    return 0;
  },
});

export const staffImport = defineCommand({
  path: ["staff", "import"],
  summary: { zh: "从 CSV 导入人员或授权", en: "Import people or grants from CSV" },
  details: {
    zh: `列：account（账号）、name（姓名）、unit_code（单位编码）；加 --grants 时为 account、role（角色）、unit_code。有任何问题则全部不导入（退出码 1）。密码另用 staff reset-password 发放。${roleHelp.zh}`,
    en: `Columns: account, name, unit_code; with --grants: account, role, unit_code. With any problem nothing is imported (exit code 1). Passwords are issued by staff reset-password. ${roleHelp.en}`,
  },
  positionals: [{ name: "FILE", description: { zh: "CSV 文件", en: "CSV file" } }],
  options: {
    grants: { type: "boolean", default: false, description: { zh: "文件内容为授权", en: "The file holds grants" } },
    "dry-run": { type: "boolean", default: false, description: { zh: "只检查，不保存", en: "Check only, keep nothing" } },
  },
  async run(call) {
    const csv = decodeText(await readFile(call.resolve(call.positionals[0] as string)));
    const importFile = call.options.grants ? importGrants : importStaff;
    return tellImport(call, await importFile(call.platform, commandLine, csv, call.options["dry-run"]));
  },
});

const passwordWords: Readonly<Record<StaffRow["passwordState"], Bilingual>> = {
  NONE: { zh: "尚无密码", en: "no password" },
  ONE_TIME: { zh: "一次性密码", en: "one-time password" },
  OWN: { zh: "已设密码", en: "password set" },
};

export const staffList = defineCommand({
  path: ["staff", "list"],
  summary: { zh: "列出人员及其角色", en: "List people and their roles" },
  options: { unit: { type: "string", value: "CODE", description: { zh: "只列此单位及下级", en: "Only this unit and below" } } },
  async run({ platform, options, stdout, format, language }) {
    const tree = await currentTree(platform);
    const unitId = options.unit === undefined ? undefined : (await unitOfCode(platform, options.unit)).unitId;
    const people: StaffRow[] = [];
    let cursor: string | undefined;
    do {
      const page = await staffPage(platform.db, null, tree, { unitId, cursor, limit: 200 }, platform.time.nowMs());
      people.push(...page.rows);
      cursor = page.next ?? undefined;
    } while (cursor);
    const code = (id: number) => tree.unit(id)?.code ?? "";
    if (format === "json") stdout.write(`${JSON.stringify(people)}\n`);
    else
      for (const { account, name, homeUnitId, active, passwordState, roles } of people)
        stdout.write(
          `${account}  ${name}  ${code(homeUnitId)}  ${roles.map((grant) => `${grant.role}@${code(grant.unitId)}`).join(" ")}  ${passwordWords[passwordState][language]}${active ? "" : language === "zh" ? "  已停用" : "  ended"}\n`,
        );
    return 0;
  },
});
