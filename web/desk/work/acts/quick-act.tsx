// What a task asks for, done where one is: the order is read, the form of that one action is shown, and nothing else.
import type { TaskRow } from "@bihuan/contract/desk-work.ts";
import type { FlowView } from "@bihuan/contract/flow.ts";
import { type OrderView, workOrderOperations } from "@bihuan/contract/work-order.ts";
import { Link } from "@tanstack/react-router";
import { Drawer } from "antd";
import { type ReactNode, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useBilingual } from "../../../platform/language.ts";
import { useOperation } from "../../../platform/query.ts";
import { usePhone } from "../../../ui/media.ts";
import { Sheet } from "../../../ui/sheet.tsx";
import { Answer, Notice } from "../../../ui/states.tsx";
import { InstantText } from "../../../ui/time.tsx";
import { ActionForm, type Opened } from "../../../work-order/order/form/action-form.tsx";
import { PhotoButton } from "../../../work-order/order/photos/photo-button.tsx";
import { PhotoStrip } from "../../../work-order/order/photos/photo-strip.tsx";
import { OrderNumber } from "../../../work-order/order-number.tsx";
import { useReadWorkAgain } from "../lanes/use-lanes.ts";
import styles from "./acts.module.css";

type Props = { readonly task: TaskRow; readonly flows: readonly FlowView[]; readonly onClose: () => void };

export function QuickAct({ task, flows, onClose }: Props) {
  const say = useBilingual();
  const again = useReadWorkAgain();
  const { orderId } = task.order;
  const order = useOperation(workOrderOperations.readOrder, { params: { orderId } });
  const close = (): void => {
    again();
    onClose();
  };
  return (
    <Frame title={task.action ? say(task.action.title) : ""} onClose={close}>
      <p className={styles.about}>
        <strong>{task.order.title}</strong>
        <span className="secondary">{[task.order.contactName, task.order.address].filter(Boolean).join(" · ")}</span>
        <Link to="/orders/$orderId" params={{ orderId }}>
          <OrderNumber orderId={orderId} />
        </Link>
      </p>
      <Answer of={order} lines={8}>
        {(read) => <Form order={read} actionKey={task.action?.key ?? ""} flows={flows} onClose={close} />}
      </Answer>
      {task.because === "holding" && (
        <div className={styles.photos}>
          <PhotoButton orderId={orderId} size="large" block />
          <PhotoStrip orderId={orderId} />
        </div>
      )}
    </Frame>
  );
}

/** From the foot of a telephone; else beside the list. It stays what it was: a telephone that is turned keeps what was entered. */
function Frame({ title, onClose, children }: { title: string; onClose: () => void; children: ReactNode }) {
  const [isPhone] = useState(usePhone());
  return isPhone ? (
    <Sheet open title={title} onClose={onClose}>
      {children}
    </Sheet>
  ) : (
    <Drawer
      open
      placement="right"
      size={560}
      styles={{ wrapper: { maxWidth: "100vw" } }}
      title={title}
      onClose={onClose}
      destroyOnHidden
    >
      {children}
    </Drawer>
  );
}

function Form({
  order,
  actionKey,
  flows,
  onClose,
}: {
  order: OrderView;
  actionKey: string;
  flows: readonly FlowView[];
  onClose: () => void;
}) {
  const { t } = useTranslation("work");
  const say = useBilingual();
  const opened = useRef<Opened | null>(null);
  const action = order.actions.find(({ key }) => key === actionKey);
  // As it stood when it was opened: the form itself says what others did since.
  if (action && !opened.current) opened.current = { action, seenSeq: Math.max(0, ...order.events.map(({ seq }) => seq)) };
  if (opened.current) return <ActionForm order={order} opened={opened.current} flows={flows} onClose={onClose} />;
  const withheld = order.withheld.find(({ key }) => key === actionKey);
  return (
    <Notice
      tone="caution"
      title={withheld ? t("act.notNow", { action: say(withheld.title) }) : t("act.changed")}
      action={
        <Link to="/orders/$orderId" params={{ orderId: order.orderId }}>
          {t("act.openOrder")}
        </Link>
      }
    >
      {withheld && (
        <p>
          {say(withheld.refusal.titles)} {withheld.refusal.untilAt && <InstantText at={withheld.refusal.untilAt} />}
        </p>
      )}
    </Notice>
  );
}
