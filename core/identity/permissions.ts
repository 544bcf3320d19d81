import { z } from "zod";

/** What a role may do at its node and below. Which role holds which stands in roles.ts. */
export const permissions = [
  "order.read",
  "order.intake",
  "order.act",
  "order.export",
  "personal-data.unmask",
  "customer.read",
  "customer.edit",
  "customer.record",
  "customer.manage",
  "customer.export",
  "organisation.read",
  "organisation.edit",
  "staff.read",
  "staff.edit",
  "role.grant",
  "password.issue",
  "account.unlock",
  "session.revoke",
  "api-key.manage",
  "calendar.read",
  "calendar.edit",
  "rule.read",
  "rule.edit",
  "knowledge.read",
  "knowledge.edit",
  "knowledge.approve",
  "import.run",
  "report.read",
  "access-log.read",
  "audit.run",
  "system.configure",
] as const;
export const Permission = z.enum(permissions);
export type Permission = z.infer<typeof Permission>;
