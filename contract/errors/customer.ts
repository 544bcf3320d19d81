import { defineErrors } from "./entry.ts";

export const customerErrors = defineErrors({
  "customer.version-stale": {
    status: 409,
    title: { zh: "档案已被他人修改", en: "Somebody else has changed this file" },
    action: {
      zh: "您的修改未保存。请刷新到第 {version} 版后重新填写。",
      en: "Your change was not saved. Reload version {version} and enter it again.",
    },
  },
  "customer.account-exists": {
    status: 409,
    title: { zh: "户号已属于其他客户", en: "The account number belongs to another customer" },
    action: { zh: "未作任何更改。请核对户号 {accountNo}。", en: "Nothing was changed. Check account number {accountNo}." },
  },
  "customer.customer-no-exists": {
    status: 409,
    title: { zh: "客户编号已被使用", en: "The customer number is in use" },
    action: { zh: "未作任何更改。请核对客户编号 {customerNo}。", en: "Nothing was changed. Check customer number {customerNo}." },
  },
  "customer.erased": {
    status: 409,
    title: { zh: "该客户的个人信息已删除", en: "This customer's personal data were erased" },
    action: { zh: "档案仅供追溯，不能修改。", en: "The file is kept for tracing only and cannot be changed." },
  },
  "customer.not-found": {
    status: 404,
    title: { zh: "没有找到客户 {customerId}", en: "Customer {customerId} was not found" },
    action: {
      zh: "请核对客户号（客户页面地址中的 13 位数字）。",
      en: "Check the id: the 13 digits in the address of the customer's page.",
    },
  },
  "customer.orders-open": {
    status: 409,
    title: { zh: "该客户还有 {orders} 张在途工单", en: "{orders} orders of this customer are still open" },
    action: {
      zh: "未作任何更改。请待工单 {orderId} 等办结归档后再清除。",
      en: "Nothing was changed. Erase once they are closed; the first is {orderId}.",
    },
  },
  "customer.contact-unknown": {
    status: 422,
    title: { zh: "联系人不在该档案中", en: "The contact is not on this file" },
    action: { zh: "未作任何更改。请刷新后重试。", en: "Nothing was changed. Reload and try again." },
  },
  "customer.contact-twice": {
    status: 422,
    title: { zh: "同一电话重复出现", en: "The same telephone number stands twice" },
    action: { zh: "未作任何更改。请把两位联系人合并为一位。", en: "Nothing was changed. Make the two contacts one." },
  },
  "customer.unit-missing": {
    status: 422,
    title: { zh: "缺少责任单位", en: "The responsible unit is missing" },
    action: {
      zh: "未作任何更改。户号 {accountNo} 须选择责任单位，或选择一个台区。",
      en: "Nothing was changed. Choose a unit, or a transformer area, for account {accountNo}.",
    },
  },
  "customer.unit-unknown": {
    status: 422,
    title: { zh: "没有这个单位", en: "There is no such unit" },
    action: { zh: "未作任何更改。请重新选择责任单位。", en: "Nothing was changed. Choose the responsible unit again." },
  },
  "customer.unit-of-another-region": {
    status: 422,
    title: { zh: "单位属于另一地市", en: "The unit belongs to another city" },
    action: { zh: "未作任何更改。台区不能跨地市移交。", en: "Nothing was changed. A transformer area stays within its city." },
  },
  "customer.units-in-several-regions": {
    status: 422,
    title: { zh: "户号分属不同地市", en: "The accounts lie in several cities" },
    action: { zh: "未作任何更改。请按地市分别建档。", en: "Nothing was changed. Open one file per city." },
  },
  "customer.transformer-area-unknown": {
    status: 422,
    title: { zh: "没有这个台区", en: "There is no such transformer area" },
    action: {
      zh: "未作任何更改。请核对台区编号 {code}，或先登记台区。",
      en: "Nothing was changed. Check code {code}, or enter the area first.",
    },
  },
  "customer.area-of-another-unit": {
    status: 422,
    title: { zh: "台区由另一单位负责", en: "Another unit is responsible for the transformer area" },
    action: {
      zh: "未作任何更改。台区 {code} 的责任单位是 {unit}。",
      en: "Nothing was changed. {unit} is responsible for area {code}.",
    },
  },
  "customer.cursor-invalid": {
    status: 400,
    title: { zh: "翻页位置无效", en: "The place to go on from is not valid" },
    action: { zh: "请从第一页重新开始。", en: "Start again from the first page." },
  },
  "customer.merged": {
    status: 409,
    title: { zh: "该客户档案已并入另一档案", en: "This file was merged into another one" },
    action: {
      zh: "未作任何更改。请在客户 {customerId} 的档案中操作。",
      en: "Nothing was changed. Work on customer {customerId}.",
    },
  },
  "customer.need-unknown": {
    status: 422,
    title: { zh: "档案中没有这项特殊需求", en: "The file has no such special need" },
    action: {
      zh: "未作任何更改。请先登记特殊需求，再上传证明。",
      en: "Nothing was changed. Enter the need first, then its evidence.",
    },
  },
  "customer.too-many-files": {
    status: 422,
    title: { zh: "证明材料不能超过 {most} 件", en: "A file has at most {most} pieces of evidence" },
    action: { zh: "未保存。请先移除过期的材料。", en: "It was not kept. Remove what has run out first." },
  },
  "customer.note-of-another": {
    status: 403,
    title: { zh: "只能撤回自己写的备注", en: "Only who wrote a note can retract it" },
    action: {
      zh: "未作任何更改。请联系备注的作者，或另写一条更正。",
      en: "Nothing was changed. Ask its author, or write another note that puts it right.",
    },
  },
  "customer.note-retracted": {
    status: 409,
    title: { zh: "这条备注已撤回", en: "The note was retracted before" },
    action: { zh: "未作任何更改。", en: "Nothing was changed." },
  },
  "customer.person-needed": {
    status: 422,
    title: { zh: "须指明走访人", en: "Somebody has to make the visit" },
    action: { zh: "未作任何更改。接口密钥登记走访须给出走访人。", en: "Nothing was changed. A key has to name the visitor." },
  },
  "customer.staff-unknown": {
    status: 422,
    title: { zh: "没有这位可承担的在岗人员", en: "There is no such person at work who could do this" },
    action: {
      zh: "未作任何更改。请另选一位在岗、可查看客户的人员。",
      en: "Nothing was changed. Choose somebody at work who may read customers.",
    },
  },
  "customer.visit-ahead": {
    status: 422,
    title: { zh: "走访时间晚于现在", en: "The visit lies in the future" },
    action: { zh: "未作任何更改。尚未走访的请登记为计划。", en: "Nothing was changed. Plan it instead." },
  },
  "customer.visit-over": {
    status: 409,
    title: { zh: "这次走访已结束", en: "This visit is over" },
    action: {
      zh: "未作任何更改。已走访或已取消的不再修改，可另写备注。",
      en: "Nothing was changed. What was made or cancelled stays; write a note instead.",
    },
  },
  "customer.order-unknown": {
    status: 422,
    title: { zh: "该客户没有工单 {orderId}", en: "The customer has no order {orderId}" },
    action: { zh: "未作任何更改。请核对工单号。", en: "Nothing was changed. Check the number." },
  },
  "customer.too-many-cards": {
    status: 422,
    title: { zh: "台区客户超过 {most} 户", en: "The transformer area has more than {most} customers" },
    action: { zh: "未打印。请按客户逐户打印。", en: "Nothing was printed. Print them customer by customer." },
  },
  "customer.merge-itself": {
    status: 422,
    title: { zh: "不能与自身合并", en: "A file cannot be merged into itself" },
    action: { zh: "未作任何更改。请选择另一客户。", en: "Nothing was changed. Choose another customer." },
  },
  "customer.merge-across-regions": {
    status: 422,
    title: { zh: "两份档案分属不同地市", en: "The files belong to two cities" },
    action: {
      zh: "未作任何更改。档案按地市建立，不能跨地市合并。",
      en: "Nothing was changed. Files are kept city by city and are not merged across.",
    },
  },
  "customer.merge-settled": {
    status: 409,
    title: { zh: "合并后档案已有变更，不能撤销", en: "The file has changed since the merge" },
    action: {
      zh: "未作任何更改。请按需新建档案并移出户号。",
      en: "Nothing was changed. Open a new file and move the accounts there by hand.",
    },
  },
  "customer.headings": {
    status: 422,
    title: { zh: "表头无法识别", en: "The headings cannot be read" },
    action: { zh: "未导入。{zh}。请对照模板修改表头。", en: "Nothing was loaded. {en}. Compare the headings with the template." },
  },
});
