// The tables put together: one line for each contract, one entry for each of its operations.
import { callMatrix } from "./call.ts";
import { connectionMatrix } from "./connection.ts";
import { customerFileMatrix } from "./customer-file.ts";
import { customerMatrix } from "./customer.ts";
import { deskIntakeMatrix } from "./desk-intake.ts";
import { deskWorkMatrix } from "./desk-work.ts";
import { deskSuggestionMatrix } from "./desk-suggestion.ts";
import type { MatrixEntry } from "./entry.ts";
import { identityMatrix } from "./identity.ts";
import { knowledgeMatrix } from "./knowledge.ts";
import { reportMatrix } from "./report.ts";
import { calendarMatrix, clockMatrix } from "./rules.ts";
import { flowMatrix, workOrderMatrix } from "./work-order.ts";

export const matrix: Readonly<Record<string, MatrixEntry>> = {
  ...identityMatrix,
  ...flowMatrix,
  ...workOrderMatrix,
  ...calendarMatrix,
  ...clockMatrix,
  ...customerMatrix,
  ...customerFileMatrix,
  ...knowledgeMatrix,
  ...callMatrix,
  ...connectionMatrix,
  ...reportMatrix,
  ...deskSuggestionMatrix,
  ...deskIntakeMatrix,
  ...deskWorkMatrix,
};
