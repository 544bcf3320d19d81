import { defineErrors } from "./entry.ts";

export const deskIntakeErrors = defineErrors({
  "desk.person-needed": {
    status: 403,
    title: { zh: "草稿属于个人", en: "Drafts belong to a person" },
    action: { zh: "请用人员账号登录；接口密钥没有草稿。", en: "Sign in as a person; an API key has no drafts." },
  },
  "desk.draft-too-large": {
    status: 422,
    title: { zh: "草稿过大", en: "The draft is too large" },
    action: {
      zh: "草稿未保存，上一次保存的内容还在。请缩短诉求内容后再试。",
      en: "It was not kept; what was kept before is still there. Shorten the text and try again.",
    },
  },
  "desk.too-many-drafts": {
    status: 409,
    title: { zh: "未完成的草稿已达 {most} 份", en: "There are {most} unfinished drafts already" },
    action: {
      zh: "草稿未保存。请先受理或删除一份旧草稿。",
      en: "It was not kept. Take in or discard an older one first.",
    },
  },
});
