// The register of the command line: one line for each command.
import { calendarEvaluate } from "./calendar-evaluate.ts";
import type { Command } from "./command.ts";
import { importServiceRequests, importTicketEvents } from "./import-histories.ts";
import { reportStates, reportTimeliness, reportVerdicts } from "./report-histories.ts";

export const commands: readonly Command[] = [
  calendarEvaluate,
  importServiceRequests,
  importTicketEvents,
  reportTimeliness,
  reportStates,
  reportVerdicts,
];
