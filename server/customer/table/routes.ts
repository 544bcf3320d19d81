import type { customerTableOperations } from "@bihuan/contract/customer-table.ts";
import { actorOf } from "../../identity/access-log/commands.ts";
import { currentTree } from "../../identity/organisation/tree.ts";
import type { Handlers } from "../../platform/http/operations.ts";
import type { Platform } from "../../platform/platform.ts";
import { customerTemplate } from "./template.ts";
import { importUpload } from "./upload.ts";

export function customerTableRoutes(platform: Platform): Handlers<typeof customerTableOperations> {
  return {
    importCustomers: async ({ query, scope, request }) =>
      importUpload(platform, { scope, tree: await currentTree(platform) }, actorOf(scope, request.ip), query, request),
    customerTemplate: ({ query, acceptLanguage }) => customerTemplate(query.format, acceptLanguage, platform.time.nowMs()),
  };
}
