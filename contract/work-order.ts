// Orders: taken in, listed, read, acted on. The one way to change an order is an action of its flow.
import { z } from "zod";
import { defineOperation } from "./operation.ts";
import { Bilingual, Instant, Whole } from "./text.ts";
import {
  ClockExplanation,
  ClockView,
  OrderCustomer,
  OrderHint,
  OrderId,
  OrderRow,
  OrderStatus,
  OrderView,
  UnitRef,
} from "./work-order-views.ts";

export * from "./work-order-views.ts";

const TAG = "work-order";
const orderParams = z.object({ orderId: OrderId });
/** Query strings carry numbers and booleans as text. */
const whole = (low: number, high: number) => z.coerce.number().int().min(low).max(high);

/** The common form and the flow's own, as `listFlows` describes them; checked by the flow. */
export const Intake = z.object({
  flow: z.string().min(1).max(64),
  subtype: z.string().max(64).nullish(),
  /** The desk that takes it in: a unit over which the caller may take in. */
  deskUnitId: Whole,
  form: z
    .record(z.string(), z.unknown())
    .describe(
      "The common form. Name a customer by `customerId`, or by `accountNo` alone: where exactly one customer within the caller's " +
        "reach has that account, the order is tied to it. What is left empty of contact name and telephone, account number, " +
        "address, transformer area, customer class and voltage is taken from the customer's file; of several accounts only " +
        "from the one that was named. A customer out of reach is refused as unknown",
    ),
  details: z.record(z.string(), z.unknown()).optional(),
});

export const OrderFilter = z.object({
  /** The responsible unit or anything below it; all one may see where absent. */
  unitId: whole(1, 2_147_483_647).optional(),
  /** Orders in which the unit took part, whoever has them now. */
  tookPartUnitId: whole(1, 2_147_483_647).optional(),
  flow: z.string().max(64).optional(),
  step: z.string().max(64).optional(),
  status: OrderStatus.optional(),
  /** `open` is OPEN and SUSPENDED together. */
  state: z.enum(["open", "closed", "all"]).default("open"),
  /** `missed`: a maximum of the law or of a promise was missed; `missed-internal`: one of the house. */
  clock: z.enum(["overdue", "running", "suspended", "missed", "missed-internal"]).optional(),
  dueWithinMinutes: whole(1, 525_600).optional(),
  holder: z.enum(["me", "nobody"]).optional(),
  /** Those that one member of staff has. */
  holderId: whole(1, 2_147_483_647).optional(),
  customerId: z
    .string()
    .regex(/^\d{1,18}$/)
    .optional(),
  text: z.string().trim().max(100).optional(),
});

const filterErrors = ["work-order.not-found", "work-order.unit-unknown", "work-order.cursor-invalid"] as const;

