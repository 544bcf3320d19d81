// Who answers for a customer, the card the customer keeps, and files that are made one.
import { CustomerId, lineOf, Phone, TransformerAreaCode } from "@bihuan/core/customer/customer.ts";
import { Chosen, Likeness } from "@bihuan/core/customer/file/merging.ts";
import { z } from "zod";
import { CustomerManager, UnitName } from "./customer.ts";
import { defineOperation } from "./operation.ts";
import { Whole, WholeText } from "./text.ts";

const CUSTOMER = "customer";
const customerParams = z.object({ customerId: CustomerId });
const regionId = z.coerce.number().int().min(100).max(921);

/** A member of staff as one may choose for a manager. */
export const ManagerChoice = z.object({ staffId: z.int(), account: z.string(), name: z.string(), unit: UnitName });

/** A customer that may be the same as another one. */
export const Duplicate = z
  .object({
    customerId: CustomerId,
    customerNo: z.string().nullable(),
    /** Masked. */
    name: z.string(),
    accounts: z.int(),
    accountNo: z.string().nullable(),
    unit: UnitName.nullable(),
    because: z.array(Likeness),
  })
  .meta({ id: "Duplicate" });
export type Duplicate = z.infer<typeof Duplicate>;

export const customerCareOperations = {
  listCustomerManagers: defineOperation({
    method: "GET",
    path: "/customer-managers",
    summary: { zh: "客户经理及其客户数", en: "Customer managers and how many customers each has" },
    tag: CUSTOMER,
    access: "customer.read",
    query: z.object({ unitId: WholeText.optional() }),
    response: z.object({
      managers: z.array(CustomerManager.extend({ account: z.string(), unit: UnitName, customers: z.int() })),
      /** Customers nobody answers for. */
      unassigned: z.int(),
      /** Service telephones of units, as printed on cards. */
      unitPhones: z.array(z.object({ unit: UnitName, phone: z.string() })),
    }),
  }),
  findManagerChoices: defineOperation({
    method: "POST",
    path: "/customer-managers/choices",
    summary: { zh: "查找可任客户经理的人员", en: "Find staff who can be a customer's manager" },
    tag: CUSTOMER,
    access: "customer.manage",
    body: z.object({ text: z.string().max(60).default(""), limit: z.int().min(1).max(50).default(20) }),
    response: z.object({ staff: z.array(ManagerChoice) }),
  }),
  setCustomerManager: defineOperation({
    method: "PUT",
    path: "/customers/:customerId/manager",
    summary: { zh: "指定客户经理", en: "Name a customer's manager" },
    tag: CUSTOMER,
    access: "customer.manage",
    params: customerParams,
    /** `staffId` null: nobody any more. */
    body: z.object({ version: Whole, staffId: Whole.nullable() }),
    response: z.object({ version: z.int() }),
    errors: ["request.not-found", "customer.merged", "customer.erased", "customer.version-stale", "customer.staff-unknown"],
  }),
  handOverCustomers: defineOperation({
    method: "POST",
    path: "/customer-managers/hand-over",
    summary: { zh: "批量移交客户", en: "Hand customers over to another manager" },
    tag: CUSTOMER,
    access: "customer.manage",
    body: z.object({
      /** All customers of a manager, of a transformer area, or those of a unit nobody answers for; only what the caller manages. */
      from: z.discriminatedUnion("by", [
        z.object({ by: z.literal("manager"), staffId: Whole }),
        z.object({ by: z.literal("transformer-area"), regionId: z.int().min(100).max(921), code: TransformerAreaCode }),
        z.object({ by: z.literal("unassigned"), unitId: Whole }),
      ]),
      toStaffId: Whole.nullable(),
    }),
    response: z.object({ customers: z.int() }),
    errors: ["customer.staff-unknown"],
  }),
  saveServicePhone: defineOperation({
    method: "PUT",
    path: "/service-phones/:holder/:holderId",
    summary: { zh: "登记服务电话（印在服务卡上）", en: "Enter a telephone number that is printed on cards" },
    tag: CUSTOMER,
    access: "customer.manage",
    params: z.object({ holder: z.enum(["unit", "staff"]), holderId: WholeText }),
    body: z.object({ phone: Phone.nullable() }),
    response: z.object({ phone: z.string().nullable() }),
    errors: ["customer.staff-unknown", "customer.unit-unknown"],
  }),
  printServiceCard: defineOperation({
    method: "POST",
    path: "/customers/:customerId/service-card",
    summary: { zh: "打印客户服务卡（PDF）", en: "Print a customer's service card (PDF)" },
    tag: CUSTOMER,
    access: "customer.record",
    params: customerParams,
    /** `renew`: the code on cards printed before leads nowhere any more. */
    body: z.object({ renew: z.boolean().default(false) }),
    produces: "application/pdf",
    errors: ["request.not-found", "customer.merged", "customer.erased"],
  }),
  printAreaCards: defineOperation({
    method: "POST",
    path: "/transformer-areas/:regionId/:code/service-cards",
    summary: { zh: "打印台区全部客户的服务卡（PDF）", en: "Print the service cards of a transformer area (PDF)" },
    tag: CUSTOMER,
    access: "customer.record",
    params: z.object({ regionId, code: TransformerAreaCode }),
    produces: "application/pdf",
    errors: ["request.not-found", "customer.too-many-cards"],
  }),
  openServiceCard: defineOperation({
    method: "GET",
    path: "/service-cards/:token",
    summary: { zh: "由服务卡二维码查到客户", en: "The customer a card's code leads to" },
    tag: CUSTOMER,
    access: "customer.read",
    params: z.object({ token: z.string().regex(/^[1-9]\d{2}[a-z2-7]{26}$/) }),
    response: z.object({ customerId: CustomerId }),
    errors: ["request.not-found"],
  }),
  findDuplicates: defineOperation({
    method: "GET",
    path: "/customers/:customerId/duplicates",
    summary: { zh: "疑似重复的客户", en: "Customers that may be the same" },
    tag: CUSTOMER,
    access: "customer.read",
    params: customerParams,
    response: z.object({ duplicates: z.array(Duplicate) }),
    errors: ["request.not-found"],
  }),
  listDuplicates: defineOperation({
    method: "GET",
    path: "/customer-duplicates",
    summary: { zh: "疑似重复客户清单（同名同电话）", en: "Files that look like one customer: the same name and number" },
    tag: CUSTOMER,
    access: "customer.manage",
    query: z.object({ unitId: WholeText.optional(), after: z.string().max(200).optional() }),
    response: z.object({
      groups: z.array(z.object({ customers: z.array(Duplicate) })),
      next: z.string().nullable(),
    }),
    errors: ["customer.cursor-invalid"],
    rateLimit: { max: 60, windowSeconds: 60 },
  }),
  mergeCustomers: defineOperation({
    method: "POST",
    path: "/customers/:customerId/merge",
    summary: { zh: "把另一客户档案并入本档案", en: "Merge another customer's file into this one" },
    tag: CUSTOMER,
    access: "customer.manage",
    params: customerParams,
    body: z.object({
      version: Whole,
      mergedId: CustomerId,
      mergedVersion: Whole,
      /** Which file's value stays; left out, the surviving one's. */
      chosen: Chosen.prefault({}),
      reason: lineOf(200),
    }),
    response: z.object({ customerId: CustomerId, version: z.int() }),
    errors: [
      "request.not-found",
      "customer.merged",
      "customer.erased",
      "customer.version-stale",
      "customer.merge-itself",
      "customer.merge-across-regions",
      "identity.reason-required",
    ],
  }),
  undoMerge: defineOperation({
    method: "POST",
    path: "/customers/:customerId/merge/undo",
    summary: { zh: "撤销合并", en: "Undo a merge" },
    tag: CUSTOMER,
    access: "customer.manage",
    params: customerParams,
    body: z.object({ version: Whole, mergedId: CustomerId, reason: lineOf(200) }),
    response: z.object({ customerId: CustomerId, version: z.int() }),
    errors: [
      "request.not-found",
      "customer.version-stale",
      "customer.merge-settled",
      "customer.erased",
      "identity.reason-required",
    ],
  }),
};
