import { defineErrors } from "./entry.ts";

export const callErrors = defineErrors({
  "call.agent-unknown": {
    status: 422,
    title: { zh: "没有可接此来电的坐席", en: "No agent answers to this name or extension" },
    action: {
      zh: "来电未登记。请核对坐席账号，或请坐席在受理台登记所在分机后重发。",
      en: "The call was not recorded. Check the account, or have the agent enter the extension at the desk, and send it again.",
    },
  },
  "call.reported-otherwise": {
    status: 409,
    title: { zh: "同一通话编号此前登记的内容不同", en: "This call was reported differently before" },
    action: {
      zh: "原登记未改动。请核对通话编号是否重复使用。",
      en: "What was recorded stands. Check whether the call's number was used twice.",
    },
  },
  "call.starts-ahead": {
    status: 422,
    title: { zh: "来电时间在将来", en: "The call begins in the future" },
    action: {
      zh: "来电未登记。请核对电话系统的时钟与时区。",
      en: "The call was not recorded. Check the telephone system's clock and zone.",
    },
  },
  "call.over": {
    status: 409,
    title: { zh: "该通话已经结束", en: "This call is over" },
    action: { zh: "不能再转接给其他坐席。", en: "It can no longer be passed on to another agent." },
  },
  "call.not-found": {
    status: 404,
    title: { zh: "没有找到该通话", en: "The call was not found" },
    action: { zh: "请核对通话编号；也可能不在您的权限范围内。", en: "Check its number; it may also lie outside your reach." },
  },
  "call.not-yours": {
    status: 403,
    title: { zh: "这不是您接的电话", en: "This is not your call" },
    action: { zh: "未作更改。由接听的坐席确认来电客户。", en: "Nothing was changed. The agent who has the call says who it is." },
  },
  "call.ends-before-start": {
    status: 422,
    title: { zh: "结束时间早于来电时间", en: "The call ends before it began" },
    action: { zh: "未作更改。请核对两个时间。", en: "Nothing was changed. Check both times." },
  },
  "call.person-needed": {
    status: 403,
    title: { zh: "分机只能由坐席本人登记", en: "An extension is entered by the agent in person" },
    action: { zh: "请用坐席账号登录后登记，接口密钥不能代办。", en: "Sign in as the agent; an API key cannot do it." },
  },
});
