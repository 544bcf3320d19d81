// bihuan customer erase: a customer's right to erasure, carried out where nobody is signed in but the file is in reach.
import { CustomerId } from "@bihuan/core/customer/customer.ts";
import { isRefusal, refuse } from "@bihuan/core/refusal.ts";
import { keptBeside } from "../../erasing.ts";
import { eraseCustomerData } from "../../work-order/commands/erase.ts";
import { type Command, defineCommand } from "../command.ts";
import { required } from "../identity/identity-output.ts";
import { refused } from "../refused.ts";

export const customerErase: Command = defineCommand({
  path: ["customer", "erase"],
  summary: { zh: "清除某客户的个人信息", en: "Erase a customer's personal data" },
  details: {
    zh: "清除户名、客户编号、地址、坐标、联系人、特殊需求和来电号码，不可恢复；户号与用电类别保留，供工单与统计引用。还有在途工单时拒绝。加 --with-orders 则已办结工单中的个人信息一并清除，其哈希链保持有效。原因记入访问日志。",
    en: "Erases name, customer number, addresses, coordinates, contacts, special needs and the numbers he called from for good; account numbers and classes stay, because orders and figures refer to them. Refused while an order is open. With --with-orders the personal data in his closed orders go too; their hash chains stay valid. The reason is kept in the access log.",
  },
  positionals: [
    {
      name: "CUSTOMER",
      description: {
        zh: "客户号：客户页面地址中的 13 位数字",
        en: "Customer id: the 13 digits in the address of the customer's page",
      },
    },
  ],
  options: {
    reason: { type: "string", value: "TEXT", description: { zh: "原因（记入访问日志）", en: "Why; kept in the access log" } },
    "with-orders": {
      type: "boolean",
      default: false,
      description: { zh: "同时清除其已办结工单中的个人信息", en: "Erase the personal data in his closed orders too" },
    },
  },
  async run({ platform, positionals, options, stdout, format, language }) {
    const reason = required(options.reason, "reason");
    const customerId = CustomerId.safeParse(positionals[0]).data;
    if (customerId === undefined) throw refused(refuse("customer.not-found", { customerId: positionals[0] ?? "" }));
    const result = await eraseCustomerData(platform, customerId, { reason, withOrders: options["with-orders"] }, keptBeside);
    if (isRefusal(result)) throw refused(result);
    if (format === "json") {
      stdout.write(`${JSON.stringify(result)}\n`);
      return 0;
    }
    const kept =
      result.ordersKept === 0
        ? { zh: "", en: "" }
        : {
            zh: `；另有 ${result.ordersKept} 张已办结工单仍存有个人信息（可逐张 bihuan erase-personal）`,
            en: `; ${result.ordersKept} closed orders still hold what was said in them (bihuan erase-personal)`,
          };
    const text = {
      zh: `已清除客户 ${customerId} 的个人信息，工单 ${result.orders} 张${kept.zh}\n`,
      en: `Personal data erased: customer ${customerId}, ${result.orders} orders${kept.en}\n`,
    };
    stdout.write(text[language]);
    return 0;
  },
});
