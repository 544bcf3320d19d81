import { stat } from "node:fs/promises";
import manifest from "../../../package.json" with { type: "json" };
import { atCommandLine, recordAccess } from "../../identity/access-log/commands.ts";
import { backup } from "../../platform/archive/backup.ts";
import { CommandError, defineCommand } from "../command.ts";

export const backupCommand = defineCommand({
  path: ["backup"],
  summary: { zh: "把全部数据与附件备份为一个文件", en: "Back everything up into one file, attachments included" },
  details: {
    zh: "取同一时刻的一致快照，备份期间照常办公。文件为 .tar.gz，含个人信息，仅属主可读，请妥善保管。",
    en: "Takes a consistent snapshot of one instant while work goes on. The file is a .tar.gz; it holds personal data and is readable by its owner only: keep it safe.",
  },
  positionals: [{ name: "FILE", description: { zh: "要写的文件，不得已存在", en: "The file to write; it must not exist" } }],
  async run({ platform, positionals, resolve, format, language, stdout, stderr }) {
    const file = resolve(positionals[0] ?? "");
    if (await stat(file).catch(() => null))
      throw new CommandError({ zh: `文件已存在：${file}`, en: `The file exists already: ${file}` });
    const { db, config, time } = platform;
    // Before the first byte: nothing is carried away unrecorded, not even by a backup that is broken off.
    await recordAccess(db, time.nowMs(), atCommandLine, { action: "BACKED_UP", recordKind: "backup", facts: { file } });
    const totals = await backup({
      db,
      file,
      attachmentFolder: config.attachmentFolder,
      product: manifest.version,
      nowMs: time.nowMs(),
      onTable: (name, rows) => void stderr.write(`${name} ${rows}\n`),
    });
    const result = {
      file,
      tables: totals.tables.length,
      rows: totals.tables.reduce((sum, { rows }) => sum + rows, 0),
      attachments: totals.attachments.length,
      bytes: (await stat(file)).size,
    };
    const text = {
      zh: `已备份 ${result.rows} 行、${result.attachments} 个附件：${file}（${result.bytes} 字节）`,
      en: `Backed up ${result.rows} rows and ${result.attachments} attachments: ${file} (${result.bytes} bytes)`,
    };
    stdout.write(`${format === "json" ? JSON.stringify(result) : text[language]}\n`);
    return 0;
  },
});
