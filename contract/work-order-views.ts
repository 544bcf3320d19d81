// What the server tells about orders. Personal data travel masked.
import { Authority, LimitKind, LimitUnit } from "@bihuan/core/clock/types.ts";
import { CustomerCategory, Importance, SpecialNeedKind, Voltage } from "@bihuan/core/customer/codes.ts";
import { AreaClass } from "@bihuan/core/identity/organisation.ts";
import { z } from "zod";
import { FormSchema } from "./flow.ts";
import { CustomerManager } from "./customer.ts";
import { Bilingual, Instant } from "./text.ts";

export const OrderId = z
  .string()
  .regex(/^[1-9]\d{18}$/)
  .describe("19 digits: region, local date of intake, number");
export const OrderStatus = z.enum(["OPEN", "SUSPENDED", "ARCHIVED", "TERMINATED", "WITHDRAWN"]);
export const UnitRef = z.object({ unitId: z.int(), name: z.string() });
export const StaffRef = z.object({ staffId: z.int(), name: z.string() });
export const PersonRef = z.object({ kind: z.enum(["staff", "api-key", "system"]), id: z.int(), name: z.string() });

/** An order in a list. */
export const OrderRow = z
  .object({
    orderId: OrderId,
    flow: z.string(),
    subtype: z.string().nullable(),
    status: OrderStatus,
    step: z.string().nullable(),
    unit: UnitRef,
    deskUnit: UnitRef,
    holder: StaffRef.nullable(),
    title: z.string(),
    /** Masked. */
    contactName: z.string().nullable(),
    /** Masked. */
    address: z.string().nullable(),
    origin: z.string(),
    urgency: z.string().nullable(),
    grade: z.string().nullable(),
    intakeAt: Instant,
    closedAt: Instant.nullable(),
    /** Earliest due instant among its running maxima; null where none runs. */
    dueAt: Instant.nullable(),
    /** When that clock started, for the share used; null with `dueAt`. */
    dueFrom: Instant.nullable(),
    dueSlot: z.string().nullable(),
    episode: z.int(),
    urges: z.int(),
    /** Maxima of the law and of promises missed so far, all episodes: by these the order is late. */
    missed: z.int(),
    /** Maxima of the house missed so far; they make no order late. */
    missedInternal: z.int(),
    masterId: OrderId.nullable(),
    version: z.int(),
  })
  .meta({ id: "OrderRow" });
export type OrderRow = z.infer<typeof OrderRow>;

export const ClockView = z
  .object({
    episode: z.int(),
    slot: z.string(),
    title: Bilingual,
    authority: Authority,
    round: z.int(),
    subject: z.string().nullable(),
    rule: z.object({ key: z.string(), pack: z.string(), rulebookVersion: z.int() }).nullable(),
    limitKind: LimitKind,
    amount: z.number().nullable(),
    unit: LimitUnit.nullable(),
    startedAt: Instant,
    dueAt: Instant.nullable(),
    dueBeforeExtensionAt: Instant.nullable(),
    status: z.enum(["running", "paused", "met", "missed", "superseded", "lapsed"]),
    /** Of a clock that lapsed: what happened instead, and why it is neither in time nor late. */
    lapse: Bilingual.nullable(),
    stoppedAt: Instant.nullable(),
    pauses: z.array(z.object({ from: Instant, to: Instant.nullable(), reason: z.string(), stopsClock: z.boolean() })),
    provisional: z.boolean(),
    /** The share of the limit used, where its growth changes; between two points it grows evenly. Empty unless running. */
    points: z.array(z.object({ share: z.number(), at: Instant })),
  })
  .meta({ id: "Clock" });
export type ClockView = z.infer<typeof ClockView>;

/** A clock explained: every span counted or skipped and why, and where the limit comes from. */
export const ClockExplanation = z
  .object({
    episode: z.int(),
    slot: z.string(),
    authority: Authority,
    round: z.int(),
    subject: z.string().nullable(),
    spans: z.array(
      z.object({
        from: Instant,
        to: Instant,
        counted: z.boolean(),
        /** Code of the reason and its text. */
        reason: z.string(),
        text: Bilingual,
        /** What the span adds to the sum, in the limit's unit. */
        amount: z.number(),
        /** The unit that had the order then. */
        unit: UnitRef.nullable(),
      }),
    ),
    /** Once it is done: when it stopped, what happened then, and how it came out. The spans end there. */
    ended: z.object({ at: Instant, by: Bilingual.nullable(), verdict: Bilingual }).nullable(),
    source: z
      .object({
        document: Bilingual,
        article: Bilingual.nullable(),
        edition: z.string().nullable(),
        verified: z.boolean(),
        note: Bilingual.nullable(),
      })
      .nullable(),
    /** The whole explanation in words, for a screen reader and for a regulator. */
    lines: z.object({ zh: z.array(z.string()), en: z.array(z.string()) }),
  })
  .meta({ id: "ClockExplanation" });
export type ClockExplanation = z.infer<typeof ClockExplanation>;

/** One event of the history. */
export const EventView = z
  .object({
    seq: z.int(),
    type: z.string(),
    title: Bilingual,
    at: Instant,
    actor: PersonRef,
    actingUnit: UnitRef.nullable(),
    /** Where the order stood after it. */
    step: z.string().nullable(),
    unit: UnitRef,
    episode: z.int(),
    data: z.record(z.string(), z.unknown()),
    /** Free text and names, masked; null once erased, or where this reader may not see it. */
    personal: z.record(z.string(), z.unknown()).nullable(),
    /** SHA-256 of the event, chained to the one before it. */
    hash: z.string(),
  })
  .meta({ id: "OrderEvent" });
