import type { Bilingual } from "@bihuan/contract/text.ts";
import { stat } from "node:fs/promises";
import { atCommandLine, recordAccess } from "../../identity/access-log/commands.ts";
import { RestoreError, restore } from "../../platform/archive/restore.ts";
import { CommandError, defineCommand } from "../command.ts";

const reasons: Record<RestoreError["reason"], Bilingual> = {
  "not-empty": {
    zh: "数据库不是空的，未作任何更改。请用 BIHUAN_DATA 或 DATABASE_URL 指向一个空数据库。",
    en: "The database is not empty; nothing was changed. Point BIHUAN_DATA or DATABASE_URL to an empty one.",
  },
  "attachments-present": {
    zh: "附件目录不是空的，未作任何更改。请用 BIHUAN_ATTACHMENTS 指向一个空目录。",
    en: "The attachment folder is not empty; nothing was changed. Point BIHUAN_ATTACHMENTS to an empty one.",
  },
  damaged: {
    zh: "备份文件损坏或不完整，数据库保持为空。",
    en: "The backup is damaged or incomplete; the database was left empty.",
  },
  "other-version": {
    zh: "备份来自另一版本，数据库保持为空。请用同一版本恢复，之后再升级。",
    en: "The backup comes from another version; the database was left empty. Restore it with that version, then upgrade.",
  },
};

export const restoreCommand = defineCommand({
  path: ["restore"],
  summary: { zh: "把备份恢复到一个空数据库", en: "Bring a backup back into an empty database" },
  details: {
    zh: "全部恢复或完全不恢复：每张表的行数与校验和都一致后才提交。恢复后请运行 bihuan audit。",
    en: "All or nothing: it is committed only when every count and checksum agrees. Run `bihuan audit` afterwards.",
  },
  positionals: [{ name: "FILE", description: { zh: "由 bihuan backup 写的文件", en: "A file written by `bihuan backup`" } }],
  database: "as-found",
  async run({ platform, positionals, resolve, format, language, stdout, stderr }) {
    const file = resolve(positionals[0] ?? "");
    if (!(await stat(file).catch(() => null)))
      throw new CommandError({ zh: `没有这个文件：${file}`, en: `No such file: ${file}` });
    const { db, config, time } = platform;
    try {
      const totals = await restore({
        db,
        file,
        attachmentFolder: config.attachmentFolder,
        onTable: (name, rows) => void stderr.write(`${name} ${rows}\n`),
      });
      const result = {
        tables: totals.tables.length,
        rows: totals.tables.reduce((sum, { rows }) => sum + rows, 0),
        attachments: totals.attachments.length,
      };
      const { rows, attachments } = result;
      await recordAccess(db, time.nowMs(), atCommandLine, {
        action: "RESTORED",
        recordKind: "backup",
        facts: { file, rows, attachments },
      });
      const text = {
        zh: `已恢复 ${result.rows} 行、${result.attachments} 个附件`,
        en: `Restored ${result.rows} rows and ${result.attachments} attachments`,
      };
      stdout.write(`${format === "json" ? JSON.stringify(result) : text[language]}\n`);
      return 0;
    } catch (error) {
      if (!(error instanceof RestoreError)) throw error;
      const { zh, en } = reasons[error.reason];
      throw new CommandError({ zh: `${zh}（${error.message}）`, en: `${en} (${error.message})` });
    }
  },
});
