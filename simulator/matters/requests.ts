import type { Matter } from "./matter.ts";

const when = ["我想问一下", "想了解", "请问", "打听一下"];
const told = { cause: "NO_FAULT" as const };

/** Inquiries and service requests. */
export const requests: readonly Matter[] = [
  {
    flow: "inquiry",
    weight: 12,
    titles: ["咨询峰谷电价办理条件", "咨询分时电价怎么申请", "咨询阶梯电价分档"],
    says: [when, ["峰谷电价怎么办", "晚上充电动车划不划算", "第二档从多少度开始"], ["网上能不能办"]],
    answer: "居民峰谷分时电价可在网上国网或营业厅申请，次月生效，执行满一年方可变更。",
    outcomes: [{ ...told, facts: "已核对客户档案与用电量", why: "政策咨询", done: "电话答复并发送办理链接" }],
  },
  {
    flow: "inquiry",
    weight: 12,
    titles: ["咨询上月电费为何升高", "查询本月电费构成", "咨询电费账单怎么看"],
    says: [
      when,
      ["上个月电费怎么多了一倍", "账单上的几项是什么意思", "是不是抄错表了"],
      ["家里用电没什么变化", "平时都是一百多"],
    ],
    answer: "上月为迎峰度夏期间，抄见电量较前月增加，已进入第二档，账单明细可在网上国网查看。",
    outcomes: [{ ...told, facts: "日用电量曲线正常，空调季负荷上升", why: "季节性用电增长", done: "逐日电量截图发给客户并解释" }],
  },
  {
    flow: "inquiry",
    weight: 8,
    titles: ["咨询更名过户所需材料", "咨询二手房过户电表流程"],
    says: [when, ["房子刚买的，电表怎么过户", "要带什么材料"], ["能不能一次说清楚"]],
    answer: "请携带双方身份证和产权证明到任一营业厅，或在网上国网上传，结清电费后即时办理。",
    outcomes: [{ ...told, facts: "客户户号下无欠费", why: "业务咨询", done: "一次性告知材料清单" }],
  },
  {
    flow: "inquiry",
    weight: 8,
    titles: ["咨询明天是否计划停电", "咨询停电范围和时间"],
    says: [when, ["明天是不是要停电", "村里通知停电，几点来电"], ["厂里要安排生产", "家里要办事"]],
    answer: "您所在台区明日无计划停电安排，如有变化将提前短信通知。",
    outcomes: [{ ...told, facts: "停电计划系统无该台区安排", why: "停电信息咨询", done: "已答复" }],
  },
  {
    flow: "inquiry",
    weight: 5,
    titles: ["咨询屋顶光伏并网及结算", "咨询充电桩安装流程"],
    says: [when, ["屋顶装光伏怎么申请并网", "小区车位装充电桩要什么手续"], ["多久能装好"]],
    outcomes: [{ ...told, facts: "台区可开放容量充足", why: "业务咨询", done: "由台区经理电话说明并添加微信" }],
  },
  {
    flow: "service-request",
    subtype: "METER_TEST",
    weight: 4,
    titles: ["申请校验电能表", "怀疑电表走快，申请校验"],
    says: [["电费突然变多", "空开拉了表还在走"], ["怀疑电表不准"], ["申请校验"]],
    outcomes: [{ ...told, facts: "现场校验误差 +0.3%，在允许范围内", why: "表计合格", done: "出具校验结果，客户签字" }],
  },
  {
    flow: "service-request",
    subtype: "RECONNECT_AFTER_ARREARS",
    weight: 6,
    titles: ["缴费后申请复电", "欠费已结清，尚未来电"],
    says: [["今天上午把欠费交了", "刚在手机上缴清"], ["还没有来电"], ["家里等着用电"]],
    outcomes: [{ ...told, facts: "费用已到账", why: "自动复电失败", done: "手动下发复电，客户确认来电" }],
  },
  {
    flow: "service-request",
    subtype: "APPLIANCE_DAMAGE",
    weight: 2,
    titles: ["停电来电后冰箱烧坏", "电压过高烧坏电视机"],
    says: [["昨晚停电又来电以后", "电压突然升高"], ["冰箱不制冷了", "电视打不开了"], ["要求赔偿"]],
    outcomes: [
      {
        cause: "EQUIPMENT",
        facts: "零线断线引起电压升高，登记受损电器两件",
        why: "零线接头烧断",
        done: "修复线路，按规定受理赔偿",
      },
    ],
  },
  {
    flow: "service-request",
    subtype: "METER_READING_ABNORMAL",
    weight: 4,
    titles: ["对抄表示数有疑问", "表码与账单对不上"],
    says: [["账单上的示数比表上大", "连续两个月一样的度数"], ["是不是估抄"], ["请来人核实"]],
    outcomes: [{ cause: "STAFF", facts: "示数录入有误", why: "补抄时看错一位", done: "更正电量并退补电费" }],
  },
  {
    flow: "service-request",
    subtype: "TEMPORARY_REMOVAL",
    weight: 2,
    titles: ["房屋拆建申请暂拆", "老屋重建，申请暂时拆表"],
    says: [["老房子要拆了重建"], ["申请把电表先拆下来"], ["明年再装"]],
    outcomes: [{ ...told, facts: "现场具备拆表条件", why: "客户建房", done: "拆表并封存，登记复装时间" }],
  },
];

/** Applications for supply, at the counter. */
export const applications: readonly Matter[] = (
  [
    ["connection-resident", "NEW", 40, ["新建房屋申请用电", "分户申请新装电表"], ["村里自建房已完工", "兄弟分家各立户头"]],
    ["connection-resident", "INCREASE", 8, ["申请增容安装中央空调", "家庭增容"], ["要装中央空调"]],
    [
      "connection-low-voltage",
      "NEW",
      20,
      ["门面开业申请用电", "养殖场申请三相电", "加工坊新装三相电"],
      ["下个月开业", "要带抽水和增氧设备"],
    ],
    ["connection-charging", "RESIDENT", 18, ["自用充电桩报装", "地下车位安装充电桩"], ["买了电动车", "车位已买断"]],
    ["connection-generation", "NATURAL_PERSON", 12, ["屋顶光伏并网申请", "自家屋顶光伏并网"], ["屋顶约八十平方米", "全额上网"]],
    [
      "connection-hv-single",
      "NEW",
      6,
      ["工厂新建专变报装", "冷链仓库专变报装", "学校新校区报装"],
      ["申请专变一台", "厂房正在建设"],
    ],
    ["connection-hv-dual", "NEW", 1, ["医院新院区双电源报装"], ["急救和手术负荷，申请双电源"]],
  ] as const
).map(([flow, subtype, weight, titles, says]) => ({
  flow,
  subtype,
  weight,
  titles,
  says: [says, ["", "请一次性告知所需材料", "希望早点送电"]],
  outcomes: [{ cause: "NO_FAULT", facts: "现场勘查、施工、检验均按流程完成", why: "业扩报装", done: "装表接电完成，资料归档" }],
}));
