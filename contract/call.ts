// Calls: what the telephone system tells of them, whose they are, and what came of them. A caller's number is told in full to the agent
// who has the call, and masked to everybody else.
import { CustomerId } from "@bihuan/core/customer/customer.ts";
import { z } from "zod";
import { FoundAccount } from "./customer-found.ts";
import { defineOperation } from "./operation.ts";
import { Instant } from "./text.ts";

const TAG = "call";

/** The telephone system's own number of a call; unique within the region the integration is at home in. */
export const CallNo = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._:@-]{0,99}$/);
/** Of an agent's telephone. */
export const Extension = z.string().regex(/^\d{2,8}$/);

const StaffName = z.object({ staffId: z.int(), name: z.string() });

/** A call as a line of a customer's or an agent's history. */
export const CallRow = z
  .object({
    callNo: z.string(),
    startedAt: Instant,
    /** Null while it goes on. */
    endedAt: Instant.nullable(),
    talkSeconds: z.int().nullable(),
    queue: z.string().nullable(),
    agent: StaffName,
    /** In full for its own agent, masked for everybody else; null where the caller withheld it or it was erased. */
    phone: z.string().nullable(),
    /** Who called: known by the number alone, or said by the agent. Null while nobody is, or where the file is out of reach. */
    customerId: CustomerId.nullable(),
    /** Orders taken in during it. */
    orderIds: z.array(z.string()),
  })
  .meta({ id: "CallRow" });
export type CallRow = z.infer<typeof CallRow>;

/** A call with everybody it may be from. */
export const CallView = z
  .object({
    ...CallRow.shape,
    /** Whether it is the reader's own. */
    mine: z.boolean(),
    /** Accounts whose customer or contact has the number: at most ten, the likeliest first. Empty once the call is older than a day. */
    candidates: z.array(FoundAccount),
    /** How many more there are. */
    more: z.int(),
  })
  .meta({ id: "CallView" });
export type CallView = z.infer<typeof CallView>;

const callParams = z.object({ callNo: CallNo });

export const callOperations = {
  // Safe to send again: the call's own number is the key.
  recordCall: defineOperation({
    method: "POST",
    path: "/calls",
    summary: { zh: "登记来电并弹屏（电话系统调用）", en: "Report a call and pop it up on its agent's screen" },
    tag: TAG,
    access: "order.intake",
    body: z.object({
      callNo: CallNo,
      /** As the telephone system has it, with or without area or country code; null where the caller withheld it. */
      from: z.string().trim().max(40).nullable(),
      /** Who answers, by sign-in account or by the extension of the telephone. Sent again with another: the call was passed on. */
      agent: z.union([z.strictObject({ account: z.string().min(2).max(40) }), z.strictObject({ extension: Extension })]),
      queue: z.string().trim().max(60).nullable().default(null),
      startedAt: Instant,
    }),
    response: z.object({
      callNo: z.string(),
      agent: StaffName,
      /** Customers that have the number. */
      customers: z.int(),
      /** True where it had been reported before, with nothing new. */
      repeated: z.boolean(),
    }),
    errors: ["call.agent-unknown", "call.reported-otherwise", "call.starts-ahead", "call.over"],
  }),
  endCall: defineOperation({
    method: "POST",
    path: "/calls/:callNo/end",
    summary: { zh: "登记通话结束（电话系统调用）", en: "Report that a call ended" },
    tag: TAG,
    access: "order.intake",
    params: callParams,
    body: z.object({
      endedAt: Instant,
      /** Time talked, where the telephone system knows it: ringing and waiting are not talk. */
      talkSeconds: z.int().min(0).max(86_400).nullable().default(null),
    }),
    response: z.object({ callNo: z.string(), talkSeconds: z.int().nullable(), repeated: z.boolean() }),
    errors: ["call.not-found", "call.ends-before-start", "call.reported-otherwise"],
  }),
  listOwnCalls: defineOperation({
    method: "GET",
    path: "/calls/mine",
    summary: { zh: "我的来电：进行中的在前", en: "One's own calls, those going on first" },
    tag: TAG,
    access: "order.intake",
    response: z.object({
      /** Those going on, then the last ones of the past day; ten at most. */
      calls: z.array(CallRow),
    }),
  }),
  readCall: defineOperation({
    method: "GET",
    path: "/calls/:callNo",
    summary: { zh: "查看来电及可能的客户", en: "Read a call and whose it may be" },
    tag: TAG,
    access: "order.intake",
    params: callParams,
    response: CallView,
    errors: ["call.not-found"],
  }),
  identifyCaller: defineOperation({
    method: "PUT",
    path: "/calls/:callNo/customer",
    summary: { zh: "确认来电客户", en: "Say which customer calls" },
    tag: TAG,
    access: "order.intake",
    params: callParams,
    body: z.object({
      /** Null: nobody on file after all. */
      customerId: CustomerId.nullable(),
    }),
    response: CallRow,
    errors: ["call.not-found", "call.not-yours", "request.not-found"],
  }),
  listCallsOfCustomer: defineOperation({
    method: "GET",
    path: "/customers/:customerId/calls",
    summary: { zh: "客户的来电记录", en: "Calls of a customer, the newest first" },
    tag: TAG,
    access: "customer.read",
    params: z.object({ customerId: CustomerId }),
    query: z.object({ after: z.string().max(200).optional(), limit: z.coerce.number().int().min(1).max(100).default(20) }),
    response: z.object({ calls: z.array(CallRow), next: z.string().nullable() }),
    errors: ["request.not-found", "customer.cursor-invalid"],
  }),
  readExtension: defineOperation({
    method: "GET",
    path: "/call-extension",
    summary: { zh: "我的分机号", en: "The extension one sits at" },
    tag: TAG,
    access: "order.intake",
    response: z.object({ extension: z.string().nullable() }),
  }),
  saveExtension: defineOperation({
    method: "PUT",
    path: "/call-extension",
    summary: { zh: "登记我所在的分机", en: "Say which extension one sits at" },
    tag: TAG,
    access: "order.intake",
    body: z.object({
      /** Whoever sat there before is signed off it; null signs oneself off. */
      extension: Extension.nullable(),
    }),
    response: z.object({ extension: z.string().nullable() }),
    errors: ["call.person-needed"],
  }),
};
