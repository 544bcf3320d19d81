// The register of side effects: one line for each slice that has some.
import { business } from "./business.ts";
import { clockJobs } from "./clock/jobs.ts";
import { identityJobs } from "./identity/jobs.ts";
import type { JobHandlers } from "./platform/job-runner.ts";
import type { Platform } from "./platform/platform.ts";
import { workOrderJobs } from "./work-order/jobs.ts";
import { orderPorts } from "./work-order/ports.ts";
import { openOrderSource } from "./work-order/commands/rebind.ts";

export const jobHandlers = (platform: Platform): JobHandlers => ({
  ...identityJobs(platform),
  ...clockJobs(platform, { ...business, openOrders: openOrderSource(platform, orderPorts(platform)) }),
  ...workOrderJobs(platform),
});
