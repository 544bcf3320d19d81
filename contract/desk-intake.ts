// The intake desk: one box that finds, one card that tells everything, one look ahead, one command. Personal data travel masked.
import { CustomerId } from "@bihuan/core/customer/customer.ts";
import { Importance, SpecialNeedKind } from "@bihuan/core/customer/codes.ts";
import { z } from "zod";
import { CallNo, CallRow } from "./call.ts";
import { CustomerAccount, CustomerContact } from "./customer.ts";
import { FoundAccount } from "./customer-found.ts";
import { defineOperation } from "./operation.ts";
import { Bilingual, CivilDate, Instant } from "./text.ts";
import { Intake } from "./work-order.ts";
import { ClockView, OrderHint, OrderId, OrderRow, OrderStatus, UnitRef } from "./work-order-views.ts";

export * from "./customer-found.ts";

const TAG = "desk";

/** An order found by its number. */
export const FoundOrder = z
  .object({
    order: OrderRow,
    /** Whom it is about, to open the card; null where it names nobody on file, or the caller is hidden from this reader. */
    customerId: CustomerId.nullable(),
    accountNo: z.string().nullable(),
  })
  .meta({ id: "FoundOrder" });
export type FoundOrder = z.infer<typeof FoundOrder>;

/** What is owed for an account, as the billing system said last. */
export const Arrears = z
  .object({
    /** Null where the file did not say. */
    since: CivilDate.nullable(),
    arrearsFen: z.int().nullable(),
    /** When that was imported: the figure is as old as this. */
    asOf: Instant,
  })
  .meta({ id: "Arrears" });
export type Arrears = z.infer<typeof Arrears>;

/** An outage or planned work where the customer is supplied. */
export const OutageNotice = z
  .object({
    outageId: z.string(),
    kind: z.enum(["FAULT", "PLANNED", "TEMPORARY"]),
    title: Bilingual,
    from: Instant,
    /** Estimated or planned restoration; null where nobody knows yet. */
    until: Instant.nullable(),
    cause: Bilingual.nullable(),
    accountNos: z.array(z.string()).describe("Which of the customer's accounts it touches"),
    /** To be read aloud. */
    told: Bilingual,
  })
  .meta({ id: "OutageNotice" });
export type OutageNotice = z.infer<typeof OutageNotice>;

/** An open order of the customer: progress is told, not a second order opened. */
export const OpenOrder = z
  .object({
    order: OrderRow,
    /** Running and paused ones, the next due first. */
    clocks: z.array(ClockView),
    /** Who has it, what is being done, by when: written out to be read aloud to the customer. */
    progress: Bilingual,
    /** Urging is the action `urge` with this version. Null where this reader may; otherwise why not. */
    urgeRefused: Bilingual.nullable(),
  })
  .meta({ id: "OpenOrder" });
export type OpenOrder = z.infer<typeof OpenOrder>;

/** A former contact: an order about the customer, or a call. */
export const PastContact = z
  .discriminatedUnion("kind", [
    z.object({
      kind: z.literal("order"),
      at: Instant,
      orderId: OrderId,
      flow: z.string(),
      title: z.string(),
      status: OrderStatus,
      step: z.string().nullable(),
    }),
    z.object({ kind: z.literal("call"), at: Instant, call: CallRow }),
  ])
  .meta({ id: "PastContact" });
export type PastContact = z.infer<typeof PastContact>;

export const DeskCard = z
  .object({
    customerId: CustomerId,
    customerNo: z.string().nullable(),
    /** Masked. */
    name: z.string(),
    importance: Importance,
    erased: z.boolean(),
    /** The account the matter is about, where one was asked for or there is only one. */
    accountNo: z.string().nullable(),
    accounts: z.array(z.object({ ...CustomerAccount.shape, arrears: Arrears.nullable() })),
    /** All of them, masked; name one at intake by `contactId`. `calling`: has the number of the call that was named. */
    contacts: z.array(z.object({ ...CustomerContact.shape, calling: z.boolean() })),
    /** Valid today. */
    specialNeeds: z.array(z.object({ kind: SpecialNeedKind, note: z.string().nullable(), validTo: CivilDate.nullable() })),
    openOrders: z.array(OpenOrder),
    /** Open orders beyond those: not told in full. */
    openOrdersMore: z.int(),
    /** The last five, the newest first. */
    contactsBefore: z.array(PastContact),
    /** Orders that may be the same matter within the window of the policies, beyond those in `openOrders`. */
    hints: z.array(OrderHint),
    hintsWithinDays: z.int(),
    /** Empty until the outage slice is there. */
    outages: z.array(OutageNotice),
    actions: z.object({ edit: z.boolean(), unmask: z.boolean(), intake: z.boolean() }),
    serverTime: Instant,
  })
  .meta({ id: "DeskCard" });
export type DeskCard = z.infer<typeof DeskCard>;

/** Why a unit is the responsible one. */
export const ResponsibleBecause = z.enum(["chosen", "account", "transformer-area", "address", "desk"]);
export type ResponsibleBecause = z.infer<typeof ResponsibleBecause>;

