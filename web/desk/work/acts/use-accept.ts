// Taking an order in one stroke: on the version that is on the screen, sent once however often it is tried.
import type { TaskRow } from "@bihuan/contract/desk-work.ts";
import { workOrderOperations } from "@bihuan/contract/work-order.ts";
import { App } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useActKeys } from "../../../platform/act-keys.ts";
import { useBilingual } from "../../../platform/language.ts";
import { useAct } from "../../../platform/query.ts";
import { taskKey, useReadWorkAgain } from "../lanes/use-lanes.ts";

export function useAccept() {
  const { t } = useTranslation("work");
  const say = useBilingual();
  const { message } = App.useApp();
  const again = useReadWorkAgain();
  const keys = useActKeys();
  const [pendingKey, setPendingKey] = useState<string | null>(null);
  const { mutate, error } = useAct(workOrderOperations.act);
  const accept = (task: TaskRow): void => {
    const { order, action } = task;
    if (!action || pendingKey !== null) return;
    setPendingKey(taskKey(task));
    const body = { version: order.version, form: {} };
    mutate(
      {
        params: { orderId: order.orderId, action: action.key },
        body,
        idempotencyKey: keys.keyFor({ orderId: order.orderId, action: action.key, ...body }),
      },
      {
        onSuccess: () => {
          keys.done();
          void message.success(t("act.done", { action: say(action.title) }));
        },
        // Done, or somebody was faster: either way it stands differently now.
        onSettled: () => {
          setPendingKey(null);
          again();
        },
      },
    );
  };
  return { accept, pendingKey, error };
}
