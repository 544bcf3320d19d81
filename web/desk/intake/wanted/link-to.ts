// Links a demand that was just taken in with the orders that may be the same matter.
import { workOrderOperations } from "@bihuan/contract/work-order.ts";
import { callOperation } from "../../../platform/client.ts";

/** In: the order as it was taken in, and the others. Errors: as the first link that is refused; those before it stand. */
export async function linkTo(orderId: string, version: number, others: readonly string[]): Promise<void> {
  let current = version;
  for (const other of others) {
    const answer = await callOperation(workOrderOperations.act, {
      params: { orderId, action: "link" },
      body: { version: current, form: { orderId: other, kind: "REPEAT" } },
      idempotencyKey: `${orderId} link ${other}`,
    });
    current = answer.version;
  }
}
