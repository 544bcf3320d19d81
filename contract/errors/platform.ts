import { defineErrors } from "./entry.ts";

export const platformErrors = defineErrors({
  "request.invalid": {
    status: 400,
    title: { zh: "请求内容不符合要求", en: "The request is not valid" },
    action: { zh: "请按所列字段逐项更正后重试。", en: "Correct the fields that are listed and try again." },
  },
  "request.not-found": {
    status: 404,
    title: { zh: "没有找到", en: "Not found" },
    action: { zh: "请核对编号；也可能超出您的查看范围。", en: "Check the number; it may also lie outside what you may see." },
  },
  "request.too-large": {
    status: 413,
    title: { zh: "内容过大", en: "The request is too large" },
    action: { zh: "请缩小后重试，上限为 {limit}。", en: "Make it smaller; the limit is {limit}." },
  },
  "request.headers-too-large": {
    status: 431,
    title: { zh: "请求头或地址过长", en: "The request's headers or address are too long" },
    action: {
      zh: "未作任何更改。请缩短后重试；浏览器用户可清除本站 Cookie。",
      en: "Nothing was changed. Shorten them and try again; in a browser, clear this site's cookies.",
    },
  },
  "request.too-slow": {
    status: 408,
    title: { zh: "请求未在时限内发完", en: "The request took too long to arrive" },
    action: { zh: "未作任何更改。请检查网络后重试。", en: "Nothing was changed. Check the network and try again." },
  },
  "request.too-many": {
    status: 429,
    title: { zh: "请求过于频繁", en: "Too many requests" },
    action: { zh: "请在 {retryAfterSeconds} 秒后重试。", en: "Try again in {retryAfterSeconds} seconds." },
  },
  "request.unsupported-media": {
    status: 415,
    title: { zh: "不支持的内容类型", en: "Unsupported content type" },
    action: { zh: "请以 application/json 发送。", en: "Send application/json." },
  },
  "request.idempotency-key-missing": {
    status: 400,
    title: { zh: "缺少幂等键", en: "The idempotency key is missing" },
    action: {
      zh: "请在 Idempotency-Key 请求头中带上本次操作的唯一编号。",
      en: "Send a unique key of this act in the Idempotency-Key header.",
    },
  },
  "request.idempotency-key-reused": {
    status: 409,
    title: { zh: "幂等键已用于另一项内容", en: "The idempotency key was used for something else" },
    action: { zh: "原操作已保留；新的操作请换用新的键。", en: "The first act was kept; use a new key for a new act." },
  },
  "request.cross-site": {
    status: 403,
    title: { zh: "请求来自其他网站", en: "The request comes from another site" },
    action: { zh: "未作任何更改。请在本系统的页面上操作。", en: "Nothing was changed. Act from a page of this system." },
  },
  "session.required": {
    status: 401,
    title: { zh: "需要登录", en: "Sign-in is required" },
    action: { zh: "请登录后重试；您的内容未被保存。", en: "Sign in and try again; nothing was saved." },
  },
  "permission.missing": {
    status: 403,
    title: { zh: "没有此项权限", en: "You do not hold this permission" },
    action: {
      zh: "未作任何更改。需要此项权限请联系管理员：{permission}。",
      en: "Nothing was changed. Ask your administrator for: {permission}.",
    },
  },
  "server.unavailable": {
    status: 503,
    title: { zh: "服务暂时不可用", en: "The service is unavailable for a moment" },
    action: { zh: "您的内容未被保存，请稍候重试。", en: "Nothing was saved; try again shortly." },
  },
  "server.failure": {
    status: 500,
    title: { zh: "服务器出现故障", en: "The server failed" },
    action: {
      zh: "没有任何内容被部分保存。请重试；仍不成功请把编号 {requestId} 告知管理员。",
      en: "Nothing was half-saved. Try again; if it persists, give {requestId} to your administrator.",
    },
  },
  "file.missing": {
    status: 400,
    title: { zh: "没有收到文件", en: "No file arrived" },
    action: { zh: "请选择一个文件后重试。", en: "Choose a file and try again." },
  },
  "file.empty": {
    status: 422,
    title: { zh: "文件是空的", en: "The file is empty" },
    action: { zh: "未保存。请检查文件后重新上传。", en: "Nothing was kept. Check the file and upload it again." },
  },
  "file.too-large": {
    status: 413,
    title: { zh: "文件过大", en: "The file is too large" },
    action: {
      zh: "未保存。上限为 {limitBytes} 字节，请压缩后重试。",
      en: "Nothing was kept. The limit is {limitBytes} bytes; make it smaller and try again.",
    },
  },
  "file.several": {
    status: 400,
    title: { zh: "一次只能上传一个文件", en: "One file at a time" },
    action: { zh: "均未保存。请逐个上传。", en: "None of them was kept. Upload them one by one." },
  },
  "file.cannot-be-kept": {
    status: 503,
    title: { zh: "附件存储空间已满或不可写", en: "The storage for attachments is full or cannot be written to" },
    action: {
      zh: "文件未保存，其他工作不受影响。请告知管理员（{because}），稍后重新上传。",
      en: "The file was not kept; other work goes on. Tell your administrator ({because}) and upload it again later.",
    },
  },
  "file.type-refused": {
    status: 415,
    title: {
      zh: "不接受该类文件，或内容与文件名不符",
      en: "This kind of file is not accepted, or its content is not what its name says",
    },
    action: {
      zh: "未保存。请上传图片、PDF、Word、Excel、文本、录音或视频。",
      en: "Nothing was kept. Upload a picture, PDF, Word, Excel, text, sound or video.",
    },
  },
});
