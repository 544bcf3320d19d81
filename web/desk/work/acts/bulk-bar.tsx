// The bar over a selection: what may be done with all of it, held for a moment so that it can be undone, then how each came out.
import type { TaskRow } from "@bihuan/contract/desk-work.ts";
import { workOrderOperations } from "@bihuan/contract/work-order.ts";
import { Button, Modal } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { callOperation } from "../../../platform/client.ts";
import { useBilingual } from "../../../platform/language.ts";
import { asProblem } from "../../../platform/problem.ts";
import { useSession } from "../../../platform/session.ts";
import { Icon } from "../../../ui/icon.tsx";
import { SchemaForm } from "../../../ui/schema-form.tsx";
import { Failure, Notice } from "../../../ui/states.tsx";
import { OrderNumber } from "../../../work-order/order-number.tsx";
import { taskKey } from "../lanes/use-lanes.ts";
import styles from "./acts.module.css";
import { type BulkOffer, offersFor, type Outcome } from "./bulk.ts";
import { useHeldRun } from "./use-held-run.ts";

type Props = {
  readonly tasks: readonly TaskRow[];
  readonly onClear: () => void;
  /** What is to stay selected: the tasks that were not done. */
  readonly onKeep: (keys: readonly string[]) => void;
};
type Asked = { readonly offer: BulkOffer; readonly form: unknown };

export function BulkBar({ tasks, onClear, onKeep }: Props) {
  const { t } = useTranslation("work");
  const say = useBilingual();
  const { grants } = useSession();
  const [asked, ask] = useState<Asked | null>(null);
  const [refused, setRefused] = useState<unknown>(null);
  const run = useHeldRun(onKeep);
  const offers = offersFor(tasks, new Set(grants.map(({ role }) => role)));
  const unsafe = offers.find(({ safe }) => !safe);

  // The form of an act is the same for every order that offers it: the first one's is asked for.
  const choose = async (offer: BulkOffer): Promise<void> => {
    setRefused(null);
    if (offer.key === "accept") return run.hold(offer, tasks, {});
    const first = (tasks[0] as TaskRow).order.orderId;
    try {
      const order = await callOperation(workOrderOperations.readOrder, { params: { orderId: first } });
      const action = order.actions.find(({ key }) => key === offer.key);
      if (action) ask({ offer, form: action.form });
      else setRefused({ offer, orderId: first });
    } catch (error) {
      setRefused(error);
    }
  };

  if (run.state.phase !== "idle")
    return (
      <div className={styles.bar} role="status">
        <Progress run={run} />
      </div>
    );
  // How it came out stays to be read, though what was done is no longer in the list.
  if (tasks.length === 0) return null;
  return (
    <>
      <div className={styles.bar} role="toolbar" aria-label={t("bulk.bar")}>
        <strong>{t("bulk.selected", { count: tasks.length })}</strong>
        {offers
          .filter(({ safe }) => safe)
          .map((offer) => (
            <Button key={offer.key} onClick={() => void choose(offer)}>
              {say(offer.title)}
            </Button>
          ))}
        {unsafe && (
          <span className={styles.unsafe}>{t("bulk.unsafe", { action: say(unsafe.title), because: say(unsafe.because) })}</span>
        )}
        <Button type="text" icon={<Icon name="close" size={16} />} onClick={onClear}>
          {t("bulk.clear")}
        </Button>
      </div>
      <Refused by={refused} />
      <Modal
        open={asked !== null}
        footer={null}
        onCancel={() => ask(null)}
        title={asked && say(asked.offer.title)}
        destroyOnHidden
      >
        {asked && (
          <SchemaForm
            schema={asked.form}
            submit={t("bulk.confirm", { action: say(asked.offer.title), count: tasks.length })}
            onSubmit={(form) => {
              run.hold(asked.offer, tasks, form);
              ask(null);
            }}
            onCancel={() => ask(null)}
          />
        )}
      </Modal>
    </>
  );
}

function Refused({ by }: { by: unknown }) {
  const { t } = useTranslation("work");
  const say = useBilingual();
  if (by === null) return null;
  if (typeof by === "object" && by !== null && "offer" in by && "orderId" in by) {
    const { offer, orderId } = by as { offer: BulkOffer; orderId: string };
    return <Notice tone="caution" title={t("bulk.notOffered", { order: orderId, action: say(offer.title) })} />;
  }
  return <Failure error={by} />;
}

/** Held, running, done: one line each, and for what was refused the order and the reason. */
function Progress({ run }: { run: ReturnType<typeof useHeldRun> }) {
  const { t } = useTranslation("work");
  const say = useBilingual();
  const { state } = run;
  if (state.phase === "idle") return null;
  const action = say(state.offer.title);
  if (state.phase === "held")
    return (
      <>
        <strong>{t("bulk.held", { action, count: state.tasks.length, seconds: state.secondsLeft })}</strong>
        <Button onClick={run.undo}>{t("bulk.undo")}</Button>
        <Button type="primary" onClick={run.atOnce}>
          {t("bulk.atOnce")}
        </Button>
      </>
    );
  if (state.phase === "running")
    return <strong>{t("bulk.running", { action, done: state.done, count: state.tasks.length })}</strong>;
  const failed = state.outcomes.filter(({ error }) => error !== null);
  const done = state.outcomes.length - failed.length;
  return (
    <>
      <strong>
        {failed.length === 0
          ? t("bulk.done", { action, count: done })
          : t("bulk.partly", { action, done, failed: failed.length })}
      </strong>
      {failed.length > 0 && (
        <ul className={styles.results}>
          {failed.map((outcome) => (
            <FailedLine key={taskKey(outcome.item)} {...outcome} />
          ))}
        </ul>
      )}
      <Button onClick={run.close}>{t("bulk.close")}</Button>
    </>
  );
}

function FailedLine({ item, error }: Outcome<TaskRow>) {
  const say = useBilingual();
  const { title, detail } = asProblem(error);
  return (
    <li>
      <OrderNumber orderId={item.order.orderId} />
      <span>{item.order.title}</span>
      <span className="secondary">
        {say(title)} {say(detail)}
      </span>
    </li>
  );
}
