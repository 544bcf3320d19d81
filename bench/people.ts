// A city's worth of people who are nobody: names as common as names are, on streets and in villages that repeat.
import { seededRandom } from "./row.ts";

export type Person = {
  readonly accountNo: string;
  readonly name: string;
  readonly phone: string;
  readonly address: string;
};

// The commonest surnames first: half of all people bear one of the first twenty.
const surnames = [
  ..."王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤",
];
const given = [
  ..."伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华文辉玲建国红春燕海波志远小雨欣怡梓涵子轩浩宇诗琪俊熙思彤嘉佳慧晓东林峰鹏飞云龙婷雪梅兰竹菊玉珍凤琴翠萍金宝银贵福禄寿喜康宁安乐祥瑞永庆长生德义仁礼智信忠孝",
];
const towns = [..."南北东西上下新老"].flatMap((side) => ["庄", "港", "桥", "塘"].map((kind) => `${side}${kind}镇`));
const villages = [..."柳杨桃梅竹松石沙清白黄青金银双三"].flatMap((first) =>
  ["堤", "坪", "冲", "湾", "岭", "溪"].map((second) => `${first}${second}村`),
);
const roads = [..."滨河解放人民建设中山和平文化新华光明胜利友谊团结工业迎宾芙蓉韶山湘江岳麓"]
  .reduce<string[]>(
    (pairs, character, index, all) => (index % 2 === 0 ? [...pairs, character + (all[index + 1] ?? "")] : pairs),
    [],
  )
  .flatMap((name) => ["路", "东路", "西路", "大道"].map((kind) => name + kind));
const estates = [..."阳光花翠湖景春江金御龙凤"].flatMap((first) =>
  ["苑小区", "园小区", "庭小区", "都小区"].map((second) => `${first}${second}`),
);

/** Makes people by number, the same ones in every run. */
export function peopleOf(seed: number): (number: number) => Person {
  const random = seededRandom(seed);
  const below = (limit: number) => Math.floor(random() * limit);
  // Towards the beginning of a list: what is common stands there.
  const common = <T>(list: readonly T[]): T => list[Math.floor(random() ** 2 * list.length)] as T;
  const any = <T>(list: readonly T[]): T => list[below(list.length)] as T;
  return (number) => ({
    accountNo: `430102${String(number).padStart(7, "0")}`,
    name: common(surnames) + common(given) + (below(100) < 85 ? common(given) : ""),
    phone: `1${3 + below(7)}${String(below(1_000_000_000)).padStart(9, "0")}`,
    address:
      below(2) === 0
        ? `长沙市${any(towns)}${any(villages)}${1 + below(12)}组${1 + below(60)}号`
        : `长沙市雨花区${any(roads)}${1 + below(400)}号${any(estates)}${1 + below(30)}栋${1 + below(3)}单元${1 + below(18)}0${1 + below(4)}室`,
  });
}
