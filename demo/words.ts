// What the demonstration says on the terminal.
import { roleDefinitions } from "@bihuan/core/identity/roles.ts";
import { PASSWORD, visitors } from "@bihuan/simulator/county/staff.ts";

export const help = `npm run demo -- [选项 options]
  --speed N      业务比现实快多少倍，默认 20（时限始终按真实时间走）
                 how many times faster than in life things happen, default 20 (clocks always run by real time)
  --port N       端口，默认 8080 · port, default 8080
  --data DIR     演示数据目录，默认 ./demo-data · folder of the demonstration's data, default ./demo-data
  --fresh        重新生成演示数据 · make the data anew
  --seed TEXT    同样的种子得到同样的县 · the same seed gives the same county
  --zone ZONE    县所在时区，默认 Asia/Shanghai · the zone the county lives by
  --customers N  客户数，默认 60000 · how many customers
  --days N       历史天数，默认 91 · days of history
  --still        只有历史，不模拟 · history only, nobody at work
  --pop ACCOUNT  三分之一的热线来电打给此账号，由您受理 · let every third hotline call ring at this account, for you to take
`;

const wide = (text: string): number => [...text].reduce((sum, sign) => sum + (sign.charCodeAt(0) > 0x2e7f ? 2 : 1), 0);
const padded = (text: string, width: number): string => text + " ".repeat(Math.max(1, width - wide(text)));

/** The sign-ins, one for each role. */
export const signIns = (address: string): string =>
  [
    "",
    `闭环演示 · Bihuan demonstration   ${address}`,
    "",
    `每个角色一个账号，密码相同 · one account of each role, the same password:  ${PASSWORD}`,
    "",
    ...visitors.map(({ account, role, name }) => {
      const { title } = roleDefinitions[role];
      const zh = account === "hall" ? "营业厅" : title.zh;
      const en = account === "hall" ? "Business hall" : title.en;
      return `  ${padded(account, 12)}${padded(zh, 14)}${padded(en, 26)}${name}`;
    }),
    "",
  ].join("\n");

export const notOurs = (folder: string): string =>
  `${folder} 不是演示数据目录，演示程序不会动它；请用 --data 指定其他目录。\n${folder} was not made by the demonstration, which leaves it alone; name another folder with --data.`;

export const phases = {
  people: "机构人员与知识 people",
  customers: "客户 customers",
  history: "历史工单 orders",
} as const;

/** What the history amounts to, told once all of it stands. */
export const history = (orders: number, open: number, days: number): string =>
  `${days} 天的历史已全部就绪：工单 ${orders} 张，其中在途 ${open} 张 · the history of ${days} days is complete: ${orders} orders, ${open} of them open`;

export const ending = "按 Ctrl+C 结束 · Ctrl+C ends it";
export const peopleStopped = "模拟人员已停止，系统仍可使用 · the simulated people have stopped; the product goes on\n";
