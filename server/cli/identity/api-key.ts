// bihuan api-key create | list | revoke: keys for integrations.
import { isRefusal } from "@bihuan/core/refusal.ts";
import { createApiKey, revokeApiKey } from "../../identity/api-key/commands.ts";
import { apiKeysWithin } from "../../identity/api-key/queries.ts";
import { commandLine } from "../../identity/editor.ts";
import { currentTree } from "../../identity/organisation/tree.ts";
import { instant } from "../../platform/sql.ts";
import { CommandError, defineCommand } from "../command.ts";
import { grantOf, required, roleHelp, unitOfCode, validUntil } from "./identity-output.ts";
import { refused } from "../refused.ts";

const DAY_MS = 86_400_000;

export const apiKeyCreate = defineCommand({
  path: ["api-key", "create"],
  summary: { zh: "新建接口密钥", en: "Create an API key" },
  details: {
    zh: `须给出 --unit 与 --grant；密钥只显示这一次。${roleHelp.zh}管理员角色不能授予密钥。`,
    en: `--unit and --grant are required; the key is shown this once. ${roleHelp.en} Keys hold no administrator's role.`,
  },
  positionals: [{ name: "NAME", description: { zh: "名称，如 12345 热线平台", en: "Name, such as 12345 platform" } }],
  options: {
    unit: { type: "string", value: "CODE", description: { zh: "所属单位编码", en: "Code of the unit it belongs to" } },
    grant: {
      type: "string",
      multiple: true,
      value: "ROLE@UNIT",
      description: { zh: "角色@单位编码，可多次给出", en: "Role and unit, may be repeated" },
    },
    days: { type: "string", value: "DAYS", default: "365", description: { zh: "有效天数", en: "Days it is valid" } },
  },
  async run({ platform, options, positionals, stdout, format, language }) {
    const days = Number(options.days);
    if (!Number.isInteger(days) || days < 1)
      throw new CommandError({ zh: "--days 应为正整数", en: "--days: expected a whole number of days" }, 2);
    const { unitId } = await unitOfCode(platform, required(options.unit, "unit"));
    const grants = await Promise.all((options.grant ?? []).map((text) => grantOf(platform, text)));
    if (grants.length === 0) throw new CommandError({ zh: "缺少 --grant", en: "--grant is missing" }, 2);
    const expiresAtMs = platform.time.nowMs() + days * DAY_MS;
    const created = await createApiKey(platform, commandLine, { name: positionals[0] as string, unitId, grants, expiresAtMs });
    if (isRefusal(created)) throw refused(created);
    stdout.write(
      format === "json"
        ? `${JSON.stringify({ ...created, expiresAt: instant(expiresAtMs) })}\n`
        : `${created.apiKeyId}  ${created.secret}  ${await validUntil(platform, language, instant(expiresAtMs))}\n`,
    );
    return 0;
  },
});

export const apiKeyList = defineCommand({
  path: ["api-key", "list"],
  summary: { zh: "列出接口密钥", en: "List API keys" },
  async run({ platform, stdout, format, language }) {
    const tree = await currentTree(platform);
    const keys = await apiKeysWithin(platform.db, null, tree);
    if (format === "json") stdout.write(`${JSON.stringify(keys)}\n`);
    else
      for (const { apiKeyId, name, prefix, grants, expiresAtMs, revokedAtMs } of keys) {
        const roles = grants.map((grant) => `${grant.role}@${tree.unit(grant.unitId)?.code ?? ""}`).join(" ");
        const revoked = revokedAtMs === null ? "" : language === "zh" ? "  已注销" : "  revoked";
        const expires = await validUntil(platform, language, instant(expiresAtMs));
        stdout.write(`${apiKeyId}  ${prefix}…  ${name}  ${roles}  ${expires}${revoked}\n`);
      }
    return 0;
  },
});

export const apiKeyRevoke = defineCommand({
  path: ["api-key", "revoke"],
  summary: { zh: "注销接口密钥", en: "Revoke an API key" },
  positionals: [{ name: "ID", description: { zh: "密钥编号", en: "Number of the key" } }],
  async run({ platform, positionals }) {
    const apiKeyId = Number(positionals[0]);
    if (!Number.isInteger(apiKeyId) || apiKeyId < 1 || apiKeyId > 2_147_483_647)
      throw new CommandError({ zh: "编号应为正整数", en: "expected the number of a key" }, 2);
    const refusal = await revokeApiKey(platform, commandLine, apiKeyId);
    if (refusal) throw refused(refusal);
    return 0;
  },
});
