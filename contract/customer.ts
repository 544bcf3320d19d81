// Customers: whom the utility supplies, under which accounts, and how to reach them. Personal data travel masked; seeing
// them in full is an operation of its own, with a reason, and is recorded.
import { ContactRelation, CustomerCategory, Importance, SpecialNeedKind, Voltage } from "@bihuan/core/customer/codes.ts";
import {
  Coordinates,
  CustomerChange,
  CustomerDraft,
  CustomerId,
  lineOf,
  TransformerAreaCode,
} from "@bihuan/core/customer/customer.ts";
import { FactsShown } from "@bihuan/core/customer/file/facts-change.ts";
import { EvidenceState } from "@bihuan/core/customer/file/records.ts";
import { AreaClass } from "@bihuan/core/identity/organisation.ts";
import { z } from "zod";
import { defineOperation } from "./operation.ts";
import { CivilDate, Instant, Whole, WholeText } from "./text.ts";

const CUSTOMER = "customer";

/** Where a list goes on: what the last page gave as `next`. */
const After = z.string().max(200);
const PageSize = z.int().min(1).max(100);

/** Which accounts a list or an export holds. Always within the caller's scope. */
export const CustomerFilter = z.object({
  /** The unit and everything below it. */
  unitId: Whole.optional(),
  category: CustomerCategory.optional(),
  areaClass: AreaClass.optional(),
  importance: Importance.optional(),
  specialNeed: SpecialNeedKind.optional(),
  transformerAreaCode: TransformerAreaCode.optional(),
  /** Customers somebody answers for, by staff id; 0 for those nobody answers for. */
  managerId: Whole.or(z.literal(0)).optional(),
  /** Customers with a need valid today whose evidence stands so. `EXPIRING`: within 30 days. */
  evidence: EvidenceState.exclude(["IN_ORDER"]).optional(),
});
export type CustomerFilter = z.infer<typeof CustomerFilter>;

export const UnitName = z.object({ unitId: z.int(), name: z.string() });

/** One account with the customer it belongs to: a row of the search. */
export const AccountRow = z
  .object({
    customerId: CustomerId,
    accountNo: z.string(),
    /** Masked. */
    customerName: z.string(),
    importance: Importance,
    category: CustomerCategory,
    voltage: Voltage.nullable(),
    areaClass: AreaClass,
    transformerArea: z.object({ code: z.string(), name: z.string() }).nullable(),
    unit: UnitName,
    /** Masked. */
    address: z.string().nullable(),
    /** Masked; the first contact, or the one whose number was searched for. */
    phone: z.string().nullable(),
    /** Needs valid today. */
    specialNeeds: z.array(SpecialNeedKind),
  })
  .meta({ id: "AccountRow" });
export type AccountRow = z.infer<typeof AccountRow>;

export const CustomerAccount = z.object({
  accountNo: z.string(),
  category: CustomerCategory,
  voltage: Voltage.nullable(),
  areaClass: AreaClass,
  transformerArea: z.object({ code: z.string(), name: z.string() }).nullable(),
  unit: UnitName,
  /** Masked. */
  address: z.string().nullable(),
  coordinates: Coordinates.nullable(),
});
export type CustomerAccount = z.infer<typeof CustomerAccount>;

export const CustomerContact = z.object({
  contactId: z.int(),
  /** Masked. */
  name: z.string().nullable(),
  /** Masked. */
  phone: z.string(),
  relation: ContactRelation,
});
export type CustomerContact = z.infer<typeof CustomerContact>;

/** A file that proves a need. */
export const NeedEvidence = z.object({
  /** The customer it was entered for: this one, or one that was merged into it. Together with `fileNo` it names the file. */
  customerId: CustomerId,
  fileNo: z.int(),
  name: z.string(),
  sizeBytes: z.int(),
  mediaType: z.string(),
  /** Its last valid day; null where it has none. */
  validTo: CivilDate.nullable(),
  addedBy: z.string().nullable(),
  addedAt: Instant,
});
export type NeedEvidence = z.infer<typeof NeedEvidence>;

export const CustomerSpecialNeed = z.object({
  kind: SpecialNeedKind,
  note: z.string().nullable(),
  validFrom: CivilDate.nullable(),
  validTo: CivilDate.nullable(),
  /** Whether it holds today, in the zone of the customer's unit. */
  valid: z.boolean(),
  evidence: z.array(NeedEvidence),
  evidenceState: EvidenceState,
});

