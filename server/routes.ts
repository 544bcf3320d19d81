// What the server is made of: each slice's operations with their handlers, and the identity slice deciding about callers.
import { callOperations } from "@bihuan/contract/call.ts";
import { calendarOperations } from "@bihuan/contract/calendar.ts";
import { clockOperations } from "@bihuan/contract/clock.ts";
import { connectionOperations } from "@bihuan/contract/connection.ts";
import { customerCareOperations } from "@bihuan/contract/customer-care.ts";
import { customerFileOperations } from "@bihuan/contract/customer-file.ts";
import { customerTableOperations } from "@bihuan/contract/customer-table.ts";
import { customerOperations } from "@bihuan/contract/customer.ts";
import { deskIntakeOperations } from "@bihuan/contract/desk-intake.ts";
import { deskWorkOperations } from "@bihuan/contract/desk-work.ts";
import { deskSuggestionOperations } from "@bihuan/contract/desk-suggestion.ts";
import { flowOperations } from "@bihuan/contract/flow.ts";
import { identityOperations } from "@bihuan/contract/identity.ts";
import { knowledgeOperations } from "@bihuan/contract/knowledge.ts";
import { reportOperations } from "@bihuan/contract/report.ts";
import { workOrderOperations } from "@bihuan/contract/work-order.ts";
import { business } from "./business.ts";
import { callRoutes } from "./call/routes.ts";
import { calendarRoutes } from "./calendar/routes.ts";
import { clockRoutes } from "./clock/routes.ts";
import { connectionRoutes } from "./connection/routes.ts";
import { authenticator } from "./identity/authenticator.ts";
import { customerCareRoutes } from "./customer/care/routes.ts";
import { customerFileRoutes } from "./customer/file/routes.ts";
import { customerRoutes } from "./customer/routes.ts";
import { customerTableRoutes } from "./customer/table/routes.ts";
import { deskSuggestionRoutes } from "./desk/suggestion/routes.ts";
import { identityRoutes } from "./identity/routes.ts";
import { deskIntakeRoutes } from "./desk/intake/routes.ts";
import { deskWorkRoutes } from "./desk/work/routes.ts";
import { knowledgeRoutes } from "./knowledge/routes.ts";
import { type Access, type Slice, slice } from "./platform/http/operations.ts";
import type { Platform } from "./platform/platform.ts";
import { reportRoutes } from "./report/routes.ts";
import { orderNames } from "./work-order/queries/order-names.ts";
import { flowRoutes, workOrderRoutes } from "./work-order/routes.ts";

export { slice };

/** One line for each slice: `slice(identityOperations, identityRoutes)`. */
export const slices: readonly Slice[] = [
  slice(identityOperations, identityRoutes),
  slice(customerOperations, customerRoutes),
  slice(customerFileOperations, customerFileRoutes({ orderNames })),
  slice(customerCareOperations, customerCareRoutes),
  slice(customerTableOperations, customerTableRoutes),
  slice(knowledgeOperations, knowledgeRoutes),
  slice(calendarOperations, calendarRoutes),
  slice(clockOperations, clockRoutes(business)),
  slice(flowOperations, flowRoutes),
  slice(workOrderOperations, workOrderRoutes),
  slice(callOperations, callRoutes),
  slice(connectionOperations, connectionRoutes),
  slice(reportOperations, reportRoutes),
  slice(deskSuggestionOperations, deskSuggestionRoutes),
  slice(deskIntakeOperations, deskIntakeRoutes),
  slice(deskWorkOperations, deskWorkRoutes),
];

/** Who calls and what they may: the identity slice's answer. */
export const access: (platform: Platform) => Access = authenticator;
