// The register of the command line: one line for each command.
import type { Command } from "./command.ts";
import { importServiceRequests, importTicketEvents } from "./import-histories.ts";
import { reportStates, reportTimeliness, reportVerdicts } from "./report-histories.ts";

export const commands: readonly Command[] = [
  importServiceRequests,
  importTicketEvents,
  reportTimeliness,
  reportStates,
  reportVerdicts,
];