/** An intake as the desk writes it. */
export const DeskIntake = Intake.extend({
  form: Intake.shape.form.describe(
    "As in `takeIn`; besides, `contactId` names one of the customer's contacts: name and number are taken from the file. Without a " +
      "`targetUnitId` the responsible unit is found from the account, the transformer area or the address",
  ),
  /** The call it came by: what is left empty of the caller's number is taken from it, and the two are tied together. */
  callNo: CallNo.nullish(),
});

export const DraftId = z.string().regex(/^[A-Za-z0-9-]{8,64}$/);

/** What somebody was writing: opaque to the server. */
export const Draft = z
  .object({
    draftId: DraftId,
    content: z.record(z.string(), z.unknown()),
    changedAt: Instant,
    expiresAt: Instant,
  })
  .meta({ id: "Draft" });
export type Draft = z.infer<typeof Draft>;

const intakeErrors = [
  "work-order.form-invalid",
  "work-order.flow-unknown",
  "work-order.subtype-unknown",
  "work-order.unit-unknown",
  "work-order.unit-other-region",
  "work-order.anonymous-with-identity",
  "work-order.not-yours",
  "work-order.customer-unknown",
  "work-order.contact-unknown",
  "call.not-found",
] as const;

export const deskIntakeOperations = {
  // A POST: a name or a number must not stand in an address, a log or a proxy.
  findAtDesk: defineOperation({
    method: "POST",
    path: "/desk/find",
    summary: { zh: "一框查找客户或工单", en: "Find a customer or an order by whatever was said" },
    tag: TAG,
    access: "customer.read",
    body: z.object({
      /** Telephone, account or customer number (whole, its end or beginning), name, pinyin, address, order number. */
      text: z.string().max(100),
      limit: z.int().min(1).max(20).default(8),
    }),
    response: z.object({
      accounts: z.array(FoundAccount),
      /** How many more accounts fit. */
      more: z.int(),
      /** True where `more` is only the least: so many fit that they were not all counted. */
      moreAtLeast: z.boolean(),
      orders: z.array(FoundOrder),
    }),
  }),
  readDeskCard: defineOperation({
    method: "GET",
    path: "/desk/customers/:customerId",
    summary: { zh: "客户一屏全貌", en: "Everything known about a customer, on one card" },
    tag: TAG,
    access: "customer.read",
    params: z.object({ customerId: CustomerId }),
    query: z.object({
      /** The account the matter is about. */
      accountNo: z.string().max(32).optional(),
      /** The call going on, if any: which contact it is from. */
      callNo: CallNo.optional(),
    }),
    response: DeskCard,
    errors: ["request.not-found"],
  }),
  previewAtDesk: defineOperation({
    method: "POST",
    path: "/desk/preview",
    summary: { zh: "受理前看承办单位、理由与时限", en: "See the unit, why it is responsible, and the clocks before taking in" },
    tag: TAG,
    access: "order.intake",
    body: DeskIntake,
    response: z.object({
      unit: UnitRef,
      /** Why: chosen in the form; the account's or the transformer area's; most accounts at that address; nothing known, so the desk. */
      because: ResponsibleBecause,
      /** What it was found by, to be shown: account number, area, or the part of the address that was recognised. Null for chosen and desk. */
      evidence: z.string().nullable(),
      step: z.string(),
      /** Those that will run, with their due instants; empty while anything is missing. */
      clocks: z.array(ClockView),
      missing: z
        .array(z.object({ path: z.string(), label: Bilingual }))
        .describe("What must still be answered, by path such as form.areaClass"),
    }),
    errors: intakeErrors,
  }),
  takeInAtDesk: defineOperation({
    method: "POST",
    path: "/desk/orders",
    summary: { zh: "受理台受理", en: "Take a demand in at the desk" },
    tag: TAG,
    access: "order.intake",
    idempotent: true,
    body: DeskIntake.extend({
      /** The draft it was written in: it goes. */
      draftId: DraftId.nullish(),
    }),
    response: z.object({
      orderId: OrderId,
      version: z.int(),
      unit: UnitRef,
      /** True where this key had taken it in before. */
      repeated: z.boolean(),
    }),
    errors: intakeErrors,
  }),
  listIntakeDrafts: defineOperation({
    method: "GET",
    path: "/desk/drafts",
    summary: { zh: "我的受理草稿", en: "One's own unfinished intakes" },
    tag: TAG,
    access: "order.intake",
    response: z.object({ drafts: z.array(Draft) }),
    errors: ["desk.person-needed"],
  }),
  saveIntakeDraft: defineOperation({
    method: "PUT",
    path: "/desk/drafts/:draftId",
    summary: { zh: "保存受理草稿", en: "Keep an unfinished intake" },
    tag: TAG,
    access: "order.intake",
    params: z.object({ draftId: DraftId }),
    body: z.object({
      /** At most 32 kB as JSON. */
      content: z.record(z.string(), z.unknown()),
    }),
    response: z.object({ draftId: DraftId, changedAt: Instant, expiresAt: Instant }),
    errors: ["desk.person-needed", "desk.draft-too-large", "desk.too-many-drafts"],
  }),
  discardIntakeDraft: defineOperation({
    method: "DELETE",
    path: "/desk/drafts/:draftId",
    summary: { zh: "删除受理草稿", en: "Discard an unfinished intake" },
    tag: TAG,
    access: "order.intake",
    params: z.object({ draftId: DraftId }),
    errors: ["desk.person-needed"],
  }),
};
