import { isDeepStrictEqual } from "node:util";
import type { CustomerId } from "@bihuan/core/customer/customer.ts";
import { type FactsEntered, factsAfter } from "@bihuan/core/customer/file/facts-change.ts";
import type { Refusal } from "@bihuan/core/refusal.ts";
import { type Actor, recordAccess } from "../../identity/access-log/commands.ts";
import type { Platform } from "../../platform/platform.ts";
import { sql } from "../../platform/sql.ts";
import { onCustomer } from "../editing/transaction.ts";
import type { Editor } from "../reach.ts";

/** Enters what is known of a household or an enterprise, or takes it off (null). The log names the fields that changed, never what they say. */
export const saveFacts = (
  platform: Platform,
  editor: Editor,
  actor: Actor,
  customerId: CustomerId,
  asked: { readonly version: number; readonly facts: FactsEntered | null },
): Promise<{ readonly version: number } | Refusal> =>
  onCustomer(
    platform,
    editor,
    { customerId, permission: "customer.edit", version: asked.version },
    async ({ tx, key, record, nowMs }) => {
      const facts = asked.facts && factsAfter(record.facts, asked.facts);
      await tx.run(sql`
        update customer set facts = ${facts && JSON.stringify(facts)}::jsonb
        where region_id = ${key.regionId} and customer_id = ${key.customerId}`);
      const [before, after] = [record.facts ?? {}, facts ?? {}] as readonly Readonly<Record<string, unknown>>[];
      const changed = Object.keys({ ...before, ...after }).filter(
        (name) => !isDeepStrictEqual(before?.[name] ?? null, after?.[name] ?? null),
      );
      await recordAccess(tx, nowMs, actor, {
        action: "CUSTOMER_CHANGED",
        recordKind: "customer",
        recordId: customerId,
        field: ["facts", ...changed].join(" "),
      });
      return {};
    },
  );
