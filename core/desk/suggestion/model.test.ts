import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { flows } from "../../flows.ts";
import { categoriesOf, type Category, categoryKey } from "./categories.ts";
import { builtInExamples } from "./examples.ts";
import { evidence, FEWEST_ORDERS, type Learnt, likelihoods, makeModel, nothingLearnt, suggest, type WordCount } from "./model.ts";
import { wordsOf } from "./words.ts";

const fault: Category = { flow: "fault-repair", subtype: null };
const meterTest: Category = { flow: "service-request", subtype: "METER_TEST" };
const damage: Category = { flow: "service-request", subtype: "APPLIANCE_DAMAGE" };
const praise: Category = { flow: "praise", subtype: null };
const categories = [fault, meterTest, damage, praise];

const counted = (word: string, ...orders: [Category, number][]): WordCount[] =>
  orders.map(([category, n]) => ({ word, category, orders: n }));
const learnt: Learnt = {
  categories: [
    { category: fault, orders: 300 },
    { category: meterTest, orders: 60 },
    { category: damage, orders: 40 },
  ],
  words: [
    ...counted("没电", [fault, 200], [damage, 5]),
    ...counted("跳闸", [fault, 90]),
    ...counted("电表", [fault, 20], [meterTest, 58]),
    ...counted("校验", [meterTest, 40]),
    ...counted("冰箱", [damage, 30], [fault, 2]),
    ...counted("李秀英", [damage, FEWEST_ORDERS - 1]),
  ],
};
const model = makeModel(categories, [], learnt);
const keys = (words: readonly string[], flow: string | null = null) =>
  suggest(model, words, flow).map(({ category }) => categoryKey(category));

const cases: [words: string[], first: string | null, reasons: string[]][] = [
  [["没电", "跳闸"], "fault-repair", ["没电", "跳闸"]],
  [["电表", "校验"], "service-request/METER_TEST", ["校验", "电表"]],
  [["冰箱"], "service-request/APPLIANCE_DAMAGE", ["冰箱"]],
  [["天气"], null, []],
  [[], null, []],
];
for (const [words, first, reasons] of cases)
  test(`${words.join(" ") || "nothing"} suggests ${first ?? "nothing"}`, () => {
    const [best] = suggest(model, words);
    assert.equal(best ? categoryKey(best.category) : null, first);
    assert.deepEqual(best?.words.toSorted() ?? [], reasons.toSorted());
  });

test("where the kind of business is chosen, its subtypes alone are weighed; where it has none, there is nothing to suggest", () => {
  assert.deepEqual(keys(["没电", "电表"], "service-request")[0], "service-request/METER_TEST");
  assert.ok(keys(["没电", "电表"], "service-request").every((key) => key.startsWith("service-request/")));
  assert.deepEqual(keys(["没电"], "fault-repair"), []);
});

test("a word of few orders is not used: it may be a name", () => {
  assert.equal(model.counts.has("李秀英"), false);
  assert.equal(evidence(model, "李秀英", 2), 0);
  const enough = { ...learnt, words: [...learnt.words, ...counted("李秀英", [fault, 1])] };
  assert.equal(makeModel(categories, [], enough).counts.has("李秀英"), true);
});

test("a word that stands everywhere alike is no reason", () => {
  const everywhere = makeModel(categories, [], {
    ...learnt,
    words: [...learnt.words, ...counted("要求", [fault, 300], [meterTest, 100], [damage, 40])],
  });
  assert.ok(!suggest(everywhere, ["要求", "没电"])[0]?.words.includes("要求"));
});

test("what is no category any more is left out", () => {
  const gone: Category = { flow: "telegram", subtype: null };
  const withGone = makeModel(categories, [{ category: gone, words: ["没电"], weight: 9 }], {
    categories: [...learnt.categories, { category: gone, orders: 1000 }],
    words: [...learnt.words, ...counted("没电", [gone, 1000])],
  });
  assert.equal(withGone.orders, 400);
  assert.equal(suggest(withGone, ["没电"])[0]?.category.flow, "fault-repair");
});

test("learning one order more of a category never makes it less likely for the words of that order", () =>
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 200 }), fc.integer({ min: 1, max: 50 }), (n, more) => {
      const withPraise = (orders: number) =>
        makeModel(categories, [], {
          categories: [...learnt.categories, { category: praise, orders }],
          words: [...learnt.words, ...counted("锦旗", [praise, orders], [fault, 5])],
        });
      const of = (orders: number) => likelihoods(withPraise(orders), ["锦旗"])[3] ?? 0;
      assert.ok(of(n + more) >= of(n));
    }),
  ));

test("confidences are shares: none below 0, together 1", () =>
  fc.assert(
    fc.property(fc.array(fc.constantFrom("没电", "跳闸", "电表", "校验", "冰箱", "无"), { maxLength: 30 }), (words) => {
      const shares = likelihoods(model, words);
      assert.ok(shares.every((share) => share >= 0));
      assert.ok(Math.abs(shares.reduce((sum, share) => sum + share, 0) - 1) < 1e-9);
    }),
  ));

const firstDay = makeModel(categoriesOf(flows), builtInExamples(flows), nothingLearnt);
const onTheFirstDay: [said: string, category: string][] = [
  ["我家突然停电了，邻居都有电，麻烦派人来看看", "fault-repair"],
  ["路边电线杆倒了，电线掉在地上", "fault-repair"],
  ["电费昨天已经交清，还没有复电", "service-request/RECONNECT_AFTER_ARREARS"],
  ["来电时电压太高，把电视机和冰箱烧坏了", "service-request/APPLIANCE_DAMAGE"],
  ["怀疑电表不准，走得太快，想校验一下", "service-request/METER_TEST"],
  ["投诉营业厅工作人员态度恶劣", "complaint/SERVICE"],
  ["停电没有提前通知，要投诉", "complaint/OUTAGE"],
  ["一个月停了好几次电，频繁停电，要投诉", "complaint/SUPPLY_QUALITY"],
  ["举报隔壁饭店偷电", "whistleblow"],
  ["想咨询一下阶梯电价怎么算", "inquiry"],
  ["感谢抢修师傅，来得很快", "praise"],
  ["小区车位想装一个充电桩", "connection-charging/RESIDENT"],
  ["自家屋顶想装光伏，个人申请并网", "connection-generation/NATURAL_PERSON"],
  ["power cut in our street since this morning", "fault-repair"],
];
for (const [said, category] of onTheFirstDay)
  test(`on the first day "${said}" is suggested as ${category}`, () => {
    const suggested = suggest(firstDay, wordsOf(said));
    assert.equal(suggested[0] && categoryKey(suggested[0].category), category);
    assert.ok(suggested[0]?.words.every((word) => said.toLowerCase().includes(word)));
  });
