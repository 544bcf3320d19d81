// Merge (合并) and link (关联). A repeat hangs under its master and is moved by it, but keeps its own callback (service-standards §2.4).
import { z } from "zod";
import { refuse } from "../../refusal.ts";
import type { Action, Flow } from "../definition.ts";
import { type NewEvent, number, type OrderEvent, text as textOf } from "../event.ts";
import { choice, optionalText, orderField, text } from "../form.ts";
import { eventOf, plainEvent } from "../outcome.ts";
import { isOpen, type OrderState } from "../state.ts";
import { regionOfOrder } from "../../order-id.ts";
import { waived } from "./reply.ts";
import { callersOwnReasons } from "./suspension.ts";

const MergeForm = z.strictObject({
  masterId: orderField({ zh: "母单号", en: "Master order" }),
  note: optionalText({ zh: "说明", en: "Note" }, 500),
});

export const merge: Action = {
  key: "merge",
  title: { zh: "合并至母单", en: "Merge under a master" },
  form: MergeForm,
  by: ["AGENT", "DISPATCHER", "MANAGER"],
  at: "desk",
  from: ["dispatching", "accepting"],
  outcomes: [{ type: "merge", to: "merged" }, { type: "suspend" }],
  offered: (state) => (state.childIds.length > 0 ? refuse("work-order.merge-has-children") : null),
  decide({ state, value, context }) {
    const masterId = value["masterId"] as string;
    if (masterId === context.self) return refuse("work-order.merge-itself");
    if (regionOfOrder(masterId) !== regionOfOrder(context.self))
      return refuse("work-order.order-other-region", { orderId: masterId });
    const master = context.related(masterId);
    if (!master) return refuse("work-order.not-found", { orderId: masterId });
    if (!isOpen(master)) return refuse("work-order.merge-master-closed");
    if (master.masterId) return refuse("work-order.merge-master-is-child", { masterId: master.masterId });
    if (master.flow !== state.flow) return refuse("work-order.merge-other-flow");
    if (master.step === "callback" || master.step === "archiving") return refuse("work-order.merge-master-answered");
    return [
      eventOf("merge", MergeForm, value, { step: "merged", unitId: state.deskUnitId, holderId: null }),
      ...(master.suspension && isShared(master.suspension) ? [suspendedWith(masterId, master.suspension)] : []),
    ];
  },
};

const ReleaseForm = z.strictObject({ reason: text({ zh: "拆分原因", en: "Reason" }, { max: 500 }) });

export const release: Action = {
  key: "release",
  title: { zh: "取消合并", en: "Take out of the merge" },
  form: ReleaseForm,
  by: ["AGENT", "DISPATCHER", "MANAGER"],
  at: "desk",
  from: ["merged"],
  whileSuspended: true,
  outcomes: [{ type: "resume" }, { type: "release", to: "dispatching" }],
  decide: ({ state, value }) => [
    ...(state.suspension ? [plainEvent("resume", { viaMasterId: state.masterId })] : []),
    eventOf("release", ReleaseForm, value, { step: "dispatching", unitId: state.deskUnitId }),
  ],
};

/** Events of a master that move the orders merged under it, and where they stand then. */
export const mirrored: Readonly<Record<string, string | undefined>> = {
  dispatch: "merged",
  accept: "merged",
  return: "merged",
  "return-disputed": "merged",
  arbitrate: "merged",
  transfer: "merged",
  contact: "merged",
  arrive: "merged",
  restore: "merged",
  "finish-work": "merged",
  reply: "merged",
  "review-rejected": "merged",
  suspend: "merged",
  resume: "merged",
  "review-passed": "callback",
};

/** Events that set merged orders free, because their master will not bring them an answer: it ended, or answered one caller only. */
export const releasing: ReadonlySet<string> = new Set(["terminate", "withdraw", "reclassify", "answer-on-call", "archive"]);

type MasterEvent = Pick<OrderEvent, "type" | "seq" | "data">;
type Suspension = NonNullable<OrderState["suspension"]>;

// Bad weather and missing material hold up everybody's matter; what one caller chose or owes is not the others'.
const isShared = ({ reason }: Pick<Suspension, "reason">): boolean => !callersOwnReasons.has(reason);
const suspendedWith = (masterId: string, { seq, reason, untilMs }: Suspension): NewEvent =>
  plainEvent("suspend", { viaMasterId: masterId, masterSeq: seq, reason, untilMs });

/**
 * What new events of a master add to an order merged under it: it is moved along until it is answered or set free. Where it is
 * answered but owes no callback (an anonymous caller), that is said at once. Whoever worked on the master until then, before the
 * merge as well, worked on the matter, and does not verify the child.
 */
export function mirrorsOf(
  events: readonly MasterEvent[],
  masterId: string,
  master: Pick<OrderState, "handlers">,
  child: OrderState,
  flow: Flow,
): readonly NewEvent[] {
  const handlers = master.handlers.map(({ kind, id }) => ({ kind, id }));
  const added: NewEvent[] = [];
  let { suspension } = child;
  for (const { type, seq, data } of events) {
    const via = { viaMasterId: masterId, masterSeq: seq };
    if (releasing.has(type))
      return [
        ...added,
        ...(suspension ? [plainEvent("resume", via)] : []),
        plainEvent("release", { ...via, handlers }, { step: "dispatching" }),
      ];
    const step = mirrored[type];
    if (step === undefined) continue;
    if (type === "suspend") {
      const masters = { seq, reason: textOf(data, "reason") ?? "", untilMs: number(data, "untilMs") ?? 0 };
      if (!isShared(masters)) continue;
      suspension = masters;
      added.push(suspendedWith(masterId, masters));
      continue;
    }
    if (type === "resume") {
      if (!suspension) continue;
      suspension = null;
    }
    if (step !== "merged") return [...added, plainEvent(type, { ...via, handlers }, { step }), ...waived(child, flow)];
    added.push(plainEvent(type, via, { step }));
  }
  return added;
}

export const linkKinds = {
  REPEAT: { zh: "重复诉求", en: "Repeat of the same matter" },
  RELATED: { zh: "相关", en: "Related" },
  FOLLOW_UP: { zh: "后续", en: "Follow-up" },
  SAME_CAUSE: { zh: "同一原因", en: "Same cause" },
} as const;

const LinkForm = z.strictObject({
  orderId: orderField({ zh: "关联工单号", en: "Other order" }),
  kind: choice(linkKinds, { zh: "关系", en: "Relation" }),
});

export const link: Action = {
  key: "link",
  title: { zh: "关联", en: "Link" },
  form: LinkForm,
  by: ["AGENT", "DISPATCHER", "HANDLER", "REVIEWER", "VERIFIER", "SUPERVISOR", "MANAGER"],
  at: "participant",
  from: "open",
  whileSuspended: true,
  outcomes: [{ type: "link" }],
  decide({ state, value, context }) {
    const orderId = value["orderId"] as string;
    if (orderId === context.self) return refuse("work-order.link-itself");
    if (!context.related(orderId)) return refuse("work-order.not-found", { orderId });
    if (state.links.some((one) => one.orderId === orderId)) return refuse("work-order.linked-already");
    return [eventOf("link", LinkForm, value)];
  },
};
