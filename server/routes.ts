// What the server is made of: each slice's operations with their handlers, and the identity slice deciding about callers.
import { calendarOperations } from "@bihuan/contract/calendar.ts";
import { clockOperations } from "@bihuan/contract/clock.ts";
import { connectionOperations } from "@bihuan/contract/connection.ts";
import { customerOperations } from "@bihuan/contract/customer.ts";
import { deskSuggestionOperations } from "@bihuan/contract/desk-suggestion.ts";
import { flowOperations } from "@bihuan/contract/flow.ts";
import { identityOperations } from "@bihuan/contract/identity.ts";
import { knowledgeOperations } from "@bihuan/contract/knowledge.ts";
import { reportOperations } from "@bihuan/contract/report.ts";
import { deskWorkOperations } from "@bihuan/contract/desk-work.ts";
import { workOrderOperations } from "@bihuan/contract/work-order.ts";
import { business } from "./business.ts";
import { calendarRoutes } from "./calendar/routes.ts";
import { clockRoutes } from "./clock/routes.ts";
import { connectionRoutes } from "./connection/routes.ts";
import { authenticator } from "./identity/authenticator.ts";
import { customerRoutes } from "./customer/routes.ts";
import { deskSuggestionRoutes } from "./desk/suggestion/routes.ts";
import { identityRoutes } from "./identity/routes.ts";
import { knowledgeRoutes } from "./knowledge/routes.ts";
import { type Access, type Slice, slice } from "./platform/http/operations.ts";
import type { Platform } from "./platform/platform.ts";
import { reportRoutes } from "./report/routes.ts";
import { flowRoutes, workOrderRoutes } from "./work-order/routes.ts";

export { slice };

/** One line for each slice: `slice(identityOperations, identityRoutes)`. */
export const slices: readonly Slice[] = [
  slice(identityOperations, identityRoutes),
import { deskWorkRoutes } from "./desk/work/routes.ts";
  slice(customerOperations, customerRoutes),
  slice(knowledgeOperations, knowledgeRoutes),
  slice(calendarOperations, calendarRoutes),
  slice(clockOperations, clockRoutes(business)),
  slice(flowOperations, flowRoutes),
  slice(workOrderOperations, workOrderRoutes),
  slice(connectionOperations, connectionRoutes),
  slice(reportOperations, reportRoutes),
  slice(deskSuggestionOperations, deskSuggestionRoutes),
];

/** Who calls and what they may: the identity slice's answer. */
export const access: (platform: Platform) => Access = authenticator;
  slice(deskWorkOperations, deskWorkRoutes),
