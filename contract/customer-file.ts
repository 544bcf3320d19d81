// What is added to a customer's file: facts of the household or enterprise, evidence of needs, visits, notes.
import { SpecialNeedKind } from "@bihuan/core/customer/codes.ts";
import { CustomerId, lineOf, unmasked } from "@bihuan/core/customer/customer.ts";
import { FactsEntered } from "@bihuan/core/customer/file/facts-change.ts";
import { Occasion, paragraphs, Satisfaction, VisitState } from "@bihuan/core/customer/file/records.ts";
import { z } from "zod";
import { defineOperation } from "./operation.ts";
import { CivilDate, Instant, Whole, WholeText } from "./text.ts";

const CUSTOMER = "customer";
const customerParams = z.object({ customerId: CustomerId });
const After = z.string().max(200);
const pages = { after: After.optional(), limit: z.coerce.number().int().min(1).max(100).default(20) };
const acting = ["request.not-found", "customer.merged", "customer.erased"] as const;

export const CustomerNote = z
  .object({
    /** The customer it was written for: this one, or one that was merged into it. Together with `noteNo` it names the note. */
    customerId: CustomerId,
    noteNo: z.int(),
    /** Telephone and identity numbers in it are masked; null where it was retracted or erased. */
    body: z.string().nullable(),
    author: z.string(),
    writtenAt: Instant,
    retractedAt: Instant.nullable(),
    retractReason: z.string().nullable(),
    /** Whether this caller may retract it: who wrote it. */
    mayRetract: z.boolean(),
  })
  .meta({ id: "CustomerNote" });
export type CustomerNote = z.infer<typeof CustomerNote>;

export const CustomerVisit = z
  .object({
    customerId: CustomerId,
    visitNo: z.int(),
    state: VisitState,
    occasion: Occasion,
    /** Who goes, or went. */
    visitor: z.object({ staffId: z.int(), name: z.string() }),
    plannedOn: CivilDate.nullable(),
    visitedAt: Instant.nullable(),
    /** Masked. */
    place: z.string().nullable(),
    /** What was said; numbers in it are masked. */
    said: z.string().nullable(),
    satisfaction: Satisfaction.nullable(),
    /** The order that follows from it. */
    orderId: z.string().nullable(),
    /** Why it was cancelled. */
    reason: z.string().nullable(),
    version: z.int(),
    mayChange: z.boolean(),
  })
  .meta({ id: "CustomerVisit" });
export type CustomerVisit = z.infer<typeof CustomerVisit>;

const place = unmasked(200).nullable().default(null);
const OrderNumber = z.string().regex(/^[1-9]\d{18}$/);
/** A visit as it was made. */
const Made = z.object({
  state: z.literal("DONE"),
  visitedAt: Instant,
  place,
  said: paragraphs(2000),
  satisfaction: Satisfaction.nullable().default(null),
  orderId: OrderNumber.nullable().default(null),
});
const Planned = z.object({ state: z.literal("PLANNED"), plannedOn: CivilDate, place });
/** Left out: the caller. */
const visitorId = Whole.optional();
export const NewVisit = z.discriminatedUnion("state", [
  Planned.extend({ occasion: Occasion, visitorId }),
  Made.extend({ occasion: Occasion, visitorId }),
]);
export type NewVisit = z.infer<typeof NewVisit>;
export const VisitChange = z.discriminatedUnion("state", [
  Planned.extend({ version: Whole, visitorId }),
  Made.extend({ version: Whole, visitorId }),
  z.object({ state: z.literal("CANCELLED"), version: Whole, reason: lineOf(200) }),
]);
export type VisitChange = z.infer<typeof VisitChange>;

