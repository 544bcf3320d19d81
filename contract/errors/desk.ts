import { defineErrors } from "./entry.ts";

export const deskErrors = defineErrors({
  "desk.person-only": {
    status: 403,
    title: { zh: "个人偏好只属于人员账号", en: "Only a person keeps choices of their own" },
    action: {
      zh: "接口密钥没有个人偏好，未保存。请以人员账号登录后设置。",
      en: "Nothing was kept: an API key has no choices of its own. Sign in as a person.",
    },
  },
});
