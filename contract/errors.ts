// The catalogue of every refusal the product gives. Each slice lists its own; here they become one.
import type { ErrorEntry } from "./error-entry.ts";
import { platformErrors } from "./platform-errors.ts";
import { identityErrors } from "./identity-errors.ts";
import { calendarErrors } from "./calendar-errors.ts";
import { clockErrors } from "./clock-errors.ts";
import { customerErrors } from "./customer-errors.ts";
import { workOrderErrors } from "./work-order-errors.ts";
import { reportErrors } from "./report-errors.ts";

export const errorCatalogue = {
  ...platformErrors,
  ...identityErrors,
  ...calendarErrors,
  ...clockErrors,
  ...customerErrors,
  ...workOrderErrors,
  ...reportErrors,
} as const satisfies Record<string, ErrorEntry>;

export type ErrorCode = keyof typeof errorCatalogue;
