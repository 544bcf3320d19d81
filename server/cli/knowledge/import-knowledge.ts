// bihuan knowledge import: takes over articles from files, for a unit whose approvers then decide about each.
import { readFile } from "node:fs/promises";
import { atCommandLine } from "../../identity/access-log/commands.ts";
import { importArticles } from "../../knowledge/import/import-articles.ts";
import { type FileProblem, parseArticles, type WrittenArticle } from "../../knowledge/import/parse-articles.ts";
import { currentTree } from "../../identity/organisation/tree.ts";
import { CommandError, defineCommand } from "../command.ts";
import { unitOfCode } from "../identity/identity-output.ts";

type Placed = FileProblem & { readonly file: string };

export const knowledgeImport = defineCommand({
  path: ["knowledge", "import"],
  summary: { zh: "导入知识（YAML），待审批后生效", en: "Import articles (YAML); each waits for approval" },
  details: {
    zh: "文件有一处不合格则都不导入，退出码为 1。再次导入同一文件不产生新版本；内容有改动的产生新版本，同样待审批。样例见 docs/examples/knowledge。",
    en: "Where anything in the files is wrong nothing is loaded, and the exit code is 1. The same file again makes no new version; what differs becomes a new version that waits for approval as well. Samples: docs/examples/knowledge.",
  },
  positionals: [{ name: "FILE", many: true, description: { zh: "知识文件（YAML）", en: "Files of articles (YAML)" } }],
  options: {
    unit: {
      type: "string",
      value: "CODE",
      description: {
        zh: "发布单位的编码，默认为最上级单位；知识供该单位及下级使用",
        en: "Code of the unit that issues them, the topmost by default; they are read there and below",
      },
    },
    check: { type: "boolean", default: false, description: { zh: "只核对，不导入", en: "Only check the files" } },
  },
  async run({ platform, positionals, options, resolve, stdout, stderr, format, language }) {
    const unit = options.unit === undefined ? (await currentTree(platform)).root : await unitOfCode(platform, options.unit);
    const articles: WrittenArticle[] = [];
    const problems: Placed[] = [];
    for (const file of positionals) {
      const text = await readFile(resolve(file), "utf8").catch(() => {
        throw new CommandError({ zh: `读不到文件 ${file}`, en: `cannot read ${file}` });
      });
      const read = parseArticles(text);
      problems.push(...read.problems.map((problem) => ({ ...problem, file })));
      for (const article of read.articles) {
        if (articles.some(({ code }) => code === article.code))
          throw new CommandError({
            zh: `编号 ${article.code} 在另一文件中已有`,
            en: `the key ${article.code} stands in another file as well`,
          });
        articles.push(article);
      }
    }
    if (problems.length > 0) {
      if (format === "json") stdout.write(`${JSON.stringify({ problems })}\n`);
      else for (const { file, line, path, message } of problems) stderr.write(`${file}:${line} ${path} ${message[language]}\n`);
      return 1;
    }
    if (options.check) {
      const count = articles.length;
      if (format === "json") stdout.write(`${JSON.stringify({ articles: count, problems: [] })}\n`);
      else stdout.write(language === "zh" ? `${count} 篇，没有问题\n` : `${count} articles, nothing wrong\n`);
      return 0;
    }
    const result = await importArticles(platform, atCommandLine, unit.unitId, articles);
    if (format === "json") stdout.write(`${JSON.stringify(result)}\n`);
    else {
      const { created, changed, unchanged, inHand } = result;
      stdout.write(
        language === "zh"
          ? `${unit.name}：新建 ${created.length} 篇，新版本 ${changed.length} 篇，不变 ${unchanged.length} 篇。待审批：知识库 › 编辑与审批\n`
          : `${unit.name}: ${created.length} created, ${changed.length} new versions, ${unchanged.length} unchanged. To be approved under Knowledge › Editing and approval\n`,
      );
      if (inHand.length > 0)
        stderr.write(
          language === "zh"
            ? `有草稿或待审批版本，未动：${inHand.join("、")}\n`
            : `left as they are, since a version is in hand: ${inHand.join(", ")}\n`,
        );
    }
    return 0;
  },
});
