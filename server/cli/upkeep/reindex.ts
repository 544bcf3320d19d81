// bihuan reindex: what is kept beside the histories of orders, and what customers are found by, made anew after an update.
import { reindexCustomers } from "../../customer/search/reindex.ts";
import { reindexOrders } from "../../work-order/commands/reindex.ts";
import { retaskOrders } from "../../work-order/commands/retask.ts";
import { orderPorts } from "../../work-order/ports.ts";
import { type Command, defineCommand } from "../command.ts";

const SAID_EVERY = 100_000;

export const reindexSearch: Command = defineCommand({
  path: ["reindex", "search"],
  summary: { zh: "重建工单与客户的查找索引", en: "Make the search index of orders and customers anew" },
  details: {
    zh: "升级说明要求时运行一次，此前受理的工单和在册客户即可按新的内容（如标题、读音）查到。逐批进行，服务可照常运行；可随时中断、重复运行，已是最新的不再改写。已清除个人信息的工单和客户不恢复。",
    en: "Run it once where the changelog asks for it: orders and customers on file are then found by what is new (such as titles, or how a name sounds). It goes batch by batch while the server runs, may be interrupted and repeated, and rewrites only what is out of date. What was erased stays erased.",
  },
  async run({ platform, stdout, stderr, format, language }) {
    let said = 0;
    const result = await reindexOrders(platform.db, ({ read }) => {
      if (read - said < SAID_EVERY) return;
      said = read;
      stderr.write(language === "zh" ? `已读 ${read} 张\n` : `${read} read\n`);
    });
    const customers = await reindexCustomers(platform.db);
    const text = {
      zh: `工单 ${result.read} 张，更新索引 ${result.changed} 张；客户 ${customers.read} 个，更新户号 ${customers.changed} 个\n`,
      en: `${result.read} orders, ${result.changed} indexed anew; ${customers.read} customers, ${customers.changed} accounts indexed anew\n`,
    };
    stdout.write(format === "json" ? `${JSON.stringify({ ...result, customers })}\n` : text[language]);
    return 0;
  },
});

export const reindexTasks: Command = defineCommand({
  path: ["reindex", "tasks"],
  summary: { zh: "重建在途工单的待办", en: "Make the tasks of open orders anew" },
  details: {
    zh: "升级说明要求时运行一次，此前受理的在途工单即出现在“我的待办”中。逐批进行，服务可照常运行；可随时中断、重复运行，已是最新的不再改写。",
    en: "Run it once where the changelog asks for it: open orders taken in before then stand in “My work”. It goes batch by batch while the server runs, may be interrupted and repeated, and rewrites only what is out of date.",
  },
  async run({ platform, stdout, stderr, format, language }) {
    let said = 0;
    const result = await retaskOrders(platform, orderPorts(platform), ({ read }) => {
      if (read - said < SAID_EVERY) return;
      said = read;
      stderr.write(language === "zh" ? `已读 ${read} 张\n` : `${read} read\n`);
    });
    const { read, changed } = result;
    const text = {
      zh: `在途工单 ${read} 张，更新待办 ${changed} 张\n`,
      en: `${read} open orders, tasks of ${changed} made anew\n`,
    };
    stdout.write(format === "json" ? `${JSON.stringify(result)}\n` : text[language]);
    return 0;
  },
});
