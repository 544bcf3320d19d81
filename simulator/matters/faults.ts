import type { Matter } from "./matter.ts";

const since = ["今天早上开始", "刚刚", "大约半小时前", "昨晚到现在", "吃饭的时候", "下雨以后", "一个小时前", "凌晨起"];
const wish = [
  "家里有老人和小孩，请尽快派人",
  "冰箱里的东西怕坏",
  "请抢修人员到之前先打电话",
  "想知道什么时候能来电",
  "孩子要上网课，请抓紧",
  "",
  "生意没法做了",
];

/** Faults (故障报修): what callers see, and what crews find. */
export const faults: readonly Matter[] = [
  {
    flow: "fault-repair",
    weight: 30,
    titles: ["整户停电，邻居家有电", "家中突然没电，空开未跳", "单户停电，电费已缴清", "一户停电，表后开关正常"],
    says: [
      since,
      ["家里突然停电", "全屋没电", "插座和灯都没电"],
      ["看了空开没有跳", "左右邻居都有电", "电表屏幕是黑的", "电费昨天刚交过"],
      wish,
    ],
    details: { scope: "SINGLE" },
    outcomes: [
      {
        cause: "EQUIPMENT",
        kind: "LV_FAULT",
        facts: "表箱进线熔断器烧断，接线端子发热变色",
        why: "熔断器老化，接触不良",
        done: "更换同规格熔断器，紧固端子，测量电压正常后送电",
      },
      {
        cause: "EQUIPMENT",
        kind: "LV_FAULT",
        facts: "下户线接头氧化断线",
        why: "接头运行年久氧化",
        done: "重新压接接头并做绝缘，恢复供电",
      },
      {
        cause: "CUSTOMER_SIDE",
        kind: "CUSTOMER_INTERNAL",
        facts: "表前电压正常，客户户内漏保动作",
        why: "客户热水器绝缘损坏",
        done: "断开故障电器后合闸正常，告知客户请有资质的电工检修",
      },
      {
        cause: "EQUIPMENT",
        kind: "METERING",
        facts: "费控电能表继电器未合闸",
        why: "远程复电指令未执行到位",
        done: "现场重新下发合闸，核对表计时钟，恢复用电",
      },
    ],
  },
  {
    flow: "fault-repair",
    weight: 18,
    titles: ["整栋楼停电，楼道灯也不亮", "单元楼停电，电梯停运", "小区一栋楼没电", "门面一排都没电"],
    says: [
      since,
      ["整栋楼都停电了", "一个单元全黑", "这一排门面都没电"],
      ["电梯里好像有人被困", "楼道灯也不亮", "楼下配电箱有焦味", "物业说不是他们的问题"],
      wish,
    ],
    details: { scope: "MANY" },
    outcomes: [
      {
        cause: "EQUIPMENT",
        kind: "LV_FAULT",
        facts: "单元分支箱总开关烧损",
        why: "夏季负荷大，触头过热",
        done: "更换开关，三相负荷重新分配，逐户送电",
      },
      {
        cause: "EXTERNAL",
        kind: "LV_FAULT",
        facts: "低压电缆被施工挖断",
        why: "小区燃气管道开挖未联系供电所",
        done: "做中间接头抢通，设警示标志，通知施工单位",
      },
      {
        cause: "EQUIPMENT",
        kind: "LV_FAULT",
        facts: "低压出线开关跳闸，试送成功",
        why: "瞬时短路",
        done: "沿线巡视未见异常，试送成功，加强监测",
      },
    ],
  },
  {
    flow: "fault-repair",
    weight: 14,
    titles: ["半个村没电，变压器有异响", "全村停电，跌落保险掉了一相", "几十户停电，听到一声巨响", "台区停电，变压器冒烟"],
    says: [
      since,
      ["变压器嗡嗡响", "听到变压器那边一声响", "看到跌落保险掉下来一个"],
      ["半个村都没电", "抽水的也停了", "几十户都停了"],
      wish,
    ],
    details: { scope: "MANY" },
    urgent: true,
    outcomes: [
      {
        cause: "EQUIPMENT",
        kind: "HV_FAULT",
        facts: "配变高压侧熔丝熔断一相",
        why: "低压侧短路引起",
        done: "消除短路点，更换熔丝，测绝缘合格后送电",
      },
      {
        cause: "EXTERNAL",
        kind: "HV_FAULT",
        facts: "10 千伏分支线上有树枝，开关跳闸",
        why: "大风刮断树枝搭线",
        done: "清除树枝，巡线无异常后试送成功，列入清障计划",
      },
      { cause: "EXTERNAL", kind: "HV_FAULT", facts: "避雷器击穿", why: "雷击", done: "更换避雷器，摇测配变绝缘合格，恢复送电" },
    ],
  },
  {
    flow: "fault-repair",
    weight: 13,
    titles: ["电压不稳，电灯忽明忽暗", "电压低，空调带不起来", "电压时高时低，灯泡烧了两个"],
    says: [
      since,
      ["灯一闪一闪的", "空调启动不了", "水泵转不动", "电磁炉老是报警"],
      ["晚上特别明显", "左邻右舍都这样", "用表量只有一百九"],
      wish,
    ],
    details: { scope: "UNKNOWN" },
    outcomes: [
      {
        cause: "EQUIPMENT",
        kind: "POWER_QUALITY",
        facts: "台区末端电压 192 伏，三相不平衡",
        why: "负荷集中在 A 相",
        done: "调整十二户相别，实测末端电压 214 伏",
      },
      { cause: "EQUIPMENT", kind: "LV_FAULT", facts: "零线接头松动", why: "接头氧化", done: "重做零线接头，电压恢复正常" },
      {
        cause: "MANAGEMENT",
        kind: "POWER_QUALITY",
        facts: "配变重载，线径偏小",
        why: "台区负荷增长",
        done: "临时调高分接头，已列入低电压治理计划",
      },
    ],
  },
  {
    flow: "fault-repair",
    weight: 7,
    titles: ["电线被树枝压断，垂在路边", "电线掉在地上冒火花", "电杆被车撞斜，线快掉下来"],
    says: [
      since,
      ["电线垂到地上了", "树倒了压在电线上", "货车把电杆撞歪了"],
      ["离学校很近，很危险", "路上人来人往", "已经让人不要靠近"],
      ["请马上派人", "怕出人命", "请尽快停电处理"],
    ],
    details: { scope: "MANY", danger: true },
    urgent: true,
    outcomes: [
      {
        cause: "EXTERNAL",
        kind: "LV_FAULT",
        facts: "低压线被倒树压断落地",
        why: "大风",
        done: "立即停电隔离，清除树木，重新放线送电",
      },
      {
        cause: "EXTERNAL",
        kind: "HV_FAULT",
        facts: "电杆被车辆撞斜，导线未断",
        why: "车辆肇事",
        done: "设置围挡，扶正加固电杆，与交警确认责任",
      },
    ],
  },
  {
    flow: "fault-repair",
    weight: 9,
    titles: ["电表箱门脱落，线头外露", "电表屏幕不亮，担心计量不准", "表箱漏水，怕触电"],
    says: [
      ["楼道里的表箱门掉了", "电表没有显示了", "表箱里在滴水"],
      ["小孩够得着", "担心多算电费", "怕漏电"],
      ["请来人看看", "不急，这两天处理就行", "请修好后告诉我一声"],
    ],
    details: { scope: "SINGLE" },
    outcomes: [
      { cause: "EQUIPMENT", kind: "METERING", facts: "表箱门铰链损坏", why: "设备老旧", done: "更换表箱门并加锁" },
      {
        cause: "EQUIPMENT",
        kind: "METERING",
        facts: "电能表显示屏故障，计量数据正常",
        why: "元件老化",
        done: "更换电能表，新旧表码与客户签字确认",
      },
    ],
  },
  {
    flow: "fault-repair",
    weight: 9,
    titles: ["雷雨后跳闸合不上", "漏保一合就跳", "雨天频繁跳闸"],
    says: [["打雷以后就跳闸了", "漏保合上就跳", "一下雨就跳闸"], ["试了好几次", "拔了所有插头还是跳", "隔壁也有两家这样"], wish],
    details: { scope: "SINGLE" },
    outcomes: [
      {
        cause: "CUSTOMER_SIDE",
        kind: "CUSTOMER_INTERNAL",
        facts: "户内线路受潮漏电",
        why: "阳台插座进水",
        done: "断开受潮回路，其余回路送电，告知客户自行检修",
      },
      {
        cause: "EQUIPMENT",
        kind: "LV_FAULT",
        facts: "台区总漏保误动",
        why: "漏保定值偏小且元件老化",
        done: "更换总漏保，测试动作正常",
      },
    ],
  },
];
