// The plan of a connection beside its order: by when each step must begin, and which one decides. The sheet for the customer as well.
import { type ConnectionPlan, connectionOperations, type PlannedTask } from "@bihuan/contract/connection.ts";
import type { OrderView } from "@bihuan/contract/work-order.ts";
import { useQueryClient } from "@tanstack/react-query";
import { Button } from "antd";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { downloadOperation } from "../platform/client.ts";
import { useBilingual } from "../platform/language.ts";
import { operationKey, useOperation } from "../platform/query.ts";
import { Icon } from "../ui/icon.tsx";
import { Section, Tag } from "../ui/page.tsx";
import { Answer, Failure } from "../ui/states.tsx";
import styles from "./plan-panel.module.css";

/** Whether an order is a service connection. */
export const isConnection = ({ flow }: Pick<OrderView, "flow">): boolean => flow.startsWith("connection-");

export function PlanPanel({ order }: { order: Pick<OrderView, "orderId" | "version"> }) {
  const { t } = useTranslation("connection");
  const call = { params: { orderId: order.orderId } };
  const plan = useOperation(connectionOperations.readConnectionPlan, call, { keepPrevious: true });
  const client = useQueryClient();
  // Whoever acted, the plan is read again with the order.
  useEffect(() => {
    void client.invalidateQueries({
      queryKey: operationKey(connectionOperations.readConnectionPlan, { params: { orderId: order.orderId } }),
    });
  }, [client, order.orderId, order.version]);
  const [printing, setPrinting] = useState(false);
  const [failed, setFailed] = useState<unknown>(null);
  const print = async () => {
    setPrinting(true);
    setFailed(null);
    await downloadOperation(connectionOperations.readOneTimeNotice, call).catch(setFailed);
    setPrinting(false);
  };
  return (
    <Section
      title={t("plan.title")}
      actions={
        <Button size="small" icon={<Icon name="file" size={16} />} loading={printing} onClick={() => void print()}>
          {t("plan.notice")}
        </Button>
      }
    >
      {failed !== null && <Failure error={failed} onRetry={() => void print()} />}
      <Answer of={plan} lines={5}>
        {(answer) => <Plan plan={answer} />}
      </Answer>
    </Section>
  );
}

function Plan({ plan: { wantedOn, schedule } }: { plan: ConnectionPlan }) {
  const { t } = useTranslation("connection");
  const say = useBilingual();
  if (!schedule) return <p className="muted">{t("plan.beyond")}</p>;
  const critical = schedule.tasks.find(({ key }) => key === schedule.critical);
  const { slackDays } = schedule;
  return (
    <div className={styles.plan}>
      <dl className={styles.dates}>
        <div>
          <dt>{t("plan.wanted")}</dt>
          <dd>{wantedOn ?? <span className="muted">{t("plan.noWanted")}</span>}</dd>
        </div>
        {critical && (
          <div>
            <dt>{t("plan.expected")}</dt>
            <dd>
              {schedule.expectedOn}{" "}
              {slackDays !== null && (
                <Tag tone={slackDays < 0 ? "caution" : "accent"}>
                  {t(slackDays < 0 ? "plan.short" : "plan.slack", { count: Math.abs(slackDays) })}
                </Tag>
              )}
            </dd>
          </div>
        )}
      </dl>
      {critical && <p className={styles.look}>{t("plan.look", { task: say(critical.title) })}</p>}
      <ol className={styles.tasks}>
        {schedule.tasks.map((task) => (
          <TaskLine key={task.key} task={task} decides={task.key === schedule.critical} />
        ))}
      </ol>
    </div>
  );
}

function TaskLine({ task, decides }: { task: PlannedTask; decides: boolean }) {
  const { t } = useTranslation("connection");
  const say = useBilingual();
  return (
    <li className={styles.task} data-critical={task.critical} data-decides={decides} data-done={task.doneOn !== null}>
      <span className={styles.name}>
        {task.doneOn !== null && <Icon name="check" size={16} title={t("plan.done")} />}
        {say(task.title)}
        {task.critical && <Tag tone="strong">{t("plan.critical")}</Tag>}
      </span>
      <span className={styles.length}>{t(`plan.${task.unit}`, { count: task.days })}</span>
      <span className={styles.when}>
        {task.doneOn !== null
          ? task.doneOn
          : task.latestStartOn !== null && task.latestOn !== null
            ? t("plan.by", { start: task.latestStartOn, end: task.latestOn })
            : t("plan.earliest", { end: task.earliestOn })}
      </span>
    </li>
  );
}
