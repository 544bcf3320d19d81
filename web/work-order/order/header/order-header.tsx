// Number, title, what it is, where it stands, who has it, what the customer says, and the clock that matters most.
import type { OrderView } from "@bihuan/contract/work-order.ts";
import { importanceTitles, specialNeedTitles } from "@bihuan/core/customer/codes.ts";
import { origins } from "@bihuan/core/flow/intake.ts";
import { Button } from "antd";
import { type ReactNode, useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { useBilingual } from "../../../platform/language.ts";
import { Icon } from "../../../ui/icon.tsx";
import { Tag } from "../../../ui/page.tsx";
import { InstantText } from "../../../ui/time.tsx";
import styles from "./order-header.module.css";
import { OrderNumber } from "../../order-number.tsx";
import { Marks, type OrderWords } from "../../list/order-table.tsx";
import { whoHasIt } from "./who-has-it.ts";

export function OrderHeader({
  order,
  words,
  clock,
  asPage,
}: {
  order: OrderView;
  words: OrderWords;
  clock: ReactNode;
  asPage: boolean;
}) {
  const { t } = useTranslation("work-order");
  const say = useBilingual();
  const Title = asPage ? "h1" : "h2";
  const facts: [string, ReactNode][] = [
    ...(asPage ? [[t("column.number"), <OrderNumber key="number" orderId={order.orderId} />] as [string, ReactNode]] : []),
    [
      t("column.flow"),
      [words.flow(order.flow), order.subtype && words.subtype(order.flow, order.subtype)].filter(Boolean).join(" · "),
    ],
    ...whoHasIt(order).map(({ fact, text }): [string, ReactNode] => [
      t(`column.${fact}`),
      text ?? (
        <span key={fact} className="muted">
          {t("nobody")}
        </span>
      ),
    ]),
    [t("column.origin"), order.origin in origins ? say(origins[order.origin as keyof typeof origins]) : order.origin],
    [t("column.intake"), <InstantText key="intake" at={order.intakeAt} />],
    ...(order.closedAt ? [[t("column.closed"), <InstantText key="closed" at={order.closedAt} />] as [string, ReactNode]] : []),
  ];
  // Where its step says that it is merged, it need not be said again.
  const marked = order.step === "merged" ? { ...order, masterId: null } : order;
  return (
    <header className={styles.header}>
      <div className={styles.title}>
        <Title>{order.title}</Title>
        <Tag tone="accent">{order.status === "OPEN" ? words.step(order.flow, order.step) : t(`status.${order.status}`)}</Tag>
        <Marks row={marked} />
        {order.identity !== "NAMED" && <Tag tone="strong">{t(`identity.${order.identity as "CONFIDENTIAL"}`)}</Tag>}
        <Care order={order} />
      </div>
      {clock}
      <dl className={styles.facts}>
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {order.description && <Demand text={order.description} />}
    </header>
  );
}

/** What whoever works here must know of the customer before anything else. */
function Care({ order: { customer } }: { order: OrderView }) {
  const say = useBilingual();
  if (!customer) return null;
  return (
    <>
      {customer.specialNeeds.map((need) => (
        <Tag key={need} tone="strong">
          <Icon name="warning" size={14} /> <strong>{say(specialNeedTitles[need])}</strong>
        </Tag>
      ))}
      {customer.importance !== "ORDINARY" && <Tag tone="strong">{say(importanceTitles[customer.importance])}</Tag>}
    </>
  );
}

/** Beyond so many characters the demand is folded. */
const foldedFrom = 160;

/** What the customer says, in full where it is short. */
function Demand({ text }: { text: string }) {
  const { t } = useTranslation("work-order");
  const [whole, setWhole] = useState(false);
  const id = useId();
  const isLong = text.length > foldedFrom || text.split("\n").length > 4;
  return (
    <div className={styles.demand}>
      <p id={id} className="running-text" data-folded={isLong && !whole}>
        {text}
      </p>
      {isLong && (
        <Button type="link" size="small" aria-expanded={whole} aria-controls={id} onClick={() => setWhole(!whole)}>
          {t(whole ? "fold" : "unfold")}
        </Button>
      )}
    </div>
  );
}
