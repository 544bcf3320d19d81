// bihuan audit · bihuan digest sign | export | verify · bihuan erase-personal
import { readFile } from "node:fs/promises";
import { z } from "zod";
import { isRefusal } from "@bihuan/core/refusal.ts";
import { atCommandLine, recordAccess } from "../../identity/access-log/commands.ts";
import { audit } from "../../work-order/audit/audit.ts";
import { exportDigests, signDay, verifyDigests } from "../../work-order/audit/digest.ts";
import { signingKey, trustedKeys, trustKey } from "../../work-order/audit/digest-keys.ts";
import { keptBeside } from "../../erasing.ts";
import { erasePersonalData } from "../../work-order/commands/erase.ts";
import { orderPorts } from "../../work-order/ports.ts";
import { type Command, CommandError, defineCommand } from "../command.ts";
import { refused } from "../refused.ts";

export const auditCommand: Command = defineCommand({
  path: ["audit"],
  summary: { zh: "审计：逐单重放、比对并校验哈希链", en: "Audit: fold every order, compare, verify the hash chains" },
  details: {
    zh: "列出全部不一致之处，不作任何修改。有不一致时退出码为 1。",
    en: "Lists every violation and changes nothing. Exit code 1 where there is any.",
  },
  async run({ platform, format, language, stdout, stderr }) {
    const result = await audit(platform.db, orderPorts(platform), {
      trusted: trustedKeys(platform.config.dataFolder),
      onProgress(orders) {
        if (format === "text" && orders % 10_000 === 0) stderr.write(`${orders}\n`);
      },
    });
    if (format === "json") stdout.write(`${JSON.stringify(result, null, 2)}\n`);
    else {
      for (const { orderId, invariant, detail } of result.violations)
        stdout.write(`${orderId ?? "—"}\t${invariant}\t${detail}\n`);
      stdout.write(
        language === "zh"
          ? `工单 ${result.orders}，事件 ${result.events}，日摘要 ${result.digests}；不一致 ${result.violations.length} 处\n`
          : `${result.orders} orders, ${result.events} events, ${result.digests} digests; ${result.violations.length} violations\n`,
      );
    }
    return result.violations.length > 0 ? 1 : 0;
  },
});

const day = (text: string | undefined, name: string): string => {
  if (text === undefined || !/^\d{4}-\d{2}-\d{2}$/.test(text))
    throw new CommandError({ zh: `--${name} 须为 YYYY-MM-DD`, en: `--${name} must be YYYY-MM-DD` }, 2);
  return text;
};

export const signDigest: Command = defineCommand({
  path: ["digest", "sign"],
  summary: { zh: "为某日（UTC）的全部链首签名", en: "Sign the heads of a finished day (UTC)" },
  details: {
    zh: "运行中的服务每天自动签名；此命令用于补签。已签名的日子保持不变，当日没有工单事件的地市不签。",
    en: "A running server signs each day by itself; this makes up for a day it missed. Days already signed stay as they are, a region without order events on the day gets none.",
  },
  options: { day: { type: "string", value: "YYYY-MM-DD", description: { zh: "日期", en: "The day" } } },
  async run({ platform, options, format, language, stdout }) {
    const wanted = day(options.day, "day");
    const nowMs = platform.time.nowMs();
    if (Date.parse(`${wanted}T24:00:00Z`) > nowMs)
      throw new CommandError({ zh: `${wanted} 尚未结束`, en: `${wanted} is not over` });
    const made = await signDay(platform.db, signingKey(platform.config.dataFolder), wanted, nowMs);
    await recordAccess(platform.db, nowMs, atCommandLine, {
      action: "DIGEST_SIGNED",
      recordKind: "digest",
      recordId: wanted,
      facts: { digests: made.length },
    });
    if (format === "json") stdout.write(`${JSON.stringify(made)}\n`);
    else {
      for (const one of made) stdout.write(`${one.day}\t${one.regionId}\t${one.orders}\t${one.digest}\n`);
      stdout.write(language === "zh" ? `新签名 ${made.length} 份\n` : `${made.length} newly signed\n`);
    }
    return 0;
  },
});

