// The register of side effects: one line for each slice that has some.
import type { JobHandlers } from "./platform/job-runner.ts";
import type { Platform } from "./platform/platform.ts";

export const jobHandlers = (_platform: Platform): JobHandlers => ({});
