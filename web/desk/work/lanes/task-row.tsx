// A task: how long it has, what to do next, for whom and where, why it is here, and what is new since one last looked.
import type { TaskRow } from "@bihuan/contract/desk-work.ts";
import { Link } from "@tanstack/react-router";
import { Button, Checkbox } from "antd";
import { useTranslation } from "react-i18next";
import { RowChip } from "../../../clock/live-chip.tsx";
import type { FlowWords } from "../../../flow/use-flows.ts";
import { useBilingual } from "../../../platform/language.ts";
import { Tag } from "../../../ui/page.tsx";
import { InstantText } from "../../../ui/time.tsx";
import { Marks } from "../../../work-order/list/order-table.tsx";
import { PhotoButton } from "../../../work-order/order/photos/photo-button.tsx";
import type { WorkSearch } from "../search.ts";
import styles from "./task-row.module.css";
import { taskKey } from "./use-lanes.ts";
import { type Reason, reasonsOf } from "./words.ts";

export type RowActs = {
  readonly isSelected: (task: TaskRow) => boolean;
  readonly select: (task: TaskRow) => void;
  readonly act: (task: TaskRow) => void;
  readonly pendingKey: string | null;
};

type Props = {
  readonly task: TaskRow;
  readonly words: FlowWords;
  readonly search: WorkSearch;
  readonly acts: RowActs;
  /** Whether it can be selected: what waits for others cannot. */
  readonly selectable: boolean;
};

export function TaskItem({ task, words, search, acts, selectable }: Props) {
  const { t } = useTranslation("work");
  const say = useBilingual();
  const { order, action } = task;
  const key = taskKey(task);
  const status = task.kind === "suspended" ? "SUSPENDED" : "OPEN";
  return (
    <li
      className={styles.row}
      data-glide={key}
      data-task={key}
      data-selected={acts.isSelected(task)}
      aria-current={search.open === order.orderId}
    >
      {selectable && (
        <span className={styles.select}>
          <Checkbox
            checked={acts.isSelected(task)}
            onChange={() => acts.select(task)}
            aria-label={t("select", { title: order.title })}
          />
        </span>
      )}
      <span className={styles.chip}>
        <RowChip row={{ ...order, status, dueAt: task.dueAt, dueFrom: task.dueFrom }} />
      </span>
      <span className={styles.verb}>
        {action ? (
          <Button
            type={action.key === "accept" ? "primary" : "default"}
            size="small"
            loading={acts.pendingKey === key}
            onClick={() => acts.act(task)}
            data-act={action.key}
            title={say(action.title)}
          >
            {say(action.title)}
          </Button>
        ) : (
          <span className="secondary">{t(`kind.${task.kind}`)}</span>
        )}
        {task.because === "holding" && <PhotoButton orderId={order.orderId} iconOnly size="small" />}
      </span>
      <span className={styles.what}>
        <Link
          className={styles.title}
          to="/work"
          search={{ ...search, open: order.orderId }}
          replace={search.open !== undefined}
          title={order.title}
        >
          {order.title}
        </Link>
        <span className={styles.marks}>
          <Marks row={order} />
        </span>
        <span className={styles.place} title={[order.contactName, order.address].filter(Boolean).join(" · ")}>
          {[order.contactName, order.address].filter(Boolean).join(" · ")}
        </span>
      </span>
      <span className={styles.step}>
        {words.flow(order.flow)} · {words.step(order.flow, order.step)}
      </span>
      <span className={styles.why}>
        {reasonsOf(task).map((reason) => (
          <span key={reason.key} className={styles.reason} data-strong={reason.key === "urge"}>
            <ReasonText reason={reason} />
          </span>
        ))}
      </span>
      <span className={styles.news}>
        <News task={task} tellsNew={selectable} />
      </span>
    </li>
  );
}

function ReasonText({ reason }: { reason: Reason }) {
  const { t } = useTranslation("work");
  switch (reason.key) {
    case "unit":
    case "consult":
      return t(`because.${reason.key}`, { unit: reason.unit });
    case "decide":
      return t("because.decide", { name: reason.name });
    case "asked":
      return t("because.asked", { unit: reason.unit, kind: t(`kind.${reason.kind}`) });
    case "askedPerson":
      return t("because.askedPerson", { name: reason.name, kind: t(`kind.${reason.kind}`) });
    case "consultations":
      return t("because.consultations", { count: reason.count });
    case "tryAgain":
    case "visit":
      return <At words={reason.key} at={reason.at} />;
    default:
      return t(`because.${reason.key}`);
  }
}

/** A sentence with an instant in it: the instant stays one that machines can read. */
function At({ words, at }: { words: "tryAgain" | "visit"; at: string }) {
  const { t } = useTranslation("work");
  const [before = "", after = ""] = t(`because.${words}`, { time: "\u0000" }).split("\u0000");
  return (
    <>
      {before}
      <InstantText at={at} />
      {after}
    </>
  );
}

/** What others did; where one never looked, that it is new, if it is one's own to do. */
function News({ task: { seen, news }, tellsNew }: { task: TaskRow; tellsNew: boolean }) {
  const { t } = useTranslation("work");
  const say = useBilingual();
  if (!seen && tellsNew) return <Tag tone="accent">{t("new")}</Tag>;
  if (!news) return null;
  const told = { by: news.by ?? t("newsSystem"), title: say(news.title), count: news.count };
  const text = t(news.count > 1 ? "newsMore" : "news", told);
  return (
    <span className={styles.newsText} title={text}>
      <span className={styles.dot} aria-hidden="true" />
      <InstantText at={news.at} /> {text}
    </span>
  );
}
