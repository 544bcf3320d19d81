// The register of side effects: one line for each slice that has some.
import { callJobs } from "./call/erase.ts";
import { clockWorld } from "./clock-world.ts";
import { clockJobs } from "./clock/jobs.ts";
import { draftJobs } from "./desk/intake/drafts.ts";
import { deskJobs } from "./desk/work/jobs.ts";
import { suggestionJobs } from "./desk/suggestion/jobs.ts";
import { identityJobs } from "./identity/jobs.ts";
import type { JobHandlers } from "./platform/jobs/runner.ts";
import type { Platform } from "./platform/platform.ts";
import { workOrderJobs } from "./work-order/jobs.ts";

export const jobHandlers = (platform: Platform): JobHandlers => ({
  ...identityJobs(platform),
  ...clockJobs(platform, clockWorld(platform)),
  ...workOrderJobs(platform),
  ...callJobs(platform),
  ...draftJobs(platform),
  ...suggestionJobs(platform),
  ...deskJobs(platform),
});
