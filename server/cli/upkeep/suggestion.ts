// bihuan suggestion rebuild | measure: what the desk's suggestions rest on, made anew from the orders; how good they are.
import { relearn } from "../../desk/suggestion/learn.ts";
import { measureSuggestions } from "../../desk/suggestion/measure.ts";
import { type Command, CommandError, defineCommand } from "../command.ts";

const SAID_EVERY = 50_000;

export const suggestionRebuild: Command = defineCommand({
  path: ["suggestion", "rebuild"],
  summary: { zh: "由已受理的工单重新学习类别建议", en: "Learn the suggestion of categories anew from the orders" },
  details: {
    zh: "平时不必运行：服务每分钟学习新受理和改类的工单。成批载入历史工单之后，或升级说明要求时运行一次。逐批进行，服务可照常运行；已清除个人信息的工单不再学习。",
    en: "Not needed day by day: the server learns every minute from orders taken in and reclassified. Run it once after histories were loaded in bulk, or where the changelog asks for it. It goes batch by batch while the server runs; orders whose personal data were erased teach nothing.",
  },
  async run({ platform, stdout, stderr, format, language }) {
    let said = 0;
    const learnt = await relearn(platform, (orders) => {
      if (orders - said < SAID_EVERY) return;
      said = orders;
      stderr.write(language === "zh" ? `已学习 ${orders} 张\n` : `${orders} learnt\n`);
    });
    const text = { zh: `从 ${learnt} 张工单学习\n`, en: `learnt from ${learnt} orders\n` };
    stdout.write(format === "json" ? `${JSON.stringify({ learnt })}\n` : text[language]);
    return 0;
  },
});

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

export const suggestionMeasure: Command = defineCommand({
  path: ["suggestion", "measure"],
  summary: { zh: "用最近受理的工单检验类别建议", en: "Hold the suggestion of categories against the newest orders" },
  details: {
    zh: "把最近的若干张工单留出来，只用其余工单学到的去建议，再与它们最终的类别相比。不作任何修改。",
    en: "Holds the newest orders back, suggests by what all the others have taught, and compares with the category each has at last. Changes nothing.",
  },
  options: {
    orders: { type: "string", value: "N", default: "1000", description: { zh: "留出多少张", en: "How many are held back" } },
  },
  async run({ platform, options, stdout, format, language }) {
    const orders = /^[1-9]\d{0,5}$/.test(options.orders) ? Number(options.orders) : null;
    if (orders === null)
      throw new CommandError(
        { zh: "--orders 须为 1 至 999999 的整数", en: "--orders must be a whole number from 1 to 999999" },
        2,
      );
    const judged = await measureSuggestions(platform, orders);
    const lines: [zh: string, en: string, value: string][] = [
      ["留出工单", "orders held back", String(judged.texts)],
      ["首选正确", "right at first", percent(judged.first)],
      ["前三之内", "among the first three", percent(judged.three)],
      ["给出建议", "a suggestion was made", percent(judged.told)],
      ["建议正确", "of these right", percent(judged.right)],
      ["自报把握", "confidence they claimed", percent(judged.claimed)],
      ["只猜最常见类别", "always naming the commonest", percent(judged.commonest)],
    ];
    stdout.write(
      format === "json"
        ? `${JSON.stringify(judged)}\n`
        : lines.map(([zh, en, value]) => `${language === "zh" ? zh : en}\t${value}\n`).join(""),
    );
    return 0;
  },
});
