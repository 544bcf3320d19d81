// The clocks every loop has, around those of one kind of business.
import type { ClockSlot } from "../clock/types.ts";

/** Whatever happens, one of them runs. In: the flow's first own step before dispatching, where it has one (a complaint is graded). */
export const commonSlots = (before: string | undefined): readonly ClockSlot[] => [
  {
    key: "dispatch",
    title: { zh: "派单", en: "Dispatch" },
    from: [before ? "grade" : "open", "return", "release"],
    until: ["dispatch", "merge", "answer-on-call"],
    limit: "rule",
  },
  {
    key: "accept",
    title: { zh: "接单", en: "Acceptance" },
    from: ["dispatch", "transfer", "arbitrate"],
    until: ["accept", "return", "return-disputed", "merge"],
    limit: "rule",
  },
  {
    key: "arbitration",
    title: { zh: "裁定", en: "Arbitration" },
    from: ["return-disputed"],
    until: ["arbitrate"],
    limit: "rule",
  },
  {
    key: "answer",
    title: { zh: "答复客户", en: "Answer to the customer" },
    from: ["open"],
    until: ["callback", "waive-callback", "answer-on-call"],
    limit: "rule",
  },
  {
    key: "reply-review",
    title: { zh: "回单审核", en: "Review of the reply" },
    from: ["reply"],
    until: ["review-passed", "review-rejected"],
    limit: "rule",
  },
  { key: "rework", title: { zh: "重新处理", en: "Rework" }, from: ["review-rejected"], until: ["reply"], limit: "rule" },
  {
    key: "callback",
    title: { zh: "回访", en: "Callback" },
    from: ["review-passed"],
    until: ["callback", "waive-callback"],
    limit: "rule",
  },
  {
    key: "archive",
    title: { zh: "归档", en: "Archiving" },
    from: ["callback", "waive-callback", "answer-on-call"],
    until: ["archive"],
    limit: "rule",
  },
  {
    key: "urge",
    title: { zh: "催办答复", en: "Answer to an urge" },
    from: ["urge"],
    until: ["answer-urge"],
    limit: "rule",
    perSubject: true,
  },
  {
    key: "consultation",
    title: { zh: "协办反馈", en: "Consultation" },
    from: ["consult"],
    until: ["answer-consultation"],
    limit: "rule",
    perSubject: true,
  },
  {
    key: "approval",
    title: { zh: "审批", en: "Approval" },
    from: ["request-suspension", "request-extension", "request-reclassification", "request-termination"],
    until: ["decide"],
    limit: "rule",
    perSubject: true,
    unpausable: true,
  },
  {
    key: "suspension",
    title: { zh: "挂起", en: "Suspension" },
    from: ["suspend"],
    until: ["resume"],
    limit: "given",
    unpausable: true,
  },
];
