// bihuan suggestion rebuild: what the desk's suggestions rest on, made anew from the orders.
import { relearn } from "../../desk/suggestion/learn.ts";
import { type Command, defineCommand } from "../command.ts";

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
