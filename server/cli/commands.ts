// The register of the command line: one line for each command.
import { apiKeyCreate, apiKeyList, apiKeyRevoke } from "./api-key.ts";
import { backupCommand } from "./backup.ts";
import { calendarEvaluate } from "./calendar-evaluate.ts";
import { auditCommand, erasePersonal, exportDigest, signDigest, verifyDigest } from "./audit.ts";
import { calendarEnterYear, calendarList } from "./calendar-layers.ts";
import type { Command } from "./command.ts";
import { customerErase } from "./customer-erase.ts";
import { importCustomersCommand } from "./import-customers.ts";
import { importServiceRequests, importTicketEvents } from "./import-histories.ts";
import { organisationImport, organisationList } from "./organisation.ts";
import { reportStates, reportTimeliness, reportVerdicts } from "./report-histories.ts";
import { restoreCommand } from "./restore.ts";
import { rulesAdopt, rulesCheck, rulesDifferences, rulesDrop, rulesExport, rulesHistory, rulesList, rulesSave } from "./rules.ts";
import { staffCreate, staffImport, staffList } from "./staff.ts";
import { staffGrant, staffResetPassword, staffUnlock } from "./staff-entry.ts";

export const commands: readonly Command[] = [
  organisationImport,
  organisationList,
  staffCreate,
  staffImport,
  staffList,
  staffGrant,
  staffResetPassword,
  staffUnlock,
  apiKeyCreate,
  apiKeyList,
  apiKeyRevoke,
  calendarEvaluate,
  calendarList,
  calendarEnterYear,
  rulesList,
  rulesExport,
  rulesCheck,
  rulesSave,
  rulesAdopt,
  rulesDrop,
  rulesHistory,
  rulesDifferences,
  importCustomersCommand,
  importServiceRequests,
  importTicketEvents,
  reportTimeliness,
  reportStates,
  reportVerdicts,
  auditCommand,
  signDigest,
  exportDigest,
  verifyDigest,
  erasePersonal,
  customerErase,
  backupCommand,
  restoreCommand,
];