/** The member of staff who answers for a customer (客户经理). */
export const CustomerManager = z
  .object({
    staffId: z.int(),
    name: z.string(),
    /** False where the person has left. */
    active: z.boolean(),
    /** The number to reach the person at work, where one was entered. */
    phone: z.string().nullable(),
  })
  .meta({ id: "CustomerManager" });
export type CustomerManager = z.infer<typeof CustomerManager>;

/** A file that was merged into this one. */
export const MergedCustomer = z.object({
  customerId: CustomerId,
  /** Masked. */
  name: z.string(),
  reason: z.string(),
  mergedBy: z.string().nullable(),
  mergedAt: Instant,
  /** True while nothing else has changed the file since. */
  undoable: z.boolean(),
});

/**
 * Everything known about a customer. Orders, visits and notes are read beside it, page by page: the order list filtered by
 * `customerId`. Asked for a customer who was merged, the surviving file answers: its `customerId` is then another one.
 */
export const CustomerFile = z
  .object({
    customerId: CustomerId,
    regionId: z.int(),
    customerNo: z.string().nullable(),
    /** Masked. */
    name: z.string(),
    importance: Importance,
    accounts: z.array(CustomerAccount),
    contacts: z.array(CustomerContact),
    specialNeeds: z.array(CustomerSpecialNeed),
    /** Of the household or the enterprise; names and numbers masked. */
    facts: FactsShown.nullable(),
    manager: CustomerManager.nullable(),
    /** Who answered for the customer before, newest first, the present manager included. */
    managers: z.array(
      z.object({ staffId: z.int(), name: z.string(), since: Instant, until: Instant.nullable(), givenBy: z.string().nullable() }),
    ),
    mergedFrom: z.array(MergedCustomer),
    /** Personal data were erased: nothing is left to unmask or edit. */
    erased: z.boolean(),
    version: z.int(),
    createdAt: Instant,
    updatedAt: Instant,
    /** What this caller may do with the file. */
    actions: z.object({
      edit: z.boolean(),
      /** Write notes, enter visits. */
      record: z.boolean(),
      /** Name the manager, merge, print cards. */
      manage: z.boolean(),
      unmask: z.boolean(),
      intake: z.boolean(),
    }),
  })
  .meta({ id: "CustomerFile" });
export type CustomerFile = z.infer<typeof CustomerFile>;

/** A customer's personal data in full. */
export const UnmaskedCustomer = z
  .object({
    customerId: CustomerId,
    name: z.string(),
    accounts: z.array(z.object({ accountNo: z.string(), address: z.string().nullable() })),
    contacts: z.array(z.object({ contactId: z.int(), name: z.string().nullable(), phone: z.string() })),
    specialNeeds: z.array(z.object({ kind: SpecialNeedKind, note: z.string().nullable() })),
    /** The masked texts of the facts, by field. */
    facts: z.record(z.string(), z.string()),
  })
  .meta({ id: "UnmaskedCustomer" });
export type UnmaskedCustomer = z.infer<typeof UnmaskedCustomer>;

/** How a table is written: CSV for programs, an Excel workbook for people. */
export const TableFormat = z.enum(["csv", "xlsx"]);
export type TableFormat = z.infer<typeof TableFormat>;

/** Why personal data are needed in full; kept in the access log. */
export const AccessReason = lineOf(200);

export const TransformerArea = z
  .object({
    regionId: z.int(),
    code: z.string(),
    name: z.string(),
    /** The responsible unit of every account in the area. */
    unit: UnitName,
    accounts: z.int().describe("Accounts fed from it"),
    version: z.int(),
  })
  .meta({ id: "TransformerArea" });
export type TransformerArea = z.infer<typeof TransformerArea>;

const customerParams = z.object({ customerId: CustomerId });