export const customerFileOperations = {
  saveCustomerFacts: defineOperation({
    method: "PUT",
    path: "/customers/:customerId/facts",
    summary: { zh: "登记家庭或企业情况", en: "Enter the facts of a household or an enterprise" },
    tag: CUSTOMER,
    access: "customer.edit",
    params: customerParams,
    /** Masked texts that are left out stay as they are. */
    body: z.object({ version: Whole, facts: FactsEntered.nullable() }),
    response: z.object({ version: z.int() }),
    errors: [...acting, "customer.version-stale"],
  }),
  addNeedEvidence: defineOperation({
    method: "POST",
    path: "/customers/:customerId/special-needs/:kind/evidence",
    summary: { zh: "上传特殊需求的证明材料", en: "Add a file that proves a special need" },
    tag: CUSTOMER,
    access: "customer.edit",
    params: customerParams.extend({ kind: SpecialNeedKind }),
    query: z.object({ validTo: CivilDate.optional().describe("Its last valid day") }),
    consumes: "multipart/form-data",
    response: z.object({ fileNo: z.int(), version: z.int() }),
    errors: [
      ...acting,
      "customer.need-unknown",
      "customer.too-many-files",
      "file.missing",
      "file.empty",
      "file.too-large",
      "file.several",
      "file.cannot-be-kept",
      "file.type-refused",
    ],
  }),
  removeNeedEvidence: defineOperation({
    method: "DELETE",
    path: "/customers/:customerId/evidence/:fileNo",
    summary: { zh: "移除证明材料", en: "Remove a piece of evidence" },
    tag: CUSTOMER,
    access: "customer.edit",
    params: customerParams.extend({ fileNo: WholeText }),
    response: z.object({ version: z.int() }),
    errors: ["request.not-found", "customer.erased"],
  }),
  openNeedEvidence: defineOperation({
    method: "GET",
    path: "/customers/:customerId/evidence/:fileNo",
    summary: { zh: "下载证明材料（记入访问日志）", en: "Download a piece of evidence; recorded in the access log" },
    tag: CUSTOMER,
    access: "personal-data.unmask",
    params: customerParams.extend({ fileNo: WholeText }),
    produces: "application/octet-stream",
    errors: ["request.not-found"],
  }),
  listCustomerNotes: defineOperation({
    method: "GET",
    path: "/customers/:customerId/notes",
    summary: { zh: "客户备注", en: "Notes on a customer" },
    tag: CUSTOMER,
    access: "customer.read",
    params: customerParams,
    query: z.object(pages),
    response: z.object({ notes: z.array(CustomerNote), next: z.string().nullable() }),
    errors: ["request.not-found", "customer.cursor-invalid"],
  }),
  writeCustomerNote: defineOperation({
    method: "POST",
    path: "/customers/:customerId/notes",
    summary: { zh: "写客户备注", en: "Write a note on a customer" },
    tag: CUSTOMER,
    access: "customer.record",
    idempotent: true,
    params: customerParams,
    body: z.object({ body: paragraphs(2000) }),
    response: z.object({ noteNo: z.int() }),
    errors: acting,
  }),
  retractCustomerNote: defineOperation({
    method: "POST",
    path: "/customers/:customerId/notes/:noteNo/retract",
    summary: { zh: "撤回自己的备注", en: "Retract a note of one's own" },
    tag: CUSTOMER,
    access: "customer.record",
    params: customerParams.extend({ noteNo: WholeText }),
    body: z.object({ reason: lineOf(200) }),
    response: z.object({ noteNo: z.int() }),
    errors: ["request.not-found", "customer.erased", "customer.note-of-another", "customer.note-retracted"],
  }),
  listCustomerVisits: defineOperation({
    method: "GET",
    path: "/customers/:customerId/visits",
    summary: { zh: "客户走访", en: "Visits to a customer" },
    tag: CUSTOMER,
    access: "customer.read",
    params: customerParams,
    query: z.object(pages),
    response: z.object({ visits: z.array(CustomerVisit), next: z.string().nullable() }),
    errors: ["request.not-found", "customer.cursor-invalid"],
  }),
  enterCustomerVisit: defineOperation({
    method: "POST",
    path: "/customers/:customerId/visits",
    summary: { zh: "计划或登记走访", en: "Plan a visit, or enter one that was made" },
    tag: CUSTOMER,
    access: "customer.record",
    idempotent: true,
    params: customerParams,
    body: NewVisit,
    response: z.object({ visitNo: z.int(), version: z.int() }),
    errors: [...acting, "customer.person-needed", "customer.staff-unknown", "customer.visit-ahead", "customer.order-unknown"],
  }),
  changeCustomerVisit: defineOperation({
    method: "PUT",
    path: "/customers/:customerId/visits/:visitNo",
    summary: { zh: "改期、登记结果或取消走访", en: "Move a visit, enter what came of it, or cancel it" },
    tag: CUSTOMER,
    access: "customer.record",
    params: customerParams.extend({ visitNo: WholeText }),
    body: VisitChange,
    response: z.object({ visitNo: z.int(), version: z.int() }),
    errors: [
      "request.not-found",
      "customer.erased",
      "customer.version-stale",
      "customer.visit-over",
      "customer.visit-ahead",
      "customer.staff-unknown",
      "customer.order-unknown",
    ],
  }),
};
