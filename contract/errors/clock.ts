import { defineErrors } from "./entry.ts";

export const clockErrors = defineErrors({
  "clock.rulebook-changed": {
    status: 409,
    title: { zh: "规则在此期间已被他人发布了新版本", en: "Somebody has published a newer rulebook in the meantime" },
    action: {
      zh: "您的修改没有保存。当前版本为 {currentVersion}，请在其基础上重新试算后再发布。",
      en: "Nothing of yours was saved. Version {currentVersion} is in force: run the dry run again on it, then publish.",
    },
  },
  "clock.pack-invalid": {
    status: 422,
    title: { zh: "规则包文本有 {problems} 处问题", en: "The rule pack's text has {problems} problems" },
    action: {
      zh: "没有保存。第一处在第 {line} 行：{firstZh}。请用核对功能查看全部问题。",
      en: "Nothing was saved. The first is in line {line}: {firstEn}. Use the check to see them all.",
    },
  },
  "clock.pack-changed": {
    status: 409,
    title: { zh: "规则包 {key} 在此期间已有新版本", en: "Rule pack {key} has a newer version" },
    action: {
      zh: "没有保存。现行版本为 {currentVersion}，请取得新文本后重新修改。",
      en: "Nothing was saved. Version {currentVersion} is in force: fetch it and make your changes there.",
    },
  },
  "clock.pack-adopted-already": {
    status: 409,
    title: { zh: "该单位已采用规则包 {key}", en: "Rule pack {key} is adopted at this unit already" },
    action: { zh: "没有任何改变。", en: "Nothing was changed." },
  },
  "clock.pack-not-adopted": {
    status: 409,
    title: { zh: "该单位没有采用规则包 {key}", en: "Rule pack {key} is not adopted at this unit" },
    action: { zh: "没有任何改变。请在采用它的单位取消。", en: "Nothing was changed. Drop it at the unit that adopted it." },
  },
  "clock.pack-not-shipped": {
    status: 409,
    title: { zh: "规则包 {key} 没有更新的随产品版本", en: "No newer text of rule pack {key} came with the product" },
    action: { zh: "没有任何改变。", en: "Nothing was changed." },
  },
  "clock.nothing-changes": {
    status: 422,
    title: { zh: "所拟内容与现行规则相同", en: "The draft is the same as the rulebook in force" },
    action: { zh: "没有建立草案。", en: "No draft was made." },
  },
  "clock.rulebook-invalid": {
    status: 422,
    title: { zh: "变更后的规则不成立", en: "The rulebook would not stand" },
    action: { zh: "没有保存。{place}：{firstZh}", en: "Nothing was saved. {place}: {firstEn}" },
  },
  "clock.slot-without-limit": {
    status: 422,
    title: { zh: "变更后“{flowZh}”的“{slotZh}”将没有任何时限", en: "“{slotEn}” of {flowEn} would be left without any limit" },
    action: {
      zh: "没有保存。在途工单必须始终有时限在走，请保留或补上该环节的规则。",
      en: "Nothing was saved. An open order must always have a running clock: keep or add a rule for this step.",
    },
  },
  "clock.draft-not-ready": {
    status: 409,
    title: { zh: "试算尚未完成", en: "The dry run is not finished" },
    action: {
      zh: "草案已保留。请等试算完成、看过结果后再发布。",
      en: "The draft was kept. Wait for the result, look at it, then publish.",
    },
  },
  "clock.draft-not-open": {
    status: 409,
    title: { zh: "该草案已发布、放弃或失效", en: "The draft was published, discarded or is outdated" },
    action: { zh: "没有任何改变。请重新拟订。", en: "Nothing was changed. Make a new draft." },
  },
  "clock.draft-token-wrong": {
    status: 409,
    title: { zh: "发布的内容与试算所见不一致", en: "What is to be published is not what the dry run showed" },
    action: {
      zh: "没有发布。请重新打开试算结果后再发布。",
      en: "Nothing was published. Open the dry run's result again, then publish.",
    },
  },
});
