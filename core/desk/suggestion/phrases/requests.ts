import type { Phrases } from "./demands.ts";

export const requestPhrases: Phrases = {
  inquiry: {
    zh: [
      "咨询电价多少钱一度",
      "咨询阶梯电价怎么算，峰谷电价时段",
      "查询电费账单、余额、户号",
      "请问新装需要什么资料，怎么办理",
      "咨询过户更名怎么办，带什么证件",
      "请问今天为什么停电，停电计划到几点",
      "营业厅在哪里，几点上班，周末开不开门",
      "怎么开电费发票，增值税发票抬头",
      "怎么用手机交费，绑定户号",
      "询问工单处理进度",
      "咨询光伏上网电费、补贴什么时候结算",
      "咨询电动汽车充电桩怎么申请、电价多少",
    ],
    en: [
      "what is the tariff, how are the steps counted",
      "which documents are needed for a connection",
      "how much do I owe, where is my bill",
      "when does the business hall open",
      "until when is the planned outage",
      "how do I get an invoice",
    ],
  },
  "service-request/RECONNECT_AFTER_ARREARS": {
    zh: [
      "欠费停电，电费已交清，申请复电",
      "交了费还没来电，要求恢复送电",
      "欠费被拉闸，已经缴费，请合闸",
      "费控停电，充值以后没有复电",
    ],
    en: ["cut off for arrears, paid now, reconnect please", "paid the bill and still no power"],
  },
  "service-request/APPLIANCE_DAMAGE": {
    zh: [
      "电压突然升高，电视冰箱烧坏，要求赔偿",
      "来电以后家用电器损坏",
      "停电来电把空调主板烧了，申请理赔",
      "零线断了，好几家电器烧坏",
    ],
    en: ["television and refrigerator burnt by high voltage, compensation", "appliances damaged after the outage"],
  },
  "service-request/METER_ABNORMAL": {
    zh: [
      "电表不走字，屏幕不显示",
      "电表黑屏，报警灯亮",
      "家里没用电，电表还在走",
      "电表显示错误代码，按键没反应",
      "电表接线接错，两家串户",
      "电表外壳破损",
    ],
    en: ["the meter shows nothing", "the meter runs with everything switched off", "alarm light on the meter"],
  },
  "service-request/METER_READING_ABNORMAL": {
    zh: [
      "抄表示数和电表对不上",
      "账单电量突增，抄表数据异常，要求核实",
      "这个月电费是上个月的几倍，怀疑抄错表",
      "没人住电费却很高，核对抄表读数",
      "漏抄，电量为零",
    ],
    en: ["the reading on the bill differs from the meter", "consumption suddenly doubled, please verify the reading"],
  },
  "service-request/METER_TEST": {
    zh: ["怀疑电表不准，申请校验电表", "电表走得太快，要求验表", "申请电能表检定、校表", "要求现场校验电能表"],
    en: ["I doubt the meter, please test it", "the meter runs too fast, meter test"],
  },
  "service-request/FAST_CHARGE_APPOINTMENT": {
    zh: ["高速服务区预约快充", "预约高速公路充电桩充电", "电动汽车快充预约，节假日排队"],
    en: ["appointment for fast charging at the motorway", "book a fast charger"],
  },
  "service-request/TEMPORARY_REMOVAL": {
    zh: ["房屋拆除，申请暂拆电表", "申请暂时停止用电，拆表", "长期不住，申请暂拆"],
    en: ["temporary disconnection, remove the meter", "the house is rebuilt, take the meter off for now"],
  },
  "service-request/OTHER": {
    zh: ["申请移表、迁移表箱", "更改联系电话、账单地址", "申请峰谷电价开通", "申请过户更名", "申请销户", "申请砍树清障"],
    en: ["move the meter box", "change of name", "close the account", "change the billing address", "cut trees near the line"],
  },
  "connection-resident/NEW": {
    zh: ["新房子申请装电表，居民新装", "家里新装用电，申请立户", "农村自建房申请通电"],
    en: ["new supply for a home", "my new house needs a meter"],
  },
  "connection-resident/INCREASE": {
    zh: ["家里申请增容，换大表", "家用电容量不够，申请增加容量", "居民单相改三相"],
    en: ["more capacity for a home", "from one phase to three at home"],
  },
  "connection-low-voltage/NEW": {
    zh: ["商铺新装电表，开店用电", "小作坊、养殖场申请三相电新装", "临时施工用电申请", "农业灌溉排灌用电新装"],
    en: ["new supply for a shop", "three-phase supply for a workshop", "temporary supply for a building site"],
  },
  "connection-low-voltage/INCREASE": {
    zh: ["商铺增容，容量不够", "加工厂低压增容", "店里加设备，申请增加用电容量"],
    en: ["more capacity for a shop", "the workshop needs a stronger supply"],
  },
  "connection-hv-single/NEW": {
    zh: ["企业新建厂房，申请 10 千伏专变新装", "工厂高压新装，报装变压器", "高压单电源报装"],
    en: ["new high-voltage supply for a factory", "own transformer, single source"],
  },
  "connection-hv-single/INCREASE": {
    zh: ["企业变压器增容，高压增容", "厂里扩产，专变容量不够，申请增容"],
    en: ["the factory needs a larger transformer", "more high-voltage capacity"],
  },
  "connection-hv-dual/NEW": {
    zh: ["医院申请双电源供电", "数据中心双回路高压新装", "重要用户申请备用电源、双电源报装"],
    en: ["hospital with two sources", "dual supply for a data centre"],
  },
  "connection-hv-dual/INCREASE": {
    zh: ["双电源用户增容", "医院双回路扩容"],
    en: ["more capacity for a dual-source customer"],
  },
  "connection-generation/NATURAL_PERSON": {
    zh: ["屋顶光伏并网，个人分布式光伏申请", "自家屋顶装太阳能发电，申请上网", "户用光伏报装"],
    en: ["solar panels on my roof, connection to the grid", "photovoltaic of a household"],
  },
  "connection-generation/LOW_VOLTAGE": {
    zh: ["公司屋顶分布式光伏低压并网", "合作社光伏项目并网申请"],
    en: ["photovoltaic of a company at low voltage"],
  },
  "connection-generation/HIGH_VOLTAGE": {
    zh: ["光伏电站 10 千伏并网", "厂房屋顶兆瓦级光伏高压并网"],
    en: ["photovoltaic plant at 10 kV"],
  },
  "connection-charging/RESIDENT": {
    zh: ["小区车位装充电桩，个人充电桩报装", "买了电动车，申请安装家用充电桩电表", "自用充电桩，物业同意"],
    en: ["charging post for my parking space", "home charger needs a meter"],
  },
  "connection-charging/LOW_VOLTAGE": {
    zh: ["经营性充电桩低压报装", "停车场对外充电桩用电申请"],
    en: ["public charging posts at low voltage"],
  },
  "connection-charging/HIGH_VOLTAGE": {
    zh: ["充电站高压报装，专变", "公交充电站、大型充电站用电申请"],
    en: ["charging station at high voltage"],
  },
};

