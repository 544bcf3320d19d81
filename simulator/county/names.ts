// Names and numbers of people and firms, put together by chance. Nobody is meant by any of them.
import type { Random } from "../random.ts";

const families: readonly (readonly [string, number])[] = Object.entries({
  王: 72, 李: 72, 张: 68, 刘: 54, 陈: 45, 杨: 31, 黄: 22, 赵: 21, 吴: 20, 周: 20, 徐: 15, 孙: 15, 马: 13, 朱: 12, 胡: 12, 郭: 11,
  何: 11, 林: 10, 高: 10, 罗: 9, 郑: 9, 梁: 8, 谢: 7, 宋: 7, 唐: 7, 许: 6, 邓: 6, 韩: 6, 冯: 6, 曹: 6, 彭: 6, 曾: 5, 肖: 5, 田: 5,
  董: 5, 潘: 5, 袁: 5, 蔡: 5, 蒋: 4, 余: 4, 于: 4, 杜: 4, 叶: 4, 程: 4, 魏: 4, 苏: 4, 吕: 4, 丁: 3, 任: 3, 卢: 3, 姚: 3, 沈: 3, 钟: 3,
  姜: 3, 崔: 3, 谭: 3, 陆: 3, 范: 3, 汪: 3, 廖: 3, 石: 3, 金: 3, 贾: 3, 夏: 3, 付: 3, 方: 3, 邹: 2, 熊: 2, 白: 2, 孟: 2, 秦: 2, 邱: 2,
  侯: 2, 江: 2, 尹: 2, 薛: 2, 阎: 2, 段: 2, 雷: 2, 龙: 2, 史: 2, 陶: 2, 贺: 2, 毛: 2, 郝: 2, 顾: 2, 龚: 2, 邵: 2, 万: 2, 覃: 2, 武: 2, 欧阳: 1,
}); // biome-ignore format: a table of weights
const given = [
  ..."伟芳娜敏静丽强磊军洋勇艳杰娟涛明超霞平刚桂建国志华红玉春秀英兰云海鹏飞林峰浩宇晨婷雪梅琴凤莲菊光荣德福贵祥安宁文武斌波辉龙虎松柏阳旭东南江河清泉润泽思源欣怡佳琪子轩梓涵雨桐俊凯嘉乐世昌永兴振邦家豪",
];

/** A person's name. */
export function personName(random: Random): string {
  const family = random.weighted(families);
  const first = random.pick(given);
  return random.chance(0.22) ? family + first : family + first + random.pick(given);
}

/** A mobile number. 154 is a range that is given to nobody: whoever dials one of these reaches no one. */
export const mobile = (random: Random): string => `154${String(random.below(100_000_000)).padStart(8, "0")}`;

const firmWords = [..."恒达鑫源盛华丰泰宏图瑞祥金鼎永盛惠民利群兴农佳禾绿野晨光远航新星联创启明德润"];
// Trade, voltage, how many of a hundred, section of the industry (GB/T 4754).
const trades: readonly (readonly [string, "KV10" | "V380", number, string])[] = [
  ["便利店", "V380", 14, "F"],
  ["超市", "V380", 8, "F"],
  ["餐馆", "V380", 10, "H"],
  ["理发店", "V380", 5, "O"],
  ["汽修厂", "V380", 5, "O"],
  ["家具厂", "V380", 4, "C"],
  ["养殖场", "V380", 5, "A"],
  ["农机合作社", "V380", 5, "A"],
  ["粮食加工厂", "V380", 3, "C"],
  ["幼儿园", "V380", 2, "P"],
  ["卫生室", "V380", 2, "Q"],
  ["机械厂", "KV10", 2, "C"],
  ["纺织有限公司", "KV10", 2, "C"],
  ["水泥制品厂", "KV10", 1, "C"],
  ["食品有限公司", "KV10", 2, "C"],
  ["冷链物流园", "KV10", 1, "G"],
  ["自来水厂", "KV10", 1, "D"],
  ["塑业有限公司", "KV10", 1, "C"],
];

export type Firm = { readonly name: string; readonly voltage: "KV10" | "V380"; readonly industry: string };

/** A firm, with the voltage its trade is supplied at. */
export function firmOf(random: Random, town: string): Firm {
  const [trade, voltage, , industry] = random.weighted(trades.map((one) => [one, one[2]] as const));
  return { name: `${town.slice(0, 2)}${random.pick(firmWords)}${random.pick(firmWords)}${trade}`, voltage, industry };
}
