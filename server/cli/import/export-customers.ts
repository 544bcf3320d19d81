// bihuan export customers: the customer list as a file, for people (Excel) and programs (CSV).
import { createWriteStream } from "node:fs";
import path from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { CustomerFilter } from "@bihuan/contract/customer.ts";
import type { Scope } from "@bihuan/core/identity/scope.ts";
import { isRefusal, refuse } from "@bihuan/core/refusal.ts";
import { exportCustomers } from "../../customer/table/export.ts";
import { customerTemplate } from "../../customer/table/template.ts";
import { atCommandLine } from "../../identity/access-log/commands.ts";
import { currentTree } from "../../identity/organisation/tree.ts";
import type { Download } from "../../platform/http/operations.ts";
import { type Command, CommandError, defineCommand } from "../command.ts";
import { refused } from "../refused.ts";

const formatOf = (file: string): "csv" | "xlsx" => {
  const extension = path.extname(file).toLowerCase();
  if (extension === ".csv" || extension === ".xlsx") return extension === ".csv" ? "csv" : "xlsx";
  throw new CommandError({ zh: "文件名须以 .csv 或 .xlsx 结尾", en: "The file's name must end in .csv or .xlsx" }, 2);
};

/** Writes a download to a file. Out: how many bytes. */
async function keep({ body }: Download, file: string): Promise<number> {
  const target = createWriteStream(file);
  await pipeline(typeof body === "string" || body instanceof Uint8Array ? Readable.from([body]) : body, target);
  return target.bytesWritten;
}

const file = { name: "FILE", description: { zh: "写入的 .csv 或 .xlsx 文件", en: "The .csv or .xlsx file to write" } };

export const exportCustomersCommand: Command = defineCommand({
  path: ["export", "customers"],
  summary: { zh: "导出客户清单（CSV 或 Excel）", en: "Export customers (CSV or Excel)" },
  details: {
    zh: "扩展名决定格式，表头与导入相同。个人信息脱敏；以 --unmask-reason 给出原因（记入访问日志）则写入完整内容，可直接再导入。",
    en: "The extension decides the format; the headings are those an import reads. Personal data are masked; with --unmask-reason, which is kept in the access log, they are written in full and the file can be imported again.",
  },
  positionals: [file],
  options: {
    unit: { type: "string", value: "CODE", description: { zh: "此单位及下级", en: "Only this unit and below" } },
    area: { type: "string", value: "CODE", description: { zh: "此台区", en: "Only this transformer area" } },
    "unmask-reason": {
      type: "string",
      value: "TEXT",
      description: { zh: "写入完整个人信息的原因", en: "Why personal data are written in full" },
    },
  },
  async run({ platform, positionals, options, language, format, stdout, resolve }) {
    const target = resolve(positionals[0] as string);
    const tree = await currentTree(platform);
    const unit = options.unit === undefined ? undefined : tree.byCode(options.unit);
    if (options.unit !== undefined && !unit) throw refused(refuse("identity.unit-unknown", { unit: options.unit }));
    // Whoever calls the product at its machine reads everything; the log says that it was the command line.
    const scope: Scope = {
      principal: { kind: "staff", id: 0, name: atCommandLine.name },
      homeUnitId: tree.root.unitId,
      grants: [{ role: "MANAGER", unitId: tree.root.unitId }],
    };
    const filter = CustomerFilter.parse({
      ...(unit && { unitId: unit.unitId }),
      ...(options.area !== undefined && { transformerAreaCode: options.area }),
    });
    const request = { format: formatOf(target), filter, language, unmaskReason: options["unmask-reason"] };
    const download = await exportCustomers(platform, { scope, tree }, request, atCommandLine);
    if (isRefusal(download)) throw refused(download);
    const bytes = await keep(download, target);
    stdout.write(
      format === "json"
        ? `${JSON.stringify({ file: target, bytes })}\n`
        : language === "zh"
          ? `已写入 ${target}（${bytes.toLocaleString("en")} 字节）\n`
          : `${target} written (${bytes.toLocaleString("en")} bytes)\n`,
    );
    return 0;
  },
});

export const customerTemplateCommand: Command = defineCommand({
  path: ["export", "customer-template"],
  summary: { zh: "写出客户导入模板", en: "Write a template for importing customers" },
  positionals: [file],
  async run({ platform, positionals, language, stdout, resolve }) {
    const target = resolve(positionals[0] as string);
    await keep(customerTemplate(formatOf(target), language, platform.time.nowMs()), target);
    stdout.write(`${target}\n`);
    return 0;
  },
});
