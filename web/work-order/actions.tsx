// What this person may do with the order now: a button for each action the server allows, its form drawn from the flow's schema.
import type { FlowView } from "@bihuan/contract/flow.ts";
import { type AllowedAction, type OrderView, workOrderOperations } from "@bihuan/contract/work-order.ts";
import { useQueryClient } from "@tanstack/react-query";
import { App, Button, Dropdown } from "antd";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { useBilingual } from "../platform/language.ts";
import { operationKey, useAct } from "../platform/query.ts";
import { SchemaForm } from "../ui/schema-form.tsx";
import type { FormValues, KnownChoices } from "../ui/schema-form-model.ts";
import { Notice } from "../ui/states.tsx";
import styles from "./actions.module.css";
import { useActKeys } from "../platform/act-keys.ts";

/** Read again after anything was done to an order. */
export const orderReadings = [
  workOrderOperations.readOrder,
  workOrderOperations.explainClocks,
  workOrderOperations.listOrders,
  workOrderOperations.countOrders,
];

const rank = { primary: 0, normal: 1, danger: 2 } as const;
/** So many buttons stand side by side; the others are in the menu behind them. */
const shownAtOnce = 5;

export function Actions({ order, flows }: { order: OrderView; flows: readonly FlowView[] }) {
  const { t } = useTranslation("work-order");
  const say = useBilingual();
  const [chosen, choose] = useState<string | null>(null);
  // Files have a place of their own on the page.
  const actions = order.actions.filter(({ key }) => key !== "attach").sort((a, b) => rank[a.tone] - rank[b.tone]);
  const action = actions.find(({ key }) => key === chosen);
  // An action that is gone (somebody else was faster) closes its form.
  useEffect(() => {
    if (chosen !== null && !action) choose(null);
  }, [chosen, action]);

  if (actions.length === 0) return <p className="muted">{t("noActions")}</p>;
  if (action) return <ActionForm key={action.key} order={order} action={action} flows={flows} onDone={() => choose(null)} />;
  const behind = actions.slice(shownAtOnce);
  return (
    <div className={styles.actions}>
      {actions.slice(0, shownAtOnce).map(({ key, title, tone }) => (
        <Button
          key={key}
          type={tone === "primary" ? "primary" : "default"}
          danger={tone === "danger"}
          onClick={() => choose(key)}
        >
          {say(title)}
        </Button>
      ))}
      {behind.length > 0 && (
        <Dropdown
          trigger={["click"]}
          menu={{
            items: behind.map(({ key, title, tone }) => ({
              key,
              label: say(title),
              danger: tone === "danger",
              onClick: () => choose(key),
            })),
          }}
        >
          <Button>{t("moreActions")}</Button>
        </Dropdown>
      )}
    </div>
  );
}

function ActionForm({
  order,
  action,
  flows,
  onDone,
}: {
  order: OrderView;
  action: AllowedAction;
  flows: readonly FlowView[];
  onDone: () => void;
}) {
  const { t } = useTranslation("work-order");
  const say = useBilingual();
  const client = useQueryClient();
  const { message } = App.useApp();
  const keys = useActKeys();
  const act = useAct(workOrderOperations.act, {
    refreshes: orderReadings,
    onSuccess: () => {
      keys.done();
      void message.success(t("done", { action: say(action.title) }));
      onDone();
    },
  });
  const submit = (form: Record<string, unknown>): void => {
    const body = { version: order.version, form };
    act.mutate(
      {
        params: { orderId: order.orderId, action: action.key },
        body,
        idempotencyKey: keys.keyFor({ action: action.key, ...body }),
      },
      {
        onError: ({ code }) => {
          // Somebody was faster: show how it stands now, keep what was entered.
          if (code === "work-order.version-conflict")
            void client.invalidateQueries({ queryKey: operationKey(workOrderOperations.readOrder) });
        },
      },
    );
  };
  return (
    <div className={styles.form}>
      <p className={styles.formHead}>{say(action.title)}</p>
      {action.key === "decide" && <Requests order={order} />}
      <SchemaForm
        schema={action.form}
        submit={say(action.title)}
        danger={action.tone === "danger"}
        columns="fit"
        initial={order.requests.length === 1 && action.key === "decide" ? { requestSeq: order.requests[0]?.seq } : {}}
        choices={(values) => knownChoices(order, action.key, flows, values, t)}
        onSubmit={submit}
        onCancel={onDone}
        pending={act.isPending}
        error={act.error}
        sentUnder="form"
      />
    </div>
  );
}

type Translate = ReturnType<typeof useTranslation<"work-order">>["t"];
const both = (text: string) => ({ zh: text, en: text });

/** Alternatives that stand on the page rather than in the schema: open requests, kinds of business. */
function knownChoices(
  order: OrderView,
  action: string,
  flows: readonly FlowView[],
  values: FormValues,
  t: Translate,
): KnownChoices {
  if (action === "decide")
    return {
      requestSeq: order.requests.map(({ seq, kind, by }) => ({
        code: String(seq),
        label: both(t("request.line", { kind: t(`request.${kind}`), name: by.name })),
      })),
    };
  if (action !== "request-reclassification") return {};
  const target = flows.find(({ id }) => id === values["flow"]);
  return {
    flow: flows.filter(({ takesIn }) => takesIn).map(({ id, title }) => ({ code: id, label: title })),
    ...(target && target.subtypes.length > 0
      ? { subtype: target.subtypes.map(({ code, title }) => ({ code, label: title })) }
      : {}),
  };
}

/** What waits for a decision, in words. */
function Requests({ order }: { order: OrderView }) {
  const { t } = useTranslation("work-order");
  return (
    <Notice>
      {order.requests.map(({ seq, kind, by, data }) => (
        <p key={seq}>
          {t("request.line", { kind: t(`request.${kind}`), name: by.name })}
          {typeof data["reason"] === "string" && <span className="muted"> · {data["reason"]}</span>}
        </p>
      ))}
    </Notice>
  );
}
