// The register of the command line: one line for each command.
import { apiKeyCreate, apiKeyList, apiKeyRevoke } from "./identity/api-key.ts";
import { backupCommand } from "./upkeep/backup.ts";
import { calendarEvaluate } from "./rules/calendar-evaluate.ts";
import { auditCommand, erasePersonal, exportDigest, signDigest, trustDigestKey, verifyDigest } from "./upkeep/audit.ts";
import { calendarEnterYear, calendarList } from "./rules/calendar-layers.ts";
import type { Command } from "./command.ts";
import { customerErase } from "./upkeep/customer-erase.ts";
import { customerTemplateCommand, exportCustomersCommand } from "./import/export-customers.ts";
import { importCustomersCommand } from "./import/import-customers.ts";
import { importServiceRequests, importTicketEvents } from "./import/import-histories.ts";
import { knowledgeImport } from "./knowledge/import-knowledge.ts";
import { organisationImport, organisationList } from "./identity/organisation.ts";
import { reportConnectionAgeing, reportConnectionCompliance } from "./report/report-connections.ts";
import { reportAverages, reportStates, reportTimeliness, reportVerdicts } from "./report/report-histories.ts";
import { reindexSearch, reindexTasks } from "./upkeep/reindex.ts";
import { restoreCommand } from "./upkeep/restore.ts";
import { suggestionMeasure, suggestionRebuild } from "./upkeep/suggestion.ts";
import {
  rulesAdopt,
  rulesCheck,
  rulesDifferences,
  rulesDrop,
  rulesExport,
  rulesHistory,
  rulesList,
  rulesSave,
} from "./rules/rules.ts";
import { staffCreate, staffImport, staffList } from "./identity/staff.ts";
import { staffGrant, staffResetPassword, staffUnlock } from "./identity/staff-entry.ts";

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
  exportCustomersCommand,
  customerTemplateCommand,
  importServiceRequests,
  importTicketEvents,
  knowledgeImport,
  reportTimeliness,
  reportStates,
  reportVerdicts,
  reportAverages,
  reportConnectionCompliance,
  reportConnectionAgeing,
  auditCommand,
  signDigest,
  exportDigest,
  trustDigestKey,
  verifyDigest,
  erasePersonal,
  customerErase,
  reindexSearch,
  suggestionRebuild,
  suggestionMeasure,
  reindexTasks,
  backupCommand,
  restoreCommand,
];