export const workOrderOperations = {
  takeIn: defineOperation({
    method: "POST",
    path: "/orders",
    summary: { zh: "受理", en: "Take a demand in" },
    tag: TAG,
    access: "order.intake",
    idempotent: true,
    body: Intake,
    response: z.object({
      orderId: OrderId,
      version: z.int(),
      /** True where this key had taken it in before. */ repeated: z.boolean(),
    }),
    errors: [
      "work-order.form-invalid",
      "work-order.flow-unknown",
      "work-order.subtype-unknown",
      "work-order.unit-unknown",
      "work-order.unit-other-region",
      "work-order.anonymous-with-identity",
      "work-order.not-yours",
      "work-order.customer-unknown",
    ],
  }),
  previewIntake: defineOperation({
    method: "POST",
    path: "/orders/preview",
    summary: { zh: "受理前预览承办单位与时限", en: "See the unit and the clocks before taking in" },
    tag: TAG,
    access: "order.intake",
    body: Intake,
    response: z.object({
      unit: UnitRef,
      step: z.string(),
      /** Empty while anything is missing. */
      clocks: z.array(ClockView),
      missing: z
        .array(z.object({ path: z.string(), label: Bilingual }))
        .describe(
          "What must still be answered: an unfinished intake is no error here. `path` as in the request, such as form.areaClass",
        ),
    }),
    errors: [
      "work-order.form-invalid",
      "work-order.flow-unknown",
      "work-order.subtype-unknown",
      "work-order.unit-unknown",
      "work-order.unit-other-region",
      "work-order.anonymous-with-identity",
      "work-order.not-yours",
      "work-order.customer-unknown",
    ],
  }),
  // A POST: a telephone number must not stand in an address.
  intakeHints: defineOperation({
    method: "POST",
    path: "/orders/hints",
    summary: { zh: "疑似重复诉求", en: "Orders that may be the same matter" },
    tag: TAG,
    access: "order.intake",
    body: z.object({
      deskUnitId: Whole,
      customerId: z
        .string()
        .regex(/^\d{1,18}$/)
        .nullish(),
      accountNo: z.string().max(32).nullish(),
      phone: z.string().max(30).nullish(),
      address: z.string().max(200).nullish(),
      transformerArea: z.string().max(64).nullish(),
      /** How far back to look; where absent, as the policies in force say. */
      withinDays: z.int().min(1).max(3660).optional(),
    }),
    response: z.object({
      /** By customer, account, telephone, address and transformer area: as said, or as the customer's file says where nothing was. */
      hints: z.array(OrderHint),
      /** The customer the order would be tied to: the one chosen, or the only one within reach with this account number. */
      customer: OrderCustomer.nullable(),
    }),
    errors: ["work-order.unit-unknown", "work-order.not-yours"],
  }),
  // POST for the same reason: the filter may hold a name or a number.
  listOrders: defineOperation({
    method: "POST",
    path: "/orders/search",
    summary: { zh: "工单列表", en: "List orders" },
    tag: TAG,
    access: "order.read",
    body: OrderFilter.extend({
      /** `due`: earliest due first (open orders); `intake`: newest first. What a text finds always comes newest first. */
      sort: z.enum(["due", "intake"]).default("due"),
      /** Where the last page ended. */
      after: z.string().max(200).optional(),
      limit: z.int().min(1).max(200).default(50),
    }),
    response: z.object({ orders: z.array(OrderRow), next: z.string().nullable(), serverTime: Instant }),
    errors: filterErrors,
  }),
  countOrders: defineOperation({
    method: "POST",
    path: "/orders/count",
    summary: { zh: "工单数量", en: "Count orders" },
    tag: TAG,
    access: "order.read",
    body: OrderFilter,
    response: z.object({
      /** Exact where unit, flow, step and state decide; otherwise counted to 1,000. */
      count: z.int(),
      more: z.boolean(),
      /** Open orders by flow and step, from the roll-up, where the filter allows. */
      groups: z.array(z.object({ flow: z.string(), step: z.string().nullable(), status: OrderStatus, count: z.int() })),
    }),
    errors: filterErrors,
  }),
  exportOrders: defineOperation({
    method: "GET",
    path: "/orders/export",
    summary: { zh: "导出工单（CSV）", en: "Export orders as CSV" },
    tag: TAG,
    access: "order.export",
    query: OrderFilter.omit({ text: true }),
    produces: "text/csv; charset=utf-8",
    errors: filterErrors,
  }),
  readOrder: defineOperation({
    method: "GET",
    path: "/orders/:orderId",
    summary: { zh: "工单详情", en: "Read an order" },
    tag: TAG,
    access: "order.read",
    params: orderParams,
    response: OrderView,
    errors: ["work-order.not-found"],
  }),
  explainClocks: defineOperation({
    method: "GET",
    path: "/orders/:orderId/explanations",
    summary: { zh: "时限说明", en: "Explain the clocks of an order" },
    tag: TAG,
    access: "order.read",
    params: orderParams,
    response: z.object({ explanations: z.array(ClockExplanation) }),
    errors: ["work-order.not-found"],
  }),
  act: defineOperation({
    method: "POST",
    path: "/orders/:orderId/actions/:action",
    summary: { zh: "处理工单", en: "Act on an order" },
    tag: TAG,
    access: "order.act",
    idempotent: true,
    params: orderParams.extend({ action: z.string().regex(/^[a-z][a-z-]{1,40}$/) }),
    body: z.object({
      /** The version the decision was taken on. */ version: Whole,
      form: z.record(z.string(), z.unknown()).default({}),
    }),
    response: z.object({
      orderId: OrderId,
      version: z.int(),
      status: OrderStatus,
      step: z.string().nullable(),
      repeated: z.boolean(),
    }),
    errors: [
      "work-order.not-found",
      "work-order.version-conflict",
      "work-order.action-unknown",
      "work-order.not-yours",
      "work-order.form-invalid",
      "work-order.closed",
      "work-order.suspended",
      "work-order.wrong-step",
      "work-order.not-archived",
      "work-order.unit-unknown",
      "work-order.unit-other-region",
      "work-order.transfer-to-itself",
      "work-order.transfer-after-arbitration",
      "work-order.suspended-with-master",
      "work-order.return-after-arbitration",
      "work-order.consult-itself",
      "work-order.consultation-open",
      "work-order.not-consulted",
      "work-order.nothing-urged",
      "work-order.request-pending",
      "work-order.nothing-requested",
      "work-order.decide-own-request",
      "work-order.suspension-end-past",
      "work-order.suspension-too-long",
      "work-order.extension-past",
      "work-order.extension-too-long",
      "work-order.request-outdated",
      "work-order.flow-unknown",
      "work-order.same-category",
      "work-order.subtype-unknown",
      "work-order.not-suspended",
      "work-order.merge-itself",
      "work-order.order-other-region",
      "work-order.merge-master-closed",
      "work-order.merge-master-is-child",
      "work-order.merge-other-flow",
      "work-order.merge-master-answered",
      "work-order.merge-has-children",
      "work-order.link-itself",
      "work-order.linked-already",
      "work-order.too-many-attachments",
      "work-order.no-contact-allowed",
      "work-order.time-in-future",
      "work-order.time-before-intake",
      "work-order.contact-time-missing",
      "work-order.review-own-reply",
      "work-order.reviewed-already",
      "work-order.opinion-missing",
      "work-order.verifier-is-handler",
      "work-order.callback-at-night",
      "work-order.callback-too-soon",
      "work-order.satisfaction-missing",
      "work-order.closing-condition",
      "work-order.attachment-unknown",
      "connection.appointment-past",
      "connection.documents-missing",
      "connection.nothing-missing",
      "connection.document-not-missing",
      "connection.fee-open",
      "connection.no-fee-due",
      "connection.review-not-required",
      "connection.design-not-passed",
      "connection.design-passed-already",
      "connection.mid-inspection-not-passed",
      "connection.stage-passed",
      "connection.findings-missing",
      "connection.rectification-unconfirmed",
      "connection.contract-signed",
    ],
  }),
  attachFile: defineOperation({
    method: "POST",
    path: "/orders/:orderId/attachments",
    summary: { zh: "上传附件", en: "Attach a file" },
    tag: TAG,
    access: "order.act",
    idempotent: true,
    params: orderParams,
    consumes: "multipart/form-data",
    response: z.object({ orderId: OrderId, version: z.int(), seq: z.int() }),
    errors: [
      "work-order.not-found",
      "work-order.not-yours",
      "work-order.closed",
      "file.missing",
      "file.empty",
      "file.too-large",
      "file.several",
      "file.cannot-be-kept",
      "file.type-refused",
      "work-order.suspended",
      "work-order.action-unknown",
      "work-order.too-many-attachments",
    ],
  }),
  readAttachment: defineOperation({
    method: "GET",
    path: "/orders/:orderId/attachments/:seq",
    summary: { zh: "下载附件", en: "Download an attachment" },
    tag: TAG,
    access: "order.read",
    params: orderParams.extend({ seq: whole(1, 1_000_000) }),
    produces: "application/octet-stream",
    errors: ["work-order.not-found"],
  }),
  unmaskOrder: defineOperation({
    method: "POST",
    path: "/orders/:orderId/unmask",
    summary: { zh: "查看完整个人信息", en: "See personal data in full" },
    tag: TAG,
    access: "personal-data.unmask",
    params: orderParams,
    body: z.object({ reason: z.string().trim().min(4).max(200) }),
    response: z.object({
      contactName: z.string().nullable(),
      contactPhone: z.string().nullable(),
      address: z.string().nullable(),
      accountNo: z.string().nullable(),
    }),
    errors: ["work-order.not-found", "work-order.identity-confidential"],
  }),
};

export type { Bilingual };
