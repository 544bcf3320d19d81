import { defineErrors } from "./entry.ts";

const nothing = { zh: "未作任何更改。", en: "Nothing was changed. " };

export const knowledgeErrors = defineErrors({
  "knowledge.not-found": {
    status: 404,
    title: { zh: "没有这篇知识", en: "There is no such article" },
    action: {
      zh: "它可能尚未审批，或属于其他单位。请从知识库重新查找。",
      en: "It may not be approved yet, or belongs to another unit. Search the knowledge base again.",
    },
  },
  "knowledge.not-yours": {
    status: 403,
    title: { zh: "这篇知识由其他单位发布", en: "Another unit issued this article" },
    action: { zh: `${nothing.zh}请联系发布单位的知识管理员。`, en: `${nothing.en}Turn to the issuing unit's knowledge editor.` },
  },
  "knowledge.changed-meanwhile": {
    status: 409,
    title: { zh: "他人已修改这篇知识", en: "Somebody else has changed this article" },
    action: {
      zh: "您的修改未保存，填写的内容仍在此页。请另开一页查看现在的内容后重新保存。",
      en: "Your change was not saved; what you entered is still on this page. Look at the article in another tab, then save again.",
    },
  },
  "knowledge.not-at-this-stage": {
    status: 409,
    title: { zh: "这一版已不在此环节", en: "This version is not at that stage" },
    action: {
      zh: `${nothing.zh}草稿可以修改和提交，待审批的可以审批或退回，已生效的可以停用。请刷新。`,
      en: `${nothing.en}A draft can be edited and submitted, a submitted version approved or returned, an approved one withdrawn. Reload.`,
    },
  },
  "knowledge.own-words": {
    status: 403,
    title: { zh: "编写人不能审批自己的内容", en: "Who wrote a version cannot approve it" },
    action: {
      zh: `${nothing.zh}请由未参与编写的另一人审批。`,
      en: `${nothing.en}Somebody who took no part in writing it has to approve it.`,
    },
  },
  "knowledge.person-needed": {
    status: 403,
    title: { zh: "须由本人操作", en: "A person has to do this" },
    action: {
      zh: `${nothing.zh}审批和评价不能由接口密钥代做，请本人登录。`,
      en: `${nothing.en}A key neither approves nor says what helped: sign in as a person.`,
    },
  },
  "knowledge.answer-missing": {
    status: 422,
    title: { zh: "问答还没有答复口径", en: "The question has no answer yet" },
    action: { zh: "草稿仍保留。请写好答复后提交。", en: "The draft was kept. Write the answer, then submit." },
  },
  "knowledge.steps-missing": {
    status: 422,
    title: { zh: "岗位手册还没有步骤", en: "The handbook has no steps yet" },
    action: { zh: "草稿仍保留。请至少写一个步骤后提交。", en: "The draft was kept. Write at least one step, then submit." },
  },
  "knowledge.causes-missing": {
    status: 422,
    title: { zh: "典型故障还没有原因和处理办法", en: "The fault has no cause with its remedy yet" },
    action: {
      zh: "草稿仍保留。请至少写一个原因及处理办法后提交。",
      en: "The draft was kept. Write at least one cause with its remedy, then submit.",
    },
  },
  "knowledge.over-already": {
    status: 422,
    title: { zh: "截止日期 {validTo} 已过", en: "Its last day, {validTo}, is over" },
    action: { zh: "草稿仍保留。请改截止日期后提交。", en: "The draft was kept. Change the last day, then submit." },
  },
  "knowledge.link-unknown": {
    status: 422,
    title: { zh: "没有这个业务、细类或环节：{link}", en: "There is no such business, subtype or step: {link}" },
    action: { zh: "未保存。请从列表中选择。", en: "Nothing was saved. Choose from the list." },
  },
  "knowledge.unit-unknown": {
    status: 422,
    title: { zh: "没有这个单位", en: "There is no such unit" },
    action: { zh: "未保存。请重新选择发布单位。", en: "Nothing was saved. Choose the issuing unit again." },
  },
  "knowledge.too-many-files": {
    status: 409,
    title: { zh: "附件已有 {most} 个", en: "It has {most} attachments already" },
    action: { zh: "文件未保存。请先移除不用的附件。", en: "The file was not kept. Remove one that is not needed first." },
  },
  "knowledge.words-missing": {
    status: 422,
    title: { zh: "没有可以记下的内容", en: "There are no words to keep" },
    action: {
      zh: "电话、户号等号码不会记录。请写几个字说明要找什么。",
      en: "Telephone and account numbers are not kept. Say in a few words what you were looking for.",
    },
  },
  "knowledge.cursor-invalid": {
    status: 400,
    title: { zh: "翻页位置无效", en: "The place to go on from is not valid" },
    action: { zh: "请从第一页重新开始。", en: "Start again from the first page." },
  },
});
