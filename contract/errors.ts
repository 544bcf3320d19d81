// The catalogue of every refusal the product gives. Each slice lists its own; here they become one.
import type { ErrorEntry } from "./errors/entry.ts";
import { platformErrors } from "./errors/platform.ts";
import { identityErrors } from "./errors/identity.ts";
import { calendarErrors } from "./errors/calendar.ts";
import { clockErrors } from "./errors/clock.ts";
import { knowledgeErrors } from "./errors/knowledge.ts";
import { customerErrors } from "./errors/customer.ts";
import { callErrors } from "./errors/call.ts";
import { workOrderErrors } from "./errors/work-order.ts";
import { connectionErrors } from "./errors/connection.ts";
import { reportErrors } from "./errors/report.ts";
import { deskErrors } from "./errors/desk.ts";
import { deskIntakeErrors } from "./errors/desk-intake.ts";

export const errorCatalogue = {
  ...platformErrors,
  ...identityErrors,
  ...calendarErrors,
  ...clockErrors,
  ...knowledgeErrors,
  ...customerErrors,
  ...callErrors,
  ...workOrderErrors,
  ...connectionErrors,
  ...reportErrors,
  ...deskErrors,
  ...deskIntakeErrors,
} as const satisfies Record<string, ErrorEntry>;

export type ErrorCode = keyof typeof errorCatalogue;
