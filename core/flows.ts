// The register of every flow. A new kind of business is one file and one line here.
import type { Flow, FlowRegistry } from "./flow/definition.ts";
import { connectionFlows } from "./connection/process/flows.ts";
import { complaint } from "./work-order/flows/complaint.ts";
import { faultRepair } from "./work-order/flows/fault-repair.ts";
import { importedHistory } from "./work-order/flows/imported-history.ts";
import { inquiry } from "./work-order/flows/inquiry.ts";
import { opinion } from "./work-order/flows/opinion.ts";
import { praise } from "./work-order/flows/praise.ts";
import { serviceRequest } from "./work-order/flows/service-request.ts";
import { suggestion } from "./work-order/flows/suggestion.ts";
import { whistleblow } from "./work-order/flows/whistleblow.ts";

const all: readonly Flow[] = [
  faultRepair,
  complaint,
  whistleblow,
  opinion,
  suggestion,
  inquiry,
  praise,
  serviceRequest,
  ...connectionFlows,
  importedHistory,
];
const byId = new Map(all.map((flow) => [flow.id, flow]));

export const flows: FlowRegistry = {
  all,
  get(id) {
    const flow = byId.get(id);
    if (!flow) throw new Error(`no flow ${id}`);
    return flow;
  },
};
