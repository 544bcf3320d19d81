// Acting on an order: sent once however often it is tried, on the version that is on the screen.
import { type AllowedAction, type OrderView, workOrderOperations } from "@bihuan/contract/work-order.ts";
import { useQueryClient } from "@tanstack/react-query";
import { App } from "antd";
import { useTranslation } from "react-i18next";
import { callOperation, newIdempotencyKey } from "../../../platform/client.ts";
import { useActKeys } from "../../../platform/act-keys.ts";
import { useBilingual } from "../../../platform/language.ts";
import { operationKey, useAct } from "../../../platform/query.ts";
import { useUndo } from "../../../ui/undo.tsx";
import { type Inverse, inverseOf } from "./inverse.ts";

/** Read again after anything was done to an order. */
export const orderReadings = [
  workOrderOperations.readOrder,
  workOrderOperations.explainClocks,
  workOrderOperations.listOrders,
  workOrderOperations.countOrders,
];

/** In: the order as it is shown, and what follows once it is done. Out: how to do it, and how far it is. */
export function useActOnOrder(order: Pick<OrderView, "orderId" | "version" | "step">, onDone?: () => void) {
  const { t } = useTranslation("work-order");
  const say = useBilingual();
  const client = useQueryClient();
  const { message } = App.useApp();
  const keys = useActKeys();
  const offerUndo = useUndo();
  const { mutate, isPending, error, reset, variables } = useAct(workOrderOperations.act, { refreshes: orderReadings });
  const send = ({ key, title }: Pick<AllowedAction, "key" | "title">, form: Record<string, unknown>): void => {
    const body = { version: order.version, form };
    mutate(
      { params: { orderId: order.orderId, action: key }, body, idempotencyKey: keys.keyFor({ action: key, ...body }) },
      {
        onSuccess: ({ version }) => {
          keys.done();
          const done = t("done", { action: say(title) });
          const inverse = inverseOf(key, order.step);
          if (inverse) offerUndo({ done, undo: () => takeBack(version, inverse, t(`undone.${inverse.reason}`)) });
          else void message.success(done);
          onDone?.();
        },
        onError: ({ code }) => {
          // Somebody was faster: show how it stands now, keep what was entered.
          if (code === "work-order.version-conflict")
            void client.invalidateQueries({ queryKey: operationKey(workOrderOperations.readOrder) });
        },
      },
    );
  };
  /** By the action that undoes it, on the version it led to: where somebody went on meanwhile, it is refused like any other. */
  const takeBack = async (version: number, inverse: Inverse, reason: string): Promise<void> => {
    await callOperation(workOrderOperations.act, {
      params: { orderId: order.orderId, action: inverse.action },
      body: { version, form: { reason } },
      idempotencyKey: newIdempotencyKey(),
    });
    for (const reading of orderReadings) void client.invalidateQueries({ queryKey: operationKey(reading) });
  };
  return { send, isPending, error, reset, sent: isPending ? (variables?.params.action ?? null) : null };
}
