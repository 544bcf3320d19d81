import { defineErrors } from "./entry.ts";

const kept = { zh: "工单未改动。", en: "The order is unchanged." };
const say = (zh: string, en: string) => ({ zh: `${kept.zh}${zh}`, en: `${kept.en} ${en}` });

export const workOrderErrors = defineErrors({
  "work-order.not-found": {
    status: 404,
    title: { zh: "没有找到工单 {orderId}", en: "Order {orderId} was not found" },
    action: { zh: "请核对工单号；也可能不在您的查看范围内。", en: "Check the number; it may also lie outside what you may see." },
  },
  "work-order.version-conflict": {
    status: 409,
    title: { zh: "工单刚刚被他人处理", en: "Somebody else has just acted on this order" },
    action: say(
      "请查看最新情况后再决定（您依据的是第 {version} 版，现为第 {current} 版）。",
      "Read how it stands now and decide again (you decided on version {version}, it is now {current}).",
    ),
  },
  "work-order.form-invalid": {
    status: 400,
    title: { zh: "表单内容不符合要求", en: "The form is not valid" },
    action: { zh: "请按所列字段逐项更正后重试。", en: "Correct the fields that are listed and try again." },
  },
  "work-order.flow-unknown": {
    status: 422,
    title: { zh: "没有业务类型 {flow}", en: "There is no kind of business {flow}" },
    action: { zh: "请从列表中选择业务类型。", en: "Choose one from the list." },
  },
  "work-order.subtype-unknown": {
    status: 422,
    title: {
      zh: "没有选择子类，或子类不属于该业务类型",
      en: "The subtype is missing or does not belong to this kind of business",
    },
    action: { zh: "请从该业务类型的子类中选择。", en: "Choose one of its subtypes." },
  },
  "work-order.unit-unknown": {
    status: 422,
    title: { zh: "单位 {unit} 不存在或已停用", en: "Unit {unit} does not exist or is no longer active" },
    action: { zh: "请选择有效的单位。", en: "Choose an active unit." },
  },
  "work-order.unit-other-region": {
    status: 422,
    title: { zh: "该单位属于其他地市", en: "That unit belongs to another region" },
    action: { zh: "工单不能跨地市流转，请选择本地市单位。", en: "An order stays in its region; choose a unit of this region." },
  },
  "work-order.order-other-region": {
    status: 422,
    title: { zh: "该工单属于其他地市", en: "That order belongs to another region" },
    action: { zh: "只能合并本地市的工单；可改用关联。", en: "Orders are merged within a region only; link them instead." },
  },
  "work-order.customer-unknown": {
    status: 422,
    title: { zh: "没有找到客户 {customerId}", en: "Customer {customerId} was not found" },
    action: {
      zh: "请重新查找客户，或不关联客户受理；也可能不在您的查看范围内。",
      en: "Look the customer up again, or take the demand in without one; it may also lie outside what you may see.",
    },
  },
  "work-order.contact-unknown": {
    status: 422,
    title: { zh: "所选联系人不在该客户档案中", en: "This contact is not in the customer's file" },
    action: {
      zh: "工单未受理。请重新选择联系人，或直接填写姓名和电话。",
      en: "Nothing was taken in. Choose a contact again, or enter name and number.",
    },
  },
  "work-order.anonymous-with-identity": {
    status: 422,
    title: { zh: "匿名诉求不得记录身份信息", en: "An anonymous demand must not carry an identity" },
    action: {
      zh: "请清除姓名、电话、户号和客户，或改为保密。",
      en: "Clear name, telephone, account and customer, or choose confidential.",
    },
  },
  "work-order.identity-confidential": {
    status: 403,
    title: { zh: "客户要求保密", en: "The customer asked for confidentiality" },
    action: {
      zh: "处理人不得查看其身份；如确有需要，请由受理单位联系。",
      en: "Handlers may not see who it is; the desk can make contact where needed.",
    },
  },
  "work-order.action-unknown": {
    status: 404,
    title: { zh: "该业务没有操作 {action}", en: "This kind of business has no action {action}" },
    action: say("请刷新页面，使用页面给出的操作。", "Reload and use an action that is offered."),
  },
  "work-order.not-yours": {
    status: 403,
    title: { zh: "您无权在此执行该操作", en: "This action is not yours here" },
    action: say("请联系当前责任单位或主管。", "Turn to the responsible unit or your manager."),
  },
  "work-order.closed": {
    status: 409,
    title: { zh: "工单已结束", en: "The order is closed" },
    action: say("如需继续，请重新开启或另行受理。", "Reopen it or take in a new one."),
  },
  "work-order.not-archived": {
    status: 409,
    title: { zh: "工单尚未归档", en: "The order is not archived" },
    action: say("在途工单无需重新开启。", "An order in flight needs no reopening."),
  },
  "work-order.suspended": {
    status: 409,
    title: { zh: "工单已挂起", en: "The order is suspended" },
    action: say("请先解挂。", "Resume it first."),
  },
  "work-order.suspended-with-master": {
    status: 409,
    title: { zh: "随母单 {orderId} 一并挂起", en: "It is suspended together with its master {orderId}" },
    action: say(
      "母单解挂时一并恢复；如需单独办理，请取消合并。",
      "It goes on with its master; take it out of the merge to handle it by itself.",
    ),
  },
  "work-order.not-suspended": {
    status: 409,
    title: { zh: "工单未挂起", en: "The order is not suspended" },
    action: say("无需解挂。", "There is nothing to resume."),
  },
  "work-order.wrong-step": {
    status: 409,
    title: { zh: "当前环节不能执行该操作", en: "This action does not belong to the present step" },
    action: say("请刷新查看当前环节。", "Reload to see where it stands."),
  },
  "work-order.transfer-to-itself": {
    status: 422,
    title: { zh: "不能转派给当前单位", en: "It cannot be transferred to the unit that has it" },
    action: say("请选择其他单位。", "Choose another unit."),
  },
  "work-order.return-after-arbitration": {
    status: 409,
    title: { zh: "已经裁定，不能再退单", en: "After arbitration it cannot be returned" },
    action: say("请按裁定处理；确有异议请报主管。", "Handle it as ruled; take objections to the manager."),
  },
  "work-order.transfer-after-arbitration": {
    status: 409,
    title: {
      zh: "已经裁定，只能在裁定单位内部转派",
      en: "After arbitration it is passed on within the unit that was named only",
    },
    action: say(
      "请按裁定处理；确需改由其他单位办理，由裁定单位 {unit} 决定。",
      "Handle it as ruled; only {unit}, which ruled, may give it to somebody else.",
    ),
  },
  "work-order.consult-itself": {
    status: 422,
    title: { zh: "协办单位不能是主办单位", en: "The leading unit cannot assist itself" },
    action: say("请选择其他单位。", "Choose another unit."),
  },
  "work-order.consultation-open": {
    status: 409,
    title: { zh: "协办单位 {unit} 尚未反馈", en: "{unit} has not answered the consultation" },
    action: say("请等待反馈或催促协办单位。", "Wait for the answer or urge the unit."),
  },
  "work-order.not-consulted": {
    status: 409,
    title: { zh: "没有需要您反馈的协办", en: "Nobody asked your unit" },
    action: say("无需反馈。", "There is nothing to answer."),
  },
  "work-order.nothing-urged": {
    status: 409,
    title: { zh: "没有待答复的催办", en: "No urge waits for an answer" },
    action: say("无需答复。", "There is nothing to answer."),
  },
  "work-order.request-pending": {
    status: 409,
    title: { zh: "同类申请正在审批", en: "A request of this kind is already waiting" },
    action: say("请等待审批结果。", "Wait for the decision."),
  },
  "work-order.nothing-requested": {
    status: 409,
    title: { zh: "没有待审批的申请", en: "No request waits for a decision" },
    action: say("请刷新页面。", "Reload the page."),
  },
  "work-order.decide-own-request": {
    status: 403,
    title: { zh: "不能审批自己的申请", en: "Nobody decides his own request" },
    action: say("请由其他有权人员审批。", "Somebody else has to decide."),
  },
  "work-order.suspension-end-past": {
    status: 422,
    title: { zh: "挂起截止时间已过", en: "The end of the suspension lies in the past" },
    action: say("请填写将来的时间。", "Give a time to come."),
  },
  "work-order.suspension-too-long": {
    status: 422,
    title: { zh: "挂起不得超过 {days} 天", en: "A suspension lasts {days} days at most" },
    action: say("请缩短挂起时间。", "Choose an earlier end."),
  },
  "work-order.extension-past": {
    status: 422,
    title: { zh: "延期时间已过", en: "The new due time lies in the past" },
    action: say("请填写将来的时间。", "Give a time to come."),
  },
  "work-order.extension-too-long": {
    status: 422,
    title: { zh: "一次延期不得超过 {days} 天", en: "An extension reaches {days} days ahead at most" },
    action: say("请填写更早的时间。", "Give an earlier time."),
  },
  "work-order.request-outdated": {
    status: 409,
    title: { zh: "工单已进入其他环节，该申请不再适用", en: "The order has moved on; what was asked for no longer fits" },
    action: say("请不同意该申请；如仍有需要，可另行申请。", "Reject the request; it can be made again where it is still needed."),
  },
  "work-order.same-category": {
    status: 422,
    title: { zh: "业务类型没有变化", en: "The category is the same" },
    action: say("请选择不同的类型或子类。", "Choose another category or subtype."),
  },
  "work-order.merge-itself": {
    status: 422,
    title: { zh: "不能合并到自身", en: "An order cannot be merged under itself" },
    action: say("请填写另一张工单号。", "Give another order's number."),
  },
  "work-order.merge-master-closed": {
    status: 409,
    title: { zh: "母单已结束", en: "The master is closed" },
    action: say("请选择在途工单，或使用关联。", "Choose an order in flight, or link instead."),
  },
  "work-order.merge-master-is-child": {
    status: 409,
    title: { zh: "该工单本身已合并到 {masterId}", en: "That order is itself merged under {masterId}" },
    action: say("请合并到其母单。", "Merge under its master."),
  },
  "work-order.merge-other-flow": {
    status: 422,
    title: { zh: "业务类型不同，不能合并", en: "Only orders of one kind can be merged" },
    action: say("请改用关联。", "Link them instead."),
  },
  "work-order.merge-master-answered": {
    status: 409,
    title: { zh: "母单已处理完毕", en: "The master has already been answered" },
    action: say("请改用关联。", "Link them instead."),
  },
  "work-order.merge-has-children": {
    status: 409,
    title: { zh: "该工单已有子单", en: "This order has orders merged under it" },
    action: say("请将子单合并到同一母单。", "Merge those under the master instead."),
  },
  "work-order.link-itself": {
    status: 422,
    title: { zh: "不能关联自身", en: "An order cannot be linked to itself" },
    action: say("请填写另一张工单号。", "Give another order's number."),
  },
  "work-order.linked-already": {
    status: 409,
    title: { zh: "已经关联", en: "They are linked already" },
    action: say("无需重复关联。", "Nothing more to do."),
  },
  "work-order.too-many-attachments": {
    status: 409,
    title: { zh: "附件已达 {most} 个", en: "There are already {most} attachments" },
    action: say("请合并文件后上传到新工单或备注说明。", "Put files together, or explain in a note."),
  },
  "work-order.attachment-unknown": {
    status: 422,
    title: { zh: "附件不存在", en: "That file was not uploaded" },
    action: say("请重新上传。", "Upload it again."),
  },
  "work-order.no-contact-allowed": {
    status: 403,
    title: { zh: "匿名或保密诉求，处理人不得联系客户", en: "The handler may not contact an anonymous or confidential caller" },
    action: say("请由受理单位答复。", "The desk gives the answer."),
  },
  "work-order.time-in-future": {
    status: 422,
    title: { zh: "{zh}晚于当前时间", en: "“{en}” lies in the future" },
    action: say("请填写实际发生的时间。", "Give the time at which it happened."),
  },
  "work-order.time-before-intake": {
    status: 422,
    title: { zh: "{zh}早于受理时间", en: "“{en}” lies before the intake" },
    action: say("请填写实际发生的时间。", "Give the time at which it happened."),
  },
  "work-order.contact-time-missing": {
    status: 422,
    title: { zh: "缺少联系时间", en: "The time of the contact is missing" },
    action: say("请填写联系客户的时间。", "Say when the customer was contacted."),
  },
  "work-order.review-own-reply": {
    status: 403,
    title: { zh: "处理人不能审核自己的回单", en: "A handler does not review his own reply" },
    action: say("请由其他审核人审核。", "Another reviewer has to read it."),
  },
  "work-order.reviewed-already": {
    status: 403,
    title: { zh: "同一人不能通过两级审核", en: "Two levels of review are two people" },
    action: say("请由上级其他审核人审核。", "Another reviewer of the level above has to read it."),
  },
  "work-order.opinion-missing": {
    status: 422,
    title: { zh: "退回须填写审核意见", en: "A rejection needs an opinion" },
    action: say("请说明需要补充或更正的内容。", "Say what has to be added or corrected."),
  },
  "work-order.verifier-is-handler": {
    status: 403,
    title: { zh: "处理人不能回访或归档自己的工单", en: "Who handled an order does not verify it" },
    action: say("请由其他人员回访。", "Another person has to call back."),
  },
  "work-order.callback-at-night": {
    status: 409,
    title: { zh: "{from} 至 {to} 不回访客户", en: "No callbacks from {from} to {to}" },
    action: say("请在白天回访。", "Call during the day."),
  },
  "work-order.callback-too-soon": {
    status: 409,
    title: { zh: "两次回访须间隔 {spacingMinutes} 分钟", en: "Attempts are {spacingMinutes} minutes apart at least" },
    action: say("请稍后再拨。", "Call again later."),
  },
  "work-order.satisfaction-missing": {
    status: 422,
    title: { zh: "缺少客户评价", en: "The customer's satisfaction is missing" },
    action: say("接通后请填写满意程度。", "Record it once the customer was reached."),
  },
  "work-order.closing-condition": {
    status: 409,
    title: { zh: "归档条件未满足：{zh}", en: "A closing condition is not met: {en}" },
    action: say("满足条件后再归档。", "Archive it once it is met."),
  },
  "work-order.cursor-invalid": {
    status: 400,
    title: { zh: "翻页位置无效", en: "The page position is not valid" },
    action: { zh: "请从第一页重新查询。", en: "Start again from the first page." },
  },
});
