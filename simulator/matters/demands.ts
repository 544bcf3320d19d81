import type { Matter } from "./matter.ts";

const polite = ["请核实后给个答复", "希望尽快处理", "请给个明确说法", "麻烦查一下", "希望不要再发生"];
const handled = { cause: "NO_FAULT" as const, proved: "NOT_PROVED" as const };

/** Complaints, opinions, suggestions, whistle-blowing, praise. */
export const demands: readonly Matter[] = [
  {
    flow: "complaint",
    subtype: "SERVICE",
    weight: 6,
    titles: ["营业厅排队两小时无人解释", "抄表员态度生硬", "窗口人员推诿，来回跑了三趟"],
    says: [
      ["上周去营业厅办业务", "昨天在窗口", "打电话问电费"],
      ["等了两个小时没人理", "工作人员说话很冲", "说法前后不一致，让我跑了三趟"],
      polite,
    ],
    outcomes: [
      {
        cause: "STAFF",
        proved: "PROVED",
        facts: "当日窗口缺岗，未做解释引导",
        why: "排班不合理，首问负责未落实",
        done: "向客户致歉，增开窗口，对当班人员批评教育",
      },
      {
        cause: "STAFF",
        proved: "PARTLY_PROVED",
        facts: "沟通录音显示语气生硬，无辱骂",
        why: "解释政策不耐心",
        done: "上门致歉并讲清政策，开展服务礼仪培训",
      },
      {
        ...handled,
        facts: "调取监控，客户等候十八分钟，引导员有解释",
        why: "客户对等候时间感受不同",
        done: "已当面说明，客户理解",
      },
    ],
  },
  {
    flow: "complaint",
    subtype: "OUTAGE",
    weight: 6,
    titles: ["一个月内停电四次", "计划停电未提前通知", "停电通知到点未停，推迟也不说"],
    says: [
      ["这个月", "最近", "上周末"],
      ["已经停了四次电", "停电没有接到任何通知", "通知八点停，结果十点才停"],
      ["店里损失不小", "家里有卧床老人", "一直没人解释"],
      polite,
    ],
    outcomes: [
      {
        cause: "EQUIPMENT",
        proved: "PROVED",
        facts: "该线路本月故障跳闸三次、计划检修一次",
        why: "线路走廊树障及绝缘子老化",
        done: "已完成清障，两周内更换绝缘子，向客户说明",
      },
      {
        cause: "MANAGEMENT",
        proved: "PROVED",
        facts: "停电信息未推送到该小区物业",
        why: "台区对应关系缺失",
        done: "补全对应关系，逐户致歉，完善通知核对",
      },
    ],
  },
  {
    flow: "complaint",
    subtype: "BUSINESS",
    weight: 4,
    titles: ["过户申请半个月没有结果", "电费多扣，退费一直不到账", "装表时被要求购买指定设备"],
    says: [["半个月前申请的", "上个月就反映过"], ["到现在没有结果", "每次问都说在处理", "没有给书面说明"], polite],
    outcomes: [
      {
        cause: "STAFF",
        proved: "PROVED",
        facts: "申请资料在窗口滞留十一天未流转",
        why: "经办人漏办",
        done: "当日办结，致歉，对经办人考核",
      },
      {
        cause: "NO_FAULT",
        proved: "NOT_PROVED",
        facts: "退费已于三日前到账",
        why: "银行到账短信延迟",
        done: "协助客户查看账单，客户确认",
      },
    ],
  },
  {
    flow: "complaint",
    subtype: "SUPPLY_QUALITY",
    weight: 3,
    titles: ["长期电压低，家电无法使用", "每到傍晚电压低，反映多次未解决"],
    says: [["两年了", "每到夏天"], ["电压一直低", "空调电饭煲都用不了"], ["多次打电话没有解决"], polite],
    outcomes: [
      {
        cause: "MANAGEMENT",
        proved: "PROVED",
        facts: "晚高峰末端电压 186 伏",
        why: "供电半径过长",
        done: "先行调压至 203 伏，台区改造已立项，告知计划时间",
      },
    ],
  },
  {
    flow: "complaint",
    subtype: "CONSTRUCTION",
    weight: 2,
    titles: ["施工后路面未恢复", "立杆占用田地未协商"],
    says: [["施工队做完就走了", "在我家地里立了杆"], ["路面坑坑洼洼", "没有任何人来商量"], polite],
    outcomes: [
      {
        cause: "MANAGEMENT",
        proved: "PROVED",
        facts: "电缆沟回填后路面未修复",
        why: "施工单位收尾不到位",
        done: "督促施工单位三日内修复并验收",
      },
    ],
  },
  {
    flow: "opinion",
    weight: 10,
    titles: ["抄表通知单太晚", "营业厅指示牌不清楚", "停电短信晚上才到", "线下交费网点太少"],
    says: [["觉得服务上有些不方便", "提个意见"], ["通知总是来得太晚", "第一次去找不到窗口", "村里老人不会用手机交费"], polite],
    outcomes: [
      { cause: "MANAGEMENT", facts: "通知周期偏晚", why: "投递安排在月末", done: "调整投递时间，并提供微信账单" },
      { cause: "NO_FAULT", facts: "现场指示牌齐全，但位置偏", why: "大厅改造后未调整", done: "已移至入口处" },
    ],
  },
  {
    flow: "suggestion",
    subtype: "EV_CHARGING",
    weight: 3,
    titles: ["希望小区增加充电桩", "建议高速出口建充电站"],
    says: [["小区里电动车越来越多", "节假日排队充电"], ["希望增加充电桩"], ["谢谢"]],
    outcomes: [
      { cause: "NO_FAULT", facts: "小区公用变余量充足", why: "暂无建设计划", done: "已报规划部门，告知客户自用桩报装流程" },
    ],
  },
  {
    flow: "suggestion",
    subtype: "OUTAGE",
    weight: 2,
    titles: ["建议停电前两天短信提醒", "建议停电避开高考期间"],
    says: [["希望停电通知能早一点"], ["给家里老人留出准备时间", "最好短信电话都通知"], ["谢谢"]],
    outcomes: [{ cause: "NO_FAULT", facts: "现行为提前公告", why: "短信覆盖不全", done: "采纳，补充登记手机号" }],
  },
  {
    flow: "praise",
    weight: 5,
    titles: ["感谢抢修师傅深夜到场", "表扬营业厅工作人员耐心", "感谢帮老人修好线路"],
    says: [
      ["昨晚停电", "上次去办业务", "我母亲一个人在家"],
      ["师傅半夜冒雨赶来，二十分钟就修好了", "小姑娘讲得清清楚楚", "还顺手把室内的开关也检查了"],
      ["特意打电话表扬"],
    ],
    outcomes: [{ cause: "NO_FAULT", facts: "核实到具体人员", why: "主动服务", done: "通报表扬并记入台账" }],
  },
  {
    flow: "whistleblow",
    weight: 3,
    titles: ["反映有人私拉电线偷电", "反映绕表用电加工"],
    says: [["村口那家加工厂", "隔壁出租屋"], ["晚上绕过电表用电", "从路灯线上接电"], ["请保密"]],
    outcomes: [
      {
        cause: "CUSTOMER_SIDE",
        proved: "PROVED",
        facts: "现场查实绕越计量装置用电",
        why: "客户违约用电",
        done: "依规中止供电、追补电费，移交用电检查",
      },
      {
        cause: "NO_FAULT",
        proved: "NOT_PROVED",
        facts: "夜间检查两次，计量装置完好，用电正常",
        why: "未发现窃电",
        done: "加装监测，持续关注",
      },
    ],
  },
];
