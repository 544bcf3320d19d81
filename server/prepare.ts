// What must stand before the first request: shipped rules, partitions, planned jobs. Harmless however often, from however many processes.
import { business } from "./business.ts";
import { planCallJobs } from "./call/erase.ts";
import { ensureShippedRules } from "./clock/shipped.ts";
import { planDraftJobs } from "./desk/intake/drafts.ts";
import { planDeskJobs } from "./desk/work/jobs.ts";
import { planSuggestionJobs } from "./desk/suggestion/jobs.ts";
import { planIdentityJobs } from "./identity/jobs.ts";
import type { Platform } from "./platform/platform.ts";
import { prepareWorkOrders } from "./work-order/jobs.ts";

export async function prepare(platform: Platform): Promise<void> {
  await ensureShippedRules(platform, business);
  await Promise.all([
    planIdentityJobs(platform),
    prepareWorkOrders(platform),
    planCallJobs(platform),
    planDraftJobs(platform),
    planSuggestionJobs(platform),
    planDeskJobs(platform),
  ]);
}