export const customerOperations = {
  // A POST, because what is searched for is a name or a number: it must not stand in an address, a log or a proxy.
  searchCustomers: defineOperation({
    method: "POST",
    path: "/customers/search",
    summary: { zh: "按户号、户名、地址、电话查找客户", en: "Find customers by account number, name, address or telephone" },
    tag: CUSTOMER,
    access: "customer.read",
    body: z.object({
      /**
       * Words separated by blanks, all of which must be found: Chinese of any length (one character is looked for in names),
       * pinyin initials of a name, a number, its end (from four digits) or its beginning (up to four digits missing). Empty lists
       * everything.
       */
      text: z.string().max(100).default(""),
      filter: CustomerFilter.default({}),
      after: After.nullable().default(null),
      limit: PageSize.default(20),
    }),
    response: z.object({
      rows: z.array(AccountRow),
      next: z.string().nullable(),
      /** True where the text fits so many accounts that only the first 1,000 found were ranked: say more to find the right one. */
      tooMany: z.boolean(),
    }),
    errors: ["customer.cursor-invalid"],
  }),
  getCustomer: defineOperation({
    method: "GET",
    path: "/customers/:customerId",
    summary: { zh: "查看客户档案", en: "Read a customer's file" },
    tag: CUSTOMER,
    access: "customer.read",
    params: customerParams,
    response: CustomerFile,
    errors: ["request.not-found"],
  }),
  unmaskCustomer: defineOperation({
    method: "POST",
    path: "/customers/:customerId/unmask",
    summary: { zh: "查看客户完整信息（记录原因）", en: "See a customer's personal data in full, with a reason" },
    tag: CUSTOMER,
    access: "personal-data.unmask",
    params: customerParams,
    body: z.object({ reason: AccessReason }),
    response: UnmaskedCustomer,
    errors: ["request.not-found", "identity.reason-required", "customer.erased"],
  }),
  createCustomer: defineOperation({
    method: "POST",
    path: "/customers",
    summary: { zh: "新建客户档案", en: "Open a customer's file" },
    tag: CUSTOMER,
    access: "customer.edit",
    idempotent: true,
    body: CustomerDraft,
    response: z.object({ customerId: CustomerId, version: z.int() }),
    errors: [
      "customer.account-exists",
      "customer.customer-no-exists",
      "customer.unit-unknown",
      "customer.unit-missing",
      "customer.units-in-several-regions",
      "customer.transformer-area-unknown",
      "customer.area-of-another-unit",
    ],
  }),
  updateCustomer: defineOperation({
    method: "PUT",
    path: "/customers/:customerId",
    summary: { zh: "修改客户档案", en: "Change a customer's file" },
    tag: CUSTOMER,
    access: "customer.edit",
    params: customerParams,
    body: CustomerChange,
    response: z.object({ customerId: CustomerId, version: z.int() }),
    errors: [
      "request.not-found",
      "customer.version-stale",
      "customer.erased",
      "customer.merged",
      "customer.account-exists",
      "customer.customer-no-exists",
      "customer.contact-unknown",
      "customer.contact-twice",
      "customer.unit-unknown",
      "customer.unit-missing",
      "customer.units-in-several-regions",
      "customer.transformer-area-unknown",
      "customer.area-of-another-unit",
    ],
  }),
  exportCustomers: defineOperation({
    method: "POST",
    path: "/customers/export",
    summary: { zh: "导出客户清单（CSV 或 Excel）", en: "Export customers (CSV or Excel)" },
    tag: CUSTOMER,
    access: "customer.export",
    body: z.object({
      filter: CustomerFilter.default({}),
      format: TableFormat.default("csv"),
      /** Given, personal data are written in full, where the caller may unmask; left out, they are masked. */
      unmaskReason: AccessReason.optional(),
    }),
    produces: "text/csv; charset=utf-8",
    errors: ["identity.reason-required"],
  }),
  listTransformerAreas: defineOperation({
    method: "GET",
    path: "/transformer-areas",
    summary: { zh: "列出台区", en: "List transformer areas" },
    tag: CUSTOMER,
    access: "customer.read",
    query: z.object({
      /** Part of the code or the name. */
      text: lineOf(60).optional(),
      unitId: WholeText.optional(),
      after: After.optional(),
      limit: z.coerce.number().int().min(1).max(100).default(50),
    }),
    response: z.object({ rows: z.array(TransformerArea), next: z.string().nullable() }),
    errors: ["customer.cursor-invalid"],
  }),
  saveTransformerArea: defineOperation({
    method: "PUT",
    path: "/transformer-areas/:regionId/:code",
    summary: { zh: "登记或修改台区；责任单位随之变更", en: "Enter or change a transformer area; its accounts follow its unit" },
    tag: CUSTOMER,
    access: "customer.edit",
    params: z.object({ regionId: z.coerce.number().int().min(100).max(921), code: TransformerAreaCode }),
    body: z.object({
      name: lineOf(120),
      unitId: Whole,
      /** 0 enters a new area; otherwise the version that was read. */
      version: Whole.or(z.literal(0)),
    }),
    response: z.object({ version: z.int(), accountsMoved: z.int() }),
    errors: ["customer.version-stale", "customer.unit-unknown", "customer.unit-of-another-region"],
  }),
};
