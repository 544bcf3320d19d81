// What callers typically say of each kind of business: all a new installation knows on its first day. Orders taken in soon outweigh it.
// Complaints stand where the hot line's classes put them: a late crew with outages, outages again and again with supply quality.

/** Of a category's key (`flow` or `flow/subtype`), in both languages. */
export type Phrases = Readonly<Record<string, { readonly zh: readonly string[]; readonly en: readonly string[] }>>;

export const demandPhrases: Phrases = {
  "fault-repair": {
    zh: [
      "家里突然没电了，邻居家有电",
      "整栋楼停电，什么时候来电",
      "一片小区都没有电，路灯也不亮",
      "空气开关跳闸，合不上",
      "漏电保护器一直跳",
      "电线断了掉在地上，有危险",
      "电线杆倒了，电线拖在路上",
      "变压器冒烟起火，声音很大",
      "表箱烧了，有焦味冒火花",
      "电压低，灯光发暗，空调启动不了",
      "灯一闪一闪，电压不稳",
      "三相电缺一相，水泵机器转不动",
      "电缆被挖断，施工挖断了电缆",
      "树枝碰到电线打火",
      "大风大雨雷击以后没电",
      "进户线烧断，电表箱进水",
      "停电报修，请派人抢修",
      "表前线断线，零线断了",
    ],
    en: [
      "no power in the house, the neighbours have light",
      "power cut in the whole street",
      "the breaker trips and does not close again",
      "a wire is down on the road, dangerous",
      "the transformer smokes and burns",
      "low voltage, the light flickers",
      "one phase is missing, the pump does not run",
      "the cable was cut by an excavator",
    ],
  },
  "complaint/SERVICE": {
    zh: [
      "投诉工作人员服务态度恶劣，骂人",
      "营业厅柜员不耐烦，推诿不办",
      "营业厅工作人员态度不好，爱答不理",
      "客服人员说话态度生硬，挂断电话",
      "打了几次电话没人接，承诺回电不回",
      "答应上门没有来，言而无信",
      "营业厅没有按公布的时间开门",
      "客户经理敷衍，互相推卸责任",
      "泄露客户个人信息",
    ],
    en: ["complaint about a rude employee", "nobody came as promised", "staff passed me from one to the other"],
  },
  "complaint/BUSINESS": {
    zh: [
      "投诉营业厅乱收费，多收电费",
      "新装办理超过时限，一直拖着不办",
      "抄表员估抄、错抄，多收了电费不退",
      "电价执行错误，要求退费",
      "让我跑了好几趟，要求提供不必要的资料",
      "办理过户被拒绝，说法不一",
      "换表没有通知，换表后电费翻倍",
      "指定施工单位、指定设备厂家",
    ],
    en: ["complaint: charged too much", "the connection takes longer than promised", "wrong tariff applied, refund refused"],
  },
  "complaint/OUTAGE": {
    zh: [
      "投诉停电不提前通知",
      "抢修人员迟迟不到，抢修太慢",
      "抢修人员到了现场态度不好，没有修好就走",
      "公告的送电时间到了还没来电，延迟送电",
      "没有欠费却被停电，误停电",
      "欠费停电没有通知就拉闸",
      "交清电费以后超过时间还不复电",
      "计划停电比通知的时间长",
      "停电信息不准，客服说法不一致",
    ],
    en: ["complaint: cut off without notice", "the crew came much too late", "supply came back much later than announced"],
  },
  "complaint/SUPPLY_QUALITY": {
    zh: [
      "投诉长期电压低，多次反映没有解决",
      "电压不合格，电器经常用不了",
      "每年夏天都低电压，一直不改造",
      "电压忽高忽低，反映多次没有处理",
      "频繁停电，一个月停了好几次，影响生活",
      "三天两头停电，一刮风下雨就停",
      "供电质量差，谐波大，设备不能正常运行",
      "变压器容量不够，过载多年不换",
    ],
    en: ["complaint: low voltage for months, reported many times", "power fails several times a month"],
  },
  "complaint/CONSTRUCTION": {
    zh: [
      "投诉电力施工损坏农田青苗，不赔偿",
      "电线杆立在我家门口、宅基地上，要求迁移",
      "施工完了路面不恢复，垃圾不清理",
      "变压器离住宅太近，有噪音有辐射",
      "高压线从屋顶上过，没有安全距离",
      "施工野蛮，弄坏围墙和树",
      "拉线占地，影响出行",
    ],
    en: [
      "complaint: a pole was set on my land",
      "the road was not restored after the works",
      "the transformer hums beside my house",
    ],
  },
  whistleblow: {
    zh: [
      "举报有人窃电，私自绕越电表偷电",
      "举报饭店违约用电，私自改变用电性质",
      "举报工作人员收受红包、收好处费",
      "举报物业转供电加价收费",
      "举报私拉乱接，无表用电",
      "举报内部人员勾结，以权谋私",
    ],
    en: ["report of theft of electricity", "somebody bypasses the meter", "an employee takes bribes"],
  },
  opinion: {
    zh: [
      "对停电安排有意见，不太满意",
      "觉得电费偏高，不理解阶梯电价，表示不满",
      "对网上交费流程繁琐不满意",
      "对营业厅排队时间长有意见",
      "对短信提醒太多有意见",
      "对智能电表、电价政策不认可",
    ],
    en: ["not content with the tariff", "dissatisfied with the waiting time", "too many messages"],
  },
  praise: {
    zh: [
      "表扬抢修人员，来得快、态度好",
      "感谢工作人员帮忙，服务热情周到",
      "送锦旗，感谢台区经理",
      "营业厅工作人员耐心细致，提出表扬",
      "点赞，处理及时，非常满意",
    ],
    en: ["praise for the crew", "thanks for quick and friendly help"],
  },
};