/** Suggestions share their beginning: only what they are about tells one subtype from another. */
export const suggestionPhrases: Phrases = Object.fromEntries(
  Object.entries({
    URBAN_GRID: { zh: ["建议改造老旧小区线路，城市电网改造", "建议电线入地"], en: ["renew the grid in town"] },
    RURAL_GRID: { zh: ["建议改造农村电网，更换农村变压器", "建议村里加杆加线"], en: ["renew the grid in the village"] },
    SERVICE: { zh: ["建议改进服务态度，加强培训", "建议营业厅增加窗口"], en: ["train the staff better"] },
    OUTAGE: { zh: ["建议停电提前通知，避开用电高峰停电", "建议合理安排停电计划"], en: ["announce outages earlier"] },
    REPAIR: { zh: ["建议增加抢修人员，抢修再快一些", "建议抢修进度通知客户"], en: ["more repair crews"] },
    CONNECTION: { zh: ["建议简化报装手续", "建议新装办理线上化"], en: ["make new connections simpler"] },
    READING: { zh: ["建议抄表以后发短信，改进催费方式", "建议欠费提前提醒"], en: ["tell the reading by message"] },
    PAYMENT: { zh: ["建议增加交费渠道，增加交费网点", "建议支持更多支付方式"], en: ["more ways to pay"] },
    TARIFF: { zh: ["建议调整阶梯电价、峰谷时段", "建议降低电价"], en: ["change the tariff steps"] },
    METERING: { zh: ["建议更换智能电表，电表显示再清楚些", "建议一户一表"], en: ["clearer meters"] },
    EV_CHARGING: { zh: ["建议多建充电桩，增加充电站", "建议降低充电服务费"], en: ["more charging stations"] },
    OTHER: { zh: ["建议开发老年版应用", "建议多做安全用电宣传"], en: ["teach safe use of electricity"] },
  }).map(([subtype, phrases]) => [`suggestion/${subtype}`, phrases]),
);
