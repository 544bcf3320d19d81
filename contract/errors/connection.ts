import { defineErrors } from "./entry.ts";

const kept = { zh: "工单未改动。", en: "The order is unchanged." };
const say = (zh: string, en: string) => ({ zh: `${kept.zh}${zh}`, en: `${kept.en} ${en}` });

export const connectionErrors = defineErrors({
  "connection.appointment-past": {
    status: 422,
    title: { zh: "约定的上门时间已经过去", en: "The agreed time has already passed" },
    action: say("请填写将来的时间。", "Agree a time that lies ahead."),
  },
  "connection.documents-missing": {
    status: 409,
    title: { zh: "资料尚未补齐：{zh}", en: "Documents are still missing: {en}" },
    action: say("收到资料后先登记“补交资料”，再签订合同。", "Record them as supplied first, then sign the contract."),
  },
  "connection.nothing-missing": {
    status: 409,
    title: { zh: "资料已经齐全", en: "No document is missing" },
    action: say("无需登记补交资料。", "There is nothing to record."),
  },
  "connection.document-not-missing": {
    status: 422,
    title: { zh: "该资料不在尚缺之列：{zh}", en: "This document was not missing: {en}" },
    action: say("请只选择尚缺的资料。", "Choose only documents that are missing."),
  },
  "connection.fee-open": {
    status: 409,
    title: { zh: "业务费尚未收取", en: "The fee has not been settled" },
    action: say("请先登记“收取业务费”。", "Record the fee as settled first."),
  },
  "connection.no-fee-due": {
    status: 409,
    title: { zh: "没有待收的业务费", en: "No fee is due" },
    action: say("供电方案未要求收费，或已经收取。", "The supply plan asked for none, or it was settled already."),
  },
  "connection.review-not-required": {
    status: 409,
    title: { zh: "普通客户不作设计审查和中间检查", en: "Ordinary customers need no design review or intermediate inspection" },
    action: say(
      "两项只对重要客户保留；客户工程完工后直接报验。",
      "They are kept for important customers; report completion once the works are done.",
    ),
  },
  "connection.design-not-passed": {
    status: 409,
    title: { zh: "设计审查尚未通过", en: "The design has not passed its review" },
    action: say("请先送审并通过设计审查。", "Submit the design and have it pass first."),
  },
  "connection.design-passed-already": {
    status: 409,
    title: { zh: "设计审查已经通过", en: "The design has passed already" },
    action: say("无需再次送审。", "It need not be submitted again."),
  },
  "connection.mid-inspection-not-passed": {
    status: 409,
    title: { zh: "中间检查尚未合格", en: "The intermediate inspection has not passed" },
    action: say("请先申请中间检查，各部分合格后再报验。", "Ask for it, and report completion once every part has passed."),
  },
  "connection.stage-passed": {
    status: 409,
    title: { zh: "该部分已检验合格", en: "This stage has passed already" },
    action: say("请检验其余部分。", "Inspect the stages that are left."),
  },
  "connection.findings-missing": {
    status: 422,
    title: { zh: "不合格须写明整改意见", en: "What was found must be written down" },
    action: say("请逐项写明须整改的问题，一次告知客户。", "Say what must be put right, all of it at once."),
  },
  "connection.rectification-unconfirmed": {
    status: 422,
    title: { zh: "上次发现的问题未确认整改", en: "The earlier findings were not confirmed as put right" },
    action: say("请逐项复核后勾选“已逐项复核整改”。", "Check them one by one and confirm it."),
  },
  "connection.contract-signed": {
    status: 409,
    title: { zh: "供用电合同已经签订", en: "The supply contract has been signed already" },
    action: say("无需再次签订。", "It need not be signed again."),
  },
  "connection.not-a-connection": {
    status: 404,
    title: { zh: "该工单不是业扩报装", en: "This order is no service connection" },
    action: { zh: "请从业扩流程跟踪表中打开。", en: "Open it from the tracking table of connections." },
  },
  "connection.period-too-long": {
    status: 422,
    title: { zh: "统计期间过长或前后颠倒", en: "The period is too long or the wrong way round" },
    action: { zh: "请选择不超过 {days} 天的期间。", en: "Choose at most {days} days." },
  },
});
