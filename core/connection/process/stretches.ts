// The stretches of a connection that are limited (service-standards §2.5): five nodes and the whole process, and what goes on beside them.
import type { FlowDefinition } from "../../flow/define-flow.ts";
import { followingDocuments } from "./documents.ts";

/** The five nodes of which a high-voltage connection must keep every one (业扩报装服务时限考核办法). */
export const nodes = ["plan-reply", "design-review", "mid-inspection", "completion-inspection", "energising"] as const;
export type Node = (typeof nodes)[number];
/** From acceptance to energising, without the customer's own time. */
export const WHOLE = "whole-process";

type Clocks = FlowDefinition["clocks"];

// They begin at the intake and never again: a customer who comes back after the supply is on applies for nothing.
const always = {
  "on-site": { title: { zh: "到达现场", en: "On site" }, from: "intake", until: ["arrive", "survey"] },
  appointment: {
    title: { zh: "按约上门", en: "Agreed visit" },
    from: "appoint",
    until: [
      "arrive",
      "survey",
      "pass-mid-inspection",
      "fail-mid-inspection",
      "pass-inspection",
      "fail-inspection",
      "install-meter",
      "energise",
    ],
    // Another time agreed before the first has come: the first is neither kept nor missed.
    lapsesOn: { appoint: { zh: "另行约定", en: "another time was agreed" } },
    limit: "given",
  },
  "plan-reply": { title: { zh: "供电方案答复", en: "Reply of the supply plan" }, from: "intake", until: "reply-plan" },
  // Inspection passed, contract signed, formalities complete: from then on it is the utility's turn (service-standards §1).
  energising: { title: { zh: "装表接电", en: "Meter and energise" }, from: "ready", until: "energise" },
  [WHOLE]: { title: { zh: "业扩全过程", en: "Whole process" }, from: "intake", until: "energise" },
  "missing-document": {
    title: { zh: "补交资料", en: "Document to follow" },
    from: "missing",
    until: "supplied",
    perSubject: true,
    subjects: followingDocuments,
    unpausable: true,
  },
  "report-result": { title: { zh: "资料归集", en: "File complete" }, from: "energise", until: "reply" },
} as const satisfies Clocks;

const duringCustomerWorks = {
  "works-follow-up": {
    title: { zh: "客户工程跟进", en: "Follow-up of the customer's works" },
    from: ["stand-still", "follow-up"],
    until: ["go-on", "follow-up"],
    unpausable: true,
  },
  "completion-inspection": {
    title: { zh: "竣工检验", en: "Completion inspection" },
    from: "report-completion",
    until: ["pass-inspection", "fail-inspection"],
  },
} as const satisfies Clocks;

const reviews = {
  "design-review": {
    title: { zh: "设计审查", en: "Design review" },
    from: "submit-design",
    until: ["pass-design", "fail-design"],
  },
  "mid-inspection": {
    title: { zh: "中间检查", en: "Intermediate inspection" },
    from: "request-mid-inspection",
    until: ["pass-mid-inspection", "fail-mid-inspection"],
  },
} as const satisfies Clocks;

const utilityWorks = {
  "utility-works": {
    title: { zh: "业扩配套工程", en: "Utility-side works" },
    from: "begin-utility-works",
    until: "finish-utility-works",
  },
} as const satisfies Clocks;

export const clocksOf = (has: { customerWorks: boolean; reviews: boolean; utilityWorks: boolean }): Clocks => ({
  ...always,
  ...(has.reviews ? reviews : {}),
  ...(has.customerWorks ? duringCustomerWorks : {}),
  ...(has.utilityWorks ? utilityWorks : {}),
});
