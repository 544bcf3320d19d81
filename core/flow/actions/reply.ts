// The reply (回单) and its review by level before anybody calls the customer (回单审核).
import { z } from "zod";
import { refuse } from "../../refusal.ts";
import type { Action, Flow } from "../definition.ts";
import { choice, field, flag, happenedField, optionalText, text } from "../form.ts";
import { isSameActor, type NewEvent } from "../event.ts";
import { eventOf, happened, plainEvent } from "../outcome.ts";
import { hasHandled, type OrderState } from "../state.ts";
import { Whole } from "../../whole.ts";

export const causes = {
  EQUIPMENT: { zh: "设备原因", en: "Equipment" },
  STAFF: { zh: "人员原因", en: "Staff" },
  MANAGEMENT: { zh: "管理原因", en: "Management" },
  CUSTOMER_SIDE: { zh: "客户侧原因", en: "Customer's side" },
  EXTERNAL: { zh: "外力及自然原因", en: "Outside force or nature" },
  NO_FAULT: { zh: "未发现问题", en: "Nothing found" },
} as const;

/** What a reply must contain (service-standards §2.4, reply-quality rules). */
export const ReplyForm = z.strictObject({
  contacted: flag({ zh: "已联系客户", en: "Customer was contacted" }),
  contactedAt: happenedField(
    { zh: "联系时间", en: "Contacted at" },
    { requiredWhen: { field: "contacted", is: [true] } },
  ).optional(),
  responsibleUnitId: field(Whole, { label: { zh: "责任单位", en: "Responsible unit" }, widget: "unit" }),
  cause: choice(causes, { zh: "原因分类", en: "Kind of cause" }),
  proved: choice(
    {
      PROVED: { zh: "属实", en: "Proved" },
      PARTLY_PROVED: { zh: "部分属实", en: "Partly proved" },
      NOT_PROVED: { zh: "不属实", en: "Not proved" },
    },
    { zh: "是否属实", en: "Finding" },
  ).optional(),
  facts: text({ zh: "现场事实", en: "Facts on site" }),
  causeText: text({ zh: "原因说明", en: "Cause" }),
  measures: text({ zh: "处理措施", en: "Measures" }),
  customerView: optionalText({ zh: "客户意见", en: "Customer's view" }),
});

/** Why nobody went where the flow has somebody go. */
export const reasonsNotToGo = {
  GUIDED_BY_PHONE: { zh: "电话指导客户恢复", en: "The customer was guided by telephone" },
  RESTORED_BEFORE: { zh: "到达前已恢复供电", en: "Supply came back before anybody arrived" },
  SAME_FAULT: { zh: "同一故障，已在他处处理", en: "The same fault, dealt with elsewhere" },
  CUSTOMER_DECLINED: { zh: "客户表示无需到场", en: "The customer said nobody need come" },
  FALSE_REPORT: { zh: "误报", en: "Reported by mistake" },
  NOT_OURS: { zh: "非供电企业故障", en: "Not a fault of the utility's" },
  OTHER: { zh: "其他（写入现场事实）", en: "Another (told in the facts)" },
} as const;

/** A reply by somebody who did not go there. */
export const RemoteReplyForm = z.strictObject({
  notOnSite: choice(reasonsNotToGo, { zh: "未到现场原因", en: "Why nobody went there" }),
  ...ReplyForm.shape,
});

/** In: the steps it may be written from; whether somebody has to go there first, and otherwise has to say why not. */
export const reply = (from: readonly string[], goesThere = false): Action => ({
  key: "reply",
  title: { zh: "回单", en: "Reply" },
  form: goesThere ? RemoteReplyForm : ReplyForm,
  by: ["HANDLER"],
  from,
  tone: "primary",
  outcomes: [{ type: "reply", to: "reviewing" }],
  ...(goesThere
    ? {
        asked: ({ arrivals }) =>
          arrivals === 0 ? { form: RemoteReplyForm, tone: "normal" } : { form: ReplyForm, tone: "primary" },
      }
    : {}),
  offered(state) {
    const open = state.consultations.find((one) => !one.answered);
    return open ? refuse("work-order.consultation-open", { unitId: open.unitId }) : null;
  },
  decide({ state, value, context }) {
    if (value["contacted"] === true && value["contactedAt"] === undefined) return refuse("work-order.contact-time-missing");
    const untrue = value["contactedAt"] === undefined ? null : happened(ReplyForm, "contactedAt")({ state, value, context });
    if (untrue) return untrue;
    if (!context.organisation.isActive(value["responsibleUnitId"] as number))
      return refuse("work-order.unit-unknown", { unitId: value["responsibleUnitId"] as number });
    const form = goesThere ? RemoteReplyForm : ReplyForm;
    return [eventOf("reply", form, value, { step: "reviewing", unitId: state.deskUnitId, holderId: null })];
  },
});

const ReviewForm = z.strictObject({
  approved: flag({ zh: "审核通过", en: "Pass" }),
  opinion: optionalText({ zh: "审核意见", en: "Opinion" }, 500, { requiredWhen: { field: "approved", is: [false] } }),
});

/** The unit whose reviewer reads a reply at a level: the desk's first, then each level above it. */
const reviewUnit = (deskUnitId: number, level: number, path: readonly number[]) =>
  path[Math.min(level, path.length - 1)] ?? deskUnitId;

export const reviewReply = (levels: Flow["reviewLevels"], rework: string): Action => ({
  key: "review-reply",
  title: { zh: "回单审核", en: "Review reply" },
  form: ReviewForm,
  by: ["REVIEWER", "MANAGER"],
  from: ["reviewing"],
  tone: "primary",
  outcomes: [
    { type: "review-passed", to: "callback" },
    { type: "review-rejected", to: rework },
    ...(levels.length > 1 ? [{ type: "review-level-passed" }] : []),
  ],
  offered(state, context) {
    if (hasHandled(state, context.actor)) return refuse("work-order.review-own-reply");
    // A level of review is another pair of eyes.
    if (state.reviewers.some((reviewer) => isSameActor(reviewer, context.actor))) return refuse("work-order.reviewed-already");
    return null;
  },
  decide({ state, flow, value, context }) {
    if (value["approved"] !== true) {
      if (typeof value["opinion"] !== "string" || value["opinion"] === "") return refuse("work-order.opinion-missing");
      return [
        eventOf("review-rejected", ReviewForm, value, {
          step: rework,
          unitId: state.handlingUnitId ?? state.unitId,
          holderId: null,
        }),
      ];
    }
    const passed = state.reviewLevel + 1;
    if (passed < levels.length) {
      const unitId = reviewUnit(state.deskUnitId, passed, context.organisation.pathOf(state.deskUnitId));
      return [eventOf("review-level-passed", ReviewForm, value, { unitId })];
    }
    return [
      eventOf("review-passed", ReviewForm, value, { step: "callback", unitId: state.deskUnitId, holderId: null }),
      ...waived(state, flow),
    ];
  },
});

/** Where nobody is to be called back, the event that says why; it follows the review that passed the reply. */
export function waived(state: Pick<OrderState, "facts">, flow: Flow): readonly NewEvent[] {
  const reasons = [...(state.facts.identity === "ANONYMOUS" ? ["ANONYMOUS"] : []), "NOT_REQUIRED"];
  const reason = reasons.find((one) => flow.noCallbackReasons.includes(one));
  return reason ? [plainEvent("waive-callback", { reason }, { step: "archiving" })] : [];
}