export const exportDigest: Command = defineCommand({
  path: ["digest", "export"],
  summary: { zh: "导出已签名的日摘要（JSON）", en: "Export the signed digests as JSON, to be kept elsewhere" },
  options: {
    from: { type: "string", value: "YYYY-MM-DD", default: "2000-01-01", description: { zh: "起始日", en: "First day" } },
    to: { type: "string", value: "YYYY-MM-DD", default: "2999-12-31", description: { zh: "截止日", en: "Last day" } },
  },
  async run({ platform, options, stdout }) {
    const [from, to] = [day(options.from, "from"), day(options.to, "to")];
    const digests = await exportDigests(platform.db, from, to);
    await recordAccess(platform.db, platform.time.nowMs(), atCommandLine, {
      action: "DIGEST_EXPORTED",
      recordKind: "digest",
      facts: { from, to, digests: digests.length },
    });
    stdout.write(`${JSON.stringify(digests, null, 2)}\n`);
    return 0;
  },
});

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const Exported = z.array(
  z.object({
    regionId: z.int(),
    day: z.iso.date(),
    orders: z.int(),
    number: z.int(),
    previous: z.hex().nullable(),
    digest: z.hex(),
    signature: z.hex(),
    publicKey: z.base64(),
  }),
);

export const verifyDigest: Command = defineCommand({
  path: ["digest", "verify"],
  summary: { zh: "用导出的日摘要核对数据库", en: "Hold the database against digests that were exported" },
  positionals: [{ name: "FILE", description: { zh: "导出的文件", en: "The exported file" } }],
  details: {
    zh: "逐份核对签名与链首，列出缺少、改写之处。有不一致时退出码为 1。",
    en: "Checks every signature and head, and lists what is missing or was rewritten. Exit code 1 where there is any.",
  },
  async run({ platform, positionals, resolve, format, language, stdout }) {
    const parsed = Exported.safeParse(jsonOf(await readFile(resolve(positionals[0] ?? ""), "utf8")));
    if (!parsed.success) throw new CommandError({ zh: "文件不是导出的日摘要", en: "The file does not hold exported digests" });
    const result = await verifyDigests(platform.db, trustedKeys(platform.config.dataFolder), parsed.data);
    if (format === "json") stdout.write(`${JSON.stringify(result, null, 2)}\n`);
    else {
      for (const { detail } of result.violations) stdout.write(`${detail}\n`);
      stdout.write(
        language === "zh"
          ? `核对 ${result.checked} 份日摘要；不一致 ${result.violations.length} 处\n`
          : `${result.checked} digests checked; ${result.violations.length} violations\n`,
      );
    }
    return result.violations.length > 0 ? 1 : 0;
  },
});

export const trustDigestKey: Command = defineCommand({
  path: ["digest", "trust"],
  summary: { zh: "信任另一把摘要签名公钥", en: "Trust another key's signatures of digests" },
  positionals: [{ name: "KEY", description: { zh: "公钥（审计报告中给出）", en: "The public key, as the audit names it" } }],
  details: {
    zh: "恢复到新机器之后、或几台服务器各有签名密钥时使用。先与原机器上的公钥核对，再信任。",
    en: "After a restore to another machine, or where several servers have keys of their own. Compare it with the key on that machine first.",
  },
  async run({ platform, positionals, language, stdout }) {
    const publicKey = positionals[0] ?? "";
    if (!trustKey(platform.config.dataFolder, publicKey))
      throw new CommandError({ zh: "这不是公钥", en: "This is not a public key" });
    await recordAccess(platform.db, platform.time.nowMs(), atCommandLine, {
      action: "DIGEST_KEY_TRUSTED",
      recordKind: "digest",
      facts: { publicKey },
    });
    stdout.write(language === "zh" ? "已信任\n" : "Trusted\n");
    return 0;
  },
});

export const erasePersonal: Command = defineCommand({
  path: ["erase-personal"],
  summary: { zh: "清除某工单的个人信息（哈希链保持有效）", en: "Erase an order's personal data; its hash chain stays valid" },
  positionals: [{ name: "ORDER", description: { zh: "工单号", en: "Order id" } }],
  options: {
    reason: { type: "string", value: "TEXT", description: { zh: "原因（记入访问日志）", en: "Why; kept in the access log" } },
  },
  async run({ platform, positionals, options, stdout, format, language }) {
    const result = await erasePersonalData(
      platform,
      (positionals[0] ?? "").replaceAll("-", ""),
      options.reason ?? "",
      keptBeside,
    );
    if (isRefusal(result)) throw refused(result);
    stdout.write(
      format === "json"
        ? `${JSON.stringify(result)}\n`
        : language === "zh"
          ? `已清除 ${result.erased} 条记录中的个人信息\n`
          : `Personal data erased from ${result.erased} records\n`,
    );
    return 0;
  },
});