export type EventView = z.infer<typeof EventView>;

/** An action the reader may take now; the screen draws it from this and from nothing else. */
export const AllowedAction = z
  .object({ key: z.string(), title: Bilingual, tone: z.enum(["primary", "normal", "danger"]), form: FormSchema })
  .meta({ id: "AllowedAction" });
export type AllowedAction = z.infer<typeof AllowedAction>;

/** An action of the reader's role and the order's step that a rule forbids just now, and why: shown beside those that may be taken. */
export const WithheldAction = z
  .object({
    key: z.string(),
    title: Bilingual,
    refusal: z.object({
      /** Entry of the error catalogue: what the action would be refused with. */
      code: z.string(),
      /** What forbids it. */
      titles: Bilingual,
      /** What to do about it. */
      details: Bilingual,
      /** From when on it is allowed, where time alone allows it (the night, the spacing of calls); null otherwise. */
      untilAt: Instant.nullable(),
    }),
  })
  .meta({ id: "WithheldAction" });
export type WithheldAction = z.infer<typeof WithheldAction>;

/** What whoever works on an order must know of the customer it is about, from the customer's file as it stands now. */
export const OrderCustomer = z
  .object({
    customerId: z.string(),
    /** Masked; null where the file lies outside the reader's scope, or was erased. */
    name: z.string().nullable(),
    importance: Importance,
    /** Needs valid today: life support comes before everything. */
    specialNeeds: z.array(SpecialNeedKind),
    /** Who answers for the customer at the utility: whom the crew may ask. */
    manager: CustomerManager.nullable(),
    /** Of the account the order names, otherwise of the first: masked number, class, voltage, area. */
    account: z
      .object({
        accountNo: z.string(),
        category: CustomerCategory,
        voltage: Voltage.nullable(),
        areaClass: AreaClass,
        transformerArea: z.object({ code: z.string(), name: z.string() }).nullable(),
        unit: UnitRef,
      })
      .nullable(),
    erased: z.boolean(),
    /** Whether this reader may open the file. */
    open: z.boolean(),
  })
  .meta({ id: "OrderCustomer" });
export type OrderCustomer = z.infer<typeof OrderCustomer>;

/** A reason for suspending an order, and which of its running clocks it would stop under the rules they run by. */
export const SuspensionReason = z
  .object({
    code: z.string(),
    title: Bilingual,
    /** Empty: the order would be suspended and no clock would stop. */
    stops: z.array(z.object({ slot: z.string(), title: Bilingual, authority: Authority })),
  })
  .meta({ id: "SuspensionReason" });
export type SuspensionReason = z.infer<typeof SuspensionReason>;

export const ClosingCondition = z.object({ key: z.string(), title: Bilingual, met: z.boolean() });

export const OrderView = z
  .object({
    ...OrderRow.shape,
    description: z.string().nullable(),
    /** Masked; hidden altogether where the caller is confidential and the reader handles the order. */
    contactPhone: z.string().nullable(),
    accountNo: z.string().nullable(),
    contactHidden: z.boolean(),
    customerId: z.string().nullable(),
    /** Null where the order names no customer, or the caller is hidden from this reader. */
    customer: OrderCustomer.nullable(),
    transformerArea: z.string().nullable(),
    externalNo: z.string().nullable(),
    identity: z.string(),
    areaClass: z.string().nullable(),
    details: z.record(z.string(), z.unknown()),
    rulebookVersion: z.int(),
    handlingUnit: UnitRef.nullable(),
    suspension: z.object({ reason: z.string(), until: Instant }).nullable(),
    requests: z.array(
      z.object({
        seq: z.int(),
        kind: z.enum(["suspension", "extension", "reclassification", "termination"]),
        by: PersonRef,
        data: z.record(z.string(), z.unknown()),
      }),
    ),
    consultations: z.array(z.object({ seq: z.int(), unit: UnitRef, answered: z.boolean() })),
    children: z.array(OrderId),
    links: z.array(z.object({ orderId: OrderId, kind: z.string() })),
    attachments: z.array(
      z.object({ seq: z.int(), name: z.string(), mediaType: z.string(), sizeBytes: z.int(), at: Instant, by: PersonRef }),
    ),
    closing: z.array(ClosingCondition),
    clocks: z.array(ClockView),
    events: z.array(EventView),
    actions: z.array(AllowedAction),
    /** What the reader would do here if a rule did not forbid it just now. */
    withheld: z.array(WithheldAction),
    /** For the form that asks for a suspension and for who decides on it; empty once the order is closed. */
    suspensionReasons: z.array(SuspensionReason),
    /** Whether this reader may ask to see personal data in full. */
    mayUnmask: z.boolean(),
    serverTime: Instant,
  })
  .meta({ id: "Order" });
export type OrderView = z.infer<typeof OrderView>;

/** An order that may be the same matter. */
export const OrderHint = z
  .object({
    orderId: OrderId,
    flow: z.string(),
    status: OrderStatus,
    step: z.string().nullable(),
    title: z.string(),
    unit: UnitRef,
    intakeAt: Instant,
    dueAt: Instant.nullable(),
    /** Why it is shown: the same customer, account, phone, address, transformer area. */
    because: z.array(z.enum(["customer", "account", "phone", "address", "transformer-area"])),
    /** False where it lies outside what the reader may open: then only that it exists, and how it stands. */
    open: z.boolean(),
  })
  .meta({ id: "OrderHint" });
export type OrderHint = z.infer<typeof OrderHint>;
